"""A list of facilities checked against itself: doubles, and coordinates that can't be true."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.facilities.addresses import Address
from kiosk.facilities.contradictions import credibly_placed, each_once
from kiosk.facilities.values import Facility

HERE = (38.9, -77.03)


def place(name: str, north: float, east: float, miles: float | None = 2.0) -> Facility:
    address = Address(lines=(f"{name} Street",), city="Washington", state="DC")
    return Facility(
        name=name, address=address, latitude=HERE[0] + north, longitude=HERE[1] + east, distance_miles=miles
    )


NEAR = (place("A", 0.01, 0), place("B", -0.01, 0.01), place("C", 0, 0.02), place("D", 0.02, -0.01))
SWAPPED = NEAR[0].model_copy(update={"name": "S", "latitude": -77.03, "longitude": 38.9})


def placed(*facilities: Facility, radius_miles: int | None = None) -> list[str]:
    return [each.name for each in credibly_placed(facilities, radius_miles) if each.latitude is not None]


@pytest.mark.parametrize("position", range(5))
def test_one_whose_coordinates_were_swapped_is_listed_without_them(position: int) -> None:
    facilities = [*NEAR[:position], SWAPPED, *NEAR[position:]]
    found = credibly_placed(facilities, None)
    assert [each.name for each in found] == [each.name for each in facilities]
    assert placed(*facilities) == ["A", "B", "C", "D"]
    assert found[position] == SWAPPED.model_copy(update={"latitude": None, "longitude": None})


def test_of_two_that_contradict_each_other_neither_is_believed() -> None:
    assert placed(NEAR[0], SWAPPED) == []


def test_one_without_a_distance_is_within_the_radius_or_unknown() -> None:
    far = SWAPPED.model_copy(update={"distance_miles": None})
    assert placed(*NEAR, far, radius_miles=25) == ["A", "B", "C", "D"]
    assert placed(*NEAR, far) == ["A", "B", "C", "D", "S"]


@given(
    st.lists(st.tuples(st.floats(-0.2, 0.2), st.floats(-0.2, 0.2)), max_size=8),
)
def test_places_whose_distances_are_true_are_all_believed(moves: list[tuple[float, float]]) -> None:
    facilities = [
        place(str(number), north, east, miles=((north * 69.1) ** 2 + (east * 69.1) ** 2) ** 0.5)
        for number, (north, east) in enumerate(moves)
    ]
    assert len(placed(*facilities)) == len(facilities)


def test_a_place_that_is_listed_twice_is_there_once_where_it_came_first() -> None:
    assert [each.name for each in each_once([*NEAR, NEAR[1], NEAR[0].model_copy(update={"name": "a"})])] == [
        "A",
        "B",
        "C",
        "D",
    ]
