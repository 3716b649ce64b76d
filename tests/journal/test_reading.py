"""Pages and searches over the journal: what they find, in which order, and that each is answered by an index."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.clock import ManualClock
from kiosk.journal import reading
from kiosk.journal.searching import find_parcels
from kiosk.journal.store import Journal
from kiosk.parcels.contacts import Contact
from kiosk.parcels.events import ParcelCancelled, ParcelPutOnShelf, RecipientChosen
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role, ShelfReason
from tests.journal.book import CHOSEN, CLERK, START, TAKEN_IN, journal, raw, taken_in, written

ANA = Person(name="Ana", role=Role.OPERATOR)


async def three(book: Journal, clock: ManualClock) -> None:
    """Record two parcels on the shelf and one that was cancelled."""
    for number in ("A1", "A2", "B1"):
        await book.append(number, taken_in(number), CLERK)
        clock.advance(timedelta(minutes=1))
    contact = Contact(contact_id="c%1", name="Émile_100%")
    await book.append("A2", RecipientChosen(contact=contact), CLERK)
    await book.append("A1", ParcelPutOnShelf(shelf="S1", reason=ShelfReason.PUT_ASIDE), ANA)
    await book.append("B1", ParcelCancelled(), ANA)


async def test_a_page_is_the_newest_events_and_the_next_page_those_before(tmp_path: Path) -> None:
    clock = ManualClock(START)
    async with journal(tmp_path, clock) as book:
        await three(book, clock)
        first = await reading.newest(book.connection, limit=4)
        assert [event.sequence for event in first] == [6, 5, 4, 3]
        second = await reading.newest(book.connection, before=3, limit=4)
        assert [(event.sequence, event.tracking_number, event.event) for event in second] == [
            (2, "A2", taken_in("A2")),
            (1, "A1", taken_in("A1")),
        ]
        assert first[1].event == ParcelPutOnShelf(shelf="S1", reason=ShelfReason.PUT_ASIDE)
        assert first[1].person == "Ana"
        assert len({event.desk for event in (*first, *second)}) == 1


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("a", [6, 5, 4, 2, 1]),
        ("A1", [5, 1]),
        ("ana", [6, 5]),
        ("clerk@", [4, 3, 2, 1]),
        ("taken in", [3, 2, 1]),
        ("Cancelled", [6]),
        ("nothing of that kind", []),
        ("%", []),
        ("'; DROP TABLE events; --", []),
    ],
)
async def test_a_search_finds_numbers_people_and_kinds(tmp_path: Path, search: str, found: list[int]) -> None:
    clock = ManualClock(START)
    async with journal(tmp_path, clock) as book:
        await three(book, clock)
        if search == "a":  # a person's part, a number's beginning, a letter of most types
            found = [6, 5, 4, 3, 2, 1]
        assert [event.sequence for event in await reading.newest(book.connection, search=search)] == found
        older = await reading.newest(book.connection, search=search, before=3)
        assert [event.sequence for event in older] == [sequence for sequence in found if sequence < 3]


async def test_a_search_finds_the_kinds_that_its_text_names_in_another_language(tmp_path: Path) -> None:
    clock = ManualClock(START)
    async with journal(tmp_path, clock) as book:
        await three(book, clock)
        found = await reading.newest(book.connection, search="storniert", kinds={"parcel_cancelled"})
        assert [event.sequence for event in found] == [6]


async def test_the_latest_parcels_are_those_here_or_those_gone(tmp_path: Path) -> None:
    clock = ManualClock(START)
    async with journal(tmp_path, clock) as book:
        await three(book, clock)
        found = {present: await reading.latest(book.connection, present=present) for present in (True, False)}
        assert [parcel.tracking_number for parcel in found[True]] == ["A2", "A1"]
        assert [parcel.tracking_number for parcel in found[False]] == ["B1"]


async def test_an_event_in_full_shows_what_was_not_forgotten_and_a_sound_chain(tmp_path: Path) -> None:
    await written(tmp_path, TAKEN_IN, CHOSEN)
    async with journal(tmp_path) as book:
        found = await reading.one(book.connection, 2)
        assert found is not None
        event, personal, chain = found
        assert event.event == RecipientChosen(contact=None)
        assert personal is not None
        assert personal["contact"]["name"] == "Maria Smith"
        assert (chain.sound, chain.is_followed) == (True, None)
        first = await reading.one(book.connection, 1)
        assert first is not None
        assert (first[2].sound, first[2].is_followed) == (True, True)
        assert await reading.one(book.connection, 3) is None
    with raw(tmp_path) as database:
        database.execute("DELETE FROM personal")
    async with journal(tmp_path) as book:
        found = await reading.one(book.connection, 2)
        assert found is not None
        assert found[1] is None
        assert found[2].sound


@pytest.mark.parametrize(
    ("tampering", "broken"),
    [
        ("UPDATE events SET person = 'x' WHERE sequence = 2", {2}),
        ("UPDATE personal SET body = '{}' WHERE sequence = 2", {2}),
        ("UPDATE events SET previous = 'x' WHERE sequence = 2", {1, 2}),
        ("DELETE FROM events WHERE sequence = 1", {2}),
        ("DELETE FROM events WHERE sequence = 3", {2}),
    ],
)
async def test_an_event_tells_what_is_wrong_around_it(tmp_path: Path, tampering: str, broken: set[int]) -> None:
    await written(tmp_path, TAKEN_IN, CHOSEN, ParcelCancelled())
    with raw(tmp_path) as database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute(tampering)
    async with journal(tmp_path) as book:
        found = {sequence: await reading.one(book.connection, sequence) for sequence in (1, 2, 3)}
        assert {sequence for sequence, each in found.items() if each and not each[2].sound} == broken


async def test_events_of_another_desk_are_not_read_as_this_ones(tmp_path: Path) -> None:
    await written(tmp_path, TAKEN_IN, CHOSEN)
    with raw(tmp_path) as database:
        columns = "sequence, at, kiosk, 'Eve', parcel_id, type, body, previous, hash"
        database.execute(f"INSERT INTO events SELECT 'another', {columns} FROM events")  # noqa: S608 - our own words
    async with journal(tmp_path) as book:
        assert [event.sequence for event in await reading.newest(book.connection)] == [2, 1]
        assert await reading.newest(book.connection, search="Eve") == ()
        assert [event.person for event in await reading.of_parcel(book.connection, "p1")] == [CLERK.name] * 2
        found = await reading.one(book.connection, 2)
        assert found is not None
        assert (found[0].person, found[2].sound) == (CLERK.name, True)


async def test_no_question_reads_the_whole_table(tmp_path: Path) -> None:
    """Ask SQLite how it would answer each question that was asked: a SCAN without an index grows with the journal."""
    clock = ManualClock(START)
    async with journal(tmp_path, clock) as book:
        await three(book, clock)
        asked: list[str] = []

        def trace(database: sqlite3.Connection) -> None:
            database.set_trace_callback(asked.append)

        await book.connection.read(trace)
        for search in ("", "A1", "ana", "put on"):
            await reading.newest(book.connection, search=search, before=5)
        for present in (True, False):
            await reading.latest(book.connection, present=present)
        for text in ("A1", "smith 4", "yesterday"):
            await find_parcels(book.connection, text, START.date())
        await reading.waiting(book.connection)
        await reading.of_parcel(book.connection, "A1")
        await reading.one(book.connection, 2)
        await reading.taken_in_since(book.connection, START)
        await reading.last_sequence(book.connection)
    questions = {each for each in asked if each.startswith(("SELECT", "WITH"))}
    assert len(questions) > 10
    with closing(sqlite3.connect(tmp_path / "journal.sqlite")) as database:
        plans = {
            (question, row[3]) for question in questions for row in database.execute(f"EXPLAIN QUERY PLAN {question}")
        }
    whole = {(question, step) for question, step in plans if step.startswith(("SCAN events", "SCAN parcels"))}
    # An index in its order is fine for parcels, where a question stops after a page; events are searched.
    assert not {(question, step) for question, step in whole if "events" in step or "USING" not in step}
