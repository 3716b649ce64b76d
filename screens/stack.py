"""Which screen lies on top. Textual's own `is_current` does not tell: it also holds for the one beneath."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen


def is_on_top(screen: Screen[Any]) -> bool:
    """Tell whether this is the screen that takes keys."""
    stack = screen.app.screen_stack
    return bool(stack) and stack[-1] is screen


def drop(screen: Screen[Any]) -> None:
    """Go back to the screen beneath; of two quick taps the second one finds its screen gone."""
    if is_on_top(screen):
        screen.app.pop_screen()
