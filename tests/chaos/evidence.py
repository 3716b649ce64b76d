"""Gathers what the judge needs from the files that the processes left."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from kiosk.clock import SystemClock
from kiosk.errors import StorageError
from kiosk.journal.audit import verify
from kiosk.journal.store import Journal
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ContactType, ParcelState
from tests.chaos.judge import Book, Place, Record
from tests.chaos.notes import all_notes
from tests.chaos.worker import Job
from tests.journal.book import export

EVER = datetime(1970, 1, 1, tzinfo=UTC)


class Filed(NamedTuple):
    """A kiosk's book, and figures about it for the report."""

    book: Book
    events: Counter[str]
    attention: int


def read_books(jobs: Iterable[Job]) -> list[Filed]:
    return asyncio.run(_read_all(list(jobs)))


async def _read_all(jobs: list[Job]) -> list[Filed]:
    return [await _read(job) for job in jobs]


async def _read(job: Job) -> Filed:
    notes = all_notes(job.notes)
    beside = Book(
        job.kiosk,
        records=(),
        scanned=tuple(note["number"] for note in notes if note["note"] == "scanned"),
        shown=tuple((note["number"], note["code"]) for note in notes if note["note"] == "shown"),
    )
    try:
        async with Journal(job.journal, environment="demo", desk_name=job.kiosk, clock=SystemClock()) as journal:
            return await file(journal, beside)
    except StorageError as error:
        return Filed(replace(beside, damage=str(error)), Counter(), 0)


async def file(journal: Journal, beside: Book) -> Filed:
    """Complete what was noted beside a journal with what it holds."""
    verdict = await verify(journal.connection)
    events = await export(journal.connection)
    _, changed = await journal.home(EVER)
    parcels = [parcel for parcel, _ in changed]
    deposits = Counter(event["parcel_id"] for event in events if event["type"] == "parcel_deposited")
    expired = {event["parcel_id"] for event in events if event["type"] == "pickup_code_expired"}
    for event in reversed(events):  # what was replaced by a code that expired has none either
        if event["type"] == "pickup_code_replaced" and event["body"]["byParcelId"] in expired:
            expired.add(event["parcel_id"])
    heirs = {event["parcel_id"] for event in events if event["type"] == "pickup_code_handed_over"}
    return Filed(
        replace(
            beside,
            records=tuple(_record(each, deposits[each.parcel_id], each.parcel_id in expired) for each in parcels),
            handed_over=frozenset(each.tracking_number for each in parcels if each.parcel_id in heirs),
            damage=None if verdict.sound else f"event {verdict.first_bad}: {verdict.problem}",
        ),
        Counter(event["type"] for event in events),
        sum(bool(parcel.attention) for parcel in parcels),
    )


def _record(parcel: Parcel, deposits: int, code_expired: bool) -> Record:  # noqa: FBT001 - it is the value itself
    place = parcel.place
    return Record(
        number=parcel.tracking_number,
        state=parcel.state,
        place=Place(place.locker_bank_id, place.locker_unit_id) if place else None,
        shelf=parcel.shelf if parcel.state is ParcelState.ON_SHELF else None,
        open_write=parcel.open_write is not None,
        gets_code=not code_expired and (parcel.contact is None or parcel.contact.contact_type is ContactType.RECIPIENT),
        deposits=deposits,
    )
