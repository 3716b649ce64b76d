"""Every key of the kiosk, by screen. The only place where one is named: rows of keys and the help come from here."""

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


HELP = Action("app.help", "f1", "F1", "Help", "Show every key.")
THEME = Action("app.next_theme", "f12", "F12", "Colours", "Dark, light or high contrast.")
QUIT = Action("app.quit", "ctrl+q", "Ctrl+Q", "Quit", "Leave the kiosk. Nothing is lost; it goes on at the next start.")
EVERYWHERE = (HELP, THEME, QUIT)

UP = Action("move(-1)", "up", "Up", "Up", "Move up in the list.")
DOWN = Action("move(1)", "down", "Down", "Down", "Move down in the list.")
PAGE_UP = Action("page(-1)", "pageup", "Page up", "Page up", "Move up by a page.")
PAGE_DOWN = Action("page(1)", "pagedown", "Page down", "Page down", "Move down by a page.")
LISTS = (UP, DOWN, PAGE_UP, PAGE_DOWN)

LATER = Action("later", "escape", "Esc", "Later", "Go home; the parcel stays under Unfinished.")
HOME = Action("home", "escape", "Esc", "Home", "Go home.")

FACILITIES = Action("facilities", "f3", "F3", "Drop-off", "Find where a parcel can be brought, and until when.")

TAKE_IN = Action("open", "enter", "Enter", "Take in", "Take in the number typed, or open the chosen parcel.", main=True)
HOME_ACTIONS = (TAKE_IN, FACILITIES, HELP, THEME)

HOLD = Action("hold", "f7", "F7", "Shelf", "Lay the parcel on the shelf; it goes on later.")

THIS_ONE = Action("choose", "enter", "Enter", "This one", "The parcel is for the chosen recipient.", main=True)
BY_ID = Action("by_id", "f4", "F4", "Contact id", "Type the id of somebody who is not in the list.")
RECIPIENT_ACTIONS = (THIS_ONE, BY_ID, HOLD, LATER)

PERSON = Action("person", "enter", "Enter", "A person", "The id belongs to a person.", main=True)
DEPARTMENT = Action("department", "f4", "F4", "A department", "The id belongs to a department.")
SEARCH = Action("search", "escape", "Esc", "Back to names", "Search by name instead.")
CONTACT_ID_ACTIONS = (PERSON, DEPARTMENT, SEARCH)

RESERVE = Action("reserve", "enter", "Enter", "Reserve", "Reserve a locker of the chosen size.", main=True)
SMALLER = Action("size(-1)", "left", "Left", "Smaller", "Choose the size to the left.")
LARGER = Action("size(1)", "right", "Right", "Larger", "Choose the size to the right.")
OTHER_BANK = Action("bank(1)", "f4", "F4", "Other bank", "Show the next locker bank.")
READ_AGAIN = Action("read_again", "f5", "F5", "Read again", "Ask again which lockers are free.")
RECIPIENT = Action("recipient", "f6", "F6", "Recipient", "Choose another recipient.")
LOCKER_ACTIONS = (RESERVE, OTHER_BANK, READ_AGAIN, RECIPIENT, HOLD, LATER)
LOCKER_KEYS = (SMALLER, LARGER)

LIES_THERE = Action("lies_there", "enter", "Enter", "It lies there", "The parcel lies at that place.", main=True)
GO_BACK = Action("go_back", "escape", "Esc", "Back", "Go back to the step before.")
HOLD_ACTIONS = (LIES_THERE, GO_BACK)

IS_IN = Action("is_in", "enter", "Enter", "Parcel is in", "The parcel is in and the door is closed.", main=True)
OCCUPIED = Action("occupied", "f4", "F4", "Occupied", "Something is in the locker already: take another one.")
DID_NOT_OPEN = Action("did_not_open", "f5", "F5", "Did not open", "The door stays shut: take another one.")
TOO_SMALL = Action("too_small", "f6", "F6", "Too small", "The parcel does not fit: choose another size.")
CANCEL = Action("cancel", "f8", "F8", "Cancel", "Give the locker back and give the parcel up.")
PUT_IN_ACTIONS = (IS_IN, OCCUPIED, DID_NOT_OPEN, TOO_SMALL, CANCEL, LATER)

DONE = Action("done", "enter", "Enter", "Done", "The code was seen or written down; it is deleted here.", main=True)
CODE_ACTIONS = (DONE, LATER)

GO_ON = Action("go_on", "enter", "Enter", "Go on", "Go on with this parcel.", main=True)
CHECK = Action("check", "f5", "F5", "Check again", "Ask the locker service where the parcel is.")
SETTLED = Action("settled", "f9", "F9", "Looked into", "Somebody looked into it; the sign goes away.")
PARCEL_ACTIONS = (GO_ON, CHECK, CANCEL, SETTLED, FACILITIES, HOME)

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
HELP_ACTIONS = (BACK, Action("back", "escape", "Esc", "Back", "Go back to where you were."))

SCREENS: dict[str, tuple[Action, ...]] = {
    "Home": (*HOME_ACTIONS, *LISTS),
    "Recipient": (*RECIPIENT_ACTIONS, *LISTS),
    "Contact id": CONTACT_ID_ACTIONS,
    "Locker": (*LOCKER_ACTIONS, *LOCKER_KEYS),
    "Shelf": HOLD_ACTIONS,
    "Put in": PUT_IN_ACTIONS,
    "Pickup code": CODE_ACTIONS,
    "A parcel": PARCEL_ACTIONS,
    "Drop-off": (*FINDER_ACTIONS, *LISTS),
    "Drop-off: choices": CHOICES_ACTIONS,
    "Drop-off: address": ADDRESS_ACTIONS,
    "Drop-off: a place": (*FACILITY_ACTIONS, GO_BACK),
    "Everywhere": EVERYWHERE,
}
"""What the help shows, by the name of the screen."""


def bindings(*actions: Action) -> list[BindingType]:
    """Return Textual's bindings for these actions."""
    return [Binding(action.key, action.name, action.label, show=False) for action in actions]
