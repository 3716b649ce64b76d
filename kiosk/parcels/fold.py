"""How each event changes the parcel it is about: pure functions, an arm an event, by subject.

A new event belongs into one of the unions below; mypy then names the arm that is missing.
"""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from kiosk.parcels import events as happened
from kiosk.parcels.parcel import AttentionItem, OpenWrite, Parcel, UnitPlace
from kiosk.parcels.states import Finding, Operation, ParcelState

Changes = dict[str, object]
"""Fields of a parcel, by name, with their new values."""

First = happened.ParcelTakenIn | happened.ParcelFound
"""Events with which a parcel begins."""

Numbers = happened.CodeAdded | happened.CodeTakenOff | happened.NumberChosen | happened.ParcelJoined
Recipients = happened.RecipientChosen | happened.RecipientRead | happened.WrongRecipientNoticed
Writes = (
    happened.WriteAsked
    | happened.WriteTakenOver
    | happened.WriteDelayed
    | happened.WriteRepeated
    | happened.WriteFellInDoubt
    | happened.WriteFailed
)
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
Codes = (
    happened.PickupCodeSeen
    | happened.PickupCodeShownAgain
    | happened.PickupCodeExpired
    | happened.PickupCodeReplaced
    | happened.PickupCodeHandedOver
)
Shelf = happened.ParcelPutOnShelf | happened.ParcelTakenOffShelf
Oversight = happened.AttentionRaised | happened.AttentionClosed | happened.CorrectionAsked
Ends = happened.ParcelCancelled | happened.ParcelMovedOn | happened.ParcelMovedHere
Later = Numbers | Recipients | Writes | Units | Unrecorded | Codes | Shelf | Oversight | Ends
"""Events of a parcel that is known already."""

_OFF_SHELF: Changes = {"shelf": None, "shelf_reason": None, "wanted_size": None}
"""What is true of a parcel that lies on no shelf."""

_IN_NO_UNIT: Changes = {
    "place": None,
    "shared": False,
    "reservation_expiry": None,
    "deposited_at": None,
    "deposit_time": None,
    "deposit_expiry": None,
    "code_waiting": False,
    "looked_into": (),
}

_ABOUT_THE_UNIT = {
    Finding.UNIT_OF_SOMEBODY_ELSE,
    Finding.REFUSED_LATE,
    Finding.DEPOSIT_UNCLEAR,
}
"""What does not fit between a parcel that was put in unrecorded and its unit; settled once it is out of there."""

_MENDED_BY_A_CODE = {Finding.CODE_MAY_BE_DEAD, Finding.CODE_ENDED_UNSEEN}
"""What does not fit until the parcel has a fresh pickup code."""

ENDS_A_CODE = (
    happened.PickupCodeSeen,
    happened.PickupCodeExpired,
    happened.PickupCodeReplaced,
    happened.UnitFreed,
    happened.ReservationLapsed,
    happened.ParcelFoundGone,
    happened.ParcelLeftUnrecorded,
    happened.ParcelCancelled,
)
"""Events after which a waiting pickup code is of no use and is deleted."""


def begin(event: First, *, parcel_id: str, at: datetime) -> Parcel:
    """Return the parcel that begins with `event`."""
    match event:
        case happened.ParcelTakenIn():
            return Parcel(parcel_id=parcel_id, taken_in_at=at, **event.model_dump(exclude={"readings"}))
        case happened.ParcelFound():
            state = ParcelState.IN_LOCKER if event.deposited else ParcelState.RESERVED
            fields = event.model_dump(exclude={"deposited"})
            return Parcel(parcel_id=parcel_id, taken_in_at=at, scanned=event.tracking_number, state=state, **fields)
        case _:
            assert_never(event)


def apply(parcel: Parcel, event: Later, *, at: datetime) -> Parcel:
    """Return the parcel as it stands after `event`."""
    return parcel.model_copy(update=_changes(parcel, event, at))


def is_another_unit(parcel: Parcel | None, event: happened.Event) -> bool:
    """Tell whether a unit was given back that is not the one in which the parcel is."""
    if parcel is None or parcel.place is None or not isinstance(event, happened.UnitFreed):
        return False
    return event.place != parcel.place


