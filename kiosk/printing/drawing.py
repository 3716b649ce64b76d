"""Draws a layout as a picture, in dots of the printer, so that names in any script come out without code pages.

Nothing is cut off at the edges: what is too wide is broken, or drawn smaller.
"""

from __future__ import annotations

from PIL import Image, ImageDraw

from kiosk.barcodes import Matrix, code_128, framed, qr_code
from kiosk.parcels.pickup_code import grouped
from kiosk.printing.fonts import Fonts
from kiosk.printing.papers import Bars, Big, Block, Code, Layout, Mark, Qr, Rule, Size, Text
from kiosk.printing.picture import Picture
from kiosk.printing.texts import is_coded, on_one_line
from kiosk.printing.typesetting import Line, Paragraph
from kiosk.settings.printer import PaperSize

MARGIN = 8
"""Dots at the left and the right that stay white, for printers clip there."""

# In dots; eight are a millimetre at 203 dots per inch.
_HEIGHTS = {Size.SMALL: 24, Size.NORMAL: 30, Size.LARGE: 40}
_BIGGEST = 110
_GAP, _RULE, _PADDING = 10, 3, 4
_BAR_HEIGHT = 90
_MODULE, _BAR = 8, 3
_LEAST_BAR = 2
"""Narrower bars are not read from thermal paper."""

_SCALES = (1.0, 0.85, 0.7, 0.6, 0.5, 0.4)
"""By how much everything shrinks, step by step, until it fits a label."""


def draw(layout: Layout, paper: PaperSize, fonts: Fonts) -> Picture:
    """Return the picture of a layout at the paper's width; on a label all of it at the label's height.

    What does not fit a label in its smallest form either makes a picture that is longer than the label.
    """
    image = _fitting(layout, paper, fonts)
    if paper.height is not None:
        image = image.crop((0, 0, paper.width, max(image.height, paper.height)))
    return Picture(image.width, image.height, image.tobytes())


def _fitting(layout: Layout, paper: PaperSize, fonts: Fonts) -> Image.Image:
    *larger, smallest = _SCALES
    for scale in larger:
        image = _Press(paper.width, scale, fonts).whole(layout)
        if paper.height is None or image.height <= paper.height:
            return image
    return _Press(paper.width, smallest, fonts).whole(layout)


class _Press:
    """Draws blocks at one width and scale; in its pictures 1 is black."""

    def __init__(self, width: int, scale: float, fonts: Fonts) -> None:
        self._width = width
        self._room = width - 2 * MARGIN
        self._scale = scale
        self._fonts = fonts

    def whole(self, layout: Layout) -> Image.Image:
        """Draw all blocks below each other."""
        gap = self._scaled(_GAP)
        images = [image for block in layout for image in self._drawn(block)]
        whole = self._blank(sum(image.height + gap for image in images) + gap)
        top = gap
        for image in images:
            whole.paste(image, (0, top))
            top += image.height + gap
        return whole

    def _scaled(self, dots: int) -> int:
        return max(round(dots * self._scale), 1)

    def _blank(self, height: int) -> Image.Image:
        return Image.new("1", (self._width, height))

    def _drawn(self, block: Block) -> list[Image.Image]:
        match block:
            case Text(text, size, bold):
                return [self._text(text, self._scaled(_HEIGHTS[size]), bold=bold)]
            case Big(text):
                return [self._big(text)]
            case Code(code):
                return [self._big(grouped(code.get_secret_value()))]
            case Qr(secret):
                return self._qr(secret.get_secret_value())
            case Bars(number):
                return self._bars(number)
            case Rule():
                return [self._black(self._scaled(_RULE))]
            case Mark(text):
                return [self._mark(text)]

    def _text(self, text: str, size: int, *, bold: bool) -> Image.Image:
        paragraph = self._paragraph(text, size, bold=bold)
        image = self._blank(max(paragraph.height, 1))
        for line, top in paragraph.placed():
            left = self._width - MARGIN - line.width if paragraph.leftward else MARGIN
            line.paint(ImageDraw.Draw(image), left, top)
        return image

    def _big(self, text: str) -> Image.Image:
        """Draw a text on one line as large as that can be, but never smaller than a large text."""
        size, least = self._scaled(_BIGGEST), self._scaled(_HEIGHTS[Size.LARGE])
        while size > least and len(self._paragraph(text, size, bold=True).lines) > 1:
            size -= max(size // 12, 1)
        paragraph = self._paragraph(text, size, bold=True)
        image = self._blank(max(paragraph.height, 1))
        for line, top in paragraph.placed():
            line.paint(ImageDraw.Draw(image), self._centred(line), top)
        return image

    def _mark(self, text: str) -> Image.Image:
        padding = self._scaled(_PADDING)
        paragraph = self._paragraph(text, self._scaled(_HEIGHTS[Size.LARGE]), bold=True)
        image = self._black(paragraph.height + 2 * padding)
        for line, top in paragraph.placed():
            line.paint(ImageDraw.Draw(image), self._centred(line), top + padding, ink=0)
        return image

    def _paragraph(self, text: str, size: int, *, bold: bool) -> Paragraph:
        return Paragraph(on_one_line(text), size, self._fonts, self._room, bold=bold)

    def _centred(self, line: Line) -> int:
        return (self._width - line.width) // 2

    def _black(self, height: int) -> Image.Image:
        image = self._blank(height)
        image.paste(1, (MARGIN, 0, self._width - MARGIN, height))
        return image

    def _bars(self, number: str) -> list[Image.Image]:
        try:
            modules = code_128(number)
        except ValueError:  # a sign that bars have no code for
            return self._qr(number)
        wide = min(self._scaled(_BAR), self._width // len(modules))
        if wide < _LEAST_BAR:
            return self._qr(number)
        return [self._modules((modules,), wide, self._scaled(_BAR_HEIGHT))]

    def _qr(self, text: str) -> list[Image.Image]:
        if not is_coded(text):
            return []
        matrix = framed(qr_code(text))
        side = max(min(self._scaled(_MODULE), self._width // len(matrix)), 1)
        return [self._modules(matrix, side, side)]

    def _modules(self, matrix: Matrix, wide: int, high: int) -> Image.Image:
        """Draw modules in the middle, each of whole dots."""
        small = Image.new("1", (len(matrix[0]), len(matrix)))
        small.putdata([module for row in matrix for module in row])
        large = small.resize((small.width * wide, small.height * high), Image.Resampling.NEAREST)
        image = self._blank(large.height)
        image.paste(large, ((self._width - large.width) // 2, 0))
        return image
