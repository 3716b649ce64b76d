"""What happens at a desk in a test of the centre: parcels of every kind come and go beside each other, from a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta

from kiosk.journal.store import Journal
from kiosk.parcels import events as happened
from kiosk.parcels import leaving, notice_events
from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.parcel import AttentionItem, Cause, UnitPlace
from kiosk.parcels.states import (
    Channel,
    Finding,
    IdentityCheck,
    NoticeKind,
    Operation,
    OutgoingReason,
    ShelfReason,
    UnitProblem,
)
from tests.journal.book import CLERK, START

NAMES = ("Änne Ölmüller", "Samira Abboud", "José O'Neill", "Łukasz Żółć", "李小龍", "Zoë Quill-Haverford")
CONTACTS = tuple(
    Contact(contact_id=f"contact-{at:04}-{'abcdef'[at] * 6}", name=name, email=f"person{at}@example.com")
    for at, name in enumerate(NAMES)
)


class Habits:
    """The days of one desk."""

    def __init__(self, journal: Journal, rng: random.Random) -> None:
        self._journal = journal
        self._rng = rng
        self._begun: list[tuple[str, Iterator[happened.Event]]] = []
        self._count = 0

    async def go_on(self, events: int) -> None:
        """Record so many events."""
        for _ in range(events):
            await self._journal.append(*self._next(), CLERK)

    def _next(self) -> tuple[str, happened.Event]:
        while len(self._begun) < 5:
            self._count += 1
            name = f"p{self._rng.randrange(16**8):08x}{self._count}"
            self._begun.append((name, a_life(name, self._rng)))
        at = self._rng.randrange(len(self._begun))
        parcel_id, life = self._begun[at]
        event = next(life, None)
        if event is not None:
            return parcel_id, event
        del self._begun[at]
        return self._next()


def a_life(name: str, rng: random.Random) -> Iterator[happened.Event]:
    """Return what happens to one parcel; its number, its unit and its intents are named after it."""
    until = START + timedelta(days=2)
    number, contact = f"1Z{name}", rng.choice(CONTACTS)
    yield happened.ParcelTakenIn(tracking_number=number, scanned=number, readings=(f"R{name}",))
    if rng.random() < 0.3:
        yield happened.RecipientRead(name=contact.name)
    if rng.random() < 0.3:
        yield happened.CodeAdded(scanned=f"REF {name}", code=f"REF {name}")
    yield happened.RecipientChosen(contact=contact)
    if rng.random() < 0.2:
        yield happened.ParcelPutOnShelf(shelf=f"S{name}", reason=ShelfReason.NO_UNIT, size=LockerSize("small"))
        yield happened.ParcelTakenOffShelf()
    place = UnitPlace(locker_bank_id="AOne", locker_unit_id=name, size=LockerSize("small"))
    yield happened.WriteAsked(intent_id=f"r{name}", owner="o1", operation=Operation.RESERVE, place=place, expiry=until)
    if rng.random() < 0.2:
        yield happened.WriteFellInDoubt(intent_id=f"r{name}", cause=Cause(code="not_sent", parameters={"host": "h"}))
    yield happened.UnitReserved(intent_id=f"r{name}", place=place, expiry=until)
    if rng.random() < 0.1:
        yield happened.UnitReported(place=place, problem=rng.choice([*UnitProblem]))
    yield happened.ParcelDeposited(
        intent_id=f"d{name}", place=place, deposited_at=START, deposit_expiry=until, code_received=False
    )
    told = contact.contact_id
    yield notice_events.NoticeSent(kind=NoticeKind.ARRIVED, channel=Channel.MAIL, told=told, with_code=False)
    if rng.random() < 0.2:
        yield happened.AttentionRaised(item=AttentionItem(finding=Finding.TWO_UNITS, place=place))
        yield happened.AttentionClosed(finding=Finding.TWO_UNITS, reason="looked in")
    yield rng.choice(
        [
            happened.ParcelFoundGone(),
            leaving.ParcelHandedOver(to=contact.name, checked=IdentityCheck.BADGE, signature=contact.name),
            leaving.ParcelMadeOutgoing(destination="Back to sender", reason=OutgoingReason.TO_SENDER),
        ]
    )
