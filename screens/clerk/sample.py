"""What the demo's home shows while it is empty: parcels to scan off the screen, and whom to type. No parcel is made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from textual.containers import Vertical

from kiosk.tracking.codes import Code
from kiosk.words.language import N_, _
from screens.widgets.bar_code import BarCode
from screens.widgets.words import Words

if TYPE_CHECKING:
    from textual.widget import Widget

INVITATION = N_("No parcels yet today. Scan one of these, or type a number and press Enter.")
RECIPIENT = N_("Then type a name, for example {name}, and press Enter at each step.")

SOMEBODY = "160c9f65abb9c3f80472c241"
"""The contact id of one of the demo's people, the only one of that name."""

_PREFIXES = ("6129", "7946")
"""How the numbers begin: one parcel in a small window, two in a larger one."""


class Sample(Vertical):
    """A day's parcels, so that a number of yesterday's does not come back; no name where the directory lost it."""

    def __init__(self, day: date, name: str) -> None:
        super().__init__(id="sample")
        self._name_to_type = name
        self._numbers = sample_numbers(day)

    def compose(self) -> Iterable[Widget]:
        """Return the invitation, the codes with their numbers, and the name."""
        yield Words(_(INVITATION), rows=2, classes="-long")
        for number in self._numbers:
            yield BarCode(number)
            yield Words(number, classes="-number")
        if self._name_to_type:
            yield Words(_(RECIPIENT).format(name=self._name_to_type), rows=2, classes="-long")


def sample_numbers(day: date) -> tuple[str, ...]:
    """Return numbers of a carrier about which nothing is asked; digits only, for their bars are half as wide."""
    return tuple(_whole(f"{prefix}{day:%y%m%d}") for prefix in _PREFIXES)


def _whole(digits: str) -> str:
    """Return the first number beginning like this that has a right check digit, and is that of no product too."""
    codes = (Code(f"{digits}{rest:02}") for rest in range(100))
    return next(code for code in codes if code.is_certain and code.scan.asks is None)
