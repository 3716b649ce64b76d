"""Lets a desk go on whose journal was replaced by an older copy: finds out what the centre knows beyond it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, NamedTuple

from pydantic import Field

from kiosk.fleet.centre import Centre
from kiosk.fleet.witness import outcome, own_heads, read_answer
from kiosk.journal.chain import GENESIS
from kiosk.journal.heads import head_of
from kiosk.journal.witnessed import hash_at
from kiosk.parcels.base import Answer
from kiosk.parcels.records import Head
from kiosk.storage import Connection


class KnownParcel(Answer):
    """A parcel as the centre was told of it last, by events that this journal does not have."""

    parcel_id: str
    tracking_number: str
    state: str
    present: bool
    bank: str | None = None
    unit: str | None = None
    shelf: str | None = None
    since: datetime


class Beyond(NamedTuple):
    """What the centre knows of this desk behind an event of its journal."""

    events: int
    parcels: tuple[KnownParcel, ...]
    """At most 1,000, those that changed first."""


class _Beyond(Answer):
    events: Annotated[int, Field(ge=0)]
    parcels: tuple[KnownParcel, ...]


class _Branched(Answer):
    parcels: tuple[str, ...]


async def last_common(centre: Centre, connection: Connection) -> Head:
    """Return the last event that journal and centre share; raises FleetError and StorageError."""
    own, known = await head_of(connection), (await own_heads(centre)).newest
    shared, different = 0, min(own.sequence, known.sequence) + 1
    # Each hash covers all that is before it: what is alike at one event is alike before.
    while different - shared > 1:
        middle = (shared + different) // 2
        if await centre.call("own_hash", middle) == await hash_at(connection, middle):
            shared = middle
        else:
            different = middle
    return Head(own.desk, shared, await hash_at(connection, shared) or GENESIS)


async def known_beyond(centre: Centre, sequence: int) -> Beyond:
    """Return what the centre knows of this desk behind one of its events; raises FleetError."""
    answer = read_answer(_Beyond, outcome(await centre.call("beyond", sequence), "beyond"))
    return Beyond(answer.events, answer.parcels)


async def begin_branch(admin: Centre, head: Head, reason: str) -> tuple[str, ...]:
    """Let the desk go on behind `head`; return the ids of the parcels that it has to tell of anew.

    Raises FleetRefusedError where another machine sends under this desk's id, and FleetError.
    """
    answer = await admin.call("begin_branch", head.desk, head.sequence, head.hash, reason)
    return read_answer(_Branched, outcome(answer, "branch")).parcels
