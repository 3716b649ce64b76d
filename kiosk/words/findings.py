"""What is said of a finding: what is the matter with the parcel, and what would mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, assert_never

from kiosk.parcels.states import Finding
from kiosk.words.errors import explain_cause
from kiosk.words.language import _

if TYPE_CHECKING:
    from kiosk.parcels.parcel import AttentionItem, Parcel


class Advice(NamedTuple):
    """What is the matter, and what to do about it."""

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
                _("Lockers {own} and {second} are both held for this parcel.").format(own=own, second=unit),
                _("Look into locker {second}; free it if it is empty.").format(second=unit),
            )
        case Finding.UNIT_OF_SOMEBODY_ELSE:
            return Advice(
                cause or _("Somebody else's locker holds this parcel's number."),
                _("Compare the label with the locker named here; take the parcel in under its right number."),
            )
        case Finding.REFUSED_LATE:
            text = _("The parcel is in locker {unit}, but the deposit was refused: {cause}")
            return Advice(text.format(unit=unit, cause=cause), _("Take the parcel out and take it in again."))
        case _ as never:
            assert_never(never)
