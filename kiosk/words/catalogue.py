"""What is wrong with a compiled catalogue, for whoever brings one. Those of the program are proved by its tests."""

from __future__ import annotations

from gettext import GNUTranslations
from string import Formatter
from struct import error
from typing import Any

from kiosk.languages import compiled
from kiosk.words.times import PIECES


def can_be_read(language: str) -> bool:
    """Tell whether the catalogue of a language is one."""
    return _texts(language) is not None


def unusable(language: str) -> list[str]:
    """Return the English texts whose translations name a value that is not there, or have a brace too many."""
    return [english for english, said, allowed in _pairs(_texts(language) or {}) if not _holes(said) <= allowed]


def _texts(language: str) -> dict[Any, str] | None:
    try:
        with compiled(language).open("rb") as file:
            # gettext has no public way to all texts of a catalogue.
            texts: dict[Any, str] = vars(GNUTranslations(file))["_catalog"]
    except (OSError, ValueError, LookupError, error):
        return None
    return texts


def _pairs(texts: dict[Any, str]) -> list[tuple[str, str, set[str]]]:
    """Return each English text, what is said for it, and the values that it may name."""
    found = []
    for key, said in texts.items():
        context, _mark, english = (key[0] if isinstance(key, tuple) else key).rpartition("\x04")
        allowed = set(PIECES) if context == "date" else _holes(english)
        if isinstance(key, tuple):
            # A compiled catalogue is read without the English text for many, which may name more than that for one.
            allowed = _holes(said) - {""}
        if english:
            found.append((english, said, allowed))
    return found


def _holes(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:  # a single brace
        return {""}
