"""What a name is found by: its parts, the other ways in which they are typed, Chinese names without the first.

Pure: what an import puts into the index beside the parts of a name, so that a search need not look twice.
"""

from __future__ import annotations

import re

from kiosk.folding import other_parts, parts

_FIRST_WITHOUT_BLANKS = "\u3040"
_WITHOUT_BLANKS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
"""Scripts in which a name may stand in one piece."""


def indexed_words(name: str) -> str:
    """Return the folded parts of a name, and behind them the other ways in which they are typed."""
    words = parts(name)
    others = [word for way in other_parts(name) for word in way]
    if not name.isascii():
        others += _given_names(words)
    return " ".join(dict.fromkeys((*words, *others)) if others else words)


def _given_names(words: tuple[str, ...]) -> list[str]:
    pieces = [word for word in words if word[0] >= _FIRST_WITHOUT_BLANKS and _WITHOUT_BLANKS.fullmatch(word)]
    given = [piece[begin:] for piece in pieces for begin in range(1, min(len(piece), 4))]
    return [*given, "".join(pieces)] if len(pieces) > 1 else given
