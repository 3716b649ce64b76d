"""The facts that are about no one parcel: who looked on or was refused, and what was forgotten after its time."""

from __future__ import annotations

from datetime import datetime

from kiosk.parcels.events import Event
from kiosk.parcels.states import Role


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
    """Somebody with a key, but without a role, asked for the console."""

    origin: str


class ReportRead(DeskEvent):
    """Somebody read the report without opening the console."""

    role: Role
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
    """The events of an older version were brought in; its own chain, which held, ended with that hash."""

    version: str
    events: int
    head: str
