"""Every key of the console over all desks, by page; the page of keys shows them in the order of `HELP_PAGE`."""

from __future__ import annotations

from kiosk.words.language import N_
from screens.actions import THEME, Action, Keymap
from screens.console.actions import (
    ALL_OF_THEM,
    KEYS,
    KEYS_F1,
    LEAVE,
    LEAVE_CTRL_Q,
    OPEN,
    RETURN,
    ROWS,
)
from screens.fleet.destinations import FleetPage

DESKS = Action("app.page('desks')", "1", "1", N_("Desks"), N_("Every desk: is it here, what waits, what is wrong."))
PARCELS = Action("app.page('parcels')", "2", "2", N_("Parcels"), N_("Find a parcel at any desk."))
JOURNAL = Action("app.page('journal')", "3", "3", N_("Journal"), N_("Every event of every desk, live; search."))
LOCKERS = Action("app.page('lockers')", "4", "4", N_("Lockers"), N_("How full each bank is, and parcels per hour."))
ALARMS = Action("app.page('alarms')", "5", "5", N_("Alarms"), N_("Alarms and findings of all desks."))
PAGES = {
    FleetPage.DESKS: DESKS,
    FleetPage.PARCELS: PARCELS,
    FleetPage.JOURNAL: JOURNAL,
    FleetPage.LOCKERS: LOCKERS,
    FleetPage.ALARMS: ALARMS,
}
"""The key of each page, in the order in which they are shown."""
EVERYWHERE = Keymap(N_("Everywhere"), more=(*PAGES.values(), KEYS, KEYS_F1, THEME, LEAVE, LEAVE_CTRL_Q))

LOOK_FOR = Action("look_for", "slash", "/", N_("Search"), N_("The beginning or end of a number, or a contact id."))
DESKS_KEYS = Keymap(N_("Desks"), more=ROWS)
PARCELS_KEYS = Keymap(N_("Parcels"), row=(OPEN, LOOK_FOR), more=ROWS)

BY_PERSON = Action("by_person", "p", "p", N_("Person"), N_("Only what one person did; a part of the name will do."))
BY_KIND = Action("by_kind", "k", "k", N_("Kind"), N_("Only one kind of event; a word such as deposited."))
BY_NUMBER = Action("by_number", "n", "n", N_("Number"), N_("Only parcels whose number begins so."))
BY_DESK = Action("by_desk", "d", "d", N_("Desk"), N_("Only one desk or site; a part of its name will do."))
BY_TIME = Action("by_time", "t", "t", N_("Time"), N_("Only what happened up to a day, or a day and a time."))
JOURNAL_KEYS = Keymap(
    N_("Journal"), row=(OPEN, BY_PERSON, BY_KIND, BY_NUMBER, BY_DESK, BY_TIME, ALL_OF_THEM), more=ROWS
)
LOCKERS_KEYS = Keymap(N_("Lockers"), more=ROWS)

CLOSE = Action("close", "c", "c", N_("Close"), N_("Close the alarm and say what was found; asks why."))
ALARMS_KEYS = Keymap(N_("Alarms"), row=(OPEN, CLOSE), more=ROWS)
PARCEL_KEYS = Keymap(N_("A parcel"), row=(RETURN, OPEN), more=ROWS)
EVENT_KEYS = Keymap(N_("An event"), row=(RETURN,), more=ROWS)
HELP_KEYS = Keymap(N_("Keys"), row=(RETURN,), more=ROWS)

HELP_PAGE = (
    EVERYWHERE,
    DESKS_KEYS,
    PARCELS_KEYS,
    JOURNAL_KEYS,
    LOCKERS_KEYS,
    ALARMS_KEYS,
    PARCEL_KEYS,
    EVENT_KEYS,
    HELP_KEYS,
)
"""What the page of keys shows: every screen of this console."""
