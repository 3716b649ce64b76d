"""Facilities as marks on the map, and where its middle lies."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.facilities.hours import Openness, OpenState
from kiosk.facilities.values import Facility
from screens.finder.coordinates import Measured, Point, centre_of, where_from
from screens.finder.map_layout import Pin


def pin_of(facility: Facility, number: int, state: OpenState) -> Pin | None:
    """Return the facility as a mark on the map; None where it has no coordinates."""
    point = _point(facility)
    if point is None:
        return None
    is_open = state.openness is Openness.OPEN if state.openness in {Openness.OPEN, Openness.CLOSED} else None
    return Pin(number, point, is_open)


def middle_of(facilities: Sequence[Facility]) -> tuple[Point, bool] | None:
    """Return where the address lies that was searched around, and True; where that can't be told, the places' middle.

    No answer gives the coordinates of the address, but the distances from it are in the answer (`where_from`).
    """
    placed = [(point, each.distance_miles) for each in facilities if (point := _point(each)) is not None]
    if not placed:
        return None
    found = where_from([Measured(point, away) for point, away in placed if away is not None])
    return (found, True) if found is not None else (centre_of([point for point, _ in placed]), False)


def _point(facility: Facility) -> Point | None:
    if facility.latitude is None or facility.longitude is None:
        return None
    return Point(facility.latitude, facility.longitude)
