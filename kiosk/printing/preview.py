"""A layout as lines of text for a terminal. Pure; colours are the business of whoever shows it.

Codes are drawn in half blocks, and read only where those are black on white.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from kiosk.barcodes import framed, in_halves, qr_code
from kiosk.parcels.pickup_code import grouped
from kiosk.plain_text import plain
from kiosk.printing.papers import Bars, Big, Block, Code, Layout, Mark, Qr, Rule, Text
from kiosk.printing.texts import is_coded, on_one_line, runs_leftward, wrapped

_CELLS = {(False, False): " ", (True, False): "\u2580", (False, True): "\u2584", (True, True): "\u2588"}
_LINE = "\u2500"


def preview(layout: Layout, columns: int) -> list[str]:
    """Return the lines of a layout, none wider than so many cells; a code that would be wider is left out.

    A number shows as a QR code, also where bars are printed, for bars are as wide as a terminal.
    """
    return [line for block in layout for line in _lines(block, columns)]


def _lines(block: Block, columns: int) -> Iterator[str]:
    match block:
        case Text(text):
            lines = _wrapped(text, columns)
            yield from (_right(line, columns) for line in lines) if runs_leftward(on_one_line(text)) else lines
        case Big(text):
            yield from (_middle(line, columns) for line in _wrapped(text, columns))
        case Mark(text):
            yield from (_middle(f"* {line} *", columns) for line in _wrapped(text, columns - 4))
        case Code(code):
            yield from ("", *(_middle(line, columns) for line in _wrapped(grouped(code.get_secret_value()), columns)))
        case Qr(secret):
            yield from _code(secret.get_secret_value(), columns)
        case Bars(number):
            yield from _code(number, columns)
        case Rule():
            yield _LINE * columns


def _wrapped(text: str, columns: int) -> list[str]:
    # On the paper joiners decide how letters are written; in cells they would only be counted.
    return wrapped(plain(on_one_line(text)), lambda line: cell_len(line) <= columns)


def _code(text: str, columns: int) -> Iterator[str]:
    matrix = framed(qr_code(text)) if is_coded(text) else ()
    if not 0 < len(matrix) <= columns:
        return
    for row in in_halves(matrix):
        yield _middle("".join(_CELLS[cell] for cell in row), columns)


def _middle(line: str, columns: int) -> str:
    return " " * ((columns - cell_len(line)) // 2) + line


def _right(line: str, columns: int) -> str:
    return " " * (columns - cell_len(line)) + line
