"""How events read: what happened, and the parameters that tell most of it. One arm an event, by subject.

mypy names the event that has no words; the unions are those of `kiosk/parcels/fold.py`; those about
the desk are in `desk_events.py`.
"""

from __future__ import annotations

from typing import assert_never

from kiosk.parcels import events as happened
from kiosk.parcels import fold, leaving
from kiosk.parcels.events import Event
from kiosk.parcels.records import UnreadableEvent
from kiosk.parcels.states import CLASHES
from kiosk.parcels.unit_changes import Units, Unrecorded
from kiosk.words.desk_events import DeskEvents, desk_event_details, desk_event_words
from kiosk.words.errors import explain_cause
from kiosk.words.language import _
from kiosk.words.notices import notice_event_details, notice_event_words
from kiosk.words.places import Label, place_words, shelf_words
from kiosk.words.plain import plain
from kiosk.words.states import (
    finding_word,
    identity_word,
    operation_name,
    origin_word,
    outgoing_word,
    problem_word,
    role_word,
    shelf_reason_word,
)
from kiosk.words.steps import step_word


def event_words(event: Event) -> str:
    """Return what happened, in a few words."""
    if isinstance(event, fold.First | fold.Numbers):
        return _numbers(event)
    if isinstance(event, fold.Recipients):
        return _recipients(event)
    if isinstance(event, fold.Writes):
        return _writes(event)
    if isinstance(event, fold.Whereabouts):
        return _whereabouts(event)
    if isinstance(event, fold.Codes):
        return _codes(event)
    if isinstance(event, fold.Oversight):
        return _oversight(event)
    if isinstance(event, fold.Notices):
        return notice_event_words(event)
    if isinstance(event, DeskEvents):
        return desk_event_words(event)
    if isinstance(event, UnreadableEvent):
        return _("Can't be read: {code}").format(code=event.code)
    raise TypeError(type(event).__name__)


def event_line(event: Event, label: Label, *, to_clerk: bool = False) -> str:
    """Return what happened, with what tells most of it, in one line; a clerk hears of nothing technical."""
    details = event_details(event, label, to_clerk=to_clerk)
    return plain(" · ".join(part for part in (event_words(event), *details) if part))


def event_details(event: Event, label: Label, *, to_clerk: bool = False) -> tuple[str, ...]:
    """Return what tells most of an event beside its name: the locker, the reason, who and from where."""
    if isinstance(event, DeskEvents):
        return desk_event_details(event, label)
    if isinstance(event, fold.Leaving):
        return _leaving_details(event)
    if isinstance(event, fold.Oversight):
        return _oversight_details(event, to_clerk=to_clerk)
    if isinstance(event, fold.Notices):
        return notice_event_details(event, to_clerk=to_clerk)
    match event:
        case happened.WriteAsked():
            return (place_words(event.place, label), operation_name(event.operation))
        case happened.WriteFailed():
            return (operation_name(event.operation), explain_cause(event.cause, to_clerk=to_clerk))
        case happened.WriteFellInDoubt(cause=cause) | happened.WriteDelayed(cause=cause):
            return (explain_cause(cause, to_clerk=to_clerk),)
        case happened.UnitReported():
            return (place_words(event.place, label), problem_word(event.problem))
        case happened.ParcelPutOnShelf():
            return (shelf_words(event.shelf), shelf_reason_word(event.reason))
        case _:
            place = getattr(event, "place", None)
            return (place_words(place, label),) if place is not None else ()


def _oversight_details(event: fold.Oversight, *, to_clerk: bool) -> tuple[str, ...]:
    match event:
        case happened.AttentionRaised():
            return (finding_word(event.item.finding),)
        case happened.AttentionClosed():
            is_over = event.finding in CLASHES and not event.reason
            return (finding_word(event.finding), _("over by itself") if is_over else event.reason)
        case happened.CorrectionAsked():
            # The origin of somebody at the console is a host.
            origin = "" if to_clerk else origin_word(event.origin)
            return (step_word(event.step), event.reason, role_word(event.role), origin)
        case _:
            assert_never(event)


def _leaving_details(event: fold.Leaving) -> tuple[str, ...]:
    match event:
        case leaving.ParcelHandedOver():
            return (identity_word(event.checked),)
        case leaving.ParcelMadeOutgoing():
            return (plain(event.destination), outgoing_word(event.reason))
        case _:
            return ()


