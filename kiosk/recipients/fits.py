"""How well a contact fits what was typed. Pure: no database, no order among people but by the fit."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

INSIDE_LETTERS = 3
"""So many letters are looked for inside a part; fewer would be in everybody's name."""


class Stage(IntEnum):
    """Where the words were found, the best first; what is found in a stage stands before the next one's."""

    BEGINNINGS = 1
    INSIDE = 2
    DETAILS = 3
    GUESS = 4


class Fit(NamedTuple):
    """How well it fits; the smaller the better."""

    stage: Stage
    order: int
    """0 where the words stand in the order typed."""
    left: int
    """Letters of the found parts that were not typed: with "l", Li fits better than Lisa."""


def fit(name: Sequence[str], details: Sequence[str], wanted: Sequence[str]) -> Fit | None:
    """Return how the wanted words fit a contact's folded parts, None if one of them does not."""
    if all(any(part.startswith(word) for part in name) for word in wanted):
        return Fit(Stage.BEGINNINGS, 0 if _in_order(name, wanted) else 1, _left(name, wanted))
    if all(_within(name, word) for word in wanted):
        return Fit(Stage.INSIDE, 0, _left(name, [word for word in wanted if any(p.startswith(word) for p in name)]))
    if all(_within(name, word) or any(part.startswith(word) for part in details) for word in wanted):
        return Fit(Stage.DETAILS, 0, 0)
    return None


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
