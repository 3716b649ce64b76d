"""What the home screen asks: how many parcels lie in each pile, a page of a list, the next one of a pile. Reads only.

A day's list holds the parcels taken in on it. Counts and pages come from indexes, and only the rows of one page are
read as parcels, so that home costs the same in an empty journal and after a year of 2,000 parcels a day.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from kiosk.journal import stored
from kiosk.journal.projection import written
from kiosk.parcels.base import format_timestamp
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.piles import Pile
from kiosk.parcels.states import Channel, ParcelState, ShelfReason

PAGE = 50
"""How many parcels of a list are read at once."""

WAITS_FOR_A_LOCKER = (ShelfReason.NO_UNIT, ShelfReason.NO_NETWORK)
"""Of the reasons to lie on the shelf; one put aside or for nobody known waits for a person."""


def _field(path: str) -> str:
    """Return a parcel's field in SQL; NULL in a row that was damaged, which must not cost the others."""
    return f"iif(json_valid(body), json_extract(body, '$.{path}'), NULL)"


_CODE_TO_SHOW = _field("code_waiting")
_INTAKE = (
    f"{_field('open_write')} IS NULL"
    f" AND ({_field('state')} IN ('{ParcelState.TAKEN_IN}', '{ParcelState.RESERVED}') OR {_CODE_TO_SHOW})"
)
# As the index `parcels_by_expiry` has it: SQLite uses it for this expression only.
_EXPIRED = f"present = 1 AND {_field('deposit_expiry')} <= ? AND {_field('state')} = '{ParcelState.IN_LOCKER}'"
# As the index `parcels_unreached` has it. A parcel is `is_undeliverable`; one that is sent again waits for that first.
_UNDELIVERABLE = (
    f"present = 1 AND {_field('unreached_at')} IS NOT NULL"
    f" AND {_field('state')} IN ('{ParcelState.IN_LOCKER}', '{ParcelState.ON_SHELF}')"
    f" AND NOT EXISTS (SELECT 1 FROM notices WHERE parcel_id = parcels.parcel_id AND channel <> '{Channel.PAPER}')"
)
_REASONS = ", ".join(f"'{reason}'" for reason in WAITS_FOR_A_LOCKER)
_WAITING = f"unfinished = 1 AND {_field('shelf_reason')} IN ({_REASONS})"
_NEED = f"coalesce({_field('wanted_size')}, ''), coalesce({_field('contact.accessible')}, 0)"
_NONE = "rowid = 0"
"""No row: SQLite counts from 1, and finds this one by its index."""

_TAKEN_IN = "present IN (0, 1) AND taken_in_at >= ? AND taken_in_at < ?"
_NEWEST = "taken_in_at DESC, rowid DESC"

Clause = tuple[str, tuple[object, ...]]
"""A condition on rows of `parcels`, with its values."""


class Need(NamedTuple):
    """What a parcel on the shelf waits for: a size (empty for any), and whether it has to be within reach."""

    size: str
    accessible: bool


class Span(NamedTuple):
    """From one local midnight to the next."""

    begin: datetime
    end: datetime


class Asked(NamedTuple):
    """What home wants to know at a moment."""

    now: datetime
    listing: Pile | Span
    page: int = 0
    last: str = ""
    """The id of the parcel that was worked on last."""


class Told(NamedTuple):
    """What home is told, all of one moment."""

    counts: Mapping[Pile, int]
    rows: tuple[tuple[Parcel, datetime], ...]
    """One page of the list, the newest first, each with when its last change was."""
    total: int
    """How many the whole list has."""
    next: Parcel | None
    """The next one of the pile that is listed, of a day the next one whose intake is not over."""
    last: tuple[Parcel, datetime] | None


