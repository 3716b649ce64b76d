"""Every key of the clerk's screens, by screen; the help shows them in the order of `screens/help_page.py`.

The finder's are in `screens/finder_actions.py`.
"""

from __future__ import annotations

from kiosk.words.language import N_
from screens.actions import DOWN, GO_BACK, LISTS, THEME, UP, Action, Keymap

HELP = Action("app.help", "f1", "F1", N_("Help"), N_("Show every key."), harmless=True)
QUIT = Action("app.leave", "ctrl+q", "Ctrl+Q", N_("Leave"), N_("Leave the kiosk, after one question. Nothing is lost."))
FIND = Action(
    "app.find",
    "ctrl+f",
    "Ctrl+F",
    N_("Find"),
    N_("Find a parcel, here or gone, by number, name, locker, shelf place or day."),
    harmless=True,
)
UNDO = Action("app.undo", "f11", "F11", N_("Undo"), N_("Undo the last step, for a minute after it."))
KEYBOARD = Action(
    "app.keyboard",
    "ctrl+k",
    "Ctrl+K",
    N_("Letters"),
    N_("Show letters to tap where something can be typed, or hide them. So does a tap on the field."),
    harmless=True,
)
SHIFT = Action(
    "app.change_shift",
    "ctrl+o",
    "Ctrl+O",
    N_("Sign out"),
    N_("Sign out, or hand the desk over to somebody else, where people sign in."),
    harmless=True,
)
LANGUAGE = Action(
    "app.language",
    "ctrl+l",
    "Ctrl+L",
    N_("Language"),
    N_("Choose the language of the screens, until somebody signs out."),
    harmless=True,
)
EVERYWHERE = Keymap(N_("Everywhere"), more=(FIND, HELP, THEME, LANGUAGE, KEYBOARD, QUIT, UNDO, SHIFT))

LATER = Action("later", "escape", "Esc", N_("Later"), N_("Go home; the parcel stays under Unfinished."), harmless=True)
HOME = Action("home", "escape", "Esc", N_("Home"), N_("Go home."), harmless=True)
DETAILS = Action("details", "insert", "Ins", N_("Details"), N_("Show the parcel's page: history, and all its steps."))

CANCEL = Action("cancel", "delete", "Del", N_("Cancel"), N_("Cancel the parcel, after one question."))
# F10 is a key of questions only: no double press on the screen that asks can answer.
CANCEL_NOW = Action(
    "cancel_now",
    "f10",
    "F10",
    N_("Cancel it"),
    N_("Cancel the parcel and give its locker back, if it has one."),
    destroys=True,
)
NO = Action("no", "escape", "Esc", N_("Back"), N_("Leave everything as it is."), main=True, harmless=True)
CANCEL_QUESTION = Keymap(N_("Cancel a parcel"), row=(CANCEL_NOW, NO))

FACILITIES = Action("facilities", "f3", "F3", N_("Drop-off"), N_("Find a place to drop off a parcel, and its hours."))

