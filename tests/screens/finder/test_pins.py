"""Facilities on the map, and the middle of it."""

from __future__ import annotations

from datetime import UTC, datetime
from math import cos, hypot, radians

from kiosk.facilities.addresses import Address
from kiosk.facilities.values import Facility
from screens.finder.coordinates import MILES_PER_DEGREE, Point, east_and_north
from screens.finder.pins import middle_of, pin_of

NOW = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
"""Monday noon in Virginia."""
VIRGINIA = Address(lines=("1 Main St",), city="Roanoke", state="VA", postal_code="24019")


def test_only_a_place_with_coordinates_is_on_the_map() -> None:
    nowhere = Facility(address=VIRGINIA)
    assert pin_of(nowhere, 1, nowhere.state_at(NOW)) is None
    place = Facility(address=VIRGINIA, latitude=37.3, longitude=-79.9)
    pin = pin_of(place, 4, place.state_at(NOW))
    assert pin is not None
    assert (pin.number, pin.point, pin.is_open) == (4, Point(37.3, -79.9), None)


def test_the_middle_is_the_desk_where_distances_tell_it() -> None:
    desk = Point(37.34, -79.955)
    places = []
    for north, east in ((0.02, 0.01), (-0.03, 0.02), (0.01, -0.04), (-0.01, -0.02)):
        miles = hypot(north, east * cos(radians(desk.latitude))) * MILES_PER_DEGREE
        at = (desk.latitude + north, desk.longitude + east)
        places.append(Facility(address=VIRGINIA, latitude=at[0], longitude=at[1], distance_miles=round(miles, 2)))
    found = middle_of(places)
    assert found is not None
    assert found[1]
    assert hypot(*east_and_north(found[0], desk)) < 0.05
    without = middle_of([each.model_copy(update={"distance_miles": None}) for each in places])
    assert without is not None
    assert not without[1]
    assert middle_of([Facility(address=VIRGINIA)]) is None
