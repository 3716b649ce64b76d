"""A QR code as a PNG file: black and white, one bit a pixel, with its quiet zone around it."""

from __future__ import annotations

import struct
import zlib
from typing import Final

from kiosk.barcodes import qr_code

_SCALE: Final = 8
"""Pixels of a module; as many as bits in a byte, so that a module of a row is a byte."""
_QUIET: Final = 4
"""Light modules around the symbol (ISO/IEC 18004)."""
_DARK, _LIGHT = b"\x00", b"\xff"


def qr_png(text: str) -> bytes:
    """Return the QR code of a text as a PNG file."""
    matrix = qr_code(text)
    side = len(matrix) + 2 * _QUIET
    margin = _LIGHT * _QUIET
    quiet = [_LIGHT * side] * _QUIET
    rows = [*quiet, *(margin + b"".join(_DARK if dark else _LIGHT for dark in row) + margin for row in matrix), *quiet]
    # In front of each row of pixels stands how it is filtered: not at all.
    pixels = b"".join((b"\x00" + row) * _SCALE for row in rows)
    # Width, height, bits a pixel, grey, then deflate, no filters, not interlaced.
    header = struct.pack(">IIBBBBB", side * _SCALE, side * _SCALE, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
