"""How events about a unit change the parcel in it, or in none: a part of `fold.py`, as pure."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from kiosk.parcels import events as happened
from kiosk.parcels.parcel import AttentionItem, Parcel, UnitPlace
from kiosk.parcels.states import Finding, Operation, ParcelState

Changes = dict[str, object]
"""Fields of a parcel, by name, with their new values."""

Units = (
    happened.UnitReserved
    | happened.ReservationExtended
    | happened.ReservationLapsed
    | happened.ParcelDeposited
    | happened.DepositExtended
    | happened.UnitFreed
    | happened.UnitReported
    | happened.ParcelFoundGone
)
Unrecorded = happened.ParcelLeftUnrecorded | happened.ParcelTakenBack | happened.CollectionNoted

IN_NO_UNIT: Changes = {
    "place": None,
    "shared": False,
    "reservation_expiry": None,
    "deposited_at": None,
    "deposit_time": None,
    "deposit_expiry": None,
    "code_waiting": False,
    "looked_into": (),
}

ABOUT_THE_UNIT = {
    Finding.UNIT_OF_SOMEBODY_ELSE,
    Finding.REFUSED_LATE,
    Finding.DEPOSIT_UNCLEAR,
    Finding.NOT_FOUND,
    Finding.UNIT_PROMISED_TWICE,
}
"""What does not fit between a parcel and the unit that it was put into; settled once it is out of there."""

_MENDED_BY_A_CODE = {Finding.CODE_MAY_BE_DEAD, Finding.CODE_ENDED_UNSEEN}
"""What does not fit until the parcel has a fresh pickup code."""


def is_another_unit(parcel: Parcel | None, event: happened.Event) -> bool:
    """Tell whether a unit was given back that is not the one in which the parcel is."""
    if parcel is None or not isinstance(event, happened.UnitFreed):
        return False
    # A parcel that is gone may still point to the unit in which it was.
    return parcel.is_gone or event.place != parcel.place


def of_units(parcel: Parcel, event: Units, at: datetime) -> Changes:
    """Return what an event about its unit changes in a parcel."""
    match event:
        case happened.UnitReserved() | happened.ReservationExtended():
            is_added = parcel.open_write is not None and parcel.open_write.operation is Operation.ADD
            return {
                # A unit that is shared is extended also for the parcels that lie in it.
                "state": ParcelState.IN_LOCKER if parcel.is_in_locker else ParcelState.RESERVED,
                "place": event.place,
                "shared": parcel.shared or is_added,
                "reservation_expiry": event.expiry,
                "attention": _but_its_own(parcel, event.place),
                "open_write": None,
            }
        case happened.ParcelDeposited():
            return {
                "state": ParcelState.IN_LOCKER,
                "place": event.place,
                # No page promises a time in the answer, and without one the parcel would not count as ever put in.
                "deposited_at": event.deposited_at or at,
                "deposit_time": event.deposited_at,
                "deposit_expiry": event.deposit_expiry,
                "code_waiting": event.code_received,
                "told": (),
                # A deposit that was recorded again brings the code that mends these.
                "attention": _without_code_items(parcel) if event.code_received else parcel.attention,
                "open_write": None,
            }
        case happened.DepositExtended():
            return {"deposit_expiry": event.expiry}
        case happened.UnitFreed() if is_another_unit(parcel, event):
            # A further unit held by mistake was freed: the parcel stays where it is, with its code. The item is mended,
            # not looked into: should the unit hold the parcel once more, another late request has done that.
            return {"open_write": None, "attention": _but_its_own(parcel, event.place)}
        case happened.UnitFreed() | happened.ReservationLapsed():
            about = {"attention": _not_about(parcel, event.place)}
            # One that was laid on the shelf meanwhile lies there.
            state = ParcelState.ON_SHELF if parcel.is_on_shelf else ParcelState.TAKEN_IN
            return {**IN_NO_UNIT, **about, "state": state, "open_write": None}
        case happened.UnitReported():
            return {"unfit_units": (*parcel.unfit_units, event.place)}
        case happened.ParcelFoundGone():
            # Its place stays: bank and size are proposed for the recipient's next parcel.
            gone = {"state": ParcelState.COLLECTED, "code_waiting": False, "looked_into": ()}
            return {**gone, "attention": but(parcel, Finding.CODE_MAY_BE_DEAD, Finding.NOT_FOUND)}
        case _:
            assert_never(event)


def of_unrecorded(parcel: Parcel, event: Unrecorded) -> Changes:
    """Return what changes in a parcel that was put in unrecorded."""
    match event:
        case happened.ParcelLeftUnrecorded():
            return {**IN_NO_UNIT, "state": ParcelState.UNRECORDED, "place": event.place, "open_write": None}
        case happened.ParcelTakenBack():
            stays = {"destination": "", "outgoing_reason": None, "attention": but(parcel, *ABOUT_THE_UNIT)}
            return {**IN_NO_UNIT, **stays, "state": ParcelState.TAKEN_IN}
        case happened.CollectionNoted():
            return {"state": ParcelState.COLLECTED, "attention": but(parcel, *ABOUT_THE_UNIT)}
        case _:
            assert_never(event)


def _not_about(parcel: Parcel, place: UnitPlace) -> tuple[AttentionItem, ...]:
    """Return the items but those about a unit that the parcel has left."""
    return tuple(each for each in parcel.attention if each.finding not in ABOUT_THE_UNIT or each.place != place)


def _without_code_items(parcel: Parcel) -> tuple[AttentionItem, ...]:
    """Return the items but those that a fresh code mends; it mends none of a unit that the parcel has left."""
    return tuple(each for each in parcel.attention if each.finding not in _MENDED_BY_A_CODE or each.place is not None)


def _but_its_own(parcel: Parcel, place: UnitPlace) -> tuple[AttentionItem, ...]:
    """Return the items but one about a further unit, which is the parcel's own or not held any more from here on."""
    second = parcel.second_place
    return but(parcel, Finding.TWO_UNITS) if second is not None and second.is_same_unit(place) else parcel.attention


def but(parcel: Parcel, *findings: Finding) -> tuple[AttentionItem, ...]:
    """Return the items but those of these findings."""
    return tuple(each for each in parcel.attention if each.finding not in findings)
