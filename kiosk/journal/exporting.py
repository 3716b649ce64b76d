"""Hands out the events, one after the other, in short readings. No pickup code: codes are in no event."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

from kiosk.journal.audit import BEFORE_ALL, rows
from kiosk.journal.chain import Personal, Row, fields_of
from kiosk.journal.heads import recorded_head
from kiosk.storage import Connection

_AT_ONCE = 500
"""Events read at once; some 10 ms."""


async def export(connection: Connection) -> AsyncIterator[dict[str, Any]]:
    """Return every event in order up to the end of the chain as it is at the start.

    Personal fields are included where they were not forgotten. Raises StorageError.
    """
    end = (await connection.read(recorded_head)).sequence
    after = BEFORE_ALL
    while piece := await connection.read(partial(_read, after=after, until=end)):
        for event in piece:
            yield event
        after = piece[-1]["sequence"]


def _read(database: sqlite3.Connection, after: int, until: int) -> list[dict[str, Any]]:
    return [_exported(*each) for each in rows(database, after=after, until=until, limit=_AT_ONCE)]


def _exported(row: Row, personal: Personal | None) -> dict[str, Any]:
    return {
        **row._asdict(),
        "body": fields_of(row.body),
        "personal": fields_of(personal.body) if personal else None,
        "salt": personal.salt if personal else None,
    }
