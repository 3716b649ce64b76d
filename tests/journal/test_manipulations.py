"""Somebody who can write to the file changes it: verifying names what was changed, or a head kept elsewhere does."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.journal.audit import verify
from kiosk.journal.chain import GENESIS, Row, linked
from kiosk.journal.heads import head_of, heads_in
from kiosk.journal.people import PeopleInJournal
from kiosk.journal.projection import read_parcel
from kiosk.journal.store import FILE_NAME
from kiosk.journal.words import write_words
from kiosk.parcels.events import ParcelCancelled
from kiosk.parcels.records import Head, JournalProblem, Verdict
from tests.journal.book import CLERK, START, journal, raw
from tests.journal.filled import fill


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    asyncio.run(fill(folder))
    return folder / FILE_NAME


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    shutil.copy(made, tmp_path / FILE_NAME)
    return tmp_path


async def verdict(folder: Path, *against: Head) -> Verdict:
    async with journal(folder) as book:
        return await verify(book.connection, against=against)


async def head(folder: Path) -> Head:
    async with journal(folder) as book:
        return await head_of(book.connection)


def end_at(database: sqlite3.Connection, sequence: int) -> None:
    """Cut the end off, with the chain's own row."""
    database.execute("DELETE FROM personal WHERE sequence > ?", (sequence,))
    database.execute("DELETE FROM events WHERE sequence > ?", (sequence,))
    database.execute(
        "UPDATE chain SET (sequence, hash) = (SELECT sequence, hash FROM events WHERE sequence = ?)", (sequence,)
    )


def hash_anew(database: sqlite3.Connection) -> None:
    """Give every event the hash that its content asks for."""
    previous = GENESIS
    for found in database.execute("SELECT * FROM events ORDER BY sequence").fetchall():
        row = linked(Row(*found), previous)
        previous = row.hash
        database.execute(
            "UPDATE events SET previous = ?, hash = ? WHERE sequence = ?", (row.previous, row.hash, row.sequence)
        )
    database.execute("UPDATE chain SET hash = ?", (previous,))


def forge(database: sqlite3.Connection) -> None:
    """Let somebody else have done the last thing."""
    database.execute("UPDATE events SET person = 'ana' WHERE sequence = (SELECT max(sequence) FROM events)")
    hash_anew(database)


def statement(sql: str) -> Callable[[sqlite3.Connection], None]:
    def change(database: sqlite3.Connection) -> None:
        assert database.execute(sql).rowcount != 0, sql

    return change


async def test_an_untouched_journal_is_sound_and_holds_its_own_head(folder: Path) -> None:
    known = await head(folder)
    found = await verdict(folder, known)
    assert found.sound, found
    assert found.head == str(known)
    assert found.events == known.sequence > 140


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (statement("UPDATE parcels SET body = json_set(body, '$.place.locker_unit_id', '99')"), JournalProblem.ROW),
        (statement("UPDATE parcels SET changed_at = '2026-03-02T10:00:00.000+00:00'"), JournalProblem.ROW),
        (statement("UPDATE parcels SET present = 0, unfinished = 0 WHERE parcel_id = 'p4'"), JournalProblem.ROW),
        (statement("DELETE FROM parcels"), JournalProblem.ROW),
        (statement("INSERT INTO parcels SELECT 'px', 'N', 'x', 'x', 0, 0, '{}'"), JournalProblem.ROW),
        (statement("DELETE FROM codes_of_parcels WHERE code = 'R3'"), JournalProblem.ROW),
        (statement("INSERT INTO codes_of_parcels VALUES ('MINE', 'p3')"), JournalProblem.ROW),
        (statement("UPDATE words_of_parcels SET words = 'x' WHERE parcel_id = 'p5'"), JournalProblem.ROW),
        (statement("UPDATE words_of_parcels SET present = 1 - present WHERE parcel_id = 'p0'"), JournalProblem.ROW),
        (statement("DELETE FROM beginnings_of_parcels WHERE beginning = '1z0000003'"), JournalProblem.ROW),
        (statement("INSERT INTO beginnings_of_parcels VALUES ('mine', 3)"), JournalProblem.ROW),
        (statement("DELETE FROM reported_units"), JournalProblem.ROW),
        (statement("INSERT INTO reported_units VALUES ('AOne', '1', 'occupied', '2026')"), JournalProblem.ROW),
        (statement("DELETE FROM codes"), JournalProblem.CODE_MISSING),
        (statement("UPDATE codes SET code = 'OTHER'"), JournalProblem.SEAL),
        (statement("DELETE FROM kept_codes"), JournalProblem.SEAL),
        (statement("UPDATE codes SET parcel_id = 'p7' WHERE parcel_id = 'p4'"), JournalProblem.CODE_MISSING),
        (statement("UPDATE kept_codes SET parcel_id = 'p7' WHERE parcel_id = 'p3'"), JournalProblem.CODE_UNEXPLAINED),
        (statement("DELETE FROM personal WHERE sequence < 20"), JournalProblem.PERSONAL_MISSING),
        (statement("DELETE FROM personal"), JournalProblem.PERSONAL_MISSING),
        (statement("UPDATE personal SET salt = '00'"), JournalProblem.PERSONAL_CHANGED),
        (statement("UPDATE events SET body = '{}' WHERE sequence = 9"), JournalProblem.CHANGED),
        (statement("DROP INDEX parcels_by_unit"), JournalProblem.SCHEMA),
        (statement("CREATE TRIGGER mine AFTER INSERT ON events BEGIN DELETE FROM codes; END"), JournalProblem.SCHEMA),
    ],
)
async def test_what_was_changed_is_named(
    folder: Path, change: Callable[[sqlite3.Connection], None], problem: JournalProblem
) -> None:
    with raw(folder) as database:
        change(database)
    found = await verdict(folder)
    assert (found.sound, found.problem) == (False, problem), found
    assert found.head is None


