"""Appending and asking: what the journal remembers, and that it remembers no pickup code for longer than needed."""

from __future__ import annotations

import json
import logging
import re
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from kiosk.clock import ManualClock
from kiosk.errors import StorageError, UnknownParcelError, WrongStateError
from kiosk.journal.audit import verify
from kiosk.journal.chain import as_stored
from kiosk.parcels import desk_events
from kiosk.parcels import events as happened
from kiosk.parcels.fold import ENDS_A_CODE, First, Later
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.registry import CODES
from kiosk.parcels.states import Finding, ParcelState, Role, UnitProblem
from tests.journal.book import (
    ATTENTION,
    CHOSEN,
    CLERK,
    DEPOSITED,
    PERSON,
    PLACE,
    RESERVED,
    SAMPLES,
    START,
    TAKEN_IN,
    contents,
    export,
    journal,
    raw,
    taken_in,
    waiting,
)

CODE = SecretStr("NR8PBW")


async def test_a_parcel_is_the_same_after_the_journal_was_closed_and_opened(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        await book.append("p1", TAKEN_IN, CLERK)
        await book.append("p1", CHOSEN, CLERK)
        parcel = await book.append("p1", RESERVED, CLERK)
    async with journal(tmp_path) as book:
        assert await book.parcel("p1") == parcel
    assert (parcel.state, parcel.contact, parcel.place) == (ParcelState.RESERVED, PERSON, PLACE)
    assert (parcel.tracking_number, parcel.scanned, parcel.taken_in_at) == ("T1", "]C1T1", START)


async def test_an_event_holds_time_kiosk_person_and_parcel(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        await book.append("p1", TAKEN_IN, CLERK)
        (event,) = await export(book.connection)
    assert (event["sequence"], event["at"], event["type"]) == (1, "2026-03-02T09:00:00.000+00:00", "parcel_taken_in")
    assert (event["kiosk"], event["person"], event["parcel_id"]) == ("Mailroom", "clerk@example.com", "p1")
    said = {name: value for name, value in event["body"].items() if value}
    assert said == {"trackingNumber": "T1", "scanned": "]C1T1"}


async def test_an_event_about_a_parcel_nobody_took_in_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        for sample in SAMPLES:
            if isinstance(sample, Later):
                with pytest.raises(UnknownParcelError, match="p1"):
                    await book.append("p1", sample, CLERK)
        assert await export(book.connection) == []
        assert await book.parcel("p1") is None


async def test_the_latest_of_several_parcels_with_a_number_comes_first(tmp_path: Path) -> None:
    clock = ManualClock(START)
    async with journal(tmp_path, clock) as book:
        for name in ("p1", "p2", "p3"):
            await book.append(name, TAKEN_IN, CLERK)
            if name != "p3":
                await book.append(name, happened.ParcelCancelled(), CLERK)
            clock.advance(timedelta(days=100) if name == "p1" else timedelta(0))
        assert [parcel.parcel_id for parcel in await book.find("T1")] == ["p3", "p2", "p1"]
        assert await book.find("T2") == ()


async def test_a_number_that_is_here_already_is_not_taken_in_again(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        await book.append("p1", TAKEN_IN, CLERK)
        with pytest.raises(WrongStateError, match=r"here_already .tracking_number=T1"):
            await book.append("p2", TAKEN_IN, CLERK)
        assert len(await export(book.connection)) == 1
        await book.append("p1", DEPOSITED, CLERK)
        with pytest.raises(WrongStateError, match=r"here_already .tracking_number=T1"):
            await book.append("p2", TAKEN_IN, CLERK)
        await book.append("p1", happened.ParcelFoundGone(), CLERK)
        await book.append("p2", TAKEN_IN, CLERK)


async def test_an_ended_parcel_does_not_come_back_beside_a_new_one_of_its_number(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        await book.append("p1", TAKEN_IN, CLERK)
        await book.append("p1", happened.ParcelCancelled(), CLERK)
        await book.append("p2", TAKEN_IN, CLERK)
        with pytest.raises(WrongStateError, match=r"here_already .tracking_number=T1"):
            await book.append("p1", happened.AttentionRaised(item=ATTENTION), CLERK)
        await book.append("p2", happened.ParcelCancelled(), CLERK)
        assert (await book.append("p1", happened.AttentionRaised(item=ATTENTION), CLERK)).present


def is_nobodys(known: Parcel) -> None:
    """Let only a parcel without a recipient pass."""
    if known.contact is not None:
        raise WrongStateError("hindered_somehow", number=known.tracking_number)


async def test_an_event_is_recorded_only_if_the_parcel_still_is_as_expected(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        await book.append("p1", TAKEN_IN, CLERK)
        await book.append("p1", CHOSEN, CLERK, allowed=is_nobodys)
        with pytest.raises(WrongStateError, match=r"hindered_somehow .number=T1"):
            await book.append("p1", CHOSEN, CLERK, allowed=is_nobodys)
        with pytest.raises(UnknownParcelError, match="p2"):
            await book.append("p2", CHOSEN, CLERK, allowed=lambda _: None)
        assert len(await export(book.connection)) == 2


async def test_unfinished_parcels_are_those_about_which_somebody_must_do_something(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        for name in ("taken in", "with a code", "done", "cancelled"):
            await book.append(name, taken_in(name), CLERK)
        for unit, name in enumerate(("with a code", "done")):
            place = PLACE.model_copy(update={"locker_unit_id": str(unit)})
            await book.append(name, DEPOSITED.model_copy(update={"place": place}), CLERK, code=CODE)
        await book.append("done", happened.PickupCodeSeen(), CLERK)
        await book.append("cancelled", happened.ParcelCancelled(), CLERK)
        assert [parcel.parcel_id for parcel in await book.unfinished()] == ["taken in", "with a code"]


async def test_reported_units_are_remembered_for_the_time_asked_about(tmp_path: Path) -> None:
    clock = ManualClock(START)
    day = timedelta(days=1)
    async with journal(tmp_path, clock) as book:
        await book.append("p1", TAKEN_IN, CLERK)
        for unit, problem in zip("789", UnitProblem, strict=True):
            place = PLACE.model_copy(update={"locker_unit_id": unit})
            await book.append("p1", happened.UnitReported(place=place, problem=problem), CLERK)
        assert await book.reported_units("AOne", within=day) == {"7", "8"}, "too small is no fault of the unit"
        assert await book.reported_units("BTwo", within=day) == frozenset()
        clock.advance(day)
        assert await book.reported_units("AOne", within=day) == {"7", "8"}
        clock.advance(timedelta(milliseconds=1))
        assert await book.reported_units("AOne", within=day) == frozenset()


async def test_a_pickup_code_waits_until_it_was_seen(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        await book.append("p1", TAKEN_IN, CLERK)
        parcel = await book.append("p1", DEPOSITED, CLERK, code=CODE)
        assert parcel.code_waiting
    async with journal(tmp_path) as book:
        assert await waiting(book, "p1") == CODE
        assert not (await book.append("p1", happened.PickupCodeSeen(), CLERK)).code_waiting
        assert await waiting(book, "p1") is None


async def test_a_newer_code_replaces_the_older_one(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        await book.append("p1", TAKEN_IN, CLERK)
        await book.append("p1", DEPOSITED, CLERK, code=CODE)
        await book.append("p1", DEPOSITED, CLERK, code=SecretStr("NEWER7"))
        assert await waiting(book, "p1") == SecretStr("NEWER7")
    assert b"NR8PBW" not in contents(tmp_path)


async def test_a_deposit_that_came_without_a_code_ends_the_older_one(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        await book.append("p1", TAKEN_IN, CLERK)
        await book.append("p1", DEPOSITED, CLERK, code=CODE)
        parcel = await book.append("p1", DEPOSITED.model_copy(update={"code_received": False}), CLERK)
        assert await waiting(book, "p1") is None
        assert [item.finding for item in parcel.attention] == [Finding.CODE_ENDED_UNSEEN], "nobody had seen that one"


@pytest.mark.parametrize("event_type", ENDS_A_CODE)
async def test_no_byte_of_a_code_is_left_after_an_event_that_ends_it(
    tmp_path: Path, event_type: type[happened.Event]
) -> None:
    (ending,) = (sample for sample in SAMPLES if type(sample) is event_type)
    async with journal(tmp_path) as book:
        await book.append("p1", TAKEN_IN, CLERK)
        await book.append("p1", DEPOSITED, CLERK, code=CODE)
        assert b"NR8PBW" in contents(tmp_path), "it must outlive a power cut until then"
        parcel = await book.append("p1", ending, CLERK)
        assert b"NR8PBW" not in contents(tmp_path)
        assert not parcel.code_waiting


async def test_a_code_is_in_no_event_no_export_and_no_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with journal(tmp_path) as book:
        await book.append("p1", TAKEN_IN, CLERK)
        await book.append("p1", DEPOSITED, CLERK, code=CODE)
        exported = json.dumps(await export(book.connection))
        shown = repr(await waiting(book, "p1")) + repr(await book.parcel("p1"))
    with raw(tmp_path) as database:
        rows = [
            database.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - names of our own
            for table in ("events", "personal", "parcels", "chain", "facts")
        ]
    assert "NR8PBW" not in exported + shown + repr(rows) + caplog.text


async def test_every_kind_of_event_can_be_recorded_and_read_back(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        # What an id changed from is proved by the chain before it (tests/journal/test_new_desk.py); here is none.
        samples = [sample for sample in SAMPLES if not isinstance(sample, desk_events.DeskIdChanged)]
        for sample in samples:
            if isinstance(sample, desk_events.DeskEvent):
                await book.record(sample, CLERK)
            else:
                await book.append("p1", sample, CLERK)
        types = [event["type"] for event in await export(book.connection)]
        assert types == [CODES[type(sample)] for sample in samples]
        assert (await verify(book.connection)).sound


async def test_what_is_about_no_parcel_is_recorded_of_none(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        await book.append("p1", TAKEN_IN, CLERK)
        for sample in SAMPLES:
            if not isinstance(sample, First | Later):
                with pytest.raises(TypeError, match=re.escape(str(as_stored(sample)))):
                    await book.append("p1", sample, CLERK)
        assert len(await export(book.connection)) == 1


async def test_what_is_about_no_parcel_stands_in_the_same_chain_and_changes_no_parcel(tmp_path: Path) -> None:
    operator = Person(name="ana", role=Role.ADMIN)
    async with journal(tmp_path) as book:
        before = await book.append("p1", TAKEN_IN, CLERK)
        await book.record(desk_events.OperatorLoggedIn(role=Role.ADMIN, origin="203.0.113.7"), operator)
        assert await book.unfinished() == (before,)
        _, entry = await export(book.connection)
        assert (entry["person"], entry["parcel_id"], entry["type"]) == ("ana", None, "operator_logged_in")
        assert entry["body"] == {"role": "admin", "origin": "203.0.113.7"}
        assert (await verify(book.connection)).events == 2
    with raw(tmp_path) as database:
        database.execute("UPDATE events SET person = 'bob' WHERE sequence = 2")
    async with journal(tmp_path) as book:
        assert (await verify(book.connection)).first_bad == 2


async def test_a_write_is_one_transaction_and_an_error_in_it_undoes_all_of_it(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        await book.append("p1", TAKEN_IN, CLERK)

        def half_done(database: sqlite3.Connection) -> None:
            database.execute("DELETE FROM parcels")
            database.execute("UPDATE chain SET sequence = 99")
            raise LookupError("in the middle")

        with pytest.raises(LookupError, match="in the middle"):
            await book.connection.write(half_done)
        assert await book.parcel("p1") is not None
        assert (await verify(book.connection)).sound
        await book.append("p1", CHOSEN, CLERK)


async def test_an_error_that_ended_the_transaction_already_is_not_hidden(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:

        def ended(database: sqlite3.Connection) -> None:
            database.execute("ROLLBACK")
            raise LookupError("the first error")

        with pytest.raises(LookupError, match="the first error"):
            await book.connection.write(ended)


async def test_a_closed_journal_says_that_it_is_closed(tmp_path: Path) -> None:
    book = await journal(tmp_path).open()
    await book.close()
    with pytest.raises(StorageError, match="file_closed"):
        await book.append("p1", TAKEN_IN, CLERK)
    with pytest.raises(StorageError, match="file_closed"):
        await book.parcel("p1")
    with pytest.raises(RuntimeError, match="unopened"):
        _ = book.owner
    await book.close()


async def test_the_file_keeps_what_it_promises(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        values = await book.connection.read(
            lambda database: [database.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
        )
    assert values == ["truncate", 2, 1, 1]
