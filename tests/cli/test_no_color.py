"""`NO_COLOR` on the command line: a code is drawn in the terminal's own two tones, and can be read."""

from __future__ import annotations

import pyte
import pytest
import zxingcpp

from kiosk.cli.scanner import qr_lines
from tests.e2e.terminal import SCALE, _is_light


def test_a_code_is_drawn_without_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    coloured = "".join(qr_lines("PARCEL KIOSK 4711"))
    monkeypatch.setenv("NO_COLOR", "1")
    lines = qr_lines("PARCEL KIOSK 4711")
    assert "38;5;" in coloured
    assert "38;5;" not in "".join(lines)
    screen = pyte.Screen(60, 40)
    pyte.Stream(screen).feed("\r\n".join(lines))
    rows: list[list[bool]] = []
    for y in range(len(lines)):
        cells = [screen.buffer[y][x] for x in range(screen.columns)]
        rows += [[_is_light(cell, True, upper=upper) for cell in cells] for upper in (True, False)]
    pixels = b"".join(bytes(255 if light else 0 for light in row for _ in range(SCALE)) * SCALE for row in rows)
    picture = memoryview(pixels).cast("B", shape=[len(rows) * SCALE, screen.columns * SCALE])
    assert [code.text for code in zxingcpp.read_barcodes(picture, try_invert=False)] == ["PARCEL KIOSK 4711"]
