"""A tiny app around one widget, and what a person would read off its screen."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Any, ClassVar

from textual import on
from textual.app import App, ComposeResult
from textual.message import Message
from textual.widget import Widget

from screens.theme import default_tokens, use_theme
from screens.widgets.action_row import ActionRow
from screens.widgets.bank_doors import BankDoors
from screens.widgets.row_list import RowList

STYLES = Path(__file__).parents[3] / "styles"


class Bench(App[object]):
    """Shows the widgets, and keeps the messages they post."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [STYLES / "base.tcss", STYLES / "widgets.tcss"]

    def __init__(self, *widgets: Widget, theme: str = "kiosk-dark") -> None:
        super().__init__()
        use_theme(self, theme)
        self._widgets = widgets
        self.posted: list[Message] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return default_tokens()

    def compose(self) -> ComposeResult:
        yield from self._widgets

    @on(ActionRow.Chosen)
    @on(BankDoors.Chosen)
    @on(RowList.Chosen)
    def keep(self, message: Message) -> None:
        self.posted.append(message)


def lines(app: App[Any]) -> list[str]:
    """Return the rows of the screen as text."""
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


def screen_text(app: App[Any]) -> str:
    """Return the whole screen as text."""
    return "\n".join(lines(app))
