"""What stands on a slip and on a shelf label, of a parcel as it is when they are printed. Pure.

The words are in `wording.py`, for they are the recipient's as those of a letter are; how it looks is in
`kiosk/printing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo

from pydantic import SecretStr

from kiosk.notify.letter import moment
from kiosk.notify.told import number_end
from kiosk.notify.wording import Wording, wording_in
from kiosk.parcels.carriers import CARRIER_NAMES
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ContactType, NoticeKind
from kiosk.printing.papers import Layout, ShelfLabel, Slip, label_layout, slip_layout
from kiosk.settings import Settings


class Papers:
    """Makes slips and labels for one desk; `place` is the desk's name, `bank_label` names a bank by its id."""

    def __init__(
        self, wording: Wording, *, place: str, bank_label: Callable[[str], str], zone: tzinfo | None = None
    ) -> None:
        self._wording = wording
        self._place = place
        self._bank_label = bank_label
        self._zone = zone

    def layout(self, kind: NoticeKind, parcel: Parcel, code: SecretStr | None, *, is_copy: bool) -> Layout:
        """Return what is printed: a slip with its code, where there is one, or a label."""
        copy_mark = self._wording.say("paper.copy") if is_copy else ""
        if kind is NoticeKind.LABEL:
            return label_layout(ShelfLabel(parcel.shelf or "", self._name(parcel), parcel.tracking_number, copy_mark))
        return slip_layout(
            Slip(
                heading=self._wording.say("paper.heading"),
                name=self._name(parcel),
                lines=tuple(self._lines(parcel)),
                code=code,
                closing=(self._advice(parcel), self._place),
                copy_mark=copy_mark,
            )
        )

    def _name(self, parcel: Parcel) -> str:
        contact = parcel.contact
        known = (contact.name or contact.contact_id) if contact is not None else parcel.recipient_read
        return known or self._wording.say("paper.nobody")

    def _lines(self, parcel: Parcel) -> Iterator[str]:
        yield self._where(parcel)
        if parcel.is_in_locker and parcel.deposit_expiry is not None:
            yield self._wording.say("paper.until", until=self._moment(parcel.deposit_expiry))
        if parcel.carrier is not None:
            yield CARRIER_NAMES[parcel.carrier]
        yield self._wording.say("paper.number", number=number_end(parcel.tracking_number))

    def _where(self, parcel: Parcel) -> str:
        place = parcel.place
        if parcel.is_in_locker and place is not None:
            bank = self._bank_label(place.locker_bank_id)
            return self._wording.say("where.locker", bank=bank, locker=place.locker_unit_id, place=self._place)
        return self._wording.say("where.shelf", shelf=parcel.shelf or "", place=self._place)

    def _advice(self, parcel: Parcel) -> str:
        if not parcel.is_in_locker:
            return self._wording.say("advice.desk", place=self._place)
        if parcel.contact is not None and parcel.contact.contact_type is ContactType.DEPARTMENT:
            return self._wording.say("paper.department", name=self._name(parcel))
        return self._wording.say("advice.code", place=self._place)

    def _moment(self, at: datetime) -> str:
        return moment(at.astimezone(self._zone), self._wording)


def papers_of(settings: Settings, bank_label: Callable[[str], str]) -> Papers:
    """Return what makes the slips and labels of a desk."""
    wording = wording_in(settings.notices.language, settings.notices.templates)
    return Papers(wording, place=settings.desk.name, bank_label=bank_label, zone=settings.notices.zone)
