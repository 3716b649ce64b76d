"""Who works at the desk: choose a name and type the PIN, or scan the badge. A PIN is shown as dots and kept nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import ceil
from typing import TYPE_CHECKING

from pydantic import SecretStr

from kiosk.errors import KioskError, SignInError
from kiosk.folding import fold
from kiosk.parcels.states import SignIn
from kiosk.tracking.codes import Code
from kiosk.words.errors import explain
from kiosk.words.language import N_, _, ngettext
from kiosk.words.states import role_word
from screens.actions import GO_BACK, Action
from screens.base import ClerkScreen
from screens.clerk_actions import LANGUAGE
from screens.messages import EntryUsed, Failed
from screens.people_actions import CHOOSE, SIGN_IN_KEYS, SIGN_OUT
from screens.stack import drop
from screens.widgets.choice_list import Choice, ChoiceList
from screens.widgets.heading import Heading
from screens.widgets.notice import Greeting, NoticeKind
from screens.widgets.pin_pad import PinPad

if TYPE_CHECKING:
    from textual.widget import Widget

    from kiosk.parcels.people import ListedPerson, Person
    from kiosk.wiring import Services

OR_BADGE = N_("or scan your badge")
NOBODY_LISTED = N_("Nobody is listed yet. An administrator adds people: `kiosk people add`.")


class SignInScreen(ClerkScreen):
    """Two questions in one place: who, and the PIN. `signed_in` works here until somebody takes over."""

    DEFAULT_CLASSES = "-pad"
    KEYMAP = SIGN_IN_KEYS
    SHOWS_ENTRY = True
    SEARCHES = True

    def __init__(
        self,
        services: Services,
        then: Callable[[Person, SignIn], None],
        sign_out: Callable[[], None],
        signed_in: str = "",
    ) -> None:
        super().__init__()
        self._services = services
        self._then = then
        self._sign_out = sign_out
        self._signed_in = signed_in
        self._people: tuple[ListedPerson, ...] = ()
        self._chosen: ListedPerson | None = None
        self._seconds = 0
        """For how long the PIN is not asked for, after wrong ones."""

    def compose_content(self) -> Iterable[Widget]:
        """Return the names, and the pad that takes their place."""
        yield Heading(self._heading(), self._aside())
        yield ChoiceList(empty=_("Reading the list..."))
        pad = PinPad(self._last_key())
        pad.display = False
        yield pad

    def appear(self) -> None:
        """Read who is listed."""
        self.run(self._services.desk.people.listed(), _("Reading the list"), self._list, opening=True)

    def entry_changed(self, text: str) -> None:
        """Show how many digits were typed, or go to the name that begins like this."""
        if self._chosen is not None:
            self._pad.count = len(text)
            self.show_actions()
        elif text:
            found = (index for index, each in enumerate(self._people) if fold(each.name).startswith(fold(text)))
            if (index := next(found, None)) is not None:
                self._list_of_names.highlighted = index

    def entry_completed(self, text: str) -> bool:
        """Take the name or the PIN; nothing typed here is ever a parcel's number."""
        if self._chosen is None:
            self._choose(self._list_of_names.highlighted)
        elif text and not self._seconds:
            people = self._services.desk.people
            checking = people.sign_in_by_pin(self._chosen.person_id, SecretStr(text))
            self._pad.count = 0
            # `opening` keeps the greeting, which says what waits to be taken in.
            self.run(checking, _("Checking the PIN"), lambda person: self._then(person, SignIn.PIN), opening=True)
        return True

    async def takes_scan(self, code: Code) -> bool:
        """Refuse what is nobody's badge: it may be a PIN that was typed fast, and must never become a parcel."""
        if not self._services.desk.people.may_be_badge(code):
            return False
        self.fail(SignInError("badge_unknown"))
        return True

    def label_of(self, action: Action) -> str:
        """Name what Enter and Esc do now."""
        if action is CHOOSE and self._chosen is not None:
            return self._last_key()
        return _("Other name") if action is GO_BACK and self._chosen is not None else super().label_of(action)

    def allows(self, action: Action) -> bool | None:
        """Offer a way back where there is one."""
        # Both also while the list is read: nothing has to be finished here.
        if action is SIGN_OUT:
            return True if self._signed_in and self._chosen is None else None
        if action is GO_BACK:
            return True if self._signed_in or self._chosen is not None else None
        if action is LANGUAGE:
            return True if self._chosen is None else None
        can_be_taken = bool(self._people) if self._chosen is None else bool(self._pad.count) and not self._seconds
        return super().allows(action) and can_be_taken

    def action_choose(self) -> None:
        """Take the name that is highlighted; a PIN is typed before."""
        if self._chosen is None:
            self._choose(self._list_of_names.highlighted)

    def action_move(self, by: int) -> None:
        """Move in the list."""
        self._list_of_names.move(by)

    def action_page(self, by: int) -> None:
        """Move in the list by a window full."""
        self._list_of_names.page(by)

    def action_go_back(self) -> None:
        """Go back to the names, and from there to the work of whoever is signed in."""
        self.post_message(EntryUsed())
        if self._chosen is not None:
            self._ask_who()
        elif self._signed_in:
            drop(self)

    def action_sign_out(self) -> None:
        """Leave the desk to nobody."""
        self._sign_out()

    def on_choice_list_chosen(self, message: ChoiceList.Chosen) -> None:
        """Take the name that was tapped."""
        message.stop()
        self._choose(message.index)

    def on_resize(self) -> None:
        """Offer to turn pages only where that is needed."""
        self.show_actions()

    def offer_undo(self, label: str) -> None:
        """Offer nothing."""
        del label

    def fail(self, error: KioskError, *, about: str = "") -> None:
        """Say what is about signing in; what fails in the background is about parcels, and stands in the lists."""
        if self.is_ready and not about:
            said = explain(error, to_clerk=True)
            self.notice.say(NoticeKind.LOOK if error.retryable else NoticeKind.STOP, said.line, said.hint)
            self.post_message(Failed(self.notice.kind))

    async def failed(self, error: KioskError) -> None:
        """Say that it was wrong, and wait where there were too many tries."""
        self.fail(error)
        if isinstance(error, SignInError):
            await self._count_down(self._chosen)

    def say_what_waits(self, count: int) -> None:
        """Say that so many codes were scanned, and what becomes of them."""
        text = ngettext(
            "{count} parcel was scanned. It is taken in as soon as you sign in.",
            "{count} parcels were scanned. They are taken in as soon as you sign in.",
            count,
        )
        self.greeting = Greeting(_("Sign in first."), text.format(count=count))
        if self.is_ready and not self.busy:
            self.greet()

    @property
    def _pad(self) -> PinPad:
        return self.query_one(PinPad)

    @property
    def _list_of_names(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    def _heading(self) -> str:
        if self._chosen is not None:
            return _("PIN of {name}").format(name=self._chosen.name)
        if self._signed_in:
            return _("{name} is signed in. Who takes over?").format(name=self._signed_in)
        return _("Who works at the desk?")

    def _last_key(self) -> str:
        return _("Sign in")

    def _aside(self) -> str:
        return _(OR_BADGE)

    def _list(self, people: tuple[ListedPerson, ...]) -> None:
        self._people = people
        self._list_of_names.empty = _(NOBODY_LISTED)
        self._list_of_names.show([Choice(each.name, _about(each)) for each in people])
        self.show_actions()

    def _choose(self, index: int | None) -> None:
        if index is None or index >= len(self._people) or self.busy:
            return
        self.post_message(EntryUsed())
        person = self._people[index]
        if not person.has_pin:
            self.fail(SignInError("no_pin", name=person.name))
            return
        self._chosen = person
        self.greet()
        self._show()

    def _ask_who(self) -> None:
        self._chosen, self._seconds = None, 0
        self.greet()
        self._show()

    def _show(self) -> None:
        """Show the question as it is now."""
        has_name = self._chosen is not None
        self.query_one(Heading).text = self._heading()
        self._list_of_names.display, self._pad.display = not has_name, has_name
        self._pad.count, self._pad.is_on = 0, not self._seconds
        self.show_actions()
        self.ask_anew()

    async def _count_down(self, chosen: ListedPerson | None) -> None:
        """Show how long there is to wait, once a second; whoever chose another name meanwhile is let alone."""
        if chosen is None or chosen is not self._chosen:
            return
        before, self._seconds = self._seconds, ceil(await self._services.desk.people.wait(chosen.person_id))
        if not self.is_ready or not (before or self._seconds):
            return
        self._pad.is_on = not self._seconds
        self.show_actions()
        if self._seconds:
            text = ngettext("Try again in {count} second.", "Try again in {count} seconds.", self._seconds)
            self.notice.say(NoticeKind.LOOK, _("The PIN was wrong too often."), text.format(count=self._seconds))
            self.set_timer(1, lambda: self._count_down(chosen))
        else:
            self.greet()


def _about(person: ListedPerson) -> str:
    role = role_word(person.role)
    return role if person.has_pin else _("{role}, by badge only").format(role=role)
