"""What was chosen before, to be proposed again; it never decides. Reads this journal only."""

from __future__ import annotations

from kiosk.journal.store import Journal
from kiosk.parcels.contacts import Contact
from kiosk.parcels.parcel import Parcel, UnitPlace

LOOKS_BACK = 10
"""How many of a contact's latest parcels are looked at."""


class RecipientHistory:
    """What earlier parcels tell, by the parcels as they stand."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def last_place(self, parcel: Parcel) -> UnitPlace | None:
        """Return the unit into which the recipient's last parcel went, for its bank and size."""
        if parcel.contact is None:
            return None
        earlier = await self._journal.of_contact(parcel.contact.contact_id, LOOKS_BACK)
        return next((each.place for each in earlier if each.place and each.deposited_at is not None), None)

    async def recipient_before(self, parcel: Parcel) -> Contact | None:
        """Return for whom an earlier parcel of the same number was, unless that was found to be wrong."""
        for earlier in await self._journal.find(parcel.tracking_number):
            if earlier.parcel_id != parcel.parcel_id and earlier.contact is not None:
                return None if earlier.wrong_recipient else earlier.contact
        return None
