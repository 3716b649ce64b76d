"""The check-digit schemes of carriers and posts: each takes what the digit protects and returns the digit.

Digits and capital letters only; what else a number may hold is the business of `kiosk/tracking/formats.py`.
"""

from __future__ import annotations

from collections.abc import Callable

Check = Callable[[str], str]
"""A scheme: the serial in, the check character out."""

_ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# UPS counts letters on from A as 2, and of each value only the last digit.
_VALUES = {sign: (ord(sign) - 48 if sign.isdigit() else (ord(sign) - 3) % 10) for sign in _ALPHANUMERIC}


def mod10(even: int, odd: int) -> Check:
    """Return the scheme that weighs positions 0, 2, 4... from the left by `even`, the others by `odd`."""

    def check(serial: str) -> str:
        values = [_VALUES[sign] for sign in serial]
        return str(-(sum(values[::2]) * even + sum(values[1::2]) * odd) % 10)

    return check


def mod10_from_right(even: int, odd: int) -> Check:
    """Return the same scheme with positions counted from the right end."""
    from_left = mod10(even, odd)
    return lambda serial: from_left(serial[::-1])


def luhn(serial: str) -> str:
    """Return the standard Luhn check digit."""
    # The serial comes without its check digit, so the doubling begins at its last digit.
    doubled = [int(sign) * 2 for sign in serial[::-1][::2]]
    plain = [int(sign) for sign in serial[::-1][1::2]]
    return str(-(sum(value - 9 if value > 9 else value for value in doubled) + sum(plain)) % 10)


def mod7(serial: str) -> str:
    """Return the serial, taken as a number, modulo 7."""
    return str(int(serial) % 7)


def weighted_mod11(weights: tuple[int, ...]) -> Check:
    """Return the scheme of FedEx: the weighted sum modulo 11, then modulo 10."""

    def check(serial: str) -> str:
        return str(sum(int(sign) * weight for sign, weight in zip(serial, weights, strict=True)) % 11 % 10)

    return check


def s10(serial: str) -> str:
    """Return the check digit of the postal union's S10."""
    weights = (8, 6, 4, 2, 3, 5, 9, 7)
    rest = sum(int(sign) * weight for sign, weight in zip(serial, weights, strict=True)) % 11
    # Two rests would give 11 and 10, which are no digits: S10 has 5 and 0 for them.
    return {0: "5", 1: "0"}.get(rest, str(11 - rest))


def mod37_36(serial: str) -> str:
    """Return the check character of ISO 7064 MOD 37,36."""
    product = 36
    for sign in serial:
        # ISO 7064 goes on with 36 where the rest is 0.
        product = (product + _ALPHANUMERIC.index(sign)) % 36 or 36
        product = product * 2 % 37
    return _ALPHANUMERIC[(37 - product) % 36]


gs1 = mod10_from_right(3, 1)
"""The scheme of SSCC and GTIN."""

leitcode = mod10(4, 9)
"""The scheme of Deutsche Post's Leitcode."""

_CODE_39 = _ALPHANUMERIC + "-. $/+%"


def mod43(serial: str) -> str:
    """Return Code 39's own check sign; empty where the text has a sign that Code 39 lacks."""
    values = [_CODE_39.find(sign) for sign in serial]
    return "" if -1 in values else _CODE_39[sum(values) % 43]
