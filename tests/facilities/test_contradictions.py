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
    assert placed(NEAR[0], place("F", 1, 0)) == []


@pytest.mark.parametrize("wrong", [(-77.03, 38.9), (38.9, 77.03), (-38.9, -77.03), (0.0, -77.03), (38.9, 0.0)])
def test_places_that_are_nowhere_near_their_country_are_listed_without_coordinates(wrong: tuple[float, float]) -> None:
    moved = [each.model_copy(update={"latitude": wrong[0], "longitude": wrong[1]}) for each in NEAR]
    assert placed(*moved) == []
    assert placed(moved[0]) == []
    assert placed(NEAR[0], moved[1]) == ["A"]


@pytest.mark.parametrize(
    ("state", "country", "latitude", "longitude"),
    [
        *(("AK", "US", 51.88, -176.65), ("AK", "US", 52.9, 173.2), ("HI", "US", 19.72, -155.09)),
        *(("PR", "PR", 18.4, -66.1), ("GU", "GU", 13.45, 144.75), ("AS", "US", -14.27, -170.7)),
        *(("NU", "CA", 82.5, -62.35), ("NL", "CA", 47.56, -52.71), ("FL", "US", 24.55, -81.78)),
        *(("AE", "US", 49.44, 7.6), ("", "DE", 48.1, 11.6)),
    ],
)
def test_the_ends_of_the_country_belong_to_it(state: str, country: str, latitude: float, longitude: float) -> None:
    address = Address(state=state, country_code=country)
    assert placed(Facility(name="E", address=address, latitude=latitude, longitude=longitude)) == ["E"]


def test_one_without_a_distance_is_within_the_radius() -> None:
    far = place("F", 0.4, 0, miles=None)
    assert placed(*NEAR, far, radius_miles=25) == ["A", "B", "C", "D", "F"]
    assert placed(*NEAR, far, radius_miles=10) == ["A", "B", "C", "D"]
    assert placed(*NEAR, far) == ["A", "B", "C", "D"]


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
    loud = NEAR[0].address.model_copy(update={"lines": ("A STREET",), "city": "WASHINGTON"})
    again = NEAR[0].model_copy(update={"name": "a", "address": loud, "distance_miles": 2.1})
    assert [each.name for each in each_once([*NEAR, NEAR[1], again])] == ["A", "B", "C", "D"]
