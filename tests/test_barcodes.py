"""Barcodes are what a decoder reads, whatever they hold."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from kiosk.barcodes import CODE_128_QUIET_ZONE, code_128, framed, in_halves, qr_code

PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=30)
DIGITS = st.text("0123456789", min_size=2, max_size=30)
"""Even numbers of them are packed two a symbol."""
HEIGHT = 20


@given(PRINTABLE | DIGITS)
def test_code_128_is_read_back(text: str) -> None:
    row = bytes(0 if dark else 255 for dark in code_128(text) for _ in range(2))
    picture = memoryview(row * HEIGHT).cast("B", shape=[HEIGHT, len(row)])
    (found,) = zxingcpp.read_barcodes(picture)
    assert (str(found.format), found.text) == ("Code 128", text)


def test_code_128_has_its_quiet_zones() -> None:
    modules = code_128("A")
    assert not any(modules[:CODE_128_QUIET_ZONE] + modules[-CODE_128_QUIET_ZONE:])
    assert modules[CODE_128_QUIET_ZONE]
    assert modules[-CODE_128_QUIET_ZONE - 1]


@pytest.mark.parametrize("text", ["ß", "\x1d", "A\x7f"])
def test_code_128_refuses_what_it_can_not_hold(text: str) -> None:
    with pytest.raises(ValueError, match="not_in_code_set_b"):
        code_128(text)


@pytest.mark.parametrize("text", ["0" * count for count in (1, 19, 20, 54, 55, 64)] + ["7" + "0" * 60, "A" + "0" * 63])
def test_a_qr_code_of_zeros_is_read_back(text: str) -> None:
    side = len(qr_code(text)) + 8
    margin = bytes([255]) * 4
    rows = [margin + bytes(0 if dark else 255 for dark in row) + margin for row in qr_code(text)]
    blank = [bytes([255]) * side] * 4
    large = b"".join(b"".join(bytes([module]) * 4 for module in row) * 4 for row in [*blank, *rows, *blank])
    (found,) = zxingcpp.read_barcodes(memoryview(large).cast("B", shape=[side * 4, side * 4]))
    assert found.text == text


def test_a_frame_is_light_and_an_odd_number_of_rows_gets_one_more() -> None:
    matrix = ((True,) * 3,) * 3
    assert framed(matrix, 1) == ((False,) * 5, *((False, True, True, True, False),) * 3, (False,) * 5)
    assert [*in_halves(matrix)] == [((True, True),) * 3, ((True, False),) * 3]
