"""Which screens lie on one another: home at the bottom, an intake's screen above it, at most one more on top.

What a screen shows is its own business; which one a parcel needs is in `screens/route.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from screens.base import ClerkScreen
from screens.clerk.home import HomeScreen
from screens.registry import screen_class
from screens.textual_patches import mount_ahead
from screens.widgets.notice import Greeting
from screens.wording import status_of

if TYPE_CHECKING:
    from textual.app import App

    from kiosk.parcels.lockers import LockerSize
    from kiosk.parcels.parcel import Parcel
    from kiosk.wiring import Services
    from screens.clerk.parcel_step import ParcelScreen

ScreenT = TypeVar("ScreenT", bound=ClerkScreen)

KEPT_SCREENS = ("recipient",)
"""Made ahead and used for every parcel: a clerk waits for this one after every scan, and making it takes longest."""


class Navigator:
    """Pushes, exchanges and drops the clerk's screens."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._services: Services | None = None
        self._kept: dict[str, ParcelScreen] = {}

    def open(self, services: Services) -> None:
        """Make screens with these services from now on."""
        self._services = services

    async def make_ahead(self, services: Services) -> None:
        """Make the screens that are kept, so that not even the first scan waits for them."""
        for name in KEPT_SCREENS:
            screen = self._kept[name] = screen_class(name)(services)
            self._app.install_screen(screen, name)
            await mount_ahead(self._app, self.dressed(screen))

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
    def home(self) -> HomeScreen:
        """The screen at the bottom."""
        home = self._app.screen_stack[0]
        if not isinstance(home, HomeScreen):
            raise TypeError("home lies at the bottom of the screens")
        return home

    async def show_parcel(
        self, name: str, parcel: Parcel, *, greeting: Greeting | None = None, size: LockerSize | None = None
    ) -> None:
        """Show a screen about a parcel instead of the one above home."""
        if self._services is None or not self.is_up:
            return
        screen = self._kept.get(name)
        if screen is None:
            screen = screen_class(name)(self._services, parcel, *((size,) if size else ()))
        screen.begin(parcel, greeting or Greeting())
        self.dressed(screen)
        while len(self._app.screen_stack) > 2:
            await self._app.pop_screen()
        if len(self._app.screen_stack) > 1:
            await self._app.switch_screen(screen)
        else:
            await self._app.push_screen(screen)
            self.home.entry_changed("")

    async def cover(self, name: str, *values: object) -> None:
        """Lay a screen on top of the present one, which waits beneath."""
        if self._services is not None:
            await self.lay(screen_class(name)(self._services, *values))

    async def lay(self, screen: ClerkScreen) -> None:
        """Lay a screen on top, unless one of its kind lies there."""
        if not isinstance(self._app.screen, type(screen)):
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
        """Give a screen the status as it is now."""
        if self._services is not None:
            screen.show_status(status_of(self._services))
        return screen
