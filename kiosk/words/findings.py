"""What is said of a finding: what is wrong with the parcel, and what to do about it."""

from __future__ import annotations

from typing import NamedTuple, assert_never

from kiosk.parcels.parcel import AttentionItem, Parcel
from kiosk.parcels.states import Finding
from kiosk.words.errors import explain_cause
from kiosk.words.language import _


class Advice(NamedTuple):
    """What is wrong, and what to do about it."""

    sentence: str
    proposal: str


def advice_on(item: AttentionItem, parcel: Parcel) -> Advice:
    """Return what an attention item of a parcel says."""
    own = parcel.place.locker_unit_id if parcel.place else ""
    unit = item.place.locker_unit_id if item.place else own
    cause = explain_cause(item.cause) if item.cause else ""
    match item.finding:
        case Finding.TWO_UNITS:
            return Advice(
                _("This parcel holds two lockers: {own} and {second}.").format(own=own, second=unit),
                _("Check locker {second}. If it is empty, free it.").format(second=unit),
            )
        case Finding.UNIT_OF_SOMEBODY_ELSE:
            return Advice(
                cause or _("This tracking number is on record for somebody else's locker."),
                _("Compare the label with the parcel in that locker, then take this parcel in under the right number."),
            )
        case Finding.REFUSED_LATE:
            text = _("The parcel is in locker {unit}, but the locker service refused the deposit: {cause}")
            return Advice(
                text.format(unit=unit, cause=cause), _("Take the parcel out of the locker, then take it in again.")
            )
        case Finding.CODE_ENDED_UNSEEN:
            return Advice(
                _("The pickup code for locker {unit} is gone, and nobody had seen it.").format(unit=unit),
                _("The recipient never got it: get a new pickup code in the console, or take the parcel out."),
            )
        case _ as never:
            assert_never(never)
