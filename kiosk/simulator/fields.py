"""Reading the fields of a request's body: strict about types, `null` counts as absent, each refusal names its field."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kiosk.simulator.errors import validation_error
from kiosk.simulator.times import read_time
from kiosk.simulator.units import Parcel


def read_object(raw: bytes) -> dict[str, Any]:
    """Read a body that must be one JSON object."""
    try:
        # Deep nesting raises RecursionError. NaN and Infinity are no JSON, but Python reads them unless refused.
        value = json.loads(raw, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise validation_error(f"The body is not JSON: {error}") from error
    if not isinstance(value, dict):
        raise validation_error("The body must be a JSON object")
    return value


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def optional_text(body: dict[str, Any], name: str) -> str | None:
    """Return a text that may be absent, but not empty."""
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not value:
        raise validation_error(f"{name} must be a text that is not empty", name)
    try:
        # JSON can spell half of a surrogate pair, which SQLite can't store.
        value.encode()
    except UnicodeEncodeError:
        raise validation_error(f"{name} holds half a character", name) from None
    return value


def required_text(body: dict[str, Any], name: str) -> str:
    """Return a text that must be there."""
    value = optional_text(body, name)
    if value is None:
        raise validation_error(f"{name} is required", name)
    return value


def one_of(value: str | None, name: str, allowed: Sequence[str]) -> None:
    """Refuse a word that is not in the list; absence is fine."""
    if value is not None and value not in allowed:
        raise validation_error(f"{name} must be one of {', '.join(allowed)}", name)


def flag(body: dict[str, Any], name: str) -> bool:
    """Return a boolean, False if absent."""
    value = body.get(name)
    if value is not None and not isinstance(value, bool):
        raise validation_error(f"{name} must be true or false", name)
    return bool(value)


def future_time(body: dict[str, Any], name: str, now: datetime) -> datetime | None:
    """Return a time that may be absent, but must not lie in the past."""
    text = optional_text(body, name)
    if text is None:
        return None
    moment = read_time(text)
    if moment is None:
        raise validation_error(f"{name} must be an RFC 3339 time with its zone, such as 2027-12-01T00:00:00Z", name)
    if moment <= now:
        raise validation_error(f"{name} lies in the past", name)
    return moment


def optional_parcels(body: dict[str, Any]) -> list[Parcel] | None:
    """Return the list of parcels; absent is None, and an empty list is refused, because its meaning is a guess."""
    raw = body.get("parcels")
    if raw is None:
        return None
    if not isinstance(raw, list) or not raw or not all(isinstance(item, dict) for item in raw):
        raise validation_error("parcels must be a list of at least one object", "parcels")
    return [
        Parcel(required_text(item, "trackingNumber"), optional_text(item, "secondaryTrackingNumber")) for item in raw
    ]


def required_parcels(body: dict[str, Any]) -> list[Parcel]:
    """Return the list of parcels, which must be there."""
    parcels = optional_parcels(body)
    if parcels is None:
        raise validation_error("parcels is required", "parcels")
    return parcels
