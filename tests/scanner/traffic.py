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

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from kiosk.tracking.check_digits import mod7, mod10, mod10_from_right, mod37_36, s10, weighted_mod11

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PAUSES = (0.0, 0.03, 0.3, 1.0)
"""Seconds between two codes that are scanned one after the other."""

TYPED = "qxz"
"""What a hand types: nobody's name and no number's beginning."""


class LeftOut(Enum):
    """What a day lacks, so that somebody could tell what is what."""

    TYPING = auto()
    DELAYS = auto()
    NO_PROOF = auto()
    """Codes that prove nothing."""


class Label(NamedTuple):
    """A barcode and the number of its parcel."""

    text: str
    number: str
    is_proven: bool = True
    """Its check digit or its shape says that it is a parcel's number."""
    is_of_dhl: bool = False

    @property
    def has_a_shape(self) -> bool:
        """Whether its shape alone tells that no letters belong in front of it."""
        return self.text.startswith(("1Z", "94", "92", "420", "TB", "LTN", "SP", "GFUS", "YT", "UUS", "JD", "JJD", "R"))


class Codes:
    """Draws labels, never the same number twice."""

    def __init__(self, rng: random.Random, *, own_prefix: str = "IH-") -> None:
        self._rng = rng
        self._own_prefix = own_prefix
        self._seen: set[str] = set()
        self._makers: tuple[Callable[[], Label], ...] = (
            self._ups, self._ups, self._usps, self._usps_routed, self._usps_92, self._usps_20, self._s10,
            self._fedex_12, self._fedex_12, self._fedex_15, self._fedex_96, self._fedex_34, self._dhl_10,
            self._dhl_piece, self._amazon, self._amazon, self._amazon_station, self._canada_post, self._sscc,
            self._dpd_28, self._ontrac, self._lettered, self._postnl, self._own, self._in_house, self._in_house,
        )  # fmt: skip

    def draw(self) -> Label:
        """Return another label."""
        while True:
            label = self._rng.choice(self._makers)()
            if not self._seen & {label.text, label.number}:
                self._seen |= {label.text, label.number}
                return label

    def _digits(self, count: int) -> str:
        return "".join(self._rng.choices("0123456789", k=count))

    def _ups(self) -> Label:
        serial = "".join(self._rng.choices(ALPHANUMERIC, k=6)) + self._digits(9)
        return _plain(f"1Z{serial}{mod10(1, 2)(serial)}")

    def _usps(self) -> Label:
        return _plain(self._impb("94"))

    def _usps_92(self) -> Label:
        return _plain(self._impb("92"))

    def _impb(self, begin: str) -> str:
        serial = f"{begin}{self._digits(3)}9{self._digits(15)}"
        return serial + mod10_from_right(3, 1)(serial)

    def _usps_routed(self) -> Label:
        number = self._impb("94")
        return Label(f"420{self._digits(5)}{number}", number)

    def _usps_20(self) -> Label:
        serial = f"7{self._digits(18)}"
        return _plain(serial + mod10(3, 1)(serial))

    def _s10(self) -> Label:
        serial = self._digits(8)
        return _plain(f"R{self._rng.choice(LETTERS)}{serial}{s10(serial)}{self._rng.choice(('US', 'GB', 'DE'))}")

    def _fedex_12(self) -> Label:
        serial = f"{self._rng.choice('26789')}{self._digits(10)}"
        return _plain(serial + weighted_mod11((3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1))(serial))

    def _fedex_15(self) -> Label:
        serial = f"5{self._digits(13)}"
        return _plain(serial + mod10(1, 3)(serial))

    def _fedex_96(self) -> Label:
        serial = self._digits(14)
        number = serial + mod10(1, 3)(serial)
        return Label(f"9622{self._digits(3)}{number}", number)

    def _fedex_34(self) -> Label:
        serial = f"00{self._rng.choice('6789')}{self._digits(10)}"
        number = serial + weighted_mod11((1, 7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1))(serial)
        return Label(f"1{self._digits(19)}{number}", number[2:])

    def _dhl_10(self) -> Label:
        serial = f"{self._rng.choice('1234569')}{self._digits(8)}"
        return _plain(serial + mod7(serial))._replace(is_of_dhl=True)

    def _dhl_piece(self) -> Label:
        begin, count = self._rng.choice((("JD", 18), ("JJD", 16), ("JJD", 18)))
        return _plain(begin + self._digits(count))._replace(is_of_dhl=True)

    def _amazon(self) -> Label:
        return _plain(f"TB{self._rng.choice('ACM')}{self._digits(12)}")

    def _amazon_station(self) -> Label:
        return _plain(f"TBA{''.join(self._rng.choices(LETTERS, k=3))}{self._digits(9)}")

    def _canada_post(self) -> Label:
        serial = self._digits(15)
        return _plain(serial + mod10(3, 1)(serial))

    def _sscc(self) -> Label:
        serial = f"3{self._digits(16)}"
        return _plain(f"00{serial}{mod10_from_right(3, 1)(serial)}")

    def _dpd_28(self) -> Label:
        number = self._digits(14)
        serial = f"0{self._digits(6)}{number}{self._digits(6)}"
        return Label(serial + mod37_36(serial), number)

    def _ontrac(self) -> Label:
        serial = f"1{self._digits(12)}"
        return _plain(f"C{serial}{mod10(1, 2)('4' + serial)}")

    def _lettered(self) -> Label:
        begin, count, end = self._rng.choice(
            (("LTN", 8, "N1"), ("SP", 18, ""), ("GFUS", 14, ""), ("YT", 16, ""), ("UUS", 13, ""), ("1LS71", 10, ""))
        )
        return _plain(f"{begin}{self._digits(count)}{end}")

    def _postnl(self) -> Label:
        return _plain(f"3S{''.join(self._rng.choices(LETTERS, k=4))}{self._digits(9)}")

    def _own(self) -> Label:
        return _plain(self._own_prefix + "".join(self._rng.choices("23456789BCDFGHJKM", k=6)))

    def _in_house(self) -> Label:
        text = f"{self._rng.choice(('BOX-', 'PKT-', 'K'))}{self._digits(7)}"
        return Label(text, text, is_proven=False)


def _plain(text: str) -> Label:
    return Label(text, text)


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
            hand.type(rng.randint(1, 6), with_enter=rng.random() < 0.5)
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
