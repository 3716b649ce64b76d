"""What desk and centre know of each other. Values only."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from kiosk.parcels.base import KnownTime, Value
from kiosk.parcels.parcel import Cause


class Shipped(Value):
    """What is kept of it, for the next start and for other processes."""

    sequence: int = 0
    """The last event that the centre is known to have."""
    hash: str = ""
    signature: str = ""
    """With which the centre countersigned that event; empty while it has none."""
    told_at: KnownTime = None
    """When it answered last that it had everything."""
    away_since: KnownTime = None
    """Since when nothing gets there; None while all is well."""
    cause: Cause | None = None
    """Why not, or what else somebody has to look at there."""


class BankCount(NamedTuple):
    """A bank as this desk read it last."""

    locker_bank_id: str
    label: str
    units: int
    free: int


class FleetState(NamedTuple):
    """How things are between this desk and the centre."""

    waiting: int
    """How many events the centre is not known to have."""
    told_at: datetime | None
    away_since: datetime | None
    cause: Cause | None
