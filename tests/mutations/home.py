"""Broken rules of home as a work queue: nothing that waits is passed over, and nothing costs more than its page."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "what was left for later comes again before the others",
        "kiosk/journal/home.py",
        'f"{behind} DESC, {_NEWEST}"',
        'f"{behind} ASC, {_NEWEST}"',
        "journal/test_home.py::test_whoever_takes_the_next_one_again_and_again_comes_through_the_whole_pile",
    ),
    Mutation(
        "one damaged row costs all counts",
        "kiosk/journal/home.py",
        "iif(json_valid(body), json_extract(body, '$.{path}'), NULL)",
        "json_extract(body, '$.{path}')",
        "journal/test_home.py::test_one_damaged_row_costs_no_other",
    ),
    Mutation(
        "what has expired is counted by reading all that is here",
        "kiosk/journal/home.py",
        "{_field('deposit_expiry')} <= ?",
        "+{_field('deposit_expiry')} <= ?",
        "journal/test_home.py::test_no_question_reads_parcels_that_are_done_or_of_other_days",
    ),
    Mutation(
        "a key that is held turns many pages at once",
        "screens/clerk/work_queue.py",
        "or self._edge is not None:",
        "or False:",
        "screens/clerk/test_work_queue.py::test_behind_the_end_of_a_page_lies_another_page",
    ),
    Mutation(
        "a pile that is worked off leaves an empty list",
        "screens/clerk/work_queue.py",
        "if self.wanted.pile is not None and not home.total:",
        "if False:",
        "screens/clerk/test_work_queue.py::test_a_pile_that_is_worked_off_gives_way_to_today",
    ),
    Mutation(
        "a parcel speaks of the restart again and again",
        "screens/left_over.py",
        "        self._ids.remove(parcel.parcel_id)\n",
        "",
        "screens/test_left_over.py::test_it_is_said_once_and_only_of_what_was_left_over",
    ),
)
