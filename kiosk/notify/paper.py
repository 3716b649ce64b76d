"""What stands on a slip and on a shelf label, of a parcel as it is when they are printed.

The words are in `wording.py`, for they are the recipient's as those of a letter are; how it looks is in
`kiosk/printing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pydantic import SecretStr

from kiosk.notify.letter import moment
from kiosk.notify.told import number_end
from kiosk.notify.wording import Wording, wording_for
from kiosk.parcels.carriers import CARRIER_NAMES
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ContactType, NoticeKind
from kiosk.printing.papers import Layout, ShelfLabel, Slip, label_layout, slip_layout
from kiosk.settings import Settings


class Papers:
    """Makes slips and labels for one desk, each in its recipient's language."""

    def __init__(self, settings: Settings, bank_label: Callable[[str], str]) -> None:
        """Take the settings, and what names a bank by its id."""
        self._settings = settings
        self._bank_label = bank_label

    def layout(self, kind: NoticeKind, parcel: Parcel, code: SecretStr | None, *, is_copy: bool) -> Layout:
        """Return what is printed: a slip with its code, where there is one, or a label."""
        wording = wording_for(parcel.contact, self._settings)
        copy_mark = wording.say("paper.copy") if is_copy else ""
        name = _name(parcel, wording)
        if kind is NoticeKind.LABEL:
            return label_layout(ShelfLabel(parcel.shelf or "", name, parcel.tracking_number, copy_mark))
        place = self._settings.desk.name
        return slip_layout(
            Slip(
                heading=wording.say("paper.heading"),
                name=name,
                lines=tuple(self._lines(parcel, wording)),
                code=code,
                closing=(_advice(parcel, wording, name=name, place=place), place),
                copy_mark=copy_mark,
            )
        )

    def _lines(self, parcel: Parcel, wording: Wording) -> Iterator[str]:
        yield self._where(parcel, wording)
        if parcel.is_in_locker and parcel.deposit_expiry is not None:
            until = parcel.deposit_expiry.astimezone(self._settings.notices.zone)
            yield wording.say("paper.until", until=moment(until, wording))
        if parcel.carrier is not None:
            yield CARRIER_NAMES[parcel.carrier]
        yield wording.say("paper.number", number=number_end(parcel.tracking_number))

    def _where(self, parcel: Parcel, wording: Wording) -> str:
        unit, place = parcel.place, self._settings.desk.name
        if parcel.is_in_locker and unit is not None:
            bank = self._bank_label(unit.locker_bank_id)
            return wording.say("where.locker", bank=bank, locker=unit.locker_unit_id, place=place)
        return wording.say("where.shelf", shelf=parcel.shelf or "", place=place)


def _name(parcel: Parcel, wording: Wording) -> str:
    contact = parcel.contact
    known = (contact.name or contact.contact_id) if contact is not None else parcel.recipient_read
    return known or wording.say("paper.nobody")


def _advice(parcel: Parcel, wording: Wording, *, name: str, place: str) -> str:
    if not parcel.is_in_locker:
        return wording.say("advice.desk", place=place)
    if parcel.contact is not None and parcel.contact.contact_type is ContactType.DEPARTMENT:
        return wording.say("paper.department", name=name)
    return wording.say("advice.code", place=place)
