"""Who works at the desk now, and what the screen shows while nobody does: signing in and out, and handing over.

    working -> cleared -> signed out -> working      where people sign in
    working -> cleared -> working                    where nobody does

Nothing of the desk's work can be reached, and nothing is taken in, while nobody is there. Who may sign in is the
business of `kiosk/desk/people.py`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from enum import Enum, auto
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from textual.app import App

from kiosk.errors import KioskError, StorageError
from kiosk.parcels.states import Role, SignIn, SignOut
from kiosk.scanner.tokens import Scan
from kiosk.tracking.codes import Code
from kiosk.words.language import N_, _
from screens.destinations import ShowIdle, ShowSignIn
from screens.flow import with_words
from screens.idling import Idling
from screens.keyboard import Keyboard
from screens.messages import OpenParcel
from screens.navigator import Navigator
from screens.speaking import Speaking
from screens.taking_in import TakingIn
from screens.widgets.notice import NoticeKind

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel
    from kiosk.parcels.people import Person
    from kiosk.wiring import Services

WITH_NOBODY: Final = frozenset({"leave", "next_theme", "language"})
"""What of the keys that work everywhere works while nobody is there."""

IN_HAND = N_("This parcel was open when the desk was left.")
STILL_THERE = N_("Go on with it, or press Esc: then it stays under Unfinished.")

_log = logging.getLogger(__name__)


class _State(Enum):
    """Whether somebody works."""

    WORKING = auto()
    CLEARED = auto()
    """Nobody is there, and nothing is shown."""
    SIGNED_OUT = auto()
    """Nobody is there, and the screen asks who is."""


class Shift:
    """A part of the app."""

    def __init__(
        self, app: App[Any], navigator: Navigator, taking_in: TakingIn, typing: Keyboard, speaking: Speaking
    ) -> None:
        self._app = app
        self._navigator = navigator
        self._taking_in = taking_in
        self._typing = typing
        self._speaking = speaking
        self._services: Services | None = None
        self.idling = Idling(app, navigator, self._clear)
        self._state = _State.WORKING
        self._signed_in: Person | None = None
        """Who signed in, in a role of their own; at the desk everybody does a clerk's work."""
        self._held: list[Scan] = []
        """What was scanned while nobody was there."""
        self._in_hand = ""
        """The id of the parcel that was open when the desk was left."""

    async def open(self, services: Services) -> None:
        """Follow these services; ask who works at the desk where people sign in."""
        self._services = services
        wanted = services.settings.people
        if wanted.sign_in:
            self._become(_State.SIGNED_OUT)
            await asyncio.to_thread(import_module, "screens.making")
            await self.ask_who()
        self.idling.open(services.clock, wanted.idle_minutes)

    def allows(self, action: str) -> bool:
        """Tell whether a key that works everywhere works now."""
        return action in WITH_NOBODY or not self._navigator.is_left

    def leaves_to_next(self, parcel: Parcel) -> bool:
        """Let a parcel be asked for once somebody is there, and tell whether nobody is."""
        if self._navigator.is_left:
            self._in_hand = parcel.parcel_id
        return self._navigator.is_left

    async def change(self) -> None:
        """Ask who takes over; whoever is signed in goes on until then."""
        if self._signed_in is not None:
            await self._navigator.cover(ShowSignIn(self._sign_in_later, self._sign_out_later, self._signed_in.name))

    async def admitted(self, scans: Sequence[Scan]) -> Sequence[Scan]:
        """Take badges out of what was scanned, and return what is to be taken in now.

        What is scanned while nobody is there waits for whoever signs in: it is a parcel in no one's name.
        """
        services = self._services
        if services is None:
            return scans
        await self.idling.stay()
        if not services.settings.people.sign_in:
            if self._state is _State.CLEARED:
                self._in_hand = ""  # what is scanned is worked on instead
                await self._go_on()
            return scans
        parcels = [scan for scan in scans if not await self._is_badge(services, scan)]
        if not self._navigator.is_left:
            return parcels
        self._held += parcels
        await self.ask_who()
        if parcels:
            self._say_what_waits()
        return ()

    async def take_badge(self, code: Code) -> bool:
        """Let in whose badge a reader of its own has read; False where it is nobody's, or where nobody signs in."""
        services = self._services
        self.idling.somebody_moved()
        await self.idling.stay()
        if services is None or not services.settings.people.sign_in:
            return False
        return await self._lets_in(services, code)

    async def _clear(self) -> None:
        """Let names and codes go from the screen; open work waits in its list."""
        services, before = self._services, self._state
        if services is None or before is _State.CLEARED:
            return
        self._become(_State.CLEARED)
        if before is _State.WORKING:
            await self._leave(services, SignOut.IDLE)
        else:
            await self._navigator.go_home()
        await self._navigator.cover(ShowIdle(self._wake_later, services.settings.people.sign_in))

    def _wake_later(self) -> None:
        self._app.call_later(self._wake)

    async def _wake(self) -> None:
        if self._state is not _State.CLEARED or self._services is None:
            return
        if self._services.settings.people.sign_in:
            await self.ask_who()
        else:
            await self._go_on()

    def _become(self, state: _State) -> None:
        self._state = state
        self._navigator.is_left = state is not _State.WORKING

    def _sign_out_later(self) -> None:
        self._app.call_later(self._sign_out)

    async def _sign_out(self) -> None:
        if self._services is not None and not self._navigator.is_left:
            self._become(_State.SIGNED_OUT)
            await self._leave(self._services, SignOut.ASKED)
            await self.ask_who()

    async def _leave(self, services: Services, why: SignOut) -> None:
        """Leave every screen; note what was open, and that whoever was signed in is gone."""
        in_hand = self._navigator.in_hand
        self._in_hand = in_hand.parcel_id if in_hand is not None else ""
        self._typing.forget()
        await self._navigator.go_home()
        await self._speaking.go()
        person, self._signed_in = self._signed_in, None
        self._navigator.signed_in = ""
        if person is not None:
            try:
                await services.desk.people.note_signed_out(person, why)
            except StorageError as error:  # the desk is left all the same
                _log.warning("The sign-out of %s was not recorded: %s", person.name, error)

    async def ask_who(self) -> None:
        """Show nothing but the question who is there."""
        from screens.clerk.sign_in import SignInScreen  # noqa: PLC0415 - not for the first frame

        if not self._navigator.is_left or isinstance(self._app.screen, SignInScreen):
            return
        self._become(_State.SIGNED_OUT)
        await self._navigator.go_home()
        await self._navigator.cover(ShowSignIn(self._sign_in_later, self._sign_out_later))

    def _say_what_waits(self) -> None:
        from screens.clerk.sign_in import SignInScreen  # noqa: PLC0415 - not for the first frame

        if isinstance(shown := self._app.screen, SignInScreen):
            shown.say_what_waits(sum(len(scan.codes) for scan in self._held))

    async def _is_badge(self, services: Services, scan: Scan) -> bool:
        """Tell whether a scan was a badge, or taken for one that nobody has, and do what follows from it."""
        code = scan.codes[0]
        if len(scan.codes) > 1 or scan.follows or not services.desk.people.may_be_badge(code):
            return False
        return await self._lets_in(services, code)

    async def _lets_in(self, services: Services, code: Code) -> bool:
        """Let in whose badge this is; False for what is nobody's while somebody works, and may be a parcel."""
        from pydantic import SecretStr  # noqa: PLC0415 - not for the first frame

        people, badge = services.desk.people, SecretStr(code)
        try:
            finding = people.sign_in_by_badge(badge) if self._navigator.is_left else people.whose_badge(badge)
            person = await with_words(self._navigator.shown, finding, _("Reading the badge"))
        except KioskError as error:
            await self.ask_who()
            self._fail(error)
            return True
        if person is not None:
            await self._sign_in(person, SignIn.BADGE)
        return person is not None

    def _sign_in_later(self, person: Person, by: SignIn) -> None:
        self._app.call_later(self._sign_in, person, by)

    async def _sign_in(self, person: Person, by: SignIn) -> None:
        """Let somebody work here from now on; what was begun before ends in the name of whoever began it."""
        services, before = self._services, self._signed_in
        if services is None:
            return
        if before is not None and before.name == person.name:
            await self._uncover()
            self._say_signed_in(person)
            return
        try:
            if before is not None:
                await services.desk.people.note_signed_out(before, SignOut.TAKEN_OVER)
            await services.desk.people.note_signed_in(person, by)
        except StorageError as error:  # nobody works here unrecorded
            self._fail(error)
            return
        self._signed_in = person
        self._navigator.person = person.model_copy(update={"role": Role.CLERK})
        self._navigator.signed_in = person.name
        if self._navigator.is_left:
            await self._speaking.come(person.language)
            await self._go_on()
        else:
            await self._uncover()
            await self._speaking.take_over(person.language)
            self._navigator.show_status()
            self._say_signed_in(person)

    async def _go_on(self) -> None:
        """Go on with what waits: parcels that were scanned meanwhile, else the one that was in somebody's hands."""
        self._become(_State.WORKING)
        self._typing.forget()
        await self._navigator.go_home()
        self._navigator.show_status()
        held, self._held = self._held, []
        in_hand, self._in_hand = self._in_hand, ""
        if held:
            await self._taking_in.take_in_scans(held)
        elif in_hand and self._services is not None:
            try:
                parcel = await self._services.queries.parcel(in_hand)
            except StorageError as error:
                self._fail(error)
                return
            if parcel is not None and parcel.unfinished:
                self._app.post_message(OpenParcel(parcel, _(IN_HAND), _(STILL_THERE)))

    async def _uncover(self) -> None:
        """Take the question who takes over off the work that goes on."""
        from screens.clerk.sign_in import SignInScreen  # noqa: PLC0415 - not for the first frame

        if isinstance(self._app.screen, SignInScreen):
            self._typing.forget()
            await self._app.pop_screen()

    def _say_signed_in(self, person: Person) -> None:
        shown = self._navigator.shown
        if shown is not None and shown.is_ready and not shown.busy:
            shown.notice.say(NoticeKind.DONE, _("{name} is signed in.").format(name=person.name))

    def _fail(self, error: KioskError) -> None:
        if (shown := self._navigator.shown) is not None:
            shown.fail(error)
