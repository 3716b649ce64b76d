"""Every key of a parcel's page, of the new pickup code and of the slip and label that it leads to."""

from __future__ import annotations

from kiosk.words.language import N_
from screens.actions import GO_BACK, LISTS, Action, Keymap
from screens.clerk_actions import CANCEL, CANCEL_QUESTION, FACILITIES, HOME, NO

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
ADDRESS = Action(
    "address",
    "9",
    "9",
    N_("E-mail address"),
    N_("Put the recipient's e-mail address right, and send the notice again."),
)
PAPER = Action("paper", "0", "0", N_("Print..."), N_("See the slip or the shelf label, and print it."))
MORE_QUESTION = Keymap(
    N_("A parcel: more"),
    row=(KEEP_LONGER, TAKE_OUT, GIVE_BACK, NEW_CODE, SEND, PLACE, HAVE_IT, NOT_CANCELLED, ADDRESS, PAPER, NO),
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

PRINT = Action("print", "enter", "Enter", N_("Print"), N_("Print what is shown."), main=True)
OTHER_PAPER = Action(
    "other_paper", "f4", "F4", N_("Shelf label"), N_("Show the shelf label instead of the slip, or back.")
)
PAPER_KEYS = Keymap(N_("Print"), row=(PRINT, OTHER_PAPER, GO_BACK), more=LISTS)

HELP_PAGE = (PARCEL_KEYS, *PARCEL_KEYS.questions, NEW_CODE_KEYS, RENEW_QUESTION, PAPER_KEYS)
"""What the help shows of these screens."""
