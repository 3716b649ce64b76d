"""What an app in a test need not do, because nobody sees it.

`screen_text` draws whatever is on the screen when a test reads it, so that a fault in drawing is a fault of that test.
Frames between two looks are drawn where a test is about them (`@pytest.mark.every_frame`), in the soak, and by every
kiosk that runs in a real terminal (`tests/e2e`).
"""

from __future__ import annotations

from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.screen import Screen

_parsed: dict[tuple[Any, ...], list[RuleSet]] = {}


def draw_only_what_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the frames that Textual would send to a terminal, which a test has none of."""
    draw = Screen._compositor_refresh

    def leave_out(screen: Screen[Any]) -> None:
        if screen is not screen.app.screen:
            draw(screen)
            return
        screen._compositor._dirty_regions.clear()
        screen._dirty_widgets.clear()

    monkeypatch.setattr(Screen, "_compositor_refresh", leave_out)


def parse_each_stylesheet_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use the rules of a stylesheet again in each later app that has the same variables."""
    parse = Stylesheet._parse_rules

    def parse_once(sheet: Stylesheet, *source: Any, **more: Any) -> list[RuleSet]:
        key = (*source, *more.items(), *sheet._variables.items())
        if key not in _parsed:
            _parsed[key] = parse(sheet, *source, **more)
        return _parsed[key]

    monkeypatch.setattr(Stylesheet, "_parse_rules", parse_once)
