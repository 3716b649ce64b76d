from __future__ import annotations

import pytest

from kiosk.words.signs import ARROW, ELLIPSIS, TICK
from screens.widgets.choice_list import Choice, ChoiceList
from screens.widgets.parcel_list import ParcelList, ParcelRow
from tests.screens.widgets.harness import Bench, lines, screen_text

pytestmark = pytest.mark.every_frame

PEOPLE = tuple(Choice(f"Person {number}", f"Room {number}", f"{number} in AOne") for number in range(1000))
PARCELS = tuple(
    ParcelRow(
        "10:41", f"94055118992231974284{number:02}", f"Person {number}", f"Lobby {number}", TICK, "in locker", "done"
    )
    for number in range(50)
)


async def test_a_choice_shows_its_name_and_a_quiet_line_beneath() -> None:
    app = Bench(ChoiceList(PEOPLE))
    async with app.run_test(size=(80, 20)):
        rows = lines(app)
        assert rows[1].startswith(f" {ARROW} Person 0")
        assert rows[1].endswith("0 in AOne")
        assert rows[2].strip() == "Room 0"
        assert rows[4].strip().startswith("Person 1")


async def test_only_visible_rows_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: set[str] = set()
    draw = ChoiceList.draw

    def counting(self: ChoiceList, row: Choice, line: int, width: int, *, highlighted: bool) -> list[tuple[str, str]]:
        drawn.add(row.main)
        return draw(self, row, line, width, highlighted=highlighted)

    monkeypatch.setattr(ChoiceList, "draw", counting)
    app = Bench(ChoiceList(PEOPLE))
    async with app.run_test(size=(80, 20)):
        assert 0 < len(drawn) <= 8


async def test_the_highlight_moves_stops_at_the_ends_and_stays_visible() -> None:
    choices = ChoiceList(PEOPLE)
    app = Bench(choices)
    async with app.run_test(size=(80, 20)) as pilot:
        choices.move(-1)
        assert choices.highlighted == 0
        for step in (1, 7, 500, 5000, -3):
            choices.move(step)
            await pilot.pause()
            assert f" {ARROW} Person {choices.highlighted} " in screen_text(app)
            assert f"Room {choices.highlighted}" in screen_text(app)
        assert choices.highlighted == 996
        choices.page(-1)
        assert choices.highlighted == 987  # the six rows before those that were seen


async def test_a_tap_highlights_and_posts_the_row_also_a_little_below_it() -> None:
    choices = ChoiceList(PEOPLE)
    app = Bench(choices)
    async with app.run_test(size=(80, 20)) as pilot:
        for y in (4, 5, 6):
            app.posted.clear()
            await pilot.click(choices, offset=(10, y))
            assert app.posted == [ChoiceList.Chosen(1)]
            assert choices.highlighted == 1


async def test_a_tap_after_scrolling_hits_what_is_seen() -> None:
    choices = ChoiceList(PEOPLE)
    app = Bench(choices)
    async with app.run_test(size=(80, 20)) as pilot:
        choices.move(600)
        await pilot.pause()
        row = next(y for y, line in enumerate(lines(app)) if "Person 598" in line)
        await pilot.click(choices, offset=(10, row))
        assert app.posted == [ChoiceList.Chosen(598)]


async def test_a_tap_beside_the_rows_posts_nothing() -> None:
    choices = ChoiceList(PEOPLE[:2])
    app = Bench(choices)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.click(choices, offset=(10, 15))
        assert app.posted == []


async def test_an_empty_list_says_the_owners_sentence() -> None:
    choices = ChoiceList(empty="Nobody by that [name]")
    app = Bench(choices)
    async with app.run_test(size=(80, 20)) as pilot:
        assert "Nobody by that [name]" in screen_text(app)
        choices.move(1)
        await pilot.click(choices, offset=(10, 1))
        assert choices.highlighted is None
        assert app.posted == []


