"""The one question that a screen can ask at a time: it takes the content's place, and its answers lie up there.

No answer lies under a key of the row, and none has a key of the screen that asks: neither a double press nor a double
tap can answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.screen import Screen

from screens.actions import Action
from screens.clerk_actions import NO
from screens.widgets.action_row import ActionItem
from screens.widgets.notice import Greeting, Notice
from screens.widgets.question import Question


class Asking:
    """A part of a screen. While it asks, nothing else of the screen can be pressed; that is the screen's to see to."""

    def __init__(
        self, screen: Screen[None], item_of: Callable[[Action], ActionItem], changed: Callable[[], None]
    ) -> None:
        self._screen = screen
        self._item_of = item_of
        self._changed = changed
        self._said = Greeting()
        """What the notice said before."""
        self.answers: tuple[Action, ...] = ()
        """The answers to the question that is asked; none while nothing is."""

    def ask(self, title: str, sentence: str, answers: Iterable[Action]) -> None:
        """Ask; `NO` among the answers is the way back, which stays in the row of keys."""
        self.answers = tuple(answers)
        notice = self._screen.query_one(Notice)
        self._said = Greeting(notice.title, notice.sentence, notice.kind)
        notice.clear()
        self._screen.query_one("#content").display = False
        self._screen.add_class("-asking")
        items = [self._item_of(answer) for answer in self.answers if answer is not NO]
        self._screen.mount(Question(title, sentence, items), before="#notice")
        self._changed()

    def stop(self) -> None:
        """Show the content again."""
        if self.answers:
            self.answers = ()
            self._screen.query(Question).remove()
            self._screen.query_one("#content").display = True
            self._screen.remove_class("-asking")
            self._changed()

    def go_back(self) -> None:
        """Leave everything as it was, also what was said."""
        self.stop()
        self._screen.query_one(Notice).say(self._said.kind, self._said.title, self._said.sentence)
