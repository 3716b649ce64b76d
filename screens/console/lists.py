"""Screens through which the arrows move: with one table, or with one page to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.console.base import ConsoleScreen
from screens.widgets.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from kiosk.parcels.people import Person
    from screens.widgets.table import Table


class ListScreen(ConsoleScreen):
    """A screen with one table through which the arrows move."""

    table: Table

    def action_move(self, by: int) -> None:
        """Move by rows."""
        self.table.move(by)
        self.draw_keys()

    def action_page(self, by: int) -> None:
        """Move by windows full."""
        self.table.page(by)
        self.draw_keys()

    def action_to_end(self, way: int) -> None:
        """Go to the first or the last row."""
        self.table.move(way * len(self.table.rows))
        self.draw_keys()


class PageScreen(ConsoleScreen):
    """A screen with one page to read."""

    def __init__(self, operator: Person) -> None:
        super().__init__(operator)
        self.page = Lines(id="page")

    def compose_content(self) -> Iterable[Widget]:
        """Return the page."""
        yield self.page

    def action_move(self, by: int) -> None:
        """Move by lines."""
        self.page.scroll_lines(by)

    def action_page(self, by: int) -> None:
        """Move by windows full."""
        self.page.scroll_lines(by * self.page.page_size)

    def action_to_end(self, way: int) -> None:
        """Go to the beginning or the end."""
        self.page.scroll_lines(way * self.page.length)
