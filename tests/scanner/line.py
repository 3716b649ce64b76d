"""A line to the input machine on a clock that the test moves: what comes, how fast, and what becomes of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kiosk.scanner.arrival import ArrivalClock
from kiosk.scanner.machine import SILENCES, Machine
from kiosk.scanner.tokens import Act, Key, Sign, Token, Typed

KEYS = {
    "\r": "enter",
    "\n": "ctrl+j",
    "\t": "tab",
    "\x02": "ctrl+b",
    "\x03": "ctrl+c",
    "\x11": "ctrl+q",
    "\x1b": "escape",
}

_CERTAIN = re.compile(r"1Z[A-Z0-9]{16}|94\d{20}|TBA\d{12}")


def is_certain(text: str) -> bool:
    """Stand for the recognition of numbers: three formats are enough here."""
    return _CERTAIN.fullmatch(text) is not None


def token_of(sign: str) -> Token:
    return Key(KEYS[sign], sign) if sign in KEYS else Sign(sign)


class Line:
    """Feeds a machine as the terminal's reader does: arrivals by the clock of listening, silences once each."""

    def __init__(self, machine: Machine | None = None) -> None:
        self.machine = machine or Machine(is_certain=is_certain)
        self.clock = ArrivalClock(SILENCES)
        self.acts: list[Act] = []

    def pause(self, seconds: float) -> None:
        """Let the line be silent while the program listens."""
        for _ in range(round(seconds / 0.005)):
            self.clock.listened(0.005)
            if self.clock.is_silent():
                self.acts += self.machine.quiet(self.clock.now)

    def stall(self, seconds: float) -> None:
        """Let the program stand still; it comes back from one wait, and what came meanwhile is there at once."""
        self.clock.listened(seconds)

    def arrive(self, *tokens: Token) -> None:
        """Let tokens be read at one moment."""
        self.clock.arrived()
        for token in tokens:
            self.acts += self.machine.feed(token, self.clock.now)

    def send(self, text: str, gap: float = 0.005) -> None:
        """Let signs come one by one."""
        for sign in text:
            self.pause(gap)
            self.arrive(token_of(sign))

    def done(self) -> list[Act]:
        """Return every act but the signs as they came, once all is silent."""
        self.pause(1)
        return [act for act in self.acts if not isinstance(act, Typed)]


def acts_of(script: Iterable[str | float | Token], machine: Machine | None = None) -> list[Act]:
    """Return what a script comes to: text at scanner speed, seconds of silence, tokens."""
    line = Line(machine)
    for step in script:
        if isinstance(step, float):
            line.pause(step)
        elif isinstance(step, str):
            line.send(step)
        else:
            line.arrive(step)
    return line.done()
