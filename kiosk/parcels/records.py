"""Events of the journal as somebody reads them. Values only."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from kiosk.parcels.base import Value
from kiosk.parcels.events import Event
from kiosk.parcels.states import UnitProblem


class EventRecord(NamedTuple):
    """One event as the journal's page shows it."""

    desk: str
    sequence: int
    at: datetime
    kiosk: str
    person: str
    parcel_id: str | None
    tracking_number: str
    """Of the parcel; empty where the event is about none."""
    event: Event
    """Without its personal fields."""


class ReportedUnit(NamedTuple):
    """A unit at whose door clerks found something wrong, as it was said last."""

    locker_bank_id: str
    locker_unit_id: str
    problem: UnitProblem
    at: datetime
    person: str
    times: int
    """How often it was said in the time that was asked about."""


class UnreadableEvent(Event):
    """In the place of an event that this version can't read."""

    code: str


class ChainState(NamedTuple):
    """What one event's place in the chain says about it."""

    previous: str
    hash: str
    unchanged: bool
    """Its content makes the hash that stands there."""
    follows: bool
    """It names the hash of the event before it."""
    is_followed: bool | None
    """The event after it names its hash; None for the last one, whose hash is the chain's end."""

    @property
    def sound(self) -> bool:
        """Tell whether nothing speaks against the event."""
        return self.unchanged and self.follows and self.is_followed is not False


class JournalProblem(StrEnum):
    """What verifying finds first, as the code of the error that says it."""

    FILE = "journal_file_broken"
    """SQLite's own check fails."""
    SCHEMA = "journal_schema_changed"
    """A table, an index or a trigger is not as this program makes it."""
    MISSING = "event_missing"
    NOT_FOLLOWING = "event_not_following"
    """An event does not name the hash of the event before it."""
    CHANGED = "event_changed"
    PERSONAL_CHANGED = "event_personal_changed"
    END_MISSING = "events_cut_off"
    """Events were cut off at the end of the chain."""
    OLD_CHAIN = "old_chain_differs"
    """The events before a change of the desk's id do not make the chain that it had under the old one."""
    UNREADABLE = "event_unreadable"
    """An event that is as it was recorded, and that this program can't read or apply."""
    PERSONAL_MISSING = "event_personal_missing"
    """The personal fields of an event are gone, and nobody was forgotten."""
    ROW = "row_not_as_events_say"
    """A row is not what the events say."""
    CODE_MISSING = "waiting_code_missing"
    """A parcel whose pickup code waits has none."""
    CODE_UNEXPLAINED = "code_unexplained"
    """A pickup code is there that no event speaks of."""
    SEAL = "codes_changed"
    """What follows from no event, such as pickup codes, was changed."""
    HEAD_MISSING = "head_missing"
    """A head that was kept elsewhere lies behind the end of the chain."""
    HEAD_DIFFERS = "head_differs"
    """At the place of a head that was kept elsewhere stands another event."""
    HEADS_OF_OTHERS = "heads_of_others"
    """None of the heads that were kept elsewhere is of this desk."""


class Head(NamedTuple):
    """The end of a desk's chain: whoever has it can tell whether a journal still holds everything up to it."""

    desk: str
    sequence: int
    hash: str

    def __str__(self) -> str:
        """Return it in the one form in which it is printed, logged and read."""
        return f"{self.desk}:{self.sequence}:{self.hash}"


class Verdict(Value):
    """Whether the journal is sound, how many of its events hold, and what is wrong first."""

    sound: bool
    events: int
    head: str | None = None
    """The end of the chain, as `Head` says it; None where the chain does not hold."""
    first_bad: int | None = None
    """The event that is wrong."""
    problem: JournalProblem | None = None
    about: str | None = None
    """What is wrong where it is no event: a table with its key, or SQLite's own words."""
