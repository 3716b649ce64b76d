"""Writes an event with all that follows from it, in the transaction of whoever calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kiosk.errors import WrongStateError
from kiosk.journal import codes
from kiosk.journal.chain import Row, split
from kiosk.journal.projection import advance, read_parcel, written
from kiosk.journal.unit_mates import consequences
from kiosk.parcels.events import PickupCodeHandedOver

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from datetime import datetime

    from kiosk.parcels.events import Event
    from kiosk.parcels.parcel import Parcel


class Actor(NamedTuple):
    """Who did it, and at which kiosk."""

    name: str
    kiosk: str


def check(database: sqlite3.Connection, parcel_id: str, only_if: Callable[[Parcel], bool] | None) -> None:
    """Raise WrongStateError where the parcel, as it stands for all processes, does not fulfil `only_if`."""
    before = read_parcel(database, parcel_id)
    if only_if is not None and (before is None or not only_if(before)):
        raise WrongStateError("Another process was faster with this parcel.")


def record(database: sqlite3.Connection, parcel_id: str, event: Event, actor: Actor, now: datetime) -> Parcel:
    """Write an event and what it means for the parcels in the same unit; return the parcel after it."""
    before = read_parcel(database, parcel_id)
    follow = consequences(database, before, event) if before is not None else []
    for other_id, other in follow:
        if isinstance(other, PickupCodeHandedOver):
            codes.hand_over(database, parcel_id, other_id)
    parcel = advance(database, parcel_id, event, now)
    append(database, parcel_id, event, actor, now)
    for other_id, other in follow:
        advance(database, other_id, other, now)
        append(database, other_id, other, actor, now)
    return parcel


def append(database: sqlite3.Connection, parcel_id: str | None, event: Event, actor: Actor, now: datetime) -> None:
    """Write an event at the end of the chain, and what it tells of a person beside it."""
    sequence, previous = database.execute("SELECT sequence, hash FROM chain").fetchone()
    body, personal = split(event)
    row = Row(
        sequence=sequence + 1,
        at=written(now),
        kiosk=actor.kiosk,
        actor=actor.name,
        parcel_id=parcel_id,
        type=type(event).__name__,
        body=body,
        previous=previous,
        hash="",
    )
    row = row._replace(hash=row.expected_hash())
    database.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    database.execute("UPDATE chain SET sequence = ?, hash = ?", (row.sequence, row.hash))
    if personal is not None:
        database.execute("INSERT INTO personal VALUES (?, ?, ?)", (row.sequence, *personal))
