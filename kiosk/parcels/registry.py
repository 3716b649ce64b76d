"""Every event under the code that stands in the journal, for ever: a class may be renamed, a code may not."""

from __future__ import annotations

from typing import Final

from kiosk.parcels import desk_events, events, leaving
from kiosk.parcels.events import Event

EVENTS: Final[dict[str, type[Event]]] = {
    "parcel_taken_in": events.ParcelTakenIn,
    "parcel_found": events.ParcelFound,
    "code_added": events.CodeAdded,
    "code_taken_off": events.CodeTakenOff,
    "parcel_joined": events.ParcelJoined,
    "number_chosen": events.NumberChosen,
    "recipient_chosen": events.RecipientChosen,
    "recipient_read": events.RecipientRead,
    "write_asked": events.WriteAsked,
    "write_taken_over": events.WriteTakenOver,
    "write_delayed": events.WriteDelayed,
    "write_repeated": events.WriteRepeated,
    "write_fell_in_doubt": events.WriteFellInDoubt,
    "write_failed": events.WriteFailed,
    "unit_reserved": events.UnitReserved,
    "reservation_lapsed": events.ReservationLapsed,
    "parcel_deposited": events.ParcelDeposited,
    "parcel_left_unrecorded": events.ParcelLeftUnrecorded,
    "parcel_taken_back": events.ParcelTakenBack,
    "collection_noted": events.CollectionNoted,
    "deposit_extended": events.DepositExtended,
    "unit_freed": events.UnitFreed,
    "reservation_extended": events.ReservationExtended,
    "parcel_found_gone": events.ParcelFoundGone,
    "unit_reported": events.UnitReported,
    "pickup_code_seen": events.PickupCodeSeen,
    "pickup_code_shown_again": events.PickupCodeShownAgain,
    "pickup_code_expired": events.PickupCodeExpired,
    "pickup_code_replaced": events.PickupCodeReplaced,
    "pickup_code_handed_over": events.PickupCodeHandedOver,
    "parcel_put_on_shelf": events.ParcelPutOnShelf,
    "parcel_taken_off_shelf": events.ParcelTakenOffShelf,
    "attention_raised": events.AttentionRaised,
    "attention_closed": events.AttentionClosed,
    "parcel_cancelled": events.ParcelCancelled,
    "cancel_undone": leaving.CancelUndone,
    "parcel_handed_over": leaving.ParcelHandedOver,
    "parcel_made_outgoing": leaving.ParcelMadeOutgoing,
    "parcel_sent": leaving.ParcelSent,
    "wrong_recipient_noticed": events.WrongRecipientNoticed,
    "parcel_moved_on": events.ParcelMovedOn,
    "parcel_moved_here": events.ParcelMovedHere,
    "correction_asked": events.CorrectionAsked,
    "operator_logged_in": desk_events.OperatorLoggedIn,
    "operator_logged_out": desk_events.OperatorLoggedOut,
    "operator_refused": desk_events.OperatorRefused,
    "report_read": desk_events.ReportRead,
    "command_run": desk_events.CommandRun,
    "person_forgotten": desk_events.PersonForgotten,
    "old_parcels_blanked": desk_events.OldParcelsBlanked,
    "journal_imported": desk_events.JournalImported,
    "clock_jumped": desk_events.ClockJumped,
    "stocktake_began": desk_events.StocktakeBegan,
    "unit_counted": desk_events.UnitCounted,
    "stocktake_ended": desk_events.StocktakeEnded,
}

CODES: Final[dict[type[Event], str]] = {kind: code for code, kind in EVENTS.items()}
