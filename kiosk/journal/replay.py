"""Parcels as their events make them, one after the other: what the tables beside the events must hold. Reads only.

In the order of the parcels, so that a million events need no more memory than those of one parcel.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from kiosk.errors import DeskError
from kiosk.journal.chain import Personal, Row, join
from kiosk.journal.desks import own_desk
from kiosk.journal.projection import after, codes_of
from kiosk.parcels.events import Event, ParcelDeposited, PickupCodeHandedOver, PickupCodeSeen
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.registry import EVENTS


class UnreadableEventError(Exception):
    """An event that this program can't read, or that does not fit the parcel as it stood."""

    def __init__(self, sequence: int) -> None:
        super().__init__(sequence)
        self.sequence = sequence


class Replayed(NamedTuple):
    """One parcel after all of its events."""

    parcel: Parcel
    times: tuple[tuple[int, str], ...]
    """The sequence of each event, and when it was as the table has it."""
    codes: frozenset[str]
    """The numbers that find it besides its own."""
    code_since: int | None
    """The last event that brought a pickup code; whether it still waits stands in the parcel."""
    was_seen: bool
    """Whether somebody confirmed a pickup code of it."""
    blanked: tuple[int, ...]
    """The events whose personal fields are gone."""

    @property
    def changed_at(self) -> datetime:
        """When its last event was."""
        return datetime.fromisoformat(self.times[-1][1])


def parcels(database: sqlite3.Connection) -> Iterator[Replayed]:
    """Return every parcel by its id; raises UnreadableEventError."""
    yield from _replayed(database, "", ())


def parcel(database: sqlite3.Connection, parcel_id: str) -> Replayed | None:
    """Return one parcel, None where no event is about it; raises UnreadableEventError."""
    return next(_replayed(database, "AND parcel_id = ?", (parcel_id,)), None)


def read(row: Row, personal: Personal | None) -> Event:
    """Return the event of a row; raises UnreadableEventError."""
    try:
        return join(EVENTS[row.type], row.body, personal)
    except (ValueError, KeyError) as error:
        raise UnreadableEventError(row.sequence) from error


def is_blanked(row: Row, personal: Personal | None) -> bool:
    """Tell whether an event had personal fields that are gone."""
    # Only split() writes this key, and no event has a field of that name.
    return personal is None and '"personal":' in row.body


def _replayed(database: sqlite3.Connection, clause: str, values: tuple[str, ...]) -> Iterator[Replayed]:
    rows = database.execute(
        "SELECT events.*, salt, personal.body FROM events LEFT JOIN personal USING (desk, sequence)"
        f" WHERE events.desk = ? AND parcel_id IS NOT NULL {clause} ORDER BY parcel_id, sequence",
        (own_desk(database), *values),
    )
    for parcel_id, of_parcel in groupby(rows, key=lambda row: row[5]):
        yield _replay(parcel_id, of_parcel)


def _replay(parcel_id: str, rows: Iterator[tuple[Any, ...]]) -> Replayed:
    known: Parcel | None = None
    times: list[tuple[int, str]] = []
    codes: set[str] = set()
    code_since: int | None = None
    was_seen = False
    blanked: list[int] = []
    for *stored, salt, kept in rows:
        row, personal = Row(*stored), Personal(salt, kept) if salt is not None else None
        event = read(row, personal)
        before = known
        try:
            known = after(before, event, parcel_id, datetime.fromisoformat(row.at))
        except (DeskError, TypeError, ValueError) as error:
            raise UnreadableEventError(row.sequence) from error
        gone, come = codes_of(before, event)
        codes.difference_update(gone)
        codes.update(come)
        times.append((row.sequence, row.at))
        was_seen = was_seen or isinstance(event, PickupCodeSeen)
        if isinstance(event, ParcelDeposited | PickupCodeHandedOver):
            code_since = row.sequence
        if is_blanked(row, personal):
            blanked.append(row.sequence)
    if known is None:
        raise AssertionError(parcel_id)
    return Replayed(known, tuple(times), frozenset(codes), code_since, was_seen, tuple(blanked))
