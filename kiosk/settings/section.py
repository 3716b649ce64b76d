"""What a section of the settings is, and how a check says that a value is wrong. No section itself."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from kiosk.errors import Parameter


class WrongValueError(ValueError):
    """A check found a value wrong; a code and its parameters, to which the key and the source are added."""

    def __init__(self, code: str, **parameters: Parameter) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters


class Section(BaseModel):
    """A section of the settings; unknown keys are refused, so that a slip of the pen is noticed."""

    # pydantic's message would quote the wrong value, which may be a secret.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
