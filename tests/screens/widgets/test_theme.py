from __future__ import annotations

import pytest
from rich.color_triplet import ColorTriplet
from textual.color import Color
from textual.theme import Theme
from textual.widgets import Input

from screens.theme import CONTRAST, DARK, LIGHT, THEMES, default_tokens
from screens.widgets.notice import Notice, NoticeKind
from screens.widgets.step_bar import StepBar
from tests.screens.contrast import LEAST, ratio
from tests.screens.widgets.harness import Bench

PAIRS = [
    ("foreground", "background"),
    ("foreground", "surface"),
    ("foreground", "panel"),
    ("foreground", "tile"),
    ("quiet", "background"),
    ("quiet", "panel"),
    ("quiet", "tile"),
    ("quiet", "tile-off"),
    ("background", "quiet"),
    ("chosen", "background"),
    ("chosen", "panel"),
    ("chosen-text", "chosen"),
    ("attention", "background"),
    ("attention", "panel"),
    ("done", "background"),
    ("done", "panel"),
    ("broken", "panel"),
    *((state, "background") for state in ("free", "reserved", "occupied", "broken", "unknown")),
    *((state, f"{state}-tile") for state in ("free", "reserved", "occupied", "broken", "unknown")),
]


def colour(theme: Theme, token: str) -> ColorTriplet:
    return ColorTriplet(*Color.parse(theme.variables.get(token) or getattr(theme, token)).rgb)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize(("text", "ground"), PAIRS, ids=str)
def test_every_pair_of_text_and_ground_is_readable(theme: Theme, text: str, ground: str) -> None:
    assert ratio(colour(theme, text), colour(theme, ground)) >= LEAST


@pytest.mark.parametrize("theme", [LIGHT, CONTRAST], ids=lambda theme: theme.name)
def test_every_theme_names_the_same_tokens(theme: Theme) -> None:
    assert set(theme.variables) == set(DARK.variables)
    assert set(default_tokens()) == set(DARK.variables)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
async def test_the_stylesheets_load_in_every_theme(theme: Theme) -> None:
    app = Bench(StepBar(), Input(), Notice(NoticeKind.LOOK, "Look"), theme=theme.name)
    async with app.run_test(size=(80, 24)):
        assert app.screen.styles.background.hex.lower() == theme.background


async def test_what_widgets_paint_themselves_follows_a_change_of_theme() -> None:
    bar = StepBar(2)
    app = Bench(bar)
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = LIGHT.name
        await pilot.pause()
        grounds = {
            segment.style.bgcolor.name for segment in bar.render_line(0) if segment.style and segment.style.bgcolor
        }
        assert LIGHT.variables["chosen"] in grounds
        assert DARK.variables["chosen"] not in grounds
