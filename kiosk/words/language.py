"""The language in which the front ends speak: every text they show is marked here, and translated when it is shown.

`_` marks and translates, `N_` only marks: a text that stands in a table is translated where it is taken out. Texts are
written in English; each other language is a catalogue in `catalogues/`, and nothing is read for English.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations

from kiosk.languages import ENGLISH, compiled

_english = NullTranslations()
_spoken = _english
_language = ENGLISH
_aside: ContextVar[NullTranslations | None] = ContextVar("aside", default=None)
"""What is spoken for a moment, to somebody who is not at this terminal."""


def speak(language: str) -> None:
    """Speak a language from now on: its code, such as `de`. What is shown already stays as it is."""
    global _spoken, _language
    _spoken, _language = _catalogue(language), language


def language() -> str:
    """Return the code of the language that is spoken at this terminal."""
    return _language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak another language inside, and only for who runs this: a notice reads as its recipient does."""
    token = _aside.set(_catalogue(language))
    try:
        yield
    finally:
        _aside.reset(token)


@cache
def _catalogue(language: str) -> NullTranslations:
    if language == ENGLISH:
        return _english
    with compiled(language).open("rb") as file:
        return GNUTranslations(file)


def _now() -> NullTranslations:
    return _aside.get() or _spoken


def _(text: str) -> str:
    """Return a text in the language that is spoken."""
    return _now().gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the text for so many, in the language that is spoken; both texts are whole sentences."""
    return _now().ngettext(one, many, count)


def pgettext(context: str, text: str) -> str:
    """Return a text that means different things in English; the context says to translators which one is meant."""
    return _now().pgettext(context, text)


def N_(text: str) -> str:  # noqa: N802 - gettext's own name, which its tools look for
    """Mark a text that is translated later."""
    return text
