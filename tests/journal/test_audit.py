"""The chain of events: what verifying finds, and what nobody can do to the file by accident."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path

import pytest

from kiosk.journal.audit import verify
from kiosk.journal.chain import Personal, Row, join
from kiosk.journal.heads import head_of
from kiosk.journal.people import PeopleInJournal
from kiosk.parcels.events import ParcelCancelled, RecipientChosen
from kiosk.parcels.records import JournalProblem, Verdict
from kiosk.parcels.registry import CODES, EVENTS
from tests.journal.book import ASKED, CHOSEN, CLERK, PERSON, RESERVED, TAKEN_IN, export, journal, raw, taken_in, written

FOUR = (TAKEN_IN, CHOSEN, ASKED, RESERVED)


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """Leave a journal of four events; the second holds personal fields."""
    await written(tmp_path, *FOUR)
    return tmp_path


async def verdict(folder: Path) -> Verdict:
    async with journal(folder) as book:
        return await verify(book.connection)


async def head(folder: Path) -> str:
    async with journal(folder) as book:
        return str(await head_of(book.connection))


async def test_an_empty_journal_is_sound(tmp_path: Path) -> None:
    assert await verdict(tmp_path) == Verdict(sound=True, events=0, head=await head(tmp_path))


async def test_an_untouched_journal_is_sound(folder: Path) -> None:
    assert await verdict(folder) == Verdict(sound=True, events=4, head=await head(folder))


@pytest.mark.parametrize(
    "column", [name for name in Row._fields if name not in {"desk", "sequence", "previous", "hash"}]
)
async def test_a_changed_event_is_named(folder: Path, column: str) -> None:
    with raw(folder) as database:
        database.execute(f"UPDATE events SET {column} = '{{}}' WHERE sequence = 3")  # noqa: S608 - our own names
    found = await verdict(folder)
    assert (found.sound, found.first_bad, found.problem) == (False, 3, JournalProblem.CHANGED)
    assert found.events == 2


async def test_an_event_that_was_given_to_another_desk_is_missing_from_this_ones_chain(folder: Path) -> None:
    with raw(folder) as database:
        database.execute("UPDATE events SET desk = 'another' WHERE sequence = 3")
    found = await verdict(folder)
    assert (found.sound, found.first_bad, found.problem) == (False, 3, JournalProblem.MISSING)


async def test_a_changed_event_with_a_new_hash_is_found_at_the_next_one(folder: Path) -> None:
    with raw(folder) as database:
        row = Row(*database.execute("SELECT * FROM events WHERE sequence = 3").fetchone())
        forged = row._replace(body="{}")
        database.execute("UPDATE events SET body = '{}', hash = ? WHERE sequence = 3", (forged.expected_hash(),))
    found = await verdict(folder)
    assert (found.first_bad, found.problem) == (4, JournalProblem.NOT_FOLLOWING)


async def test_a_changed_last_event_with_a_new_hash_is_found_at_the_end(folder: Path) -> None:
    with raw(folder) as database:
        row = Row(*database.execute("SELECT * FROM events WHERE sequence = 4").fetchone())
        forged = row._replace(body="{}")
        database.execute("UPDATE events SET body = '{}', hash = ? WHERE sequence = 4", (forged.expected_hash(),))
    assert not (await verdict(folder)).sound


@pytest.mark.parametrize("removed", [1, 2, 3])
async def test_a_removed_event_is_named(folder: Path, removed: int) -> None:
    with raw(folder) as database:
        database.execute("DELETE FROM events WHERE sequence = ?", (removed,))
    found = await verdict(folder)
    assert (found.sound, found.first_bad, found.problem) == (False, removed, JournalProblem.MISSING)


async def test_a_removed_event_whose_gap_was_closed_is_found(folder: Path) -> None:
    with raw(folder) as database:
        database.execute("DELETE FROM events WHERE sequence = 3")
        database.execute("UPDATE events SET sequence = 3 WHERE sequence = 4")
    assert (await verdict(folder)).first_bad == 3


@pytest.mark.parametrize("left", [0, 1, 3])
async def test_cut_off_events_are_found(folder: Path, left: int) -> None:
    with raw(folder) as database:
        database.execute("DELETE FROM personal WHERE sequence > ?", (left,))
        database.execute("DELETE FROM events WHERE sequence > ?", (left,))
    found = await verdict(folder)
    assert (found.sound, found.events, found.first_bad) == (False, left, left + 1)
    assert found.problem == JournalProblem.END_MISSING


async def test_swapped_events_are_found(folder: Path) -> None:
    with raw(folder) as database:
        for old, new in ((3, 99), (4, 3), (99, 4)):
            database.execute("UPDATE events SET sequence = ? WHERE sequence = ?", (new, old))
    found = await verdict(folder)
    assert (found.first_bad, found.problem) == (3, JournalProblem.NOT_FOLLOWING)


async def test_an_inserted_event_is_found(folder: Path) -> None:
    with raw(folder) as database:
        row = Row(*database.execute("SELECT * FROM events WHERE sequence = 4").fetchone())
        forged = row._replace(sequence=5, previous=row.hash)
        forged = forged._replace(hash=forged.expected_hash())
        database.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", forged)
    assert not (await verdict(folder)).sound


@pytest.mark.parametrize("change", ["body = replace(body, 'Maria', 'Marie')", "salt = '00'"])
async def test_changed_personal_fields_are_found(folder: Path, change: str) -> None:
    with raw(folder) as database:
        assert database.execute(f"UPDATE personal SET {change}").rowcount == 1  # noqa: S608 - our own words
    found = await verdict(folder)
    assert (found.first_bad, found.problem) == (2, JournalProblem.PERSONAL_CHANGED)


async def test_personal_fields_added_to_an_event_without_any_are_found(folder: Path) -> None:
    with raw(folder) as database:
        database.execute("INSERT INTO personal SELECT desk, 3, 'salt', '{}' FROM chain")
    assert (await verdict(folder)).first_bad == 3


async def test_forgotten_personal_fields_keep_the_chain_sound_and_read_as_none(folder: Path) -> None:
    with raw(folder, guarded=True) as database:
        assert PERSON.name in repr(database.execute("SELECT body FROM personal").fetchall())
    async with journal(folder) as book:
        await book.append("p1", ParcelCancelled(), CLERK)
        assert await PeopleInJournal(book).forget(PERSON.contact_id, CLERK) == 1
        assert (await verify(book.connection)).sound
        event = (await export(book.connection))[1]
    assert (event["personal"], event["salt"]) == (None, None)
    assert join(EVENTS[event["type"]], json.dumps(event["body"]), None) == RecipientChosen(contact=None)


async def test_a_verified_chain_can_be_gone_on_with(folder: Path) -> None:
    async with journal(folder) as book:
        await book.append("p1", CHOSEN, CLERK)
        assert (await verify(book.connection)).events == 5


@pytest.mark.parametrize("statement", ["UPDATE events SET person = 'me'", "DELETE FROM events WHERE sequence = 4"])
async def test_the_file_itself_refuses_to_change_or_delete_events(folder: Path, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="append-only"), raw(folder, guarded=True) as database:
        database.execute(statement)
    assert (await verdict(folder)).sound


async def test_an_export_can_be_checked_by_anybody(folder: Path) -> None:
    async with journal(folder) as book:
        exported = await export(book.connection)
    assert [event["type"] for event in exported] == [CODES[type(event)] for event in FOUR]
    assert json.loads(json.dumps(exported)) == exported
    chosen = exported[1]
    digest = Personal(chosen["salt"], json.dumps(chosen["personal"], separators=(",", ":"))).digest()
    assert chosen["body"] == {"personal": digest}
    for event in exported:
        fields = {name: event[name] for name in Row._fields}
        body = json.dumps(fields["body"], separators=(",", ":"), sort_keys=True)
        assert Row(**{**fields, "body": body}).expected_hash() == event["hash"]


async def test_a_kiosk_writes_while_the_journal_is_proved(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.journal.audit._TELL_EVERY", 2)
    async with journal(folder) as looking, journal(folder) as working:
        told: list[int] = []
        writing: list[asyncio.Task[object]] = []

        def write_once(events: int) -> None:
            told.append(events)
            if not writing:
                writing.append(asyncio.create_task(working.append("p2", taken_in("T2"), CLERK)))

        found = await verify(looking.connection, write_once)
        await writing[0]
        assert (found.sound, found.events) == (True, 4)  # as it was when the proof began
        assert told == [2, 4, 8]  # each event is read twice; a parcel's together
        assert (await verify(looking.connection)).events == 5
