"""Every key of the operator's console, by page; the page of keys shows them in the order of `HELP_PAGE`."""

from __future__ import annotations

from kiosk.words.language import N_
from screens.actions import LISTS, THEME, Action, Keymap
from screens.console.destinations import Page

SIGN_KEYS = {"+": "plus", "?": "question_mark", "/": "slash"}
"""Signs that stand for an action, and what Textual calls their keys."""

OVERVIEW = Action(
    "app.page('overview')", "1", "1", N_("Overview"), N_("Banks, parcels per hour, and what needs attention.")
)
BANKS = Action("app.page('banks')", "2", "2", N_("Banks"), N_("Every door of a bank, and what is in it."))
PARCELS = Action("app.page('parcels')", "3", "3", N_("Parcels"), N_("Reservations and parcels, filtered and sorted."))
ATTENTION = Action("app.page('attention')", "4", "4", N_("Attention"), N_("Everything that needs attention."))
JOURNAL = Action("app.page('journal')", "5", "5", N_("Journal"), N_("Every event, live; search and verify."))
KIOSK = Action("app.page('kiosk')", "6", "6", N_("Kiosk"), N_("Version, settings, storage, health, last errors."))
SESSIONS = Action("app.page('sessions')", "7", "7", N_("Sessions"), N_("Who is connected to the console."))
PAGES = {
    Page.OVERVIEW: OVERVIEW,
    Page.BANKS: BANKS,
    Page.PARCELS: PARCELS,
    Page.ATTENTION: ATTENTION,
    Page.JOURNAL: JOURNAL,
    Page.KIOSK: KIOSK,
    Page.SESSIONS: SESSIONS,
}
"""The key of each page, in the order in which they are shown."""

KEYS = Action("app.keys", "question_mark", "?", N_("Keys"), N_("Show every key."))
KEYS_F1 = Action("app.keys", "f1", "F1", N_("Keys"), N_("The same."))
LEAVE = Action("app.quit", "q", "q", N_("Quit"), N_("Leave the console."))
LEAVE_CTRL_Q = Action("app.quit", "ctrl+q", "Ctrl+Q", N_("Quit"), N_("The same."))
ALWAYS_SHOWN = (KEYS, LEAVE)
"""They end the row of keys on every screen."""
EVERYWHERE = Keymap(N_("Everywhere"), more=(*PAGES.values(), KEYS, KEYS_F1, THEME, LEAVE, LEAVE_CTRL_Q))

TO_TOP = Action("to_end(-1)", "home", "Home", N_("First"), N_("Go to the first row."))
TO_END = Action("to_end(1)", "end", "End", N_("Last"), N_("Go to the last row."))
ROWS = (*LISTS, TO_TOP, TO_END)

OPEN = Action("open", "enter", "Enter", N_("Open"), N_("Show the selected one in full."), main=True)
RETURN = Action("return", "escape", "Esc", N_("Back"), N_("Go back to where you were."))
LOOK_FOR = Action("look_for", "slash", "/", N_("Search"), N_("Search; an empty search shows everything again."))
READ = Action("read", "r", "r", N_("Read again"), N_("Ask the locker service again, at most once a minute."))
READ_F5 = Action("read", "f5", "F5", N_("Read again"), N_("The same."))

FREE = Action("free", "f", "f", N_("Free"), N_("Give the parcel's locker back and cancel the parcel; asks why."))
FREE_UNIT = Action(
    "free_unit",
    "f",
    "f",
    N_("Free locker"),
    N_("Give the locker back with every parcel in it; asks why, and asks twice."),
)
CHANGE_USER = Action(
    "change_user",
    "p",
    "p",
    N_("Other user"),
    N_("Record the deposit anew as another user's, with a new code; asks for the user ID, and why."),
)
TAKE_OUT = Action(
    "take_out", "u", "u", N_("Take out"), N_("Take the parcel out of its locker, for the clerk; others stay; asks why.")
)
HAND_OVER = Action(
    "hand_over", "o", "o", N_("Hand over"), N_("The parcel was given out at the desk; asks to whom, and why.")
)
OUTGOING = Action(
    "outgoing", "s", "s", N_("Send"), N_("The parcel is to leave with a carrier; asks where to, and why.")
)
SENT = Action("sent", "m", "m", N_("Sent"), N_("The parcel has left with its carrier; asks why."))
EXTEND = Action(
    "extend",
    "e",
    "e",
    N_("Extend"),
    N_("Hold the reservation longer, or record the deposit anew, with a new code; asks why."),
)
NEW_CODE = Action(
    "new_code", "n", "n", N_("New code"), N_("Get a new pickup code, which waits for the clerk; asks why.")
)
FREE_SECOND = Action(
    "free_second", "w", "w", N_("Free second"), N_("Give back the second of a parcel's two lockers; asks why.")
)
SEE_CODE = Action("see_code", "v", "v", N_("View code"), N_("Show the pickup code that waits for the clerk; asks why."))
CLOSE = Action("close", "c", "c", N_("Close"), N_("Close the item and say what was found."))
RELEASE = Action("release", "t", "t", N_("Off shelf"), N_("Take the parcel off the shelf for the clerk; asks why."))
TAKE_BACK = Action(
    "take_back",
    "h",
    "h",
    N_("In hand"),
    N_("The parcel that was put in unrecorded, or was to be sent, is in your hands; asks why."),
)
COLLECTED = Action(
    "collected", "d", "d", N_("Collected"), N_("The parcel that was put in unrecorded was collected; asks why.")
)
SEND_AGAIN = Action(
    "send_again", "a", "a", N_("Notify again"), N_("Send the recipient again what did not reach them; asks why.")
)
REPAIRS = (
    CLOSE,
    FREE,
    FREE_SECOND,
    NEW_CODE,
    EXTEND,
    CHANGE_USER,
    TAKE_OUT,
    HAND_OVER,
    RELEASE,
    TAKE_BACK,
    COLLECTED,
    SENT,
    OUTGOING,
    SEND_AGAIN,
    SEE_CODE,
)

