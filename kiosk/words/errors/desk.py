"""What is said where a step can't be taken or did not come to its end; the codes are given in `kiosk/desk/`.

Where a sentence depends on a parameter that is a code itself, it stands in `VARIANTS`, whole: words put into a
sentence can't be translated.
"""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.parcels.states import ParcelState
from kiosk.words.errors.text import Text
from kiosk.words.language import N_
from kiosk.words.requests import NOT_CONFIRMED, OUTCOME_UNKNOWN

_LOOK_AT_PARCEL = N_("Open the parcel from the list to see where it is.")
_NEW_LOCKER = N_("Choose another locker.")
_FIND = N_("`kiosk find` shows what is known about it.")
_SIZES_LISTED = N_("`kiosk bank {locker_bank_id}` lists its lockers and sizes.")

TEXTS: dict[str, Text] = {
    "state_hinders": Text(N_("The state of this parcel does not allow it."), _LOOK_AT_PARCEL),
    "hindered_number_not_settled": Text(
        N_("The tracking number of this parcel has not been confirmed yet."),
        N_("Open the parcel and answer the question about its number."),
    ),
    "code_not_kept": Text(
        N_("The pickup code of this parcel is not kept any more, so it can't be printed."),
        N_("Open the parcel and issue a new code."),
    ),
    "nothing_to_send": Text(
        N_("There is no notice to send: this desk sends none, or the parcel is not where it can be collected."),
        N_("Nothing was changed."),
    ),
    "not_an_address": Text(N_("This is not a complete e-mail address."), N_("Ask for the address and type it in.")),
    "hindered_number_settled": Text(N_("The tracking number of this parcel is already confirmed."), _LOOK_AT_PARCEL),
    "hindered_no_recipient": Text(
        N_("No recipient has been chosen for this parcel yet."), N_("Choose the recipient first.")
    ),
    "hindered_recipient_known": Text(N_("This parcel already has a recipient."), _LOOK_AT_PARCEL),
    "hindered_wrong_recipient": Text(
        N_("This parcel was in the wrong recipient's locker."), N_("Choose the right recipient first.")
    ),
    "hindered_not_marked": Text(N_("This parcel is not in anybody's locker."), _LOOK_AT_PARCEL),
    "hindered_no_code": Text(N_("No pickup code is waiting for this parcel."), _LOOK_AT_PARCEL),
    "hindered_no_finding": Text(N_("There is nothing to check for this parcel."), _LOOK_AT_PARCEL),
    "hindered_no_second_unit": Text(N_("This parcel has no second locker."), _LOOK_AT_PARCEL),
    "hindered_no_unit": Text(N_("This parcel has no locker."), _LOOK_AT_PARCEL),
    "hindered_department": Text(N_("Departments do not get a pickup code."), _LOOK_AT_PARCEL),
    "hindered_moved": Text(N_("This parcel goes on under another entry."), _LOOK_AT_PARCEL),
    "nobody_named": Text(N_("Nobody is named who takes the parcel."), N_("Type the name."), N_("Who takes it?")),
    "no_user": Text(N_("No user is named."), N_("Nothing was changed. Type the user ID."), N_("As whose deposit?")),
    "no_destination": Text(
        N_("It is not said where the parcel goes."), N_("Type where it goes."), N_("Where does it go?")
    ),
    "held_too_long": Text(
        N_("A locker is held for at most {days} days after its parcel was taken in."),
        N_("Take the parcel out, or choose an earlier end."),
        N_("Not held any longer"),
    ),
    "nothing_to_undo": Text(N_("This can't be undone any more."), _LOOK_AT_PARCEL),
    "changed_meanwhile": Text(N_("Somebody else has just changed this parcel."), _LOOK_AT_PARCEL),
    "here_already": Text(N_("A parcel with the tracking number {tracking_number} is already here."), _LOOK_AT_PARCEL),
    "second_number_is_a_first": Text(
        N_("{second_number} is the number of a parcel already."),
        N_("Give another number that stands on the same parcel, or none. Nothing was recorded."),
    ),
    "second_number_is_another": Text(
        N_("This parcel has another second number already: {second_number}."),
        N_("Give that one, or none. Nothing was recorded."),
    ),
    "no_unit_held": Text(N_("This parcel has no locker."), _LOOK_AT_PARCEL),
    "unit_not_its_own": Text(N_("Locker {locker_unit_id} no longer belongs to this parcel."), _LOOK_AT_PARCEL),
    "extension_without_time": Text(N_("The extension has no end time.")),
    "finding_closed": Text(N_("This item has already been closed."), _LOOK_AT_PARCEL),
    "nothing_in_doubt": Text(N_("This parcel has no unconfirmed request."), _LOOK_AT_PARCEL),
    "not_allowed": Text(N_("{name} has the role “{role}”, which does not allow this.")),
    "admins_only": Text(N_("{name} is no administrator; only an administrator's PIN leads out of this kiosk.")),
    "no_role": Text(N_("{name} has no role for this kiosk's console.")),
    "role_unreadable": Text(
        N_("The settings can't be read, so it is not certain what {name} may do."),
        N_("Nothing was changed. Have the settings file looked at, then try again."),
        N_("Your role can't be checked"),
    ),
    "no_reason": Text(N_("Every correction is recorded with its reason.")),
    "write_open": Text(N_("The locker service has not confirmed the last request yet.")),
    "other_process_unknown": Text(
        N_("Nobody can tell whether the kiosk process that was working on this parcel still runs."),
        N_("Close every other kiosk and console of this desk: then this one goes on with it by itself."),
    ),
    "other_process_at_work": Text(N_("Another kiosk process is working on this parcel.")),
    "outcome_unknown": Text(N_("It is not known yet whether the request went through.")),
    "deposit_delayed": Text(
        N_("The deposit in locker {locker_unit_id} is recorded here and will be sent later."),
        N_("Close the door and carry on. The pickup code will appear under Unfinished."),
    ),
    "free_delayed": Text(
        N_("Locker {locker_unit_id} can't be given back now; it will be given back later."),
        N_("Carry on: the kiosk does it by itself."),
    ),
    "code_may_be_replaced": Text(
        N_("Parcel {tracking_number} in the same locker is not confirmed yet and may bring a new pickup code."),
        N_("Nothing is lost: the kiosk keeps checking. Look at the code again in a few minutes."),
    ),
    "code_replaced": Text(
        N_("The pickup code that was shown is not the one that counts now."),
        N_("It was not confirmed. Open the parcel to see the code that counts."),
    ),
    "number_of_another_recipient": Text(
        N_("Locker {locker_unit_id} is reserved under the number {tracking_number} for another recipient.")
    ),
    "number_lies_in_locker": Text(
        N_("A parcel with the number {tracking_number} is already in locker {locker_unit_id}.")
    ),
    "number_holds_locker": Text(N_("Locker {locker_unit_id} is already reserved under the number {tracking_number}.")),
    "number_held_otherwise": Text(
        N_("Locker {locker_unit_id} already has a parcel or a reservation with the number {tracking_number}.")
    ),
    "unit_emptied": Text(
        N_("Locker {locker_unit_id} has been emptied and is no longer held for this recipient."), _NEW_LOCKER
    ),
    "unit_of_somebody_else": Text(
        N_("Locker {locker_unit_id} has been given to somebody else in the meantime."), _NEW_LOCKER
    ),
    "reservation_lapsed": Text(N_("Locker {locker_unit_id} is no longer reserved for this parcel.")),
    "unit_given_away": Text(
        N_("Locker {locker_unit_id} belongs to somebody else by now, and parcel {tracking_number} was put into it.")
    ),
    "number_in_another_unit": Text(
        N_(
            "Parcel {tracking_number} was put into locker {locker_unit_id}, but the locker service has it in locker"
            " {other_unit_id}."
        )
    ),
    "reservation_over": Text(
        N_("Locker {locker_unit_id} was given back before the deposit of parcel {tracking_number} was recorded.")
    ),
    "deposit_unclear": Text(
        N_(
            "Parcel {tracking_number} was put into locker {locker_unit_id}, and the locker service holds nothing for"
            " it: it was collected, or it still lies there."
        )
    ),
    "collected_meanwhile": Text(N_("Parcel {tracking_number} has been collected in the meantime.")),
    "unit_in_use": Text(
        N_("A request for parcel {tracking_number} in the same locker is on its way."), N_("Try again in a moment.")
    ),
    "unit_taken": Text(N_("Locker {locker_unit_id} is not free.")),
    "no_free_unit": Text(N_("{bank} has no free {size} locker.")),
    "no_free_unit_within_reach": Text(N_("{bank} has no free {size} locker within reach.")),
    "unknown_bank": Text(N_("There is no locker bank {locker_bank_id}.")),
    "no_larger_unit": Text(N_("{bank} has no free locker larger than {size}. Locker {locker_unit_id} stays reserved.")),
    "shelf_place_taken": Text(N_("There is already a parcel at {shelf}.")),
    "shelf_place_nameless": Text(N_("The shelf place has no name."), N_("Type its name."), N_("Name the shelf place")),
    "unknown_parcel": Text(N_("There is no parcel {parcel_id} in this journal.")),
    "parcel_unknown_everywhere": Text(
        N_("Parcel {tracking_number} is not in this journal or in any locker at this location.")
    ),
    "nothing_found": Text(
        N_("Nothing in this journal matches “{text}”."),
        N_("A number that another desk took in is found without --text."),
    ),
    "not_in_directory": Text(
        N_("{contact_id} is not in the directory, so no e-mail address can be kept."),
        N_("Hand the parcel over at the desk, or ask the operator to add the recipient."),
    ),
    "unknown_person": Text(N_("The contact ID {contact_id} is not in the directory or in the journal.")),
    "parcels_present": Text(N_("Parcels still here for {contact_id}: {tracking_numbers}.")),
    "reservation_refused": Text(
        N_("{text}"), N_("Nothing was reserved. Check that this is the right recipient; if not, choose another one.")
    ),
    "as_told": Text(N_("{text}")),
    "deposited_before": Text(
        N_("Parcel {tracking_number} has been in locker {locker_unit_id} of {locker_bank_id} since {since}.")
    ),
    "held_for_another": Text(
        N_("Locker {locker_unit_id} of {locker_bank_id} holds parcel {tracking_number} for another recipient.")
    ),
    "in_no_locker": Text(N_("Parcel {tracking_number} has no locker, in {wanted} or anywhere else."), _FIND),
    "in_another_bank": Text(N_("Parcel {tracking_number} is in {locker_bank_id}, not in {wanted}."), _FIND),
    "gone_already": Text(N_("Parcel {tracking_number} had already been taken out of its locker."), _FIND),
    "holds_no_locker": Text(N_("Parcel {tracking_number} has no locker."), _FIND),
    "nothing_held_for_contact": Text(
        N_("There are no parcels for the contact ID {contact_id}."), N_("Check the contact ID and desk.location_id.")
    ),
    "stocktake_line": Text(
        N_("Line {line} is no locker with the number of a parcel."),
        N_("Write UNIT NUMBER for each parcel, and UNIT - for an empty locker. Nothing was recorded."),
    ),
    "no_stocktake": Text(N_("No stock-take of this bank is open."), N_("Begin one.")),
    "bank_without_units": Text(N_("The locker service lists no lockers of {bank}, so they can't be counted.")),
    "unit_not_counted": Text(N_("Locker {locker_unit_id} is not part of this stock-take.")),
    "no_unit_to_put_back": Text(N_("This box is not on record for a locker of this bank.")),
    "nothing_mends_it": Text(N_("There is nothing to do about this here.")),
    "bank_not_named": Text(
        N_("Locker {locker_unit_id} is in several banks as a rule, so its bank must be named."),
        N_("Name it with --bank; `kiosk banks` lists the locker banks."),
        N_("Which bank?"),
    ),
    "unit_holds_nothing": Text(N_("Locker {locker_unit_id} holds no parcel.")),
    "no_bank_here": Text(N_("This account has no locker bank at this location."), N_("Check desk.location_id.")),
    "default_bank_unknown": Text(
        N_("This account has no locker bank {locker_bank_id} at this location."),
        N_("Check desk.default_bank and desk.location_id. `kiosk banks` lists the locker banks."),
    ),
    "no_such_unit": Text(N_("{bank} has no locker {locker_unit_id}."), _SIZES_LISTED, N_("Locker not found")),
    "no_such_size": Text(N_("{bank} has no {size} lockers."), _SIZES_LISTED, N_("Locker size not found")),
    "bank_full": Text(N_("{bank} has no free locker.")),
    "bank_full_within_reach": Text(N_("{bank} has no free locker within reach.")),
}

