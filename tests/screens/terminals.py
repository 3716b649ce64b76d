"""What a screen looks like in each theme and on rarer terminals: each text stands out, each sign is allowed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from textual.app import App
from textual.pilot import Pilot

from kiosk.words import signs
from kiosk.words.signs import SignSet
from screens.perceived import PerceivedApp
from screens.theme import CONTRAST, DARK, LIGHT
from tests.screens.contrast import LEAST, readings


def is_single(sign: str) -> bool:
    """Tell whether every terminal gives a sign as many cells as we do; a combining one takes none anywhere."""
    return unicodedata.east_asian_width(sign) != "A" or bool(unicodedata.combining(sign))


class Look(NamedTuple):
    """A theme, and how the terminal is drawn on in it."""

    theme: str
    signs: SignSet = SignSet.UNICODE
    allowed: Callable[[str], bool] = lambda _: True
    is_colourless: bool = False


LOOKS = (
    Look(LIGHT.name, SignSet.WIDE, is_single),
    Look(CONTRAST.name, SignSet.ASCII, str.isascii),
    Look(LIGHT.name, is_colourless=True),
    Look(CONTRAST.name),
    Look(DARK.name),
)
"""A theme that follows another one, so that all is drawn anew; the last is the one of the pictures."""


async def looks_right(pilot: Pilot[Any]) -> None:
    """Show the screen in every look and measure it; at the end it looks as it did."""
    app, theme = pilot.app, pilot.app.theme
    for look in (*LOOKS, Look(theme)):
        signs.choose(look.signs, "utf-8")
        if isinstance(app, PerceivedApp):
            app.is_colourless = look.is_colourless
        app.theme = look.theme
        await pilot.pause()
        found = [*faults(app, look)]
        assert not found, (found[:3], look)


def faults(app: App[Any], look: Look) -> Iterator[object]:
    """Yield what is not as it should be."""
    if look.is_colourless:
        yield from coloured(app)
    else:
        yield from (each for each in readings(app) if each.ratio < LEAST)
    for strip in app.screen._compositor.render_strips():
        yield from {sign for sign in strip.text if not look.allowed(sign)}


def coloured(app: App[Any]) -> Iterator[object]:
    """Yield what has a colour."""
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            if segment.style is not None and (segment.style.color or segment.style.bgcolor):
                yield segment
