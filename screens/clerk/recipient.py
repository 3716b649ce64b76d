"""For whom is it? A few letters of a name and Enter, or a tap on the name."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from screens.actions import BY_ID, LISTS, RECIPIENT_ACTIONS, THIS_ONE, Action, bindings
from screens.clerk.box import BoxScreen
from screens.entry import is_carrier_number
from screens.messages import EntryUsed, Showed, StepDone
from screens.widgets.choice_list import Choice, ChoiceList
from screens.widgets.field import Field
from screens.widgets.heading import Heading
from screens.widgets.notice import NoticeKind
from screens.wording import person, pickup_needs, where_to_find

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from kiosk.models.contacts import Contact
    from kiosk.models.parcels import Parcel
    from kiosk.services import Services
    from screens.widgets.notice import Greeting

NO_DIRECTORY = f"This kiosk has no directory of names. Press {BY_ID.key_label} to give a contact id."


class RecipientScreen(BoxScreen):
    """Search the directory; the best match is proposed and taken by Enter."""

    ACTIONS: ClassVar[tuple[Action, ...]] = RECIPIENT_ACTIONS
    STEP = 2
    SHOWS_ENTRY = True
    SEARCHES = True
    BINDINGS = bindings(*RECIPIENT_ACTIONS, *LISTS)

    def __init__(self, services: Services, parcel: Parcel) -> None:
        super().__init__(services, parcel)
        self._found: tuple[Contact, ...] = services.directory.search("")
        self._text = ""
        self._before: Contact | None = None
        """Who had this number before, while that is proposed."""

    def begin(self, parcel: Parcel, greeting: Greeting) -> None:
        """Ask for the next parcel, with nothing left over from the one before."""
        super().begin(parcel, greeting)
        self.busy = False
        if self.is_ready:
            self.query_one(Heading).text = f"Parcel {self.about}"
            self._begin_search()
            self._greet()

    def compose_content(self) -> Iterable[Widget]:
        """Return the search field over the names."""
        yield Heading(f"Parcel {self.about}")
        yield Field("Who is it for?", "a few letters of the name, department, room or id")
        yield ChoiceList([self._choice(contact) for contact in self._found], empty=self._nobody())

    def appear(self) -> None:
        """Propose nobody before a letter was typed, but who had this number before."""
        self._begin_search()
        self._greet()

    def entry_changed(self, text: str) -> None:
        """Search for what was typed."""
        self._text = text
        self._found = self.services.directory.search(text)
        self.query_one(Field).text = text
        names = self.query_one(ChoiceList)
        names.empty = self._nobody()
        names.show([self._choice(contact) for contact in self._found], 0 if text.strip() else None)
        self.notice.clear()
        self.show_actions()

    def entry_completed(self, text: str, *, scanned: bool) -> bool:
        """Take the proposed name; a contact id that was scanned or typed in full is taken at once."""
        exact = self.services.directory.by_id(text)
        if exact is not None:
            self._take(exact)
            return True
        if (
            (scanned and _is_code(text))
            or is_carrier_number(text)
            or (not self._found and any(sign.isdigit() for sign in text))
        ):
            return False
        if not self._found:
            self.call_later(self.notice.say, NoticeKind.LOOK, self._nobody())
        self._take(self._highlighted())
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
        """Lay the parcel on the shelf, under the name that was typed: nobody fits it yet, or the parcel has to wait."""
        self.post_message(EntryUsed())
        self.run(
            self.services.intake.note_name(self.parcel, self._text, self.services.actor),
            "Noting the name",
            lambda parcel: self.leave(Showed("hold", parcel)),
        )

    def action_by_id(self) -> None:
        """Give a contact id instead of a name."""
        self.post_message(EntryUsed())
        self.leave(Showed("contact id", self.parcel))

    def on_choice_list_chosen(self, message: ChoiceList.Chosen) -> None:
        """Take the contact that was tapped."""
        message.stop()
        self.post_message(EntryUsed())
        self._take(self._found[message.index])

    def _begin_search(self) -> None:
        """Search for the name on the label, as far as it was read before; the first letter typed replaces it."""
        self._before = None
        self.entry_changed(self.parcel.recipient_read)
        self.app.run_worker(self._remember(self.turn), group="flows", exit_on_error=False)

    async def _remember(self, turn: int) -> None:
        """Propose who had this number before, unless the search has begun."""
        before = await self.services.memory.recipient_before(self.parcel)
        if before is not None and turn == self.turn and self.is_ready and not self._text:
            self._before = before
            self._found = (before, *(each for each in self._found if each.contact_id != before.contact_id))
            self.query_one(ChoiceList).show([self._choice(contact) for contact in self._found], 0)
            self.show_actions()

    def _choice(self, contact: Contact) -> Choice:
        known = "had this number before" if contact == self._before else ""
        where = where_to_find(contact)
        return Choice(
            person(contact), " · ".join(part for part in (known, where) if part), pickup_needs(contact) or contact.email
        )

    def _highlighted(self) -> Contact | None:
        index = self.query_one(ChoiceList).highlighted if self._found else None
        return None if index is None else self._found[index]

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

    def _nobody(self) -> str:
        if not len(self.services.directory):
            return NO_DIRECTORY
        return f"Nobody fits “{self._text}”. Try fewer letters, or press {BY_ID.key_label} to give a contact id."


def _is_code(text: str) -> bool:
    """Tell a barcode from words to search for, both of which a scanner or a script may send."""
    return not any(word.isalpha() for word in text.split())
