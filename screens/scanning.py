"""An app on whose every screen a scan is a scan: keys and pastes come here before any binding or field sees them."""

from __future__ import annotations

import asyncio
import time
from typing import NamedTuple

from textual import events

from screens.base import ClerkScreen
from screens.bell import ring
from screens.ending import EndingApp
from screens.entry import MAKE_NUMBER, Entry, Fed
from screens.messages import Confirmed, EntryUsed, Rang, Scanned
from screens.widgets.notice import NoticeKind

END_AFTER_SECONDS = 0.15
"""A silence this long ends a scan that no Enter ends."""

LATE_ENTER_SECONDS = 0.5
"""An Enter this soon after a scan that silence ended still belongs to it."""

SAME_SCAN_SECONDS = 3.0
"""The same code again so soon, with nothing in between, is the scanner's doing and no second parcel."""

BURST_SECONDS = 0.5
"""Scans that follow each other faster than a hand turns a box come out of the scanner's memory: each is a parcel."""

REPEATED = "The same code came again and was ignored."


class _LastScan(NamedTuple):
    text: str
    at: float


class ScanningApp(EndingApp):
    """Gathers what is typed or scanned, shows it where a field is, and posts `Scanned` for what no field took."""

    def __init__(self) -> None:
        super().__init__()
        self.entry = Entry()
        self.has_bell = True
        self._is_unseen = False
        """Something was typed that no field shows yet: a burst is shown once, not key by key."""
        self._last_scan: _LastScan | None = None
        self._silence: asyncio.TimerHandle | None = None
        self._ended_by_silence_at = 0.0

    async def on_event(self, event: events.Event) -> None:
        """Give every key and paste to the entry first: a scan works on any screen and presses nothing."""
        screen = self.screen if self.is_up else None
        if isinstance(screen, ClerkScreen) and not getattr(event, "is_forwarded", False):
            if isinstance(event, events.Key) and self._feed(screen, event):
                return
            if isinstance(event, events.Paste):
                self._paste(screen, event)
                return
            if isinstance(event, (events.Key, events.MouseDown)):
                self._last_scan = None  # somebody did something: a scan after it is meant
        await super().on_event(event)

    async def on_confirmed(self, _: Confirmed) -> None:
        """Take a tap on the main key as the Enter after what was typed."""
        if isinstance(self.screen, ClerkScreen):
            self._complete(self.screen, time.monotonic())

    def on_entry_used(self, _: EntryUsed) -> None:
        """Begin anew: those characters must not become part of the next scan."""
        self.entry.take()

    def on_rang(self, message: Rang) -> None:
        """Let a screen ring."""
        self.ring(message.kind)

    def ring(self, kind: NoticeKind) -> None:
        """Tell by the terminal's bell what the notice tells by its sign, where the settings want it."""
        if self.has_bell:
            ring(self, kind)

    def show_entry(self) -> None:
        """Show on the screen as it is now what is typed so far."""
        self._is_unseen = False
        if self.is_up and isinstance(self.screen, ClerkScreen) and self.screen.is_ready:
            self.screen.entry_changed(self.entry.text)

    def drop_stale_entry(self) -> None:
        """Forget typed characters that belong to the screen before."""
        self.entry.drop_stale(time.monotonic())

    @property
    def is_up(self) -> bool:
        """Whether there are still screens; none are left while the app closes."""
        return bool(self._screen_stack)

    @property
    def is_typing(self) -> bool:
        """Whether something was typed and not taken yet."""
        return bool(self.entry.text)

    def _show_burst(self) -> None:
        if self._is_unseen:
            self.show_entry()

    def _feed(self, screen: ClerkScreen, event: events.Key) -> bool:
        if self._is_late_enter(event):
            return True
        fed = self.entry.feed(event.key, event.character, event.time, shown=screen.SHOWS_ENTRY)
        if fed is Fed.CHANGED:
            self._wait_for_silence(screen)
            if not self._is_unseen:
                self._is_unseen = True
                self.call_later(self._show_burst)
        elif fed is Fed.COMPLETE:
            self._complete(screen, event.time)
        return fed is not Fed.NOT_OURS

    def _is_late_enter(self, event: events.Key) -> bool:
        ends = event.key in {"enter", "tab", "ctrl+j"} and not self.entry.text
        return ends and event.time - self._ended_by_silence_at < LATE_ENTER_SECONDS

    def _wait_for_silence(self, screen: ClerkScreen) -> None:
        if self._silence is not None:
            self._silence.cancel()
            self._silence = None
        wants_number = self.entry.text == MAKE_NUMBER and not screen.SEARCHES
        if (self.entry.may_end_by_gap and screen.SILENCE_ENDS) or wants_number:
            self._silence = asyncio.get_running_loop().call_later(END_AFTER_SECONDS, self._end_by_silence)

    def _end_by_silence(self) -> None:
        self._silence = None
        screen = self.screen if self.is_up else None
        if isinstance(screen, ClerkScreen) and self.entry.text:
            now = time.monotonic()
            if self.entry.text != MAKE_NUMBER:
                self._ended_by_silence_at = now
            self._complete(screen, now)

    def _paste(self, screen: ClerkScreen, event: events.Paste) -> None:
        """Take pasted lines as scans; an unfinished last line in a search field is typed text."""
        for line in event.text.splitlines(keepends=True):
            self.entry.paste(line, event.time)
            self.show_entry()
            ended = line.splitlines()[0] != line
            if (ended or not screen.SEARCHES or self.entry.looks_scanned) and self.entry.text:
                self._complete(screen, event.time)

    def _complete(self, screen: ClerkScreen, at: float) -> None:
        """Give what was gathered to the screen's field, or make it a scan."""
        if self._silence is not None:
            self._silence.cancel()
            self._silence = None
        entry = self.entry.take()
        last, text = self._last_scan, entry.text
        if last is not None:
            entry = entry._replace(in_burst=entry.began - last.at < BURST_SECONDS)
        if last is not None and last.text == text and at - last.at < SAME_SCAN_SECONDS:
            self._last_scan = _LastScan(text, at)
            self._ignore(screen)
            return
        if self._is_unseen and screen.is_ready:
            screen.entry_changed(text)
        self._is_unseen = False
        is_used = screen.is_ready and screen.entry_completed(entry)
        if is_used:
            self.show_entry()
        else:
            self.post_message(Scanned(text, in_burst=entry.in_burst))
        if entry.scanned or not is_used:
            self._last_scan = _LastScan(text, at)

    def _ignore(self, screen: ClerkScreen) -> None:
        self.show_entry()
        if screen.is_ready and not screen.busy:
            screen.notice.say(NoticeKind.LOOK, REPEATED)
        self.ring(NoticeKind.LOOK)
