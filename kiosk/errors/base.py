"""What every error of the kiosk is, and the one about settings."""

from __future__ import annotations

from typing import ClassVar


class KioskError(Exception):
    """What went wrong (`str`), under which heading (`title`), and what to do about it (`hint`)."""

    title: ClassVar[str] = "Something went wrong"
    default_hint: ClassVar[str] = "Try again. If it stays, call the operator."
    retryable: ClassVar[bool] = False

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint or self.default_hint


class SettingsError(KioskError):
    """A setting is missing or wrong; the message names key, source and what is allowed."""

    title = "The settings don't work"
    default_hint = "Correct the setting and start again; `kiosk check` tests the settings."
