"""What the demo's desk did before the newcomer came: parcels of yesterday and last week, in many states. Pure.

Nothing here asks for somebody at the first start: no parcel is half in a locker, and no code waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from kiosk.parcels.carriers import Carrier
from kiosk.parcels.contacts import Contact
from kiosk.parcels.events import (
    Event,
    ParcelCancelled,
    ParcelDeposited,
    ParcelFoundGone,
    ParcelPutOnShelf,
    ParcelTakenIn,
    RecipientChosen,
    UnitReserved,
    WriteAsked,
)
from kiosk.parcels.leaving import ParcelHandedOver, ParcelMadeOutgoing, ParcelSent
from kiosk.parcels.lockers import LockerSize, LockerUnit
from kiosk.parcels.notice_events import NoticeFailed, NoticeSent
from kiosk.parcels.parcel import Cause, UnitPlace
from kiosk.parcels.states import Channel, IdentityCheck, NoticeKind, Operation, OutgoingReason, ShelfReason

OWNER = "demo"
"""In whose name the requests of the past were asked for; no process has it."""

ADDRESS_REFUSED = Cause(code="address_refused", parameters={"status": 550})

PEOPLE_OF_THE_PAST = 10
"""For so many people parcels came."""


class Past(NamedTuple):
    """One event, about one parcel."""

    at: datetime
    parcel_id: str
    event: Event


def past(now: datetime, people: Sequence[Contact], bank_id: str, units: Iterable[LockerUnit]) -> list[Past]:
    """Return what happened before today, the oldest first.

    `people` are `PEOPLE_OF_THE_PAST` at least; `units` are the bank's as the service has it. What was put into one of
    them before today was put in by this desk.
    """
    known = {person.contact_id: person for person in people}
    now = now.replace(microsecond=0)  # as precise as a row tells it
    midnight = now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    stories = [*_ended(now, people, bank_id), *_here(now, people)]
    for unit in units:
        contact, at = known.get(unit.contact_id or ""), unit.deposit_time
        if contact is not None and at is not None and at < midnight:
            place = UnitPlace(locker_bank_id=bank_id, locker_unit_id=unit.locker_unit_id, size=unit.size)
            numbers = [parcel.tracking_number for parcel in unit.parcels_deposited]
            stories += [_put_in(number, contact, place, at, unit.deposit_expiry_time) for number in numbers]
    return sorted((each for story in stories for each in story), key=lambda each: each.at)


def _ended(now: datetime, people: Sequence[Contact], bank_id: str) -> Iterator[list[Past]]:
    """Yield what is over: collected day by day, given out, sent back, cancelled."""
    for days in range(1, 8):
        place = UnitPlace(locker_bank_id=bank_id, locker_unit_id=str(days), size=LockerSize("small"))
        at = now - timedelta(days=days, hours=2)
        number = f"9400100000000000{days:06}"
        story = _put_in(number, people[days], place, at, at + timedelta(days=1))
        yield [*story, Past(at + timedelta(hours=days), number, ParcelFoundGone())]
    given = ParcelHandedOver(to=people[8].name, checked=IdentityCheck.BADGE)
    at = now - timedelta(days=2, hours=5)
    yield [*_taken_in("PO-2041", people[8], at), Past(at + timedelta(hours=3), "PO-2041", given)]
    back = ParcelMadeOutgoing(destination="Sender", reason=OutgoingReason.TO_SENDER)
    at = now - timedelta(days=6)
    yield [
        *_taken_in("PO-2037", people[9], at),
        Past(at + timedelta(days=4), "PO-2037", back),
        Past(at + timedelta(days=4, hours=5), "PO-2037", ParcelSent()),
    ]
    at = now - timedelta(days=1, hours=4)
    yield [*_taken_in("PO-2055", people[1], at), Past(at + timedelta(minutes=2), "PO-2055", ParcelCancelled())]


def _here(now: datetime, people: Sequence[Contact]) -> Iterator[list[Past]]:
    """Yield what is left to do: on the shelf, to be sent."""
    at = now - timedelta(days=1, hours=1)
    laid = ParcelPutOnShelf(shelf="S1", reason=ShelfReason.NO_UNIT, size=LockerSize("large"))
    refused = NoticeFailed(kind=NoticeKind.ARRIVED, channel=Channel.MAIL, cause=ADDRESS_REFUSED)
    yield [
        *_taken_in("PO-2060", people[2], at),
        Past(at + timedelta(minutes=1), "PO-2060", laid),
        Past(at + timedelta(minutes=6), "PO-2060", refused),
    ]
    at = now - timedelta(days=1, hours=3)
    number = "1Z999AA10123456793"
    returned = ParcelMadeOutgoing(destination="UPS", reason=OutgoingReason.RETURN)
    taken = ParcelTakenIn(tracking_number=number, scanned=number, carrier=Carrier.UPS)
    yield [Past(at, number, taken), Past(at + timedelta(minutes=1), number, returned)]


def _taken_in(number: str, contact: Contact, at: datetime, carrier: Carrier | None = None) -> list[Past]:
    taken = ParcelTakenIn(tracking_number=number, scanned=number, carrier=carrier)
    return [Past(at, number, taken), Past(at + timedelta(seconds=8), number, RecipientChosen(contact=contact))]


def _put_in(number: str, contact: Contact, place: UnitPlace, at: datetime, until: datetime | None) -> list[Past]:
    """Return the whole way into a unit, which ends at that time."""
    asked = WriteAsked(intent_id=f"{number}-r", owner=OWNER, operation=Operation.RESERVE, place=place)
    deposit = WriteAsked(intent_id=f"{number}-d", owner=OWNER, operation=Operation.DEPOSIT, place=place)
    deposited = ParcelDeposited(
        intent_id=f"{number}-d", place=place, deposited_at=at, deposit_expiry=until, code_received=False
    )
    carrier = Carrier.AMAZON if number.startswith("TBA") else Carrier.USPS
    told = NoticeSent(kind=NoticeKind.ARRIVED, channel=Channel.MAIL, told=contact.contact_id)
    begun = at - timedelta(minutes=3)
    reserved = UnitReserved(intent_id=f"{number}-r", place=place, expiry=at + timedelta(days=1))
    return [
        *_taken_in(number, contact, begun, carrier),
        Past(begun + timedelta(seconds=15), number, asked),
        Past(begun + timedelta(seconds=16), number, reserved),
        Past(at - timedelta(seconds=1), number, deposit),
        Past(at, number, deposited),
        Past(at + timedelta(minutes=5), number, told),
    ]
