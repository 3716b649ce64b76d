"""Keeps what the clerk's screens show up to date: after each change in the background, and at each full minute."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from kiosk.errors import KioskError

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

    from kiosk.wiring import Services
    from screens.navigator import Navigator

LOOK_FOR_ROOM_EVERY_MINUTES = 5


class Refreshing:
    """The lists at home, the parcel on the screen above it, and the status bar of both."""

    def __init__(self, app: App[None], navigator: Navigator, say: Callable[[KioskError], None]) -> None:
        self._app = app
        self._navigator = navigator
        self._say = say
        self._services: Services | None = None

    def start(self, services: Services) -> None:
        """Follow these services from now on."""
        self._services = services
        services.activity.watch(self._on_activity)
        self._tick()

    async def refresh(self) -> None:
        """Show the parcels as they are now, in the list and on the screen above it."""
        services = self._services
        if services is None:
            return
        lookup = services.lookup
        try:
            unfinished, today = await lookup.unfinished(), await lookup.today()
            named = await lookup.changed_within(services.settings.desk.names_minutes)
        except KioskError as error:
            self._say(error)
            return
        if not self._navigator.is_up or not self._navigator.home.is_ready:
            return
        with_room = services.holding.with_room(unfinished)
        self._navigator.home.show_parcels(unfinished, today, lookup.label, with_room, named)
        self._navigator.show_status()
        if (shown := self._navigator.shown) is not None and shown.is_ready:
            shown.parcels_changed((*unfinished, *today))

    def _on_activity(self) -> None:
        if self._navigator.is_up:
            self._navigator.show_status()
            self._app.call_later(self.refresh)

    def _tick(self) -> None:
        self._navigator.show_status()
        if self._services is None:
            return
        now = self._services.clock.now()
        self._app.set_timer(60 - now.second, self._tick)
        self._app.call_later(self.refresh)  # names fade
        if now.minute % LOOK_FOR_ROOM_EVERY_MINUTES == 0:
            self._app.run_worker(self._look_for_room(self._services), group="flows")

    async def _look_for_room(self, services: Services) -> None:
        with suppress(KioskError):  # without a line there is no room to tell of
            await services.holding.look_for_room()
            await self.refresh()
