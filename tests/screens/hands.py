"""A person's hands and scanner, for an app in a test: what they do arrives as the terminal's reader would tell it.

Times are those of arrival, so nothing waits: a second of silence is a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import cycle, repeat
from math import inf
from typing import Any

from textual import events
from textual.app import App
from textual.keys import _character_to_key

from kiosk.scanner.machine import SILENCES
from kiosk.scanner.tokens import Key, Paste, Pointer, Sign, Token, Touch
from screens.terminal import Arrived, Silent, token_of

SCANNER_SECONDS = 0.005
HAND_SECONDS = 0.25
THOUGHT_SECONDS = 5.0
"""How long the hands rest before they do something else."""

NAME_KEYS = {
    "\n": "ctrl+j",
    "\r": "enter",
    "\t": "tab",
    "\x1b": "escape",
    "\x11": "ctrl+q",
    "\x02": "ctrl+b",
    "\x03": "ctrl+c",
}


def token(sign: str) -> Token:
    """Return what a sign is to the input machine, as the terminal's parser would have it."""
    parsed = token_of(events.Key(NAME_KEYS.get(sign) or _character_to_key(sign), sign))
    assert parsed is not None
    return parsed


class Hands:
    """Sends what is done to an app, in its order."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self.at = 0.0
        """The clock of arrival."""

    def send(self, tokens: Sequence[Token], gap: float, *, read_at: float = inf, rest: float = THOUGHT_SECONDS) -> None:
        """Let tokens arrive, so many seconds apart, after a rest; then nothing for a while.

        `read_at` is when they are read on the system's clock: at its end, every screen shown by then was seen.
        """
        self._send(tokens, repeat(gap), read_at, rest)

    def _touches(self, cell: tuple[int, int], lifted: tuple[int, int]) -> list[Touch]:
        return [
            Touch(pointer, kind(None, x, y, 0, 0, 1, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y))
            for pointer, kind, (x, y) in ((Pointer.DOWN, events.MouseDown, cell), (Pointer.UP, events.MouseUp, lifted))
        ]

    def type_unevenly(self, text: str, gaps: Iterable[float]) -> None:
        """Type on a line that delivers each sign so long after the one before."""
        self._send([token(sign) for sign in text], gaps, inf, THOUGHT_SECONDS)

    def _send(
        self,
        tokens: Sequence[Token],
        gaps: Iterable[float],
        read_at: float,
        rest: float,
        after: float = SILENCES[-1] + 0.1,
    ) -> None:
        self.at += rest
        for each, gap in zip(tokens, gaps, strict=False):
            self._quiet_until(self.at + gap)
            self._app.post_message(Arrived([each], self.at, read_at))
        self._quiet_until(self.at + after)

    def press(self, *names: str, read_at: float = inf) -> None:
        for name in names:
            self.send([Key(name) if len(name) > 1 else Sign(name)], 0.0, read_at=read_at)

    def type(self, text: str, *, read_at: float = inf) -> None:
        self.send([token(sign) for sign in text], HAND_SECONDS, read_at=read_at)

    def scan(self, text: str, *, gap: float = SCANNER_SECONDS, rest: float = THOUGHT_SECONDS) -> None:
        self.send([token(sign) for sign in text], gap, rest=rest)

    def paste(self, text: str) -> None:
        self.send([Paste(text)], 0.0)

    def tap(
        self,
        x: int,
        y: int,
        *,
        slip: tuple[int, int] = (0, 0),
        gap: float = 0.0,
        read_at: float = inf,
        rest: float = THOUGHT_SECONDS,
        after: float = SILENCES[-1] + 0.1,
    ) -> None:
        """Press and release at one cell, as a touch screen does, or where the finger slipped to in so many seconds."""
        self._send(self._touches((x, y), (x + slip[0], y + slip[1])), repeat(gap), read_at, rest, after)

    def tap_quickly(self, *cells: tuple[int, int], gap: float = 0.3) -> None:
        """Tap cells one after the other, so many seconds apart."""
        self._send(
            [touch for cell in cells for touch in self._touches(cell, cell)], cycle((gap, 0.0)), inf, THOUGHT_SECONDS
        )

    def wheel(self, x: int, y: int, *, up: bool = False) -> None:
        """Turn a wheel by a step, as a terminal tells a finger that moves."""
        kind = events.MouseScrollUp if up else events.MouseScrollDown
        event = kind(None, x, y, 0, 0, 0, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y)
        self.send([Touch(Pointer.SCROLL, event)], 0.0)

    def _quiet_until(self, at: float) -> None:
        last, self.at = self.at, at
        for silence in SILENCES:
            if at - last > silence:
                self._app.post_message(Silent(last + silence + 0.001))
