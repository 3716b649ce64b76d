"""A recipient who is not in the directory, by the contact id of the locker service: typed twice, or scanned once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kiosk.desk.questions import ChooseRecipient
from kiosk.parcels.contacts import Contact
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ContactType
from kiosk.tracking.codes import Code
from kiosk.wiring import Services
from kiosk.words.language import _
from screens.actions import Action
from screens.clerk.parcel_screen import ParcelScreen
from screens.clerk_actions import CONTACT_ID_KEYS, PERSON, SEARCH
from screens.destinations import ShowRecipient
from screens.messages import EntryUsed, GoTo, StepDone
from screens.widgets.field import Field
from screens.widgets.heading import Heading
from screens.widgets.notice import NoticeKind

if TYPE_CHECKING:
    from textual.widget import Widget


LONGEST_ID = 100
"""Signs; no service has longer ids."""


class ContactIdScreen(ParcelScreen):
    """Give the id; the key says whether it is a person's or a department's.

    An id that nobody here knows is asked for twice where it was typed by hand: a slip would give the parcel away.
    """

    KEYMAP = CONTACT_ID_KEYS
    STEP = 2
    SHOWS_ENTRY = True
    SEARCHES = True
    SILENCE_ENDS = False

    def __init__(self, services: Services, parcel: Parcel) -> None:
        super().__init__(services, parcel)
        self._typed = ""
        self._first = ""
        """The unknown id as it was typed the first time."""
        self._is_by_hand = True
        """It was typed; a scanner does not slip."""

    def compose_content(self) -> Iterable[Widget]:
        """Return the field."""
        yield Heading(_("Parcel {parcel}").format(parcel=self.about))
        yield Field(_("Contact id"), _("as the locker service has it, then Enter for a person"))

    def entry_changed(self, text: str) -> None:
        """Show the id as it grows."""
        self._is_by_hand = True
        self._typed = self.query_one(Field).text = text
        self.notice.clear()
        self.show_actions()

    def entry_completed(self, text: str) -> bool:
        """Take the id as a person's."""
        self.entry_changed(text)
        if self.allows(PERSON):
            self._take(ContactType.RECIPIENT)
        return True

    async def takes_scan(self, code: Code) -> bool:
        """Take a scanned id as a person's; what is plainly a parcel's number is a new parcel."""
        if code.is_certain or len(code) > LONGEST_ID:
            return False
        return await self.takes_badge(code)

    async def takes_badge(self, code: Code) -> bool:
        """Take the id on a badge as a person's."""
        self.entry_changed(code)
        # After `entry_changed`, which takes every text for a typed one.
        self._is_by_hand = False
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
        self.leave(GoTo(ShowRecipient(self.parcel)))

    def _take(self, contact_type: ContactType) -> None:
        text = self._typed.strip()
        self.run(
            self.services.queries.directory.by_id(text),
            _("Looking for {contact_id}").format(contact_id=text),
            lambda known: self._choose(known, text, contact_type),
        )

    def _choose(self, known: Contact | None, text: str, contact_type: ContactType) -> None:
        if known is None and self._is_by_hand and text != self._first:
            self._ask_again(text)
            return
        contact = known or Contact(contact_id=text, contact_type=contact_type, name="")
        self.run(
            self.dialogue.is_for(ChooseRecipient(self.parcel), contact),
            _("Recording that it is for {name}").format(name=text),
            lambda question: self.leave(StepDone(question)),
        )

    def _ask_again(self, text: str) -> None:
        differs = bool(self._first)
        self._first = "" if differs else text
        self._typed = self.query_one(Field).text = ""
        self.show_actions()
        if differs:
            title, hint = _("The two ids differ."), _("Type the contact id again from the start.")
            self.call_later(self.notice.say, NoticeKind.STOP, title, hint)
        else:
            title = _("{contact_id} is not in the directory.").format(contact_id=text)
            hint = _("Type it again to make sure that it is right.")
            self.call_later(self.notice.say, NoticeKind.INFO, title, hint)
