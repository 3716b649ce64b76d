"""Reads a raw scan: what wraps the number, which carriers fit, which number to use. No I/O, no network.

The formats stand in `kiosk/tracking/formats.py`. A text that fits none is an in-house number as it stands.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.errors import UnreadableScanError
from kiosk.tracking.formats import formats_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.models.carriers import Carrier
    from kiosk.tracking.formats import Format

LONGEST_NUMBER = 100
"""Characters; the longest carrier format has 42 with its routing."""


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


@dataclass(frozen=True, slots=True)
class Scan:
    """A raw scan and everything it may be, best first."""

    raw: str
    tracking_number: str
    """The number to use: the best candidate's, or the text itself."""
    candidates: tuple[Candidate, ...]
    taken_off: tuple[str, ...] = ()
    """The wrappers that were taken off: aim, codabar."""


def read_scan(raw: str) -> Scan:
    """Return what a raw scan may be; raises UnreadableScanError for an empty one or one too long for any number."""
    text, taken_off = _unwrap(raw)
    bare = text if text.isalnum() else "".join(sign for sign in text if sign > " " and sign != "\x7f")
    candidates = tuple(sorted(_once(_read(bare.upper())), key=_rank))
    number = candidates[0].tracking_number if candidates else _in_house(text)
    return Scan(raw, number, candidates, taken_off)


def tracking_number(raw: str) -> str:
    """Return the number to use of a raw scan; raises UnreadableScanError."""
    return read_scan(raw).tracking_number


_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_CODABAR = re.compile(r"[A-Da-d]([0-9$:/.+-]+)[A-Da-d]")


def _unwrap(raw: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without what a scanner put around it, and the names of what that was."""
    text, taken_off = raw.strip(), []
    while _AIM.match(text):
        text = text[3:]
        taken_off.append("aim")
    codabar = _CODABAR.fullmatch(text)
    if codabar:
        text = codabar[1]
        taken_off.append("codabar")
    return text, tuple(taken_off)


def _read(code: str) -> Iterator[Candidate]:
    if not code.isascii():
        return
    for row in formats_of(len(code)):
        match = row.shape.fullmatch(code)
        if match:
            yield Candidate(row.carrier, row.name, row.number(match), _check(row, match))


def _check(row: Format, match: re.Match[str]) -> Check:
    if row.check is None:
        return Check.NONE
    return Check.OK if row.check(row.serial(match)) == match["check"] else Check.BAD


def _once(candidates: Iterator[Candidate]) -> list[Candidate]:
    """Keep one reading for each carrier and number: the one whose check digit is right, else the first."""
    best: dict[tuple[Carrier, str], Candidate] = {}
    for each in candidates:
        key = (each.carrier, each.tracking_number)
        if key not in best or _rank(each) < _rank(best[key]):
            best[key] = each
    return list(best.values())


def _rank(candidate: Candidate) -> int:
    return (Check.OK, Check.NONE, Check.BAD).index(candidate.check)


def _in_house(text: str) -> str:
    """Return any other text as a number: without control characters and outer blanks."""
    number = "".join(" " if unicodedata.category(sign)[0] == "Z" else sign for sign in text if _printable(sign)).strip()
    if not number:
        raise UnreadableScanError("The scan was empty.")
    if len(number) > LONGEST_NUMBER:
        raise UnreadableScanError(f"The scan has {len(number)} characters; a number has {LONGEST_NUMBER} at most.")
    return number


def _printable(sign: str) -> bool:
    return unicodedata.category(sign)[0] != "C"