def _changes(parcel: Parcel, event: Later, at: datetime) -> Changes:
    if isinstance(event, Numbers):
        return _of_numbers(parcel, event)
    if isinstance(event, Recipients):
        return _of_recipients(event)
    if isinstance(event, Writes):
        return _of_writes(parcel, event)
    if isinstance(event, Units):
        return _of_units(parcel, event, at)
    if isinstance(event, Unrecorded):
        return _of_unrecorded(parcel, event)
    if isinstance(event, Codes):
        return _of_codes(event)
    if isinstance(event, Shelf):
        return _of_shelf(event)
    if isinstance(event, Oversight):
        return _of_oversight(parcel, event)
    return _of_ends(event)


def _of_numbers(parcel: Parcel, event: Numbers) -> Changes:
    match event:
        case happened.CodeAdded():
            return {"other_codes": (*_without(parcel.other_codes, event.code), event.code)}
        case happened.CodeTakenOff():
            return {"other_codes": _without(parcel.other_codes, event.code)}
        case happened.NumberChosen():
            number = event.tracking_number
            # The earlier number leads the others: the first one goes to the API as the second number.
            before = () if parcel.tracking_number == number else (parcel.tracking_number,)
            return {
                "tracking_number": number,
                "scanned": parcel.scanned if event.scanned is None else event.scanned,
                "carrier": event.carrier,
                "question": event.question,
                "other_codes": (*before, *_without(parcel.other_codes, number)),
            }
        case happened.ParcelJoined():
            return {**_OFF_SHELF, "state": ParcelState.CANCELLED, "question": None, "joined_to": event.to}
        case _:
            assert_never(event)


def _of_recipients(event: Recipients) -> Changes:
    match event:
        case happened.RecipientChosen():
            return {"contact": event.contact, "recipient_read": "", "wrong_recipient": False}
        case happened.RecipientRead():
            return {"recipient_read": event.name or ""}
        case happened.WrongRecipientNoticed():
            return {"wrong_recipient": True}
        case _:
            assert_never(event)


def _of_writes(parcel: Parcel, event: Writes) -> Changes:
    if isinstance(event, happened.WriteAsked):
        return {"open_write": OpenWrite(**event.model_dump())}
    write = parcel.open_write
    if isinstance(event, happened.WriteFailed) or write is None:
        return {"open_write": None}
    match event:
        case happened.WriteRepeated():
            was_done = write.was_done or event.was_done
            return {"open_write": _after(write, owner=event.owner, may_be_done=True, was_done=was_done)}
        case happened.WriteTakenOver():
            return {"open_write": _after(write, owner=event.owner)}
        case happened.WriteFellInDoubt():
            return {"open_write": _after(write, cause=event.cause)}
        case happened.WriteDelayed():
            return {"open_write": _after(write, cause=event.cause, may_be_done=False)}
        case _:
            assert_never(event)


def _after(write: OpenWrite, **changes: object) -> OpenWrite:
    return write.model_copy(update=changes)


def _of_units(parcel: Parcel, event: Units, at: datetime) -> Changes:
    match event:
        case happened.UnitReserved() | happened.ReservationExtended():
            is_added = parcel.open_write is not None and parcel.open_write.operation is Operation.ADD
            return {
                # A unit that is shared is extended also for the parcels that lie in it.
                "state": ParcelState.IN_LOCKER if parcel.is_in_locker else ParcelState.RESERVED,
                "place": event.place,
                "shared": parcel.shared or is_added,
                "reservation_expiry": event.expiry,
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
                # A deposit that was recorded again brings the code that mends these.
                "attention": _but(parcel, *_MENDED_BY_A_CODE) if event.code_received else parcel.attention,
                "open_write": None,
            }
        case happened.DepositExtended():
            return {"deposit_expiry": event.expiry}
        case happened.UnitFreed() if is_another_unit(parcel, event):
            # A second unit held by mistake was freed: the parcel stays in its own, with its code.
            return {"open_write": None}
        case happened.UnitFreed() | happened.ReservationLapsed():
            about = {"attention": _not_about(parcel, event.place)}
            return {**_IN_NO_UNIT, **about, "state": ParcelState.TAKEN_IN, "open_write": None}
        case happened.UnitReported():
            return {"unfit_units": (*parcel.unfit_units, event.place)}
        case happened.ParcelFoundGone():
            # Its place stays: bank and size are proposed for the recipient's next parcel.
            gone = {"state": ParcelState.COLLECTED, "code_waiting": False, "looked_into": ()}
            return {**gone, "attention": _but(parcel, Finding.CODE_MAY_BE_DEAD)}
        case _:
            assert_never(event)


