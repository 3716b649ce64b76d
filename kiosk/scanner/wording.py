"""What a scanner test says, for the screen and the command line: a line for each thing that was looked at."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from kiosk.scanner.doctor import Diagnosis, End, Problem, printable
from kiosk.scanner.runs import SCANNER_MEAN_SECONDS
from kiosk.settings.desk import tells_a_scan
from kiosk.tracking.layouts import US

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONTROL_SIGNS = (
    "NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US"
)

_ENDS = {
    End.NONE: "nothing",
    End.ENTER: "Enter",
    End.LINE_FEED: "line feed",
    End.ENTER_AND_LINE_FEED: "Enter and line feed",
    End.TAB: "Tab",
    End.SEVERAL: "more than one; the first counts",
}


class Line(NamedTuple):
    """One thing that was looked at."""

    words: str
    advice: str = ""
    """What to set; empty where it is good."""

    @property
    def is_good(self) -> bool:
        """Whether nothing has to be changed."""
        return not self.advice


class Verdict(NamedTuple):
    """What a scanner test says."""

    title: str
    lines: tuple[Line, ...]
    """What has to be changed first."""
    problems: tuple[Problem, ...]

    @property
    def is_good(self) -> bool:
        """Whether nothing has to be changed."""
        return not self.problems


def verdict(diagnosis: Diagnosis, *, prefix: str, ends_by_silence: bool) -> Verdict:
    """Return what is said of a scanner at a desk with these settings (`desk.scanner_prefix`, `desk.scanner_end`)."""
    problems = diagnosis.problems(prefix=prefix, ends_by_silence=ends_by_silence)
    lines = sorted(_lines(diagnosis, frozenset(problems), prefix), key=lambda line: line.is_good)
    bad = sum(not line.is_good for line in lines)
    title = "The scanner is set up well." if not bad else f"{bad} {'thing' if bad == 1 else 'things'} to mend."
    return Verdict(title, tuple(lines), problems)


def named(signs: str) -> str:
    """Return signs as a person reads them: `STX` for a control sign."""
    return " ".join(map(_name, signs)) if not signs.isprintable() else signs


def _name(sign: str) -> str:
    code = ord(sign[0])
    if len(sign) > 1:
        return sign.upper()  # a key
    names = _CONTROL_SIGNS.split()
    return names[code] if code < len(names) else "DEL" if code == 0x7F else sign


def _lines(diagnosis: Diagnosis, problems: frozenset[Problem], prefix: str) -> Iterator[Line]:
    if Problem.OTHER_CODE in problems:
        yield Line(
            "That was not the test code, as far as can be told.",
            "Scan the test code. If it was: set the scanner and this computer to a US keyboard.",
        )
    if Problem.PART in problems:
        yield Line("Only a part of the test code came.", "Scan it again, straight and near.")
    yield from _keyboard(diagnosis, problems)
    yield _speed(diagnosis, problems)
    yield _end(diagnosis, problems)
    if diagnosis.found is not None:
        yield _prefix(diagnosis, problems, prefix)
    if Problem.SUFFIX in problems:
        suffix = printable(diagnosis.suffix)
        yield Line(
            f"Suffix: {suffix}, which becomes part of every number.",
            "Take it off at the scanner.",
        )
    if diagnosis.controls:
        names = ", ".join(map(_name, diagnosis.controls))
        yield Line(f"Control signs: {names}. The kiosk drops them.")


def _keyboard(diagnosis: Diagnosis, problems: frozenset[Problem]) -> Iterator[Line]:
    if diagnosis.found is None:
        return
    name = diagnosis.found.layout.name
    if Problem.LAYOUT in problems:
        yield Line(
            f"Keyboard: {name} here, US at the scanner.",
            f"Set the scanner to a {name} keyboard, or this computer to a US one.",
        )
    elif diagnosis.found.layout is US:
        yield Line("Keyboard: US, as the scanner types.")
    else:
        yield Line(f"Keyboard: {name}. Parcel numbers come right all the same.")
    if Problem.CAPS_LOCK in problems:
        yield Line("Caps Lock is on.", "Turn it off.")


def _speed(diagnosis: Diagnosis, problems: frozenset[Problem]) -> Line:
    words = f"Speed: {diagnosis.median_ms:.0f} ms a sign, {diagnosis.slowest_ms:.0f} ms at the slowest."
    if Problem.SLOW in problems:
        return Line(
            words,
            f"Over {1000 * SCANNER_MEAN_SECONDS:.0f} ms it looks typed: set the delay between signs to 0.",
        )
    if Problem.PAUSES in problems:
        return Line(
            f"Speed: {diagnosis.median_ms:.0f} ms a sign, but a pause of {diagnosis.slowest_ms:.0f} ms.",
            "Set the delay between signs to 0; bring a radio scanner nearer to its base.",
        )
    return Line(words)


def _end(diagnosis: Diagnosis, problems: frozenset[Problem]) -> Line:
    words = f"End: {_ENDS[diagnosis.end]}."
    if Problem.NO_END in problems:
        return Line(
            words,
            'Let the scanner send Enter; if it can\'t, set desk.scanner_end = "silence".',
        )
    if Problem.UNEXPECTED_END in problems:
        return Line(
            words,
            'Set desk.scanner_end = "enter": with "silence" a pause cuts a code in two.',
        )
    return Line(words)


def _prefix(diagnosis: Diagnosis, problems: frozenset[Problem], prefix: str) -> Line:
    sent = named(diagnosis.prefix) or "none"
    aim = f", then {diagnosis.aim} (AIM), which names the sort of code" if diagnosis.aim else ""
    words = f"Prefix: {sent}{aim}."
    if Problem.MISSING_PREFIX in problems:
        return Line(
            f"Prefix: {sent}{aim}, but the settings expect {named(prefix)}.",
            "Let the scanner send it, or take desk.scanner_prefix out of the settings.",
        )
    if Problem.UNKNOWN_PREFIX in problems:
        return Line(words, _to_set(diagnosis.prefix))
    return Line(words)


def _to_set(prefix: str) -> str:
    """Return what makes a prefix known; one that may stand inside a number can't be."""
    sign = printable(prefix)
    if not tells_a_scan(sign):
        return "Take it off at the scanner, or use a sign that no number has, such as ~."
    return f"Set desk.scanner_prefix = {json.dumps(sign, ensure_ascii=False)}, or take it off at the scanner."
