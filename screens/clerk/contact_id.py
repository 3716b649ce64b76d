"""A recipient who is not in the directory, by the contact id of the locker service."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kiosk.models.contacts import Contact, ContactType
from screens.actions import CONTACT_ID_ACTIONS, PERSON, SEARCH, Action, bindings
from screens.clerk.parcel_step import ParcelScreen
from screens.entry import is_carrier_number
from screens.messages import EntryUsed, Showed, StepDone
from screens.widgets.field import Field
from screens.widgets.heading import Heading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from kiosk.models.parcels import Parcel
    from kiosk.services import Services


class ContactIdScreen(ParcelScreen):
    """Type the id; the key says whether it is a person's or a department's."""

    ACTIONS: ClassVar[tuple[Action, ...]] = CONTACT_ID_ACTIONS
    STEP = 2
    SHOWS_ENTRY = True
    BINDINGS = bindings(*CONTACT_ID_ACTIONS)

    def __init__(self, services: Services, parcel: Parcel) -> None:
        super().__init__(services, parcel)
        self._typed = ""

    def compose_content(self) -> Iterable[Widget]:
        """Return the field."""
        yield Heading(f"Parcel {self.about}")
        yield Field("Contact id", "as the locker service knows it, then Enter for a person")

    def entry_changed(self, text: str) -> None:
        """Show the id as it grows."""
        self._typed = self.query_one(Field).text = text
        self.notice.clear()
        self.show_actions()

    def entry_completed(self, text: str) -> bool:
        """Take the id as a person's; what is plainly a parcel's number is a new parcel."""
        if is_carrier_number(text):
            return False
        self.entry_changed(text)
        if self.allows(PERSON):
            self._take(ContactType.RECIPIENT)
        return True

    def allows(self, action: Action) -> bool | None:
        """Ask for an id first."""
        return super().allows(action) and (action is SEARCH or bool(self._typed.strip()))

    def action_person(self) -> None:
        """Take the id as a person's."""
        self.post_message(EntryUsed())
        self._take(ContactType.RECIPIENT)

    def action_department(self) -> None:
        """Take the id as a department's."""
        self.post_message(EntryUsed())
        self._take(ContactType.DEPARTMENT)

    def action_search(self) -> None:
        """Go back to the names."""
        self.post_message(EntryUsed())
        self.leave(Showed("recipient", self.parcel))

    def _take(self, contact_type: ContactType) -> None:
        text = self._typed.strip()
        self.run(
            self._choose(text, contact_type),
            f"Noting that it is for {text}",
            lambda parcel: self.leave(StepDone(parcel)),
        )

    async def _choose(self, contact_id: str, contact_type: ContactType) -> Parcel:
        known = await self.services.directory.by_id(contact_id)
        contact = known or Contact(contact_id=contact_id, contact_type=contact_type, name="")
        return await self.services.intake.choose_recipient(self.parcel, contact, self.services.actor)