def _numbers(event: fold.First | fold.Numbers) -> str:
    match event:
        case happened.ParcelTakenIn():
            return _("Parcel taken in")
        case happened.ParcelFound():
            return _("Parcel found in a locker")
        case happened.CodeAdded():
            return _("Barcode added")
        case happened.CodeTakenOff():
            return _("Barcode removed")
        case happened.NumberChosen():
            return _("Tracking number confirmed")
        case happened.ParcelJoined():
            return _("Same box as another parcel")
        case _:
            assert_never(event)


def _recipients(event: fold.Recipients) -> str:
    match event:
        case happened.RecipientChosen():
            return _("Recipient chosen")
        case happened.RecipientRead():
            return _("Name on the label noted")
        case happened.WrongRecipientNoticed():
            return _("Wrong recipient noticed")
        case _:
            assert_never(event)


def _writes(event: fold.Writes) -> str:
    match event:
        case happened.WriteAsked():
            return _("Request recorded")
        case happened.WriteTakenOver():
            return _("Request taken over")
        case happened.WriteDelayed():
            return _("Request will be sent later")
        case happened.WriteRepeated():
            return _("Request sent again")
        case happened.WriteFellInDoubt():
            return _("No usable answer to the request")
        case happened.WriteFailed():
            return _("Request failed")
        case _:
            assert_never(event)


def _whereabouts(event: fold.Whereabouts) -> str:
    if isinstance(event, Units):
        return _units(event)
    if isinstance(event, Unrecorded):
        return _unrecorded(event)
    return _shelf(event) if isinstance(event, fold.Shelf) else _ends(event)


def _units(event: Units) -> str:
    match event:
        case happened.UnitReserved():
            return _("Locker reserved")
        case happened.ReservationExtended():
            return _("Reservation extended")
        case happened.ReservationLapsed():
            return _("Reservation lapsed")
        case happened.ParcelDeposited():
            return _("Parcel deposited")
        case happened.DepositExtended():
            return _("Deposit kept for longer")
        case happened.UnitFreed():
            return _("Locker freed")
        case happened.UnitReported():
            return _("Problem with locker reported")
        case happened.ParcelFoundGone():
            return _("Parcel no longer in its locker")
        case _:
            assert_never(event)


def _unrecorded(event: Unrecorded) -> str:
    match event:
        case happened.ParcelLeftUnrecorded():
            return _("Put in, not recorded")
        case happened.ParcelTakenBack():
            return _("Taken back")
        case happened.CollectionNoted():
            return _("Noted as collected")
        case _:
            assert_never(event)


def _codes(event: fold.Codes) -> str:
    match event:
        case happened.PickupCodeSeen():
            return _("Pickup code seen")
        case happened.PickupCodeShownAgain():
            return _("Pickup code shown again")
        case happened.PickupCodeExpired():
            return _("Pickup code expired")
        case happened.PickupCodeReplaced():
            return _("Pickup code replaced")
        case happened.PickupCodeHandedOver():
            return _("Pickup code taken over")
        case _:
            assert_never(event)


def _shelf(event: fold.Shelf) -> str:
    match event:
        case happened.ParcelPutOnShelf():
            return _("Put on the shelf")
        case happened.ParcelTakenOffShelf():
            return _("Taken off the shelf")
        case _:
            assert_never(event)


def _oversight(event: fold.Oversight) -> str:
    match event:
        case happened.AttentionRaised():
            return _("Attention item added")
        case happened.AttentionClosed():
            return _("Attention item closed")
        case happened.CorrectionAsked():
            return _("Correction requested")
        case _:
            assert_never(event)


def _ends(event: fold.Ends | fold.Leaving) -> str:
    match event:
        case happened.ParcelCancelled():
            return _("Parcel cancelled")
        case happened.ParcelMovedOn():
            return _("Moved to the right recipient")
        case happened.ParcelMovedHere():
            return _("Moved from the wrong recipient")
        case leaving.ParcelHandedOver():
            return _("Handed over at the desk")
        case leaving.ParcelMadeOutgoing():
            return _("To be sent with a carrier")
        case leaving.ParcelSent():
            return _("Sent with a carrier")
        case leaving.CancelUndone():
            return _("Cancelling undone")
        case _:
            assert_never(event)