async def test_a_tail_that_was_cut_with_the_chains_own_row_leaves_parcels_that_no_event_made(folder: Path) -> None:
    known = await head(folder)
    with raw(folder) as database:
        end_at(database, known.sequence - 3)
    assert (await verdict(folder)).problem in {JournalProblem.ROW, JournalProblem.PERSONAL_MISSING}


@pytest.mark.parametrize("change", [hash_anew, forge])
async def test_a_chain_that_was_hashed_anew_holds_and_does_not_have_the_head_that_was_kept(
    folder: Path, change: Callable[[sqlite3.Connection], None]
) -> None:
    known = await head(folder)
    with raw(folder) as database:
        database.execute("UPDATE events SET kiosk = 'Elsewhere' WHERE sequence = 1")
        change(database)
    assert (await verdict(folder)).sound, "nothing in the file itself speaks against it"
    found = await verdict(folder, known)
    assert (found.problem, found.first_bad) == (JournalProblem.HEAD_DIFFERS, known.sequence)


async def test_an_older_copy_put_back_does_not_reach_the_head_that_was_kept(folder: Path) -> None:
    shutil.copy(folder / FILE_NAME, folder / "older")
    async with journal(folder) as book:
        await book.append("p4", ParcelCancelled(), CLERK)
        known = await head_of(book.connection)
    (folder / "older").replace(folder / FILE_NAME)
    assert (await verdict(folder)).sound
    found = await verdict(folder, known)
    assert (found.problem, found.first_bad) == (JournalProblem.HEAD_MISSING, known.sequence)


async def test_a_journal_of_another_desk_in_its_place_has_none_of_its_heads(folder: Path, tmp_path: Path) -> None:
    known = await head(folder)
    found = await verdict(tmp_path / "other", known)
    assert found.problem == JournalProblem.HEADS_OF_OTHERS
    assert (await verdict(folder, known, await head(tmp_path / "other"))).sound, "heads of other desks are left out"


async def test_more_people_are_not_forgotten_than_events_say(folder: Path) -> None:
    """c2 was forgotten, with three parcels; nobody can tell whose fields went, but a fourth parcel's are too many."""
    with raw(folder) as database:
        database.execute("DELETE FROM personal WHERE sequence IN (SELECT sequence FROM events WHERE parcel_id = 'p0')")
        database.execute("UPDATE parcels SET body = json_set(body, '$.contact', NULL) WHERE parcel_id = 'p0'")
        blank = read_parcel(database, "p0")
        assert blank is not None
        write_words(database, blank)
    assert (await verdict(folder)).problem == JournalProblem.PERSONAL_MISSING


async def test_what_was_blanked_by_age_is_explained_by_it(folder: Path) -> None:
    async with journal(folder) as book:
        assert await PeopleInJournal(book).forget_before(START + timedelta(minutes=10), CLERK) > 0
        assert (await verify(book.connection)).sound


def test_heads_are_found_wherever_they_stand() -> None:
    first, second = Head("0123456789abcdef", 7, "a" * 64), Head("0123456789abcdef", 9, "b" * 64)
    lines = [f"Nov 26 09:10:08 desk parcel-kiosk: journal head {first}", "nothing", f'{{"journalHead": "{second}"}}']
    assert list(heads_in(lines)) == [first, second]
