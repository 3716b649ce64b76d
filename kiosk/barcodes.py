"""Barcodes as dark and light modules: QR, and Code 128 in code sets B and C. Pure; front ends draw them.

A module is the narrowest bar or the smallest square. True is dark.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

Modules = tuple[bool, ...]
Matrix = tuple[Modules, ...]
"""Rows of modules."""

CODE_128_QUIET_ZONE = 10
"""Light modules on either side of a Code 128 symbol (ISO/IEC 15417)."""

QR_QUIET_ZONE = 4
"""Light modules around a QR code (ISO/IEC 18004)."""

_WIDTHS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 "
    "113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 "
    "212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 "
    "113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 "
    "314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 "
    "241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 "
    "214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 "
    "211232 2331112"
)
"""Bar, space, bar... of each symbol character, by its value (ISO/IEC 15417, table 1)."""

_ZEROS = "0" * 20
"""More of them in a row than any code has."""

_START_B, _START_C, _STOP, _MODULUS = 104, 105, 106, 103


@lru_cache(maxsize=32)
def qr_code(text: str) -> Matrix:
    """Return a QR code without a quiet zone, at level H where that costs no room, else at level M."""
    from qrcode import QRCode, constants, util  # noqa: PLC0415 - the first frame does not wait for it

    def symbol(level: int) -> QRCode:
        code = QRCode(error_correction=level, border=0)
        # Packed as numbers, half a hundred zeros are a block of nothing, which the library can't divide.
        code.add_data(util.QRData(text.encode(), util.MODE_8BIT_BYTE) if _ZEROS in text else text)
        code.make(fit=True)
        return code

    code, strong = symbol(constants.ERROR_CORRECT_M), symbol(constants.ERROR_CORRECT_H)
    chosen = strong if strong.version == code.version else code
    return tuple(tuple(bool(module) for module in row) for row in chosen.get_matrix())


def framed(matrix: Matrix, quiet_zone: int = QR_QUIET_ZONE) -> Matrix:
    """Return a code with light modules around it."""
    beside = (False,) * quiet_zone
    above = ((False,) * (len(matrix) + 2 * quiet_zone),) * quiet_zone
    return (*above, *((*beside, *row, *beside) for row in matrix), *above)


def in_halves(matrix: Matrix) -> Iterator[tuple[tuple[bool, bool], ...]]:
    """Yield rows of cells with two modules each, the upper and the lower; an odd number gets one more light row."""
    rows = (*matrix, *((False,) * len(matrix[0]),) * (len(matrix) % 2))
    for upper, lower in zip(rows[::2], rows[1::2], strict=True):
        yield tuple(zip(upper, lower, strict=True))


def code_128(text: str) -> Modules:
    """Return a row of Code 128 with its quiet zones; ValueError for signs other than those from blank to tilde."""
    if text.isascii() and text.isdigit() and len(text) % 2 == 0:
        # Two digits a symbol: half as wide.
        start, values = _START_C, [int(text[at : at + 2]) for at in range(0, len(text), 2)]
    else:
        start, values = _START_B, [ord(sign) - ord(" ") for sign in text]
    if not all(0 <= value <= ord("~") - ord(" ") for value in values) and start is _START_B:
        raise ValueError("not_in_code_set_b")
    check = (start + sum(place * value for place, value in enumerate(values, 1))) % _MODULUS
    patterns = _WIDTHS.split()
    widths = "".join(patterns[value] for value in (start, *values, check, _STOP))
    # Each symbol is three bars and three spaces, so that bars keep the even places through the whole row.
    bars = [place % 2 == 0 for place, width in enumerate(widths) for _ in range(int(width))]
    quiet = (False,) * CODE_128_QUIET_ZONE
    return (*quiet, *bars, *quiet)
