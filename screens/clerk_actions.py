"""Every key of the clerk's screens, by screen; the help shows them in the order of `HELP_PAGE`."""

from __future__ import annotations

from kiosk.words.language import N_
from screens.actions import DOWN, LISTS, THEME, UP, Action, Keymap

HELP = Action("app.help", "f1", "F1", N_("Help"), N_("Show every key."), harmless=True)
QUIT = Action("app.leave", "ctrl+q", "Ctrl+Q", N_("Leave"), N_("Leave the kiosk, after one question. Nothing is lost."))
UNDO = Action("app.undo", "f11", "F11", N_("Undo"), N_("Undo the last step, for a minute after it."))
EVERYWHERE = Keymap(N_("Everywhere"), more=(HELP, THEME, QUIT, UNDO))

LATER = Action("later", "escape", "Esc", N_("Later"), N_("Go home; the parcel stays under Unfinished."), harmless=True)
HOME = Action("home", "escape", "Esc", N_("Home"), N_("Go home."), harmless=True)
GO_BACK = Action("go_back", "escape", "Esc", N_("Back"), N_("Go back one step."), harmless=True)
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
    N_("Open the selected parcel, or take in the typed number as a new one."),
    main=True,
)
NO_BARCODE = Action("no_barcode", "plus", "+", N_("No barcode"), N_("Make a number for a parcel without a barcode."))
CLEAR = Action("clear", "escape", "Esc", N_("Clear"), N_("Clear what was typed."), harmless=True)
HOME_KEYS = Keymap(N_("Home"), row=(TAKE_IN, NO_BARCODE, FACILITIES, HELP, THEME, CLEAR), more=LISTS)

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
    more=(UP, DOWN),
    questions=(CANCEL_QUESTION,),
)

WRITTEN = Action("written", "enter", "Enter", N_("Written"), N_("The number is written on the box."), main=True)
LABEL_KEYS = Keymap(N_("No barcode"), row=(WRITTEN, SAME_BOX, LATER, CANCEL), questions=(CANCEL_QUESTION,))

HOLD = Action("hold", "f7", "F7", N_("Shelf"), N_("Put the parcel on the shelf; it goes into a locker later."))
THIS_ONE = Action(
    "choose", "enter", "Enter", N_("This one"), N_("The parcel is for the selected recipient."), main=True
)
BY_ID = Action("by_id", "f4", "F4", N_("Contact id"), N_("Type the contact id of somebody who is not listed."))
RECIPIENT_KEYS = Keymap(N_("Recipient"), row=(THIS_ONE, SAME_BOX, BY_ID, HOLD, LATER, DETAILS), more=LISTS)

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
RECIPIENT = Action("recipient", "f6", "F6", N_("Recipient"), N_("Choose another recipient."))
LOCKER_KEYS = Keymap(
    N_("Locker"),
    row=(RESERVE, OTHER_WAY, OUT_OF_REACH, OTHER_BANK, READ_AGAIN, RECIPIENT, HOLD, LATER, DETAILS),
    more=(SMALLER, LARGER),
)

IS_THERE = Action("is_there", "enter", "Enter", N_("It is there"), N_("The parcel is at the place shown."), main=True)
SHELF_KEYS = Keymap(N_("Shelf"), row=(IS_THERE, GO_BACK))

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
    "did_not_open", "f5", "F5", N_("Did not open"), N_("The door stays shut; use another locker."), destroys=True
)
TOO_SMALL = Action(
    "too_small", "f6", "F6", N_("Too small"), N_("The parcel does not fit; choose another size."), destroys=True
)
PROBLEM_QUESTION = Keymap(N_("Put in: a problem"), row=(OCCUPIED, DID_NOT_OPEN, TOO_SMALL, NO))
PUT_IN_KEYS = Keymap(
    N_("Put in"), row=(IS_IN, PROBLEM, LATER, DETAILS, CANCEL), questions=(PROBLEM_QUESTION, CANCEL_QUESTION)
)

DONE = Action("done", "enter", "Enter", N_("Done"), N_("The code has been seen or written down."), main=True)
CODE_KEYS = Keymap(N_("Pickup code"), row=(DONE, LATER))

