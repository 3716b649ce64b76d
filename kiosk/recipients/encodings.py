"""Tells in which encoding a file of text was written, or that it can't be told. Decodes nothing for others."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import islice
from typing import IO

PIECE = 1 << 20
START = 4096
MOST_WORDS = 2_000
"""So many words with letters beyond ASCII are looked at."""

WESTERN = "cp1252"


def tell_encoding(raw: IO[bytes]) -> str | None:
    """Return the encoding of a file, None if it can't be told; the file is at its beginning afterwards.

    By its mark, by the zeros of UTF-16 and UTF-32, by whether all of it is UTF-8 (but for some spoiled bytes), and last
    by whether it reads as Western European text: Cyrillic or Japanese in the code page of Windows is rubbish, not a
    guess.
    """
    start = raw.read(START)
    raw.seek(0)
    found = _marked(start)
    is_shifted = found is None and _is_shifted(_pieces(raw))
    raw.seek(0)
    if is_shifted:
        return None
    if found is None:
        found = "utf-8" if _is_utf_8(_pieces(raw)) else None
        raw.seek(0)
    if found is None:
        found = WESTERN if _is_western(_pieces(raw)) else None
        raw.seek(0)
    return found


def _pieces(raw: IO[bytes]) -> Iterator[bytes]:
    # All of the file, because the first accent may stand in the last line.
    while piece := raw.read(PIECE):
        yield piece


def _marked(start: bytes) -> str | None:
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    # Before UTF-16, whose mark is the beginning of this one.
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # Text in UTF-32 has two zeros behind each other in every letter, but for those that few have.
    for encoding, places in (("utf-32-le", (2, 3)), ("utf-32-be", (0, 1))):
        if len(start) >= 8 and not any(any(start[place::4]) for place in places):
            return encoding
    # Western text in UTF-16 has a zero in every other byte; in the other encodings a zero is no text.
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) * 8 > len(start):
        return "utf-16-be" if even > odd else "utf-16-le"
    return None


_SHIFTED = re.compile(rb"\x1b\$[@B(]|~\{[!-}]{2,}~\}")
"""How Japanese (ISO 2022) and Chinese (HZ) of old mail change to letters of their own, which look like plain ones."""


def _is_shifted(pieces: Iterator[bytes]) -> bool:
    return any((b"\x1b$" in piece or b"~{" in piece) and _SHIFTED.search(piece) for piece in pieces)


def _is_utf_8(pieces: Iterator[bytes]) -> bool:
    """Tell whether it is UTF-8, spoiled bytes included: in other encodings hardly any letter would be right."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    right, wrong = 0, 0
    for piece in pieces:
        text = decoder.decode(piece)
        if not text.isascii():
            # A letter beyond ASCII has more bytes than one.
            right += len(piece) - len(text)
            wrong += text.count("\ufffd")
    wrong += len(decoder.decode(b"", final=True))
    return wrong == 0 or right >= wrong


LONGEST_WORD = 60
"""No name is longer; what is, is no text."""

_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
_MARKS = "\u2019\xb4\u2013\xb7\xa0"
"""Apostrophes, a dash, a dot and a blank: they stand between words and within names."""
_EDGES = _MARKS + (
    "\u2018\u201a\u201c\u201d\u201e\u2026\u2014\u2039\u203a\u2022\u2122\u20ac\xab\xbb\xb0\xa9\xae\xa3\xa1\xbf\xba\xaa"
)
"""Signs that stand beside words."""
_ACCENT = "ŠŒŽšœžŸÀ-ÖØ-öø-ÿƒ"
_WESTERN_WORD = re.compile(
    # Letters with accents stand among plain ones, seldom three in a row, and capitals never behind small letters.
    rf"(?!.*[a-zß-ÿ][ŠŒŽŸÀ-ÖØ-Þ])(?!.*[{_ACCENT}]{{3}})(?=.*[A-Za-z]|.$)[A-Za-z{_ACCENT}]+"
)


def _is_western(pieces: Iterator[bytes]) -> bool:
    """Tell whether nearly every word reads as one in the code page of Western Windows."""
    words = (word for piece in pieces for word in _WORD.findall(piece) if not word.isascii())
    right, wrong = 0, 0
    for word in islice(words, MOST_WORDS):
        text = word[: LONGEST_WORD + 1].decode(WESTERN, "replace").strip(_EDGES)
        for part in re.split(f"[{_MARKS}]", text):
            if part.isascii():
                continue
            if len(word) <= LONGEST_WORD and _WESTERN_WORD.fullmatch(part):
                right += 1
            else:
                wrong += 1
    return wrong * 10 <= right
