"""Says of what pydantic found wrong which setting it is, where it was set and what is allowed; codes, no words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from kiosk.errors import Parameter, SettingsError
from kiosk.settings.keys import Key, nearest
from kiosk.settings.section import WrongValueError
from kiosk.settings.sources import Source

_CODES = {
    "bool_parsing": "setting_no_yes_or_no",
    "bool_type": "setting_no_yes_or_no",
    "dict_type": "setting_no_section",
    "enum": "setting_not_one_of",
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
    "string_unicode": "setting_no_text",
}
"""The code for each of pydantic's types of errors that a setting can have."""


def wrong_settings(
    invalid: ValidationError, sources: Sequence[Source], settings: type[BaseModel]
) -> Iterator[SettingsError]:
    """Yield an error about each wrong setting; `sources` stand in the order in which they win."""
    for error in invalid.errors():
        location, context = tuple(map(str, error["loc"])), error.get("ctx", {})
        source = _source_of(location, sources)
        if error["type"] == "extra_forbidden":
            yield unknown_setting(location, source, settings)
            continue
        cause = context.get("error")
        code, parameters = _CODES.get(error["type"], ""), _allowed(context)
        if isinstance(cause, WrongValueError):
            code, parameters = cause.code, cause.parameters
        if not code:
            code, parameters = "setting_wrong", {"text": error["msg"]}
        place = source.place_of(location) if source else "defaults"
        yield SettingsError(code, key=".".join(location), source=place, **parameters)


def unknown_setting(location: Key, source: Source | None, settings: type[BaseModel]) -> SettingsError:
    """Return the error about a key that is none, with the one that was meant where one is like it."""
    key, place = ".".join(location), source.place_of(location) if source else "defaults"
    meant = nearest(location, settings)
    if meant is None:
        return SettingsError("setting_unknown", key=key, source=place)
    as_written = ".".join(meant) if source is None or source.path else source.place_of(meant)
    return SettingsError("setting_misspelled", key=key, source=place, meant=as_written)


def together(errors: Sequence[SettingsError]) -> SettingsError:
    """Return several errors as one."""
    first, *others = errors
    first.also = tuple(others)
    return first


def _allowed(context: Mapping[str, Any]) -> dict[str, Parameter]:
    """Return what pydantic says is allowed."""
    match context:
        case {"expected": str(expected)}:  # 'dark', 'light' or 'contrast'
            return {"allowed": tuple(re.findall("'([^']*)'", expected))}
        case {"gt": bound} | {"ge": bound} | {"le": bound} | {"max_length": bound}:
            return {"bound": bound}
        case _:
            return {}


def _source_of(location: Key, sources: Sequence[Source]) -> Source | None:
    """Return where the value was set that won; where the key itself is wrong, where its section was."""
    for length in range(len(location), 0, -1):
        for source in sources:
            if source.holds(location[:length]):
                return source
    return None
