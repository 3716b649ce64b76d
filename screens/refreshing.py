"""Keeps what the clerk's screens show up to date: after each change in the background, and at each full minute."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import App

from kiosk.errors import KioskError
from kiosk.words.language import _
from screens.flow import with_words
from screens.navigator import Navigator

if TYPE_CHECKING:
    from kiosk.wiring import Services


class Refreshing:
    """The lists at home, the parcel on the screen above it, and the status bar of both."""

    def __init__(self, app: App[None], navigator: Navigator, say: Callable[[KioskError], None]) -> None:
        self._app = app
        self._navigator = navigator
        self.say = say
        """Says an error on the screen as it is now."""
        self._services: Services | None = None
        self._was_down = False

    def start(self, services: Services) -> None:
        """Follow these services from now on."""
        self._services = services
        services.queries.activity.watch(self._on_activity)
        self._tick()

    async def refresh(self) -> None:
        """Show the parcels as they are now, in the list and on the screen above it."""
        services = self._services
        if services is None or not self._navigator.is_up:
            return
        queries, shown_at_home = services.queries, self._navigator.home
        wanted, today = shown_at_home.queue.wanted, queries.today()
        try:
            reading = queries.home(wanted.listing(today), page=wanted.page, last=self._navigator.last)
            home = await with_words(shown_at_home, reading, _("Reading the list"))
        except KioskError as error:
            self.say(error)
            return
        # The kiosk may have ended while the journal was read.
        if not shown_at_home.is_ready:
            return
        # Else another list was asked for meanwhile, and comes.
        if wanted == shown_at_home.queue.wanted:
            shown_at_home.show_home(home, today, queries.lockers.label)
        self._navigator.show_status()
        if (shown := self._navigator.shown) is not None and shown.is_ready:
            shown.parcels_changed(home.last)

    def _on_activity(self) -> None:
        if not self._navigator.is_up or self._services is None:
            return
        self._navigator.show_status()
        is_down = self._services.queries.activity.is_down
        if is_down is not self._was_down:
            self._was_down = is_down
            self._app.call_later(self.refresh)  # whether a locker is free can be said only with a connection

    def _tick(self) -> None:
        self._navigator.show_status()
        if self._services is None:
            return
        now = self._services.clock.now()
        # Measured anew each time: an interval of 60 s would drift away from the full minute.
        self._app.set_timer(60 - now.second, self._tick)
        self._app.call_later(self.refresh)  # names fade
