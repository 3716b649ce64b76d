"""How well the text on a screen stands out from its ground, measured on the cells as they are drawn.

The ratio is that of WCAG 2: 1 for the same colour, 21 for black and white; 7 is its enhanced level. Blocks and lines
that are no text are left out: the halves around a row, the bars of a scrollbar, the modules of a code and the dotted
rings on the map are forms, and say nothing that no text says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.app import App

LEAST = 7.0
FORMS = frozenset((*range(0x2500, 0x25A0), *range(0x2800, 0x2900)))
"""Boxes and blocks, and the dots of the map's rings."""


class Reading(NamedTuple):
    """One run of text, and how its colour stands out from its ground."""

    ratio: float
    text: str
    ink: str
    ground: str
    row: int


def readings(app: App[Any]) -> Iterator[Reading]:
    """Yield every run of text on the screen, as it is drawn."""
    for row, strip in enumerate(app.screen._compositor.render_strips()):
        for segment in strip:
            if text := "".join(sign for sign in segment.text if not (sign.isspace() or ord(sign) in FORMS)):
                ink, ground = _colours(segment)
                yield Reading(ratio(ink, ground), text, ink.hex, ground.hex, row)


def ratio(one: ColorTriplet, other: ColorTriplet) -> float:
    """Return how far two colours stand apart, whichever of them is the ink."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _colours(segment: Segment) -> tuple[ColorTriplet, ColorTriplet]:
    style = segment.style or Style()
    assert style.color is not None, segment
    assert style.bgcolor is not None, segment
    ink, ground = style.color.get_truecolor(), style.bgcolor.get_truecolor(foreground=False)
    if style.dim:  # half of the ground shines through, as terminals draw it
        red, green, blue = ((part + other) // 2 for part, other in zip(ink, ground, strict=True))
        ink = ColorTriplet(red, green, blue)
    return (ground, ink) if style.reverse else (ink, ground)


def _luminance(colour: ColorTriplet) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
