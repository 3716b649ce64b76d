"""Which carriers a bare code fits, best first. Bare: in capitals, without blanks and without what wraps a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from kiosk.parcels.carriers import Carrier
from kiosk.tracking.formats import Format, Strength, formats_of


class Check(StrEnum):
    """What the check digit says."""

    OK = "ok"
    NONE = "none"
    """The format has no check digit: its shape is all there is."""
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to read a scan."""

    carrier: Carrier
    format: str
    tracking_number: str
    check: Check
    strength: Strength = Strength.LIKELY

    @property
    def is_certain(self) -> bool:
        """Tell whether nothing else looks like this."""
        return self.check is not Check.BAD and self.strength is Strength.CERTAIN

    @property
    def is_proven(self) -> bool:
        """Tell whether a right check digit or a shape that nothing else has speaks for it."""
        return self.check is Check.OK or self.is_certain

    @property
    def is_guess(self) -> bool:
        """Tell whether many codes of another kind look the same."""
        return self.check is not Check.BAD and self.strength is Strength.GUESS


def readings(code: str) -> tuple[Candidate, ...]:
    """Return every way to read a bare code, one for each carrier and number, the likeliest first."""
    rows = formats_of(len(code))
    if not rows or not code.isascii():
        return ()
    found = [
        Candidate(row.carrier, row.name, row.number(match), check, row.strength)
        for row in rows
        if (match := row.match(code)) and ((check := _check(row, match)) is not Check.BAD or not row.only_right)
    ]
    if len(found) < 2:
        return tuple(found)
    best: dict[tuple[Carrier, str], Candidate] = {}
    # Sorting keeps equals in the order of the table, which is the order of likelihood.
    for each in sorted(found, key=rank):
        best.setdefault((each.carrier, each.tracking_number), each)
    return tuple(best.values())


def proven(code: str) -> bool:
    """Tell whether a right check digit, or a shape that nothing else has, speaks for a carrier's number."""
    found = readings(code)
    return bool(found) and found[0].is_proven


def certain(code: str) -> bool:
    """Tell whether a bare code is a carrier's number by a shape that nothing else has."""
    found = readings(code)
    return bool(found) and found[0].is_certain


def rank(candidate: Candidate) -> int:
    """Return how likely a candidate is, 0 the likeliest: a right check digit, a shape, a guess, a wrong check digit."""
    if candidate.check is Check.OK:
        return candidate.strength.value
    if candidate.check is Check.BAD:
        return 5
    return 4 if candidate.strength is Strength.GUESS else 3


def equally_good(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Return the candidates as good as the best; of wrong check digits only the first."""
    if not candidates or candidates[0].check is Check.BAD:
        return candidates[:1]
    best = rank(candidates[0])
    return tuple(each for each in candidates if rank(each) == best)


def _check(row: Format, match: re.Match[str]) -> Check:
    if row.check is None:
        return Check.NONE
    return Check.OK if row.check(row.serial(match)) == match["check"] else Check.BAD
