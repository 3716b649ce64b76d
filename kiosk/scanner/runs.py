"""What was typed before a scan began, and what is the scan: a pure decision over signs and pauses.

Evidence comes first: a text that can only be a carrier's number is a scan, wherever pauses fall in it. Only what
proves nothing is decided by speed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kiosk.tracking.codes import Code

NO_NAMES_SIGNS = frozenset(":;=<>{}[]()|/\\_+*%#&?!@")
"""Signs, besides digits, that a code has and nobody's name."""

SHORTEST_SCAN = 4
"""Signs: fewer at once may be somebody who types fast."""

SCANNER_MEAN_SECONDS = 0.07
"""Between two signs of a scan, on average; people type a word in 0.09 s a sign at best."""

LONGEST_PAUSE_SECONDS = 2.0
"""A scanner by radio, or a slow line, may pause this long in the middle of a code."""

FIRST_PAUSE_SECONDS = 0.4
"""A scanner, or a line that delays, may pause this long behind its first sign; no hand leaves a key and scans so soon.
"""


LONGEST_TYPED = 12
"""Letters that may stand in front of a scan in one lump, where the program stood still while a hand typed them."""


@dataclass
class Run:
    """Signs that came at scanner speed, one behind the other."""

    text: str = ""
    pause: float = 0.0
    """The silence before it, in seconds."""
    took: float = 0.0
    """Seconds between its signs, all together."""
    is_scan: bool = False
    """It stands behind the scanner's prefix."""
    is_typed: bool = False
    """A hand took something of it back."""

    @property
    def is_fast(self) -> bool:
        """Whether it came faster than a hand types; a single sign tells nothing."""
        return len(self.text) > 1 and self.took <= SCANNER_MEAN_SECONDS * (len(self.text) - 1)

    @property
    def looks_scanned(self) -> bool:
        """Whether a scanner sent it: behind its prefix, or fast, long enough and with a sign that no name has."""
        if self.is_scan:
            return bool(self.text)
        is_name = not any(sign.isdigit() or sign in NO_NAMES_SIGNS for sign in self.text)
        return not self.is_typed and not is_name and self.is_fast and len(self.text) >= SHORTEST_SCAN


def shorten(runs: list[Run], count: int) -> None:
    """Take so many signs off the end of runs; none of them is empty then."""
    while count and runs:
        last = runs[-1]
        last.text, count = last.text[:-count], count - min(count, len(last.text))
        if not last.text:
            runs.pop()


class Parts(NamedTuple):
    """What signs turned out to be when they were ended."""

    scans: tuple[Code, ...]
    typed: str
    """What a hand typed; empty where a scan followed it."""


class Recognition(NamedTuple):
    """What the signs of a text prove about it."""

    is_certain: Callable[[Code], bool]
    """Tells whether it can only be a parcel's number."""
    is_unmistakable: Callable[[str], bool] = lambda _: False
    """Tells whether it is one whatever stands in front of it: no other text ends like this."""


def told_apart(runs: Sequence[Run], recognition: Recognition) -> Parts:
    """Return the scans among runs of signs that one Enter ended, and what was typed instead."""
    is_certain = recognition.is_certain
    at = next((at for at in reversed(range(len(runs))) if runs[at].is_scan), None)
    # What stands before the last prefix lost its end, and is told apart by itself.
    if at is not None:
        earlier = told_apart(runs[:at], recognition).scans if at else ()
        text = _joined(runs[at:])
        return Parts((*earlier, text) if text else earlier, "")
    first = next((at for at in range(len(runs)) if runs[at].is_typed), None)
    # A run that was corrected is a hand's: a scan can only begin behind it.
    if first is not None:
        later = told_apart(runs[first + 1 :], recognition)
        return Parts(later.scans, "" if later.scans else _joined(runs))
    ends = [_joined(runs[at:]) for at in range(len(runs))]
    # Without a fast run nobody scanned: a certain number that came sign by sign was typed.
    if any(run.is_fast for run in runs):
        # The longest first: a number torn by pauses must not lose its beginning.
        for at, text in enumerate(ends):
            scan = text if is_certain(text) else _behind_letters(text, recognition.is_unmistakable)
            if scan:
                return Parts((*_certain(runs[:at], is_certain), scan), "")
    return _by_speed(runs, ends, is_certain)


def _behind_letters(text: str, is_unmistakable: Callable[[str], bool]) -> Code:
    """Return the number behind a few letters that were typed; empty where there is none."""
    cuts = range(1, min(LONGEST_TYPED, len(text)) + 1)
    return Code(next((text[cut:] for cut in cuts if text[:cut].isalpha() and is_unmistakable(text[cut:])), ""))


def _certain(runs: Sequence[Run], is_certain: Callable[[Code], bool]) -> tuple[Code, ...]:
    """Return the certain numbers in runs that a later scan left without an end of their own."""
    for end in range(len(runs), 0, -1):
        for at in range(end):
            text = _joined(runs[at:end])
            if is_certain(text):
                return (*_certain(runs[:at], is_certain), text)
    return ()


def _by_speed(runs: Sequence[Run], ends: Sequence[Code], is_certain: Callable[[Code], bool]) -> Parts:
    at = len(runs) - 1
    while at > 0 and runs[at].pause <= LONGEST_PAUSE_SECONDS and runs[at - 1].is_fast:
        at -= 1
    # A single sign has no speed of its own; only the pause behind it tells whose it is.
    if at == 1 and len(runs[0].text) == 1 and runs[1].pause <= FIRST_PAUSE_SECONDS:
        at = 0
    # The run made here took no time, so of what looks scanned only the length and the signs count.
    if any(run.is_fast for run in runs[at:]) and Run(ends[at]).looks_scanned:
        return Parts((*_certain(runs[:at], is_certain), ends[at]), "")
    return Parts((), _joined(runs))


def _joined(runs: Sequence[Run]) -> Code:
    return Code("".join(run.text for run in runs))
