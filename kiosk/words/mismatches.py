"""What is said of a parcel about which the journal and the locker service differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from kiosk.parcels.states import Mismatch
from kiosk.words.language import _
from kiosk.words.places import where_words

if TYPE_CHECKING:
    from kiosk.desk.comparing import Compared
    from kiosk.words.places import Label


def mismatch_words(compared: Compared, label: Label) -> str:
    """Return in a sentence where the two differ, empty where they agree; `label` names a bank by its id."""
    number, held, parcel = compared.tracking_number, compared.held, compared.parcel
    unit = held.place.locker_unit_id if held else ""
    bank = label(held.place.locker_bank_id) if held else ""
    match compared.mismatch:
        case None:
            return ""
        case Mismatch.NOT_AT_SERVICE:
            text = _("{number} was in a locker for this desk, but the locker service holds none for it.")
        case Mismatch.NOT_HERE:
            text = _("The locker service has {number} in locker {unit}, {bank}, but it is not here for this desk.")
        case Mismatch.IN_ANOTHER_UNIT if parcel is not None and where_words(parcel, label):
            text = _("The locker service has {number} in locker {unit}, {bank}, but this desk has it at {own}.")
        case Mismatch.IN_ANOTHER_UNIT:
            text = _("The locker service has {number} in locker {unit}, {bank}, but this desk has it in no locker.")
        case Mismatch.FOR_ANOTHER_CONTACT:
            text = _("The locker service has {number} in locker {unit}, {bank}, for somebody else.")
        case _:
            assert_never(compared.mismatch)
    own = where_words(parcel, label) if parcel is not None else ""
    return text.format(number=number, unit=unit, bank=bank, own=own)
