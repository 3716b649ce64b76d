"""What a line can bring to the desk, from a seed: codes of every format, how scanners send them, what a hand types.

Every label has the number under which its parcel must be in the journal, so the truth is known beforehand. How the
line delays the bytes and where the program stands still is in `slow_line.py`.

Left out, because not even a person with the bytes and their times of arrival could tell:

- typed signs on a line that delays, before or behind a code that proves nothing (`BOX-1234`): in one lump they are one
  text. A day has two of these three: typing, delays, codes without proof;
- typed signs within 0.5 s of a scan: a radio scanner pauses as long in mid-code;
- numbers that reach the program in one lump with letters in front and have no shape of their own: `qxz` and twelve
  digits, or `qxzIH-7K2M9P`, look like somebody's own number, so on such days typing ends with Enter before one;
- two codes of a scanner without an end, with the silence between them slept through: the line is one run of signs;
- in-house numbers with a blank in a burst, which look like lines of a text;
- a waybill of DHL Express beside a piece number of DHL in one burst: they are one label by design;
- the same code twice.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from tests.scanner.codes import Codes, Label

PAUSES = (0.0, 0.03, 0.3, 1.0)
"""Seconds between two codes that are scanned one after the other."""

TYPED = "qxz"
"""What a hand types: two of them are in nobody's name and begin no number."""


class LeftOut(Enum):
    """What a day lacks, so that somebody could tell what is what."""

    TYPING = auto()
    DELAYS = auto()
    NO_PROOF = auto()
    """Codes that prove nothing."""


@dataclass
class Scanner:
    """How a scanner is set."""

    end: str = "\r"
    """What it sends behind a code; empty for one that is known to send nothing."""
    prefix: str = ""
    """What the desk's settings say that it sends in front of a code."""
    around: tuple[str, str] = ("", "")
    """What it sends round a code although nobody set the desk for it."""
    is_kitty: bool = False
    """The terminal sends keys by Kitty's protocol, each Shift an event of its own, as foot does."""

    def sign(self, sign: str) -> bytes:
        """Return the bytes of one sign as the terminal sends them."""
        if not self.is_kitty:
            return sign.encode()
        code, keys = {"\r": 13, "\t": 9, "\n": 106, "\x02": 98, "\x03": 99}.get(sign, ord(sign.lower())), b""
        if sign < " " and sign not in "\r\t":
            return b"\x1b[%d;5u" % code
        if sign.isupper() or sign in '~!@#$%^&*()_+{}|:"<>?':
            return b"\x1b[57441;2u\x1b[%d;2;%du\x1b[57441;1:3u" % (code, ord(sign))
        return b"%s\x1b[%d%su" % (keys, code, b";;%d" % code if sign >= " " else b"")


SCANNERS = (
    Scanner(), Scanner("\n"), Scanner("\r\n"), Scanner("\t"), Scanner("\r\r"), Scanner(around=("\x02", "\x03")),
    Scanner(around=("", "\x03")), Scanner("\t\r"), Scanner(prefix="~"), Scanner(prefix="\x02"), Scanner(prefix="]C1"),
    Scanner(prefix="~", end="\t"), Scanner(end=""), Scanner(end="", prefix="~"), Scanner(is_kitty=True),
    Scanner("\r\r", is_kitty=True), Scanner("\t", around=("\x02", "\x03"), is_kitty=True),
    Scanner(is_kitty=True, end=""),
)  # fmt: skip
"""The settings that are met in the field."""


@dataclass
class Day:
    """What was sent, in order, and the labels that were scanned."""

    scanner: Scanner
    is_delayed: bool
    """The line comes in lumps and the program stalls."""
    labels: list[Label] = field(default_factory=list)
    sent: list[tuple[float, bytes]] = field(default_factory=list)
    """Bytes, and when they were sent, in seconds."""
    stalls: list[tuple[float, float]] = field(default_factory=list)
    """When the program stands still, from and to, in seconds."""


