"""A notice could not be delivered: for good, or for now."""

from __future__ import annotations

from kiosk.errors.base import KioskError


class DeliveryError(KioskError):
    """A notice can't be delivered like this: the address is wrong, or what is sent is refused."""

    code = "delivery_failed"

    answer: str = ""
    """What the server said. It may hold the recipient's address: for whoever checks the kiosk, and no log."""


class DeliveryDelayedError(DeliveryError):
    """A notice could not be delivered now: nobody answered, or the way to the server is to be set up first."""

    code = "delivery_delayed"
    retryable = True
