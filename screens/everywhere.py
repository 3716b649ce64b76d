"""What the keys do that work on every screen: leaving, the help, and finding. Which keys those are is a keymap's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.destinations import ShowFind, ShowWayOut
from screens.keyboard import Keyboard
from screens.navigator import Navigator

if TYPE_CHECKING:
    from kiosk.wiring import Services


class Everywhere:
    """A part of the app."""

    def __init__(self, navigator: Navigator, keyboard: Keyboard) -> None:
        self._navigator = navigator
        self._keyboard = keyboard
        self._services: Services | None = None

    def open(self, services: Services) -> None:
        """Know what can be left, and how."""
        self._services = services

    @property
    def is_locked(self) -> bool:
        """Whether nobody may leave but an administrator; nobody may before the settings were read, either."""
        return self._services is None or self._services.settings.lockdown.on

    async def leave(self) -> None:
        """Ask whether the kiosk is really to be left, or who may leave it."""
        from screens.clerk.leaving import LeavingScreen  # noqa: PLC0415 - rarely needed

        if not self.is_locked:
            await self._navigator.lay(LeavingScreen())
        else:
            await self._navigator.cover(ShowWayOut())

    async def help(self) -> None:
        """Show every key, those of the present screen first."""
        from screens.clerk.help import HelpScreen  # noqa: PLC0415 - rarely needed

        has_tour = self._services is not None and self._services.tour is not None
        if (shown := self._navigator.shown) is not None:
            await self._navigator.lay(HelpScreen(shown.KEYMAP, has_tour=has_tour))

    async def find(self) -> None:
        """Find a parcel; what was typed so far is looked for."""
        covered = self._navigator.shown
        await self._navigator.cover(ShowFind())
        if covered is not None and covered is not self._navigator.shown and self._keyboard.typed:
            covered.entry_changed("")
            self._keyboard.show_typed()
