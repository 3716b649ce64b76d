"""How each event changes the parcel it is about: pure functions, an arm an event, by subject.

A new event belongs into one of the unions below; mypy then names the arm that is missing.
"""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from kiosk.parcels import events as happened
from kiosk.parcels import leaving, notice_events
from kiosk.parcels.parcel import OpenWrite, Parcel
from kiosk.parcels.states import CLASHES, Channel, Finding, NoticeKind, ParcelState
from kiosk.parcels.unit_changes import (
    ABOUT_THE_UNIT,
    IN_NO_UNIT,
    Changes,
    Units,
    Unrecorded,
    but,
    of_units,
    of_unrecorded,
)

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
Leaving = leaving.ParcelHandedOver | leaving.ParcelMadeOutgoing | leaving.ParcelSent | leaving.CancelUndone
Notices = notice_events.NoticeSent | notice_events.NoticeFailed | notice_events.AddressCorrected
Whereabouts = Units | Unrecorded | Shelf | Ends | Leaving
"""Events with which a parcel comes to lie elsewhere, or something changes about where it lies."""

Later = Numbers | Recipients | Writes | Whereabouts | Codes | Oversight | Notices
"""Events of a parcel that is known already."""

_OFF_SHELF: Changes = {"shelf": None, "shelf_reason": None, "wanted_size": None}
"""What is true of a parcel that lies on no shelf."""

_REACHED: Changes = {"unreached_at": None, "unreached_cause": None}
"""What is true of a parcel of which nothing says that notices about it reach nobody."""

ENDS_A_CODE = (
    happened.PickupCodeSeen,
    happened.PickupCodeExpired,
    happened.PickupCodeReplaced,
    happened.UnitFreed,
    happened.ReservationLapsed,
    happened.ParcelFoundGone,
    happened.ParcelLeftUnrecorded,
    happened.ParcelCancelled,
    leaving.ParcelHandedOver,
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


def _changes(parcel: Parcel, event: Later, at: datetime) -> Changes:
    if isinstance(event, Whereabouts):
        return _of_whereabouts(parcel, event, at)
    if isinstance(event, Numbers):
        return _of_numbers(parcel, event)
    if isinstance(event, Recipients):
        return _of_recipients(event)
    if isinstance(event, Writes):
        return _of_writes(parcel, event)
    if isinstance(event, Codes):
        return _of_codes(event)
    if isinstance(event, Oversight):
        return _of_oversight(parcel, event)
    return _of_notices(parcel, event, at)


def _of_whereabouts(parcel: Parcel, event: Whereabouts, at: datetime) -> Changes:
    if isinstance(event, Units):
        return of_units(parcel, event, at)
    if isinstance(event, Unrecorded):
        return of_unrecorded(parcel, event)
    if isinstance(event, Shelf):
        return _of_shelf(event)
    if isinstance(event, Leaving):
        return _of_leaving(parcel, event)
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
            untold: Changes = {"told": (), "reached_at": None, "address_corrected_at": None, **_REACHED}
            return {**untold, "contact": event.contact, "recipient_read": "", "wrong_recipient": False}
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
            return {**where, "state": ParcelState.ON_SHELF, "told": ()}
        case happened.ParcelTakenOffShelf():
            return {**_OFF_SHELF, "state": ParcelState.TAKEN_IN}
        case _:
            assert_never(event)


def _of_oversight(parcel: Parcel, event: Oversight) -> Changes:
    match event:
        case happened.AttentionRaised():
            # One item a finding: closing names the finding only, and would close two at once.
            return {"attention": (*but(parcel, event.item.finding), event.item)}
        case happened.AttentionClosed():
            closed = [each for each in parcel.attention if each.finding is event.finding]
            known = parcel.looked_into
            # A clash that is over by itself was looked into by nobody: it counts again if it comes back.
            is_over = event.finding in CLASHES and not event.reason
            looked_into = known if is_over else (*known, *(each for each in closed if each not in known))
            return {"attention": but(parcel, event.finding), "looked_into": looked_into}
        case happened.CorrectionAsked():
            return {}
        case _:
            assert_never(event)


def _of_ends(event: Ends) -> Changes:
    match event:
        case happened.ParcelCancelled():
            return {**IN_NO_UNIT, **_OFF_SHELF, "state": ParcelState.CANCELLED}
        case happened.ParcelMovedOn():
            moved = {"attention": (), "moved_to": event.to_parcel_id}
            return {**IN_NO_UNIT, **moved, "state": ParcelState.CANCELLED}
        case happened.ParcelMovedHere():
            return {"moved_from": event.from_parcel_id}
        case _:
            assert_never(event)


def _of_leaving(parcel: Parcel, event: Leaving) -> Changes:
    match event:
        case leaving.ParcelHandedOver():
            # Its place stays, as that of one that was collected: it is what is given back behind it.
            out = {"code_waiting": False, "looked_into": (), "question": None, "wrong_recipient": False}
            mended = {"attention": but(parcel, *ABOUT_THE_UNIT, Finding.CODE_MAY_BE_DEAD, Finding.CODE_ENDED_UNSEEN)}
            return {**_OFF_SHELF, **out, **mended, "state": ParcelState.HANDED_OVER, "handed_to": event.to or ""}
        case leaving.ParcelMadeOutgoing():
            where = {"destination": event.destination, "outgoing_reason": event.reason}
            return {**_OFF_SHELF, **where, "state": ParcelState.OUTGOING, "question": None}
        case leaving.ParcelSent():
            return {"state": ParcelState.SENT}
        case leaving.CancelUndone():
            return {"state": ParcelState.TAKEN_IN}
        case _:
            assert_never(event)


def _of_notices(parcel: Parcel, event: Notices, at: datetime) -> Changes:
    match event:
        case notice_events.NoticeSent(kind=NoticeKind.GIVEN_ON):
            return {"told_to": ""} if parcel.told_to == event.told else {}
        case notice_events.NoticeSent(kind=NoticeKind.LABEL):
            return {"told": (*parcel.told, event.kind)}
        case notice_events.NoticeSent():
            whom: Changes = {"told": (*parcel.told, event.kind), "told_to": event.told or ""}
            return {**whom, **_REACHED, "reached_at": at}
        case notice_events.NoticeFailed(kind=NoticeKind.GIVEN_ON) | notice_events.NoticeFailed(channel=Channel.PAPER):
            return {}
        case notice_events.NoticeFailed():
            told: Changes = {"told": (*parcel.told, event.kind)}
            if event.goes_elsewhere:
                return told
            return {**told, "unreached_at": parcel.unreached_at or at, "unreached_cause": event.cause}
        case notice_events.AddressCorrected():
            return {**_REACHED, "address_corrected_at": at}
        case _:
            assert_never(event)


def _without(codes: tuple[str, ...], code: str) -> tuple[str, ...]:
    return tuple(each for each in codes if each != code)
