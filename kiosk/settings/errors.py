"""Says of what pydantic found wrong which setting it is, where it was set and what is allowed; codes, no words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from kiosk.errors import Parameter, SettingsError
from kiosk.settings.section import WrongValueError
from kiosk.settings.sources import Source

_CODES = {
    "bool_parsing": "setting_no_yes_or_no",
    "bool_type": "setting_no_yes_or_no",
    "dict_type": "setting_no_section",
    "enum": "setting_not_one_of",
    "extra_forbidden": "setting_unknown",
    "float_parsing": "setting_no_number",
    "float_type": "setting_no_number",
    "greater_than": "setting_too_low",
    "greater_than_equal": "setting_below",
    "less_than_equal": "setting_above",
    "literal_error": "setting_not_one_of",
    "model_type": "setting_no_section",
    "path_type": "setting_no_text",
    "string_too_long": "setting_too_long",
    "string_too_short": "setting_empty",  # none has to be longer than one character
    "string_type": "setting_no_text",
}
"""The code for each of pydantic's types of errors that a setting can have."""


def wrong_setting(invalid: ValidationError, sources: Sequence[Source]) -> SettingsError:
    """Return the error about the first wrong setting; `sources` stand in the order in which they win."""
    error = invalid.errors()[0]
    location = tuple(map(str, error["loc"]))
    context = error.get("ctx", {})
    cause = context.get("error")
    code, parameters = _CODES.get(error["type"], ""), _allowed(context)
    if isinstance(cause, WrongValueError):
        code, parameters = cause.code, cause.parameters
    if not location:  # settings that don't fit together: no single one is wrong
        return SettingsError(code, **parameters)
    where: dict[str, Parameter] = {"key": ".".join(location), "source": _source_of(location, sources)}
    if not code:
        return SettingsError("setting_wrong", **where, text=error["msg"])
    return SettingsError(code, **where, **parameters)


def _allowed(context: Mapping[str, Any]) -> dict[str, Parameter]:
    """Return what pydantic says is allowed."""
    match context:
        case {"expected": str(expected)}:  # 'dark', 'light' or 'contrast'
            return {"allowed": tuple(re.findall("'([^']*)'", expected))}
        case {"gt": bound} | {"ge": bound} | {"le": bound} | {"max_length": bound}:
            return {"bound": bound}
        case _:
            return {}


def _source_of(location: tuple[str, ...], sources: Sequence[Source]) -> str:
    """Return where the value was set that won; where the key itself is wrong, where its section was."""
    for length in range(len(location), 0, -1):
        for source in sources:
            if _holds(source.values, location[:length]):
                return source.place_of(location[:length])
    return "defaults"


def _holds(values: Any, location: tuple[str, ...]) -> bool:
    for part in location:
        if not isinstance(values, dict) or part not in values:
            return False
        values = values[part]
    return True
