"""Two sites with three desks that have told of some parcels, and who looks at them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from kiosk.clock import Clock, SystemClock
from kiosk.fleet.centre import Centre
from kiosk.fleet.looking import Looking
from kiosk.parcels.contacts import Contact
from kiosk.parcels.events import AttentionRaised, ParcelDeposited, ParcelTakenIn
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.parcel import AttentionItem, UnitPlace
from kiosk.parcels.people import Person
from kiosk.parcels.states import Finding, Role
from kiosk.settings.fleet import Fleet
from tests.fleet.centres import NewCentre
from tests.fleet.line import Answers, Line, line_to
from tests.fleet.telling import TellingDesk, joined

LOBBY, GATE, SOUTH = "00112233445566aa", "00112233445566bb", "00112233445566cc"
NUMBER = "1Z999AA10123456784"
YUSUF = Contact(contact_id="c-yusuf", name="Yusuf Abboud", department="Chemistry", room="2.14")
OPERATOR = Person(name="ada", role=Role.OPERATOR)
PLACE = UnitPlace(locker_bank_id="AOne", locker_unit_id="12", size=LockerSize("small"))


class Campus(NamedTuple):
    """The centre and its desks: two at the site North, one at South."""

    centre: NewCentre
    lobby: TellingDesk
    gate: TellingDesk
    south: TellingDesk
    began: datetime

    async def close(self) -> None:
        for desk in (self.lobby, self.gate, self.south):
            await desk.centre.close()


def taken_in(number: str) -> ParcelTakenIn:
    return ParcelTakenIn(tracking_number=number, scanned=number)


async def deposit(desk: TellingDesk, number: str, parcel_id: str, at: datetime, contact: Contact = YUSUF) -> None:
    """Take a parcel in and put it into a locker a minute later."""
    await desk.tell(taken_in(number), at, parcel_id, {"number": number, "shelf": "S1"})
    later = at + timedelta(minutes=1)
    fields = {"state": "in_locker", "bank": "AOne", "unit": "12", "size": "small", "taken_in_at": at.isoformat()}
    whose = await desk.sealed(contact, later)
    event = ParcelDeposited(intent_id="i1", place=PLACE, code_received=True)
    await desk.tell(event, later, parcel_id, {"number": number, **fields, **whose})


@asynccontextmanager
async def campus(centre: NewCentre, began: datetime | None = None) -> AsyncIterator[Campus]:
    """Open it: one number was at two desks, the clock of one is an hour ahead, one parcel has a finding."""
    began = began or datetime.now(UTC) - timedelta(minutes=10)
    lobby = await joined(centre, LOBBY, "North", "Lobby")
    gate = await joined(centre, GATE, "North", "Gate", ahead=timedelta(hours=1))
    south = await joined(centre, SOUTH, "South", "Dock")
    opened = Campus(centre, lobby, gate, south, began)
    try:
        await deposit(lobby, NUMBER, "p1", began)
        # By its own clock an hour later; in truth between the two events at the lobby.
        at = began + timedelta(hours=1, seconds=30)
        await gate.tell(taken_in(NUMBER), at, "g1", {"number": NUMBER}, person="Ben")
        raised = AttentionRaised(item=AttentionItem(finding=Finding.TWO_UNITS, place=PLACE))
        await south.tell(taken_in("SOUTH777"), began, "s1", {"number": "SOUTH777"}, person="Sue")
        fields = {"findings": ["two_units"], "bank": "AOne", "unit": "7", "state": "in_locker"}
        await south.tell(raised, began, "s1", {"number": "SOUTH777", **fields}, person="Sue")
        yield opened
    finally:
        await opened.close()


@asynccontextmanager
async def looking(
    centre: NewCentre, *sites: str, clock: Clock | None = None, role: Role | None = Role.OPERATOR
) -> AsyncIterator[Looking]:
    """Look at the desks of some sites."""
    async with looking_through(centre, *sites, clock=clock, role=role) as (look, _line):
        yield look


@asynccontextmanager
async def looking_through(
    centre: NewCentre, *sites: str, clock: Clock | None = None, role: Role | None = Role.OPERATOR
) -> AsyncIterator[tuple[Looking, Line]]:
    """Look at the desks of some sites, through a line that can be cut."""
    login = await centre.join_console("tests", *sites)
    async with line_to(centre.server) as line:
        way = Centre(Fleet(server=f"127.0.0.1:{line.port}/{centre.database}"), login)
        try:
            yield Looking(way, clock or SystemClock(), lambda _person: role), line
        finally:
            await way.close()


def cut(line: Line) -> None:
    """Let the centre be away: what is open breaks, and nobody answers."""
    line.answers = Answers.NO
    line.end_all()
