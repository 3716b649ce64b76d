"""Reads bodies as JSON, as tolerantly as can be: nothing beside a pickup code may cost the code. No httpx here."""

from __future__ import annotations

import codecs
import json
import math
from typing import Final

from pydantic import JsonValue
from pydantic_core import from_json

_DEEPEST: Final = 50
"""Levels of an answer that are read; the APIs use five."""

_MOST_DIGITS: Final = 300


def parse_json(body: bytes) -> JsonValue:
    """Read a body as JSON; raise ValueError for anything else.

    What JSON does not know (NaN, a number of a thousand digits, endless nesting) is null where it stands, and half a
    character is U+FFFD.
    """
    whole = body.removeprefix(codecs.BOM_UTF8)
    try:
        parsed: JsonValue = from_json(whole, allow_inf_nan=False)
    except ValueError:
        parsed = _read_loosely(whole)
    return parsed


def _read_loosely(body: bytes) -> JsonValue:
    text = body.decode("utf-8", errors="replace")
    try:
        loose = json.loads(text, strict=False, parse_constant=_nothing, parse_int=_number, parse_float=_fraction)
        return _mended(loose, _DEEPEST)
    except RecursionError:
        raise ValueError("nesting") from None


def _nothing(_: str) -> None:
    """Stand for NaN and the infinities."""


def _number(digits: str) -> int | None:
    return int(digits) if len(digits) <= _MOST_DIGITS else None


def _fraction(digits: str) -> float | None:
    number = float(digits)
    return number if math.isfinite(number) else None


def _mended(value: JsonValue, levels: int) -> JsonValue:
    """Return a value without half characters, and without what lies deeper than so many levels."""
    match value:
        case str():
            return value.encode("utf-16", errors="surrogatepass").decode("utf-16", errors="replace")
        case dict() | list() if levels == 0:
            return None
        case dict():
            return {str(_mended(key, 1)): _mended(each, levels - 1) for key, each in value.items()}
        case list():
            return [_mended(each, levels - 1) for each in value]
        case _:
            return value
