"""The facts that are about no one parcel: who looked on or was refused, and what was forgotten after its time."""

from __future__ import annotations

from datetime import datetime

from kiosk.parcels.events import Event
from kiosk.parcels.states import Command, Role
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


class ReportRead(DeskEvent):
    """Somebody read the report without opening the console."""

    role: Role
    origin: str


class CommandRun(DeskEvent):
    """Somebody began to change something by a command that asks for no reason."""

    command: Command
    origin: str


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
    origin: str


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
