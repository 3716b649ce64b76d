"""Gathers what the judge needs from the files that the processes left."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from kiosk.clock import SystemClock
from kiosk.errors import StorageError
from kiosk.journal.audit import verify
from kiosk.journal.store import Journal
from kiosk.parcels.listing import Count
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ParcelState
from tests.chaos.case import Book, Found, Misfit, Place, Record
from tests.chaos.notes import all_notes, shown_in
from tests.chaos.worker import Job
from tests.journal.book import every_parcel

_IN_VAIN = """
SELECT asked.parcel_id, count(*), sum(EXISTS (
        SELECT 1 FROM events AS later WHERE later.parcel_id = asked.parcel_id AND later.type = 'write_taken_over'
        AND json_extract(later.body, '$.intentId') = json_extract(asked.body, '$.intentId')))
FROM events AS asked
WHERE asked.type = 'write_asked' AND json_extract(asked.body, '$.operation') = 'deposit' AND NOT EXISTS (
        SELECT 1 FROM events AS done WHERE done.parcel_id = asked.parcel_id AND done.type = 'parcel_deposited'
        AND (done.sequence < asked.sequence
             OR json_extract(done.body, '$.intentId') = json_extract(asked.body, '$.intentId')))
GROUP BY asked.parcel_id
"""
"""First deposits that were not done in the end; those after one that was done only asked for another code."""

_ENDINGS = """
SELECT parcel_id, sum(iif(type = 'cancel_undone', -1, 1)) FROM events
WHERE type IN ('parcel_handed_over', 'parcel_sent', 'parcel_found_gone', 'collection_noted', 'parcel_cancelled',
    'parcel_moved_on', 'parcel_joined', 'cancel_undone')
GROUP BY parcel_id
"""

_COUNTS = (
    "SELECT json_extract(body, '$.lockerBankId'), json_extract(body, '$.lockerUnitId'), json_extract(body, '$.found')"
    " FROM events WHERE type = 'unit_counted'"
)

_STEPS = (
    "SELECT 'write ' || json_extract(body, '$.operation'), count(*) FROM events WHERE type = 'write_asked' GROUP BY 1"
    " UNION ALL SELECT 'repair ' || json_extract(body, '$.step'), count(*) FROM events"
    " WHERE type = 'correction_asked' GROUP BY 1"
)
"""Steps of which one event tells several kinds."""


class Filed(NamedTuple):
    """A desk's book, and figures about it for the report."""

    book: Book
    events: Counter[str]
    findings: Counter[str]
    """Findings raised."""


class _Told(NamedTuple):
    """What events and codes tell of each parcel, by its id."""

    deposits: dict[str, int]
    in_vain: dict[str, tuple[int, int]]
    pointed_out: frozenset[str]
    codes: dict[str, str]
    firsts: dict[str, int]
    """The number of the event with which each began."""
    endings: dict[str, int]
    counts: tuple[Found, ...]
    events: Counter[str]
    findings: Counter[str]


def read_books(jobs: Iterable[Job]) -> list[Filed]:
    """Return the book of each desk."""
    desks: dict[str, list[Job]] = {}
    for job in jobs:
        desks.setdefault(job.desk, []).append(job)
    return [asyncio.run(_read(desk, at_it)) for desk, at_it in desks.items()]


async def _read(desk: str, jobs: Sequence[Job]) -> Filed:
    notes: list[dict[str, Any]] = [note for job in jobs for note in all_notes(job.notes)]
    beside = Book(
        desk,
        records=(),
        scanned=tuple(note["number"] for note in notes if note["note"] == "scanned"),
        shown=tuple(shown_in(note) for note in notes if note["note"] == "shown"),
        told=tuple(note["number"] for note in notes if note["note"] == "told"),
        unanswered=_unanswered(notes),
        counts=tuple(_found(note) for note in notes if note["note"] == "counted unit"),
        misfits=tuple(_misfit(note) for note in notes if note["note"] == "misfit"),
        counted=next((_count(note) for note in reversed(notes) if note["note"] == "counted"), None),
    )
    try:
        async with Journal(jobs[0].journal, environment="demo", desk_name=desk, clock=SystemClock()) as journal:
            return await file(journal, beside)
    except StorageError as error:
        return Filed(replace(beside, damage=str(error)), Counter(), Counter())


