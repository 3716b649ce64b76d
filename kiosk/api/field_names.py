"""The table of names by which open answers are read, and how a list, an object or a field is found with it. No I/O.

That banks, sizes and units are listed is documented, most names are not: first come those of the documented operations,
then likely ones. Source: https://docs.shipping360.pitneybowes.com/openapi/parcelpoint
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Final

from pydantic import JsonValue

_log = logging.getLogger(__name__)

Fields = dict[str, JsonValue]

BANK_LISTS: Final = ("lockerBanks", "lockerbanks", "banks")
SIZE_LISTS: Final = ("sizes", "lockerSizes", "availableSizes", "lockers")
UNIT_LISTS: Final = ("lockerUnits", "reservedUnits", "units", "lockers", "reservations")
BANK_OBJECTS: Final = ("lockerBank", "lockerBankDetails", "bank")
UNIT_OBJECTS: Final = ("lockerUnit", "reservation", "reservedUnit", "unit")

BANK_FIELDS: Final = {
    "lockerBankId": ("lockerBankId", "bankId", "id"),
    "lockerBankName": ("lockerBankName", "bankName", "name", "displayName"),
    "locationId": ("locationId", "siteId"),
    "locationName": ("locationName", "siteName"),
}
UNIT_FIELDS: Final = {
    "lockerUnitId": ("lockerUnitId", "unitId", "lockerId", "id", "lockerUnitNumber", "unitNumber"),
    "size": ("size", "lockerSize", "unitSize"),
    "accessible": ("accessible", "isAccessible"),
    "unitInService": ("unitInService", "inService", "isInService"),
    "unitReserved": ("unitReserved", "reserved", "isReserved"),
    "unitOccupied": ("unitOccupied", "occupied", "isOccupied"),
    "status": ("status", "unitStatus", "state", "availability"),
}
SIZE_FIELDS: Final = {
    "size": ("size", "lockerSize", "sizeName", "name"),
    "available": (
        "available",
        "availableCount",
        "availableUnits",
        "availableLockers",
        "free",
        "freeCount",
        "isAvailable",
        "availability",
        "availabilityStatus",
        "status",
        "count",
    ),
}

YES_WORDS: Final = frozenset({"true", "yes", "available", "free"})
NO_WORDS: Final = frozenset({"false", "no", "unavailable", "not available", "full", "none", "occupied"})

_WRAPPERS: Final = ("data", "result", "results", "items", "content", "response")
_PAGE_KEYS: Final = ("next", "nextPage", "nextLink", "nextToken", "pageToken", "continuationToken")
_DEEPEST: Final = 3


def find_list(answer: JsonValue, names: Sequence[str], *, depth: int = 0) -> list[JsonValue] | None:
    """Find the list an answer holds: the answer itself, or under one of these names; None where there is none.

    A null under one of the names is an empty list.
    """
    if isinstance(answer, list):
        return answer
    if not isinstance(answer, dict) or depth > _DEEPEST:
        return None
    if any(answer.get(key) for key in _PAGE_KEYS):
        _log.warning("the answer names a next page, which no page documents: the list may be cut")
    for name in (*names, *_WRAPPERS):
        if name not in answer:
            continue
        if answer[name] is None and name in names:
            return []
        found = find_list(answer[name], names, depth=depth + 1)
        if found is not None:
            return found
    return None


def find_only_list(answer: JsonValue) -> list[JsonValue] | None:
    """Return the one list among an object's values; None where there is none, or a choice."""
    lists = [value for value in answer.values() if isinstance(value, list)] if isinstance(answer, dict) else []
    return lists[0] if len(lists) == 1 else None


def find_object(answer: JsonValue, names: Sequence[str]) -> Fields | None:
    """Find the object an answer is about: itself, the only one in a list, or under one of these names."""
    for _ in range(_DEEPEST):
        if isinstance(answer, list) and len(answer) == 1:
            answer = answer[0]
        if not isinstance(answer, dict):
            return None
        inner = [answer[name] for name in (*names, *_WRAPPERS) if isinstance(answer.get(name), dict)]
        if not inner:
            break
        answer = inner[0]
    return answer if isinstance(answer, dict) else None


def renamed(raw: Mapping[str, JsonValue], table: Mapping[str, Sequence[str]]) -> Fields:
    """Return the fields of the table under their first name, without nulls."""
    found = {name: [raw[key] for key in keys if raw.get(key) is not None] for name, keys in table.items()}
    return {name: values[0] for name, values in found.items() if values}


def read_flag(raw: JsonValue) -> bool | None:
    """Read a yes or no, also as a word or as 0 and 1; None for anything else."""
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, int) and raw in {0, 1}:
        return raw == 1
    word = read_word(raw)
    return True if word in YES_WORDS else False if word in NO_WORDS else None


def read_word(raw: JsonValue) -> str:
    """Read a status word in small letters with blanks, whatever its spelling: `NOT_AVAILABLE`, `not-available`."""
    return raw.strip().lower().replace("_", " ").replace("-", " ") if isinstance(raw, str) else ""
