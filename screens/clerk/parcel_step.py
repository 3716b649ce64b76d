"""What the steps of an intake share: a parcel, the services, and the line that says which parcel it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.base import ClerkScreen
from screens.wording import person

if TYPE_CHECKING:
    from kiosk.models.parcels import Parcel
    from kiosk.services import Services


class ParcelScreen(ClerkScreen):
    """A screen about one parcel."""

    def __init__(self, services: Services, parcel: Parcel) -> None:
        super().__init__()
        self.services = services
        self.parcel = parcel

    @property
    def about(self) -> str:
        """The parcel in a few words: its number and for whom it is."""
        name = person(self.parcel.contact)
        return f"{self.parcel.tracking_number} for {name}" if name else self.parcel.tracking_number

    @property
    def bank_label(self) -> str:
        """The name of the parcel's bank as people say it."""
        return self.services.lookup.label(self.parcel.place.locker_bank_id) if self.parcel.place else ""
