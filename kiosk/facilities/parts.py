"""Parts of an answer of carrier-facility, whatever kind of JSON stands in their place. Never fails."""

from __future__ import annotations

from typing import Final

from pydantic import JsonValue

from kiosk.api.error_bodies import clean
from kiosk.api.field_names import Fields

_TEXT: Final = 120
_LARGEST: Final = 10**18


def fields_of(raw: JsonValue) -> Fields:
    """Return the fields of an object; none of anything else."""
    return raw if isinstance(raw, dict) else {}


def items_of(raw: JsonValue) -> list[JsonValue]:
    """Return the items of a list; none of anything else."""
    return raw if isinstance(raw, list) else []


def text_of(raw: JsonValue) -> str:
    """Return a text as one line without control characters; numbers and flags as their text, anything else as none."""
    # Before the numbers, for a bool is an int to Python, and str() would write it with a capital.
    if isinstance(raw, bool):
        return str(raw).lower()
    if isinstance(raw, int) and abs(raw) >= _LARGEST:
        return ""  # Python refuses to write a number without end
    return clean(str(raw), _TEXT) if isinstance(raw, str | int | float) else ""
