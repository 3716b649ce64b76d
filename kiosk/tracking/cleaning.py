"""One cleaning of text for every way in: screen, command line, search. Knows no carrier and no barcode.

What a person can't see or does not mean is taken out here: control signs, marks of writing direction, no-break spaces,
full-width digits, long dashes. The separators of GS1 and ISO 15434 stay until `squeezed` or `canonical` drops them, for
they say where a field ends.
"""

from __future__ import annotations

import unicodedata

from kiosk.errors import UnreadableScanError

LONGEST_NUMBER = 100
"""Characters; the longest carrier format has 42 with its routing."""

LONGEST_TEXT = 4096
"""Characters that are looked at at all; the largest 2D code of a label holds less."""

GS, RS, EOT = "\x1d", "\x1e", "\x04"
_SEPARATORS = frozenset("\x1c\x1d\x1e\x1f\x04")
# These signs stand in the order of ASCII, at a constant distance.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def clean(raw: str) -> str:
    """Return the text with plain signs and single blanks, separators kept; UnreadableScanError where nothing is left.

    Raises UnreadableScanError also for a text so long that it can't be a label's.
    """
    if len(raw) > LONGEST_TEXT:
        raise UnreadableScanError("scan_too_long", length=len(raw), longest=LONGEST_NUMBER)
    if not raw.isascii():
        # A letter with a mark may come as one sign or as two, and a look-up compares signs.
        raw = unicodedata.normalize("NFC", raw.translate(_FULL_WIDTH))
    text = raw if raw.isascii() and raw.isprintable() else "".join(map(_plain, raw))
    text = _single_blanks(text)
    if not text.strip("\x1c\x1d\x1e\x1f\x04 "):
        raise UnreadableScanError("scan_empty")
    return text


def squeezed(text: str) -> str:
    """Return a cleaned text as carriers read it: capitals, no blanks, no separators."""
    if text.isalnum():
        return text.upper()
    # The separators are control signs, which stand before the blank.
    return "".join(sign for sign in text if sign > " ").upper()


def canonical(text: str) -> str:
    """Return a cleaned text as a number of its own, the one that is stored and looked up: in capitals.

    Raises UnreadableScanError for one that is empty or too long.
    """
    number = as_it_stands(text).upper()
    # A capital may take several signs that the small letter did not.
    if not number.isascii():
        number = _single_blanks("".join(map(_plain, unicodedata.normalize("NFC", number))))
    if not number:
        raise UnreadableScanError("scan_empty")
    if len(number) > LONGEST_NUMBER:
        raise UnreadableScanError("scan_too_long", length=len(number), longest=LONGEST_NUMBER)
    return number


def as_it_stands(text: str) -> str:
    """Return a cleaned text without its separators, large and small letters as they came."""
    return _single_blanks("".join(sign for sign in text if sign not in _SEPARATORS))


def _single_blanks(text: str) -> str:
    return " ".join(part for part in text.split(" ") if part)


def _plain(sign: str) -> str:
    if " " <= sign <= "~" or sign in _SEPARATORS:
        return sign
    # Dropped as control signs, they would glue two fields into one number.
    if sign in "\t\n\r\v\f\x85":
        return " "
    category = unicodedata.category(sign)
    if category[0] == "C":
        return ""
    if category[0] == "Z":
        return " "
    if category == "Pd":
        return "-"
    return str(unicodedata.decimal(sign)) if category == "Nd" else sign
