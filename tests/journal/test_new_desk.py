"""A desk whose disk was copied gets an id of its own: all is kept, and the old chain is proved in the new one."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from kiosk.errors import StorageDamagedError, StorageError
from kiosk.journal.audit import verify
from kiosk.journal.heads import head_of
from kiosk.journal.new_desk import NewId, change_id
from kiosk.journal.owners import Owner
from kiosk.journal.store import FILE_NAME
from kiosk.parcels.records import JournalProblem, Verdict
from tests.journal.book import CLERK, journal, raw, taken_in
from tests.journal.filled import fill
from tests.journal.test_manipulations import hash_anew

KEPT = (
    "SELECT * FROM parcels",
    "SELECT * FROM codes_of_parcels",
    "SELECT * FROM words_of_parcels",
    "SELECT * FROM codes",
    "SELECT * FROM kept_codes",
    "SELECT * FROM notices",
    "SELECT * FROM people",
    "SELECT * FROM reported_units",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    asyncio.run(fill(folder))
    return folder / FILE_NAME


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    shutil.copy(made, tmp_path / FILE_NAME)
    return tmp_path


async def changed(folder: Path) -> NewId:
    async with journal(folder) as book:
        return await change_id(book, CLERK)


async def verdict(folder: Path) -> Verdict:
    async with journal(folder) as book:
        return await verify(book.connection)


def tables(folder: Path) -> list[list[object]]:
    with raw(folder) as database:
        return [database.execute(statement).fetchall() for statement in KEPT]


async def test_the_chain_holds_under_the_new_id_and_everything_else_is_as_it_was(folder: Path) -> None:
    async with journal(folder) as book:
        before = await head_of(book.connection)
    kept = tables(folder)
    new = await changed(folder)
    assert new.before == before
    assert new.head.desk != before.desk
    assert new.head.sequence == before.sequence + 1
    assert tables(folder) == kept
    assert await verdict(folder) == Verdict(sound=True, events=new.head.sequence, head=str(new.head))
    async with journal(folder) as book:  # and goes on from there
        await book.append("p-new", taken_in("T-NEW"), CLERK)
        assert (await head_of(book.connection)).sequence == new.head.sequence + 1


async def test_a_desk_may_get_another_id_more_than_once(folder: Path) -> None:
    await changed(folder)
    await changed(folder)
    assert (await verdict(folder)).sound


async def test_events_that_were_not_in_the_old_chain_are_found_out(folder: Path) -> None:
    new = await changed(folder)
    with raw(folder) as database:
        database.execute("UPDATE events SET person = 'somebody' WHERE sequence = 3")
        hash_anew(database)
    found = await verdict(folder)
    assert (found.problem, found.first_bad) == (JournalProblem.OLD_CHAIN, new.head.sequence)


async def test_a_chain_that_does_not_hold_keeps_its_id(folder: Path) -> None:
    with raw(folder) as database:
        database.execute("UPDATE events SET person = 'somebody' WHERE sequence = 3")
        events = database.execute("SELECT * FROM events").fetchall()
    with pytest.raises(StorageDamagedError, match="event_changed"):
        await changed(folder)
    with raw(folder, guarded=True) as database:
        assert database.execute("SELECT * FROM events").fetchall() == events
    assert (await verdict(folder)).problem is JournalProblem.CHANGED


async def test_beside_another_process_nothing_is_changed(folder: Path) -> None:
    other = Owner(folder / "owners")
    try:
        with pytest.raises(StorageError, match="kiosk_is_open"):
            await changed(folder)
    finally:
        other.close(in_use=False)
    assert (await changed(folder)).head.sequence


async def test_an_empty_journal_gets_another_id_too(tmp_path: Path) -> None:
    new = await changed(tmp_path)
    assert (new.before.sequence, new.head.sequence) == (0, 1)
    assert (await verdict(tmp_path)).sound
