"""A backup by export comes back into an empty folder as it was, and nothing else does."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from kiosk.clock import ManualClock
from kiosk.errors import StorageDamagedError, StorageError
from kiosk.journal.audit import verify
from kiosk.journal.known_time import known_time
from kiosk.journal.restore import restore
from kiosk.parcels import events
from kiosk.parcels.contacts import Contact
from kiosk.parcels.desk_events import OperatorLoggedOut
from kiosk.parcels.parcel import UnitPlace
from kiosk.parcels.states import ParcelState
from tests.journal.book import CLERK, START, export, journal, waiting

PLACE = UnitPlace(locker_bank_id="AOne", locker_unit_id="7")
CODE = "NR8PBW"


async def backup(folder: Path) -> list[str]:
    """Take a parcel through a deposit and return the export's lines."""
    async with journal(folder) as book:
        await book.append("p1", events.ParcelTakenIn(tracking_number="T1", scanned="T1"), CLERK)
        await book.append("p1", events.RecipientChosen(contact=Contact(contact_id="c1", name="Ännchen")), CLERK)
        deposited = events.ParcelDeposited(intent_id="i1", place=PLACE, code_received=True)
        await book.append("p1", deposited, CLERK, code=SecretStr(CODE))
        await book.append("p2", events.ParcelTakenIn(tracking_number="T2", scanned="T2"), CLERK)
        await book.record(OperatorLoggedOut(origin="203.0.113.7"), CLERK)
        exported = await export(book.connection)
    return [json.dumps({**event, "parcelId": event.pop("parcel_id")}) for event in exported]


async def test_an_export_comes_back_with_its_parcels_and_verifies(tmp_path: Path) -> None:
    lines = await backup(tmp_path / "old")
    assert CODE not in "".join(lines)
    async with journal(tmp_path / "old") as old, journal(tmp_path / "new") as new:
        assert await restore(new.connection, lines, START) == (5, None)
        assert await new.unfinished() == await old.unfinished()
        (parcel,) = await new.find("T1")
        assert (parcel.state, parcel.contact) == (ParcelState.IN_LOCKER, Contact(contact_id="c1", name="Ännchen"))
        *events, last = await export(new.connection)
        assert events == await export(old.connection)
        assert (last["type"], last["body"]["head"]) == ("journal_imported", events[-1]["hash"])
        assert (await verify(new.connection)).sound, "the code that waits is in no export, and nobody misses it"
        assert await waiting(new, "p1") is None


async def test_a_restored_journal_knows_no_later_time_than_its_last_event(tmp_path: Path) -> None:
    lines, wrong = await backup(tmp_path / "old"), ManualClock(START + timedelta(days=3_000))
    async with journal(tmp_path / "new", wrong) as new:
        await restore(new.connection, lines, wrong.now())
        assert await known_time(new.connection) == START


async def test_a_restored_journal_goes_on_with_the_same_chain(tmp_path: Path) -> None:
    lines = await backup(tmp_path / "old")
    async with journal(tmp_path / "new") as new:
        await restore(new.connection, lines, START)
        await new.append("p2", events.ParcelCancelled(), CLERK)
        verdict = await verify(new.connection)
        assert (verdict.sound, verdict.events) == (True, 7)


async def test_a_journal_that_holds_events_is_not_written_over(tmp_path: Path) -> None:
    lines = await backup(tmp_path / "old")
    async with journal(tmp_path / "old") as old:
        with pytest.raises(StorageError, match="journal_not_empty"):
            await restore(old.connection, lines, START)
        assert (await verify(old.connection)).events == 5


def changed(event: dict[str, Any]) -> None:
    event["body"]["scanned"] = "another"


def renamed(event: dict[str, Any]) -> None:
    event["person"] = "somebody"


def unknown(event: dict[str, Any]) -> None:
    event["type"] = "ParcelEaten"


@pytest.mark.parametrize("spoil", [changed, renamed, unknown], ids=lambda spoil: spoil.__name__)
async def test_an_export_that_was_touched_restores_nothing(
    tmp_path: Path, spoil: Callable[[dict[str, Any]], None]
) -> None:
    lines = await backup(tmp_path / "old")
    event = json.loads(lines[0])
    spoil(event)
    async with journal(tmp_path / "new") as new:
        with pytest.raises(StorageDamagedError):
            await restore(new.connection, [json.dumps(event), *lines[1:]], START)
        assert (await verify(new.connection)).events == 0
        assert await new.unfinished() == ()


async def test_a_line_of_another_desk_restores_nothing(tmp_path: Path) -> None:
    lines = await backup(tmp_path / "old")
    others = await backup(tmp_path / "other")
    assert json.loads(lines[0])["desk"] != json.loads(others[0])["desk"]
    async with journal(tmp_path / "new") as new:
        with pytest.raises(StorageDamagedError, match=r"export_line_unreadable .line=6"):
            await restore(new.connection, [*lines, others[0]], START)
        assert (await verify(new.connection)).events == 0


@pytest.mark.parametrize("line", ["no json", "{}", "[]", '"text"', '{"body": 1, "parcelId": null}'])
async def test_a_line_that_is_no_event_is_named(tmp_path: Path, line: str) -> None:
    async with journal(tmp_path / "new") as new:
        with pytest.raises(StorageDamagedError, match="export_line_unreadable"):
            await restore(new.connection, [line], START)


@pytest.mark.parametrize("hours", [-1, 1])
async def test_a_clock_that_jumps_an_hour_breaks_no_chain_and_loses_no_parcel(tmp_path: Path, hours: int) -> None:
    clock = ManualClock(START)
    async with journal(tmp_path, clock) as book:
        await book.append("p1", events.ParcelTakenIn(tracking_number="T1", scanned="T1"), CLERK)
        clock.advance(timedelta(hours=hours))
        await book.append("p1", events.RecipientChosen(contact=Contact(contact_id="c1", name="A")), CLERK)
        await book.append("p2", events.ParcelTakenIn(tracking_number="T2", scanned="T2"), CLERK)
        assert (await verify(book.connection)).sound
        assert {parcel.parcel_id for parcel in await book.unfinished()} == {"p1", "p2"}
    async with journal(tmp_path, clock) as again:
        assert {parcel.parcel_id for parcel in await again.unfinished()} == {"p1", "p2"}
