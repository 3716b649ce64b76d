"""The console over all desks: what changes is shown by itself, what does not costs nothing, and who may do what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from textual.widget import Widget

from kiosk.fleet.centre import Centre
from kiosk.parcels.states import Role
from screens.fleet.journal import AT_ONCE, read_moment
from tests.fleet.campus import campus, taken_in
from tests.fleet.centres import NewCentre
from tests.fleet.postgres import needs_postgres
from tests.screens.console.console_in_test import Console
from tests.screens.fleet.fleet_in_test import Through, fleet_console
from tests.screens.kiosk_in_test import Desk

pytestmark = needs_postgres
NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


async def quiet(opened: Console) -> None:
    """Wait until everything that was asked for is drawn."""
    for _ in range(10):
        await opened.pilot.pause(0.01)


@pytest.mark.parametrize("hints", [True, False], ids=["hints", "polling"])
async def test_what_a_desk_tells_appears_by_itself(
    desk: Desk, centre: NewCentre, monkeypatch: pytest.MonkeyPatch, *, hints: bool
) -> None:
    if hints:  # else the test would prove no more than the polling
        monkeypatch.setattr("screens.fleet.app.LOOK_EVERY_SECONDS", 60)
    else:
        with centre.admin() as admin:
            nothing = "CREATE OR REPLACE FUNCTION fleet.hint(p_desk text) RETURNS void LANGUAGE sql AS 'SELECT'"
            admin.execute(nothing)
    async with campus(centre) as opened_desks, fleet_console(desk, centre) as opened:
        await opened.page("3", "FleetJournal", "SOUTH777")
        at = datetime.now(UTC)
        # Again and again: nobody may listen yet when it is told for the first time.
        for _ in range(100):
            if "FRESH1" in opened.read:
                break
            await opened_desks.lobby.tell(taken_in("FRESH1"), at, "f1", {"number": "FRESH1"})
            await opened.pilot.pause(0.05)
        assert "FRESH1" in opened.read


@pytest.mark.every_frame
async def test_nothing_is_painted_and_no_page_is_read_while_nothing_changes(
    desk: Desk, centre: NewCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with campus(centre), fleet_console(desk, centre) as opened:
        for digit in "12345":
            opened.type(digit)
            await quiet(opened)
            painted: list[Widget] = []
            asked: list[Any] = []
            with monkeypatch.context() as patch:
                patch.setattr(Widget, "refresh", noting(Widget.refresh, painted))
                patch.setattr(Centre, "rows", noting(Centre.rows, asked, 1))
                await quiet(opened)
                assert asked, "it looks whether something changed"
                assert all("max(stored_at)" in query for query in asked)
                opened.screen.shown = None  # as if a minute had passed
                await opened.until(lambda: opened.screen.shown is not None)
                await quiet(opened)
            assert not painted


def noting(call: Callable[..., Any], noted: list[Any], which: int = 0) -> Callable[..., Any]:
    def note(*args: Any, **options: Any) -> Any:
        noted.append(args[which])
        return call(*args, **options)

    return note


async def test_a_centre_that_comes_back_is_shown_again(desk: Desk, centre: NewCentre) -> None:
    through = Through()
    async with campus(centre), fleet_console(desk, centre, through=through) as opened:
        await opened.shows("Gate")
        through.cut()
        await opened.shows("centre away since", "What is shown is of", "Gate")
        await opened.page("3", "FleetJournal", "centre away since")
        through.mend()
        await opened.lacks("centre away since", "What is shown is of")
        await opened.shows("SOUTH777")


async def test_an_alarm_is_closed_by_whoever_may(desk: Desk, centre: NewCentre) -> None:
    async with campus(centre) as opened_desks:
        opened_desks.lobby.sequence -= 1
        await opened_desks.lobby.meet()
        async with fleet_console(desk, centre, role=Role.VIEWER) as opened:
            await opened.page("5", "Alarms", "older copy")
            opened.type("c")
            await opened.shows("Your role does not close alarms.")
            opened.type("?")
            await opened.shows("Everywhere")
            assert "Close the alarm" not in opened.read
        async with fleet_console(desk, centre) as opened:
            await opened.page("5", "Alarms", "older copy", "c Close")
            opened.type("c\r")
            await opened.shows("A reason is needed")
            opened.type("cwas a backup\r")
            await opened.shows("The alarm is closed.")
            await opened.lacks("5 Alarms 1")
            await opened.choose("older copy")
            await opened.shows("Closed by ada", "was a backup")
            opened.type("c")
            await opened.shows("This alarm is closed already.")
            await opened.press("up")
            opened.type("c")
            await opened.shows("What a desk found is closed at that desk.")
            opened.type("\r")
            await opened.shows("SOUTH777", "Attention item added")


async def test_the_journal_is_filtered_and_read_on(desk: Desk, centre: NewCentre) -> None:
    async with campus(centre) as opened_desks, fleet_console(desk, centre) as opened:
        for number in range(AT_ONCE + 3):
            at = opened_desks.began - timedelta(minutes=number)
            await opened_desks.lobby.tell(taken_in(f"R{number}"), at, f"r{number}", {"number": f"R{number}"})
        await opened.page("3", "FleetJournal", "SOUTH777")
        await opened.until(lambda: len(opened.table.rows) == AT_ONCE)
        await opened.press("end")
        await opened.until(lambda: len(opened.table.rows) == AT_ONCE + 8)
        opened.type("dsouth\r")
        await opened.until(lambda: len(opened.table.rows) == 2)
        opened.type("kattention\r")
        await opened.until(lambda: len(opened.table.rows) == 1)
        opened.type("tnever\r")
        await opened.shows("That is no day.")
        opened.type("t2020-01-01\r")
        await opened.shows("No event matches.", "[up to")
        opened.type("x")
        await opened.until(lambda: len(opened.table.rows) == AT_ONCE)
        opened.type("n1Z999\rpben\r")
        await opened.until(lambda: len(opened.table.rows) == 1)


async def test_a_console_of_one_site_shows_nothing_of_another(desk: Desk, centre: NewCentre) -> None:
    async with campus(centre), fleet_console(desk, centre, "South") as opened:
        await opened.shows("1 desk", "Dock")
        for digit in "12345":
            opened.type(digit)
            await quiet(opened)
            assert not {"Gate", "North", "1Z999", "Maria"} & set(opened.read.split())


async def test_a_small_window_shows_the_same(desk: Desk, centre: NewCentre) -> None:
    async with campus(centre), fleet_console(desk, centre, size=(60, 16)) as opened:
        for digit in "12345":
            opened.type(digit)
            await quiet(opened)
            assert all(len(row) <= 60 for row in opened.rows)
        await opened.pilot.resize_terminal(120, 40)
        await opened.until(lambda: len(opened.rows) == 40)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("2026-11-24", NOW.replace(day=25, hour=0)),
        ("today", NOW.replace(day=27, hour=0)),
        ("24.11. 14:30", NOW.replace(day=24, hour=14, minute=30)),
        ("yesterday 9 o clock", None),
        ("2026-11-24 25:00", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_day_or_a_minute_is_read(text: str, until: datetime | None) -> None:
    assert read_moment(text, NOW) == until
