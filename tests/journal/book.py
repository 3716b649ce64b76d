"""Short words for journals in tests: opening one, looking into its file, tampering with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from kiosk.clock import ManualClock
from kiosk.journal import exporting, stored
from kiosk.journal.code_store import CodeStore
from kiosk.journal.store import FILE_NAME, Journal
from kiosk.parcels import desk_events, leaving, notice_events
from kiosk.parcels import events as happened
from kiosk.parcels.carriers import Carrier
from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.notices import NO_NOTICES, NoticeRules
from kiosk.parcels.parcel import AttentionItem, Cause, Parcel, UnitPlace
from kiosk.parcels.people import Person
from kiosk.parcels.states import (
    Channel,
    Command,
    Finding,
    IdentityCheck,
    NoticeKind,
    Operation,
    OutgoingReason,
    Role,
    ShelfReason,
    SignIn,
    SignOut,
    UnitProblem,
)
from kiosk.parcels.steps import Step
from kiosk.storage import Connection

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = START + timedelta(hours=24)
DESK_NAME = "Mailroom"
CLERK = Person(name="clerk@example.com", role=Role.CLERK, user_id="clerk@example.com")
PLACE = UnitPlace(locker_bank_id="AOne", locker_unit_id="7", size=LockerSize("small"))
PERSON = Contact(contact_id="p1", name="Maria Smith", email="maria@example.com", room="H1.130")

TAKEN_IN = happened.ParcelTakenIn(tracking_number="T1", scanned="]C1T1")
CHOSEN = happened.RecipientChosen(contact=PERSON)
READ = happened.RecipientRead(name=PERSON.name)
ASKED = happened.WriteAsked(intent_id="i1", owner="o1", operation=Operation.RESERVE, place=PLACE, expiry=LATER)
RESERVED = happened.UnitReserved(intent_id="i1", place=PLACE, expiry=LATER)
DEPOSITED = happened.ParcelDeposited(
    intent_id="i2", place=PLACE, deposited_at=START, deposit_expiry=LATER, code_received=True
)
NO_LINE = Cause(code="not_sent", parameters={"host": "lockers.example"})
ATTENTION = AttentionItem(finding=Finding.TWO_UNITS, place=PLACE)

SAMPLES: tuple[happened.Event, ...] = (
    TAKEN_IN,
    happened.ParcelFound(
        tracking_number="T1",
        contact=PERSON,
        place=PLACE,
        reservation_expiry=LATER,
        deposited=True,
        deposited_at=START,
        deposit_expiry=LATER,
    ),
    happened.CodeAdded(scanned="REF 1", code="REF 1"),
    happened.ParcelJoined(to="p9"),
    happened.CodeTakenOff(code="REF 1"),
    happened.NumberChosen(tracking_number="1Z999AA10123456784", carrier=Carrier.UPS),
    CHOSEN,
    READ,
    ASKED,
    happened.WriteTakenOver(intent_id="i1", owner="o3"),
    happened.WriteDelayed(intent_id="i1", cause=NO_LINE),
    happened.WriteRepeated(intent_id="i1", owner="o2"),
    happened.WriteFellInDoubt(intent_id="i1", cause=NO_LINE),
    happened.WriteFailed(intent_id="i1", operation=Operation.RESERVE, cause=NO_LINE),
    RESERVED,
    happened.ReservationLapsed(place=PLACE),
    DEPOSITED,
    happened.ParcelLeftUnrecorded(place=PLACE),
    happened.ParcelTakenBack(),
    happened.CollectionNoted(),
    happened.DepositExtended(expiry=LATER + timedelta(hours=2)),
    happened.UnitFreed(intent_id="i3", place=PLACE),
    happened.ReservationExtended(intent_id="i4", place=PLACE, expiry=LATER + timedelta(hours=1)),
    happened.ParcelFoundGone(),
    happened.UnitReported(place=PLACE, problem=UnitProblem.OCCUPIED),
    happened.PickupCodeSeen(intent_id="i2"),
    happened.PickupCodeShownAgain(intent_id="i2"),
    happened.PickupCodeExpired(intent_id="i2"),
    happened.PickupCodeReplaced(by_parcel_id="p2", intent_id="i2"),
    happened.PickupCodeHandedOver(from_parcel_id="p2", deposit_expiry=LATER, intent_id="i5"),
    happened.ParcelPutOnShelf(shelf="S1", reason=ShelfReason.NO_UNIT, size=LockerSize("small")),
    happened.ParcelTakenOffShelf(),
    happened.AttentionRaised(item=ATTENTION),
    happened.AttentionClosed(finding=Finding.REFUSED_LATE, reason="taken out"),
    happened.CorrectionAsked(step=Step.TAKE_OUT, reason="found empty", role=Role.OPERATOR, origin="203.0.113.7"),
    desk_events.OperatorLoggedIn(role=Role.OPERATOR, origin="203.0.113.7"),
    desk_events.OperatorLoggedOut(origin="203.0.113.7"),
    desk_events.OperatorRefused(origin="203.0.113.7"),
    desk_events.ReportRead(role=Role.VIEWER, origin="local"),
    desk_events.CommandRun(command=Command.DEPOSIT, origin="local"),
    happened.ParcelCancelled(),
    leaving.CancelUndone(),
    leaving.ParcelHandedOver(to=PERSON.name, checked=IdentityCheck.BADGE, signature="M. Smith"),
    leaving.ParcelMadeOutgoing(destination="Back to sender", reason=OutgoingReason.TO_SENDER),
    leaving.ParcelSent(),
    notice_events.NoticeSent(kind=NoticeKind.ARRIVED, channel=Channel.MAIL, told=PERSON.contact_id, with_code=True),
    notice_events.NoticeFailed(kind=NoticeKind.ARRIVED, channel=Channel.MAIL, cause=Cause(code="no_address")),
    notice_events.AddressCorrected(),
    happened.WrongRecipientNoticed(),
    happened.ParcelMovedOn(to_parcel_id="p2"),
    happened.ParcelMovedHere(from_parcel_id="p2"),
    desk_events.PersonForgotten(parcels=2),
    desk_events.OldParcelsBlanked(parcels=3, ended_before=START),
    desk_events.JournalImported(version="0.1", events=3, head="0" * 64),
    desk_events.ClockJumped(clock=LATER, expected=START),
    desk_events.SessionEnded(name="ben", since=START, reason="gone home", role=Role.ADMIN, origin="local"),
    desk_events.BackupMade(events=3, head="0" * 64, encrypted=True, origin="local"),
    desk_events.JournalRestored(events=3, head="0" * 64, made_at=START, missing=2, reason="new disk", origin="local"),
    desk_events.HeadsWitnessed(day=START.date(), root="0" * 64, desks=2),
    desk_events.DeskIdChanged(before="0" * 16, events=3, head="0" * 64),
    desk_events.StocktakeBegan(locker_bank_id="AOne", locker_unit_ids=("7", "8")),
    desk_events.UnitCounted(locker_bank_id="AOne", locker_unit_id="7", found=("T1",)),
    desk_events.StocktakeEnded(locker_bank_id="AOne"),
    desk_events.PersonAdded(person_id="1f2e3d4c", name="Ida Berg", role=Role.CLERK),
    desk_events.PersonChanged(person_id="1f2e3d4c", name="Ida Berg", role=Role.ADMIN, changed=("role", "pin")),
    desk_events.PersonRemoved(person_id="1f2e3d4c", name="Ida Berg"),
    desk_events.PersonSignedIn(role=Role.CLERK, by=SignIn.BADGE),
    desk_events.PersonSignedOut(why=SignOut.IDLE),
    desk_events.KioskLeft(role=Role.ADMIN),
)
"""One of each event; a test says which is missing."""


BY_MAIL = NoticeRules(frozenset({Channel.MAIL}), code_by_mail=True, gather=timedelta(minutes=5))
"""A desk that tells recipients by mail, with their codes."""

_TRIGGERS = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"


def taken_in(number: str) -> happened.ParcelTakenIn:
    return happened.ParcelTakenIn(tracking_number=number, scanned=number)


def journal(
    folder: Path, clock: ManualClock | None = None, environment: str = "demo", rules: NoticeRules = NO_NOTICES
) -> Journal:
    clock = clock or ManualClock(START)
    return Journal(folder, environment=environment, desk_name=DESK_NAME, clock=clock, rules=rules)


async def written(folder: Path, *events: happened.Event) -> None:
    """Leave a journal with these events of one parcel."""
    async with journal(folder) as book:
        for event in events:
            await book.append("p1", event, CLERK)


async def waiting(book: Journal, parcel_id: str) -> SecretStr | None:
    """Return the code that waits with a parcel."""
    codes = await CodeStore(book).of(parcel_id)
    return codes.waiting.secret if codes and codes.waiting else None


@contextmanager
def raw(folder: Path, *, guarded: bool = False) -> Iterator[sqlite3.Connection]:
    """Open the file as somebody who tampers with it: its triggers taken off meanwhile, unless `guarded`."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as database, database:
        triggers = [] if guarded else database.execute(_TRIGGERS).fetchall()
        for name, _ in triggers:
            database.execute(f"DROP TRIGGER {name}")
        yield database
        for _, statement in triggers:
            database.execute(statement)


async def export(connection: Connection) -> list[dict[str, Any]]:
    """Return all events as the export has them."""
    return [event async for event in exporting.export(connection)]


async def every_parcel(book: Journal) -> tuple[Parcel, ...]:
    """Return all parcels, the latest change first."""
    return await book.connection.read(
        lambda database: stored.parcels(
            database.execute(
                "SELECT parcel_id, tracking_number, taken_in_at, body FROM parcels ORDER BY changed_at DESC, rowid DESC"
            )
        )
    )


def contents(folder: Path) -> bytes:
    """Return every byte of every file of the folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
