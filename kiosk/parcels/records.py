"""Events of the journal as somebody reads them. Values only."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from kiosk.parcels.base import Value
from kiosk.parcels.events import Event


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


class ChainProblem(StrEnum):
    """What is wrong with the first bad event."""

    MISSING = "missing"
    NOT_FOLLOWING = "not_following"
    """It does not name the hash of the event before it."""
    CHANGED = "changed"
    PERSONAL_CHANGED = "personal_changed"
    END_MISSING = "end_missing"
    """Events were cut off at the end of the chain."""


class Verdict(Value):
    """Whether the chain holds, how many events it has, and the first bad one."""

    sound: bool
    events: int
    first_bad: int | None = None
    problem: ChainProblem | None = None
