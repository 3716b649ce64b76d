"""Promises at the locker's door, without a connection, and about which bank is proposed."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "a locker is given back before a larger one was seen",
        "kiosk/desk/dialogue.py",
        "        if larger is None:\n            raise NoLargerUnitError(",
        "        if larger is None:\n            await self._desk.intake.report_unit(parcel, problem, self._person)\n"
        "            raise NoLargerUnitError(",
        "desk/test_dialogue.py::test_a_locker_that_is_too_small_is_kept_until_a_larger_one_is_free",
    ),
    Mutation(
        "a larger locker is looked for in an old reading",
        "kiosk/desk/dialogue.py",
        "view = await self._desk.lockers.bank(place.locker_bank_id, fresh=True)",
        "view = await self._desk.lockers.at_hand(place.locker_bank_id)",
        "desk/test_dialogue.py::test_a_locker_that_is_too_small_leads_to_one_of_the_next_size",
    ),
    Mutation(
        "where the usual bank is full, Enter does nothing",
        "kiosk/desk/proposals.py",
        "others = [] if bank_id else [",
        "others = [] if True else [",
        "desk/test_proposals.py"
        "::test_the_first_bank_with_room_stands_in_for_the_usual_one_and_nobody_waits_for_a_reading",
    ),
    Mutation(
        "that all banks are full is said of the past",
        "kiosk/desk/proposals.py",
        "*(self._lockers.bank(each) for each in ids), return_exceptions=True",
        "*(self._lockers.at_hand(each) for each in ids), return_exceptions=True",
        "desk/test_proposals.py::test_that_all_banks_are_full_is_said_of_the_present_only",
    ),
    Mutation(
        "a locker is reserved at once although the recipient has an open one",
        "kiosk/desk/proposals.py",
        "if view is None or last is None or proposal.open_lockers:",
        "if view is None or last is None:",
        "desk/test_proposals.py::test_a_locker_is_taken_without_a_question_only_as_last_time_and_where_it_is_free",
    ),
    Mutation(
        "a locker is said to be free without a connection",
        "kiosk/desk/shelf.py",
        "if self._activity.is_down:\n            return False",
        "if self._activity is None:\n            return False",
        "desk/test_shelf.py::test_without_a_connection_no_locker_is_said_to_be_free",
    ),
    Mutation(
        "a look at the line that fails wakes the next one",
        "kiosk/background/line.py",
        "return self._activity.is_down and not self._knew_it",
        "return self._activity.is_down",
        "background/test_line.py::test_a_parcel_that_waits_has_the_line_looked_at_until_it_is_back",
    ),
    Mutation(
        "the line is looked at although nothing waits for it",
        "kiosk/background/line.py",
        "        if not self._something_waits:\n            return\n",
        "",
        "background/test_line.py::test_a_line_that_works_or_for_which_nothing_waits_is_left_alone",
    ),
    Mutation(
        "a clerk is told of hosts",
        "kiosk/words/errors/explaining.py",
        "if error.code in at_the_desk.SENTENCES:",
        "if False:",
        "words/test_errors.py::test_a_clerk_is_told_of_no_hosts_settings_and_commands",
    ),
    Mutation(
        "a report at the door is listed for ever",
        "kiosk/desk/console_queries.py",
        "if each.at >= self._clock.now() - REPORT_HOLDS_FOR]",
        "]",
        "desk/test_console_queries.py"
        "::test_a_door_that_was_reported_is_listed_with_how_often_and_by_whom_until_it_is_chosen_again",
    ),
    Mutation(
        "a bank's long name pushes the locker's number out",
        "screens/widgets/parcel_list.py",
        "max(width - cell_len(unit) - 1, 0) if unit else width",
        "width",
        "screens/widgets/test_lists.py::test_a_bank_gives_way_to_the_number_of_its_locker",
    ),
    Mutation(
        "the nearest place is named although it is closed",
        "kiosk/facilities/finder.py",
        "if facility.state_at(now).is_open), None)",
        "), None)",
        "facilities/test_finder.py::test_the_nearest_open_place_is_told_from_the_kept_answer_and_nobody_is_asked",
    ),
)
