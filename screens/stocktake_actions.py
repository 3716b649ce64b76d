"""Every key of the stock-take: choosing a bank, counting it, putting right what does not fit."""

from __future__ import annotations

from kiosk.words.language import N_
from screens.actions import GO_BACK, LISTS, Action, Keymap
from screens.clerk_actions import NO

COUNT_BANK = Action(
    "count", "enter", "Enter", N_("Count"), N_("Count the bank, or go on where it was left."), main=True
)
BANK_RESULT = Action("result", "f2", "F2", N_("Result"), N_("Show what did not fit, and put it right."))
STOCKTAKE_KEYS = Keymap(N_("Stock-take"), row=(COUNT_BANK, BANK_RESULT, GO_BACK), more=LISTS)

NEXT_UNIT = Action(
    "next", "enter", "Enter", N_("Next locker"), N_("All parcels in the locker are scanned; go to the next."), main=True
)
IS_EMPTY = Action("is_empty", "f2", "F2", N_("It is empty"), N_("Nothing is in the locker; go to the next."))
TAKE_SCAN_BACK = Action("take_back", "f4", "F4", N_("Undo scan"), N_("Forget the last parcel that was scanned."))
UNIT_BEFORE = Action("before", "f5", "F5", N_("One back"), N_("Go back to the locker before, to count it again."))
SKIP_UNIT = Action("skip", "f6", "F6", N_("Skip"), N_("Leave the locker out for now; it comes again at the end."))
COUNT_RESULT = Action("result", "f8", "F8", N_("Result"), N_("Show what does not fit so far."))
COUNTING_KEYS = Keymap(
    N_("Stock-take: a locker"), row=(NEXT_UNIT, IS_EMPTY, TAKE_SCAN_BACK, UNIT_BEFORE, SKIP_UNIT, COUNT_RESULT, GO_BACK)
)

MEND = Action("mend", "enter", "Enter", N_("Put it right"), N_("Do what puts the selected parcel right."), main=True)
PUT_BACK = Action("put_back", "f4", "F4", N_("Put back"), N_("It was put into the locker where it belongs."))
FINISH = Action("finish", "f9", "F9", N_("Finish"), N_("End the stock-take, after one question."))
MEND_NOW = Action("mend_now", "f10", "F10", N_("Yes"), N_("Do it."), destroys=True)
MEND_QUESTION = Keymap(N_("Stock-take: put it right"), row=(MEND_NOW, NO))
FINISH_NOW = Action("finish_now", "f10", "F10", N_("Finish"), N_("End it; what was not counted stays uncounted."))
FINISH_QUESTION = Keymap(N_("Stock-take: finish"), row=(FINISH_NOW, NO))
STOCKTAKE_RESULT_KEYS = Keymap(
    N_("Stock-take: result"),
    row=(MEND, PUT_BACK, FINISH, GO_BACK),
    more=LISTS,
    questions=(MEND_QUESTION, FINISH_QUESTION),
)

HELP_PAGE = (STOCKTAKE_KEYS, COUNTING_KEYS, STOCKTAKE_RESULT_KEYS, MEND_QUESTION, FINISH_QUESTION)
"""What the help shows of these screens."""
