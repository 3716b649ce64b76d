"""What is read from the terminal: when bytes arrived, and what they are; which keys and signs mean what is elsewhere.

Silence is told only when nothing waits to be read. Who reads is `screens/driver.py`; what keys, signs and touches mean
is in `kiosk/scanner`. It stands in for Textual's own reader, as it was in the version that
`tests/screens/test_textual_patches.py` names.
"""

from __future__ import annotations

import time
from codecs import getincrementaldecoder
from collections.abc import Iterator, Sequence

from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.message import Message
from textual.messages import InBandWindowResize

from kiosk.scanner.arrival import ArrivalClock
from kiosk.scanner.machine import SILENCES
from kiosk.scanner.tokens import Key, Paste, Pointer, Sign, Token, Touch

READ_BYTES = 1024

PASTE_SECONDS = 1.0
"""A paste that has not gone on for so long is over: its beginning was a scan's, or its end was lost."""

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


class Heard(Message):
    """Something that the reader tells; what waits behind one is taken together with it, so nothing piles up."""

    at: float
    """On the clock of arrival, in seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.earlier: list[Heard] = []
        """What was told before this and was not taken."""

    @property
    def together(self) -> Sequence[Heard]:
        """Everything that is to be taken, in the order in which it was heard."""
        return (*self.earlier, self)

    def can_replace(self, message: Message) -> bool:
        """Let the next one that waits carry this one along; Textual asks before it handles a message."""
        if not isinstance(message, Heard):
            return False
        # Textual drops a message that the next one can replace, so the next one has to carry all that waits.
        message.earlier, self.earlier = self.earlier, []
        message.earlier.append(self)
        return True


class Arrived(Heard):
    """Signs, keys and touches that were read at one moment."""

    def __init__(self, tokens: Sequence[Token], at: float, read_at: float) -> None:
        super().__init__()
        self.tokens = tokens
        self.at = at
        self.read_at = read_at
        """On the clock of the system, in seconds: what was on the screen by then may have been seen."""


class Silent(Heard):
    """Nothing has arrived for a while, and nothing waits to be read."""

    def __init__(self, at: float) -> None:
        super().__init__()
        self.at = at


def token_of(event: Message) -> Token | None:
    """Return what an event of Textual's parser is for the input machine; None for what is no input of a person."""
    if isinstance(event, events.Key):
        sign = event.character or ""
        # Textual gives keys such as Enter a character too, but no printable one.
        if len(sign) == 1 and sign.isprintable():
            return Sign(sign)
        if event.key in SEPARATORS:
            return Sign(SEPARATORS[event.key])
        return Key(event.key, event.character)
    if isinstance(event, events.Paste):
        return Paste(event.text)
    pointer = _POINTERS.get(type(event))
    return None if pointer is None else Touch(pointer, event)


class Reader:
    """Says of bytes, and of the time that somebody listened for them, what arrived and which silences came to pass.

    Whatever a barcode holds, reading goes on: a sequence that breaks Textual's parser costs that sequence, a paste
    that never ends is ended, and a size in the bytes is not believed, for a terminal's size comes by SIGWINCH.
    """

    def __init__(self, *, debug: bool = False) -> None:
        self._debug = debug
        self._clock = ArrivalClock(SILENCES)
        self._parser = XTermParser(debug)
        # A read can end in the middle of a character, and a scanner can send bytes that are no UTF-8.
        self._decode = getincrementaldecoder("utf-8")(errors="replace").decode
        self._last_signs = ""
        self._paste_at: float | None = None
        """When a paste that has not ended went on, on the clock of arrival."""

    @property
    def listen_seconds(self) -> float:
        """How long to wait for bytes next."""
        return self._clock.listen_seconds

    def heard(self, data: bytes, waited: float) -> Iterator[Message]:
        """Yield what bytes mean that came after a wait of so many seconds; without bytes, what the silence means."""
        self._clock.listened(waited)
        tokens: list[Token] = []
        for event in self._parsed(data):
            token = token_of(event)
            if token is None:
                yield event
            else:
                tokens.append(token)
        if tokens:
            self._clock.arrived()
            yield Arrived(tokens, self._clock.now, time.monotonic())
        elif not data and self._clock.is_silent():
            yield Silent(self._clock.now)

    def _parsed(self, data: bytes) -> Iterator[Message]:
        # Sign by sign: an error in the parser then costs one sequence, and not what was read together with it.
        for sign in self._decode(data):
            yield from self._parsed_sign(sign)
        if self._paste_at is not None and self._clock.now - self._paste_at > PASTE_SECONDS:
            # Textual's parser gives up the pasted text only at this end.
            for sign in BRACKETED_PASTE_END:
                yield from self._parsed_sign(sign)
        # Without it an Escape that nothing follows would never become a key.
        yield from self._parser.tick()

    def _parsed_sign(self, sign: str) -> Iterator[Message]:
        self._last_signs = (self._last_signs + sign)[-len(BRACKETED_PASTE_START) :]
        if self._last_signs == BRACKETED_PASTE_START or self._paste_at is not None:
            self._paste_at = None if self._last_signs == BRACKETED_PASTE_END else self._clock.now
        try:
            for event in self._parser.feed(sign):
                if isinstance(event, events.Resize | InBandWindowResize):
                    self._parser = XTermParser(self._debug)  # this one would measure touches by it from now on
                else:
                    yield event
        except (ArithmeticError, ValueError):  # a number that no terminal sends; the parser is of no use any more
            self._parser = XTermParser(self._debug)
