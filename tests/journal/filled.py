"""A journal with a bit of everything, and all that can be read from it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from kiosk.clock import ManualClock
from kiosk.journal import reading, units
from kiosk.journal.code_store import CodeStore
from kiosk.journal.home import Asked
from kiosk.journal.people import PeopleInJournal
from kiosk.journal.searching import find_parcels
from kiosk.journal.store import Journal
from kiosk.parcels import desk_events
from kiosk.parcels import events as happened
from kiosk.parcels.contacts import Contact
from kiosk.parcels.parcel import AttentionItem, Cause, UnitPlace
from kiosk.parcels.piles import Pile
from kiosk.parcels.states import Finding, Operation, Role, ShelfReason, UnitProblem
from tests.journal.book import CLERK, START, export, journal

PARCELS = 24
NUMBERS = tuple(f"1Z{number:07}" for number in range(PARCELS))


async def fill(folder: Path, clock: ManualClock | None = None) -> None:
    """Leave a journal of some 200 events: parcels in every state, codes that wait and codes that were seen."""
    clock = clock or ManualClock(START)
    async with journal(folder, clock) as book:
        await book.record(desk_events.OperatorLoggedIn(role=Role.OPERATOR, origin="203.0.113.7"), CLERK)
        for number in range(PARCELS):
            await _take_through(book, number)
            clock.advance(timedelta(minutes=1))
        await PeopleInJournal(book).forget("c2", CLERK)


async def _take_through(book: Journal, number: int) -> None:
    parcel_id, place = f"p{number}", UnitPlace(locker_bank_id="AOne", locker_unit_id=str(number))
    tracking = NUMBERS[number]
    begin = happened.ParcelTakenIn(tracking_number=tracking, scanned=tracking, readings=(f"R{number}",))
    await book.append(parcel_id, begin, CLERK)
    contact = Contact(contact_id=f"c{number % 8}", name=f"Ännchen Nr. {number % 8}", room="H1.130")
    await book.append(parcel_id, happened.RecipientChosen(contact=contact), CLERK)
    if number % 8 == 7:
        await book.append(parcel_id, happened.RecipientRead(name="Somebody"), CLERK)
        shelf = happened.ParcelPutOnShelf(shelf=f"S{number}", reason=ShelfReason.UNKNOWN_RECIPIENT, size=None)
        await book.append(parcel_id, shelf, CLERK)
        return
    reserve = happened.WriteAsked(intent_id=f"r{number}", owner="o1", operation=Operation.RESERVE, place=place)
    await book.append(parcel_id, reserve, CLERK)
    until = START + timedelta(days=1)
    await book.append(parcel_id, happened.UnitReserved(intent_id=f"r{number}", place=place, expiry=until), CLERK)
    if number % 8 == 6:
        report = happened.UnitReported(place=place, problem=UnitProblem.OCCUPIED)
        await book.append(parcel_id, report, CLERK)
        extend = reserve.model_copy(update={"intent_id": f"e{number}", "operation": Operation.EXTEND})
        await book.append(parcel_id, extend, CLERK)
        # Not in the order in which they are stored.
        cause = Cause(code="answer_lost", parameters={"status": 503, "host": "lockers.example"})
        await book.append(parcel_id, happened.WriteFellInDoubt(intent_id=f"e{number}", cause=cause), CLERK)
        return
    deposited = happened.ParcelDeposited(
        intent_id=f"d{number}", place=place, deposit_expiry=START + timedelta(days=2), code_received=True
    )
    await book.append(parcel_id, deposited, CLERK, code=SecretStr(f"CODE{number}"))
    if number % 8 == 5:
        item = AttentionItem(finding=Finding.TWO_UNITS, place=place)
        await book.append(parcel_id, happened.AttentionRaised(item=item), CLERK)
    if number % 8 < 4:
        codes = CodeStore(book)
        found = await codes.of(parcel_id)
        shown = found.waiting if found else None
        await codes.seen(parcel_id, shown, CLERK, keep_for=timedelta(days=1), allowed=lambda _: None)
    if number % 8 < 3:
        await book.append(parcel_id, happened.ParcelFoundGone(), CLERK)


async def all_readings(book: Journal) -> dict[str, Any]:
    """Return what every question about the journal is answered with."""
    connection = book.connection
    here = await reading.latest(connection, present=True)
    return {
        "home": [await book.home(Asked(START, pile), lambda _: True) for pile in Pile],
        "unfinished": await book.unfinished(),
        "here": here,
        "gone": await reading.latest(connection, present=False),
        "waiting": await reading.waiting(connection),
        "found": [await book.find(number) for number in (*NUMBERS, "R3")],
        "of_contact": [await book.of_contact(f"c{number}", 50) for number in range(8)],
        "in_unit": [await book.in_unit(parcel.place) for parcel in here if parcel.place],
        "codes": [await CodeStore(book).of(parcel.parcel_id) for parcel in here],
        "kept": sorted(await CodeStore(book).kept()),
        "reported": await book.reported_units("AOne", within=timedelta(days=30)),
        "searched": [await find_parcels(connection, text, START.date()) for text in ("ann", "1z", "s7")],
        "events": await reading.newest(connection, limit=1000),
        "looked_for": await reading.newest(connection, search="clerk", limit=1000),
        "of_parcels": [await reading.of_parcel(connection, f"p{number}") for number in range(PARCELS)],
        "one": await reading.one(connection, 3),
        "since": await reading.taken_in_since(connection, START),
        "count": await units.count_by_state(connection),
        "contacts": await PeopleInJournal(book).present(),
        "export": await export(connection),
    }


def without_order(readings: dict[str, Any]) -> dict[str, Any]:
    """Leave out in which order equals stand: it is that in which the rows were written."""
    searched = [sorted(found, key=lambda parcel: parcel.parcel_id) for found in readings["searched"]]
    return {**readings, "searched": searched}
