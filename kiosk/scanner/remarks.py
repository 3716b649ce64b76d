"""What a scan of the test code says about a scanner at this desk: codes with parameters, in the order of looking. Pure.

What was measured is in `doctor.py`; the words are in `kiosk/words/scanner.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from kiosk.errors import Parameter
from kiosk.scanner.doctor import Diagnosis, End, printable
from kiosk.scanner.runs import SCANNER_MEAN_SECONDS
from kiosk.settings.desk import tells_a_scan
from kiosk.tracking.layouts import US
from kiosk.tracking.testcode import Found


class Problem(StrEnum):
    """What has to be changed; the values are the codes that machines see."""

    OTHER_CODE = "other_code"
    """What came is not the test code, or is on a keyboard that is not known here."""
    PART = "part"
    """Only a part of the test code came."""
    LAYOUT = "keyboard_layout"
    CAPS_LOCK = "caps_lock"
    SLOW = "slow"
    PAUSES = "pauses"
    NO_END = "no_end"
    """Nothing ends a code, and the settings expect an end."""
    UNEXPECTED_END = "unexpected_end"
    """Something ends a code, and the settings say that silence does."""
    MISSING_PREFIX = "missing_prefix"
    """The prefix of the settings did not come."""
    UNKNOWN_PREFIX = "unknown_prefix"
    UNUSABLE_PREFIX = "unusable_prefix"
    """The prefix may stand inside a number, so no setting can make it known."""
    SUFFIX = "suffix"


class Note(StrEnum):
    """What was looked at and is good."""

    LAYOUT_US = "layout_us"
    LAYOUT_HARMLESS = "layout_harmless"
    """Another layout than the scanner's, with which numbers come right all the same."""
    SPEED = "speed"
    END = "end"
    ENDS_BY_SILENCE = "ends_by_silence"
    PREFIX = "prefix"
    NO_PREFIX = "no_prefix"
    AIM = "aim"
    CONTROLS = "controls"


class Remark(NamedTuple):
    """What is said of one thing that was looked at."""

    code: Problem | Note
    parameters: Mapping[str, Parameter] = {}

    @property
    def is_good(self) -> bool:
        """Whether nothing has to be changed."""
        return isinstance(self.code, Note)


def remarks(diagnosis: Diagnosis, *, prefix: str, ends_by_silence: bool) -> tuple[Remark, ...]:
    """Return what a scanner is like at a desk with these settings, what has to be changed first.

    `prefix` is `desk.scanner_prefix`; `ends_by_silence` is `desk.scanner_end = "silence"`.
    """
    found = tuple(_looked_at(diagnosis, prefix, ends_by_silence=ends_by_silence))
    return tuple(sorted(found, key=lambda remark: remark.is_good))


def _looked_at(diagnosis: Diagnosis, prefix: str, *, ends_by_silence: bool) -> Iterator[Remark]:
    if diagnosis.found is not None:
        yield from _keyboard(diagnosis.found)
    else:
        yield Remark(Problem.PART if diagnosis.is_part else Problem.OTHER_CODE)
    yield from _speed(diagnosis)
    yield _end(diagnosis, ends_by_silence=ends_by_silence)
    if diagnosis.found is not None:
        yield from _prefix(diagnosis, prefix)
    if suffix := printable(diagnosis.suffix):
        yield Remark(Problem.SUFFIX, {"suffix": suffix})
    if diagnosis.controls:
        yield Remark(Note.CONTROLS, {"controls": diagnosis.controls})


def _keyboard(found: Found) -> Iterator[Remark]:
    layout = {"layout": found.layout.name}
    if not found.numbers_are_right:
        yield Remark(Problem.LAYOUT, layout)
    elif found.layout is US:
        yield Remark(Note.LAYOUT_US)
    else:
        yield Remark(Note.LAYOUT_HARMLESS, layout)
    if found.caps_lock:
        yield Remark(Problem.CAPS_LOCK)


def _speed(diagnosis: Diagnosis) -> Iterator[Remark]:
    measured = {"median_ms": diagnosis.median_ms, "slowest_ms": diagnosis.slowest_ms}
    longest = 1000 * SCANNER_MEAN_SECONDS
    if is_slow := diagnosis.median_ms > longest:
        yield Remark(Problem.SLOW, {**measured, "longest_ms": longest})
    if diagnosis.pauses:
        yield Remark(Problem.PAUSES, measured)
    elif not is_slow:
        yield Remark(Note.SPEED, measured)


def _end(diagnosis: Diagnosis, *, ends_by_silence: bool) -> Remark:
    if diagnosis.end is End.NONE:
        return Remark(Note.ENDS_BY_SILENCE if ends_by_silence else Problem.NO_END)
    return Remark(Problem.UNEXPECTED_END if ends_by_silence else Note.END, {"end": diagnosis.end.name.lower()})


def _prefix(diagnosis: Diagnosis, prefix: str) -> Iterator[Remark]:
    sent, signs = {"prefix": diagnosis.prefix}, printable(diagnosis.prefix)
    if not diagnosis.prefix.endswith(prefix):
        yield Remark(Problem.MISSING_PREFIX, {"expected": prefix})
    if prefix or not signs:  # control signs alone are dropped, and another prefix beside an expected one is its part
        yield Remark(Note.PREFIX, sent) if diagnosis.prefix else Remark(Note.NO_PREFIX)
    else:
        yield Remark(Problem.UNKNOWN_PREFIX if tells_a_scan(signs) else Problem.UNUSABLE_PREFIX, sent)
    if diagnosis.aim:
        yield Remark(Note.AIM, {"aim": diagnosis.aim})
