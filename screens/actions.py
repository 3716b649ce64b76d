"""Every key of the kiosk and of the operator's console, by screen.

The only place where one is named: rows of keys and the help come from here.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding, BindingType


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do: the screen's method is `action_<name>`."""

    name: str
    key: str
    key_label: str
    label: str
    help: str
    main: bool = False
    """The likely next one; it gets the largest target."""
    destroys: bool = False
    """It gives a locker back or a parcel up: never by Enter, nor by a key of the screen before."""


HELP = Action("app.help", "f1", "F1", "Help", "Show every key.")
THEME = Action("app.next_theme", "f12", "F12", "Colours", "Dark, light or high contrast.")
QUIT = Action("app.leave", "ctrl+q", "Ctrl+Q", "Leave", "Leave the kiosk, once that is confirmed. Nothing is lost.")
EVERYWHERE = (HELP, THEME, QUIT)

UP = Action("move(-1)", "up", "Up", "Up", "Move up in the list.")
DOWN = Action("move(1)", "down", "Down", "Down", "Move down in the list.")
PAGE_UP = Action("page(-1)", "pageup", "Page up", "Page up", "Move up by a page.")
PAGE_DOWN = Action("page(1)", "pagedown", "Page down", "Page down", "Move down by a page.")
LISTS = (UP, DOWN, PAGE_UP, PAGE_DOWN)

LATER = Action("later", "escape", "Esc", "Later", "Go home; the parcel stays under Unfinished.")
HOME = Action("home", "escape", "Esc", "Home", "Go home.")

FACILITIES = Action("facilities", "f3", "F3", "Drop-off", "Find where a parcel can be brought, and until when.")

TAKE_IN = Action(
    "open", "enter", "Enter", "Take in", "Open the chosen parcel, or take in the number typed as a new one.", main=True
)
NO_BARCODE = Action("no_barcode", "plus", "+", "No barcode", "Make a number for a parcel without a barcode.")
CLEAR = Action("clear", "escape", "Esc", "Clear", "Clear what was typed.")
HOME_ACTIONS = (TAKE_IN, NO_BARCODE, FACILITIES, HELP, THEME, CLEAR)

CANCEL = Action("cancel", "delete", "Del", "Cancel", "Give the parcel up; asks once.")
GIVE_UP = Action(
    "give_up", "f10", "F10", "Give it up", "Give the locker back, if one is held, and the parcel up.", destroys=True
)
NO = Action("no", "escape", "Esc", "Back", "Leave everything as it is.", main=True)
GIVE_UP_ACTIONS = (GIVE_UP, NO)

SAME_BOX = Action(
    "same_box", "f3", "F3", "Same box", "The code scanned last is on the same box as the one before; again: it is not."
)

THIS_NUMBER = Action("this_number", "enter", "Enter", "This one", "The number shown is the parcel's.", main=True)
OTHER_CARRIER = Action("other_carrier", "f4", "F4", "The other one", "Take the second carrier.")
ANYWAY = Action("anyway", "f6", "F6", "Use it anyway", "Take the number although its check digit is wrong.")

WRITTEN = Action("written", "enter", "Enter", "It is on it", "The number is written on the box.", main=True)

HOLD = Action("hold", "f7", "F7", "Shelf", "Lay the parcel on the shelf; it goes on later.")

THIS_ONE = Action("choose", "enter", "Enter", "This one", "The parcel is for the chosen recipient.", main=True)
BY_ID = Action("by_id", "f4", "F4", "Contact id", "Type the id of somebody who is not in the list.")
RECIPIENT_ACTIONS = (THIS_ONE, SAME_BOX, BY_ID, HOLD, LATER)

PERSON = Action("person", "enter", "Enter", "A person", "The id belongs to a person.", main=True)
DEPARTMENT = Action("department", "f4", "F4", "A department", "The id belongs to a department.")
SEARCH = Action("search", "escape", "Esc", "Back to names", "Search by name instead.")
CONTACT_ID_ACTIONS = (PERSON, DEPARTMENT, SEARCH)

