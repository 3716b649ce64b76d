"""What the facilities of one answer say of each other: each place once, and none where it can't be. Pure.

No answer says where the desk lies. But two places that are so many miles from it are no farther apart than both
distances together, so one whose latitude and longitude were swapped contradicts all the others. Where all of them were,
they lie in Antarctica.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from math import asin, cos, radians, sin, sqrt
from typing import Final, NamedTuple

from kiosk.facilities.values import Facility

_EARTH_RADIUS_MILES: Final = 3958.8
_SLACK_MILES: Final = 2.0
_SLACK: Final = 1.2
"""Distances are rounded, and postal codes stand for addresses."""
_RADIUS_MILES: Final = 5
"""What is meant where no radius is asked for, says the published page."""


class _Area(NamedTuple):
    """A box in degrees."""

    south: float
    west: float
    north: float
    east: float


_AREAS: Final = (
    _Area(17, -180, 84, -52),
    _Area(51, 172, 54, 180),  # the Aleutians beyond the date line
    _Area(13, 144, 21, 147),  # Guam and the Northern Marianas
    _Area(-15, -172, -10, -168),  # American Samoa
)
"""The United States, their territories, and Canada."""
_COUNTRIES: Final = frozenset({"US", "PR", "VI", "GU", "MP", "AS", "CA"})
_MILITARY: Final = frozenset({"AA", "AE", "AP"})
"""Their post offices are anywhere."""


def each_once(facilities: Iterable[Facility]) -> tuple[Facility, ...]:
    """Return the facilities without those that were listed before."""
    first: dict[tuple[str, str], Facility] = {}
    for each in facilities:
        first.setdefault((each.label.casefold(), each.address.one_line.casefold()), each)
    return tuple(first.values())


def credibly_placed(facilities: Sequence[Facility], radius_miles: int | None) -> tuple[Facility, ...]:
    """Return the facilities, those without coordinates whose coordinates contradict their country or most others.

    One that tells no distance is within the radius that was asked for, in miles.
    """
    wrong = {number for number, each in enumerate(facilities) if not _is_in_its_country(each)}
    against = _contradictions(facilities, radius_miles or _RADIUS_MILES, wrong)
    while most := max(map(len, against.values()), default=0):
        worst = {number for number, others in against.items() if len(others) == most}
        wrong |= worst
        against = {number: others - worst for number, others in against.items() if number not in worst}
    return tuple(
        each.model_copy(update={"latitude": None, "longitude": None}) if number in wrong else each
        for number, each in enumerate(facilities)
    )


def _is_in_its_country(facility: Facility) -> bool:
    """Tell whether its coordinates, if it has any, are where its address can be."""
    latitude, longitude, address = facility.latitude, facility.longitude, facility.address
    if latitude is None or longitude is None or address.country_code.upper() not in _COUNTRIES:
        return True
    return address.state.upper() in _MILITARY or any(
        area.south <= latitude <= area.north and area.west <= longitude <= area.east for area in _AREAS
    )


def _contradictions(facilities: Sequence[Facility], radius_miles: int, without: set[int]) -> dict[int, set[int]]:
    placed = []
    for number, each in enumerate(facilities):
        reach = each.distance_miles if each.distance_miles is not None else radius_miles
        if number not in without and each.latitude is not None and each.longitude is not None:
            placed.append((number, (each.latitude, each.longitude), reach))
    against: dict[int, set[int]] = {number: set() for number, _, _ in placed}
    for (one, here, reach), (other, there, further_reach) in combinations(placed, 2):
        if _miles(here, there) > (reach + further_reach) * _SLACK + _SLACK_MILES:
            against[one].add(other)
            against[other].add(one)
    return against


def _miles(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Return the distance of two places in degrees, as the crow flies."""
    (south, west), (north, east) = (tuple(map(radians, place)) for place in (here, there))
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * _EARTH_RADIUS_MILES * asin(sqrt(min(half, 1.0)))
