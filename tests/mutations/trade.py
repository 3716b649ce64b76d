"""Broken rules of the trade: who may do what when, what an event does to a parcel, which unit is chosen."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "a viewer may correct",
        "kiosk/parcels/steps.py",
        "_CONSOLE: Final = frozenset({Role.OPERATOR,",
        "_CONSOLE: Final = frozenset({Role.VIEWER, Role.OPERATOR,",
        "parcels/test_steps.py::test_a_viewer_is_offered_nothing",
    ),
    Mutation(
        "an operator sees pickup codes",
        "kiosk/parcels/steps.py",
        "_ADMIN: Final = frozenset({Role.ADMIN,",
        "_ADMIN: Final = frozenset({Role.OPERATOR, Role.ADMIN,",
        "desk/test_corrections.py::test_only_an_admin_sees_a_code_and_it_goes_on_waiting_for_the_clerk",
    ),
    Mutation(
        "a write in doubt hinders nothing",
        "kiosk/parcels/steps.py",
        "Hindrance.IN_DOUBT: lambda parcel: parcel.open_write is not None,",
        "Hindrance.IN_DOUBT: lambda parcel: False,",
        "parcels/test_steps.py::test_what_is_in_doubt_hinders_every_step_but_those_that_only_look",
    ),
    Mutation(
        "a command is not asked why",
        "kiosk/parcels/steps.py",
        "return role in STEPS[step].asks_why",
        "return role in STEPS[step].asks_why - {Role.OWNER}",
        "parcels/test_steps.py::test_a_reason_is_asked_of_whoever_mends_from_afar_and_never_at_the_desk",
    ),
    Mutation(
        "the table of steps is not looked at when a step is recorded",
        "kiosk/desk/permission.py",
        "    if error is not None:\n        raise error",
        "    if error is None:\n        return",
        "desk/test_shelf.py::test_only_a_parcel_in_hand_can_be_laid_on_the_shelf",
    ),
    Mutation(
        "a second unit that is freed takes the parcel out of its own",
        "kiosk/parcels/unit_changes.py",
        "case happened.UnitFreed() if is_another_unit(parcel, event):",
        "case happened.UnitFreed() if False:",
        "desk/test_second_unit.py::test_the_other_unit_is_given_back_and_the_parcel_stays",
    ),
    Mutation(
        "closing one finding closes them all",
        "kiosk/parcels/fold.py",
        '{"attention": but(parcel, event.finding), ',
        '{"attention": (), ',
        "parcels/test_fold.py::test_one_item_of_attention_is_kept_for_each_finding_until_it_is_closed",
    ),
    Mutation(
        "a code waits where none came",
        "kiosk/parcels/unit_changes.py",
        '"code_waiting": event.code_received,',
        '"code_waiting": True,',
        "desk/test_intake.py::test_a_department_gets_no_code_and_is_done_with_the_deposit",
    ),
    Mutation(
        "a code waits for a parcel that was collected",
        "kiosk/parcels/unit_changes.py",
        '{"state": ParcelState.COLLECTED, "code_waiting": False, "looked_into": ()}',
        '{"state": ParcelState.COLLECTED, "looked_into": ()}',
        "parcels/test_fold.py::test_a_parcel_that_is_gone_was_collected_from_where_it_lay",
    ),
    Mutation(
        "another recipient leaves the mark of the wrong one",
        "kiosk/parcels/fold.py",
        '{"contact": event.contact, "recipient_read": "", "wrong_recipient": False}',
        '{"contact": event.contact, "recipient_read": ""}',
        "parcels/test_fold.py::test_whoever_is_chosen_then_is_no_longer_the_wrong_recipient",
    ),
    Mutation(
        "a unit with something in it counts as free",
        "kiosk/parcels/lockers.py",
        "if self.unit_occupied or self.parcels_deposited:",
        "if self.unit_occupied:",
        "parcels/test_lockers.py::test_a_unit_has_one_word_for_its_state",
    ),
    Mutation(
        "a unit that says nothing of itself counts as free",
        "kiosk/parcels/lockers.py",
        "if self.unit_reserved is None and self.unit_occupied is None:",
        "if False:",
        "api/test_reading.py::test_a_unit_is_free_only_where_the_answer_says_so",
    ),
    Mutation(
        "a unit that was reported is chosen again",
        "kiosk/parcels/choosing.py",
        "if unit.locker_unit_id not in self.reported)",
        "if unit.locker_unit_id)",
        "desk/test_intake.py::test_a_reported_unit_is_given_back_and_not_chosen_for_a_day",
    ),
    Mutation(
        "a unit out of reach is given to somebody who needs one within reach",
        "kiosk/parcels/choosing.py",
        "return suited if suited or (needs_reach and not out_of_reach) else free",
        "return suited if suited else free",
        "desk/test_choosing.py::test_who_needs_reach_gets_a_unit_out_of_reach_only_when_the_clerk_says_so",
    ),
    Mutation(
        "a unit that was refused is asked for again",
        "kiosk/parcels/choosing.py",
        "if unit.locker_unit_id not in without]",
        "if unit.locker_unit_id]",
        "desk/test_choosing.py::test_a_unit_that_was_refused_once_is_not_asked_for_again",
    ),
    Mutation(
        "a number goes back into a unit from which a late request may take it",
        "kiosk/desk/intake.py",
        "tried = set(await freed_in_doubt(self._journal.connection, parcel.tracking_number, locker_bank_id))",
        "tried: set[str] = set()",
        "desk/test_held_up_requests.py"
        "::test_a_number_is_given_no_locker_from_which_a_request_in_doubt_may_take_it_later",
    ),
    Mutation(
        "a unit that did not take a parcel is given to it again",
        "kiosk/desk/intake.py",
        "without = unfit.union(tried)",
        "without = {*tried}",
        "desk/test_choosing.py::test_a_unit_that_did_not_take_a_parcel_is_not_given_to_it_again",
    ),
    Mutation(
        "a reason of blanks is a reason",
        "kiosk/desk/corrections.py",
        "if not _clean(reason):",
        "if not reason:",
        "desk/test_corrections.py::test_without_a_reason_nothing_is_done",
    ),
    Mutation(
        "a role that was taken away works on in an open session",
        "kiosk/desk/corrections.py",
        "role = await self._still_allowed(step, person)",
        "role = person.role",
        "cli/test_console.py::test_a_role_that_is_taken_away_is_gone_from_an_open_session_at_once",
    ),
    Mutation(
        "a refused correction leaves no trace",
        "kiosk/desk/corrections.py",
        "await self._visits.refused(person, step)",
        "await asyncio.sleep(0)",
        "desk/test_corrections.py::test_a_viewer_can_do_none_of_it",
    ),
)
