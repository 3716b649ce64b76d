"""Names of every kind take the cells that they are given: wide signs, marks, joined emoji, letters in pieces, tabs.

Cells are counted as a terminal counts them, character by character, and not as the program that draws does.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.widget import Widget
from wcwidth import wcwidth

from kiosk.cli.table import draw
from kiosk.printing.papers import ShelfLabel, Slip, label_layout, slip_layout
from kiosk.printing.preview import preview
from kiosk.settings.desk import RightToLeft
from kiosk.words.plain import broken, fit, plain, shorten
from screens.leftward import use_order
from screens.widgets.action_row import ActionItem, ActionRow
from screens.widgets.bank_doors import BankDoors
from screens.widgets.big_text import BigText
from screens.widgets.choice_list import Choice, ChoiceList
from screens.widgets.count_row import CountItem, CountRow
from screens.widgets.door_plan import Door
from screens.widgets.field import Field
from screens.widgets.heading import Heading
from screens.widgets.history import Entry, History
from screens.widgets.message_line import MessageLine
from screens.widgets.notice import Notice, NoticeKind
from screens.widgets.parcel_list import ParcelList, ParcelRow
from screens.widgets.place_list import PlaceList, PlaceRow
from screens.widgets.sheet import Sheet
from screens.widgets.status_bar import Status, StatusBar
from screens.widgets.table import Column, Table, TableRow
from screens.widgets.words import Words
from tests.screens.widgets.harness import Bench

PIECES = (
    *("山田太郎", "李小龙", "김철수", "\u1112\u1161\u11ab\u1100\u1173\u11af", "\uff46\uff55", "ﾔﾏﾀﾞ", "\u3000"),
    *("e\u0301", "Z\u0334\u0335\u0336", "Nguyễn", "ไพบูลย์", "नमस्ते", "דּוד כהן", "مُحَمَّد", "שרה 5"),
    *("👩\u200d💻", "👍\U0001f3fd", "🇩🇪", "❤\ufe0f", "1\ufe0f\u20e3", "🌸", "\u200d", "\ufe0f", "\u0301"),
    *("Ann", "Smith-Jones", " ", "\t", "\n", "\x1b[2J", "\xad", "\u115f", "…", "12", "W" * 30),
)
assigned = st.characters(exclude_categories=("Cn", "Cs", "Co"))
names = st.lists(st.sampled_from(PIECES) | st.text(assigned, max_size=2), max_size=8).map("".join)


def cells(text: str) -> int:
    """Return how many cells a terminal fills with a text."""
    return sum(map(wcwidth, text))


@given(names | st.text(assigned), st.integers(0, 40), st.sampled_from(["start", "middle", "end"]))
def test_a_text_that_is_fitted_fills_its_cells(text: str, width: int, where: str) -> None:
    assert cells(fit(text, width, where)) == width  # type: ignore[arg-type]
    assert cells(shorten(text, width, where)) <= width  # type: ignore[arg-type]


@given(names | st.text(assigned), st.integers(8, 40), st.sampled_from(["", "  → "]))
def test_a_text_that_is_broken_loses_nothing(text: str, width: int, indent: str) -> None:
    lines = broken(text, width, indent)
    assert all(cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join((indent * bool(lines) + plain(text)).split())


@given(st.lists(names, min_size=1, max_size=4))
def test_columns_of_a_command_stand_below_each_other(texts: list[str]) -> None:
    head, *rows = draw([{"Name": text, "Locker": "L"} for text in texts], 10_000).splitlines()
    ends = {cells(row[: row.rindex("L") + 1]) for row in (head.replace("Locker", "L"), *rows)}
    assert len(ends) == 1


@given(names, names)
def test_paper_that_is_shown_keeps_its_width(name: str, line: str) -> None:
    for layout in (
        slip_layout(Slip("A parcel", name, (line,), closing=(line, name))),
        label_layout(ShelfLabel(line, name, "T1")),
    ):
        assert all(cells(each) <= 40 for each in preview(layout, 40))


def with_all_kinds(name: str, other: str) -> list[Widget]:
    """Return each widget that draws what comes from outside; `|` stands where nothing may move."""
    big = BigText(name)
    notice, words = Notice(), Words(other, rows=2)
    notice.say(NoticeKind.INFO, name, other)
    counts = CountRow()
    counts.items = [CountItem("a", "3", name, "F1"), CountItem("b", "4", other, "F2")]
    status = StatusBar()
    status.status = Status(environment="demo", signed_in=name, printer=other, time_text="10:41")
    actions = ActionRow([ActionItem("a", "F1", name, main=True), ActionItem("b", "F2", other)])
    return [Heading(name, other), Field(name, other), big, notice, words, counts, status, actions]


def after_mounting(app: Bench, name: str, other: str) -> None:
    rows = tuple(TableRow(str(at), (each, "12", other, "|")) for at, each in enumerate((name, other, "Ann")))
    app.query_one(Table).show_rows(rows)
    app.query_one(History).show_entries([Entry("10:41", f"{name} {other}", other)])
    app.query_one(Sheet).show_texts(preview(slip_layout(Slip(name, other)), 40))
    app.query_one(MessageLine).ask(name, lambda _: None)
    app.query_one(MessageLine).insert(other)
    app.query_one(MessageLine).feed("left", None)


LISTS = ("choices", "parcels", "places")
COLUMNS = (Column("Name", 10, grows=1), Column("Locker", 6, right=True), Column("Place", 10), Column("End", 3))


@pytest.mark.every_frame
@given(names, names)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
async def test_every_row_of_every_widget_fills_its_width(name: str, other: str) -> None:
    lists: list[Widget] = [
        ChoiceList((Choice(name, other, "|"), Choice(other, name, "|"))),
        ParcelList((ParcelRow("10:41", name, other, name, "✓", "|", unit="7"),)),
        PlaceList((PlaceRow(name, other, "|"), PlaceRow(other, name, name))),
    ]
    tables: list[Widget] = [Table(COLUMNS), History(), Sheet(40), MessageLine()]
    doors = BankDoors([Door(name, "small", "free"), Door(other, other, "occupied")])
    widgets = [*with_all_kinds(name, other), *lists, *tables, doors]
    app = Bench(*widgets)
    async with app.run_test(size=(80, 160)) as pilot:
        use_order(app, RightToLeft.KIOSK)
        for widget in (*lists, *tables, doors):
            widget.styles.height = 8
        after_mounting(app, name, other)
        app.refresh()
        await pilot.pause()
        rows = [strip.text for strip in app.screen._compositor.render_strips()]
        assert {cells(row) for row in rows} == {80}
        table = rows[app.query_one(Table).region.y :][:4]
        assert [cells(row[: row.rindex("|")]) for row in table[1:]] == [cells(table[0][: table[0].rindex("End")])] * 3
        for each in (ChoiceList, ParcelList):
            region = app.query_one(each).region
            assert any("|" in row for row in rows[region.y : region.bottom])
