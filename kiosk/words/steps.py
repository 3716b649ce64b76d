"""How the steps read, as the journal and the console name them."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.parcels.steps import Step
from kiosk.words.language import N_, _

_STEPS: Mapping[Step, str] = {
    Step.SETTLE_NUMBER: N_("confirm the tracking number"),
    Step.ADD_CODE: N_("add a barcode"),
    Step.TAKE_CODE_OFF: N_("remove a barcode"),
    Step.JOIN: N_("mark as the same box"),
    Step.CHOOSE_RECIPIENT: N_("choose the recipient"),
    Step.NOTE_NAME: N_("note the name on the label"),
    Step.RESERVE: N_("reserve a locker"),
    Step.ADD_TO_LOCKER: N_("add to the recipient's locker"),
    Step.PUT_ON_SHELF: N_("put on the shelf"),
    Step.TAKE_OFF_SHELF: N_("take off the shelf"),
    Step.DEPOSIT: N_("record the deposit"),
    Step.TAKE_BACK: N_("take back"),
    Step.NOTE_COLLECTED: N_("note as collected"),
    Step.REPORT_UNIT: N_("report a problem with the locker"),
    Step.RELEASE: N_("give the locker back"),
    Step.CONFIRM_CODE: N_("confirm the pickup code"),
    Step.SHOW_CODE_AGAIN: N_("show the pickup code again"),
    Step.TAKE_IN_AGAIN: N_("take in again"),
    Step.CANCEL: N_("cancel the parcel"),
    Step.UNDO_CANCEL: N_("undo the cancelling"),
    Step.HAND_OVER: N_("hand over at the desk"),
    Step.CLEAR: N_("take out of the locker"),
    Step.MAKE_OUTGOING: N_("send with a carrier"),
    Step.NOTE_SENT: N_("note as sent"),
    Step.MOVE_TO_RIGHT_PERSON: N_("move to the right recipient"),
    Step.CHECK: N_("check with the locker service"),
    Step.CLOSE_FINDING: N_("close the item"),
    Step.TAKE_OUT: N_("free the locker"),
    Step.FREE_SECOND_UNIT: N_("free the second locker"),
    Step.EXTEND: N_("keep the locker longer"),
    Step.RENEW_CODE: N_("issue a new pickup code"),
    Step.CHANGE_USER: N_("change who deposited it"),
    Step.SEND_AGAIN: N_("send the notice again"),
    Step.CORRECT_ADDRESS: N_("correct the recipient's address"),
    Step.PRINT_SLIP: N_("print a slip"),
    Step.PRINT_LABEL: N_("print a label"),
    Step.VIEW_CODE: N_("view the pickup code"),
}


def step_word(step: Step) -> str:
    """Return what a step is called."""
    return _(_STEPS[step])
