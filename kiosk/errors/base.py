"""What every error of the kiosk is, and the one about settings."""

from __future__ import annotations

from typing import ClassVar

Parameter = str | int | float | bool | tuple[str, ...] | None
"""What an error may be about: values that can be written down as JSON."""


class KioskError(Exception):
    """What went wrong, as a code with its parameters; without a code of its own it is that of its class."""

    code: str = "unexpected"
    retryable: ClassVar[bool] = False
    """Whether asking again may help."""

    # Positional only, so that a parameter may be called `code` as well.
    def __init__(self, code: str = "", /, **parameters: Parameter) -> None:
        super().__init__(code, parameters)
        self.code = code or type(self).code
        self.parameters = parameters

    def __str__(self) -> str:
        """Return code and parameters, as a log has them."""
        told = ", ".join(f"{name}={value}" for name, value in self.parameters.items())
        return f"{self.code} ({told})" if told else self.code


class SettingsError(KioskError):
    """A setting is missing or wrong; the parameters name key, source and what is allowed."""

    code = "settings_wrong"

    also: tuple[SettingsError, ...] = ()
    """What else is wrong, so that all of it can be mended at once."""
