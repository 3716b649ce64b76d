"""Reads the answers of carrier-facility in both families. One odd suggestion never loses the others.

What can't be read is left out or unknown, but hours that can't be read are kept as the text they came as. The traps are
those of the published page: `08:00:00` and `6:00:00`, missing days, empty address lines, keys with blanks in front,
attributes absent, null or filled, numbers and flags as texts, null parking, no country.
"""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Iterable, Iterator
from datetime import time
from functools import lru_cache
from typing import Final

from pydantic import JsonValue

from kiosk.api.error_bodies import clean
from kiosk.api.field_names import Fields, find_list, read_flag
from kiosk.errors import AnswerLostError
from kiosk.facilities.addresses import Address
from kiosk.facilities.hours import DayHours, Opening, WeekHours
from kiosk.facilities.values import Facility, Parking

_log = logging.getLogger(__name__)

_SUGGESTIONS: Final = "carrierFacilitySuggestions"
_DAYS: Final = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_TIME: Final = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?")
_TEXT: Final = 120
_MOST_ATTRIBUTES: Final = 40
_MOST_TIMINGS: Final = 12
_LARGEST: Final = 10**18
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
    address = _fields(raw.get("address"))
    latitude, longitude = _coordinates(said)
    return Facility(
        name=said.get("LOCATIONNAME") or _text(address.get("company")) or _text(address.get("name")),
        facility_id=said.get("FACILITYID", ""),
        location_id=said.get("LOCATIONID", ""),
        address=_address(address, country_code),
        phone=_text(address.get("phone")),
        latitude=latitude,
        longitude=longitude,
        distance_miles=_number(said.get("DISTANCE"), 0, _FARTHEST),
        parking=_parking(raw.get("facilityParking")),
        packageless=read_flag(said.get("PACKAGELESS")),
        qr_code=read_flag(said.get("QRCODE")),
        attributes=attributes,
        week=_week(raw.get("facilityHours")),
    )


def _address(raw: Fields, country_code: str) -> Address:
    lines = raw.get("addressLines")
    listed = lines if isinstance(lines, list) else [lines, *(raw.get(f"addressLine{number}") for number in (1, 2, 3))]
    return Address(
        lines=tuple(text for line in listed if (text := _text(line))),
        city=_text(raw.get("cityTown")),
        state=_text(raw.get("stateProvince")),
        postal_code=_text(raw.get("postalCode")),
        country_code=_text(raw.get("countryCode")) or country_code,
    )


def _attributes(raw: JsonValue) -> Iterator[tuple[str, str]]:
    for item in _items(raw)[:_MOST_ATTRIBUTES]:
        fields = _fields(item)
        name = _text(fields.get("name"))
        if name:
            yield name, _text(fields.get("value"))


def _coordinates(said: dict[str, str]) -> tuple[float | None, float | None]:
    latitude, longitude = _number(said.get("LATITUDE"), -90, 90), _number(said.get("LONGITUDE"), -180, 180)
    if latitude is None or longitude is None or latitude == longitude == 0:
        return None, None  # half a place is none, and 0/0 is how a missing one is written
    return latitude, longitude


def _parking(raw: JsonValue) -> Parking:
    word = _text(raw).upper()
    return Parking(word) if word in set(Parking) else Parking.UNKNOWN


def _week(raw: JsonValue) -> WeekHours | None:
    """Read the days: one that is not listed is closed, and if none says anything no hours are listed."""
    found: dict[str, list[JsonValue]] = {day: [] for day in _DAYS}
    for item in _items(raw):
        fields = _fields(item)
        day = _text(fields.get("day")).upper()
        timings = fields.get("facilityTimings")
        if day in found and timings is not None:
            found[day] += timings if isinstance(timings, list) else [timings]
    week = _week_of(tuple(_day(timings[:_MOST_TIMINGS]) for timings in found.values()))
    return week if any(day.openings or day.as_listed for day in week.days) else None


def _day(timings: Iterable[JsonValue]) -> DayHours:
    openings: list[tuple[int, int]] = []
    as_listed: list[str] = []
    for timing in timings:
        opening = _opening(timing)
        if opening is not None:
            openings.append(opening)
        elif text := _as_listed(timing):
            as_listed.append(text)
    return _day_of(tuple(sorted(openings)), tuple(as_listed))


# Facilities keep much the same hours: a week or a day that was made before is taken again.
@lru_cache(maxsize=256)
def _week_of(days: tuple[DayHours, ...]) -> WeekHours:
    return WeekHours(days=days)


@lru_cache(maxsize=256)
def _day_of(openings: tuple[tuple[int, int], ...], as_listed: tuple[str, ...]) -> DayHours:
    made = (Opening(opens=time(*divmod(opens, 60)), closes=time(*divmod(closes, 60))) for opens, closes in openings)
    return DayHours(openings=tuple(made), as_listed=as_listed)


def _opening(timing: JsonValue) -> tuple[int, int] | None:
    """Return when it opens and closes, in minutes since midnight."""
    fields = _fields(timing)
    opens, closes = _minutes(fields.get("opensAt")), _minutes(fields.get("closesAt"))
    if opens is None or closes is None or opens in {24 * 60, closes}:
        return None  # the same time twice may mean closed as well as all day
    # A minute to midnight is how systems write the end of the day that have no 24:00.
    return opens, 0 if closes in {24 * 60, 24 * 60 - 1} else closes


def _minutes(raw: JsonValue) -> int | None:
    """Read `08:00:00`, `6:00:00` or `8:00` as minutes since midnight, seconds left out; 24:00 is the end of the day."""
    found = _TIME.fullmatch(_text(raw))
    if found is None:
        return None
    minutes = int(found[1]) * 60 + int(found[2])
    usable = int(found[2]) < 60 and int(found[3] or 0) < 60 and minutes <= 24 * 60
    return minutes if usable else None


def _as_listed(timing: JsonValue) -> str:
    if not isinstance(timing, dict):
        return _text(timing)
    texts = [_text(timing.get("opensAt")), _text(timing.get("closesAt"))]
    return " - ".join(text or "?" for text in texts) if any(texts) else ""


def _number(raw: str | None, lowest: float, highest: float) -> float | None:
    try:
        number = float(raw or "")
    except ValueError:
        return None
    return number if math.isfinite(number) and lowest <= number <= highest else None


def _fields(raw: JsonValue) -> Fields:
    return raw if isinstance(raw, dict) else {}


def _items(raw: JsonValue) -> list[JsonValue]:
    return raw if isinstance(raw, list) else []


def _text(raw: JsonValue) -> str:
    """Return a text as one line without control characters; numbers and flags as their text, anything else as none."""
    # Before the numbers, for a bool is an int to Python, and str() would write it with a capital.
    if isinstance(raw, bool):
        return str(raw).lower()
    if isinstance(raw, int) and abs(raw) >= _LARGEST:
        return ""  # Python refuses to write a number without end
    return clean(str(raw), _TEXT) if isinstance(raw, str | int | float) else ""
