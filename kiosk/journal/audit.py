"""Proves the chain of events and hands it out; reads only.

No export holds a pickup code: codes are not in events.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kiosk.journal.chain import GENESIS, Personal, Row
from kiosk.models.base import Value

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from kiosk.storage import Connection


class Verdict(Value):
    """Whether the chain holds, how many events it has, and the first bad one."""

    sound: bool
    events: int
    first_bad: int | None = None
    problem: str | None = None


async def verify(connection: Connection) -> Verdict:
    """Recompute every hash from the first event to the recorded end of the chain."""
    return await connection.read(verify_rows)


async def export(connection: Connection) -> list[dict[str, Any]]:
    """Return every event in order, personal fields included where they were not forgotten."""
    return await connection.read(lambda database: list(_exported(database)))


def verify_rows(database: sqlite3.Connection) -> Verdict:
    """Return the verdict on the events of an open database."""
    previous, count = GENESIS, 0
    for row, personal in _rows(database):
        problem = _problem(row, personal, count + 1, previous)
        if problem:
            return Verdict(sound=False, events=count, first_bad=row.sequence, problem=problem)
        previous, count = row.hash, count + 1
    end = database.execute("SELECT sequence, hash FROM chain").fetchone()
    if end != (count, previous):
        return Verdict(
            sound=False, events=count, first_bad=count + 1, problem="events are missing at the end of the chain"
        )
    return Verdict(sound=True, events=count)


def _problem(row: Row, personal: Personal | None, sequence: int, previous: str) -> str | None:
    if row.sequence != sequence:
        return f"event {sequence} is missing"
    if row.previous != previous:
        return "it does not follow the event before it"
    if row.hash != row.expected_hash():
        return "its content was changed"
    if personal is not None and json.loads(row.body).get("personal") != personal.digest():
        return "its personal fields were changed"
    return None


def _exported(database: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    for row, personal in _rows(database):
        yield {
            **row._asdict(),
            "body": json.loads(row.body),
            "personal": json.loads(personal.body) if personal else None,
            "salt": personal.salt if personal else None,
        }


def _rows(database: sqlite3.Connection) -> Iterator[tuple[Row, Personal | None]]:
    for row in database.execute(
        "SELECT events.*, salt, personal.body FROM events LEFT JOIN personal USING (sequence) ORDER BY sequence"
    ):
        *event, salt, body = row
        yield Row(*event), Personal(salt, body) if salt is not None else None
