"""Broken promises about other desks: what is believed of them, and what follows from it here."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "a parcel of another desk is taken in a second time",
        "screens/taking_in.py",
        "if came_here else await boxes.set_aside(piece.codes)",
        "if True else await boxes.set_aside(piece.codes)",
        "screens/clerk/test_elsewhere.py::test_a_number_that_is_at_another_desk_is_not_taken_in",
    ),
    Mutation(
        "what is here counts as elsewhere",
        "kiosk/desk/boxes.py",
        "and await self._scans.known(label.code.scan) is None:\n                found",
        "and True:\n                found",
        "desk/test_other_desks.py::test_what_is_at_another_desk_is_set_aside_and_the_rest_taken_in",
    ),
    Mutation(
        "an old word on a door counts more than the last one",
        "kiosk/fleet/other_desks.py",
        "problem, max(at) FROM reports",
        "problem, min(at) FROM reports",
        "fleet/test_other_desks.py::test_the_latest_word_on_a_unit_counts_whichever_desk_says_it",
    ),
    Mutation(
        "a recipient is sent to a locker by what was heard long ago",
        "kiosk/desk/open_lockers.py",
        "self._clock.now() - heard_at < HEARD_COUNTS_FOR",
        "True",
        "desk/test_other_desks.py"
        "::test_a_locker_of_the_recipients_that_another_desk_filled_is_proposed_in_another_bank",
    ),
    Mutation(
        "a page of news is passed over",
        "kiosk/fleet/news.py",
        "if after in {None, before}:",
        "if True:",
        "fleet/test_news.py::test_all_pages_are_heard_though_all_was_stored_at_once",
    ),
    Mutation(
        "what ended while nobody listened stays at another desk",
        "kiosk/fleet/other_desks.py",
        "WHERE pass < ?",
        "WHERE pass < 0 * ?",
        "fleet/test_other_desks.py::test_a_full_refresh_drops_what_it_does_not_bring",
    ),
    Mutation(
        "a damaged file of other desks stays in use",
        "kiosk/fleet/other_desks.py",
        "        except StorageDamagedError:\n            self._identity = None\n",
        "        except StorageDamagedError:\n",
        "fleet/test_other_desks.py::test_a_file_that_is_damaged_while_it_is_open_ends_nothing",
    ),
    Mutation(
        "a box that is carried over is a clash",
        "kiosk/desk/clashes.py",
        "if first is None or now - first < STANDS_FOR[item.finding]:",
        "if False:",
        "desk/test_clashes.py::test_a_box_that_was_carried_over_is_no_clash",
    ),
    Mutation(
        "a collected parcel clashes with the next one in its locker",
        "kiosk/desk/clashes.py",
        "if first is None and parcel.has_unit:",
        "if False:",
        "desk/test_clashes.py::test_one_that_was_collected_is_noticed_instead",
    ),
    Mutation(
        "whoever still has a parcel here is never forgotten",
        "kiosk/desk/privacy.py",
        "                done.add(digest)\n        return frozenset(done)",
        "            done.add(digest)\n        return frozenset(done)",
        "desk/test_other_desks.py::test_who_was_forgotten_elsewhere_is_forgotten_here_once_nothing_is_here_for_them",
    ),
)