RESERVE = Action("reserve", "enter", "Enter", "Reserve", "Reserve a locker of the chosen size.", main=True)
OTHER_WAY = Action(
    "other_way", "f8", "F8", "New locker", "Take a new locker instead of the one the recipient has, or the reverse."
)
OUT_OF_REACH = Action(
    "out_of_reach", "f9", "F9", "Out of reach", "Take a locker out of reach, where none within reach is free."
)
SMALLER = Action("size(-1)", "left", "Left", "Smaller", "Choose the size to the left.")
LARGER = Action("size(1)", "right", "Right", "Larger", "Choose the size to the right.")
OTHER_BANK = Action("bank(1)", "f4", "F4", "Other bank", "Show the next locker bank.")
READ_AGAIN = Action("read_again", "f5", "F5", "Read again", "Ask again which lockers are free.")
RECIPIENT = Action("recipient", "f6", "F6", "Recipient", "Choose another recipient.")
LOCKER_ACTIONS = (RESERVE, OTHER_WAY, OUT_OF_REACH, OTHER_BANK, READ_AGAIN, RECIPIENT, HOLD, LATER)
LOCKER_KEYS = (SMALLER, LARGER)

LIES_THERE = Action("lies_there", "enter", "Enter", "It lies there", "The parcel lies at that place.", main=True)
GO_BACK = Action("go_back", "escape", "Esc", "Back", "Go back to the step before.")
HOLD_ACTIONS = (LIES_THERE, GO_BACK)

IS_IN = Action("is_in", "enter", "Enter", "Parcel is in", "The parcel is in and the door is closed.", main=True)
PROBLEM = Action("problem", "f2", "F2", "Problem", "The locker is occupied, does not open or is too small.")
PUT_IN_ACTIONS = (IS_IN, PROBLEM, LATER, CANCEL)
OCCUPIED = Action(
    "occupied", "f4", "F4", "Occupied", "Something is in the locker already: take another one.", destroys=True
)
DID_NOT_OPEN = Action(
    "did_not_open", "f5", "F5", "Did not open", "The door stays shut: take another one.", destroys=True
)
TOO_SMALL = Action("too_small", "f6", "F6", "Too small", "The parcel does not fit: choose another size.", destroys=True)
PROBLEM_ACTIONS = (OCCUPIED, DID_NOT_OPEN, TOO_SMALL, NO)

NUMBER_ACTIONS = (THIS_NUMBER, SAME_BOX, OTHER_CARRIER, ANYWAY, LATER, CANCEL)
LABEL_ACTIONS = (WRITTEN, SAME_BOX, LATER, CANCEL)

DONE = Action("done", "enter", "Enter", "Done", "The code was seen or written down; it waits no longer.", main=True)
CODE_ACTIONS = (DONE, LATER)

GO_ON = Action("go_on", "enter", "Enter", "Go on", "Go on with this parcel.", main=True)
CHECK = Action("check", "f5", "F5", "Check again", "Ask the locker service where the parcel is.")
SETTLED = Action("settled", "f9", "F9", "Looked into", "Somebody looked into it; the sign goes away.")
SHOW_CODE = Action(
    "show_code", "f2", "F2", "Show code", "Show the pickup code again, for a few minutes after it was seen."
)
RIGHT_PERSON = Action(
    "right_person", "f6", "F6", "Right person", "It lies in the wrong person's locker: take it out, and in anew; asks."
)
IS_OUT = Action("is_out", "f10", "F10", "It is out", "The parcel is out of the wrong person's locker.", destroys=True)
IS_OUT_ACTIONS = (IS_OUT, NO)
PARCEL_ACTIONS = (GO_ON, SHOW_CODE, CHECK, SETTLED, FACILITIES, HOME, RIGHT_PERSON, CANCEL)

OPEN_PLACE = Action("open", "enter", "Enter", "Open", "Hours, phone, parking, and a code for a phone's map.", main=True)
CHOICES = Action("choices", "f2", "F2", "Choices", "Choose carrier, service, distance and number.")
ADDRESS = Action("address", "f4", "F4", "Address", "Look around another address.")
ASK_AGAIN = Action("ask_again", "f5", "F5", "Search again", "Ask the service anew.")
SORT = Action("sort", "f6", "F6", "Sort", "Sort by distance, by what is open, or by name.")
STILL_OPEN = Action("still_open", "f7", "F7", "Open in 20 min", "Only what is still open in 20 minutes, or all again.")
FINDER_ACTIONS = (OPEN_PLACE, CHOICES, ADDRESS, ASK_AGAIN, SORT, STILL_OPEN, GO_BACK)

CODE_ALONE = Action(
    "code_alone", "f6", "F6", "Code alone", "Only the code, with all the room there is; again: everything."
)
TO_LIST = Action("go_back", "enter", "Enter", "Back", "Go back to the list.", main=True)
FACILITY_ACTIONS = (TO_LIST, CODE_ALONE)

