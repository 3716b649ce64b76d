"""How names are compared: without case, accents and punctuation. The one place for it, for directory and journal."""

from __future__ import annotations

import unicodedata

_LETTERS_WITHOUT_PARTS = str.maketrans(
    {
        "ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i", "ħ": "h",
        "ŧ": "t", "ŋ": "ng", "ĸ": "k", "ə": "e", "ɓ": "b", "ɗ": "d", "ƙ": "k", "\u02bc": "", "\u02bb": "",
    }
)  # fmt: skip
"""Letters that Unicode does not take apart into a plain one and an accent."""

_JOINING = {"'", "’", "‘", "`", "´", "ʹ"}  # noqa: RUF001 - the signs that names are written with
"""Signs inside a part: O'Neil is one part."""


def fold(text: str) -> str:
    """Return the text without case and accents: "Søren ÅKESSON" becomes "soren akesson"."""
    if text.isascii():
        return text.lower()
    # Twice, as Unicode defines caseless matching: what casefold returns need not be decomposed any more.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(sign for sign in decomposed.translate(_LETTERS_WITHOUT_PARTS) if not unicodedata.combining(sign))


def plain_letter(sign: str) -> str:
    """Return a letter without its accent, in its own case; empty where it has no plain one."""
    apart = "".join(each for each in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(each))
    plain = apart.translate(_LETTERS_WITHOUT_PARTS)
    if not plain.isascii():
        plain = fold(sign).upper() if sign.isupper() else fold(sign)
    return plain if plain.isascii() else ""


def parts(text: str) -> tuple[str, ...]:
    """Return the folded parts of a name or of what was typed: "Huda al-Farsi" has three, "O'Neil" one."""
    folded = fold(text)
    apart = folded.translate(_PLAIN_SIGNS) if folded.isascii() else "".join(map(_separated, folded))
    return tuple(apart.split())


def _separated(sign: str) -> str:
    if sign.isalnum():
        return sign
    # Vowel signs of Indic and Thai letters belong to their part.
    return "" if sign in _JOINING else sign if unicodedata.category(sign)[0] == "M" else " "


_PLAIN_SIGNS = {code: _separated(chr(code)) for code in range(128)}
"""The same for plain letters, which most names are made of: an import folds a million of them."""
