"""Pictures in the languages of printers: ESC/POS for receipts, ZPL for labels, PNG for CUPS."""

from __future__ import annotations

import struct
import zlib

from kiosk.printing.picture import Picture
from kiosk.settings.printer import PrinterLanguage

_ESC, _GS = b"\x1b", b"\x1d"
_INITIALIZE = _ESC + b"@"
_FEED_LINES = 5
"""From the head to the cutter."""
_FEED = _ESC + b"d" + bytes([_FEED_LINES])
_CUT = _GS + b"V\x01"
"""All but a point, so that the paper does not fall; printers without a cutter pass over it."""
_BAND_ROWS = 128
"""Small printers keep no more of a picture at once."""

_PNG_SIGN = b"\x89PNG\r\n\x1a\n"
_DOTS_PER_METRE = 7992
"""203 to the inch."""


def encoded(picture: Picture, language: PrinterLanguage) -> bytes:
    """Return what a printer of this language prints the picture from."""
    match language:
        case PrinterLanguage.ESC_POS:
            return _esc_pos(picture)
        case PrinterLanguage.ZPL:
            return _zpl(picture)
        case PrinterLanguage.PNG:
            return _png(picture)


def _esc_pos(picture: Picture) -> bytes:
    row = picture.row_bytes
    bands = [
        _GS + b"v0\x00" + struct.pack("<HH", row, len(rows) // row) + rows
        for rows in (picture.rows[at : at + row * _BAND_ROWS] for at in range(0, len(picture.rows), row * _BAND_ROWS))
    ]
    return b"".join([_INITIALIZE, *bands, _FEED, _CUT])


def _zpl(picture: Picture) -> bytes:
    size = len(picture.rows)
    field = f"^GFA,{size},{size},{picture.row_bytes},{picture.rows.hex().upper()}"
    return f"^XA^PW{picture.width}^LL{picture.height}^LH0,0^FO0,0{field}^FS^XZ\n".encode()


def _png(picture: Picture) -> bytes:
    """Write a picture of one bit a dot, in which 1 is white."""
    row = picture.row_bytes
    light = bytes(255 - each for each in picture.rows)
    lines = b"".join(b"\x00" + light[at : at + row] for at in range(0, len(light), row))
    return b"".join(
        [
            _PNG_SIGN,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", picture.width, picture.height, 1, 0, 0, 0, 0)),
            _chunk(b"pHYs", struct.pack(">IIB", _DOTS_PER_METRE, _DOTS_PER_METRE, 1)),
            _chunk(b"IDAT", zlib.compress(lines)),
            _chunk(b"IEND", b""),
        ]
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
