"""What a screen looks like in each theme and on rarer terminals: each text stands out, each sign is allowed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any, NamedTuple

from textual.app import App
from textual.pilot import Pilot

from kiosk.words import signs
from kiosk.words.signs import SignSet
from screens.theme import CONTRAST, LIGHT
from tests.screens.contrast import LEAST, readings


def is_single(sign: str) -> bool:
    """Tell whether every terminal gives a sign as many cells as we do; a combining one takes none anywhere."""
    return unicodedata.east_asian_width(sign) != "A" or bool(unicodedata.combining(sign))


class Look(NamedTuple):
    """A theme, and the signs with which it is drawn."""

    theme: str
    signs: SignSet = SignSet.UNICODE
    allowed: Callable[[str], bool] = lambda _: True


OTHERS = (Look(LIGHT.name, SignSet.WIDE, is_single), Look(CONTRAST.name, SignSet.ASCII, str.isascii))
"""Beside what a screen begins with; each has another theme, so that all is drawn anew."""


async def looks_right(pilot: Pilot[Any]) -> None:
    """Measure the screen as it is and in every other look; at the end it looks as it did."""
    app = pilot.app
    present = Look(app.theme)
    check(app, present)
    for look in (*OTHERS, present):
        signs.choose(look.signs, "utf-8")
        app.theme = look.theme
        await pilot.pause()
        if look is not present:
            check(app, look)


def check(app: App[Any], look: Look) -> None:
    """Fail for a text that does not stand out, and for a sign that the terminal is not to get."""
    faint = [each for each in readings(app) if each.ratio < LEAST]
    assert not faint, (faint[:3], look)
    strips = app.screen._compositor.render_strips()
    lacking = {sign for strip in strips for sign in strip.text if not look.allowed(sign)}
    assert not lacking, (lacking, look)
