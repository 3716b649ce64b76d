"""What comes out of a printer: bytes of ESC/POS, ZPL and PNG made a picture again, by the languages' own descriptions.

Shares no code with what writes them.
"""

from __future__ import annotations

import io
import re
import struct
from typing import NamedTuple

import zxingcpp
from PIL import Image

from kiosk.printing.picture import Picture

WIDTHS = (384, 576, 812)
EDGE = 8
"""Dots at each side where nothing may be, and where something is if a text is cut off."""


class Paper(NamedTuple):
    """What is on the paper, and whether it was cut off behind it."""

    image: Image.Image
    """Black is 0."""
    is_cut: bool = False

    def codes(self) -> dict[str, str]:
        """Return what a scanner reads: the kind of each code, by its text."""
        width, height = self.image.size
        pixels = self.image.convert("L").tobytes()
        found = zxingcpp.read_barcodes(memoryview(pixels).cast("B", shape=[height, width]))
        return {each.text: str(each.format) for each in found}

    def edges_are_blank(self) -> bool:
        width, height = self.image.size
        sides = (self.image.crop((at, 0, at + EDGE, height)) for at in (0, width - EDGE))
        return all(side.getextrema() == (255, 255) for side in sides)

    def has_ink(self) -> bool:
        return self.image.getextrema() != (255, 255)


def paper_of(picture: Picture) -> Paper:
    return Paper(_picture(picture.rows, picture.width, picture.row_bytes))


def _picture(rows: bytes, width: int, row_bytes: int) -> Image.Image:
    """Return rows in which a set bit is black."""
    height = len(rows) // row_bytes
    bits = Image.frombytes("1", (row_bytes * 8, height), bytes(byte ^ 0xFF for byte in rows))
    return bits.convert("L").crop((0, 0, width, height))


def from_esc_pos(data: bytes, width: int) -> Paper:
    """Print: ESC @, GS v 0 in as many bands as there are, ESC d, GS V; anything else is an error."""
    at, rows, row_bytes, is_cut = 0, b"", 0, False
    assert data.startswith(b"\x1b@"), "a printer that is not set up anew prints with what the last job left"
    while at < len(data):
        match data[at : at + 2]:
            case b"\x1b@":
                at += 2
            case b"\x1dv":
                kind, mode, row_bytes, height = struct.unpack_from("<BBHH", data, at + 2)
                assert (chr(kind), mode) == ("0", 0)
                size = row_bytes * height
                band = data[at + 8 : at + 8 + size]
                assert len(band) == size
                rows, at = rows + band, at + 8 + size
            case b"\x1bd":
                assert data[at + 2] >= 4, "the cutter would cut the last lines"
                at += 3
            case b"\x1dV":
                assert data[at + 2] in b"\x00\x01"
                is_cut, at = True, at + 3
            case other:
                raise AssertionError(f"no command: {other!r}")
    return Paper(_picture(rows, width, row_bytes), is_cut)


def from_zpl(data: bytes) -> Paper:
    """Print one label of one graphic field."""
    found = re.fullmatch(rb"\^XA\^PW(\d+)\^LL(\d+)\^LH0,0\^FO0,0\^GFA,(\d+),(\d+),(\d+),([0-9A-F]+)\^FS\^XZ\s*", data)
    assert found
    width, height, size, whole, row_bytes = map(int, found.groups()[:5])
    rows = bytes.fromhex(found[6].decode())
    assert size == whole == len(rows) == row_bytes * height
    return Paper(_picture(rows, width, row_bytes), is_cut=True)


def from_png(data: bytes) -> Paper:
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == "PNG"
        return Paper(image.convert("L"))
