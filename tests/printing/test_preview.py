"""The preview: lines that fit the columns, and codes that a scanner reads off them."""

from __future__ import annotations

import zxingcpp
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr
from rich.cells import cell_len

from kiosk.printing.papers import Bars, Qr, Rule, ShelfLabel, Slip, Text, label_layout, slip_layout
from kiosk.printing.preview import preview

HALVES = {" ": (255, 255), "\u2580": (0, 255), "\u2584": (255, 0), "\u2588": (0, 0)}
DOTS = 4
CODE = SecretStr("NR8PBW")


def codes(lines: list[str], columns: int) -> dict[str, str]:
    """Return what a scanner reads of the half blocks, black on white; other signs are light."""
    rows: list[bytes] = []
    for line in lines:
        cells = [HALVES.get(sign, (255, 255)) for sign in line] + [(255, 255)] * (columns - cell_len(line))
        for half in (0, 1):
            rows += [b"".join(bytes([cell[half]]) * DOTS for cell in cells[:columns])] * DOTS
    width = columns * DOTS
    found = zxingcpp.read_barcodes(memoryview(b"".join(rows)).cast("B", shape=[len(rows), width]))
    return {each.text: str(each.format) for each in found}


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=40), st.integers(min_value=1, max_value=60))
@example("山田 太郎\u202e\x1b[31m", 3)
def test_no_line_is_wider_than_the_columns(text: str, columns: int) -> None:
    slip = Slip(text, text, (text,), CODE, (text,), copy_mark=text)
    label = ShelfLabel(text, text, text)
    for layout in (slip_layout(slip), label_layout(label)):
        for line in preview(layout, columns):
            assert cell_len(line) <= columns or cell_len(line.strip(" *")) <= 2
            assert "\x1b" not in line


def test_a_slip_shows_all_that_is_printed_and_its_code_can_be_read() -> None:
    lines = preview(slip_layout(Slip("Parcel", "Isla", ("Locker 7",), CODE, ("Thank you",), "COPY")), 48)
    words = [line.strip() for line in lines]
    assert [word for word in words if word in {"* COPY *", "Parcel", "Isla", "Locker 7", "NR8 PBW", "Thank you"}] == [
        "* COPY *",
        "Parcel",
        "Isla",
        "Locker 7",
        "NR8 PBW",
        "Thank you",
    ]
    assert codes(lines, 48) == {"NR8PBW": "QR Code"}


def test_a_code_that_does_not_fit_is_left_out() -> None:
    assert preview((Qr(CODE),), 29)
    assert not preview((Qr(CODE),), 28)
    assert not preview((Bars("\ud800"), Qr(SecretStr(""))), 60)


def test_a_number_can_be_read_too() -> None:
    assert codes(preview((Bars("1Z999AA10123456784"),), 40), 40) == {"1Z999AA10123456784": "QR Code"}


def test_text_from_right_to_left_is_at_the_right() -> None:
    assert preview((Text("שרה"), Text("Isla"), Rule()), 8) == ["     שרה", "Isla", "\u2500" * 8]
