"""For whom is it? A few letters of a name and Enter, or a tap on the name."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work

from kiosk.errors import KioskError
from kiosk.models.contacts import Found
from screens.actions import BY_ID, LISTS, RECIPIENT_ACTIONS, THIS_ONE, Action, bindings
from screens.clerk.parcel_step import ParcelScreen
from screens.entry import is_carrier_number
from screens.messages import EntryUsed, Scanned, Showed, StepDone
from screens.widgets.choice_list import Choice, ChoiceList
from screens.widgets.field import Field
from screens.widgets.heading import Heading
from screens.widgets.notice import NoticeKind
from screens.wording import person, where_to_find

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from kiosk.models.contacts import Contact
    from kiosk.models.parcels import Parcel
    from kiosk.services import Services

NO_DIRECTORY = f"This kiosk has no directory of names. Press {BY_ID.key_label} to give a contact id."

CHOOSE = "Take the right one with the arrow keys and Enter, or tap it."


class RecipientScreen(ParcelScreen):
    """Search the directory; the best match is proposed and taken by Enter."""

    ACTIONS: ClassVar[tuple[Action, ...]] = RECIPIENT_ACTIONS
    STEP = 2
    SHOWS_ENTRY = True
    BINDINGS = bindings(*RECIPIENT_ACTIONS, *LISTS)

    def __init__(self, services: Services, parcel: Parcel) -> None:
        super().__init__(services, parcel)
        self._found = Found()
        self._answered: str | None = None
        """What was typed when `_found` was found."""
        self._text = ""
        self._one_after_the_other = asyncio.Lock()

    def begin(self, parcel: Parcel, greeting: tuple[str, str]) -> None:
        """Ask for the next parcel, with nothing left over from the one before."""
        super().begin(parcel, greeting)
        self.busy = False
        if self.is_ready:
            self.query_one(Heading).text = f"Parcel {self.about}"
            self.entry_changed("")
            self._greet()

    def compose_content(self) -> Iterable[Widget]:
        """Return the search field over the names."""
        yield Heading(f"Parcel {self.about}")
        yield Field("Who is it for?", "a few letters of the name, department, room or id")
        yield ChoiceList()

    def appear(self) -> None:
        """Show some names; nobody is proposed before a letter was typed."""
        self._ask(self._text)

    def entry_changed(self, text: str) -> None:
        """Search for what was typed; until the answer is there, the one before stands."""
        self._text = text
        self.query_one(Field).text = text
        self.notice.clear()
        self._ask(self._text)

    def entry_completed(self, text: str) -> bool:
        """Take the name that is proposed for exactly this text, once the search has said which one that is.

        A contact id that was scanned or typed in full is taken at once; what can only be a parcel's number is one.
        """
        chosen = self._highlighted() if self._text == text else None
        self._complete(text, chosen, self.turn)
        return True

    def allows(self, action: Action) -> bool | None:
        """Enter needs somebody to take."""
        if action is THIS_ONE and self._highlighted() is None:
            return False
        return super().allows(action)

    def action_choose(self) -> None:
        """Take the highlighted contact."""
        self.post_message(EntryUsed())
        self._take(self._highlighted())

    def action_move(self, by: int) -> None:
        """Move among the names."""
        self.query_one(ChoiceList).move(by)
        self.show_actions()

    def action_page(self, by: int) -> None:
        """Move among the names by a page."""
        self.query_one(ChoiceList).page(by)
        self.show_actions()

    def action_hold(self) -> None:
        """Lay the parcel on the shelf: nobody knows yet for whom it is, or it has to wait."""
        self.post_message(EntryUsed())
        self.leave(Showed("hold", self.parcel))

    def action_by_id(self) -> None:
        """Give a contact id instead of a name."""
        self.post_message(EntryUsed())
        self.leave(Showed("contact id", self.parcel))

    def on_choice_list_chosen(self, message: ChoiceList.Chosen) -> None:
        """Take the contact that was tapped."""
        message.stop()
        self.post_message(EntryUsed())
        if self.query_one(ChoiceList).rows[message.index : message.index + 1] == (message.row,):
            self._take(self._found.contacts[message.index])

    @work(group="search", exclusive=True)
    async def _ask(self, text: str) -> None:
        """Search in the background; the search before is given up."""
        try:
            found = await self.services.directory.search(text)
        except KioskError as error:
            self.fail(error)
            return
        if self.is_ready and text == self._text:
            self._show(text, found)

    def _show(self, text: str, found: Found) -> None:
        self._found, self._answered = found, text
        names = self.query_one(ChoiceList)
        names.empty = self._nobody(text)
        names.show([_choice(contact) for contact in found.contacts], 0 if found.is_clear else None)
        if found.is_guess:
            self.notice.say(NoticeKind.LOOK, f"Nobody fits “{text}”. Is it one of these?", CHOOSE)
        self.show_actions()

    @work(group="complete")
    async def _complete(self, text: str, chosen: Contact | None, turn: int) -> None:
        """Carry out what Enter or a scanner asked for, in the order in which it was asked."""
        async with self._one_after_the_other:
            try:
                exact = await self.services.directory.by_id(text)
                if exact is None and is_carrier_number(text):
                    self.post_message(Scanned(text))
                    return
                found = Found() if exact or chosen else await self.services.directory.search(text)
            except KioskError as error:
                self.fail(error)
                return
            taken = exact or chosen or (found.contacts[0] if found.is_clear else None)
            if taken is None and not found.contacts and any(sign.isdigit() for sign in text):
                self.post_message(Scanned(text))
            elif self.turn == turn and self.is_ready:
                self._take(taken)
                if taken is None and not self._text:  # else somebody types on
                    self._explain(text, found)

    def _explain(self, text: str, found: Found) -> None:
        """Say why Enter took nobody, over what it was about."""
        if not found.contacts:
            self.notice.say(NoticeKind.LOOK, self._nobody(text))
            return
        self._text = self.query_one(Field).text = text
        self._show(text, found)
        if not found.is_guess:
            self.notice.say(NoticeKind.LOOK, f"More than one fits “{text}”.", CHOOSE)

    def _highlighted(self) -> Contact | None:
        """Return whom Enter takes; nobody while the list still answers what was typed before."""
        index = self.query_one(ChoiceList).highlighted if self._answered == self._text else None
        return None if index is None else self._found.contacts[index]

    def _take(self, contact: Contact | None) -> None:
        if contact is None or self.busy:
            return
        self.run(
            self.services.intake.choose_recipient(self.parcel, contact, self.services.actor),
            f"Noting that it is for {person(contact)}",
            self._taken,
        )

    def _taken(self, parcel: Parcel) -> None:
        if parcel.parcel_id == self.parcel.parcel_id:  # else the screen asks about another parcel by now
            self.leave(StepDone(parcel))

    def _nobody(self, text: str) -> str:
        if not self.services.directory.size:
            return NO_DIRECTORY
        return f"Nobody fits “{text}”. Try fewer letters, or press {BY_ID.key_label} to give a contact id."


def _choice(contact: Contact) -> Choice:
    kind = "department" if contact.contact_type.value == "department" else ""
    return Choice(person(contact), where_to_find(contact), kind or contact.email)
