"""A row that can't be read is said and ends nothing; rebuilding makes rows as the events say, and nothing else."""

from __future__ import annotations

import asyncio
import logging
import shutil
from pathlib import Path

import pytest

from kiosk.cli.fields import parcel_fields
from kiosk.errors import StorageDamagedError
from kiosk.journal import reading, stored
from kiosk.journal.audit import verify
from kiosk.journal.home import Asked
from kiosk.journal.rebuild import rebuild
from kiosk.journal.searching import find_parcels
from kiosk.journal.store import FILE_NAME, NewParcel
from kiosk.parcels.events import ParcelCancelled
from kiosk.parcels.piles import Pile
from kiosk.parcels.records import JournalProblem, UnreadableEvent
from kiosk.parcels.states import Finding
from kiosk.words.states import parcel_state
from tests.journal.book import CLERK, START, journal, raw, taken_in
from tests.journal.filled import NUMBERS, all_readings, fill, without_order

UNREADABLE = "UPDATE parcels SET body = json_set(body, '$.state', 'eaten') WHERE parcel_id = 'p4'"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    asyncio.run(fill(folder))
    return folder / FILE_NAME


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    shutil.copy(made, tmp_path / FILE_NAME)
    return tmp_path


def change(folder: Path, *statements: str) -> None:
    with raw(folder) as database:
        for statement in statements:
            assert database.execute(statement).rowcount != 0, statement


async def test_lists_show_that_one_parcel_can_not_be_read_and_it_is_logged_once(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stored._log_once.cache_clear()
    async with journal(folder) as book:
        before = {parcel.parcel_id for parcel in await book.unfinished()}
    change(folder, UNREADABLE)
    async with journal(folder) as book:
        unfinished = await book.unfinished()
        assert {parcel.parcel_id for parcel in unfinished} == before
        shown = next(parcel for parcel in unfinished if parcel.parcel_id == "p4")
        assert [item.finding for item in shown.attention] == [Finding.ROW_UNREADABLE]
        assert (shown.tracking_number, shown.is_gone) == (NUMBERS[4], True)
        assert (parcel_state(shown), parcel_fields(shown)["state"]) == ("not known", None)
        lists = [
            [parcel for parcel, _ in (await book.home(Asked(START, Pile.UNFINISHED), lambda _: False)).rows],
            await book.find(NUMBERS[4]),
            await reading.latest(book.connection, present=True),
            await reading.waiting(book.connection),
            await find_parcels(book.connection, NUMBERS[4], START.date()),
        ]
        assert all(shown in each for each in lists)
        assert await book.parcel("p4") == shown
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


async def test_no_step_is_taken_on_what_can_not_be_read_and_its_number_is_not_taken_in_anew(folder: Path) -> None:
    change(folder, UNREADABLE)
    async with journal(folder) as book:
        with pytest.raises(StorageDamagedError, match="parcel_unreadable"):
            await book.append("p4", ParcelCancelled(), CLERK)
        with pytest.raises(StorageDamagedError, match="parcel_unreadable"):
            await book.take_in([NewParcel("new", taken_in(NUMBERS[4]))], CLERK)
        ((_, was_here),) = await book.take_in([NewParcel("new", taken_in("1Z999"))], CLERK)
        assert not was_here


async def test_an_event_that_can_not_be_read_is_shown_as_that(folder: Path) -> None:
    change(
        folder, "UPDATE events SET type = 'of_later' WHERE sequence = 5", "UPDATE events SET at = '' WHERE sequence = 6"
    )
    async with journal(folder) as book:
        events = {event.sequence: event for event in await reading.newest(book.connection, limit=1000)}
        assert events[5].event == UnreadableEvent(code="of_later")
        assert events[6].at == stored.UNKNOWN_TIME
        found = await reading.one(book.connection, 5)
        assert found is not None
        assert not found[2].sound


@pytest.mark.parametrize(
    "statements",
    [
        (UNREADABLE,),
        ("UPDATE parcels SET body = '{}' WHERE parcel_id IN ('p3', 'p4')",),
        ("UPDATE parcels SET tracking_number = 'X' || tracking_number, present = 1 - present",),
        ("UPDATE parcels SET changed_at = 'x', unfinished = 1 - unfinished",),
        ("DELETE FROM words_of_parcels", "DELETE FROM codes_of_parcels"),
        ("DELETE FROM beginnings_of_parcels WHERE arrival < 5", "INSERT INTO beginnings_of_parcels VALUES ('x', 7)"),
        ("INSERT INTO beginnings_of_parcels VALUES ('mine', 99)",),
        ("DELETE FROM parcels", "DELETE FROM codes_of_parcels"),
        ("INSERT INTO parcels SELECT 'px', 'N', 'x', 'x', 0, 0, '{}'",),
        (
            "UPDATE words_of_parcels SET words = 'mine' WHERE parcel_id = 'p0'",
            "INSERT INTO codes_of_parcels VALUES ('MINE', 'p3')",
        ),
        ("UPDATE reported_units SET problem = 'mine'",),
        ("DROP INDEX parcels_by_unit", "CREATE TRIGGER mine AFTER INSERT ON events BEGIN DELETE FROM codes; END"),
    ],
)
async def test_rows_are_made_as_the_events_say_and_a_second_time_finds_nothing(
    folder: Path, statements: tuple[str, ...]
) -> None:
    async with journal(folder) as book:
        before = await all_readings(book)
    change(folder, *statements)
    async with journal(folder) as book:
        assert not (await verify(book.connection)).sound
        rebuilt = await rebuild(book.connection)
        assert rebuilt.changed
        assert rebuilt.left == ()
        verdict = await verify(book.connection)
        assert verdict.sound, verdict
        assert without_order(await all_readings(book)) == without_order(before)
        assert await rebuild(book.connection) == ((), ())


async def test_what_is_in_no_event_is_named_and_not_brought_back(folder: Path) -> None:
    change(folder, "DELETE FROM codes WHERE parcel_id = 'p4'", "DELETE FROM personal WHERE sequence = 3")
    async with journal(folder) as book:
        rebuilt = await rebuild(book.connection)
        assert rebuilt.changed == ()
        assert {each.problem for each in rebuilt.left} == {
            JournalProblem.CODE_MISSING,
            JournalProblem.PERSONAL_MISSING,
            JournalProblem.SEAL,
        }
        parcel = await book.parcel("p0")
        assert parcel is not None
        assert parcel.contact is not None, "the row still knows for whom it is"


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE events SET person = 'ana' WHERE sequence = 9", "event_changed"),
        ("DELETE FROM events WHERE sequence = 1", "event_missing"),
        ("ALTER TABLE parcels ADD COLUMN mine TEXT", "journal_schema_changed"),
    ],
)
async def test_without_a_proof_of_the_events_nothing_is_made_anew(folder: Path, statement: str, code: str) -> None:
    change(folder, UNREADABLE, statement)
    async with journal(folder) as book:
        with pytest.raises(StorageDamagedError, match=code):
            await rebuild(book.connection)
        parcel = await book.parcel("p4")
        assert parcel is not None
        assert parcel.attention[0].finding is Finding.ROW_UNREADABLE


async def test_a_seal_that_was_broken_stays_broken_whatever_is_recorded(folder: Path) -> None:
    change(folder, "DELETE FROM kept_codes")
    async with journal(folder) as book:
        await book.append("p7", ParcelCancelled(), CLERK)
        assert (await verify(book.connection)).problem == JournalProblem.SEAL
        await rebuild(book.connection)
        assert (await verify(book.connection)).sound
