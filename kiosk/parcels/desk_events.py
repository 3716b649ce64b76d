"""The facts that are about no one parcel: who may sign in or did, who looked on, what was forgotten."""

from __future__ import annotations

from datetime import date, datetime

from kiosk.parcels.events import Event
from kiosk.parcels.states import Command, Role, SignIn, SignOut
from kiosk.parcels.steps import Step


class DeskEvent(Event):
    """Something that happened, and to no one parcel."""


class OperatorLoggedIn(DeskEvent):
    """Somebody opened the console."""

    role: Role
    origin: str


class OperatorLoggedOut(DeskEvent):
    """The console was closed, or its line dropped."""

    origin: str


class OperatorRefused(DeskEvent):
    """Somebody without a role asked for the console, or for a correction that their role does not have any more."""

    origin: str
    step: Step | None = None
    """The correction that was asked for; None where it was the console itself."""


class SessionEnded(DeskEvent):
    """Somebody ended another one's session of the console."""

    name: str
    """Whose it was."""
    since: datetime
    reason: str
    role: Role
    """Of whoever ended it."""
    origin: str


class ReportRead(DeskEvent):
    """Somebody read the report without opening the console."""

    role: Role
    origin: str


class CommandRun(DeskEvent):
    """Somebody began to change something by a command that is no correction of a parcel."""

    command: Command
    origin: str
    reason: str = ""
    """Why; of what was recorded before commands asked, nothing."""


class PersonForgotten(DeskEvent):
    """Somebody's fields were blanked on request; who it was is not told."""

    parcels: int
    """How many past parcels told of the person."""


class OldParcelsBlanked(DeskEvent):
    """The personal fields of parcels were blanked because their time was over."""

    parcels: int
    ended_before: datetime


class ClockJumped(DeskEvent):
    """The machine's clock was found where no other witness has it; what is deleted by time waits for them to agree."""

    clock: datetime
    expected: datetime


class JournalImported(DeskEvent):
    """The events of an export or of an older version were brought in; their chain, which held, ended with that hash."""

    version: str
    """The older version that wrote them; empty for an export in the form of this one."""
    events: int
    head: str


class DeskIdChanged(DeskEvent):
    """The desk goes by another id from now on: its disk was copied, and the desk of the other copy keeps the old one.

    All events before this one are chained anew under the new id; under the old one their chain ended with that hash.
    """

    before: str
    events: int
    head: str


class BackupMade(DeskEvent):
    """A copy of all that the desk keeps was written into a file, up to that event and its hash."""

    events: int
    head: str
    encrypted: bool
    origin: str


class JournalRestored(DeskEvent):
    """A backup was put in the place of what was here; the chain that came with it held, and ended with that hash."""

    events: int
    head: str
    made_at: datetime
    missing: int
    """How many later events were known to be lost."""
    reason: str
    origin: str


class HeadsWitnessed(DeskEvent):
    """What the heads of all desks came to on a day, as the centre of several desks told it."""

    day: date
    """In UTC."""
    root: str
    desks: int


class StocktakeBegan(DeskEvent):
    """Somebody began to count what is in a bank's units."""

    locker_bank_id: str
    locker_unit_ids: tuple[str, ...]
    """All of its units, in walking order, so that it goes on also where the bank can't be read any more."""


class UnitCounted(DeskEvent):
    """Somebody looked into a unit; counted once more, the later count holds."""

    locker_bank_id: str
    locker_unit_id: str
    found: tuple[str, ...]
    """The codes that were scanned in it; none for an empty unit."""


class StocktakeEnded(DeskEvent):
    """The bank's stock-take is over, whether or not every unit was counted."""

    locker_bank_id: str


class PersonAdded(DeskEvent):
    """Somebody may sign in at the desk from now on."""

    person_id: str
    name: str
    role: Role


class PersonChanged(DeskEvent):
    """What is known of somebody who may sign in was changed: PIN and badge are named, never told."""

    person_id: str
    name: str
    role: Role
    changed: tuple[str, ...]
    """`name`, `role`, `user_id`, `pin`, `badge`, `language`."""


class PersonRemoved(DeskEvent):
    """Somebody may not sign in at the desk any more."""

    person_id: str
    name: str


class PersonSignedIn(DeskEvent):
    """Somebody began to work at the desk."""

    role: Role
    by: SignIn


class PersonSignedOut(DeskEvent):
    """Somebody works at the desk no longer."""

    why: SignOut


class KioskLeft(DeskEvent):
    """An administrator ended a kiosk that is locked down; what runs at its terminal from then on is nobody's here."""

    role: Role
