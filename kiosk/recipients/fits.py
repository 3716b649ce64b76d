"""How well a contact fits what was typed. Pure: no database, no order among people but by the fit."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from kiosk.folding import parts

INSIDE_LETTERS = 3
"""So many letters are looked for inside a part; fewer would be in everybody's name."""


class Stage(IntEnum):
    """Where the words were found, the best first; what is found in a stage stands before the next one's."""

    BEGINNINGS = 1
    INSIDE = 2
    DETAILS = 3
    GUESS = 4


class Standing(IntEnum):
    """Where in a name a part stands, the best first."""

    OUTER = 0
    """It is the first or the family name, or another way to type one of them."""
    BETWEEN = 1
    """A second first name, or a word such as "van"."""
    BEHIND_A_HYPHEN = 2


class Fit(NamedTuple):
    """How well it fits; the smaller the better."""

    stage: Stage
    standing: Standing
    """Where the words stand, by the one that stands worst: "mar" fits Marchand better than Anne-Marie."""
    order: int
    """0 where the words stand in the order typed."""
    unfinished: int
    """0 where the last word is typed in full: with "li", Li fits better than Lisa."""
    family: int
    """0 where a single word begins the family name."""
    left: int
    """Letters of the found parts that were not typed."""


def fit(name: str, words: Sequence[str], details: Sequence[str], wanted: Sequence[str]) -> Fit | None:
    """Return how the wanted words fit a contact's name and folded parts, None if one of them does not."""
    if all(any(part.startswith(word) for part in words) for word in wanted):
        return _at_beginnings(_pieces(name), words, wanted)
    if all(_within(words, word) for word in wanted):
        begun = [word for word in wanted if any(part.startswith(word) for part in words)]
        return Fit(Stage.INSIDE, Standing.OUTER, 0, 0, 0, _left(words, begun))
    if all(_within(words, word) or any(part.startswith(word) for part in details) for word in wanted):
        return Fit(Stage.DETAILS, Standing.OUTER, 0, 0, 0, 0)
    return None


def _pieces(name: str) -> list[tuple[str, ...]]:
    """Return the names of a person, each folded and taken apart at its hyphens."""
    return [apart for piece in name.split() if (apart := parts(piece))]


def _at_beginnings(name: Sequence[tuple[str, ...]], words: Sequence[str], wanted: Sequence[str]) -> Fit:
    own = [part for piece in name for part in piece]
    # Behind the parts of a name stand other spellings of them, which are in no order with these.
    is_own = all(any(part.startswith(word) for part in own) for word in wanted)
    is_family = len(wanted) > 1 or not is_own or name[-1][0].startswith(wanted[0])
    return Fit(
        Stage.BEGINNINGS,
        max(_standing(name, word) for word in wanted),
        0 if _in_order(own if is_own else words, wanted) else 1,
        0 if wanted[-1] in words else 1,
        0 if is_family else 1,
        _left(words, wanted),
    )


def _standing(name: Sequence[tuple[str, ...]], word: str) -> Standing:
    """Return where the best of the parts stands that begin so."""
    outer = (*name[:1], *name[-1:])
    if any(piece[0].startswith(word) for piece in outer):
        return Standing.OUTER
    if any(piece[0].startswith(word) for piece in name):
        return Standing.BETWEEN
    return (
        Standing.BEHIND_A_HYPHEN if any(part.startswith(word) for piece in name for part in piece) else Standing.OUTER
    )


def _within(name: Sequence[str], word: str) -> bool:
    if len(word) < INSIDE_LETTERS:
        return any(part.startswith(word) for part in name)
    return any(word in part for part in name)


def _in_order(name: Sequence[str], wanted: Sequence[str]) -> bool:
    # One iterator for all words: each goes on behind the part that the word before was found in.
    rest = iter(name)
    return all(any(part.startswith(word) for part in rest) for word in wanted)


def _left(name: Sequence[str], wanted: Sequence[str]) -> int:
    return sum(min(len(part) - len(word) for part in name if part.startswith(word)) for word in wanted)
