"""Numbers made for tests, a fixed row of each sort: with their right check digits, or with a wrong one."""

from __future__ import annotations

import random
from collections.abc import Callable

from kiosk.tracking.check_digits import (
    Check,
    gs1,
    leitcode,
    luhn,
    mod10,
    mod10_from_right,
    mod37_36,
    s10,
    weighted_mod11,
)

MANY = 12

_DIGITS = "0123456789"
_FEDEX = weighted_mod11((3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1))


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choices(_DIGITS, k=count))


def _checked(serial: str, check: Check) -> str:
    return serial + check(serial)


def wrong(number: str) -> str:
    """Return the number with its last digit changed."""
    return number[:-1] + _DIGITS[(int(number[-1]) + 1) % 10]


def many(make: Callable[[random.Random], str], count: int = MANY) -> list[str]:
    """Return so many numbers, the same ones in each run."""
    rng = random.Random(11)
    return [make(rng) for _ in range(count)]


def ups(rng: random.Random) -> str:
    return "1Z" + _checked("".join(rng.choices("0123456789ABEWXY", k=6)) + _digits(rng, 9), mod10(1, 2))


def usps(rng: random.Random) -> str:
    return _checked(f"94001{rng.randrange(9, 10)}{_digits(rng, 15)}", mod10_from_right(3, 1))


def fedex(rng: random.Random) -> str:
    """Return twelve digits that fit nobody else: not Purolator, and no UPC begins with 2."""
    while luhn((code := _checked(f"2{_digits(rng, 10)}", _FEDEX))[:-1]) == code[-1]:
        pass
    return code


def fedex_that_fits_a_upc(rng: random.Random) -> str:
    while gs1(code := _checked(f"8{_digits(rng, 10)}", _FEDEX)[:-1]) != _FEDEX(code):
        pass
    return code + _FEDEX(code)


def post(rng: random.Random) -> str:
    serial = _digits(rng, 8)
    return f"R{rng.choice('ABCDLPRT')}{serial}{s10(serial)}{rng.choice(['GB', 'DE', 'CN', 'US', 'FR'])}"


def amazon(rng: random.Random) -> str:
    return f"TBA{rng.choice([_digits(rng, 3), 'ONT', 'LGB'])}{_digits(rng, 9)}"


def sscc(rng: random.Random) -> str:
    """Return an SSCC that is no FedEx number by chance."""
    while mod10(3, 1)((code := _checked(f"3{_digits(rng, 16)}", gs1))[2:-1]) == code[-1]:
        pass
    return code


def upc(rng: random.Random) -> str:
    """Return a UPC that fits no carrier."""
    while _FEDEX((code := _checked(f"7{_digits(rng, 10)}", gs1))[:-1]) == code[-1]:
        pass
    return code


def ean(rng: random.Random) -> str:
    return _checked(f"40{_digits(rng, 10)}", gs1)


def gtin14(rng: random.Random) -> str:
    return _checked(f"1{_digits(rng, 12)}", gs1)


def imei(rng: random.Random) -> str:
    return _checked(f"35{_digits(rng, 12)}", luhn)


def leitcode_number(rng: random.Random) -> str:
    while gs1((code := _checked(_digits(rng, 13), leitcode))[:-1]) == code[-1]:
        pass
    return code


def dpd(rng: random.Random) -> str:
    """Return what DPD's bars hold: 27 digits; the parcel's number is in the middle."""
    return f"00{_digits(rng, 5)}0{_digits(rng, 13)}101840"


def dpd_check(bars: str) -> str:
    return mod37_36(bars)


def zip_code(rng: random.Random) -> str:
    return f"420{_digits(rng, 5)}"
