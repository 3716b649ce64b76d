"""Which screens lie on one another: home at the bottom, an intake's screen above it, at most one more on top.

What a screen shows is its own business; which one a parcel needs is in `screens/route.py`.
"""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from textual.app import App

from screens.base import ClerkScreen
from screens.clerk.home import HomeScreen
from screens.clerk.parcel_screen import ParcelScreen
from screens.destinations import ParcelDestination, ShowRecipient, TopDestination
from screens.messages import ScreenWanted
from screens.textual_patches import mount_ahead
from screens.widgets.notice import Greeting
from screens.widgets.parcel_list import FOR_FINGERS
from screens.wording import status_of

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel
    from kiosk.parcels.people import Person
    from kiosk.wiring import Services

ScreenT = TypeVar("ScreenT", bound=ClerkScreen)

KEPT = "recipient"
"""The name under which the app keeps the recipient screen."""


class Navigator:
    """Pushes, exchanges and drops the clerk's screens."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._services: Services | None = None
        self.person: Person
        """Who works at the desk, once it is open."""
        self.signed_in = ""
        """The name of whoever signed in, as the last row shows it."""
        self.is_left = False
        """Nobody works at the desk: no screen of its work may be shown."""
        self._is_for_fingers = False
        """Whether there is no other keyboard at the desk."""
        self.has_keyboard = False
        """Whether letters stand in the place of the keys where a screen has a field."""
        self.last = ""
        """The id of the parcel that was shown last."""
        self._recipient: ParcelScreen | None = None
        """Made ahead and used for every parcel: a clerk waits for it after every scan, and making it takes longest."""

    def open(self, services: Services) -> None:
        """Make screens with these services from now on."""
        from kiosk.wiring import person_at_desk  # noqa: PLC0415 - not for the first frame

        self._services = services
        self.person = person_at_desk(services.settings)
        self._is_for_fingers = services.settings.touch.keyboard.value == "always"
        self.show_keyboard(is_on=self._is_for_fingers)

    async def make_ahead(self, services: Services) -> None:
        """Load every screen, and make the one that follows a scan, so that not even the first one waits for it."""
        await asyncio.to_thread(import_module, "screens.making")
        from screens.making import make_recipient_screen, make_sample  # noqa: PLC0415 - not for the first frame

        await self.home.offer(await make_sample(services))
        self._recipient = make_recipient_screen(services)
        self._app.install_screen(self._recipient, KEPT)
        await mount_ahead(self._app, self.dressed(self._recipient))

    async def say_anew(self, services: Services) -> None:
        """Say in the language of now what home says, and make anew what was made ahead."""
        self.home.say_anew()
        before, self._recipient = self._recipient, None
        if before is not None:
            self._app.uninstall_screen(KEPT)
            await before.remove()
            await self.make_ahead(services)
        self.show_status()

    @property
    def is_up(self) -> bool:
        """Whether there are still screens; none are left while the app closes."""
        return bool(self._app._screen_stack)  # noqa: SLF001 - the public property raises where there is none

    @property
    def shown(self) -> ClerkScreen | None:
        """The clerk's screen that takes keys now."""
        screen = self._app.screen if self.is_up else None
        return screen if isinstance(screen, ClerkScreen) else None

    @property
    def in_hand(self) -> Parcel | None:
        """The parcel on the screen, or beneath what covers it."""
        stack = self._app.screen_stack if self.is_up else ()
        return next((each.parcel for each in reversed(stack) if isinstance(each, ParcelScreen)), None)

    @property
    def home(self) -> HomeScreen:
        """The screen at the bottom."""
        home = self._app.screen_stack[0]
        if not isinstance(home, HomeScreen):
            raise TypeError("home lies at the bottom of the screens")
        return home

    def is_still_wanted(self, asked: ScreenWanted) -> bool:
        """Tell whether the screen that asks is still there, and still about what it was about when it asked.

        Nothing is while nobody works at the desk. Home is always there: what it asks for counts while nothing lies on
        it, for a scan may have come right behind.
        """
        if self.is_left:
            return False
        origin, stack = asked.origin, self._app.screen_stack
        if not isinstance(origin, ClerkScreen):
            return origin is None
        return origin.turn == asked.turn and origin in (stack[-1:] if origin is self.home else stack)

    async def show(self, to: ParcelDestination, greeting: Greeting) -> None:
        """Show a screen about a parcel instead of the one above home."""
        if self._services is None or not self.is_up:
            return
        from screens.making import make_parcel_screen  # noqa: PLC0415 - not for the first frame

        kept = self._recipient if isinstance(to, ShowRecipient) else None
        screen = kept or make_parcel_screen(to, self._services)
        # Before it is pushed, so that the first picture is of this parcel and none of the one before.
        screen.begin(to.parcel, greeting)
        self.last = to.parcel.parcel_id
        self.dressed(screen)
        # What covers the intake's screen goes first: `switch_screen` exchanges only the one on top.
        while len(self._app.screen_stack) > 2:
            await self._app.pop_screen()
        if len(self._app.screen_stack) > 1:
            await self._app.switch_screen(screen)
        else:
            await self._app.push_screen(screen)
            # What home showed was used by the scan, or belongs to the screen that was just pushed.
            self.home.entry_changed("")

    async def cover(self, to: TopDestination) -> None:
        """Lay a screen on top of the present one, which waits beneath."""
        if self._services is None:
            return
        from screens.making import make_top_screen  # noqa: PLC0415 - not for the first frame

        await self.lay(make_top_screen(to, self._services))

    async def lay(self, screen: ClerkScreen) -> None:
        """Lay a screen on top, unless one of its kind lies there."""
        # F1 on the help, or a key that repeats itself, would pile up the same screen.
        if not isinstance(self.shown, type(screen)):
            await self._app.push_screen(self.dressed(screen))

    async def go_home(self) -> None:
        """Drop every screen but home."""
        while len(self._app.screen_stack) > 1:
            await self._app.pop_screen()

    def show_status(self) -> None:
        """Show on every screen the status as it is now."""
        for screen in self._app.screen_stack if self.is_up else ():
            if isinstance(screen, ClerkScreen):
                self.dressed(screen)

    def dressed(self, screen: ScreenT) -> ScreenT:
        """Tell a screen who works at it, and the status as it is now."""
        if self._services is not None:
            screen.person = self.person
            screen.set_class(self._is_for_fingers, FOR_FINGERS)
            screen.set_class(self.has_keyboard and screen.SHOWS_ENTRY, "-typing")
            screen.show_status(status_of(self._services, self.signed_in))
        return screen

    def show_keyboard(self, *, is_on: bool) -> None:
        """Show letters to tap on every screen with a field from now on, or none."""
        self.has_keyboard = is_on
        self.show_status()
