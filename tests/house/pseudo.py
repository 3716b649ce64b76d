"""A language that nobody speaks: English with accents, a third longer, as the longest of the real ones are.

Whoever can read English can read it, so a word that is still plain English on a screen has not been translated.
"""

from __future__ import annotations

import re
from gettext import NullTranslations

_ACCENTED = str.maketrans("aceinouyACEINOUY", "àçéîñöûÿÀÇÉÎÑÖÛŸ")
_KEPT = re.compile(r"(\{[^{}]*\}|`[^`]*`|%\(\w+\)s|\s+)")
"""What a translator leaves as it is: values that are put in, commands, and white space."""
_VOWELS = "aeiouyAEIOUY"
_SHORT, _MORE = 4, 2
"""A text of so many letters or more grows by so many at least: short labels grow most."""


class Pseudo(NullTranslations):
    """Speaks it."""

    def gettext(self, message: str) -> str:
        return longer(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return longer(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        del context
        return longer(message)


def longer(text: str) -> str:
    """Return a text in that language."""
    pieces = _KEPT.split(text)
    letters = sum(len(piece) for piece in pieces[::2])
    wanted = max(-(-letters // 3), _MORE if letters >= _SHORT else 0)
    done, grown = 0, 0
    for at in range(0, len(pieces), 2):
        done += len(pieces[at])
        # Each word gets its share, so that a text of one long word grows as well as one of many.
        more = wanted * done // letters - grown if letters else 0
        grown += more
        pieces[at] = _stretched(pieces[at], more).translate(_ACCENTED)
    return "".join(pieces)


def _stretched(word: str, more: int) -> str:
    """Say the vowels of a word longer; its last letter, where it has none."""
    at = [place for place, letter in enumerate(word) if letter in _VOWELS]
    at = at or [place for place, letter in enumerate(word) if letter.isalpha()][-1:]
    if not at:
        return word
    share = [more // len(at) + (place < more % len(at)) for place in range(len(at))]
    extra = dict(zip(at, share, strict=True))
    return "".join(letter + letter.lower() * extra.get(place, 0) for place, letter in enumerate(word))