def _of_unrecorded(parcel: Parcel, event: Unrecorded) -> Changes:
    match event:
        case happened.ParcelLeftUnrecorded():
            return {**_IN_NO_UNIT, "state": ParcelState.UNRECORDED, "place": event.place, "open_write": None}
        case happened.ParcelTakenBack():
            return {**_IN_NO_UNIT, "state": ParcelState.TAKEN_IN, "attention": _but(parcel, *_ABOUT_THE_UNIT)}
        case happened.CollectionNoted():
            return {"state": ParcelState.COLLECTED, "attention": _but(parcel, *_ABOUT_THE_UNIT)}
        case _:
            assert_never(event)


def _of_codes(event: Codes) -> Changes:
    match event:
        case happened.PickupCodeSeen() | happened.PickupCodeExpired() | happened.PickupCodeReplaced():
            return {"code_waiting": False}
        case happened.PickupCodeHandedOver():
            # The expiry of the deposit that brought the code comes with it, for by that the waiting code is let go.
            return {"code_waiting": True, "deposit_expiry": event.deposit_expiry}
        case happened.PickupCodeShownAgain():
            return {}
        case _:
            assert_never(event)


def _of_shelf(event: Shelf) -> Changes:
    match event:
        case happened.ParcelPutOnShelf():
            where = {"shelf": event.shelf, "shelf_reason": event.reason, "wanted_size": event.size}
            return {**where, "state": ParcelState.ON_SHELF}
        case happened.ParcelTakenOffShelf():
            return {**_OFF_SHELF, "state": ParcelState.TAKEN_IN}
        case _:
            assert_never(event)


def _of_oversight(parcel: Parcel, event: Oversight) -> Changes:
    match event:
        case happened.AttentionRaised():
            # One item a finding: closing names the finding only, and would close two at once.
            return {"attention": (*_but(parcel, event.item.finding), event.item)}
        case happened.AttentionClosed():
            closed = [each for each in parcel.attention if each.finding is event.finding]
            known = parcel.looked_into
            looked_into = (*known, *(each for each in closed if each not in known))
            return {"attention": _but(parcel, event.finding), "looked_into": looked_into}
        case happened.CorrectionAsked():
            return {}
        case _:
            assert_never(event)


def _of_ends(event: Ends) -> Changes:
    match event:
        case happened.ParcelCancelled():
            return {**_IN_NO_UNIT, **_OFF_SHELF, "state": ParcelState.CANCELLED}
        case happened.ParcelMovedOn():
            moved = {"attention": (), "moved_to": event.to_parcel_id}
            return {**_IN_NO_UNIT, **moved, "state": ParcelState.CANCELLED}
        case happened.ParcelMovedHere():
            return {"moved_from": event.from_parcel_id}
        case _:
            assert_never(event)


def _without(codes: tuple[str, ...], code: str) -> tuple[str, ...]:
    return tuple(each for each in codes if each != code)


def _not_about(parcel: Parcel, place: UnitPlace) -> tuple[AttentionItem, ...]:
    """Return the items but those about a unit that the parcel has left."""
    return tuple(each for each in parcel.attention if each.finding not in _ABOUT_THE_UNIT or each.place != place)


def _but(parcel: Parcel, *findings: Finding) -> tuple[AttentionItem, ...]:
    return tuple(each for each in parcel.attention if each.finding not in findings)
