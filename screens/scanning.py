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

    async def on_event(self, event: events.Event) -> None:
        """Give every key and paste to the entry first: a scan works on any screen and presses nothing."""
        screen = self.screen if self.is_up else None
        if isinstance(screen, ClerkScreen) and screen.is_mounted and not getattr(event, "is_forwarded", False):
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

    def show_entry(self) -> None:
        """Show on the screen as it is now what is typed so far."""
        if self.is_up and isinstance(self.screen, ClerkScreen):
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
        if fed is Fed.CHANGED:
            screen.entry_changed(self._entry.text)
        elif fed is Fed.COMPLETE:
            self._complete(screen)
        return fed is not Fed.NOT_OURS

    def _paste(self, screen: ClerkScreen, text: str) -> None:
        """Take pasted lines as scans; an unfinished last line is typed text, where a field shows it."""
        for line in text.splitlines(keepends=True):
            self._entry.paste(line)
            screen.entry_changed(self._entry.text)
            ended = line.splitlines()[0] != line
            if (ended or not screen.SHOWS_ENTRY) and self._entry.text:
                self._complete(screen)

    def _complete(self, screen: ClerkScreen) -> None:
        text = self._entry.take()
        if screen.entry_completed(text):
            screen.entry_changed("")
        else:
            self.post_message(Scanned(text))
