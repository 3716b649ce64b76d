"""Texts that are written from right to left, in lines that run from left to right: names in Hebrew or Arabic.

Two ways lead there. `ordered` puts signs where they are seen, for a program that fills the cells of a terminal itself;
`guarded` leaves the order to who shows the line, and keeps what stands beside a name out of it. Either way a run is
taken for itself: a number beside a name stays where it stands. How a text is written on paper is in `kiosk/printing`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

_LEFTWARD: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Where Unicode keeps the scripts that run from right to left."""

_STRONG: Final = frozenset({"R", "AL"})
_ENDS: Final = frozenset("·•|…—")
"""What stands between a name and the next thing."""
_HANGING: Final = frozenset("'\u2019…")
"""Belongs to the word that it hangs on."""
_PAIRS: Final = {"(": ")", "[": "]", "{": "}", "«": "»"}
_MIRRORED: Final = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_BEFORE: Final = "\u200e"
_AFTER: Final = "\u200f\u200e"
"""Marks without a width: as a letter from left to right, and behind one from right to left."""


def is_leftward(text: str) -> bool:
    """Tell whether anything in a text is written from right to left."""
    return not text.isascii() and _LEFTWARD.search(text) is not None


def ordered(signs: Sequence[str]) -> list[tuple[int, str]]:
    """Return the signs of a line from left to right, each with its place in the text and as it is drawn there.

    A sign is a letter with its marks. Brackets are turned around, and Arabic letters take the form that joins them.
    """
    drawn = list(enumerate(signs))
    for begin, end in _runs(signs):
        shaped = [_shape(signs, at, begin, end) for at in range(begin, end)]
        drawn[begin:end] = [(begin + at, shaped[at]) for at in _from_the_right(signs[begin:end])]
    return drawn


def guarded(text: str) -> str:
    """Return a text with marks around each run, so that whoever puts it in order draws nothing else into it."""
    if not is_leftward(text):
        return text
    guarded, behind = "", 0
    for begin, end in _runs(text):
        guarded += f"{text[behind:begin]}{_BEFORE}{text[begin:end]}{_AFTER}"
        behind = end
    return guarded + text[behind:]


def _kind(sign: str) -> str:
    return unicodedata.bidirectional(sign[0]) or "L"


def _runs(signs: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where something from right to left begins and ends: from its first letter to its last one.

    Two blanks end it, as between columns; so do letters of the other direction, and signs that stand between things.
    """
    at = 0
    while at < len(signs):
        if _kind(signs[at]) in _STRONG:
            end = _end_of_run(signs, at)
            yield at, end
            at = end
        at += 1


def _end_of_run(signs: Sequence[str], begin: int) -> int:
    end, at = begin + 1, begin + 1
    open_brackets: list[str] = []
    while at < len(signs):
        sign, kind = signs[at][0], _kind(signs[at])
        is_hanging = at == end and sign in _HANGING
        is_column = sign == " " and signs[at - 1] == " "
        if kind in {"L", "B", "S"} or is_column or "\u2190" <= sign <= "\u2bff" or (sign in _ENDS and not is_hanging):
            break
        is_closing = bool(open_brackets) and sign == open_brackets[-1]
        if is_closing:
            open_brackets.pop()
        elif sign in _PAIRS:
            open_brackets.append(_PAIRS[sign])
        at += 1
        # A bracket counts with the one that it closes, whatever stands between them.
        if kind in _STRONG or kind == "NSM" or is_hanging or (is_closing and not open_brackets):
            end = at
        if is_hanging and sign == "…":
            break
    return end


def _from_the_right(signs: Sequence[str]) -> list[int]:
    """Return the places of a run's signs from left to right: all turned around, and numbers back again."""
    is_number = _numbers([_kind(sign) for sign in signs])
    places: list[int] = []
    number: list[int] = []
    for at in reversed(range(len(signs))):
        if is_number[at]:
            number.insert(0, at)
            continue
        places += [*number, at]
        number = []
    return places + number


def _numbers(kinds: Sequence[str]) -> list[bool]:
    """Tell of each sign whether it is part of a number (rules W2 to W6 of Unicode's bidirectional algorithm)."""
    found: list[str] = []
    letter = "R"
    for kind in kinds:
        letter = kind if kind in _STRONG else letter
        found.append("AN" if kind == "EN" and letter == "AL" else kind)
    for at in range(1, len(found) - 1):
        before, kind, after = found[at - 1 : at + 2]
        if before == after and ((kind == "CS" and before in {"EN", "AN"}) or (kind == "ES" and before == "EN")):
            found[at] = before
    for places in (range(1, len(found)), range(len(found) - 2, -1, -1)):
        step = places.step
        for at in places:
            if found[at] == "ET" and found[at - step] == "EN":
                found[at] = "EN"
    return [kind in {"EN", "AN"} for kind in found]


def _shape(signs: Sequence[str], at: int, begin: int, end: int) -> str:
    """Return a sign of a run as it is drawn: turned around, or in the form that joins its neighbours."""
    sign = signs[at]
    forms = _forms().get(sign[0])
    if forms is None:
        return sign.translate(_MIRRORED)
    before = at > begin and _joins(signs[at - 1], forward=True) and _joins(sign, forward=False)
    after = at + 1 < end and _joins(sign, forward=True) and _joins(signs[at + 1], forward=False)
    form = "medial" if before and after else "final" if before else "initial" if after else "isolated"
    return forms.get(form, sign[0]) + sign[1:]


def _joins(sign: str, *, forward: bool) -> bool:
    """Tell whether a letter is joined to the one behind it, or else to the one before it."""
    forms = _forms().get(sign[0], {})
    return sign[0] == "\u0640" or ("initial" if forward else "final") in forms


@cache
def _forms() -> dict[str, dict[str, str]]:
    """Return the forms of each Arabic letter that has several, by Unicode's own names for them."""
    forms: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFF00)):
        form, *letters = unicodedata.decomposition(chr(code)).split()[:3] or [""]
        if len(letters) == 1:
            forms.setdefault(chr(int(letters[0], 16)), {})[form.strip("<>")] = chr(code)
    return forms
