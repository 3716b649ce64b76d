"""In which language a list says that somebody is written to. No file here."""

from __future__ import annotations

import re

from kiosk.folding import fold

_NAMES = {
    "en": "eng, english, englisch, anglais, ingles, inglese, engels",
    "es": "spa, esp, spanish, spanisch, espagnol, espanol, castellano, spagnolo, espanhol, spaans",
    "fr": "fra, fre, french, franzosisch, francais, frances, francese, frans",
    "de": "deu, ger, german, deutsch, allemand, aleman, tedesco, alemao, duits",
}
"""What lists call the languages of notices that are not written as a code of two letters."""

_BY_NAME = {name.strip(): code for code, names in _NAMES.items() for name in names.split(",")}
_CODE = re.compile(r"([a-z]{2,3})(?:[-_].*)?")
_FIRST = re.compile(r"[^,;|/(\[]*")
"""Of several languages the one that counts, without what stands in brackets behind it."""


def read_language(cell: str) -> str:
    """Return the code of a language: of `de`, `de-AT`, `de_AT.UTF-8`, `de-AT,de;q=0.9`, `Deutsch (Österreich)`.

    Empty where it can't be told; nobody is left out for it.
    """
    first = _FIRST.match(cell)
    said = first[0].strip() if first else ""
    # A code by its own letters: folding makes others of them.
    code = _CODE.fullmatch(said.lower())
    name = code[1] if code else fold(said)
    return _BY_NAME.get(name, code[1] if code else "")
