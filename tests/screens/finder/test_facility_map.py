from __future__ import annotations

import random
from collections.abc import Sequence
from math import cos, hypot, pi, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import on

from kiosk.words.signs import ARROW, ARROW_BACK, DIAMOND, FULL, HOLLOW, MIDDLE_DOT
from screens.finder.coordinates import Point, east_and_north
from screens.finder.facility_map import NORTH, FacilityMap
from screens.finder.map_layout import LEAST_MILES, Label, MapLayout, Pin, lay_out_map, ring_miles
from tests.screens.widgets.harness import Bench, lines, screen_text

pytestmark = pytest.mark.every_frame

DESK = Point(37.3, -79.97)
"""Roanoke."""
SIZES = [(34, 16), (43, 22), (60, 12), (7, 5)]

far = st.floats(-0.4, 0.4)


def pins(places: Sequence[tuple[float, float]], middle: Point = DESK) -> list[Pin]:
    """Return pins so many degrees north and east of the middle."""
    return [
        Pin(at, Point(middle.latitude + north, middle.longitude + east), (True, False, None)[at % 3])
        for at, (north, east) in enumerate(places, 1)
    ]


def scattered(count: int, seed: int = 1) -> list[Pin]:
    source = random.Random(seed)
    return pins([(source.gauss(0, 0.05), source.gauss(0, 0.06)) for _ in range(count)])


def texts(plan: MapLayout) -> list[set[tuple[int, int]]]:
    """Return the cells of every word and number."""
    labels = [*plan.rings, *(mark.label for mark in plan.marks if mark.label)]
    return [{(label.column + at, label.row) for at in range(len(label.text))} for label in labels]


@given(
    st.lists(st.tuples(far, far), min_size=1, max_size=40),
    st.sampled_from(SIZES),
    st.floats(-70, 70),
    st.floats(-180, 180),
)
def test_every_place_is_on_the_map_inside_the_outer_ring_and_in_the_right_direction(
    places: list[tuple[float, float]], size: tuple[int, int], latitude: float, longitude: float
) -> None:
    middle = Point(latitude, longitude)
    plan = lay_out_map(pins(places, middle), middle, *size)
    assert len(plan.marks) == len(places)
    for mark in plan.marks:
        assert 0 <= mark.column < size[0]
        assert 0 <= mark.row < size[1]
    by_north = sorted(zip(places, plan.marks, strict=True), key=lambda each: -each[0][0])
    assert [mark.row for _, mark in by_north] == sorted(mark.row for mark in plan.marks)
    by_east = sorted(zip(places, plan.marks, strict=True), key=lambda each: each[0][1])
    assert [mark.column for _, mark in by_east] == sorted(mark.column for mark in plan.marks)
    for (north, east), mark in zip(places, plan.marks, strict=True):
        assert (mark.row - plan.middle[1]) * north <= 0
        assert (mark.column - plan.middle[0]) * east >= 0


@given(st.floats(0, 20000))
def test_rings_are_few_and_the_outer_one_reaches_the_farthest_place_but_not_twice_as_far(miles: float) -> None:
    rings = ring_miles(miles)
    assert 2 <= len(rings) <= 5
    assert rings[-1] >= miles
    assert rings[-1] <= max(2 * miles, LEAST_MILES)
    assert [round(ring / rings[0]) for ring in rings] == list(range(1, len(rings) + 1))


@pytest.mark.parametrize(("width", "height"), [(34, 16), (43, 22), (60, 20)])
def test_rings_are_round_in_dots(width: int, height: int) -> None:
    plan = lay_out_map(scattered(12), DESK, width, height)
    centre = (2 * plan.middle[0] + 1, 4 * plan.middle[1] + 2)
    bits = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
    dots = {
        (2 * column + x, 4 * row + y)
        for (column, row), value in plan.dots.items()
        for y, both in enumerate(bits)
        for x, bit in enumerate(both)
        if value & bit
    }
    assert all(0 <= x < 2 * width and 0 <= y < 4 * height for x, y in dots)
    outer = max(hypot(x - centre[0], y - centre[1]) for x, y in dots)
    for angle in range(0, 360, 15):
        x, y = centre[0] + outer * sin(angle * pi / 180), centre[1] - outer * cos(angle * pi / 180)
        assert min(hypot(x - dot[0], y - dot[1]) for dot in dots) < 1.6, f"a gap in the outer ring at {angle} degrees"


@pytest.mark.parametrize("count", [1, 12, 60, 200])
@pytest.mark.parametrize(("width", "height"), SIZES[:3])
def test_no_word_covers_a_place_or_another_word(count: int, width: int, height: int) -> None:
    plan = lay_out_map(scattered(count), DESK, width, height)
    taken = {(mark.column, mark.row) for mark in plan.marks} | {plan.middle, plan.north}
    for cells in texts(plan):
        assert not cells & taken
        assert all(0 <= column < width and 0 <= row < height for column, row in cells)
        taken |= cells


@pytest.mark.parametrize("count", [12, 60, 200])
def test_a_number_touches_its_own_place_and_no_other(count: int) -> None:
    for seed in range(10):
        plan = lay_out_map(scattered(count, seed), DESK, 43, 22)
        places = {(mark.column, mark.row) for mark in plan.marks} | {plan.middle}
        for mark in plan.marks:
            if mark.label is not None:
                beside = {(mark.label.column - 1, mark.row), (mark.label.column + len(mark.label.text), mark.row)}
                assert beside & places == {(mark.column, mark.row)}


