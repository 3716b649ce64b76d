"""Text from outside made plain: one line without control characters, for screens, mails, paper and what is kept.

What fits into cells is cut in `kiosk/words/plain.py`; how names are compared is in `kiosk/folding.py`.
"""

from __future__ import annotations

import re

LONGEST_REASON = 200
"""Characters of a reason that are kept."""

_DOT = "\u00b7"

_SPACES = re.compile(
    "(?:[\t\n\r\x0b\x0c\x85\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]|(?<!\xab)\xa0(?![:;?!%\xbb]))+"
)
"""White space that would move the cursor or is wider than it looks; a no-break space only where French has none."""

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufff9-\uffff]")
"""C0 and C1 (ESC, GS, CSI among them), lone surrogates, specials: shown as a dot, so that nobody overlooks them."""

_INVISIBLE = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U0001bca0-\U0001bca3\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)
"""Bidirectional overrides, zero-width characters, blank fillers, selectors of a variation or a skin: left out.

They would let one name look like another, or make a terminal and this program disagree on a line's width.
"""


_FLAGS = {0x1F1E6 + letter: chr(ord("A") + letter) for letter in range(26)}
"""Two of these letters are a flag on some terminals, and as wide as two on others."""


def plain(text: str) -> str:
    """Return the text as one line that no terminal can take for a command."""
    if text.isascii() and text.isprintable():
        return text
    return _INVISIBLE.sub("", _CONTROLS.sub(_DOT, _SPACES.sub(" ", text))).translate(_FLAGS)


def one_line(reason: str) -> str:
    """Return a reason as one line that can be written down."""
    # A terminal can bring half a character, a lone surrogate, which can't be written as UTF-8.
    return " ".join(reason.encode(errors="replace").decode().split())[:LONGEST_REASON]
