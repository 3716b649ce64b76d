"""Names from right to left stay in their own cells of a screen, whether the terminal puts letters in order or not."""

from __future__ import annotations

from unicodedata import normalize

import pyte
import pytest
from bidi import get_display

from kiosk.leftward import ordered
from kiosk.settings.desk import RightToLeft
from kiosk.words.signs import ARROW, ELLIPSIS
from screens.driver import RESTORE, TERMINAL_ORDERS
from screens.leftward import use_order
from screens.widgets.choice_list import Choice, ChoiceList
from screens.widgets.table import Column, Table, TableRow
from tests.screens.widgets.harness import Bench

pytestmark = pytest.mark.every_frame

COHEN, ALI, LONG = "דוד כהן", "محمد علي", "אברהם יצחק יעקב שרה רבקה רחל לאה"
COLUMNS = (Column("Recipient", 20), Column("Locker", 8, right=True), Column("For", 12))
ROWS = (
    TableRow("1", (COHEN, "12", COHEN), ("", "warning", "quiet")),
    TableRow("2", (ALI, "7", "רחל 5")),
    TableRow("3", (LONG, "3", "12")),
    TableRow("4", ("Ann Smith", "1", "山田 太郎")),
)
MARKS = str.maketrans("", "", "\u200e\u200f")


def rows_of(app: Bench) -> list[str]:
    return [strip.text for strip in app.screen._compositor.render_strips()]


def visual(text: str) -> str:
    return "".join(sign for _, sign in ordered(list(text)))


def in_cells(rows: list[str]) -> list[str]:
    """Return what stands in the cells of a terminal that leaves every letter where it is put."""
    screen = pyte.Screen(60, len(rows))
    pyte.Stream(screen).feed("\r\n".join(row.rstrip() for row in rows))
    return ["".join(screen.buffer[y][x].data[:1] for x in range(60)).rstrip() for y in range(len(rows))]


async def table(order: RightToLeft) -> list[str]:
    shown = Table(COLUMNS)
    app = Bench(shown)
    async with app.run_test(size=(60, 8)) as pilot:
        use_order(app, order)
        shown.show_rows(ROWS)
        await pilot.pause()
        return [row.rstrip() for row in rows_of(app)[:5]]


async def test_columns_stay_and_each_name_is_in_its_order() -> None:
    rows = await table(RightToLeft.KIOSK)
    assert in_cells(rows) == rows
    assert rows[1:3] == [
        f" {ARROW} {visual(COHEN):<20}  {'12':>8}  {visual(COHEN)}",
        f"   {visual(ALI):<20}  {'7':>8}  {visual('רחל')} 5",
    ]
    # What is cut off is the end of the name, which stands at the left.
    assert rows[3] == f"   {visual(LONG[:19].rstrip() + '…'):<20}  {'3':>8}  12"
    assert rows[4] == f"   {'Ann Smith':<20}  {'1':>8}  山田 太郎"


async def test_a_terminal_that_orders_letters_itself_shows_the_same() -> None:
    rows = await table(RightToLeft.TERMINAL)
    by_terminal = [get_display(row, base_dir="L").translate(MARKS) for row in rows]
    by_kiosk = await table(RightToLeft.KIOSK)
    # Arabic letters are joined by such a terminal itself.
    assert by_terminal == [normalize("NFKC", row).replace("...", ELLIPSIS) for row in by_kiosk]


async def test_letters_take_their_style_along() -> None:
    app = Bench(ChoiceList((Choice(f"{COHEN} 4", "", ""),)))
    async with app.run_test(size=(60, 8)) as pilot:
        use_order(app, RightToLeft.KIOSK)
        app.query_one(ChoiceList).show((Choice(f"{ALI} 4", COHEN, "9"),))
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        (row,) = [strip for strip in strips if "9" in strip.text]
        assert row.text.strip().startswith(f"{ARROW} {visual(ALI)} 4")
        assert row.cell_length == 60
        assert {segment.style for segment in row if visual(ALI)[0] in segment.text} == {
            segment.style for segment in row if "4" in segment.text
        }


def test_the_terminal_is_given_back_as_it_was() -> None:
    assert TERMINAL_ORDERS in RESTORE
