"""Labels of every format, drawn from a seed with their right check digits, each with its parcel's number."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple

from kiosk.tracking.check_digits import mod7, mod10, mod10_from_right, mod37_36, s10, weighted_mod11

LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Label(NamedTuple):
    """A barcode and the number of its parcel."""

    text: str
    number: str
    is_proven: bool = True
    """Its check digit or its shape says that it is a parcel's number."""
    is_of_dhl: bool = False

    @property
    def has_a_shape(self) -> bool:
        """Whether its shape alone tells that no letters belong in front of it."""
        return self.text.startswith(("1Z", "94", "92", "420", "TB", "LTN", "SP", "GFUS", "YT", "UUS", "JD", "JJD", "R"))


class Codes:
    """Draws labels, never the same number twice."""

    def __init__(self, rng: random.Random, *, own_prefix: str = "IH-") -> None:
        self._rng = rng
        self._own_prefix = own_prefix
        self._seen: set[str] = set()
        self._makers: tuple[Callable[[], Label], ...] = (
            self._ups, self._ups, self._usps, self._usps_routed, self._usps_92, self._usps_20, self._s10,
            self._fedex_12, self._fedex_12, self._fedex_15, self._fedex_96, self._fedex_34, self._dhl_10,
            self._dhl_piece, self._amazon, self._amazon, self._amazon_station, self._canada_post, self._sscc,
            self._dpd_28, self._ontrac, self._lettered, self._postnl, self._own, self._in_house, self._in_house,
        )  # fmt: skip

    def draw(self) -> Label:
        """Return another label."""
        while True:
            label = self._rng.choice(self._makers)()
            if not self._seen & {label.text, label.number}:
                self._seen |= {label.text, label.number}
                return label

    def _digits(self, count: int) -> str:
        return "".join(self._rng.choices("0123456789", k=count))

    def _ups(self) -> Label:
        serial = "".join(self._rng.choices(ALPHANUMERIC, k=6)) + self._digits(9)
        return _plain(f"1Z{serial}{mod10(1, 2)(serial)}")

    def _usps(self) -> Label:
        return _plain(self._impb("94"))

    def _usps_92(self) -> Label:
        return _plain(self._impb("92"))

    def _impb(self, begin: str) -> str:
        serial = f"{begin}{self._digits(3)}9{self._digits(15)}"
        return serial + mod10_from_right(3, 1)(serial)

    def _usps_routed(self) -> Label:
        number = self._impb("94")
        return Label(f"420{self._digits(5)}{number}", number)

    def _usps_20(self) -> Label:
        serial = f"7{self._digits(18)}"
        return _plain(serial + mod10(3, 1)(serial))

    def _s10(self) -> Label:
        serial = self._digits(8)
        return _plain(f"R{self._rng.choice(LETTERS)}{serial}{s10(serial)}{self._rng.choice(('US', 'GB', 'DE'))}")

    def _fedex_12(self) -> Label:
        serial = f"{self._rng.choice('26789')}{self._digits(10)}"
        return _plain(serial + weighted_mod11((3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1))(serial))

    def _fedex_15(self) -> Label:
        serial = f"5{self._digits(13)}"
        return _plain(serial + mod10(1, 3)(serial))

    def _fedex_96(self) -> Label:
        serial = self._digits(14)
        number = serial + mod10(1, 3)(serial)
        return Label(f"9622{self._digits(3)}{number}", number)

    def _fedex_34(self) -> Label:
        serial = f"00{self._rng.choice('6789')}{self._digits(10)}"
        number = serial + weighted_mod11((1, 7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1))(serial)
        return Label(f"1{self._digits(19)}{number}", number[2:])

    def _dhl_10(self) -> Label:
        serial = f"{self._rng.choice('1234569')}{self._digits(8)}"
        return _plain(serial + mod7(serial))._replace(is_of_dhl=True)

    def _dhl_piece(self) -> Label:
        begin, count = self._rng.choice((("JD", 18), ("JJD", 16), ("JJD", 18)))
        return _plain(begin + self._digits(count))._replace(is_of_dhl=True)

    def _amazon(self) -> Label:
        return _plain(f"TB{self._rng.choice('ACM')}{self._digits(12)}")

    def _amazon_station(self) -> Label:
        return _plain(f"TBA{''.join(self._rng.choices(LETTERS, k=3))}{self._digits(9)}")

    def _canada_post(self) -> Label:
        serial = self._digits(15)
        return _plain(serial + mod10(3, 1)(serial))

    def _sscc(self) -> Label:
        serial = f"3{self._digits(16)}"
        return _plain(f"00{serial}{mod10_from_right(3, 1)(serial)}")

    def _dpd_28(self) -> Label:
        number = self._digits(14)
        serial = f"0{self._digits(6)}{number}{self._digits(6)}"
        return Label(serial + mod37_36(serial), number)

    def _ontrac(self) -> Label:
        serial = f"1{self._digits(12)}"
        return _plain(f"C{serial}{mod10(1, 2)('4' + serial)}")

    def _lettered(self) -> Label:
        begin, count, end = self._rng.choice(
            (("LTN", 8, "N1"), ("SP", 18, ""), ("GFUS", 14, ""), ("YT", 16, ""), ("UUS", 13, ""), ("1LS71", 10, ""))
        )
        return _plain(f"{begin}{self._digits(count)}{end}")

    def _postnl(self) -> Label:
        return _plain(f"3S{''.join(self._rng.choices(LETTERS, k=4))}{self._digits(9)}")

    def _own(self) -> Label:
        return _plain(self._own_prefix + "".join(self._rng.choices("23456789BCDFGHJKM", k=6)))

    def _in_house(self) -> Label:
        text = f"{self._rng.choice(('BOX-', 'PKT-', 'K'))}{self._digits(7)}"
        return Label(text, text, is_proven=False)


def _plain(text: str) -> Label:
    return Label(text, text)
