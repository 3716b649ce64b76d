"""Broken promises of the console over all desks: who sees what, in which order, and what it costs to look on."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

_SITE = "fleet/test_looking.py::test_a_console_of_one_site_sees_nothing_of_another"

MUTATIONS = (
    Mutation(
        "a console sees the people of every site",
        "kiosk/fleet/schema/0004_looking.sql",
        "ALTER TABLE fleet.people ENABLE",
        "ALTER TABLE fleet.people DISABLE",
        _SITE,
    ),
    Mutation(
        "a console of one site sees all desks",
        "kiosk/fleet/schema/0004_looking.sql",
        "site IN ('*', d.site)",
        "site IS NOT NULL",
        _SITE,
    ),
    Mutation(
        "a history goes by each desk's own clock",
        "kiosk/fleet/schema/0002_shipping.sql",
        "abs(clock_offset) > 120",
        "abs(clock_offset) > 120000",
        "fleet/test_looking.py::test_a_history_is_of_all_desks_in_the_order_of_one_clock",
    ),
    Mutation(
        "a clock that was set back turns a chain around",
        "kiosk/fleet/records.py",
        "merge(*chains.values(), ",
        "sorted((each for chain in chains.values() for each in chain), ",
        "fleet/test_looking.py::test_every_chain_keeps_its_order_and_nothing_is_lost",
    ),
    Mutation(
        "a viewer closes alarms",
        "kiosk/fleet/looking.py",
        "frozenset({Role.OPERATOR, Role.ADMIN})",
        "frozenset(Role)",
        "fleet/test_looking.py::test_who_may_not_close_an_alarm_does_not",
    ),
    Mutation(
        "who was forgotten is nobody",
        "kiosk/fleet/names.py",
        "if key is None:",
        "if False:",
        "fleet/test_looking.py::test_who_was_forgotten_is_shown_as_that",
    ),
    Mutation(
        "a page of the journal repeats the one before",
        "kiosk/fleet/searching.py",
        "(e.at, e.desk, e.branch, e.sequence) <",
        "(e.at, e.desk, e.branch, e.sequence) <=",
        "fleet/test_looking.py::test_pages_leave_nothing_out_and_repeat_nothing",
    ),
    Mutation(
        "every look reads the page",
        "screens/fleet/app.py",
        "if screen.shown != stamp:",
        "if True:",
        "screens/fleet/test_fleet_console.py::test_nothing_is_painted_and_no_page_is_read_while_nothing_changes",
    ),
    Mutation(
        "a console waits for hints that never come",
        "screens/fleet/app.py",
        "hint(LOOK_EVERY_SECONDS)",
        "hint(3600)",
        "screens/fleet/test_fleet_console.py::test_what_a_desk_tells_appears_by_itself",
    ),
)
