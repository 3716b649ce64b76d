from __future__ import annotations

import pytest

from screens.widgets.action_row import ActionItem, ActionRow, _place
from tests.screens.widgets.harness import Bench, lines, screen_text

SIX = (
    ActionItem("in", "Enter", "Parcel is in", main=True),
    ActionItem("occupied", "F2", "Occupied"),
    ActionItem("closed", "F3", "Did not open"),
    ActionItem("small", "F4", "Too small"),
    ActionItem("hold", "F6", "Hold it", enabled=False),
    ActionItem("back", "Esc", "Back"),
)


@pytest.mark.parametrize("count", range(1, 7))
@pytest.mark.parametrize("width", [80, 100, 120])
def test_every_target_is_large_enough_for_a_finger(width: int, count: int) -> None:
    targets = _place(SIX[:count], width)
    assert len(targets) == count
    for target in targets:
        assert target.height >= 4
        assert target.width >= (10 if target.item.main else 8)
    assert targets[-1].left + targets[-1].width <= width


async def test_every_target_shows_its_label_above_its_key() -> None:
    app = Bench(ActionRow(SIX))
    async with app.run_test(size=(80, 8)):
        shown = screen_text(app)
        for words in ("Parcel is in", "Occupied", "Did not", "open", "Too small", "Hold it", "Back"):
            assert words in shown
        keys = next(line for line in lines(app) if "Enter" in line)
        assert all(item.key_label in keys for item in SIX)


async def test_a_tap_posts_the_action_anywhere_on_its_four_rows_and_in_its_gap() -> None:
    row = ActionRow(SIX)
    app = Bench(row)
    async with app.run_test(size=(80, 8)) as pilot:
        for target in _place(SIX, 80):
            app.posted.clear()
            gap = min(target.left + target.width, 79)
            places = [(target.left, 0), (target.left + target.width - 1, 3), (gap, 2)]
            for place in places:
                await pilot.click(row, offset=place)
            expected = [ActionRow.Chosen(target.item.action)] * len(places) if target.item.enabled else []
            assert app.posted == expected


async def test_new_items_replace_the_old_ones() -> None:
    row = ActionRow(SIX)
    app = Bench(row)
    async with app.run_test(size=(80, 8)) as pilot:
        row.items = [ActionItem("next", "Enter", "Next parcel", main=True)]
        await pilot.pause()
        assert "Next parcel" in screen_text(app)
        assert "Occupied" not in screen_text(app)


@pytest.mark.parametrize("size", [(20, 5), (1, 1), (40, 10), (9, 4)])
@pytest.mark.parametrize("items", [SIX, SIX[:1], ()], ids=["six", "one", "none"])
async def test_a_tiny_terminal_is_no_reason_to_fail(size: tuple[int, int], items: tuple[ActionItem, ...]) -> None:
    row = ActionRow(items)
    app = Bench(row)
    async with app.run_test(size=size) as pilot:
        await pilot.click(row, offset=(0, 0))
        assert app.posted in ([], [ActionRow.Chosen("in")])
        if size > (1, 1):
            assert bool(app.posted) == bool(items)


async def test_nothing_here_takes_the_focus() -> None:
    row = ActionRow(SIX)
    app = Bench(row)
    async with app.run_test(size=(80, 8)) as pilot:
        await pilot.press("tab")
        await pilot.click(row, offset=(2, 2))
        assert app.focused is None


async def test_a_label_is_shown_as_it_is_written() -> None:
    app = Bench(ActionRow([ActionItem("x", "Enter", "[bold]x[/]\x1b[31m", main=True)]))
    async with app.run_test(size=(80, 8)):
        assert "[bold]x[/]" in screen_text(app)
        assert "\x1b" not in screen_text(app)


@pytest.mark.parametrize(
    ("width", "rows"), [(20, ["Add to locker 7", "(2 inside)"]), (32, ["Add to locker 7 (2 inside)"])]
)
async def test_what_stands_in_brackets_is_kept_together(width: int, rows: list[str]) -> None:
    app = Bench(ActionRow([ActionItem("a", "Enter", "Add to locker 7 (2 inside)", main=True)]))
    async with app.run_test(size=(width, 6)):
        shown = [line.strip() for line in lines(app) if line.strip()]
        assert shown == [*rows, "Enter"]


async def test_a_lockers_number_of_ten_characters_is_whole_on_three_keys_of_a_full_row() -> None:
    units = ("NORTH-B-17", "NORTH-B-23", "NORTH-C-08")
    full = (
        ActionItem("reserve", "Enter", f"Add to locker {units[0]} (12 inside)", main=True),
        ActionItem("other_way", "F8", f"New locker {units[1]}"),
        ActionItem("out_of_reach", "F9", f"Out of reach: {units[2]}"),
        *(ActionItem(words, "F4", words) for words in ("Other bank", "Read again", "Recipient", "Shelf", "Later")),
    )
    app = Bench(ActionRow(full))
    async with app.run_test(size=(80, 8)):
        shown = screen_text(app)
        assert all(unit in shown for unit in units)
        keys = next(line for line in lines(app) if "Enter" in line)
        assert all(item.key_label in keys for item in full)
