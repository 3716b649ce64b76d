"""What the facilities of one answer say of each other: each place once, and none where it can't be. Pure.

No answer says where the desk lies. But two places that are so many miles from it are no farther apart than both
distances together, so one whose latitude and longitude were swapped contradicts all the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from math import asin, cos, radians, sin, sqrt
from typing import Final

from kiosk.facilities.addresses import Address
from kiosk.facilities.values import Facility

_EARTH_RADIUS_MILES: Final = 3958.8
_SLACK_MILES: Final = 2.0
_SLACK: Final = 1.2
"""Distances are rounded, and postal codes stand for addresses."""


def each_once(facilities: Iterable[Facility]) -> tuple[Facility, ...]:
    """Return the facilities without those that were listed before."""
    first: dict[tuple[str, Address], Facility] = {}
    for each in facilities:
        first.setdefault((each.label.casefold(), each.address), each)
    return tuple(first.values())


def credibly_placed(facilities: Sequence[Facility], radius_miles: int | None) -> tuple[Facility, ...]:
    """Return the facilities, those without coordinates whose coordinates contradict the distances of most others.

    One that tells no distance is within the radius that was asked for, in miles; without either nothing is known.
    """
    against = _contradictions(facilities, radius_miles)
    wrong: set[int] = set()
    while most := max(map(len, against.values()), default=0):
        worst = {number for number, others in against.items() if len(others) == most}
        wrong |= worst
        against = {number: others - worst for number, others in against.items() if number not in worst}
    return tuple(
        each.model_copy(update={"latitude": None, "longitude": None}) if number in wrong else each
        for number, each in enumerate(facilities)
    )


def _contradictions(facilities: Sequence[Facility], radius_miles: int | None) -> dict[int, set[int]]:
    placed = []
    for number, each in enumerate(facilities):
        reach = each.distance_miles if each.distance_miles is not None else radius_miles
        if reach is not None and each.latitude is not None and each.longitude is not None:
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