GO_ON = Action("go_on", "enter", "Enter", N_("Continue"), N_("Continue with this parcel."), main=True)
CHECK = Action("check", "f5", "F5", N_("Check again"), N_("Ask the locker service where the parcel is."))
SETTLED = Action("settled", "f9", "F9", N_("Looked into"), N_("Somebody has looked into it; the warning goes away."))
SHOW_CODE = Action(
    "show_code", "f2", "F2", N_("Show code"), N_("Show the pickup code again; later issue a new one, with a reason.")
)
RIGHT_PERSON = Action(
    "right_person",
    "f6",
    "F6",
    N_("Right person"),
    N_("It is in the wrong person's locker: choose the right person, after one question."),
)
NOTE_COLLECTED = Action(
    "note_collected",
    "f8",
    "F8",
    N_("Collected"),
    N_("It is not in its locker any more: it was collected."),
)
IS_COLLECTED = Action("is_collected", "f10", "F10", N_("Collected"), N_("The parcel was collected."), destroys=True)
COLLECTED_QUESTION = Keymap(N_("A parcel: collected"), row=(IS_COLLECTED, NO))
IS_OUT = Action(
    "is_out", "f10", "F10", N_("It is out"), N_("The parcel is out of the wrong person's locker."), destroys=True
)
RIGHT_PERSON_QUESTION = Keymap(N_("A parcel: for the right person"), row=(IS_OUT, NO))
HAND_OVER = Action("hand_over", "f4", "F4", N_("Hand over"), N_("Give the parcel out at the desk."))
MORE = Action("more", "f7", "F7", N_("More..."), N_("Show what else can be done with the parcel."))
# Digits are keys of questions only, as F10 is: no key of the page answers.
KEEP_LONGER = Action("keep_longer", "1", "1", N_("Keep longer"), N_("Hold its locker for longer."))
TAKE_OUT = Action("take_out", "2", "2", N_("Take out"), N_("Take the parcel out of its locker; others stay in it."))
GIVE_BACK = Action("give_back", "3", "3", N_("Give back"), N_("The parcel does not go into this locker."))
NEW_CODE = Action("new_code", "4", "4", N_("New code"), N_("Issue a new pickup code; the old one is void."))
SEND = Action("send", "5", "5", N_("Send"), N_("The parcel is to leave with a carrier."))
PLACE = Action("place", "6", "6", N_("Shelf place"), N_("Put the parcel on the shelf, or at another place there."))
HAVE_IT = Action("have_it", "7", "7", N_("I have it"), N_("The parcel is not to be sent after all."))
NOT_CANCELLED = Action("not_cancelled", "8", "8", N_("Not cancelled"), N_("Take the cancelled intake up again."))
MORE_QUESTION = Keymap(
    N_("A parcel: more"),
    row=(KEEP_LONGER, TAKE_OUT, GIVE_BACK, NEW_CODE, SEND, PLACE, HAVE_IT, NOT_CANCELLED, NO),
)
TONIGHT = Action("hold_until('tonight')", "1", "1", N_("Tonight"), N_("Hold the locker until the end of the day."))
TOMORROW = Action("hold_until('tomorrow')", "2", "2", N_("Tomorrow"), N_("Hold the locker until tomorrow night."))
WEEK = Action("hold_until('week')", "3", "3", N_("A week"), N_("Hold the locker for a week."))
HOLD_QUESTION = Keymap(N_("A parcel: hold its locker"), row=(TONIGHT, TOMORROW, WEEK, NO))
RECORD_AGAIN = Action(
    "record_again",
    "f10",
    "F10",
    N_("Keep longer"),
    N_("Record the deposit again; the old code is void."),
    destroys=True,
)
RECORD_AGAIN_QUESTION = Keymap(N_("A parcel: keep it in its locker"), row=(RECORD_AGAIN, NO))
TAKEN_OUT = Action("taken_out", "f10", "F10", N_("It is out"), N_("The parcel is out of its locker."), destroys=True)
TAKE_OUT_QUESTION = Keymap(N_("A parcel: take it out"), row=(TAKEN_OUT, NO))
GIVE_BACK_NOW = Action(
    "give_back_now", "f10", "F10", N_("Give it back"), N_("The locker is free for others again."), destroys=True
)
GIVE_BACK_QUESTION = Keymap(N_("A parcel: give its locker back"), row=(GIVE_BACK_NOW, NO))
PARCEL_KEYS = Keymap(
    N_("A parcel"),
    row=(
        GO_ON,
        SHOW_CODE,
        HAND_OVER,
        CHECK,
        RIGHT_PERSON,
        NOTE_COLLECTED,
        SETTLED,
        MORE,
        FACILITIES,
        HOME,
        CANCEL,
    ),
    more=LISTS,
    questions=(
        MORE_QUESTION,
        HOLD_QUESTION,
        RECORD_AGAIN_QUESTION,
        TAKE_OUT_QUESTION,
        GIVE_BACK_QUESTION,
        RIGHT_PERSON_QUESTION,
        COLLECTED_QUESTION,
        CANCEL_QUESTION,
    ),
)

THIS_REASON = Action("this_reason", "enter", "Enter", N_("Go on"), N_("Take the reason shown or typed."), main=True)
RENEW = Action("renew", "f10", "F10", N_("New code"), N_("Issue the new code; the old one is void."), destroys=True)
RENEW_QUESTION = Keymap(N_("New code: sure?"), row=(RENEW, NO))
NEW_CODE_KEYS = Keymap(N_("New code"), row=(THIS_REASON, GO_BACK), more=LISTS, questions=(RENEW_QUESTION,))

