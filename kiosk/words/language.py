"""The language in which the front ends speak: every text they show is marked here, and translated when it is shown.

`_` marks and translates, `N_` only marks: a text that stands in a table is translated where it is taken out.
"""

from __future__ import annotations

from gettext import NullTranslations

_spoken = NullTranslations()
"""English, as the texts are written."""


def _(text: str) -> str:
    """Return a text in the language that is spoken."""
    return _spoken.gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the text for so many, in the language that is spoken; both texts are whole sentences."""
    return _spoken.ngettext(one, many, count)


def N_(text: str) -> str:  # noqa: N802 - gettext's own name, which its tools look for
    """Mark a text that is translated later."""
    return text
