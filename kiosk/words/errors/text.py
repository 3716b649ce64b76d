"""What one text about an error is made of."""

from __future__ import annotations

from typing import NamedTuple


class Text(NamedTuple):
    """What is said of one code: the sentence has the error's parameters in braces, and all is marked, not translated.

    An empty title or hint is that of the error's class (`headings.py`).
    """

    sentence: str
    hint: str = ""
    title: str = ""