def look(database: sqlite3.Connection, asked: Asked, has_room: Callable[[Need], bool]) -> Told:
    """Return what home is told; `has_room` tells whether a locker is free for what a parcel on the shelf waits for."""
    needs = {
        Need(size, bool(accessible)): count
        for size, accessible, count in database.execute(
            f"SELECT {_NEED}, count(*) FROM parcels WHERE {_WAITING} GROUP BY 1, 2"
        )
    }
    met = [need for need in needs if has_room(need)]
    counts = _counts(database, asked.now) | {Pile.LOCKER_FREE: sum(needs[need] for need in met)}
    listed = _taken_in(asked.listing) if isinstance(asked.listing, Span) else _in(asked.listing, asked.now, met)
    pile = Pile.INTAKE if isinstance(asked.listing, Span) else asked.listing
    total = _count(database, listed) if isinstance(asked.listing, Span) else counts[asked.listing]
    return Told(
        counts,
        _rows(database, *listed, _NEWEST, asked.page * PAGE, PAGE),
        total,
        _next(database, _in(pile, asked.now, met), asked.last),
        next(iter(_rows(database, "parcel_id = ?", (asked.last,), _NEWEST, 0, 1)), None),
    )


def _counts(database: sqlite3.Connection, now: datetime) -> dict[Pile, int]:
    unfinished, intake, codes = database.execute(
        f"SELECT count(*), count(*) FILTER (WHERE {_INTAKE}), count(*) FILTER (WHERE {_CODE_TO_SHOW})"
        " FROM parcels WHERE unfinished = 1"
    ).fetchone()
    others = (Pile.EXPIRED, Pile.UNDELIVERABLE)
    return {
        Pile.UNFINISHED: unfinished,
        Pile.INTAKE: intake,
        Pile.CODE_TO_SHOW: codes,
        **{pile: _count(database, _in(pile, now, ())) for pile in others},
    }


def _in(pile: Pile, now: datetime, met: Collection[Need]) -> Clause:
    """Return which parcels lie in a pile."""
    match pile:
        case Pile.UNFINISHED:
            return "unfinished = 1", ()
        case Pile.INTAKE:
            return f"unfinished = 1 AND {_INTAKE}", ()
        case Pile.CODE_TO_SHOW:
            return f"unfinished = 1 AND {_CODE_TO_SHOW}", ()
        case Pile.EXPIRED:
            return _EXPIRED, (format_timestamp(now),)
        case Pile.UNDELIVERABLE:
            return _UNDELIVERABLE, ()
        case Pile.LOCKER_FREE:
            marks = ", ".join("(?, ?)" for _ in met)
            values = tuple(value for need in met for value in (need.size, int(need.accessible)))
            return f"{_WAITING} AND ({_NEED}) IN (VALUES {marks})" if met else _NONE, values


def _taken_in(day: Span) -> Clause:
    return _TAKEN_IN, (written(day.begin), written(day.end))


def _count(database: sqlite3.Connection, clause: Clause) -> int:
    return int(database.execute(f"SELECT count(*) FROM parcels WHERE {clause[0]}", clause[1]).fetchone()[0])


def _rows(
    database: sqlite3.Connection, where: str, values: tuple[object, ...], order: str, first: int, most: int
) -> tuple[tuple[Parcel, datetime], ...]:
    # Taken by their keys alone: a sorter that held the bodies of a whole day would hold megabytes.
    rows = database.execute(
        f"SELECT {stored.COLUMNS}, changed_at FROM parcels WHERE rowid IN (SELECT rowid FROM parcels WHERE {where}"
        f" ORDER BY {order} LIMIT ? OFFSET ?) ORDER BY {_NEWEST}",
        (*values, most, first),
    )
    return tuple((stored.parcel(row), stored.moment(row[-1])) for row in rows)


def _next(database: sqlite3.Connection, pile: Clause, last: str) -> Parcel | None:
    """Return the newest of a pile that is older than the last one; behind the oldest it begins anew."""
    behind = "(taken_in_at, rowid) < (SELECT taken_in_at, rowid FROM parcels WHERE parcel_id = ?)"
    rows = _rows(database, pile[0], (*pile[1], last), f"{behind} DESC, {_NEWEST}", 0, 1)
    return rows[0][0] if rows else None
