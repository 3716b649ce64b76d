"""What one scan of the test code shows of a scanner: from signs and times of arrival to what was measured. Pure.

What of it fits this desk's settings is judged in `findings.py`. What the signs mean for keyboard layouts is in
`kiosk/tracking/testcode.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from math import inf
from statistics import median

from kiosk.scanner.machine import ALONE_SECONDS, LATE_END_SECONDS
from kiosk.scanner.runs import LONGEST_PAUSE_SECONDS
from kiosk.scanner.tokens import ENDS, MODIFIERS, SCANNER_GAP_SECONDS, Arrival, Key, Sign, Token
from kiosk.tracking.testcode import SHORTEST_PART, Found, found_in, is_part

LONGEST_SCAN = 200
"""Signs and keys that are kept; the test code has far fewer."""

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]$")


class End(Enum):
    """What a scanner sends behind a code."""

    NONE = ()
    ENTER = ("enter",)
    LINE_FEED = ("ctrl+j",)
    ENTER_AND_LINE_FEED = ("enter", "ctrl+j")
    TAB = ("tab",)
    SEVERAL = None
    """Enter twice, or Tab and Enter: the kiosk takes them as one."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What a scan showed."""

    found: Found | None
    """The test code in it."""
    is_part: bool
    """Only a part of the test code came."""
    median_ms: float
    """Between two signs."""
    slowest_ms: float
    pauses: int
    """How often more time passed between two signs than a scanner needs."""
    end: End
    controls: tuple[str, ...]
    """Control signs and keys in the scan, as they came."""

    @property
    def aim(self) -> str:
        """The AIM identifier, which names the sort of barcode; empty where none was sent."""
        found = _AIM.search(self._before)
        return found[0] if found else ""

    @property
    def prefix(self) -> str:
        """What else stood in front of the code."""
        return self._before.removesuffix(self.aim)

    @property
    def suffix(self) -> str:
        """What stood between the code and its end."""
        return self.found.behind if self.found else ""

    @property
    def _before(self) -> str:
        return self.found.before if self.found else ""


def printable(signs: str) -> str:
    """Return the signs that would become part of a number; the kiosk drops control signs by itself."""
    return "".join(sign for sign in signs if sign.isprintable())


def diagnose(arrivals: Sequence[Arrival]) -> Diagnosis | None:
    """Return what a scan tells; None where too little came to be one."""
    ends = [arrival.token.name for arrival in arrivals if isinstance(arrival.token, Key) and arrival.token.name in ENDS]
    sent = [arrival for arrival in arrivals if not _is_end(arrival.token)]
    text = "".join(_signs(arrival.token) for arrival in sent)
    if len(text) < SHORTEST_PART:
        return None
    gaps = [1000 * (after.at - before.at) for before, after in pairwise(sent)] or [0.0]
    found = found_in(text)
    return Diagnosis(
        found=found,
        is_part=found is None and is_part(printable(text)),
        median_ms=round(median(gaps), 1),
        slowest_ms=round(max(gaps), 1),
        pauses=sum(gap > 1000 * SCANNER_GAP_SECONDS for gap in gaps),
        end=_end_of(ends),
        controls=tuple(map(_control, (arrival.token for arrival in sent if _is_control(arrival.token)))),
    )


class Recording:
    """The scan that is coming: a pause does not end it as long as something of it is missing."""

    def __init__(self) -> None:
        self._arrivals: list[Arrival] = []
        self._last_at = -inf
        self._ended = False

    def add(self, token: Token, at: float) -> None:
        """Take in what arrived at a moment; a late Enter is a hand's."""
        if not isinstance(token, Sign | Key) or (isinstance(token, Key) and token.name in MODIFIERS):
            return
        pause = at - self._last_at
        if _is_end(token) and pause > LATE_END_SECONDS:
            return
        if self._begins_anew(token, pause):
            self._arrivals, self._ended = [], False
        self._last_at = at
        self._ended = _is_end(token) and bool(self._arrivals)
        if len(self._arrivals) < LONGEST_SCAN:
            self._arrivals.append(Arrival(token, at))

    def heard(self, at: float) -> Diagnosis | None:
        """Return what can be said by this moment; None while a scan is coming, and where none came."""
        return diagnose(self._arrivals) if at - self._last_at >= ALONE_SECONDS else None

    def _begins_anew(self, token: Sign | Key, pause: float) -> bool:
        if _is_end(token):
            return False
        if self._ended:
            return True
        # A control sign of a scan comes at scanner speed; a key behind a pause is a hand's.
        if isinstance(token, Key):
            return pause > SCANNER_GAP_SECONDS
        # A torn code may go on after a pause of the radio; behind the whole code only a second scan comes so late.
        return pause > (LATE_END_SECONDS if self._is_whole else LONGEST_PAUSE_SECONDS)

    @property
    def _is_whole(self) -> bool:
        diagnosis = diagnose(self._arrivals)
        return diagnosis is not None and diagnosis.found is not None


def _is_end(token: Sign | Key) -> bool:
    return isinstance(token, Key) and token.name in ENDS


def _end_of(names: Sequence[str]) -> End:
    return next((end for end in End if end.value == tuple(names)), End.SEVERAL)


def _signs(token: Sign | Key) -> str:
    sign = token.character or ""
    return sign if len(sign) == 1 else ""


def _is_control(token: Sign | Key) -> bool:
    return isinstance(token, Key) or not token.character.isprintable()


def _control(token: Sign | Key) -> str:
    return _signs(token) or (token.name if isinstance(token, Key) else "")
