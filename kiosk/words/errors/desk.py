"""What is said where a step can't be taken or did not come to its end; the codes are given in `kiosk/desk/`."""

from __future__ import annotations

from kiosk.words.errors.text import Text
from kiosk.words.language import N_

_LOOK_AT_PARCEL = N_("Open the parcel from the list to see where it is.")
_NEW_LOCKER = N_("Choose another locker.")

TEXTS: dict[str, Text] = {
    "state_hinders": Text(N_("The parcel is {state}, so this is not possible."), _LOOK_AT_PARCEL),
    "hindered_number_not_settled": Text(
        N_("The parcel's number has not been settled yet."), N_("Open the parcel and answer the question.")
    ),
    "hindered_number_settled": Text(N_("The parcel's number is settled already."), _LOOK_AT_PARCEL),
    "hindered_no_recipient": Text(
        N_("No recipient has been chosen for this parcel."), N_("Choose the recipient first.")
    ),
    "hindered_recipient_known": Text(N_("The parcel already has a recipient."), _LOOK_AT_PARCEL),
    "hindered_wrong_recipient": Text(
        N_("This parcel was in the wrong person's locker."), N_("Choose the right person first.")
    ),
    "hindered_not_marked": Text(N_("The parcel is not in anybody's locker."), _LOOK_AT_PARCEL),
    "hindered_no_code": Text(N_("No pickup code is waiting for this parcel."), _LOOK_AT_PARCEL),
    "hindered_no_finding": Text(N_("There is nothing to look into for this parcel."), _LOOK_AT_PARCEL),
    "hindered_no_second_unit": Text(N_("No second locker is held for this parcel."), _LOOK_AT_PARCEL),
    "hindered_no_unit": Text(N_("No locker is held for this parcel."), _LOOK_AT_PARCEL),
    "hindered_department": Text(N_("A department gets no pickup code."), _LOOK_AT_PARCEL),
    "changed_meanwhile": Text(N_("Somebody else changed this parcel a moment ago."), _LOOK_AT_PARCEL),
    "here_already": Text(N_("A parcel with the number {tracking_number} is already here."), _LOOK_AT_PARCEL),
    "no_unit_held": Text(N_("The parcel is {state}; no locker is held for it."), _LOOK_AT_PARCEL),
    "unit_not_its_own": Text(N_("Locker {locker_unit_id} is no longer this parcel's."), _LOOK_AT_PARCEL),
    "extension_without_time": Text(N_("No time was given until which the locker is to be held.")),
    "finding_closed": Text(N_("This item has been closed already."), _LOOK_AT_PARCEL),
    "nothing_in_doubt": Text(N_("Nothing is open about this parcel."), _LOOK_AT_PARCEL),
    "not_allowed": Text(N_("{name} is {role} here and may not do this.")),
    "no_role": Text(N_("{name} has no role at this kiosk's console.")),
    "no_reason": Text(N_("Every correction is recorded with its reason.")),
    "write_open": Text(N_("{operation} has not been confirmed yet.")),
    "other_process_at_work": Text(N_("Another kiosk program is working on this parcel.")),
    "outcome_unknown": Text(N_("It is not known yet whether the request went through: {operation}.")),
    "deposit_delayed": Text(
        N_("The deposit in locker {locker_unit_id} is recorded here and will be sent later."),
        N_("Close the door and carry on. The pickup code will appear under Unfinished when it arrives."),
    ),
    "code_may_be_replaced": Text(
        N_("Parcel {tracking_number} in the same locker is not confirmed yet; it may replace this code."),
        N_("Nothing is lost: the kiosk keeps asking. Look at the code again in a while."),
    ),
    "number_of_another_recipient": Text(
        N_("The number {tracking_number} holds locker {locker_unit_id} for another recipient.")
    ),
    "number_lies_in_locker": Text(
        N_("A parcel with the number {tracking_number} is already in locker {locker_unit_id}.")
    ),
    "number_holds_locker": Text(
        N_("A parcel with the number {tracking_number} already holds locker {locker_unit_id}.")
    ),
    "number_held_otherwise": Text(
        N_("The number {tracking_number} holds locker {locker_unit_id}, but not as asked for.")
    ),
    "unit_emptied": Text(
        N_("Locker {locker_unit_id} was emptied in the meantime; it is no longer the recipient's."), _NEW_LOCKER
    ),
    "unit_of_somebody_else": Text(N_("Locker {locker_unit_id} went to somebody else in the meantime."), _NEW_LOCKER),
    "reservation_lapsed": Text(N_("Locker {locker_unit_id} is no longer reserved for this parcel.")),
    "unit_taken": Text(N_("Locker {locker_unit_id} is not free.")),
    "no_free_unit": Text(N_("{bank} has no free {size} locker.")),
    "no_free_unit_within_reach": Text(N_("{bank} has no free {size} locker within reach.")),
    "unknown_bank": Text(N_("There is no locker bank {locker_bank_id}.")),
    "shelf_place_taken": Text(N_("Another parcel is at {shelf}.")),
    "shelf_place_nameless": Text(N_("The shelf place needs a name.")),
    "unknown_parcel": Text(N_("There is no parcel {parcel_id} here.")),
    "parcel_unknown_everywhere": Text(N_("No parcel {tracking_number} is known here or in a locker of this location.")),
    "unknown_person": Text(N_("Neither the directory nor the journal knows {contact_id}.")),
    "parcels_present": Text(N_("Still here for {contact_id}: {tracking_numbers}.")),
    "reservation_refused": Text(
        N_("{text}"), N_("Check that the recipient is right, and choose another one if not. Nothing was reserved.")
    ),
    "as_told": Text(N_("{text}")),
    "deposited_before": Text(
        N_("Parcel {tracking_number} is already in locker {locker_unit_id} of {locker_bank_id} since {since}.")
    ),
    "held_for_another": Text(
        N_("Parcel {tracking_number} holds locker {locker_unit_id} of {locker_bank_id} for another recipient.")
    ),
    "in_no_locker": Text(N_("Parcel {tracking_number} is not in {wanted}, but in no locker.")),
    "in_another_bank": Text(N_("Parcel {tracking_number} is not in {wanted}, but in {locker_bank_id}.")),
    "gone_already": Text(N_("Parcel {tracking_number} was gone from its locker already.")),
    "holds_no_locker": Text(
        N_("Parcel {tracking_number} is {state}; it holds no locker."), N_("`kiosk find` shows what is known about it.")
    ),
    "nothing_held_for_contact": Text(
        N_("Nothing is held for the contact {contact_id}."), N_("Check the contact id, and desk.location_id.")
    ),
    "no_bank_here": Text(N_("This account has no locker bank at this location."), N_("Check desk.location_id.")),
    "default_bank_unknown": Text(
        N_("This account has no locker bank {locker_bank_id} at this location."),
        N_("Check desk.default_bank and desk.location_id; `kiosk banks` lists the banks."),
    ),
    "no_such_unit": Text(
        N_("{bank} has no locker {locker_unit_id}."), N_("`kiosk bank {locker_bank_id}` lists its lockers and sizes.")
    ),
    "no_such_size": Text(
        N_("{bank} has no {size} lockers."), N_("`kiosk bank {locker_bank_id}` lists its lockers and sizes.")
    ),
    "bank_full": Text(N_("{bank} has no free locker.")),
    "bank_full_within_reach": Text(N_("{bank} has no free locker within reach.")),
}
