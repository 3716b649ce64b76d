"""Proves a journal, and believes nothing in it: the file, the chain of events, and each row that follows from them.

Reads a copy of one moment, so that the proof may take its time and nobody waits for it. What it can't prove:
`docs/journal.md`.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Iterator

from kiosk.journal import heads, schema, seal
from kiosk.journal.chain import GENESIS, Personal, Row
from kiosk.journal.desks import own_desk
from kiosk.journal.differences import differences
from kiosk.journal.rechaining import first_unproved
from kiosk.journal.replay import UnreadableEventError, read
from kiosk.long_work import GoOn
from kiosk.parcels.records import Head, JournalProblem, Verdict
from kiosk.storage import Connection

_TELL_EVERY = 2_000
"""Events between two words about how far it is."""

# Not 0: an event that somebody slipped in with a number below 1 must be found too.
BEFORE_ALL = -(2**63)


async def verify(
    connection: Connection, on_progress: Callable[[int], None] | None = None, *, against: Iterable[Head] = ()
) -> Verdict:
    """Prove the journal, and that the heads of it that were kept elsewhere are in its chain.

    `on_progress` is told how many events were read so far; each is read twice. Raises StorageError.
    """
    loop = asyncio.get_running_loop()

    def work(copy: sqlite3.Connection, go_on: GoOn) -> Verdict:
        read_so_far = 0

        def told(events: int) -> None:
            nonlocal read_so_far
            before, read_so_far = read_so_far, read_so_far + events
            if read_so_far // _TELL_EVERY > before // _TELL_EVERY:
                go_on()
                if on_progress is not None:
                    loop.call_soon_threadsafe(on_progress, read_so_far)

        return verify_file(copy, told, against)

    return await connection.on_copy(work)


def verify_file(database: sqlite3.Connection, told: Callable[[int], None], against: Iterable[Head] = ()) -> Verdict:
    """Return the verdict on a file that stands still; an index is added to it."""
    chain = verify_events(database, told)
    if not chain.sound:
        return chain
    if (changed_id := first_unproved(database)) is not None:
        return _unsound(JournalProblem.OLD_CHAIN, events=chain.events, first_bad=changed_id)
    if (changed := schema.first_change(database)) is not None:
        return _unsound(JournalProblem.SCHEMA, events=chain.events, about=changed)
    if (orphan := database.execute("PRAGMA foreign_key_check").fetchone()) is not None:
        return _unsound(JournalProblem.ROW, events=chain.events, about=f"{orphan[0]} {orphan[1]}")
    try:
        different = next(differences(database, told), None)
    except UnreadableEventError as error:
        return _unsound(JournalProblem.UNREADABLE, events=chain.events, first_bad=error.sequence)
    if different is not None:
        return _unsound(different.problem, events=chain.events, first_bad=different.event, about=str(different))
    if not seal.is_whole(database):
        return _unsound(JournalProblem.SEAL, events=chain.events)
    elsewhere = heads.problem_with(database, against)
    if elsewhere is not None:
        problem, head = elsewhere
        return _unsound(problem, events=chain.events, first_bad=head.sequence if head else None)
    return chain


def verify_events(database: sqlite3.Connection, told: Callable[[int], None]) -> Verdict:
    """Return the verdict on the file as SQLite sees it, and on the chain of events."""
    broken = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
    return verify_chain(database, told) if broken == "ok" else _unsound(JournalProblem.FILE, about=str(broken))


def verify_chain(database: sqlite3.Connection, told: Callable[[int], None] = lambda _: None) -> Verdict:
    """Recompute every hash from the first event to the recorded end of the chain."""
    previous, count = GENESIS, 0
    for row, personal in rows(database):
        problem = _problem(row, personal, count + 1, previous)
        if problem is not None:
            return _unsound(problem, events=count, first_bad=count + 1)
        previous, count = row.hash, count + 1
        told(1)
    head = heads.recorded_head(database)
    if (head.sequence, head.hash) != (count, previous):
        return _unsound(JournalProblem.END_MISSING, events=count, first_bad=count + 1)
    return Verdict(sound=True, events=count, head=str(head))


def rows(
    database: sqlite3.Connection, *, after: int = BEFORE_ALL, until: int = 2**63 - 1, limit: int = -1
) -> Iterator[tuple[Row, Personal | None]]:
    """Return this desk's events in order, with their personal fields where those are kept."""
    found = database.execute(
        "SELECT events.*, salt, personal.body FROM events LEFT JOIN personal USING (desk, sequence)"
        " WHERE events.desk = ? AND sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ?",
        (own_desk(database), after, until, limit),
    )
    for *event, salt, body in found:
        yield Row(*event), Personal(salt, body) if salt is not None else None


def _problem(row: Row, personal: Personal | None, sequence: int, previous: str) -> JournalProblem | None:
    if row.sequence != sequence:
        return JournalProblem.MISSING
    if row.previous != previous:
        return JournalProblem.NOT_FOLLOWING
    if row.hash != row.expected_hash():
        return JournalProblem.CHANGED
    if personal is not None and not personal.is_of(row):
        return JournalProblem.PERSONAL_CHANGED
    try:
        if row.parcel_id is None:  # those of a parcel are read when it is replayed
            read(row, personal)
    except UnreadableEventError:
        return JournalProblem.UNREADABLE
    return None


def _unsound(
    problem: JournalProblem, *, events: int = 0, first_bad: int | None = None, about: str | None = None
) -> Verdict:
    return Verdict(sound=False, events=events, first_bad=first_bad, problem=problem, about=about)
