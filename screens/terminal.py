"""How the kiosk reads its terminal: Textual's driver, but for the thread that reads bytes.

It takes the time of arrival where bytes are read, tells silence only when nothing waits to be read, and leaves what
keys, signs and touches mean to `kiosk/scanner`. What patches Textual's input stands here; the test beside it names
the version that was looked at.
"""

from __future__ import annotations

import asyncio
import os
import selectors
import time
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING

from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from kiosk.scanner.arrival import ArrivalClock
from kiosk.scanner.machine import SILENCES
from kiosk.scanner.tokens import Key, Paste, Pointer, Sign, Token, Touch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

READ_BYTES = 4096

SEPARATORS = {
    "ctrl+backslash": "\x1c",
    "ctrl+right_square_bracket": "\x1d",
    "ctrl+circumflex_accent": "\x1e",
    "ctrl+underscore": "\x1f",
}
"""Separators of GS1 and ISO 15434 as Textual names them."""

_POINTERS: dict[type[Message], Pointer] = {
    events.MouseDown: Pointer.DOWN,
    events.MouseUp: Pointer.UP,
    events.MouseScrollDown: Pointer.SCROLL,
    events.MouseScrollUp: Pointer.SCROLL,
    events.MouseScrollLeft: Pointer.SCROLL,
    events.MouseScrollRight: Pointer.SCROLL,
}


class Arrived(Message):
    """Signs, keys and touches that were read at one moment."""

    def __init__(self, tokens: Sequence[Token], at: float, read_at: float) -> None:
        super().__init__()
        self.tokens = tokens
        self.at = at
        """On the clock of arrival, in seconds."""
        self.read_at = read_at
        """On the clock of the system, in seconds: what was on the screen by then may have been seen."""


class Silent(Message):
    """Nothing has arrived for a while, and nothing waits to be read."""

    def __init__(self, at: float) -> None:
        super().__init__()
        self.at = at


def token_of(event: Message) -> Token | None:
    """Return what an event of Textual's parser is for the input machine; None for what is no input of a person."""
    if isinstance(event, events.Key):
        sign = event.character or ""
        if len(sign) == 1 and sign.isprintable():
            return Sign(sign)
        if event.key in SEPARATORS:
            return Sign(SEPARATORS[event.key])
        return Key(event.key, event.character)
    if isinstance(event, events.Paste):
        return Paste(event.text)
    pointer = _POINTERS.get(type(event))
    return None if pointer is None else Touch(pointer, event)


class KioskDriver(LinuxDriver):
    """Textual's driver for a terminal, with a reader that keeps times of arrival."""

    def start_application_mode(self) -> None:
        """Start without the keyboard protocol that reports each Shift as a key of its own."""
        asked, constants.DISABLE_KITTY_KEY = constants.DISABLE_KITTY_KEY, True  # type: ignore[misc]
        try:
            super().start_application_mode()  # type: ignore[no-untyped-call]
        finally:
            constants.DISABLE_KITTY_KEY = asked  # type: ignore[misc]

    def run_input_thread(self) -> None:
        """Read bytes until the application ends, and hand on what they are, when they came, and when none do."""
        clock = ArrivalClock(SILENCES)
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                began = time.monotonic()
                is_waiting = bool(selector.select(clock.listen_seconds))
                clock.listened(time.monotonic() - began)
                if is_waiting:
                    data = self._read()
                    if not data:
                        self._loop.call_soon_threadsafe(self._app.exit)  # the line was dropped
                        return
                    self._hand_on(parser.feed(decode(data)), clock)
                self._hand_on(parser.tick(), clock)
                if not is_waiting and clock.is_silent():
                    self._send(Silent(clock.now))

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, READ_BYTES)
        except OSError:
            return b""

    def _hand_on(self, parsed: Iterable[Message], clock: ArrivalClock) -> None:
        tokens: list[Token] = []
        for event in parsed:
            token = token_of(event)
            if token is None:
                self.process_message(event)
            else:
                tokens.append(token)
                event.set_sender(self._app)
        if tokens:
            clock.arrived()
            self._send(Arrived(tokens, clock.now, time.monotonic()))

    def _send(self, message: Message) -> None:
        asyncio.run_coroutine_threadsafe(self._app._post_message(message), loop=self._loop)  # noqa: SLF001 - as Textual's own reader does
