"""The facts about parcels that leave the desk otherwise than out of their unit: a part of `events.py`.

They are given out at the desk, or leave with a carrier; and a cancelled intake may be taken up again.
"""

from __future__ import annotations

from typing import ClassVar

from kiosk.parcels.events import Event
from kiosk.parcels.states import IdentityCheck, OutgoingReason


class ParcelHandedOver(Event):
    """It was given out at the desk; its unit, if it had one, is given back behind it."""

    personal: ClassVar[frozenset[str]] = frozenset({"to", "signature"})
    to: str | None
    """Who took it; None once the person was forgotten."""
    checked: IdentityCheck
    signature: str | None = None
    """The name as whoever took it typed it."""


class ParcelMadeOutgoing(Event):
    """It is to leave with a carrier."""

    destination: str
    reason: OutgoingReason


class ParcelSent(Event):
    """It left with a carrier: brought to its drop-off place, or given to the driver."""


class CancelUndone(Event):
    """Its intake was given up by mistake, and goes on."""
