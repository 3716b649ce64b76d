"""Whether the code scanned last is on the same box as the one before: by one key, which also undoes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.tracking.codes import Code
from kiosk.words.language import _
from kiosk.words.plain import shorten
from screens.messages import Join, Separate

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel

NAMED_SIGNS = 8
"""How many last signs of a number tell two boxes in one hand apart."""


class SameBox:
    """What a screen about a parcel knows of the scan before; nothing is offered until something is known."""

    def __init__(self) -> None:
        self._before: Parcel | None = None
        """The box that was scanned before this one and waits."""
        self._added: Code | None = None
        """The code that was added to this box last."""

    def offer_to_join(self, before: Parcel) -> None:
        """Offer to make the code scanned last one of the box scanned before."""
        self._before = before

    def offer_to_separate(self, code: Code) -> None:
        """Offer to make the code that was added last a parcel of its own again."""
        self._added = code

    def forget(self) -> None:
        """Offer nothing."""
        self._before = self._added = None

    @property
    def label(self) -> str:
        """The words on the key; none while nothing is offered."""
        if self._added:
            return _("Another box")
        if self._before is None:
            return ""
        return _("Same box as {number}").format(number=shorten(self._before.tracking_number, NAMED_SIGNS, "start"))

    def request(self, parcel: Parcel) -> Join | Separate | None:
        """Return what the key asks for, on the screen about this parcel."""
        if self._added:
            return Separate(parcel, self._added)
        return Join(parcel, self._before) if self._before is not None else None