TAKE_IN = Action(
    "open",
    "enter",
    "Enter",
    N_("Take in"),
    N_("Take the next parcel, open the selected one, or take in the typed number as a new one."),
    main=True,
)
NO_BARCODE = Action("no_barcode", "plus", "+", N_("No barcode"), N_("Make a number for a parcel without a barcode."))
CLEAR = Action("clear", "escape", "Esc", N_("Clear"), N_("Clear what was typed, or list today again."), harmless=True)
UNFINISHED = Action(
    "pile('unfinished')", "f4", "F4", N_("Unfinished"), N_("List what somebody has to do something about.")
)
CODES_TO_SHOW = Action(
    "pile('code_to_show')", "f5", "F5", N_("Code to show"), N_("List the parcels whose pickup code nobody has seen.")
)
LOCKER_FREE = Action(
    "pile('locker_free')", "f6", "F6", N_("Locker free"), N_("List parcels on the shelf for which a locker is free.")
)
EXPIRED = Action("pile('expired')", "f7", "F7", N_("Expired"), N_("List the parcels that nobody collected in time."))
LAST = Action("last", "f2", "F2", N_("Last"), N_("Open the parcel that was worked on last."))
UNDELIVERABLE = Action(
    "pile('undeliverable')", "f8", "F8", N_("Not notified"), N_("List the parcels whose recipients no notice reached.")
)
DAY_BEFORE = Action("day(-1)", "left", "Left", N_("Day before"), N_("List the parcels of the day before."))
DAY_AFTER = Action("day(1)", "right", "Right", N_("Day after"), N_("List the parcels of the day after."))
TASKS = Action("tasks", "f9", "F9", N_("Tasks"), N_("Hand over, clear expired lockers, send, count a bank."))
HOME_KEYS = Keymap(
    N_("Home"),
    row=(TAKE_IN, NO_BARCODE, FIND, TASKS, FACILITIES, HELP, CLEAR),
    more=(UNFINISHED, CODES_TO_SHOW, LOCKER_FREE, EXPIRED, UNDELIVERABLE, LAST, DAY_BEFORE, DAY_AFTER, *LISTS),
)

BEGIN_TASK = Action("open", "enter", "Enter", N_("Begin"), N_("Begin the selected task."), main=True)
TASKS_KEYS = Keymap(N_("Tasks"), row=(BEGIN_TASK, GO_BACK), more=LISTS)

OPEN_FOUND = Action("open", "enter", "Enter", N_("Open"), N_("Show the selected parcel's page."), main=True)
ASK_SERVICE = Action(
    "ask_service",
    "f5",
    "F5",
    N_("Ask service"),
    N_("Ask the locker service for the typed number, or for everything of the selected recipient."),
)
TAKE_FOUND_IN = Action("take_in", "f6", "F6", N_("Take it in"), N_("Take in the number as a new parcel."))
FIND_KEYS = Keymap(N_("Find"), row=(OPEN_FOUND, ASK_SERVICE, TAKE_FOUND_IN, GO_BACK), more=LISTS)

TAKE_IN_HERE = Action(
    "take_in", "f6", "F6", N_("Take in here"), N_("The parcel came here after all: take it in at this desk.")
)
ELSEWHERE_KEYS = Keymap(N_("At another desk"), row=(TAKE_IN_HERE, GO_BACK))

SAME_BOX = Action(
    "same_box",
    "f3",
    "F3",
    N_("Same box"),
    N_("The last code is on the same box as the one before. Press it again to undo that."),
)

THIS_NUMBER = Action("this_number", "enter", "Enter", N_("This one"), N_("Use the number shown."), main=True)
OTHER_CARRIER = Action("other_carrier", "f4", "F4", N_("The other one"), N_("Choose the second carrier."))
ANYWAY = Action("anyway", "f6", "F6", N_("Use it anyway"), N_("Use the number even though its check digit is wrong."))
NUMBER_KEYS = Keymap(
    N_("Number"),
    row=(THIS_NUMBER, SAME_BOX, OTHER_CARRIER, ANYWAY, LATER, CANCEL),
    more=LISTS,
    questions=(CANCEL_QUESTION,),
)

WRITTEN = Action("written", "enter", "Enter", N_("Written"), N_("The number is written on the box."), main=True)
LABEL_KEYS = Keymap(N_("No barcode"), row=(WRITTEN, SAME_BOX, LATER, CANCEL), questions=(CANCEL_QUESTION,))

HOLD = Action("hold", "f7", "F7", N_("Shelf"), N_("Put the parcel on the shelf; it goes into a locker later."))
THIS_ONE = Action(
    "choose", "enter", "Enter", N_("This one"), N_("The parcel is for the selected recipient."), main=True
)
BY_ID = Action("by_id", "f4", "F4", N_("Contact id"), N_("Type the contact id of somebody who is not listed."))
IT_GOES_OUT = Action("goes_out", "f6", "F6", N_("It goes out"), N_("It is for nobody here: it leaves with a carrier."))
RECIPIENT_KEYS = Keymap(N_("Recipient"), row=(THIS_ONE, SAME_BOX, BY_ID, IT_GOES_OUT, HOLD, LATER, DETAILS), more=LISTS)

