"""A question in the middle of the screen, with its answers as large targets below it. Decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from kiosk.words.plain import plain
from screens.widgets.action_row import ActionItem, ActionRow


class Question(Vertical):
    """What is asked, what it means, and the answers; the safe way back stays in the row of keys."""

    def __init__(self, title: str, sentence: str, answers: Sequence[ActionItem]) -> None:
        super().__init__()
        self.title = title
        self.sentence = sentence
        self._answers = tuple(answers)

    def compose(self) -> ComposeResult:
        """Put the sentence between what is asked and the answers."""
        yield Static(plain(self.title), markup=False, classes="-title")
        yield Static(plain(self.sentence), markup=False)
        yield ActionRow(self._answers)
