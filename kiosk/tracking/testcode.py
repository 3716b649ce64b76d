"""The code that tests a scanner, and what a scan of it tells about keyboards. Pure; it is never a parcel's number.

Every keyboard layout makes something else of it, in few enough signs for bars that fit 80 columns of a terminal: Z and
A move on German and French keyboards, the hyphen, the digits and the semicolon elsewhere, and # tells a British from a
US one. On a Turkish keyboard # only marks the sign behind it; the blank lets the mark appear alone.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kiosk.tracking.layouts import LAYOUTS, US, Layout

TEST_CODE = "AZ-06# ;M"

SIGNS = TEST_CODE.replace(" ", "")
"""Without the blank, which not every keyboard lets through."""

LONGEST = 40
"""Signs of a test code with all that a scanner may put around it."""

SHORTEST_PART = 3
"""Signs: fewer may be of anything."""

_VARIANTS = {layout.types(SIGNS).casefold(): layout for layout in (US, *LAYOUTS)}
_CODE = re.compile("|".join(re.escape(layout.types(SIGNS)) for layout in _VARIANTS.values()), re.IGNORECASE)
_NUMBER_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"


class Found(NamedTuple):
    """The test code in what a scanner sent."""

    before: str
    """What the scanner put in front of it."""
    behind: str
    layout: Layout
    """The keyboard layout that explains how it came; the US one is what scanners type for."""
    caps_lock: bool
    """Large and small letters came exchanged."""

    @property
    def numbers_are_right(self) -> bool:
        """Tell whether letters, digits and the hyphen of a parcel's number come as the scanner sends them."""
        return self.layout.types(_NUMBER_SIGNS) == _NUMBER_SIGNS


def found_in(text: str) -> Found | None:
    """Return what a scan of the test code tells; None for any other text."""
    signs = text.replace(" ", "")
    if len(signs) > LONGEST or signs.isalnum():
        return None
    found = _CODE.search(signs)
    if found is None:
        return None
    layout = _VARIANTS[found[0].casefold()]
    letters = [(came, sent) for came, sent in zip(found[0], layout.types(SIGNS), strict=True) if sent.isupper()]
    caps_lock = all(came == sent.lower() for came, sent in letters)
    before, behind = signs[: found.start()], signs[found.end() :]
    return Found(layout.back(before), layout.back(behind), layout, caps_lock)


def is_part(text: str) -> bool:
    """Tell whether a text is a part of the test code, from its beginning or its end, on any keyboard."""
    signs = text.replace(" ", "").casefold()
    if not SHORTEST_PART <= len(signs) <= LONGEST:
        return False
    return any(signs in code or _overlap(signs, code) >= SHORTEST_PART for code in _VARIANTS)


def _overlap(signs: str, code: str) -> int:
    """Return how many signs of the code's beginning end the text, or of its end begin it."""
    lengths = range(min(len(signs), len(code)), 0, -1)
    return next((length for length in lengths if signs.endswith(code[:length]) or signs.startswith(code[-length:])), 0)