ASK = Action("ask", "enter", "Enter", "Search", "Ask with these choices.", main=True)
CARRIER = Action("carrier", "f4", "F4", "Carrier", "The next carrier.")
SERVICE = Action("service", "f5", "F5", "Service", "The next service.")
RADIUS = Action("radius", "f6", "F6", "Distance", "The next distance.")
COUNT = Action("count", "f7", "F7", "Number", "The next number of places.")
CHOICES_ACTIONS = (ASK, CARRIER, SERVICE, RADIUS, COUNT, GO_BACK)

SEARCH_HERE = Action("ask", "enter", "Enter", "Search here", "Look around this address.", main=True)
DESK_ADDRESS = Action("desk", "f4", "F4", "The desk's", "Look around the desk again.")
ADDRESS_ACTIONS = (SEARCH_HERE, DESK_ADDRESS, GO_BACK)

BACK = Action("back", "enter", "Enter", "Back", "Go back to where you were.", main=True)
SCANNER_TEST = Action("scanner_test", "f2", "F2", "Scanner test", "Scan a test code; it says how to set the scanner.")
BACK_TOO = Action("back", "escape", "Esc", "Back", "Go back to where you were.")
HELP_ACTIONS = (BACK, SCANNER_TEST, BACK_TOO)

LEAVE_TEST = Action("go_back", "escape", "Esc", "Back", "Go back to the keys.", main=True)
SCANNER_TEST_ACTIONS = (LEAVE_TEST, UP, DOWN)

LEAVE_NOW = Action("leave_now", "f10", "F10", "Leave", "End the program; what is unfinished goes on at the next start.")
STAY = Action("back", "enter", "Enter", "Stay", "Go back to where you were.", main=True)
LEAVING_ACTIONS = (STAY, LEAVE_NOW)

HARMLESS = frozenset({"app.help", "app.next_theme", "later", "home", "go_back", "back", "search", "clear", "no"})
"""Actions that undo and send nothing: they work on a screen that nobody can have seen yet."""

SIGN_KEYS = {"+": "plus", "?": "question_mark", "/": "slash"}
"""Signs that stand for an action, and what Textual calls their keys."""

SCREENS: dict[str, tuple[Action, ...]] = {
    "Home": (*HOME_ACTIONS, *LISTS),
    "Number": (*NUMBER_ACTIONS, UP, DOWN),
    "No barcode": LABEL_ACTIONS,
    "Recipient": (*RECIPIENT_ACTIONS, *LISTS),
    "Contact id": CONTACT_ID_ACTIONS,
    "Locker": (*LOCKER_ACTIONS, *LOCKER_KEYS),
    "Shelf": HOLD_ACTIONS,
    "Put in": PUT_IN_ACTIONS,
    "Put in: a problem": PROBLEM_ACTIONS,
    "Pickup code": CODE_ACTIONS,
    "A parcel": PARCEL_ACTIONS,
    "A parcel: for the right person": IS_OUT_ACTIONS,
    "Give a parcel up": GIVE_UP_ACTIONS,
    "Drop-off": (*FINDER_ACTIONS, *LISTS),
    "Drop-off: choices": CHOICES_ACTIONS,
    "Drop-off: address": ADDRESS_ACTIONS,
    "Drop-off: a place": (*FACILITY_ACTIONS, GO_BACK),
    "Scanner test": SCANNER_TEST_ACTIONS,
    "Help": HELP_ACTIONS,
    "Leaving": LEAVING_ACTIONS,
    "Everywhere": EVERYWHERE,
}
"""What the help shows, by the name of the screen."""


OVERVIEW = Action("app.page('overview')", "1", "1", "Overview", "Banks, parcels an hour, what needs somebody.")
BANKS = Action("app.page('banks')", "2", "2", "Banks", "Every door of a bank, and what is in it.")
PARCELS = Action("app.page('parcels')", "3", "3", "Parcels", "Reservations and parcels, filtered and sorted.")
ATTENTION = Action("app.page('attention')", "4", "4", "Attention", "What somebody has to look into.")
JOURNAL = Action("app.page('journal')", "5", "5", "Journal", "Every event, live; searching and verifying.")
KIOSK = Action("app.page('kiosk')", "6", "6", "Kiosk", "Version, settings, storage, health, last errors.")
PAGES = (OVERVIEW, BANKS, PARCELS, ATTENTION, JOURNAL, KIOSK)

