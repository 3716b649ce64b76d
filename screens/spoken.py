"""What a screen says aloud: its one sentence, and what is told on it. Loaded only where a desk speaks.

A pickup code is never said: who stands at the counter would hear it.
"""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol, runtime_checkable

from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from kiosk.words.language import _
from screens.actions import Keymap
from screens.widgets.field import Field
from screens.widgets.focus import TITLE
from screens.widgets.heading import Heading
from screens.widgets.notice import Notice
from screens.widgets.question import Question
from screens.widgets.words import Words


class Spoken(NamedTuple):
    """What can be said of a screen as it is now."""

    sentence: str
    """What it asks or orders, or what it is about."""
    news: str
    """What happened, what is wrong, or what a question means."""

    def since(self, before: Spoken) -> str:
        """Return what is to be said now that this is so; empty where nothing of it is new."""
        if self.sentence != before.sentence:
            return f"{self.sentence} {self.news}".strip()
        return self.news if self.news != before.news else ""


@runtime_checkable
class SpeaksNumber(Protocol):
    """A screen that shows a number large which belongs to its sentence, such as a locker's, and may be heard."""

    @property
    def spoken_number(self) -> str:
        """The number, and what is needed to find it."""


NOTHING = Spoken("", "")


def spoken_on(screen: Screen[Any]) -> Spoken:
    """Return what a screen says as it is now."""
    shown = [widget for widget in screen.walk_children(Widget) if widget.region]
    for widget in shown:
        if isinstance(widget, Question):
            return Spoken(widget.title, widget.sentence)
    news = [text for widget in shown if (text := _news(widget))]
    return Spoken(_sentence(screen, shown), _joined(*news))


def _sentence(screen: Screen[Any], shown: list[Widget]) -> str:
    titles = [text for each in shown if each.has_class(TITLE) and (text := _text(each))]
    number = screen.spoken_number if isinstance(screen, SpeaksNumber) else ""
    fields = [each.label for each in shown if isinstance(each, Field)]
    headings = [each.text for each in shown if isinstance(each, Heading) and each.text]
    words = [each.text for each in shown if isinstance(each, Words)]
    keymap = getattr(screen, "KEYMAP", None)
    named = [_(keymap.title)] if isinstance(keymap, Keymap) and keymap.title else []
    first = next(filter(None, (fields, titles, headings, words, named)), [""])
    return _joined(first[0], number)


def _text(widget: Widget) -> str:
    if isinstance(widget, Static):
        return str(widget.content)
    return widget.text if isinstance(widget, Words | Heading) else ""


def _news(widget: Widget) -> str:
    return _joined(widget.title, widget.sentence) if isinstance(widget, Notice) else ""


def _joined(*parts: str) -> str:
    return " ".join(part.strip() for part in parts if part.strip())