OPEN_PLACE = Action(
    "open", "enter", "Enter", N_("Open"), N_("Show hours, phone, parking, and a code for a phone's map."), main=True
)
CHOICES = Action("choices", "f2", "F2", N_("Choices"), N_("Choose carrier, service, distance and number."))
ADDRESS = Action("address", "f4", "F4", N_("Address"), N_("Search around another address."))
ASK_AGAIN = Action("ask_again", "f5", "F5", N_("Search again"), N_("Ask the service again."))
SORT = Action("sort", "f6", "F6", N_("Sort"), N_("Sort by distance, by what is open, or by name."))
STILL_OPEN = Action(
    "still_open", "f7", "F7", N_("Open in 20 min"), N_("Show only places still open in 20 minutes, or all again.")
)
FINDER_KEYS = Keymap(
    N_("Drop-off"), row=(OPEN_PLACE, CHOICES, ADDRESS, ASK_AGAIN, SORT, STILL_OPEN, GO_BACK), more=LISTS
)

CODE_ALONE = Action(
    "code_alone", "f6", "F6", N_("Code alone"), N_("Show only the code, as large as possible, or everything again.")
)
TO_LIST = Action("go_back", "enter", "Enter", N_("Back"), N_("Go back to the list."), main=True, harmless=True)
FACILITY_KEYS = Keymap(N_("Drop-off: a place"), row=(TO_LIST, CODE_ALONE), more=(GO_BACK,))

ASK = Action("ask", "enter", "Enter", N_("Search"), N_("Search with these choices."), main=True)
CARRIER = Action("carrier", "f4", "F4", N_("Carrier"), N_("The next carrier."))
SERVICE = Action("service", "f5", "F5", N_("Service"), N_("The next service."))
RADIUS = Action("radius", "f6", "F6", N_("Distance"), N_("The next distance."))
COUNT = Action("count", "f7", "F7", N_("Number"), N_("The next number of places."))
FACILITY_CHOICES_KEYS = Keymap(N_("Drop-off: choices"), row=(ASK, CARRIER, SERVICE, RADIUS, COUNT, GO_BACK))

SEARCH_HERE = Action("ask", "enter", "Enter", N_("Search here"), N_("Search around this address."), main=True)
DESK_ADDRESS = Action("desk", "f4", "F4", N_("The desk's"), N_("Search around the desk again."))
FACILITY_ADDRESS_KEYS = Keymap(N_("Drop-off: address"), row=(SEARCH_HERE, DESK_ADDRESS, GO_BACK))

LEAVE_TEST = Action("go_back", "escape", "Esc", N_("Back"), N_("Go back to the keys."), main=True, harmless=True)
SCANNER_TEST_KEYS = Keymap(N_("Scanner test"), row=(LEAVE_TEST, UP, DOWN))

BACK = Action("back", "enter", "Enter", N_("Back"), N_("Go back to where you were."), main=True, harmless=True)
BACK_TOO = Action("back", "escape", "Esc", N_("Back"), N_("Go back to where you were."), harmless=True)
SCANNER_TEST = Action(
    "scanner_test", "f2", "F2", N_("Scanner test"), N_("Scan a test code; it says how to set up the scanner.")
)
HELP_KEYS = Keymap(N_("Help"), row=(BACK, SCANNER_TEST), more=(BACK_TOO, *LISTS))

STAY = Action("back", "enter", "Enter", N_("Stay"), N_("Go back to where you were."), main=True, harmless=True)
LEAVE_NOW = Action(
    "leave_now", "f10", "F10", N_("Leave"), N_("Close the program; unfinished parcels are there at the next start.")
)
LEAVING_KEYS = Keymap(N_("Leaving"), row=(STAY,), more=(BACK_TOO, LEAVE_NOW))

HELP_PAGE = (
    HOME_KEYS,
    NUMBER_KEYS,
    LABEL_KEYS,
    RECIPIENT_KEYS,
    CONTACT_ID_KEYS,
    LOCKER_KEYS,
    SHELF_KEYS,
    PUT_IN_KEYS,
    PROBLEM_QUESTION,
    CODE_KEYS,
    PARCEL_KEYS,
    *PARCEL_KEYS.questions[:5],
    RIGHT_PERSON_QUESTION,
    COLLECTED_QUESTION,
    CANCEL_QUESTION,
    NEW_CODE_KEYS,
    RENEW_QUESTION,
    FINDER_KEYS,
    FACILITY_CHOICES_KEYS,
    FACILITY_ADDRESS_KEYS,
    FACILITY_KEYS,
    SCANNER_TEST_KEYS,
    HELP_KEYS,
    LEAVING_KEYS,
    EVERYWHERE,
)
"""What the help shows: every screen and every question."""
