"""A QR code in half blocks: explicit black on white, whatever the theme. Knows nothing of what the text means."""

from __future__ import annotations

from functools import lru_cache

from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip

from kiosk.barcodes import QR_QUIET_ZONE, framed, in_halves, qr_code
from kiosk.words.language import N_, _
from kiosk.words.plain import broken, fit
from kiosk.words.signs import UPPER_HALF, has_halves
from screens.widgets.drawn import Drawn, barcode_cell, strip_of

QUIET_ZONES = (QR_QUIET_ZONE, 2)
"""Light modules around the symbol: what the standard asks, and what readers still accept. Never none."""
TOO_SMALL = N_("Enlarge the window to see the QR code")


def size_for(text: str, quiet_zone: int = QUIET_ZONES[0]) -> Size:
    """Return the columns and rows that the code of this text takes with its quiet zone."""
    if not text:
        return Size(0, 0)
    side = len(qr_code(text)) + 2 * quiet_zone
    return Size(side, (side + 1) // 2) if has_halves() else Size(2 * side, side)


def qr_strips(text: str, quiet_zone: int) -> tuple[Strip, ...]:
    """Draw the code: of half blocks, or of blanks alone, two for a module, where a terminal has none."""
    return _of_halves(text, quiet_zone) if has_halves() else _of_blanks(text, quiet_zone)


@lru_cache(maxsize=8)
def _of_blanks(text: str, quiet_zone: int) -> tuple[Strip, ...]:
    rows = framed(qr_code(text), quiet_zone)
    return tuple(
        Strip([barcode_cell("", module, module) for module in row for _ in range(2)], 2 * len(row)).simplify()
        for row in rows
    )


@lru_cache(maxsize=8)
def _of_halves(text: str, quiet_zone: int) -> tuple[Strip, ...]:
    """Draw a space where both modules of a cell are equal, else an upper half block in two colours."""
    rows = in_halves(framed(qr_code(text), quiet_zone))
    return tuple(Strip([barcode_cell(UPPER_HALF, *cell) for cell in row], len(row)).simplify() for row in rows)


class QrCode(Drawn):
    """Shows `text` as a code in the middle of its room, whole or not at all."""

    text: reactive[str] = reactive("", layout=True)

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(QrCode.text, text)

    @staticmethod
    def size_for(text: str) -> Size:
        """Return the columns and rows that this text's code needs with its full quiet zone."""
        return size_for(text)

    @property
    def readable(self) -> bool:
        """Whether the code is drawn: there is a text, and it fits."""
        return self._quiet_zone() is not None

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Ask for the code's width; the whole of a narrower container for the sentence."""
        return min(self._size_wanted(container).width, viewport.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Ask for the code's height, or for the rows of the sentence."""
        return min(self._size_wanted(Size(width, container.height)).height, viewport.height)

    def render_line(self, y: int) -> Strip:
        """Draw one row of the code, or of the sentence that asks for room."""
        width = self.size.width
        quiet_zone = self._quiet_zone()
        if quiet_zone is None:
            return strip_of(self, [(fit(self._sentence(y), width), "bold $attention")], width)
        strips = qr_strips(self.text, quiet_zone)
        top, left = (self.size.height - len(strips)) // 2, (width - strips[0].cell_length) // 2
        if not top <= y < top + len(strips):
            return strip_of(self, [], width)
        right = width - left - strips[0].cell_length
        return Strip.join([strip_of(self, [], left), strips[y - top], strip_of(self, [], right)])

    def _quiet_zone(self) -> int | None:
        if not self.text:
            return None
        for quiet_zone in QUIET_ZONES:
            needed = size_for(self.text, quiet_zone)
            if needed.width <= self.size.width and needed.height <= self.size.height:
                return quiet_zone
        return None

    def _size_wanted(self, container: Size) -> Size:
        if not self.text:
            return Size(0, 0)
        for quiet_zone in QUIET_ZONES:
            needed = size_for(self.text, quiet_zone)
            if needed.width <= container.width and needed.height <= container.height:
                return needed
        return Size(container.width, min(container.height, 1 + len(_(TOO_SMALL)) // max(container.width, 1)))

    def _sentence(self, y: int) -> str:
        if not self.text:
            return ""
        lines = broken(_(TOO_SMALL), max(self.size.width, 1))
        return lines[y] if y < len(lines) else ""
