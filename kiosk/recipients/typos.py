"""Puts one typing mistake right: a letter too many, missing, wrong, or two that changed places. Pure."""

from __future__ import annotations

from collections.abc import Iterator

SHORTEST = 3
"""Of fewer letters, every other word would be a neighbour."""


def neighbours(word: str, letters: str) -> Iterator[str]:
    """Return every word that is one typing mistake away, each once; `letters` are those that names are made of."""
    if len(word) < SHORTEST or not word.isalpha():
        return
    seen = {word}
    for found in _edits(word, letters):
        if found not in seen:
            seen.add(found)
            yield found


def _edits(word: str, letters: str) -> Iterator[str]:
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        if after:
            yield before + after[1:]
            for letter in letters:
                yield before + letter + after[1:]
        for letter in letters if after else "":  # a letter behind the last one is the beginning of a longer part
            yield before + letter + after