def day(rng: random.Random, codes: Codes, scanner: Scanner, *, count: int, longest_burst: int = 40) -> Day:
    """Return a day of so many scans, single ones and bursts, with typing, or delays, or codes without proof."""
    return _day(rng, _Hand(rng, codes, scanner, rng.choice(list(LeftOut))), count, longest_burst, PAUSES)


def delayed_day(rng: random.Random, codes: Codes, scanner: Scanner, *, count: int, longest_burst: int) -> Day:
    """Return such a day on a line that delays, as a busy machine does by itself; it is over as soon as it can be."""
    left_out = rng.choice((LeftOut.TYPING, LeftOut.NO_PROOF))
    return _day(rng, _Hand(rng, codes, scanner, left_out), count, longest_burst, PAUSES[:2])


def _day(rng: random.Random, hand: _Hand, count: int, longest_burst: int, pauses: Sequence[float]) -> Day:
    while count > 0:
        scans = min(count, rng.choice((1, 1, 5, longest_burst // 2, longest_burst)))
        gap = rng.choice((0.001, 0.005, 0.02, 0.06)) if scans < 10 else rng.choice((0.001, 0.005))
        hand.scan(scans, gap=gap, between=rng.choice(pauses) if scans > 1 else rng.uniform(0.7, 2))
        if hand.left_out is not LeftOut.TYPING and rng.random() < 0.3:
            hand.type(rng.randint(2, 6), with_enter=rng.random() < 0.5)
        hand.rest(rng.uniform(0.7, 1.5))
        count -= scans
    return hand.day


class _Hand:
    """Scans and types through a day."""

    def __init__(self, rng: random.Random, codes: Codes, scanner: Scanner, left_out: LeftOut) -> None:
        self._rng = rng
        self._codes = codes
        self.day = Day(scanner, is_delayed=left_out is not LeftOut.DELAYS)
        self.left_out = left_out
        self._now = 0.0
        self._is_typed = False
        """Signs were typed, and no Enter ended them."""

    def scan(self, count: int, *, gap: float, between: float) -> None:
        """Scan so many codes, signs and codes so many seconds apart."""
        scanner = self.day.scanner
        for _ in range(count):
            label = self._another()
            self.day.labels.append(label)
            first, last = scanner.around
            self._now += between if scanner.end else max(between, 1.0)
            begin = len(self.day.sent)
            for sign in f"{scanner.prefix}{first}{label.text}{last}{scanner.end}":
                self._send(sign)
                self._now += gap * self._rng.uniform(0.7, 1.0)
            if self.day.is_delayed and self._rng.random() < 0.2:
                self._stall(self._rng.choice(self.day.sent[begin:])[0], self._rng.uniform(0, 2))
        self._is_typed = False

    def type(self, count: int, *, with_enter: bool) -> None:
        """Type so many signs by hand, with Enter behind them or without."""
        self._now += 0.7
        for sign in [*self._rng.choices(TYPED, k=count), *("\r" if with_enter else "")]:
            self._send(sign)
            self._now += self._rng.uniform(0.13, 0.4)
        self._is_typed = not with_enter
        if self.day.is_delayed and self._rng.random() < 0.5:
            self._stall(self.day.sent[-1 - self._rng.randrange(count)][0], self._rng.uniform(0, 2))

    def rest(self, seconds: float) -> None:
        """Do nothing."""
        self._now += seconds

    def _stall(self, begin: float, seconds: float) -> None:
        if not self.day.stalls or begin > self.day.stalls[-1][1]:
            self.day.stalls.append((begin, begin + seconds))
            if not self.day.scanner.end:
                self._now = max(self._now, begin + seconds + 1.0)

    def _another(self) -> Label:
        while True:
            label = self._codes.draw()
            if label.is_of_dhl and self.day.labels and self.day.labels[-1].is_of_dhl:
                continue
            if self._is_typed and self.day.is_delayed and not label.has_a_shape:
                continue
            if label.is_proven or self.left_out is not LeftOut.NO_PROOF:
                return label

    def _send(self, sign: str) -> None:
        self.day.sent.append((self._now, self.day.scanner.sign(sign)))