async def test_new_rows_replace_the_old_ones_and_start_at_the_top() -> None:
    choices = ChoiceList(PEOPLE)
    app = Bench(choices)
    async with app.run_test(size=(80, 20)) as pilot:
        choices.move(900)
        await pilot.pause()
        choices.show(PEOPLE[5:7])
        await pilot.pause()
        assert lines(app)[1].startswith(f" {ARROW} Person 5")
        choices.show([])
        await pilot.pause()
        assert "Person" not in screen_text(app)
        choices.show(PEOPLE[:3], highlighted=None)
        await pilot.pause()
        assert "Person 2" in screen_text(app)
        assert ARROW not in screen_text(app)


@pytest.mark.parametrize("name", ["[bold]x[/]", "\x1b[2Jgone\x07", "a\x9bb", "\u202egnp.exe", "李小龙" * 40])
async def test_names_are_shown_as_plain_text(name: str) -> None:
    row = ParcelRow("10:41", name, name, name, TICK, name)
    app = Bench(ChoiceList([Choice(name, name, name)]), ParcelList([row]))
    async with app.run_test(size=(80, 24)):
        shown = screen_text(app).replace("\n", "")
        assert shown.isprintable()
        assert ("[bold]x[/]" in shown) == (name == "[bold]x[/]")


async def test_a_very_long_name_ends_in_an_ellipsis() -> None:
    app = Bench(ChoiceList([Choice("Barnaby " * 30, aside="7 in AOne")]))
    async with app.run_test(size=(80, 10)):
        assert f"{ELLIPSIS}  7 in AOne" in lines(app)[1]


@pytest.mark.parametrize("width", [75, 80, 100, 160])
async def test_a_parcel_is_one_line_with_the_end_of_its_number(width: int) -> None:
    app = Bench(ParcelList(PARCELS))
    async with app.run_test(size=(width, 20)):
        row = lines(app)[3]
        for words in ("10:41", "28401", "Person 1", "Lobby 1", f"{TICK} in locker"):
            assert words in row


async def test_a_parcel_takes_two_lines_in_a_narrow_window() -> None:
    app = Bench(ParcelList(PARCELS))
    async with app.run_test(size=(40, 20)):
        rows = lines(app)
        assert "Person 1" in rows[4]
        assert f"{TICK} in locker" in rows[4]
        assert "401 " in rows[5]
        assert "Lobby 1" in rows[5]


async def test_a_list_follows_a_resize() -> None:
    parcels = ParcelList(PARCELS)
    app = Bench(parcels)
    async with app.run_test(size=(100, 20)) as pilot:
        parcels.move(30)
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        assert "Person 30" in screen_text(app)
        row = next(y for y, line in enumerate(lines(app)) if "Person 30" in line)
        await pilot.click(parcels, offset=(5, row))
        assert app.posted == [ParcelList.Chosen(30)]


@pytest.mark.parametrize("size", [(20, 5), (1, 1), (3, 2)])
async def test_a_tiny_terminal_is_no_reason_to_fail(size: tuple[int, int]) -> None:
    app = Bench(ChoiceList(PEOPLE), ParcelList(PARCELS))
    async with app.run_test(size=size) as pilot:
        await pilot.click(offset=(0, 0))
        assert app.focused is None


@pytest.mark.parametrize("unit", ["7", "B-17", "NORTH-B-17"])
@pytest.mark.parametrize("width", [40, 66, 80, 100, 160])
async def test_a_bank_gives_way_to_the_number_of_its_locker(width: int, unit: str) -> None:
    bank = "Loading dock behind the north parking structure"
    row = ParcelRow("10:41", "94055118992231974284", "Person 1", bank, TICK, "in locker", unit=unit)
    app = Bench(ParcelList([row]))
    async with app.run_test(size=(width, 20)):
        assert f" {unit} " in f"{screen_text(app)} ".replace("\n", " ")
