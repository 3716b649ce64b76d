"""For whom is it? A few letters of a name and Enter, or a tap on the name."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import work

from kiosk.desk.questions import ChooseLocker, ChooseRecipient, Question
from kiosk.errors import KioskError
from kiosk.parcels.contacts import Contact, Matches
from kiosk.parcels.parcel import Parcel
from kiosk.tracking.codes import Code
from kiosk.wiring import Services
from kiosk.words.language import N_, _
from kiosk.words.people import person, where_to_find
from screens.actions import Action
from screens.clerk.parcel_screen import ParcelScreen
from screens.clerk_actions import BY_ID, RECIPIENT_KEYS, THIS_ONE
from screens.destinations import ShowContactId, ShowShelf
from screens.messages import EntryUsed, GoTo, StepDone
from screens.widgets.choice_list import Choice, ChoiceList
from screens.widgets.field import Field
from screens.widgets.heading import Heading
from screens.widgets.notice import Greeting, NoticeKind
from screens.wording import pickup_needs

if TYPE_CHECKING:
    from textual.widget import Widget

CHOOSE = N_("Select the right one with the arrow keys and press Enter, or tap it.")


class RecipientScreen(ParcelScreen):
    """Search the directory; the best match is proposed and taken by Enter."""

    KEYMAP = RECIPIENT_KEYS
    STEP = 2
    SHOWS_ENTRY = True
    SEARCHES = True

    def __init__(self, services: Services, parcel: Parcel | None = None) -> None:
        super().__init__(services, parcel)
        self._found = Matches()
        self._answered: str | None = None
        """What was typed when `_found` was found."""
        self._text = ""
        self._before: Contact | None = None
        """Who had this number before, while that is proposed."""
        self._one_after_the_other = asyncio.Lock()

    def begin(self, parcel: Parcel, greeting: Greeting) -> None:
        """Ask for the next parcel, with nothing left over from the one before."""
        super().begin(parcel, greeting)
        # `leave` made it busy, and this screen is not thrown away after it was left.
        self.busy = False
        # Where it is not ready, it is about to be mounted, and `appear` begins the search.
        if self.is_ready:
            self.query_one(Heading).text = self._title
            self._begin_search()
            self.greet()
            self.ask_anew()  # where it is shown already, nothing tells it that it was resumed

    def compose_content(self) -> Iterable[Widget]:
        """Return the search field over the names."""
        yield Heading(self._title)
        yield Field(_("Who is it for?"), _("a few letters of the name, department, room or id"))
        yield ChoiceList()

    def appear(self) -> None:
        """Propose nobody before a letter was typed, but who had this number before; wait while there is no parcel."""
        if self._parcel is not None:
            self._begin_search()
            self.greet()

    def entry_changed(self, text: str) -> None:
        """Search for what was typed; until the answer is there, the one before stands."""
        self._text = text
        self.query_one(Field).text = text
        self.notice.clear()
        self._ask(self._text)

    def entry_completed(self, text: str) -> bool:
        """Take the name that is proposed for exactly this text, once the search has said which one that is.

        A contact id that was typed in full is taken at once; what nobody has is no barcode.
        """
        # Noted at the Enter: the list may answer another text when its turn comes.
        chosen = self._highlighted() if self._text == text else None
        self._complete(text, chosen, self.turn, was_only_one=chosen is not None and _is_only_one(self._found))
        return True

    async def takes_scan(self, code: Code) -> bool:
        """Take a contact id that was scanned, off a badge for example; any other barcode is a parcel's."""
        try:
            contact = await self.services.queries.directory.by_id(code)
        except KioskError as error:
            self.fail(error)
            # It may be a badge; taken in as a parcel it would be one that nobody brought.
            return True
        if contact is not None:
            self._take(contact, is_only_one=True)
        return contact is not None

    async def takes_badge(self, code: Code) -> bool:
        """Take the person whose badge it is."""
        return await self.takes_scan(code)

    def allows(self, action: Action) -> bool | None:
        """Enter needs somebody to take."""
        if action is THIS_ONE and self._highlighted() is None:
            return False
        return super().allows(action)

    def action_choose(self) -> None:
        """Take the highlighted contact."""
        self.post_message(EntryUsed())
        self._take(self._highlighted(), is_only_one=_is_only_one(self._found))

    def action_move(self, by: int) -> None:
        """Move among the names."""
        self.query_one(ChoiceList).move(by)
        self.show_actions()

    def action_page(self, by: int) -> None:
        """Move among the names by a page."""
        self.query_one(ChoiceList).page(by)
        self.show_actions()

    def action_hold(self) -> None:
        """Put the parcel on the shelf, under the name that was typed: nobody fits it yet, or the parcel has to wait."""
        self.post_message(EntryUsed())
        self.run(
            self.services.desk.intake.note_name(self.parcel, self._text, self.person),
            _("Recording the name"),
            lambda parcel: self.leave(GoTo(ShowShelf(parcel))),
        )

    def action_by_id(self) -> None:
        """Give a contact id instead of a name."""
        self.post_message(EntryUsed())
        self.leave(GoTo(ShowContactId(self.parcel)))

    def on_choice_list_chosen(self, message: ChoiceList.Chosen) -> None:
        """Take the contact that was tapped."""
        message.stop()
        self.post_message(EntryUsed())
        # The list may hold other names by the time that the tap is looked at.
        if self._answered is not None and self.query_one(ChoiceList).rows[message.index : message.index + 1] == (
            message.row,
        ):
            self._take(self._found.contacts[message.index], is_only_one=_is_only_one(self._found))

    @work(group="search", exclusive=True)
    async def _ask(self, text: str) -> None:
        """Search in the background; the search before is dropped."""
        try:
            found = await self.services.queries.directory.search(text)
        except KioskError as error:
            self.fail(error)
            return
        if self.is_ready and text == self._text:
            self._show(text, found)

    def _show(self, text: str, found: Matches) -> None:
        if self._before is not None and not text:
            found = found.led_by(self._before)
        self._found, self._answered = found, text
        names = self.query_one(ChoiceList)
        names.empty = self._nobody(text)
        names.show([self._choice(contact) for contact in found.contacts], 0 if found.is_clear else None)
        if found.is_guess:
            self.notice.say(
                NoticeKind.LOOK, _("Nobody matches “{text}”. Is it one of these?").format(text=text), _(CHOOSE)
            )
        self.show_actions()

    @work(group="complete")
    async def _complete(self, text: str, chosen: Contact | None, turn: int, *, was_only_one: bool) -> None:
        """Carry out what Enter asked for, in the order in which it was asked."""
        async with self._one_after_the_other:
            try:
                # A whole id outranks what the list proposes, which may only resemble it.
                exact = await self.services.queries.directory.by_id(text)
                found = Matches() if exact or chosen else await self.services.queries.directory.search(text)
            except KioskError as error:
                self.fail(error)
                return
            taken = exact or chosen or (found.contacts[0] if found.is_clear else None)
            if self.turn == turn and self.is_ready:
                self._take(taken, is_only_one=exact is not None or was_only_one or _is_only_one(found))
                if taken is None and not self._text:  # else somebody types on
                    self._explain(text, found)

    def _explain(self, text: str, found: Matches) -> None:
        """Say why Enter took nobody, over what it was about."""
        if not found.contacts:
            self.notice.say(NoticeKind.LOOK, self._nobody(text))
            return
        self._text = self.query_one(Field).text = text
        self._show(text, found)
        if not found.is_guess:
            self.notice.say(NoticeKind.LOOK, _("More than one matches “{text}”.").format(text=text), _(CHOOSE))

    @property
    def _title(self) -> str:
        return _("Parcel {parcel}").format(parcel=self.about) if self._parcel is not None else ""

    def _begin_search(self) -> None:
        """Search for the name on the label, as far as it was read before; the first letter typed replaces it.

        Until it is answered, nobody can be taken. It begins once the screen is there: beside it, the threads that
        search would hold its drawing up.
        """
        self._before, self._found, self._answered = None, Matches(), None
        self._text = self.query_one(Field).text = self.parcel.recipient_read
        self.query_one(ChoiceList).highlighted = None
        self.call_after_refresh(self._search_for_the_label, self.turn)

    def _search_for_the_label(self, turn: int) -> None:
        if turn == self.turn and self.is_ready and self._text == self.parcel.recipient_read:
            self._ask(self._text)
        self.app.run_worker(self._remember(turn), group="flows", exit_on_error=False)

    async def _remember(self, turn: int) -> None:
        """Propose who had this number before, unless the search has begun."""
        before = await self.services.queries.recipient_history.recipient_before(self.parcel)
        if before is not None and turn == self.turn and self.is_ready and not self._text:
            self._before = before
            if not self._answered:
                self._show("", self._found)

    def _choice(self, contact: Contact) -> Choice:
        known = _("had this number before") if contact == self._before else ""
        where = where_to_find(contact)
        return Choice(
            person(contact), " · ".join(part for part in (known, where) if part), pickup_needs(contact) or contact.email
        )

    def _highlighted(self) -> Contact | None:
        """Return whom Enter takes; nobody while the list still answers what was typed before."""
        index = self.query_one(ChoiceList).highlighted if self._answered == self._text else None
        return None if index is None else self._found.contacts[index]

    def _take(self, contact: Contact | None, *, is_only_one: bool) -> None:
        if contact is None or self.busy:
            return
        waiting = _("Recording that it is for {name}").format(name=person(contact))
        self.run(self._choose(ChooseRecipient(self.parcel), contact, at_once=is_only_one), waiting, self._taken)

    async def _choose(self, question: ChooseRecipient, contact: Contact, *, at_once: bool) -> Question:
        """Record for whom the parcel is; with `at_once` reserve a locker too, where the settings and the case allow."""
        queries = self.services.queries
        chosen = await self.dialogue.is_for(question, contact)
        at_once = at_once and self.services.settings.desk.reserve_at_once and not queries.activity.is_down
        if not at_once or not isinstance(chosen, ChooseLocker):
            return chosen
        try:
            proposal = await queries.proposals.propose(chosen.parcel)
        except KioskError:
            return chosen  # the locker's screen asks again, and says it
        return await self.dialogue.take_undoubted(chosen, proposal)

    def _taken(self, question: Question) -> None:
        if question.parcel.parcel_id == self.parcel.parcel_id:  # else the screen asks about another parcel by now
            self.leave(StepDone(question))

    def _nobody(self, text: str) -> str:
        if not self.services.queries.directory.size:
            said = _("This kiosk has no directory of names. Press {key} to type a contact id.")
        else:
            said = _("Nobody matches “{text}”. Try fewer letters, or press {key} to type a contact id.")
        return said.format(text=text, key=BY_ID.key_label)


def _is_only_one(found: Matches) -> bool:
    """Tell whether nobody else fits what was typed, with no letter put right."""
    return len(found.contacts) == 1 and not found.is_guess
