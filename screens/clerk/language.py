"""Choosing the language of the screens: each is called by its own name, so that whoever speaks it finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from kiosk.languages import languages
from kiosk.words.language import _, language, own_name
from screens.base import ClerkScreen
from screens.clerk_actions import LANGUAGE_KEYS
from screens.messages import EntryUsed
from screens.stack import drop
from screens.widgets.choice_list import Choice, ChoiceList
from screens.widgets.heading import Heading

if TYPE_CHECKING:
    from textual.widget import Widget


class LanguageScreen(ClerkScreen):
    """A list of languages; `then` is told which one was chosen."""

    KEYMAP = LANGUAGE_KEYS

    def __init__(self, then: Callable[[str], None]) -> None:
        super().__init__()
        self._then = then
        self._languages = languages()

    def compose_content(self) -> Iterable[Widget]:
        """Return the languages, the present one highlighted."""
        yield Heading(_("Language"))
        yield ChoiceList([Choice(own_name(each)) for each in self._languages])

    def appear(self) -> None:
        """Begin with the language that is spoken."""
        self.query_one(ChoiceList).highlighted = self._languages.index(language())

    def action_move(self, by: int) -> None:
        """Move in the list."""
        self.query_one(ChoiceList).move(by)

    def action_page(self, by: int) -> None:
        """Move in the list by a page."""
        self.query_one(ChoiceList).page(by)

    def action_choose(self) -> None:
        """Take the highlighted language."""
        self._then(self._languages[self.query_one(ChoiceList).highlighted or 0])

    def on_choice_list_chosen(self, message: ChoiceList.Chosen) -> None:
        """Take the language that was tapped."""
        message.stop()
        self._then(self._languages[message.index])

    def action_go_back(self) -> None:
        """Leave the language as it is."""
        self.post_message(EntryUsed())
        drop(self)
