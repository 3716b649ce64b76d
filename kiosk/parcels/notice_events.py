"""The facts about notices: a part of `events.py`. That one is owed is a row of the journal and no event."""

from __future__ import annotations

from typing import ClassVar

from kiosk.parcels.events import Event
from kiosk.parcels.parcel import Cause
from kiosk.parcels.states import Channel, NoticeKind


class NoticeSent(Event):
    """A notice went out, or a slip or a label came out of the printer."""

    personal: ClassVar[frozenset[str]] = frozenset({"told"})
    kind: NoticeKind
    channel: Channel
    told: str | None
    """The id of the contact who was told; None once the person was forgotten, and of a label for nobody."""
    with_code: bool = False


class NoticeFailed(Event):
    """A notice was given up."""

    kind: NoticeKind
    channel: Channel
    cause: Cause
    goes_elsewhere: bool = False
    """The same is told on another channel."""


class AddressCorrected(Event):
    """Somebody put the address of the recipient right; it stands in the directory, and nowhere here."""