KEYS = Action("app.keys", "question_mark", "?", "Keys", "Show every key.")
LEAVE = Action("app.quit", "q", "q", "Quit", "Leave the console.")
LEAVE_TOO = Action("app.quit", "ctrl+q", "Ctrl+Q", "Quit", "The same.")
EVERYWHERE_IN_CONSOLE = (
    *PAGES,
    KEYS,
    Action("app.keys", "f1", "F1", "Keys", "Show every key."),
    THEME,
    LEAVE,
    LEAVE_TOO,
)

TO_TOP = Action("to_end(-1)", "home", "Home", "First", "Go to the first row.")
TO_END = Action("to_end(1)", "end", "End", "Last", "Go to the last row.")
ROWS = (*LISTS, TO_TOP, TO_END)

OPEN = Action("open", "enter", "Enter", "Open", "Show the chosen one in full.", main=True)
RETURN = Action("return", "escape", "Esc", "Back", "Go back to where you were.")
LOOK_FOR = Action("look_for", "slash", "/", "Search", "Search; Enter takes it, an empty one ends it.")
READ = Action("read", "r", "r", "Read again", "Ask the locker service again, at most once a minute.")
READ_F5 = Action("read", "f5", "F5", "Read again", "The same.")

FREE = Action("free", "f", "f", "Free", "Take the parcel off its locker and give it up; asks why.")
EXTEND = Action("extend", "e", "e", "Extend", "Hold the reservation longer; asks why.")
NEW_CODE = Action("new_code", "n", "n", "New code", "Get a new pickup code, which waits for the clerk; asks why.")
FREE_SECOND = Action(
    "free_second", "w", "w", "Free second", "Give back the second locker of one that holds two; asks why."
)
SEE_CODE = Action("see_code", "v", "v", "View code", "Show the pickup code that waits for the clerk; asks why.")
CLOSE = Action("close", "c", "c", "Close", "Close the item, with what was found; asks why.")
RELEASE = Action("release", "t", "t", "Off shelf", "Give a held parcel back to the clerk; asks why.")
REPAIRS = (FREE, FREE_SECOND, EXTEND, NEW_CODE, CLOSE, RELEASE, SEE_CODE)

NEXT_BANK = Action("bank(1)", "b", "b", "Next bank", "Show the next bank.", main=False)
DOOR_LEFT = Action("door(-1, 0)", "left", "Left", "Left", "The door to the left.")
DOOR_RIGHT = Action("door(1, 0)", "right", "Right", "Right", "The door to the right.")
DOOR_UP = Action("door(0, -1)", "up", "Up", "Up", "The door above.")
DOOR_DOWN = Action("door(0, 1)", "down", "Down", "Down", "The door below.")
DOORS = (DOOR_LEFT, DOOR_RIGHT, DOOR_UP, DOOR_DOWN)

BY_STATE = Action("by_state", "s", "s", "State", "Only parcels of one state; each press the next one.")
BY_SIZE = Action("by_size", "z", "z", "Size", "Only one size; each press the next one.")
BY_AGE = Action("by_age", "a", "a", "Age", "Only parcels that have been here longer; each press the next one.")
ORDER = Action("order", "o", "o", "Order", "Sort in another way.")
GONE = Action("gone", "g", "g", "Gone", "Those collected and cancelled, or again those that are here.")
ALL_OF_THEM = Action("all_of_them", "x", "x", "All", "Take every filter off.")
FILTERS = (BY_STATE, BY_SIZE, BY_AGE, ORDER, GONE, ALL_OF_THEM)

VERIFY = Action("verify", "v", "v", "Verify", "Prove the chain of events from the first one to the last.")

CONSOLE_SCREENS: dict[str, tuple[Action, ...]] = {
    "Everywhere": EVERYWHERE_IN_CONSOLE,
    "Overview": (OPEN, READ, READ_F5, *ROWS),
    "Banks": (OPEN, NEXT_BANK, READ, READ_F5, *DOORS),
    "Parcels": (OPEN, LOOK_FOR, *FILTERS, *ROWS),
    "Attention": (OPEN, *REPAIRS[:-1], *ROWS),
    "Journal": (OPEN, LOOK_FOR, VERIFY, *ROWS),
    "Kiosk": (READ, READ_F5, *ROWS),
    "A parcel": (OPEN, RETURN, *REPAIRS, *ROWS),
    "An event": (OPEN, RETURN, *ROWS),
}
"""What the console's keys page shows, by the name of the screen."""


def bindings(*actions: Action) -> list[BindingType]:
    """Return Textual's bindings for these actions."""
    return [Binding(action.key, action.name, action.label, show=False) for action in actions]
