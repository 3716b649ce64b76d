"""The end of the chain, and whether the heads that were kept elsewhere are in it. Reads only.

A chain proves itself only to whoever has kept a hash of it: with the whole file in hand anybody can make a new one, cut
its end off, or put an older copy in its place.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from kiosk.errors import StorageDamagedError
from kiosk.journal.chain import GENESIS, Row
from kiosk.journal.desks import own_desk
from kiosk.parcels.records import Head, JournalProblem
from kiosk.storage import Connection

_HEAD = re.compile(r"\b([0-9a-f]{16}):(\d{1,18}):([0-9a-f]{64})\b")


def heads_in(lines: Iterable[str]) -> Iterator[Head]:
    """Find the heads in a text: a file of heads, the system's log, a report."""
    for line in lines:
        for desk, sequence, hash_ in _HEAD.findall(line):
            yield Head(desk, int(sequence), hash_)


async def head_of(connection: Connection) -> Head:
    """Return the end of the chain; raises StorageDamagedError where the last events do not fit it."""
    return await connection.read(checked_head)


def checked_head(database: sqlite3.Connection) -> Head:
    """Look at the end only: cheap however long the chain is. Raises StorageDamagedError where it does not fit."""
    head = recorded_head(database)
    found = database.execute(
        "SELECT * FROM events WHERE desk = ? ORDER BY sequence DESC LIMIT 1", (head.desk,)
    ).fetchone()
    last = Row(*found) if found else None
    if (last.sequence if last else 0) != head.sequence:
        raise StorageDamagedError("events_cut_off", event=min(last.sequence if last else 0, head.sequence) + 1)
    if last is None:
        return head
    if last.hash != head.hash or last.expected_hash() != last.hash:
        raise StorageDamagedError("event_changed", event=last.sequence)
    return head


def recorded_head(database: sqlite3.Connection) -> Head:
    """Return the end of the chain as the journal keeps it beside the events."""
    desk = own_desk(database)
    row = database.execute("SELECT sequence, hash FROM chain WHERE desk = ?", (desk,)).fetchone()
    if row is None:
        raise StorageDamagedError("chain_without_end")
    return Head(desk, int(row[0]), str(row[1]))


def head_at(path: Path) -> Head | None:
    """Return the end that the journal in a file keeps; None for no file, or one that can't be read as it lies there."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            return recorded_head(database)
    except (sqlite3.Error, StorageDamagedError):
        return None


def problem_with(database: sqlite3.Connection, against: Iterable[Head]) -> tuple[JournalProblem, Head | None] | None:
    """Return the first head that is not in a chain that was proved, and why; None where all of this desk's are.

    Heads of other desks are left out; where all are, the journal of this desk may have been put in another one's place.
    """
    desk, heads = own_desk(database), list(against)
    own = [head for head in heads if head.desk == desk]
    if heads and not own:
        return JournalProblem.HEADS_OF_OTHERS, None
    for head in own:
        row = database.execute(
            "SELECT hash FROM events WHERE desk = ? AND sequence = ?", (desk, head.sequence)
        ).fetchone()
        if row is None and head != Head(desk, 0, GENESIS):
            return JournalProblem.HEAD_MISSING, head
        if row is not None and row[0] != head.hash:
            return JournalProblem.HEAD_DIFFERS, head
    return None
