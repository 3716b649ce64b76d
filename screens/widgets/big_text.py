"""Large characters for locker and pickup code, readable across a counter. Drawn in blocks; no font file, no colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.reactive import reactive

from kiosk.words.plain import fit, plain, signs
from kiosk.words.signs import BLOCK, LOWER_HALF, UPPER_HALF, has_halves
from screens.widgets.big_font import GLYPH_ROWS, GLYPH_WIDTH, GLYPHS
from screens.widgets.drawn import Drawn, Piece, is_large, strip_of

if TYPE_CHECKING:
    from textual.geometry import Size
    from textual.strip import Strip

_SPACE_WIDTH = 3
_HALVES = {(False, False): " ", (True, False): UPPER_HALF, (False, True): LOWER_HALF, (True, True): BLOCK}


class BigText(Drawn):
    """Shows a short text four rows high, or seven with `double`; spaced bold text where the width does not suffice.

    In large print it is seven rows high in any case, as wide as before.

    A character without a large form stands in its normal form at the foot of its column.
    """

    text: reactive[str] = reactive("", layout=True)

    def __init__(
        self,
        text: str = "",
        *,
        id: str | None = None,
        classes: str | None = None,
        double: bool = False,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._scale = 2 if double else 1
        self.set_reactive(BigText.text, text)

    @property
    def _height(self) -> int:
        """How many half rows a pixel is high."""
        return 2 if self._scale > 1 or is_large(self) else 1

    @property
    def _rows(self) -> int:
        return (GLYPH_ROWS * self._height + 1) // 2

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Ask for the width of the large form, or of what the container allows."""
        return min(self._width_wanted(), container.width, viewport.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Ask for the large form's rows, or for one where it is too wide."""
        return self._rows if self._has_large_form(min(width, container.width, viewport.width)) else 1

    def _has_large_form(self, width: int) -> bool:
        """Tell whether the text is drawn large at a width: seven rows of whole blocks alone, else of halves."""
        return self._width_wanted() <= width and (self._height > 1 or has_halves())

    def render_line(self, y: int) -> Strip:
        """Draw one row in the middle of the width."""
        width, text = self.size.width, plain(self.text)
        if self._has_large_form(width) and self.size.height >= self._rows:
            gap = " " * self._scale
            line = (
                gap.join(_column(sign, y, self._scale, self._height) for sign in signs(text)) if y < self._rows else ""
            )
        else:
            line = _spaced(text, width) if y == 0 else ""
        pieces: list[Piece] = [(" " * ((width - cell_len(line)) // 2), ""), (line, "bold")]
        return strip_of(self, pieces, width)

    def _width_wanted(self) -> int:
        shown = signs(plain(self.text))
        return sum(_advance(sign, self._scale) for sign in shown) + max(len(shown) - 1, 0) * self._scale


def _advance(character: str, scale: int) -> int:
    if character == " ":
        return _SPACE_WIDTH * scale
    return GLYPH_WIDTH * scale if character in GLYPHS else max(cell_len(character), 1)


def _column(character: str, y: int, scale: int, height: int) -> str:
    """Return one row of a character: two half rows, each pixel `scale` cells wide and `height` half rows high."""
    width = _advance(character, scale)
    glyph = GLYPHS.get(character)
    if glyph is None:
        # At the foot of the glyphs, so that it stands on the same line as the large ones.
        return fit(character if y == (GLYPH_ROWS * height - 1) // 2 else "", width)
    pixels = ["".join(pixel * scale for pixel in row) for row in glyph for _ in range(height)]
    upper = pixels[2 * y]
    # Seven rows of pixels leave the last cell without its lower half.
    lower = pixels[2 * y + 1] if 2 * y + 1 < len(pixels) else "." * width
    return "".join(_HALVES[up != ".", low != "."] for up, low in zip(upper, lower, strict=True))


def _spaced(text: str, width: int) -> str:
    spaced = " ".join(signs(text))
    return spaced if cell_len(spaced) <= width else fit(text, min(width, cell_len(text)))
