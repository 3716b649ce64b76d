"""Reads the answers of carrier-facility in both families. One odd suggestion never loses the others.

What can't be read is left out or unknown; hours are read in `reading_hours.py`. The traps are those of the published
page: empty address lines, keys with blanks in front, attributes absent, null or filled, numbers and flags as texts,
null parking, no country.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator
from typing import Final

from pydantic import JsonValue

from kiosk.api.field_names import Fields, find_list, read_flag
from kiosk.errors import AnswerLostError
from kiosk.facilities.addresses import Address
from kiosk.facilities.parts import fields_of, items_of, text_of
from kiosk.facilities.reading_hours import read_week
from kiosk.facilities.values import Facility, Parking

_log = logging.getLogger(__name__)

_SUGGESTIONS: Final = "carrierFacilitySuggestions"
_MOST_ATTRIBUTES: Final = 40
_FARTHEST: Final = 25_000.0
"""Miles; no two places on earth are farther apart."""


def read_facilities(answer: JsonValue, *, country_code: str) -> tuple[Facility, ...]:
    """Read the suggestions; `country_code` stands in where one has none. Raise AnswerLostError where no list is."""
    answer = _stripped(answer)
    items = find_list(answer, (_SUGGESTIONS,))
    if items is None and isinstance(answer, dict) and "carrier" in answer:
        items = []  # the request repeated, and nothing found
    if items is None:
        raise AnswerLostError("facilities_unreadable", status=200)
    facilities = tuple(_facility(item, country_code) for item in items if isinstance(item, dict) and item)
    if len(facilities) < len(items):
        _log.warning("suggestions_unreadable: left out %d", len(items) - len(facilities))
    return facilities


def _stripped(raw: JsonValue) -> JsonValue:
    """Take the blanks off every key; of two spellings the one that says something wins."""
    if isinstance(raw, list):
        return [_stripped(item) for item in raw]
    if not isinstance(raw, dict):
        return raw
    fields: Fields = {}
    for key, value in raw.items():
        if fields.get(key.strip()) is None:
            fields[key.strip()] = _stripped(value)
    return fields


def _facility(raw: Fields, country_code: str) -> Facility:
    attributes = tuple(_attributes(raw.get("carrierFacilityAttributes")))
    # Reversed, so that of two attributes with one name the first counts.
    said = {name.upper().replace("_", ""): value for name, value in reversed(attributes)}
    address = fields_of(raw.get("address"))
    latitude, longitude = _coordinates(said)
    return Facility(
        name=said.get("LOCATIONNAME") or text_of(address.get("company")) or text_of(address.get("name")),
        facility_id=said.get("FACILITYID", ""),
        location_id=said.get("LOCATIONID", ""),
        address=_address(address, country_code),
        phone=text_of(address.get("phone")),
        latitude=latitude,
        longitude=longitude,
        distance_miles=_number(said.get("DISTANCE"), 0, _FARTHEST),
        parking=_parking(raw.get("facilityParking")),
        packageless=read_flag(said.get("PACKAGELESS")),
        qr_code=read_flag(said.get("QRCODE")),
        attributes=attributes,
        week=read_week(raw.get("facilityHours")),
    )


def _address(raw: Fields, country_code: str) -> Address:
    lines = raw.get("addressLines")
    listed = lines if isinstance(lines, list) else [lines, *(raw.get(f"addressLine{number}") for number in (1, 2, 3))]
    return Address(
        lines=tuple(text for line in listed if (text := text_of(line))),
        city=text_of(raw.get("cityTown")),
        state=text_of(raw.get("stateProvince")),
        postal_code=text_of(raw.get("postalCode")),
        country_code=text_of(raw.get("countryCode")) or country_code,
    )


def _attributes(raw: JsonValue) -> Iterator[tuple[str, str]]:
    for item in items_of(raw)[:_MOST_ATTRIBUTES]:
        fields = fields_of(item)
        name = text_of(fields.get("name"))
        if name:
            yield name, text_of(fields.get("value"))


def _coordinates(said: dict[str, str]) -> tuple[float | None, float | None]:
    latitude, longitude = _number(said.get("LATITUDE"), -90, 90), _number(said.get("LONGITUDE"), -180, 180)
    if latitude is None or longitude is None or latitude == longitude == 0:
        return None, None  # half a place is none, and 0/0 is how a missing one is written
    return latitude, longitude


def _parking(raw: JsonValue) -> Parking:
    word = text_of(raw).upper()
    return Parking(word) if word in set(Parking) else Parking.UNKNOWN


def _number(raw: str | None, lowest: float, highest: float) -> float | None:
    try:
        number = float(raw or "")
    except ValueError:
        return None
    return number if math.isfinite(number) and lowest <= number <= highest else None
