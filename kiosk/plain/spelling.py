"""Codes as they are spelled out over the telephone: "N as in November, 4, 7". A table for each language."""

from __future__ import annotations

from kiosk.words.language import _, pgettext

# Translators: the word that your language spells this letter with.
_WORDS = {
    "A": lambda: pgettext("spelling", "Alfa"),
    "B": lambda: pgettext("spelling", "Bravo"),
    "C": lambda: pgettext("spelling", "Charlie"),
    "D": lambda: pgettext("spelling", "Delta"),
    "E": lambda: pgettext("spelling", "Echo"),
    "F": lambda: pgettext("spelling", "Foxtrot"),
    "G": lambda: pgettext("spelling", "Golf"),
    "H": lambda: pgettext("spelling", "Hotel"),
    "I": lambda: pgettext("spelling", "India"),
    "J": lambda: pgettext("spelling", "Juliett"),
    "K": lambda: pgettext("spelling", "Kilo"),
    "L": lambda: pgettext("spelling", "Lima"),
    "M": lambda: pgettext("spelling", "Mike"),
    "N": lambda: pgettext("spelling", "November"),
    "O": lambda: pgettext("spelling", "Oscar"),
    "P": lambda: pgettext("spelling", "Papa"),
    "Q": lambda: pgettext("spelling", "Quebec"),
    "R": lambda: pgettext("spelling", "Romeo"),
    "S": lambda: pgettext("spelling", "Sierra"),
    "T": lambda: pgettext("spelling", "Tango"),
    "U": lambda: pgettext("spelling", "Uniform"),
    "V": lambda: pgettext("spelling", "Victor"),
    "W": lambda: pgettext("spelling", "Whiskey"),
    "X": lambda: pgettext("spelling", "X-ray"),
    "Y": lambda: pgettext("spelling", "Yankee"),
    "Z": lambda: pgettext("spelling", "Zulu"),
}
_SIGNS = {
    "-": lambda: pgettext("spelling", "dash"),
    "_": lambda: pgettext("spelling", "underscore"),
    "/": lambda: pgettext("spelling", "slash"),
    ".": lambda: pgettext("spelling", "dot"),
    "#": lambda: pgettext("spelling", "hash"),
    "*": lambda: pgettext("spelling", "star"),
    "+": lambda: pgettext("spelling", "plus"),
    " ": lambda: pgettext("spelling", "space"),
}


def spelled(code: str) -> str:
    """Return a code sign by sign: letters with a word for each, digits as digits, which every reader says right."""
    return ", ".join(_sign(sign) for sign in code)


def _sign(sign: str) -> str:
    if sign in _SIGNS:
        return _SIGNS[sign]()
    word = _WORDS.get(sign.upper())
    if word is None:
        return sign
    text = _("small {letter} as in {word}") if sign.islower() else _("{letter} as in {word}")
    return text.format(letter=sign, word=word())
