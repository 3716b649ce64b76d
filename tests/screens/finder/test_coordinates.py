"""Miles on the map against the great circle, and the desk found again from nothing but distances."""

from __future__ import annotations

from math import acos, cos, hypot, radians, sin

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from screens.finder.coordinates import Measured, Point, centre_of, east_and_north, where_from

EARTH_MILES = 3958.76

places = st.builds(Point, st.floats(-70, 70), st.floats(-180, 180))
steps = st.floats(-0.3, 0.3)


def great_circle(one: Point, other: Point) -> float:
    """Return the miles over the ground (spherical law of cosines), reckoned another way than the map does."""
    a, b = radians(one.latitude), radians(other.latitude)
    turn = radians(other.longitude - one.longitude)
    return EARTH_MILES * acos(max(-1.0, min(1.0, sin(a) * sin(b) + cos(a) * cos(b) * cos(turn))))


@given(places, steps, steps)
def test_the_flat_map_of_a_town_is_as_long_as_the_ground(middle: Point, up: float, along: float) -> None:
    other = Point(middle.latitude + up, middle.longitude + along)
    truth = great_circle(middle, other)
    assert hypot(*east_and_north(other, middle)) == pytest.approx(truth, rel=0.02, abs=0.01)


def test_a_degree_of_longitude_shrinks_towards_the_pole() -> None:
    at_equator, _ = east_and_north(Point(0, 1), Point(0, 0))
    at_sixty, _ = east_and_north(Point(60, 1), Point(60, 0))
    assert at_sixty == pytest.approx(at_equator / 2)


def test_neighbours_across_the_date_line_are_neighbours() -> None:
    east, _ = east_and_north(Point(52, -179.95), Point(52, 179.95))
    assert 0 < east < 10
    assert abs(centre_of([Point(52, -179.95), Point(52, 179.95)]).longitude) == pytest.approx(180)


@given(
    places,
    st.lists(st.tuples(steps, steps), min_size=3, max_size=12),
    st.floats(-0.05, 0.05),
    st.floats(-0.05, 0.05),
)
def test_the_desk_is_found_from_distances(
    somewhere: Point, away: list[tuple[float, float]], up: float, along: float
) -> None:
    around = [Point(somewhere.latitude + north, somewhere.longitude + east) for north, east in away]
    desk = Point(somewhere.latitude + up, somewhere.longitude + along)
    assume(_spans_a_plane(around))
    found = where_from([Measured(point, round(hypot(*east_and_north(point, desk)), 2)) for point in around])
    assert found is not None
    assert hypot(*east_and_north(found, desk)) < 0.6


def test_two_distances_or_three_places_in_a_row_do_not_tell_where_the_desk_is() -> None:
    row = [Measured(Point(37 + step / 10, -80 + step / 10), 3.0) for step in range(4)]
    assert where_from(row[:2]) is None
    assert where_from(row) is None
    assert where_from([row[0]] * 5) is None


def _spans_a_plane(around: list[Point]) -> bool:
    """Tell whether three of the places make a triangle that is not too flat."""
    flat = [east_and_north(point, around[0]) for point in around]
    return any(
        abs(one[0] * other[1] - one[1] * other[0]) > 0.5 * (hypot(*one) * hypot(*other))
        and min(hypot(*one), hypot(*other)) > 3
        for one in flat
        for other in flat
    )
