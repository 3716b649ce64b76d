"""The ways to other pages: large enough at any height, and with them every row is reached."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Region

from screens.actions import PAGE_DOWN, PAGE_UP
from screens.widgets.action_row import ActionRow
from screens.widgets.choice_list import Choice, ChoiceList
from screens.widgets.history import Entry, History
from screens.widgets.pager import Pager
from screens.widgets.target import LEAST_COLUMNS, LEAST_ROWS
from tests.screens.widgets.harness import Bench, screen_text

pytestmark = pytest.mark.every_frame


def people(count: int) -> list[Choice]:
    return [Choice(f"Person {number};", f"Room {number}") for number in range(count)]


@given(rows=st.integers(0, 60), left=st.integers(0, 90))
def test_both_ways_are_large_enough_and_apart_at_any_height(rows: int, left: int) -> None:
    pager = Pager(rows, has_more_above=True, has_more_below=False)
    targets = list(pager.targets(left))
    assert [target.name for target in targets] == ([PAGE_UP.name, PAGE_DOWN.name] if rows >= LEAST_ROWS else [])
    assert [target.enabled for target in targets] == [True, False][: len(targets)]
    window = Region(left, 0, pager.columns, rows)
    for target in targets:
        assert window.contains_region(target.region)
        assert target.region.width >= LEAST_COLUMNS
        assert target.region.height >= LEAST_ROWS
    assert not any(one.region.overlaps(other.region) for one, other in combinations(targets, 2))
    for y in range(rows):
        assert sum(len(text) for text, _ in pager.row(y)) == pager.columns


@pytest.mark.parametrize("height", [4, 7, 8, 19, 20])
async def test_every_row_is_seen_page_by_page_and_back(height: int) -> None:
    choices = ChoiceList(people(23))
    app = Bench(choices)
    async with app.run_test(size=(80, height)) as pilot:
        for by in (1, -1):
            seen: set[str] = set()
            for _ in range(30):
                seen |= {row.main for row in choices.rows if row.main in screen_text(app)}
                choices.page(by)
                await pilot.pause()
            assert len(seen) == 23
            assert choices.highlighted == (22 if by > 0 else 0)


async def test_a_list_that_fits_has_no_ways_unless_it_goes_on() -> None:
    choices = ChoiceList(people(2))
    app = Bench(choices)
    async with app.run_test(size=(80, 12)) as pilot:
        assert {target.name for target in choices.targets()} == {"row(0)", "row(1)"}
        choices.goes_on = True, False
        choices.show(people(2))
        await pilot.pause()
        ways = {target.name: target for target in choices.targets() if target.repeats}
        assert (ways[PAGE_UP.name].enabled, ways[PAGE_DOWN.name].enabled) == (True, False)
        await pilot.click(choices, offset=(75, 2))
        await pilot.click(choices, offset=(75, 9))
        assert app.posted == [ActionRow.Chosen(PAGE_UP.name)]
        assert choices.highlighted == 0, "turning the page takes no row"


async def test_a_history_is_turned_over_by_its_halves() -> None:
    history = History()
    app = Bench(history)
    async with app.run_test(size=(80, 10)) as pilot:
        history.styles.height = 10
        history.show_entries([Entry("10:41", f"Something happened {number};") for number in range(30)])
        await pilot.pause()
        await pilot.click(history, offset=(3, 7))
        assert app.posted == [ActionRow.Chosen(PAGE_DOWN.name)]
        await pilot.click(history, offset=(3, 1))
        assert app.posted == [ActionRow.Chosen(PAGE_DOWN.name)], "nothing lies above the first page"
        history.page(1)
        await pilot.pause()
        assert "happened 9;" in screen_text(app)
        assert "happened 8;" not in screen_text(app)
