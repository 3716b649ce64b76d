"""An app on whose every screen a scan is a scan: keys and pastes come here before any binding or field sees them."""

from __future__ import annotations

import time

from textual import events

from screens.base import ClerkScreen
from screens.ending import EndingApp
from screens.entry import Entry, Fed
from screens.messages import Confirmed, EntryUsed, Scanned


class ScanningApp(EndingApp):
    """Gathers what is typed or scanned, shows it where a field is, and posts `Scanned` for what no field took."""

    def __init__(self) -> None:
        super().__init__()
        self._entry = Entry()
        self._is_unseen = False
        """Something was typed that no field shows yet: a burst is shown once, not key by key."""

    async def on_event(self, event: events.Event) -> None:
        """Give every key and paste to the entry first: a scan works on any screen and presses nothing."""
        screen = self.screen if self.is_up else None
        if isinstance(screen, ClerkScreen) and not getattr(event, "is_forwarded", False):
            if isinstance(event, events.Key) and self._feed(screen, event):
                return
            if isinstance(event, events.Paste):
                self._paste(screen, event.text)
                return
        await super().on_event(event)

    async def on_confirmed(self, _: Confirmed) -> None:
        """Take a tap on the main key as the Enter after what was typed."""
        if isinstance(self.screen, ClerkScreen):
            self._complete(self.screen)

    def on_entry_used(self, _: EntryUsed) -> None:
        """Begin anew: those characters must not become part of the next scan."""
        self._entry.take()

    def _show_burst(self) -> None:
        if self._is_unseen:
            self.show_entry()

    def show_entry(self) -> None:
        """Show on the screen as it is now what is typed so far."""
        self._is_unseen = False
        if self.is_up and isinstance(self.screen, ClerkScreen) and self.screen.is_ready:
            self.screen.entry_changed(self._entry.text)

    def drop_stale_entry(self) -> None:
        """Forget typed characters that belong to the screen before."""
        self._entry.drop_stale(time.monotonic())

    @property
    def is_up(self) -> bool:
        """Whether there are still screens; none are left while the app closes."""
        return bool(self._screen_stack)

    @property
    def is_typing(self) -> bool:
        """Whether something was typed and not taken yet."""
        return bool(self._entry.text)

    def _feed(self, screen: ClerkScreen, event: events.Key) -> bool:
        fed = self._entry.feed(event.key, event.character, event.time, shown=screen.SHOWS_ENTRY)
        if fed is Fed.CHANGED and not self._is_unseen:
            self._is_unseen = True
            self.call_later(self._show_burst)
        elif fed is Fed.COMPLETE:
            self._complete(screen)
        return fed is not Fed.NOT_OURS

    def _paste(self, screen: ClerkScreen, text: str) -> None:
        """Take pasted lines as scans; an unfinished last line is typed text, where a field shows it."""
        for line in text.splitlines(keepends=True):
            self._entry.paste(line)
            self.show_entry()
            ended = line.splitlines()[0] != line
            if (ended or not screen.SHOWS_ENTRY) and self._entry.text:
                self._complete(screen)

    def _complete(self, screen: ClerkScreen) -> None:
        text = self._entry.take()
        if self._is_unseen and screen.is_ready:
            screen.entry_changed(text)
        self._is_unseen = False
        if screen.is_ready and screen.entry_completed(text):
            self.show_entry()
        else:
            self.post_message(Scanned(text))