OVERVIEW_KEYS = Keymap(N_("Overview"), row=(OPEN, READ), more=(READ_F5, *ROWS))

NEXT_BANK = Action("bank(1)", "b", "b", N_("Next bank"), N_("Show the next bank."))
DOOR_LEFT = Action("door(-1, 0)", "left", "Left", N_("Left"), N_("The door to the left."))
DOOR_RIGHT = Action("door(1, 0)", "right", "Right", N_("Right"), N_("The door to the right."))
DOOR_UP = Action("door(0, -1)", "up", "Up", N_("Up"), N_("The door above."))
DOOR_DOWN = Action("door(0, 1)", "down", "Down", N_("Down"), N_("The door below."))
BANKS_KEYS = Keymap(
    N_("Banks"), row=(OPEN, NEXT_BANK, FREE_UNIT, READ), more=(READ_F5, DOOR_LEFT, DOOR_RIGHT, DOOR_UP, DOOR_DOWN)
)

BY_STATE = Action("by_state", "s", "s", N_("State"), N_("Only parcels in one state; each press shows the next."))
BY_SIZE = Action("by_size", "z", "z", N_("Size"), N_("Only one size; each press shows the next."))
BY_AGE = Action(
    "by_age", "a", "a", N_("Age"), N_("Only parcels that have been here longer; each press shows the next age.")
)
ORDER = Action("order", "o", "o", N_("Order"), N_("Sort in another way."))
GONE = Action("gone", "g", "g", N_("Gone"), N_("Collected and cancelled parcels, or those that are here again."))
NOT_NOTIFIED = Action(
    "not_notified", "n", "n", N_("Not notified"), N_("Only parcels whose recipients no notice reached, or all again.")
)
ALL_OF_THEM = Action("all_of_them", "x", "x", N_("All"), N_("Remove every filter."))
PARCELS_KEYS = Keymap(
    N_("Parcels"), row=(OPEN, LOOK_FOR, BY_STATE, BY_SIZE, BY_AGE, NOT_NOTIFIED, ORDER, GONE, ALL_OF_THEM), more=ROWS
)

ATTENTION_KEYS = Keymap(
    N_("Attention"), row=(OPEN, *(repair for repair in REPAIRS if repair is not SEE_CODE)), more=ROWS
)

VERIFY = Action("verify", "v", "v", N_("Verify"), N_("Verify the chain of events from the first to the last."))
JOURNAL_KEYS = Keymap(N_("Journal"), row=(OPEN, LOOK_FOR, VERIFY), more=ROWS)

KIOSK_KEYS = Keymap(N_("Kiosk"), row=(READ,), more=(READ_F5, *ROWS))
END_SESSION = Action(
    "end_session", "e", "e", N_("End"), N_("End somebody else's session, who is told by whom and why; asks why.")
)
SESSIONS_KEYS = Keymap(N_("Sessions"), row=(END_SESSION,), more=ROWS)
PARCEL_KEYS = Keymap(N_("A parcel"), row=(RETURN, OPEN, *REPAIRS), more=ROWS)
EVENT_KEYS = Keymap(N_("An event"), row=(RETURN, OPEN), more=ROWS)
HELP_KEYS = Keymap(N_("Keys"), row=(RETURN,), more=ROWS)

HELP_PAGE = (
    EVERYWHERE,
    OVERVIEW_KEYS,
    BANKS_KEYS,
    PARCELS_KEYS,
    ATTENTION_KEYS,
    JOURNAL_KEYS,
    KIOSK_KEYS,
    SESSIONS_KEYS,
    PARCEL_KEYS,
    EVENT_KEYS,
    HELP_KEYS,
)
"""What the page of keys shows: every screen of the console."""
