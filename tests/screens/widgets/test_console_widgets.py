"""What the console is drawn with: lines, tables, the message, bars. Steps repaint little, answers stay in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget

from screens.widgets.bars import USES, occupancy, plot
from screens.widgets.door_plan import Door, plan_doors
from screens.widgets.lines import Lines
from screens.widgets.message_line import MessageLine
from screens.widgets.notice import NoticeKind
from screens.widgets.table import Column, Table, TableRow
from tests.screens.widgets.harness import Bench, lines

pytestmark = pytest.mark.every_frame

COLUMNS = (Column("Number", 6), Column("Name", 8, grows=1), Column("Place", 8, cut="middle"))
STATES = [state for state, _, _ in USES]


def row(number: int, name: str = "Ana") -> TableRow:
    return TableRow(str(number), (f"T{number}", name, f"Loading dock {number}"), ("", "quiet"))


def watched(monkeypatch: pytest.MonkeyPatch, widget: Widget) -> list[int]:
    """Note the rows of a widget that are asked to be painted again."""
    painted: list[int] = []
    refresh = Widget.refresh

    def note(self: Widget, *regions: Region, **options: bool) -> Widget:
        if self is widget:
            painted.extend(region.y for region in regions)
            if not regions:
                painted.append(-1)
        return refresh(self, *regions, **options)

    monkeypatch.setattr(Widget, "refresh", note)
    return painted


async def drawn(pilot: Pilot[object]) -> None:
    await pilot.pause()


async def test_only_lines_that_changed_are_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    widget = Lines([[("one", "")], [("two", "")], [("three", "")]])
    async with Bench(widget).run_test(size=(20, 3)) as pilot:
        await drawn(pilot)
        painted = watched(monkeypatch, widget)
        widget.show([[("one", "")], [("2", "")], [("three", "")]])
        assert painted == [1]
        await drawn(pilot)
        assert lines(pilot.app) == ["one", "2", "three"]
        painted.clear()
        widget.show([[("one", "")], [("2", "")], [("three", "")]])
        assert not painted


async def test_lines_are_scrolled_to_their_ends_and_no_further() -> None:
    widget = Lines([[(str(number), "")] for number in range(10)])
    async with Bench(widget).run_test(size=(20, 3)) as pilot:
        for by, first in ((1, "1"), (100, "7"), (-2, "5"), (-100, "0")):
            widget.move(by)
            await drawn(pilot)
            assert lines(pilot.app)[0] == first


async def test_a_step_paints_two_rows_and_the_edge_turns_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    widget = Table(COLUMNS)
    async with Bench(widget).run_test(size=(40, 6)) as pilot:
        widget.show_rows([row(number) for number in range(12)])
        await drawn(pilot)
        painted = watched(monkeypatch, widget)
        widget.move(1)
        assert painted == [1, 2]
        await drawn(pilot)
        widget.move(4)
        await drawn(pilot)
        assert widget.chosen == "5"
        assert [line[3:6].strip() for line in lines(pilot.app)[1:]] == ["T5", "T6", "T7", "T8", "T9"]
        widget.move(-1)
        await drawn(pilot)
        assert lines(pilot.app)[-1].startswith(" ► T4")


async def test_the_highlight_stays_on_its_row_when_rows_come_and_go() -> None:
    widget = Table(COLUMNS)
    async with Bench(widget).run_test(size=(40, 6)):
        widget.show_rows([row(number) for number in range(5)])
        widget.move(2)
        widget.show_rows([row(9), row(8), *(row(number) for number in range(5))])
        assert widget.chosen == "2"
        widget.show_rows([row(7)])
        assert widget.chosen == "7"
        widget.show_rows([])
        widget.move(1)
        assert widget.chosen is None


async def test_a_live_table_shows_what_is_new_while_its_first_row_is_chosen() -> None:
    widget = Table(COLUMNS, stays_on_top=True)
    async with Bench(widget).run_test(size=(40, 6)):
        widget.show_rows([row(1)])
        widget.show_rows([row(2), row(1)])
        assert widget.chosen == "2"
        widget.move(1)
        widget.show_rows([row(3), row(2), row(1)])
        assert widget.chosen == "1"


@pytest.mark.parametrize("width", [20, 40, 80, 200])
async def test_columns_fill_the_width_and_keep_their_order(width: int) -> None:
    widget = Table(COLUMNS)
    async with Bench(widget).run_test(size=(width, 4)) as pilot:
        widget.show_rows([row(1, "A very long name indeed " * 9), row(2)])
        await drawn(pilot)
        for line in lines(pilot.app):
            assert len(line) <= width
        assert "…" in lines(pilot.app)[1]
        if width >= 40:
            assert lines(pilot.app)[2].rstrip().endswith("2")


async def test_a_message_line_asks_and_gives_the_answer_once() -> None:
    message, answers = MessageLine(), list[str]()
    async with Bench(message).run_test(size=(40, 4)) as pilot:
        message.ask("Why?", answers.append)
        for key in ("a", "b", "left", "X", "backspace", "Y", "end", " "):
            message.feed(key, key if len(key) == 1 else None)
        await drawn(pilot)
        assert lines(pilot.app)[:2] == [" Why?", " > aYb"]
        message.feed("enter", "\r")
        assert (answers, message.is_asking) == (["aYb"], False)
        message.ask("Why?", answers.append)
        message.feed("escape", "\x1b")
        assert (answers, message.is_asking) == (["aYb"], False)


@pytest.mark.parametrize("width", [40, 80])
async def test_a_long_question_goes_on_in_a_second_row(width: int) -> None:
    message = MessageLine()
    question = " ".join(["Samira"] * (width // 7 + 2)) + ": why?"
    async with Bench(message).run_test(size=(width, 4)) as pilot:
        message.ask(question, print)
        await drawn(pilot)
        first, second, answer = lines(pilot.app)[:3]
        assert f"{first.strip()} {second.strip()}" == question
        assert answer.startswith(" >")


@given(
    st.lists(
        st.one_of(st.characters(), st.sampled_from(["left", "right", "home", "end", "backspace", "delete", "ctrl+u"]))
    )
)
def test_no_keys_break_the_answer(keys: list[str]) -> None:
    message, answers = MessageLine(), list[str]()
    message.ask("Why?", answers.append)
    for key in keys:
        message.feed(key, key if len(key) == 1 else None)
    message.feed("enter", None)
    (answer,) = answers
    assert answer.isprintable()
    assert len(answer) <= 200


@pytest.mark.parametrize("width", [40, 80])
async def test_what_to_do_is_never_cut_off(width: int) -> None:
    message = MessageLine()
    async with Bench(message).run_test(size=(width, 10)) as pilot:
        message.say(NoticeKind.STOP, "The locker service refused: " + "a long story " * 20, "Wait, then press r again.")
        await drawn(pilot)
        text = " ".join(" ".join(lines(pilot.app)).split())
        assert "Stop The locker service refused" in text
        assert text.endswith("Wait, then press r again.")
        message.clear()
        await drawn(pilot)
        assert not "".join(lines(pilot.app)).strip()


@given(st.dictionaries(st.sampled_from(STATES), st.integers(0, 5000)), st.integers(5, 40), st.integers(1, 60))
def test_a_bar_fits_and_leaves_no_state_out(states: dict[str, int], width: int, most: int) -> None:
    pieces = occupancy(states, width, max(most, sum(states.values())))
    assert sum(len(text) for text, _ in pieces) <= width
    assert len(pieces) == len([count for count in states.values() if count])
    assert all(text for text, _ in pieces)


def test_a_bar_is_a_cell_a_unit_where_they_fit() -> None:
    pieces = occupancy({"free": 3, "occupied": 2}, 10, 9)
    assert ["".join(text) for text, _ in pieces] == ["██", "░░░"]


@given(st.lists(st.integers(0, 1000), max_size=24), st.integers(1, 4))
def test_a_plot_shows_every_hour_with_something_and_the_greatest_in_full(values: list[int], rows: int) -> None:
    drawn_rows = plot(values, rows)
    assert len(drawn_rows) == rows
    assert all(len(line) == 2 * len(values) for line in drawn_rows)
    for at, value in enumerate(values):
        column = [line[2 * at] for line in drawn_rows]
        assert (column[-1] == " ") is (value == 0)
        if value and value == max(values):
            assert column == ["█"] * rows


def test_arrows_reach_every_door_and_come_back() -> None:
    doors = [Door(str(number), "small" if number < 20 else "large", "free") for number in range(30)]
    plan = plan_doors(doors, 80, 14)
    reached, fresh = {"0"}, ["0"]
    while fresh:
        here = fresh.pop()
        for step in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            found = plan.beside(here, *step)
            if found is not None and found not in reached:
                reached.add(found)
                fresh.append(found)
    assert reached == {door.number for door in doors}
    assert plan.beside("0", -1, 0) is None
    assert plan.beside(plan.beside("0", 1, 0) or "", -1, 0) == "0"
    assert plan.beside("unknown", 1, 0) == "0"
