"""In which language a list says that somebody is written to. No file here."""

from __future__ import annotations

import re

from kiosk.folding import fold

_NAMES = {
    "en": "english, englisch, anglais, ingles, inglese",
    "es": "spanish, spanisch, espagnol, espanol, castellano, spagnolo",
    "fr": "french, franzosisch, francais, frances, francese",
    "de": "german, deutsch, allemand, aleman, tedesco",
}
"""What lists call the languages of notices that are not written as a code."""

_BY_NAME = {name.strip(): code for code, names in _NAMES.items() for name in names.split(",")}
_CODE = re.compile(r"([a-z]{2,3})(?:[-_].*)?")


def read_language(cell: str) -> str:
    """Return the code of a language: of `de`, `de-AT`, `de_AT.UTF-8` or `Deutsch`; empty where it can't be told.

    Nobody is left out for it.
    """
    said = fold(cell)
    if said in _BY_NAME:
        return _BY_NAME[said]
    # By its own letters: folding makes others of them.
    found = _CODE.fullmatch(cell.strip().lower())
    return found[1] if found else ""
