"""What goes out to one recipient at once, and what a channel does with it."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator
from typing import NamedTuple, Protocol

from kiosk.errors import DeliveryError
from kiosk.notify.told import Told
from kiosk.parcels.contacts import Contact


class Message(NamedTuple):
    """All that one recipient is told at once."""

    message_id: str
    """The same for each repeat of it; no characters but letters and digits."""
    contact: Contact
    told: tuple[Told, ...]


class Sender(Protocol):
    """A channel."""

    @property
    def gathers(self) -> bool:
        """Whether all that a recipient is told goes out as one message; else each notice by itself."""
        ...

    def send(self, messages: AsyncIterable[Message]) -> AsyncIterator[tuple[Message, DeliveryError | None]]:
        """Send messages one after the other, and tell of each as soon as it is known whether it went out.

        Each is asked for when it can leave at once, and not before; none after one that got stuck.
        """
        ...