PERSON = Action("person", "enter", "Enter", N_("A person"), N_("The id belongs to a person."), main=True)
DEPARTMENT = Action("department", "f4", "F4", N_("A department"), N_("The id belongs to a department."))
SEARCH = Action("search", "escape", "Esc", N_("Back to names"), N_("Search by name instead."), harmless=True)
CONTACT_ID_KEYS = Keymap(N_("Contact id"), row=(PERSON, DEPARTMENT, SEARCH))

RESERVE = Action("reserve", "enter", "Enter", N_("Reserve"), N_("Reserve a locker of the selected size."), main=True)
OTHER_WAY = Action(
    "other_way",
    "f8",
    "F8",
    N_("New locker"),
    N_("Use a new locker instead of the one the recipient has, or the other way round."),
)
OUT_OF_REACH = Action(
    "out_of_reach",
    "f9",
    "F9",
    N_("Out of reach"),
    N_("Use a locker that is out of reach, when no reachable one is free."),
)
SMALLER = Action("size(-1)", "left", "Left", N_("Smaller"), N_("Select the size to the left."))
LARGER = Action("size(1)", "right", "Right", N_("Larger"), N_("Select the size to the right."))
OTHER_BANK = Action("bank(1)", "f4", "F4", N_("Other bank"), N_("Show the next locker bank."))
READ_AGAIN = Action("read_again", "f5", "F5", N_("Read again"), N_("Ask again which lockers are free."))
ASK_ADDRESS = Action(
    "address", "f2", "F2", N_("E-mail address"), N_("Put the recipient's e-mail address right, and send again.")
)
RECIPIENT = Action("recipient", "f6", "F6", N_("Recipient"), N_("Choose another recipient."))
LOCKER_KEYS = Keymap(
    N_("Locker"),
    row=(RESERVE, OTHER_WAY, OUT_OF_REACH, OTHER_BANK, READ_AGAIN, RECIPIENT, HOLD, ASK_ADDRESS, LATER, DETAILS),
    more=(SMALLER, LARGER),
)

SAVE_ADDRESS = Action("save", "enter", "Enter", N_("Save and send"), N_("Keep the address, and send again."), main=True)
EMPTY_FIELD = Action("empty", "f4", "F4", N_("Empty field"), N_("Type the address from the start."))
ADDRESS_KEYS = Keymap(N_("E-mail address"), row=(SAVE_ADDRESS, EMPTY_FIELD, GO_BACK))

IS_THERE = Action("is_there", "enter", "Enter", N_("It is there"), N_("The parcel is at the place shown."), main=True)
WITH_LABEL = Action(
    "with_label", "f4", "F4", N_("With label"), N_("The parcel is at the place shown; its label is printed.")
)
SHELF_KEYS = Keymap(N_("Shelf"), row=(IS_THERE, WITH_LABEL, GO_BACK))

