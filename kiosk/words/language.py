"""The language in which the front ends speak: every text they show is marked here, and translated when it is shown.

`_` marks and translates, `N_` only marks: a text that stands in a table is translated where it is taken out. Texts are
written in English; each other language is a catalogue in `catalogues/`, and nothing is read for English.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from struct import error

from kiosk.languages import ENGLISH, compiled, has_language

_english = NullTranslations()
_aside: ContextVar[NullTranslations | None] = ContextVar("aside", default=None)
"""What is spoken for a moment, to somebody who is not at this terminal."""


@dataclass
class _Terminal:
    """What is spoken at this terminal."""

    catalogue: NullTranslations = _english
    language: str = ENGLISH


_terminal = _Terminal()


def speak(language: str) -> None:
    """Speak a language from now on: its code, such as `de`. What is shown already stays as it is.

    One without a catalogue that can be read is English: nobody stands before a closed kiosk for it.
    """
    _terminal.catalogue = catalogue = _catalogue(language)
    _terminal.language = ENGLISH if catalogue is _english else language


def language() -> str:
    """Return the code of the language that is spoken at this terminal."""
    return _terminal.language


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
    if language == ENGLISH or not has_language(language):
        return _english
    try:
        with compiled(language).open("rb") as file:
            return GNUTranslations(file)
    except (OSError, ValueError, LookupError, error):  # no catalogue, or a damaged one
        return _english


def _now() -> NullTranslations:
    return _aside.get() or _terminal.catalogue


def _(text: str) -> str:
    """Return a text in the language that is spoken; none stays none."""
    return _now().gettext(text) if text else ""  # the translation of nothing is the catalogue's header


def ngettext(one: str, many: str, count: int) -> str:
    """Return the text for so many, in the language that is spoken; both texts are whole sentences."""
    return _now().ngettext(one, many, count)


def pgettext(context: str, text: str) -> str:
    """Return a text that means different things in English; the context says to translators which one is meant."""
    return _now().pgettext(context, text)


def N_(text: str) -> str:  # noqa: N802 - gettext's own name, which its tools look for
    """Mark a text that is translated later."""
    return text


def own_name(language: str) -> str:
    """Return what a language calls itself: `Deutsch`; its code where its catalogue does not say."""
    with speaking(language):
        # Translators: not "English", but the name of your language in your language
        name = pgettext("this language", "English")
    return name if language == ENGLISH or name != "English" else language
