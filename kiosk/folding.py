"""How names are compared, typed and sorted: without case, accents and punctuation. The one place for it.

Journals keep what `fold` and `parts` return, and are compared with it when they are verified: those two stay as they
are. In what else names differ is in `other_parts`.
"""

from __future__ import annotations

import re
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

_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "đ": "dj"})
_AS_WRITTEN_OUT = re.compile(r"(?<![aeiouq])([aou])e(?=[a-z]{2})")
"""Mueller, Goetz, Baecker; not Sue, Boe or Israel."""

_ALIKE = str.maketrans(
    {
        # Arabic: alef wasla, forms of ya, kaf, ta marbuta and forms of ha; the line that stretches a word.
        "\u0671": "\u0627", "\u0649": "\u064a", "\u06cc": "\u064a", "\u06d2": "\u064a", "\u06a9": "\u0643",
        "\u0629": "\u0647", "\u06c1": "\u0647", "\u06be": "\u0647", "\u06d5": "\u0647", "\u0640": "",
        # Hebrew signs that stand for an apostrophe and a quotation mark.
        "\u05f3": "'", "\u05f4": "'",
        **{chr(code): chr(code - 0x60) for code in range(0x30A1, 0x30F7)},  # Katakana as Hiragana
        **{chr(zero + digit): str(digit) for zero in (0x0660, 0x06F0) for digit in range(10)},
    }
)  # fmt: skip
"""Letters of which people type one for the other, because they sound or look alike."""


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


def parts_alike(text: str) -> tuple[str, ...]:
    """Return the folded parts of a text in which letters that look or sound alike are one: Arabic and Persian ya."""
    return parts(text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_ALIKE))


def other_parts(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the folded parts of a name in each other way in which people type it: Müller as "mueller", or the reverse.

    Letters of which one is typed for the other are one letter in one of these ways.
    """
    words = parts(text)
    ways = [words]
    if not text.isascii():
        ways += (parts(unicodedata.normalize("NFC", text).lower().translate(_WRITTEN_OUT)), parts_alike(text))
    if _AS_WRITTEN_OUT.search(" ".join(words)):
        ways.append(tuple(_AS_WRITTEN_OUT.sub(r"\1", word) for word in words))
    return tuple(dict.fromkeys(ways))[1:]


def sort_key(text: str) -> tuple[str, str]:
    """Return by what names are sorted: accents, case and punctuation count last, and Spanish ñ stands behind n.

    Scripts stand in the order of Unicode, Chinese signs by themselves. Nordic letters stand with those that they look
    like, for one list holds names of many languages.
    """
    composed = unicodedata.normalize("NFC", text)
    return " ".join(parts(_BEHIND_N.sub("n\u0272", composed))), composed


_BEHIND_N = re.compile("ñ", re.IGNORECASE)
"""Has a letter of its own put behind it, which stands behind z."""


def _separated(sign: str) -> str:
    if sign.isalnum():
        return sign
    # Vowel signs of Indic and Thai letters belong to their part.
    return "" if sign in _JOINING else sign if unicodedata.category(sign)[0] == "M" else " "


_PLAIN_SIGNS = {code: _separated(chr(code)) for code in range(128)}
"""The same for plain letters, which most names are made of: an import folds a million of them."""
