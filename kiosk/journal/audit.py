"""Proves the chain of events and hands it out; reads only.

No export holds a pickup code: codes are not in events.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from kiosk.journal.chain import GENESIS, Personal, Row
from kiosk.journal.desks import own_desk
from kiosk.parcels.records import ChainProblem, Verdict
from kiosk.storage import Connection

_AT_ONCE = 2_000
"""Events proved in one reading; some 20 ms."""

# Not 0: an event that somebody slipped in with a number below 1 must be found too.
_BEFORE_ALL = -(2**63)


class _Proved(NamedTuple):
    """How far the chain holds, and the hash there."""

    previous: str = GENESIS
    events: int = 0


async def verify(connection: Connection, on_progress: Callable[[int], None] | None = None) -> Verdict:
    """Recompute every hash from the first event to the recorded end of the chain.

    Done in short readings: a long one would keep every kiosk on this file from writing. `on_progress` is told how many
    events held so far.
    """
    known = _Proved()
    while True:
        proved = await connection.read(partial(_prove, known=known, limit=_AT_ONCE))
        if isinstance(proved, Verdict):
            return proved
        known = proved
        if on_progress is not None:
            on_progress(known.events)


async def export(connection: Connection) -> list[dict[str, Any]]:
    """Return every event in order, personal fields included where they were not forgotten."""
    return await connection.read(lambda database: list(_exported(database)))


def verify_rows(database: sqlite3.Connection) -> Verdict:
    """Return the verdict on the events of an open database."""
    known: _Proved | Verdict = _Proved()
    while not isinstance(known, Verdict):
        known = _prove(database, known, _AT_ONCE)
    return known


def _prove(database: sqlite3.Connection, known: _Proved, limit: int) -> _Proved | Verdict:
    """Prove the next events; the verdict comes with the first bad one or with the end."""
    previous, count, found = known.previous, known.events, 0
    for row, personal in _rows(database, after=count or _BEFORE_ALL, limit=limit):
        problem = _problem(row, personal, count + 1, previous)
        if problem:
            return Verdict(sound=False, events=count, first_bad=count + 1, problem=problem)
        previous, count, found = row.hash, count + 1, found + 1
    # A full piece says nothing of the end yet; the next one may be empty, and then gives the verdict.
    if found == limit:
        return _Proved(previous, count)
    # In the same transaction as the last piece: an event appended meanwhile would look like a wrong end.
    end = database.execute("SELECT sequence, hash FROM chain").fetchone()
    if end != (count, previous):
        return Verdict(sound=False, events=count, first_bad=count + 1, problem=ChainProblem.END_MISSING)
    return Verdict(sound=True, events=count)


def _problem(row: Row, personal: Personal | None, sequence: int, previous: str) -> ChainProblem | None:
    if row.sequence != sequence:
        return ChainProblem.MISSING
    if row.previous != previous:
        return ChainProblem.NOT_FOLLOWING
    if row.hash != row.expected_hash():
        return ChainProblem.CHANGED
    if personal is not None and json.loads(row.body).get("personal") != personal.digest():
        return ChainProblem.PERSONAL_CHANGED
    return None


def _exported(database: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    for row, personal in _rows(database):
        yield {
            **row._asdict(),
            "body": json.loads(row.body),
            "personal": json.loads(personal.body) if personal else None,
            "salt": personal.salt if personal else None,
        }


def _rows(
    database: sqlite3.Connection, *, after: int = _BEFORE_ALL, limit: int = -1
) -> Iterator[tuple[Row, Personal | None]]:
    for row in database.execute(
        "SELECT events.*, salt, personal.body FROM events LEFT JOIN personal USING (desk, sequence)"
        " WHERE events.desk = ? AND sequence > ? ORDER BY sequence LIMIT ?",
        (own_desk(database), after, limit),
    ):
        *event, salt, body = row
        yield Row(*event), Personal(salt, body) if salt is not None else None