VARIANTS: Mapping[str, tuple[str, Mapping[str, Text]]] = {
    "write_open": ("operation", {operation: Text(sentence) for operation, sentence in NOT_CONFIRMED.items()}),
    "outcome_unknown": ("operation", {operation: Text(sentence) for operation, sentence in OUTCOME_UNKNOWN.items()}),
    "state_hinders": (
        "state",
        {
            ParcelState.TAKEN_IN: Text(N_("This parcel has no locker or shelf place yet."), _LOOK_AT_PARCEL),
            ParcelState.RESERVED: Text(
                N_("A locker is reserved for this parcel, but the parcel is not in it yet."), _LOOK_AT_PARCEL
            ),
            ParcelState.ON_SHELF: Text(N_("This parcel is on the shelf."), _LOOK_AT_PARCEL),
            ParcelState.IN_LOCKER: Text(N_("This parcel is in a locker."), _LOOK_AT_PARCEL),
            ParcelState.UNRECORDED: Text(
                N_("This parcel was put into a locker, but the locker service does not have it there."), _LOOK_AT_PARCEL
            ),
            ParcelState.COLLECTED: Text(N_("This parcel has been collected."), _LOOK_AT_PARCEL),
            ParcelState.CANCELLED: Text(N_("This parcel has been cancelled."), _LOOK_AT_PARCEL),
            ParcelState.HANDED_OVER: Text(N_("This parcel was handed over at the desk."), _LOOK_AT_PARCEL),
            ParcelState.OUTGOING: Text(N_("This parcel is to leave with a carrier."), _LOOK_AT_PARCEL),
            ParcelState.SENT: Text(N_("This parcel has left with a carrier."), _LOOK_AT_PARCEL),
        },
    ),
    "holds_no_locker": (
        "state",
        {
            ParcelState.COLLECTED: Text(N_("Parcel {tracking_number} has been collected."), _FIND),
            ParcelState.CANCELLED: Text(N_("Parcel {tracking_number} has been cancelled."), _FIND),
            ParcelState.HANDED_OVER: Text(N_("Parcel {tracking_number} was handed over at the desk."), _FIND),
            ParcelState.SENT: Text(N_("Parcel {tracking_number} has left with a carrier."), _FIND),
        },
    ),
    "deposited_before": (
        "since",
        {"": Text(N_("Parcel {tracking_number} is already in locker {locker_unit_id} of {locker_bank_id}."))},
    ),
}
"""By code: the parameter that chooses, and the text for each of its values; for any other value it is that above."""
