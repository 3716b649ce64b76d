"""What the screens share on which a box is in the clerk's hands: whether the code scanned last is on the same box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.words.plain import shorten
from screens.clerk.actions import SAME_BOX
from screens.clerk.asking import AskingScreen
from screens.messages import Join, NumberAsked, Separate

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel
    from kiosk.wiring import Services
    from screens.actions import Action
    from screens.widgets.notice import Greeting

NAMED_SIGNS = 8
"""How many last signs of a number tell two boxes in one hand apart."""


class BoxScreen(AskingScreen):
    """A screen about a box in the clerk's hands; one key joins two codes to one box, and the same key undoes it."""

    def __init__(self, services: Services, parcel: Parcel | None = None) -> None:
        super().__init__(services, parcel)
        self._box_before: Parcel | None = None
        """The box that was scanned before this one and waits."""
        self._added = ""
        """The code that was added to this box last."""

    def begin(self, parcel: Parcel, greeting: Greeting) -> None:
        """Be about this parcel; nothing is known of the scan before it."""
        super().begin(parcel, greeting)
        self._box_before, self._added = None, ""

    def may_be_same_box(self, before: Parcel) -> None:
        """Offer to make this code one of the box scanned before."""
        self._box_before = before
        self.show_actions()

    def code_was_added(self, code: str) -> None:
        """Offer to make this code a parcel of its own again."""
        self._added = code
        self.show_actions()

    def allows(self, action: Action) -> bool | None:
        """Offer to join, or to undo it, right after a scan."""
        if action is SAME_BOX and self._box_before is None and not self._added:
            return None
        return super().allows(action)

    def label_of(self, action: Action) -> str:
        """Name the other box."""
        if action is not SAME_BOX:
            return super().label_of(action)
        if self._added:
            return "Another box"
        return (
            f"Same box as {shorten(self._box_before.tracking_number, NAMED_SIGNS, 'start')}" if self._box_before else ""
        )

    def action_same_box(self) -> None:
        """Make the code scanned last one of the box before, or a parcel of its own again."""
        if self._added:
            self.app.post_message(NumberAsked(Separate(self.parcel, self._added)))
        elif self._box_before is not None:
            self.app.post_message(NumberAsked(Join(self.parcel, self._box_before)))
