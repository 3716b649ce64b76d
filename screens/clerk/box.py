"""What the screens share that come before the recipient is chosen: further barcodes of the box may be scanned there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.actions import ANOTHER_BOX, Action
from screens.clerk.parcel_step import ParcelScreen
from screens.messages import EntryUsed, Scanned, WentHome

if TYPE_CHECKING:
    from kiosk.models.parcels import Parcel
    from kiosk.services import Services
    from screens.widgets.notice import Greeting


class BoxScreen(ParcelScreen):
    """A screen about a box in the clerk's hands; a barcode that was taken for one of the box can be taken off again."""

    def __init__(self, services: Services, parcel: Parcel | None = None) -> None:
        super().__init__(services, parcel)
        self._added = ""

    def begin(self, parcel: Parcel, greeting: Greeting) -> None:
        """Be about this parcel; no barcode was added to it here yet."""
        super().begin(parcel, greeting)
        self._added = ""

    def code_was_added(self, scanned: str) -> None:
        """Offer to take this barcode off again."""
        self._added = scanned
        self.show_actions()

    def allows(self, action: Action) -> bool | None:
        """Offer another parcel right after a barcode was added."""
        if action is ANOTHER_BOX and not self._added:
            return None
        return super().allows(action)

    def action_another_box(self) -> None:
        """Take the barcode off this parcel, and take it in as one of its own."""
        scanned = self._added
        self.post_message(EntryUsed())
        self.run(
            self.services.scans.take_code_off(self.parcel, scanned, self.services.actor),
            "Taking the code off this parcel",
            lambda _: self.app.post_message(Scanned(scanned, in_burst=True)),
        )

    def action_cancel(self) -> None:
        """Give the parcel up."""
        self.run(
            self.services.intake.cancel(self.parcel, self.services.actor),
            "Cancelling",
            lambda _: self.leave(WentHome(f"Parcel {self.parcel.tracking_number} was cancelled.")),
        )
