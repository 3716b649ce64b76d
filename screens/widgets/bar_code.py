"""A Code 128 barcode in half blocks: explicit black on white, whatever the theme."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from textual.strip import Strip

from kiosk.barcodes import code_128
from kiosk.words.language import N_, _
from kiosk.words.plain import fit
from kiosk.words.signs import LEFT_HALF, has_halves
from screens.widgets.drawn import Drawn, barcode_cell, strip_of

if TYPE_CHECKING:
    from textual.geometry import Size

TOO_NARROW = N_("Enlarge the window to see the barcode")


def bar_strip(text: str) -> Strip:
    """Draw one row of the bars with its quiet zones: two modules a cell, or one where a terminal has no half blocks."""
    return _of_halves(text) if has_halves() else _of_blanks(text)


@lru_cache(maxsize=8)
def _of_blanks(text: str) -> Strip:
    cells = [barcode_cell("", module, module) for module in code_128(text)]
    return Strip(cells, len(cells)).simplify()


@lru_cache(maxsize=8)
def _of_halves(text: str) -> Strip:
    modules = code_128(text)
    # A light module more only widens the quiet zone; a cell holds two.
    modules += (False,) * (len(modules) % 2)
    cells = [barcode_cell(LEFT_HALF, *modules[at : at + 2]) for at in range(0, len(modules), 2)]
    return Strip(cells, len(cells)).simplify()


class BarCode(Drawn):
    """Shows a text as bars in the middle of its room, as high as that is, whole or not at all."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._bars = bar_strip(text)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Ask for the width of the bars."""
        del viewport
        return min(self._bars.cell_length, container.width)

    def render_line(self, y: int) -> Strip:
        """Draw one row of the bars, or the sentence that asks for room."""
        width = self.size.width
        spare = width - self._bars.cell_length
        if spare < 0:
            return strip_of(self, [] if y else [(fit(_(TOO_NARROW), width), "bold $attention")], width)
        left = spare // 2
        return Strip.join([strip_of(self, [], left), self._bars, strip_of(self, [], spare - left)])
