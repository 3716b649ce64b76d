from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.words.signs import ARROW, ARROW_DOWN, BLOCK, ELLIPSIS, LEFT_HALF, RIGHT_HALF
from screens.finder.week_chart import Bar, DayRow, Now, WeekChart, _cell
from tests.screens.widgets.harness import Bench, lines

WEEK = (
    DayRow("Mon", (Bar(480, 1020),), "8-17"),
    DayRow("Tue", (Bar(480, 720), Bar(810, 1035)), "8-12 13:30-17:15"),
    DayRow("Wed", (Bar(0, 1440),), "24 hours"),
    DayRow("Thu", (), "\x1b[31mring [b]first[/b]"),
    DayRow("Fri", (Bar(1080, 1440),), "18-2"),
    DayRow("Sat", (Bar(0, 120), Bar(540, 720)), "9-12"),
    DayRow("Sun", (), "closed"),
)


async def drawn(width: int, now: Now | None = None, week: tuple[DayRow, ...] = WEEK) -> list[str]:
    shown = WeekChart()
    app = Bench(shown)
    async with app.run_test(size=(width, 10)) as pilot:
        shown.show(week, now)
        await pilot.pause()
        return lines(app)[:9]


async def test_a_week_is_seven_rows_with_bars_and_words() -> None:
    rows = await drawn(47)
    assert [row[2:5] for row in rows[1:8]] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert rows[1][6:30].count(BLOCK) == 9
    assert rows[1][14] == BLOCK
    assert rows[1][13] != BLOCK
    assert rows[3][6:30] == BLOCK * 24
    assert rows[7].endswith("closed")
    assert rows[8].split() == ["0", "6", "12", "18", "24"]
    assert rows[8].index("12") == 6 + 12


async def test_a_lunch_break_and_half_hours_are_seen() -> None:
    tuesday = (await drawn(47))[2]
    assert tuesday[6 + 12] not in {BLOCK, LEFT_HALF, RIGHT_HALF}
    assert tuesday[6 + 13] == RIGHT_HALF
    assert tuesday[6 + 17] == LEFT_HALF
    assert tuesday.endswith("8-12 13:30-17:15"), "a lunch break is told whole beside a code at 80x24"


async def test_what_is_open_past_midnight_goes_on_at_the_left_of_the_next_day() -> None:
    rows = await drawn(47)
    assert rows[5][6 + 18 : 6 + 24] == BLOCK * 6
    assert rows[6][6 : 6 + 2] == BLOCK * 2


@pytest.mark.parametrize("minute", [0, 1, 375, 872, 1080, 1439])
@pytest.mark.parametrize("width", [30, 47, 60, 90])
async def test_now_is_told_by_an_arrow_over_the_day_one_at_today_and_the_time(width: int, minute: int) -> None:
    rows = await drawn(width, Now(1, minute, f"{minute // 60}:{minute % 60:02}"))
    assert f"now {minute // 60}:{minute % 60:02}" in rows[0]
    assert [row.startswith(ARROW) for row in rows[1:8]] == [False, True, False, False, False, False, False]
    assert rows[2][rows[0].index(ARROW_DOWN)] == "|"
    assert sum("|" in row for row in rows) == 1


async def test_without_a_known_time_nothing_is_marked() -> None:
    rows = await drawn(47)
    assert not rows[0]
    assert not any(ARROW in row or "|" in row for row in rows)


async def test_what_nobody_can_read_stands_there_as_plain_text() -> None:
    thursday = (await drawn(70))[4]
    assert "[b]first[/b]" in thursday
    assert "\x1b" not in thursday
    assert not {BLOCK, LEFT_HALF, RIGHT_HALF} & set(thursday)
    assert (await drawn(47))[4].endswith(ELLIPSIS)


async def test_the_bars_grow_with_the_room() -> None:
    assert [(await drawn(width))[3].count(BLOCK) for width in (30, 47, 60, 90)] == [12, 24, 24, 48]


async def test_no_week_draws_nothing() -> None:
    assert not any(await drawn(47, Now(0, 10, "0:10"), ()))


@given(st.integers(0, 1439), st.integers(1, 1440), st.sampled_from([12, 24, 48]))
def test_no_open_stretch_is_too_short_to_be_seen(opens: int, length: int, cells: int) -> None:
    bar = Bar(opens, min(opens + length, 1440))
    drawn_cells = [_cell((bar,), cell, cells, now=False)[0] for cell in range(cells)]
    assert {BLOCK, LEFT_HALF, RIGHT_HALF} & set(drawn_cells)
