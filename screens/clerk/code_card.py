"""A pickup code as a QR code, and beside it in large signs with the locker and the recipient. Fetches nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical

from kiosk.parcels.parcel import Parcel
from kiosk.parcels.pickup_code import grouped
from kiosk.words.language import _
from kiosk.words.people import person, where_to_find
from screens.widgets.big_text import BigText
from screens.widgets.drawn import is_large
from screens.widgets.qr_code import QrCode
from screens.widgets.words import Words
from screens.wording import is_department

if TYPE_CHECKING:
    from textual.app import ComposeResult

ROWS_WITH_A_PLACE = 15
"""Rows that the facts take with a place to drop off a parcel: one less, and something about the code would be cut."""


class CodeCard(Horizontal):
    """Says first where the parcel is; a department is told by its id, and gets no code."""

    def __init__(self, parcel: Parcel, bank_label: str, until: str) -> None:
        super().__init__()
        self._parcel = parcel
        self._bank_label = bank_label
        self._until = until

    def compose(self) -> ComposeResult:
        """Put the code, once there is one, beside what belongs to it."""
        contact, place = self._parcel.contact, self._parcel.place
        has_code = not is_department(contact)
        qr_code = QrCode()
        qr_code.display = False
        yield qr_code
        with Vertical(id="facts"):
            yield Words(_("Pickup code") if has_code else _("No pickup code"), classes="-title")
            yield BigText("" if has_code else "ID", id="code")
            if place is not None:
                yield BigText(place.locker_unit_id, id="unit")
                locker = _("Locker {unit}, {bank}").format(unit=place.locker_unit_id, bank=self._bank_label)
                yield Words(self._bank_label if is_large(self) else locker, rows=2, classes="-title -long")
            yield Words(person(contact))
            yield Words(where_to_find(contact), classes="-quiet")
            yield Words(self._until, classes="-quiet")
            with Vertical(id="nearby"):
                yield Words("", classes="-quiet")
                yield Words("", classes="-quiet")

    def on_mount(self) -> None:
        """Show no place before one is known."""
        self._fit()

    def on_resize(self) -> None:
        """Name a place only where there is room for it."""
        self._fit()

    def show_nearby(self, name: str, how: str) -> None:
        """Name a place where a parcel can be dropped off, and how far and how long open it is."""
        for nearby in self.query("#nearby"):
            for words, text in zip(nearby.query(Words), (name, how), strict=True):
                words.text = text
        self._fit()

    def _fit(self) -> None:
        # A loop: a card that goes with its screen may be resized when its parts are gone.
        for nearby in self.query("#nearby"):
            is_known = any(words.text for words in nearby.query(Words))
            nearby.display = is_known and not is_large(self) and self.size.height >= ROWS_WITH_A_PLACE

    def show(self, code: str) -> None:
        """Show the code."""
        qr_code = self.query_one(QrCode)
        qr_code.display, qr_code.text = True, code
        self.query_one("#code", BigText).text = grouped(code)