IS_IN = Action("is_in", "enter", "Enter", N_("Parcel is in"), N_("The parcel is in and the door is closed."), main=True)
PROBLEM = Action("problem", "f2", "F2", N_("Problem"), N_("The locker is occupied, does not open or is too small."))
OCCUPIED = Action(
    "occupied",
    "f4",
    "F4",
    N_("Occupied"),
    N_("Something is already in the locker; use another one."),
    destroys=True,
)
DID_NOT_OPEN = Action(
    "did_not_open",
    "f5",
    "F5",
    N_("Did not open"),
    N_("The door stays shut; try it once more, then use another locker."),
)
TOO_SMALL = Action(
    "too_small", "f6", "F6", N_("Too small"), N_("The parcel does not fit; use a larger locker."), destroys=True
)
PUT_AWAY = Action(
    "put_away", "f7", "F7", N_("Shelf"), N_("Put the parcel on the shelf; its locker is given back."), destroys=True
)
PROBLEM_QUESTION = Keymap(N_("Put in: a problem"), row=(OCCUPIED, DID_NOT_OPEN, TOO_SMALL, PUT_AWAY, NO))
STILL_SHUT = Action(
    "still_shut", "f9", "F9", N_("Still shut"), N_("The door did not open again; use another locker."), destroys=True
)
ONCE_MORE_QUESTION = Keymap(N_("Put in: did not open"), row=(STILL_SHUT, NO))
TO_SHELF = Action(
    "to_shelf", "f7", "F7", N_("Shelf"), N_("Give the locker back and put the parcel on the shelf."), destroys=True
)
TO_OTHER_BANK = Action(
    "to_other_bank",
    "f4",
    "F4",
    N_("Other bank"),
    N_("Give the locker back; another bank has a larger one."),
    destroys=True,
)
NO_LARGER_QUESTION = Keymap(N_("Put in: no larger locker"), row=(TO_SHELF, TO_OTHER_BANK, NO))
OTHER_LOCKER = Action(
    "other_locker", "f8", "F8", N_("Other locker"), N_("Give this locker back and choose another one.")
)
PUT_IN_KEYS = Keymap(
    N_("Put in"),
    row=(IS_IN, PROBLEM, OTHER_LOCKER, LATER, DETAILS, CANCEL),
    questions=(PROBLEM_QUESTION, ONCE_MORE_QUESTION, NO_LARGER_QUESTION, CANCEL_QUESTION),
)

DONE = Action("done", "enter", "Enter", N_("Done"), N_("The code has been seen or written down."), main=True)
PRINT_SLIP = Action("print_slip", "f4", "F4", N_("Print slip"), N_("Print a slip with the code for the recipient."))
CODE_KEYS = Keymap(N_("Pickup code"), row=(DONE, PRINT_SLIP, FACILITIES, LATER))

LEAVE_TEST = Action("go_back", "escape", "Esc", N_("Back"), N_("Go back to the keys."), main=True, harmless=True)
SCANNER_TEST_KEYS = Keymap(N_("Scanner test"), row=(LEAVE_TEST, UP, DOWN))

BACK = Action("back", "enter", "Enter", N_("Back"), N_("Go back to where you were."), main=True, harmless=True)
BACK_TOO = Action("back", "escape", "Esc", N_("Back"), N_("Go back to where you were."), harmless=True)
TOUR = Action("tour", "f4", "F4", N_("Tour"), N_("In the demo: see what happens when something goes wrong."))
BEGIN_LESSON = Action("begin", "enter", "Enter", N_("Begin"), N_("Let this go wrong, and see what happens."), main=True)
TOUR_KEYS = Keymap(N_("Tour of the demo"), row=(BEGIN_LESSON, GO_BACK), more=LISTS)

TAKE_LANGUAGE = Action("choose", "enter", "Enter", N_("This one"), N_("Speak the selected language."), main=True)
LANGUAGE_KEYS = Keymap(N_("Language"), row=(TAKE_LANGUAGE, GO_BACK), more=LISTS)

SCANNER_TEST = Action(
    "scanner_test", "f2", "F2", N_("Scanner test"), N_("Scan a test code; it says how to set up the scanner.")
)
HELP_KEYS = Keymap(N_("Help"), row=(BACK, SCANNER_TEST, TOUR), more=(BACK_TOO, *LISTS))

STAY = Action("back", "enter", "Enter", N_("Stay"), N_("Go back to where you were."), main=True, harmless=True)
LEAVE_NOW = Action(
    "leave_now", "f10", "F10", N_("Leave"), N_("Close the program; unfinished parcels are there at the next start.")
)
LEAVING_KEYS = Keymap(N_("Leaving"), row=(STAY,), more=(BACK_TOO, LEAVE_NOW))
