"""Names from right to left, compared with Unicode's own algorithm as a terminal carries it out."""

from __future__ import annotations

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from kiosk.leftward import guarded, is_leftward, ordered

HEBREW, ARABIC = "אבגשת", "ابجدلمـيىگ"
MARKS = "\u200e\u200f"
NAMES = ("דוד כהן", "ז'קלין לוי-ברק", "כהן (ירושלים)", "שד' בן-גוריון 10-12 דירה", "محمد علي", "شارع 12", "شارع 12 ب")
OTHERS = ("Ann Smith", "12", "A-7", "N 50%", "locker 3", "│", "·", "山田", "2026-11-27 10:00", "(", "x)")

letters = st.sampled_from(HEBREW + ARABIC)
between = st.text(st.sampled_from(HEBREW + ARABIC + "0123456789٣٤" + "-.,:/%()'& "), max_size=12)
runs = st.tuples(letters, between, letters).map("".join).filter(lambda text: "  " not in text)


def drawn(text: str) -> str:
    """Return a line as its cells are filled."""
    return "".join(sign for _, sign in ordered(list(text)))


def in_order(text: str) -> str:
    """Return the letters of a line in the order of its cells, neither joined nor turned around."""
    return "".join(text[place] for place, _ in ordered(list(text)))


@given(runs)
def test_a_name_from_right_to_left_is_put_in_unicodes_order(text: str) -> None:
    assert in_order(text) == get_display(text, base_dir="R")


@given(st.text())
def test_a_line_keeps_all_of_its_signs(text: str) -> None:
    places = [place for place, _ in ordered(list(text))]
    assert sorted(places) == list(range(len(text)))
    if not is_leftward(text):
        assert drawn(text) == guarded(text) == text


@given(st.lists(st.sampled_from(NAMES + OTHERS), max_size=8), st.sampled_from(["  ", "    ", " · ", " │ ", " Nr "]))
def test_whoever_orders_a_guarded_line_draws_the_same_cells(texts: list[str], gap: str) -> None:
    line = gap.join(texts)
    by_terminal = "".join(sign for sign in get_display(guarded(line), base_dir="L") if sign not in MARKS)
    assert by_terminal == in_order(line)


@given(st.lists(st.sampled_from(NAMES + OTHERS), max_size=8))
def test_each_column_stays_where_it_is(texts: list[str]) -> None:
    line = "  ".join(text.ljust(24) for text in texts)
    cells = in_order(line)
    for at, text in enumerate(texts):
        own = cells[at * 26 : at * 26 + 24]
        assert sorted(own) == sorted(text.ljust(24))
        if not is_leftward(text):
            assert own == text.ljust(24)


def turned(text: str) -> str:
    return text[::-1]


DAVID, RACHEL, COHEN = "דוד", "רחל", "כהן"


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        pytest.param(f"{DAVID}  12", f"{turned(DAVID)}  12", id="number_in_the_next_column"),
        pytest.param(f"{DAVID} {COHEN} 12", f"{turned(COHEN)} {turned(DAVID)} 12", id="number_right_behind"),
        pytest.param(f"12 {DAVID}", f"12 {turned(DAVID)}", id="number_before"),
        pytest.param(f"{DAVID} 12 {COHEN}", f"{turned(COHEN)} 12 {turned(DAVID)}", id="number_within"),
        pytest.param(f"{DAVID} · {RACHEL}", f"{turned(DAVID)} · {turned(RACHEL)}", id="two_names"),
        pytest.param(f"{COHEN}, {DAVID}", f"{turned(DAVID)} ,{turned(COHEN)}", id="comma_within"),
        pytest.param(f"{DAVID} (David) {COHEN}", f"{turned(DAVID)} (David) {turned(COHEN)}", id="latin_within"),
        pytest.param(f"{COHEN} ({DAVID})", f"({turned(DAVID)}) {turned(COHEN)}", id="brackets_within"),
        pytest.param(f"({DAVID})", f"({turned(DAVID)})", id="brackets_around"),
        pytest.param(f"{DAVID} כ…  12", f"…כ {turned(DAVID)}  12", id="cut_off"),
        pytest.param(f"{DAVID}' 5", f"'{turned(DAVID)} 5", id="abbreviated"),
        pytest.param(f"For {DAVID}, now.", f"For {turned(DAVID)}, now.", id="in_a_sentence"),
        pytest.param("\u0639 10-12 \u0628", "\ufe8f 12-10 \ufec9", id="arabic_numbers"),
        pytest.param("\u0645\u062d\u0645\u062f", "\ufeaa\ufee4\ufea4\ufee3", id="joined"),
        pytest.param("\u0644\u0627", "\ufe8e\ufedf", id="two_cells_for_lam_and_alef"),
    ],
)
def test_cells_are_filled_in_the_order_of_reading(text: str, cells: str) -> None:
    assert drawn(text) == cells


def test_marks_stay_on_their_letter() -> None:
    assert ordered(["ד\u05bc", "ש", "ד"]) == [(2, "ד"), (1, "ש"), (0, "ד\u05bc")]
    assert ordered(["\u0645\u064f", "\u0646"])[1] == (0, "\ufee3\u064f")
