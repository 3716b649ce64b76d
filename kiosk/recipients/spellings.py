"""How else a name may be typed: umlauts written out, or letters beside their own dots; Chinese names without the first.

Pure: what an import puts into the index beside the parts of a name, so that a search need not look twice.
"""

from __future__ import annotations

import re
import unicodedata

from kiosk.folding import parts

_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_AS_WRITTEN_OUT = re.compile(r"(?<![aeiouq])([aou])e(?=[a-z]{2})")
"""Mueller, Goetz, Baecker; not Sue, Boe or Israel."""
_FIRST_WITHOUT_BLANKS = "\u3040"
_WITHOUT_BLANKS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
"""Scripts in which a name may stand in one piece."""


def indexed_words(name: str) -> str:
    """Return the folded parts of a name, and behind them the other ways in which they are typed."""
    words = parts(name)
    others: list[str] = []
    if not name.isascii():
        others += _written_out(name)
        others += _given_names(words)
    if _AS_WRITTEN_OUT.search(" ".join(words)):
        others += (_AS_WRITTEN_OUT.sub(r"\1", word) for word in words)
    return " ".join(dict.fromkeys((*words, *others)) if others else words)


def _written_out(name: str) -> tuple[str, ...]:
    composed = unicodedata.normalize("NFC", name).lower()
    written_out = composed.translate(_WRITTEN_OUT)
    return parts(written_out) if written_out != composed else ()


def _given_names(words: tuple[str, ...]) -> list[str]:
    pieces = [word for word in words if word[0] >= _FIRST_WITHOUT_BLANKS and _WITHOUT_BLANKS.fullmatch(word)]
    given = [piece[begin:] for piece in pieces for begin in range(1, min(len(piece), 4))]
    return [*given, "".join(pieces)] if len(pieces) > 1 else given
