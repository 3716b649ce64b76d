"""Large characters for the pickup code, readable across a counter. Drawn in half blocks; no font file, no colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.reactive import reactive

from screens.widgets.big_font import GLYPH_ROWS, GLYPH_WIDTH, GLYPHS
from screens.widgets.drawn import Drawn, Piece, strip_of
from screens.widgets.plain import fit, plain
from screens.widgets.signs import BLOCK, LOWER_HALF, UPPER_HALF

if TYPE_CHECKING:
    from textual.geometry import Size
    from textual.strip import Strip

_CELL_ROWS = (GLYPH_ROWS + 1) // 2
_SPACE_WIDTH = 3
_HALVES = {(False, False): " ", (True, False): UPPER_HALF, (False, True): LOWER_HALF, (True, True): BLOCK}


class BigText(Drawn):
    """Shows a short text four rows high; spaced bold text where the width does not suffice.

    A character without a large form stands in its normal form at the foot of its column.
    """

    text: reactive[str] = reactive("", layout=True)

    def __init__(
        self,
        text: str = "",
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(BigText.text, text)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Ask for the width of the large form, or of what the container allows."""
        return min(_width(plain(self.text)), container.width, viewport.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Ask for four rows, or for one where the large form is too wide."""
        return _CELL_ROWS if _width(plain(self.text)) <= min(width, container.width, viewport.width) else 1

    def render_line(self, y: int) -> Strip:
        """Draw one row in the middle of the width."""
        width, text = self.size.width, plain(self.text)
        if _width(text) <= width and self.size.height >= _CELL_ROWS:
            line = _large(text, y)
        else:
            line = _spaced(text, width) if y == 0 else ""
        pieces: list[Piece] = [(" " * ((width - cell_len(line)) // 2), ""), (line, "bold")]
        return strip_of(self, pieces, width)


def _width(text: str) -> int:
    return max(sum(_advance(character) + 1 for character in text) - 1, 0)


def _advance(character: str) -> int:
    if character == " ":
        return _SPACE_WIDTH
    return GLYPH_WIDTH if character in GLYPHS else max(cell_len(character), 1)


def _large(text: str, y: int) -> str:
    return " ".join(_column(character, y) for character in text) if y < _CELL_ROWS else ""


def _column(character: str, y: int) -> str:
    width = _advance(character)
    glyph = GLYPHS.get(character)
    if glyph is None:
        return fit(character if y == _CELL_ROWS - 1 else "", width)
    upper = glyph[2 * y]
    lower = glyph[2 * y + 1] if 2 * y + 1 < GLYPH_ROWS else "." * width
    return "".join(_HALVES[up != ".", low != "."] for up, low in zip(upper, lower, strict=True))


def _spaced(text: str, width: int) -> str:
    spaced = " ".join(text)
    return spaced if cell_len(spaced) <= width else fit(text, min(width, cell_len(text)))
