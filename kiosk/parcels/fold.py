"""How each event changes the parcel it is about: a pure function, one arm an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.errors import UnknownParcelError
from kiosk.parcels import events as happened
from kiosk.parcels.parcel import OpenWrite, Operation, Parcel, ParcelState

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.parcels.parcel import Attention, Cause


def apply(parcel: Parcel | None, event: happened.Event, *, parcel_id: str, at: datetime) -> Parcel:
    """Return the parcel as it stands after `event`; raise UnknownParcelError if it was never taken in."""
    if isinstance(event, happened.ParcelTakenIn):
        return Parcel(parcel_id=parcel_id, taken_in_at=at, **event.model_dump(exclude={"readings"}))
    if isinstance(event, happened.ParcelFound):
        state = ParcelState.DEPOSITED if event.deposited else ParcelState.RESERVED
        fields = event.model_dump(exclude={"deposited"})
        return Parcel(parcel_id=parcel_id, taken_in_at=at, scanned=event.tracking_number, state=state, **fields)
    if parcel is None:
        raise UnknownParcelError(f"No parcel {parcel_id} was taken in.")
    return parcel.model_copy(update=_changes(parcel, event, at))


def _changes(parcel: Parcel, event: happened.Event, at: datetime) -> dict[str, object]:  # noqa: C901, PLR0911, PLR0912 - an arm each
    match event:
        case happened.CodeAdded():
            return {"other_codes": (*_but(parcel.other_codes, event.code), event.code)}
        case happened.CodeTakenOff():
            return {"other_codes": _but(parcel.other_codes, event.code)}
        case happened.NumberChosen():
            return _chosen(parcel, event)
        case happened.RecipientChosen():
            return {"contact": event.contact, "recipient_read": "", "wrong_recipient": False}
        case happened.RecipientRead():
            return {"recipient_read": event.name or ""}
        case happened.WriteAsked():
            return {"open_write": OpenWrite(**event.model_dump())}
        case happened.WriteRepeated() | happened.WriteTakenOver() if parcel.open_write:
            return {"open_write": parcel.open_write.model_copy(update={"owner": event.owner})}
        case happened.WriteFellInDoubt() | happened.WriteDelayed() if parcel.open_write:
            return {"open_write": parcel.open_write.model_copy(update={"in_doubt": True})}
        case happened.WriteFailed():
            return {"open_write": None}
        case happened.UnitReserved() | happened.ReservationExtended():
            return {
                "state": ParcelState.DEPOSITED if parcel.state is ParcelState.DEPOSITED else ParcelState.RESERVED,
                "place": event.place,
                "shared": parcel.shared or _is_added(parcel),
                "reservation_expiry": event.expiry,
                "open_write": None,
            }
        case happened.ParcelDeposited():
            return {
                "state": ParcelState.DEPOSITED,
                "place": event.place,
                "deposited_at": event.deposited_at or at,
                "deposit_expiry": event.deposit_expiry,
                "code_waiting": event.code_received,
                "open_write": None,
            }
        case happened.UnitFreed() if is_another_unit(parcel, event):
            return {"open_write": None}
        case happened.UnitFreed() | happened.ReservationLapsed():
            return {**_NOWHERE, "state": ParcelState.TAKEN_IN, "open_write": None}
        case happened.PickupCodeSeen() | happened.PickupCodeExpired() | happened.PickupCodeReplaced():
            return {"code_waiting": False}
        case happened.PickupCodeHandedOver():
            return {"code_waiting": True, "deposit_expiry": event.deposit_expiry}
        case happened.UnitReported():
            return {"unfit_units": (*parcel.unfit_units, event.place)}
        case happened.ParcelHeld():
            return {
                "state": ParcelState.HELD,
                "shelf": event.shelf,
                "hold_reason": event.reason,
                "wanted_size": event.size,
            }
        case happened.ParcelResumed():
            return {**_NOT_HELD, "state": ParcelState.TAKEN_IN}
        case happened.AttentionRaised():
            return {"attention": (*_others(parcel, event.attention.cause), event.attention)}
        case happened.AttentionClosed():
            return {"attention": _others(parcel, event.cause)}
        case happened.ParcelFoundGone():
            return {"state": ParcelState.COLLECTED, "code_waiting": False}
        case happened.ParcelJoined():
            return {**_NOT_HELD, "state": ParcelState.CANCELLED, "question": None, "joined_to": event.to}
        case happened.ParcelCancelled():
            return {**_NOWHERE, **_NOT_HELD, "state": ParcelState.CANCELLED}
        case happened.WrongRecipientNoticed():
            return {"wrong_recipient": True}
        case happened.ParcelMovedOn():
            return {**_NOWHERE, "state": ParcelState.CANCELLED, "attention": (), "moved_to": event.to_parcel_id}
        case happened.ParcelMovedHere():
            return {"moved_from": event.from_parcel_id}
        case _:
            return {}


def _chosen(parcel: Parcel, event: happened.NumberChosen) -> dict[str, object]:
    number = event.tracking_number
    before = () if parcel.tracking_number == number else (parcel.tracking_number,)
    others = (*before, *_but(parcel.other_codes, number))
    return {
        "tracking_number": number,
        "scanned": parcel.scanned if event.scanned is None else event.scanned,
        "carrier": event.carrier,
        "question": event.question,
        "other_codes": others,
    }


def _but(codes: tuple[str, ...], code: str) -> tuple[str, ...]:
    return tuple(each for each in codes if each != code)


def _is_added(parcel: Parcel) -> bool:
    return parcel.open_write is not None and parcel.open_write.operation is Operation.ADD


def is_another_unit(parcel: Parcel | None, event: happened.Event) -> bool:
    """Tell whether a unit was given back that is not the one in which the parcel is."""
    if parcel is None or parcel.place is None or not isinstance(event, happened.UnitFreed):
        return False
    return event.place != parcel.place


def _others(parcel: Parcel, cause: Cause) -> tuple[Attention, ...]:
    return tuple(each for each in parcel.attention if each.cause is not cause)


_NOT_HELD: dict[str, object] = {"shelf": None, "hold_reason": None, "wanted_size": None}
"""What is true of a parcel that lies on no shelf."""

_NOWHERE: dict[str, object] = {
    "place": None,
    "shared": False,
    "reservation_expiry": None,
    "deposited_at": None,
    "deposit_expiry": None,
    "code_waiting": False,
}
"""What is true of a parcel that is in no unit."""

FREES_A_CODE = (
    happened.PickupCodeSeen,
    happened.PickupCodeExpired,
    happened.PickupCodeReplaced,
    happened.UnitFreed,
    happened.ReservationLapsed,
    happened.ParcelFoundGone,
    happened.ParcelCancelled,
)
"""Events after which a waiting pickup code is of no use and is deleted."""