def test_a_dozen_places_nearly_all_show_their_number_at_80x24() -> None:
    plans = [lay_out_map(scattered(12, seed), DESK, 34, 16) for seed in range(50)]
    numbered = sum(mark.label is not None for plan in plans for mark in plan.marks)
    assert numbered / (12 * len(plans)) > 0.85
    assert sum(len(plan.rings) < 2 for plan in plans) == 0


def test_a_map_without_room_shows_nothing_and_does_not_fail() -> None:
    assert not lay_out_map(scattered(5), DESK, 6, 3).marks
    assert lay_out_map([], DESK, 30, 10).marks == ()


class MapBench(Bench):
    @on(FacilityMap.Chosen)
    def keep_place(self, message: FacilityMap.Chosen) -> None:
        self.posted.append(message)


async def test_the_map_shows_north_the_desk_its_rings_and_what_is_open() -> None:
    shown = FacilityMap()
    app = MapBench(shown)
    async with app.run_test(size=(34, 17)) as pilot:
        shown.show(pins([(0.05, 0), (0, 0.04), (-0.03, -0.02)]), DESK, "desk")
        await pilot.pause()
        rows = lines(app)
        assert NORTH in rows[0]
        assert DIAMOND in rows[8]
        assert any(f"{HOLLOW}1" in row for row in rows[1:6])
        assert any(" mi" in row for row in rows[9:])
        assert rows[-1].split() == [DIAMOND, "desk", FULL, "open", HOLLOW, "closed", "?", "unsure"]


async def test_the_chosen_place_is_marked_by_a_sign_and_its_number_also_where_it_had_none() -> None:
    shown = FacilityMap()
    app = MapBench(shown)
    async with app.run_test(size=(34, 17)) as pilot:
        crowd = scattered(200)
        shown.show(crowd, DESK, "desk")
        await pilot.pause()
        assert ARROW not in screen_text(app)
        for number in (1, 2, 77, 200, 199):
            shown.chosen = number
            await pilot.pause()
            text = screen_text(app)
            assert f"{ARROW}{number}" in text or f"{number}{ARROW_BACK}" in text
            assert text.count(ARROW) + text.count(ARROW_BACK) == 1
        shown.chosen = None
        await pilot.pause()
        assert ARROW not in screen_text(app)


async def test_what_is_kept_is_what_would_be_drawn_anew() -> None:
    walked, fresh = FacilityMap(), FacilityMap()
    texts = []
    for shown, steps in ((walked, (5, 90, 3, 42)), (fresh, (42,))):
        app = MapBench(shown)
        async with app.run_test(size=(40, 18)) as pilot:
            shown.show(scattered(120), DESK, "desk")
            for number in steps:
                shown.chosen = number
                await pilot.pause()
            texts.append(screen_text(app))
    assert texts[0] == texts[1]


async def test_another_size_and_another_theme_draw_it_anew() -> None:
    shown = FacilityMap()
    app = MapBench(shown)
    async with app.run_test(size=(34, 17)) as pilot:
        shown.show(scattered(9), DESK, "desk")
        await pilot.pause()
        dark = app.screen._compositor.render_strips()
        app.theme = "kiosk-light"
        await pilot.pause()
        assert app.screen._compositor.render_strips() != dark
        await pilot.resize_terminal(60, 30)
        await pilot.pause()
        await pilot.pause()
        assert DIAMOND in lines(app)[14]


async def test_a_finger_chooses_the_nearest_place() -> None:
    shown = FacilityMap()
    app = MapBench(shown)
    async with app.run_test(size=(34, 17)) as pilot:
        shown.show(pins([(0.05, 0.05), (-0.05, -0.05)]), DESK, "desk")
        await pilot.pause()
        row = next(at for at, line in enumerate(lines(app)) if f"{HOLLOW}1" in line)
        await pilot.click(offset=(lines(app)[row].index(HOLLOW) + 2, row + 1))
        await pilot.click(offset=(1, 1))
        assert [message.number for message in app.posted if isinstance(message, FacilityMap.Chosen)] == [1]


def test_a_mile_to_the_east_is_as_long_as_a_mile_to_the_north_on_the_screen() -> None:
    plan = lay_out_map(pins([(0.05, 0), (0, 0.05 / cos(DESK.latitude * pi / 180))]), DESK, 61, 31)
    north, east = plan.marks
    assert hypot(*east_and_north(north.pin.point, DESK)) == pytest.approx(
        hypot(*east_and_north(east.pin.point, DESK)), rel=1e-6
    )
    assert abs(2 * (plan.middle[1] - north.row) - (east.column - plan.middle[0])) <= 1


async def test_a_move_through_the_list_draws_two_rows_and_not_the_map(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    row = FacilityMap._row

    def counting(self: FacilityMap, y: int, flag: Label | None) -> list[tuple[str, str]]:
        drawn.append(y)
        return row(self, y, flag)

    monkeypatch.setattr(FacilityMap, "_row", counting)
    shown = FacilityMap()
    app = MapBench(shown)
    async with app.run_test(size=(34, 17)) as pilot:
        shown.show(scattered(200), DESK, "desk")
        await pilot.pause()
        assert len(set(drawn)) == 16
        for number in range(1, 20):
            drawn.clear()
            shown.chosen = number
            await pilot.pause()
            assert 1 <= len(set(drawn)) <= 2


async def test_a_console_without_braille_gets_plain_dots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screens.finder.facility_map.CONSOLE", True)
    shown = FacilityMap()
    app = MapBench(shown)
    async with app.run_test(size=(34, 17)) as pilot:
        shown.show(scattered(5), DESK, "desk")
        await pilot.pause()
        text = screen_text(app)
        assert MIDDLE_DOT in text
        assert not any(0x2800 <= ord(sign) <= 0x28FF for sign in text)
