"""Writes an event with all that follows from it, in the transaction of whoever calls."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, TypeAlias

from kiosk.errors import UnknownParcelError
from kiosk.journal import codes, notices
from kiosk.journal.chain import Row, as_stored, linked, split
from kiosk.journal.desks import own_desk
from kiosk.journal.projection import advance, read_parcel, written
from kiosk.journal.unit_mates import consequences
from kiosk.parcels.events import Event, PickupCodeHandedOver
from kiosk.parcels.notices import NO_NOTICES, NoticeRules
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.registry import CODES

Allowed: TypeAlias = "Callable[[Parcel], None]"
"""Raises where a step can't be taken with the parcel as it is."""


class Stamp(NamedTuple):
    """What every event says of itself beside its content, and what this desk owes when something happens."""

    kiosk: str
    person: str
    at: datetime
    rules: NoticeRules = NO_NOTICES


def check(database: sqlite3.Connection, parcel_id: str, allowed: Allowed | None) -> None:
    """Let `allowed` look at the parcel as it stands for all processes; it raises where a step can't be taken now."""
    if allowed is None:
        return
    before = read_parcel(database, parcel_id)
    if before is None:
        raise UnknownParcelError(parcel_id=parcel_id)
    allowed(before)


def record(database: sqlite3.Connection, parcel_id: str, event: Event, stamp: Stamp) -> Parcel:
    """Write an event, what else happens (`unit_mates.py`) and what is owed for it; return the parcel after all that."""
    event = as_stored(event)
    before = read_parcel(database, parcel_id)
    # Before the event is applied: afterwards the parcel has no unit by which its mates are found.
    follow = consequences(database, before, event) if before is not None else []
    for other_id, other in follow:
        if isinstance(other, PickupCodeHandedOver):
            # Before `advance`, which deletes the code of a parcel that leaves its unit.
            codes.hand_over(database, parcel_id, other_id)
    parcel = _write(database, parcel_id, event, stamp, before)
    for other_id, other in follow:
        after = _write(database, other_id, other, stamp, read_parcel(database, other_id))
        parcel = after if other_id == parcel_id else parcel
    return parcel


def _write(database: sqlite3.Connection, parcel_id: str, event: Event, stamp: Stamp, before: Parcel | None) -> Parcel:
    parcel = advance(database, parcel_id, event, stamp.at)
    append(database, parcel_id, event, stamp)
    if before is not None:
        notices.follow(database, before, event, parcel, stamp.rules, stamp.at)
    return parcel


def append(database: sqlite3.Connection, parcel_id: str | None, event: Event, stamp: Stamp) -> None:
    """Write an event at the end of the desk's chain, and what it tells of a person beside it."""
    desk = own_desk(database)
    sequence, previous = database.execute("SELECT sequence, hash FROM chain WHERE desk = ?", (desk,)).fetchone()
    body, personal = split(event)
    row = Row(
        desk=desk,
        sequence=sequence + 1,
        at=written(stamp.at),
        kiosk=stamp.kiosk,
        person=stamp.person,
        parcel_id=parcel_id,
        type=CODES[type(event)],
        body=body,
        previous="",
        hash="",
    )
    row = linked(row, previous)
    database.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    database.execute("UPDATE chain SET sequence = ?, hash = ? WHERE desk = ?", (row.sequence, row.hash, desk))
    if personal is not None:
        database.execute("INSERT INTO personal VALUES (?, ?, ?, ?)", (desk, row.sequence, *personal))