def _unanswered(notes: Sequence[dict[str, Any]]) -> frozenset[str]:
    """Return the numbers that were put in more often than the kiosk answered to it."""
    put_in = Counter(note["number"] for note in notes if note["note"] == "put in")
    put_in.subtract(note["number"] for note in notes if note["note"] in {"answered", "told"})
    return frozenset(+put_in)


def _found(note: dict[str, Any]) -> Found:
    return Found(Place(note["bank"], note["unit"]), tuple(note["codes"]))


def _misfit(note: dict[str, Any]) -> Misfit:
    return Misfit(note["number"], Place(note["bank"], note["unit"]), note["outcome"])


def _count(note: dict[str, Any]) -> Count:
    return Count(here=note["here"], in_units=note["in_units"])


async def file(journal: Journal, beside: Book) -> Filed:
    """Complete what was noted beside a journal with what it holds."""
    verdict = await verify(journal.connection)
    told = await journal.connection.read(_told)
    parcels = await every_parcel(journal)
    book = replace(
        beside,
        records=tuple(
            _record(parcel, told) for parcel in sorted(parcels, key=lambda each: told.firsts[each.parcel_id])
        ),
        recorded_counts=told.counts,
        damage=None if verdict.sound else f"event {verdict.first_bad}: {verdict.problem}",
    )
    return Filed(book, told.events, told.findings)


def _told(database: sqlite3.Connection) -> _Told:
    def counted(sql: str) -> dict[str, int]:
        return dict(database.execute(sql).fetchall())

    raised = "FROM events WHERE type = 'attention_raised'"
    return _Told(
        deposits=counted("SELECT parcel_id, count(*) FROM events WHERE type = 'parcel_deposited' GROUP BY 1"),
        in_vain={parcel_id: (all_, later) for parcel_id, all_, later in database.execute(_IN_VAIN)},
        pointed_out=frozenset(row[0] for row in database.execute(f"SELECT DISTINCT parcel_id {raised}")),
        codes=dict(database.execute("SELECT parcel_id, code FROM codes").fetchall()),
        firsts=counted("SELECT parcel_id, min(sequence) FROM events GROUP BY 1"),
        endings=counted(_ENDINGS),
        counts=tuple(
            Found(Place(bank, unit), tuple(json.loads(found))) for bank, unit, found in database.execute(_COUNTS)
        ),
        events=Counter(counted("SELECT type, count(*) FROM events GROUP BY 1") | counted(_STEPS)),
        findings=Counter(counted(f"SELECT json_extract(body, '$.item.finding'), count(*) {raised} GROUP BY 1")),
    )


def _record(parcel: Parcel, told: _Told) -> Record:
    place, (in_vain, later) = parcel.place, told.in_vain.get(parcel.parcel_id, (0, 0))
    return Record(
        number=parcel.tracking_number,
        state=parcel.state,
        place=Place(place.locker_bank_id, place.locker_unit_id) if place else None,
        contact=parcel.contact.contact_id if parcel.contact else None,
        shelf=parcel.shelf if parcel.state is ParcelState.ON_SHELF else None,
        open_write=parcel.open_write is not None,
        endings=told.endings.get(parcel.parcel_id, 0),
        deposits=told.deposits.get(parcel.parcel_id, 0),
        in_vain=in_vain,
        in_vain_later=later,
        code=told.codes.get(parcel.parcel_id),
        pointed_out=bool(parcel.attention),
        was_pointed_out=parcel.parcel_id in told.pointed_out,
        places_pointed_out=tuple(
            Place(item.place.locker_bank_id, item.place.locker_unit_id) for item in parcel.attention if item.place
        ),
    )
