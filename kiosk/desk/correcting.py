"""Which corrections there are for a parcel, and what carries each out that needs nothing but its reason.

Whether one may be carried out is decided again when it is (`kiosk/desk/corrections.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Final

from kiosk.parcels.steps import Step

if TYPE_CHECKING:
    from kiosk.desk.desk import Desk
    from kiosk.parcels.parcel import Parcel
    from kiosk.parcels.people import Person
    from kiosk.parcels.states import Finding

CORRECTIONS: Final = (
    Step.CLOSE_FINDING,
    Step.TAKE_OUT,
    Step.FREE_SECOND_UNIT,
    Step.RENEW_CODE,
    Step.EXTEND,
    Step.CHANGE_USER,
    Step.CLEAR,
    Step.HAND_OVER,
    Step.TAKE_OFF_SHELF,
    Step.TAKE_BACK,
    Step.NOTE_COLLECTED,
    Step.NOTE_SENT,
    Step.MAKE_OUTGOING,
    Step.SEND_AGAIN,
    Step.VIEW_CODE,
)
"""Every step that is offered from afar, what is most often needed first."""

Carry = Callable[[str], Coroutine[object, object, "Parcel"]]
"""Carries a correction out for a reason."""


def corrections_of(desk: Desk, parcel: Parcel, person: Person) -> tuple[Step, ...]:
    """Return what this person can correct about the parcel as it is."""
    offered = desk.offers(parcel, person)
    return tuple(step for step in CORRECTIONS if step in offered and is_there(desk, step, parcel))


def is_there(desk: Desk, step: Step, parcel: Parcel) -> bool:
    """Tell whether this desk has what a step needs: notices are only sent again where some are sent."""
    return step is not Step.SEND_AGAIN or desk.notices.are_sent or parcel.is_undeliverable


def carry(desk: Desk, step: Step, parcel: Parcel, person: Person, *, finding: Finding | None, hours: float) -> Carry:
    """Return what carries a step out; `finding` is the one to close, `hours` how long a unit is held from now."""
    corrections = desk.corrections
    if step is Step.CLOSE_FINDING and finding is not None:
        return lambda reason: corrections.close(parcel, finding, reason, person)
    if step is Step.EXTEND:
        return lambda reason: corrections.extend(parcel, hours, reason, person)
    plain = {
        Step.TAKE_OUT: corrections.take_out,
        Step.FREE_SECOND_UNIT: corrections.free_second_unit,
        Step.RENEW_CODE: corrections.renew_code,
        Step.CLEAR: corrections.clear,
        Step.NOTE_SENT: corrections.note_sent,
        Step.TAKE_OFF_SHELF: corrections.take_off_shelf,
        Step.TAKE_BACK: corrections.take_back,
        Step.NOTE_COLLECTED: corrections.note_collected,
        Step.SEND_AGAIN: corrections.send_again,
    }
    return lambda reason: plain[step](parcel, reason, person)
