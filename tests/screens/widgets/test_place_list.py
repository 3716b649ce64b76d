"""A place is told whole; what stands beside it gives way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from screens.widgets.place_list import PlaceList, PlaceRow

LONG = "Loading dock behind the east building, ground floor, left 712"


def drawn(row: PlaceRow, width: int, *, highlighted: bool = False) -> list[str]:
    rows = PlaceList([row])
    return ["".join(text for text, _ in rows.draw(row, line, width, highlighted=highlighted)) for line in range(2)]


def test_a_word_stands_beside_the_place_or_beneath_it() -> None:
    short, long = PlaceRow("Lobby 7", "T1", "expired 2 days ago"), PlaceRow(LONG, "T1", "expired 2 days ago")
    assert drawn(short, 80)[0].split("  ")[-1] == "expired 2 days ago"
    assert [line.strip() for line in drawn(long, 70)] == [LONG, "expired 2 days ago · T1"]


@pytest.mark.parametrize("mark", ["", "[x]"])
@given(place=st.text(max_size=60), detail=st.text(max_size=90), aside=st.text(max_size=40), width=st.integers(1, 120))
def test_no_line_is_wider_than_there_is_room(mark: str, place: str, detail: str, aside: str, width: int) -> None:
    for highlighted in (False, True):
        lines = drawn(PlaceRow(place, detail, aside, mark), width, highlighted=highlighted)
        assert max(map(cell_len, lines)) <= max(width, 8)


def test_of_a_name_without_end_the_lockers_number_stays() -> None:
    assert drawn(PlaceRow(f"{LONG * 3} 1234", "T1"), 60)[0].rstrip().endswith(" 1234")
