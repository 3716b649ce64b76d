"""Reads barcodes off the cells of a running app, as a phone's camera would off the screen. No pictures, no fonts."""

from __future__ import annotations

from typing import Any

import zxingcpp
from rich.style import Style
from textual.app import App

SCALE = 4
"""Pixels a row of modules, and a column of cells; a decoder wants a few. Even, for a cell has two halves."""


def read_qr(app: App[Any]) -> list[str]:
    """Return the text of every QR code that is drawn in half blocks on the app's screen."""
    return [text for format_, text in read_codes(app) if "QR" in format_]


def read_codes(app: App[Any]) -> list[tuple[str, str]]:
    """Return format and text of every barcode that is drawn in half blocks on the app's screen."""
    rows: list[list[bool]] = []
    for strip in app.screen._compositor.render_strips():
        upper: list[bool] = []
        lower: list[bool] = []
        for segment in strip:
            ink, ground = _light(segment.style, ink=True), _light(segment.style, ink=False)
            for character in segment.text:
                upper += [ink if character in covered else ground for covered in ("▀█▌", "▀█▐")]
                lower += [ink if character in covered else ground for covered in ("▄█▌", "▄█▐")]
        rows += [upper, lower]
    width = max(map(len, rows), default=0)
    if not width:
        return []  # a screen that is not laid out yet shows nothing
    pixels = b"".join(
        bytes(255 if light else 0 for light in (row + [False] * (width - len(row))) for _ in range(SCALE // 2)) * SCALE
        for row in rows
    )
    picture = memoryview(pixels).cast("B", shape=[len(rows) * SCALE, width * SCALE // 2])
    return [(str(code.format), str(code.text)) for code in zxingcpp.read_barcodes(picture)]


def _light(style: Style | None, *, ink: bool) -> bool:
    colour = None if style is None else (style.color if ink else style.bgcolor)
    if colour is None or colour.triplet is None:
        return ink
    red, green, blue = colour.triplet
    return 0.299 * red + 0.587 * green + 0.114 * blue > 127
