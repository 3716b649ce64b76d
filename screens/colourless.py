"""Draws without colours, for who asks for none (https://no-color.org): by bold, underlined and reversed text.

Two tones are left, those that the terminal has by itself. A ground that stands out in the theme becomes reversed, such
as that of the selected row and of the main key; what is bold on a key is underlined too, so that keys are known, and
one that is off is neither. Blocks are drawn by the tones of their two colours: so a QR code is dark on light wherever
the theme is of the terminal's kind, a dark one or a light one.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from kiosk.words.signs import BLOCK, LEFT_HALF, LOWER_HALF, RIGHT_HALF, UPPER_HALF

STANDS_OUT = 3.0
"""From this ratio to the theme's ground on, as WCAG 2 asks of forms, a colour counts as the terminal's ink."""

HALVES = frozenset((UPPER_HALF, LOWER_HALF, LEFT_HALF, RIGHT_HALF))
_NOTHING = Style()
_REVERSED, _UNDERLINED = Style(reverse=True), Style(underline=True)


@cache
def colourless(ground: str, key: str) -> LineFilter:
    """Return what takes the colours out; one for all lines of a theme, which remember what they became by it."""
    return Colourless(ground, key)


class Colourless(LineFilter):
    """Takes the colours of a theme out of what is drawn in it."""

    def __init__(self, ground: str, key: str) -> None:
        """Know the theme's ground, and that of its keys."""
        super().__init__()
        self._theme = ground, key

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the same text in attributes."""
        del background
        return list(chain.from_iterable(_drawn(text, style or _NOTHING, *self._theme) for text, style, _ in segments))


@lru_cache(4096)
def _drawn(text: str, style: Style, ground: str, key: str) -> tuple[Segment, ...]:
    is_ink = style.color is None or _stands_out(style.color, ground)
    is_reversed = style.bgcolor is not None and _stands_out(style.bgcolor, ground)
    plain = style.without_color
    if set(text) == {BLOCK}:
        return (Segment(" " * len(text), plain + (_REVERSED if is_ink else _NOTHING)),)
    if style.reverse:
        is_reversed = not is_reversed
    toned = plain + Style(reverse=is_reversed)
    if set(text) <= HALVES:
        return (Segment(" " * len(text) if is_ink == is_reversed else text, toned),)
    if not style.bold or not text.strip() or is_reversed or style.bgcolor is None or _hex(style.bgcolor) != key.lower():
        return (Segment(text, toned),)
    return tuple(_underlined(text, toned))


def _underlined(text: str, style: Style) -> Iterable[Segment]:
    """Yield a text with a line under its words, but not under the blanks around them."""
    words = text.strip()
    before, _, after = text.partition(words)
    for part, how in ((before, style), (words, style + _UNDERLINED), (after, style)):
        if part:
            yield Segment(part, how)


@lru_cache(256)
def _stands_out(colour: RichColor, ground: str) -> bool:
    one, other = Color.from_rich_color(colour), Color.parse(ground)
    return _ratio(one, other) >= STANDS_OUT


def _ratio(one: Color, other: Color) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _hex(colour: RichColor) -> str:
    return Color.from_rich_color(colour).hex.lower()
