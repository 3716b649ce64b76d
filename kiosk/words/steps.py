"""How the steps read, as the journal and the console name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.parcels.steps import Step
from kiosk.words.language import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

_STEPS: Mapping[Step, str] = {
    Step.SETTLE_NUMBER: N_("settle the number"),
    Step.ADD_CODE: N_("add a barcode"),
    Step.TAKE_CODE_OFF: N_("take a barcode off"),
    Step.JOIN: N_("same box"),
    Step.CHOOSE_RECIPIENT: N_("choose the recipient"),
    Step.NOTE_NAME: N_("note the name on the label"),
    Step.RESERVE: N_("reserve a locker"),
    Step.ADD_TO_LOCKER: N_("add to the recipient's locker"),
    Step.PUT_ON_SHELF: N_("put on the shelf"),
    Step.TAKE_OFF_SHELF: N_("take off the shelf"),
    Step.DEPOSIT: N_("deposit"),
    Step.REPORT_UNIT: N_("report the locker"),
    Step.CONFIRM_CODE: N_("confirm the code"),
    Step.SHOW_CODE_AGAIN: N_("show the code again"),
    Step.TAKE_IN_AGAIN: N_("take in again"),
    Step.CANCEL: N_("cancel"),
    Step.MOVE_TO_RIGHT_PERSON: N_("move to the right person"),
    Step.CHECK: N_("check"),
    Step.CLOSE_FINDING: N_("close the item"),
    Step.TAKE_OUT: N_("free the locker"),
    Step.FREE_SECOND_UNIT: N_("free the second locker"),
    Step.EXTEND: N_("extend"),
    Step.RENEW_CODE: N_("new pickup code"),
    Step.VIEW_CODE: N_("view the code"),
}


def step_word(step: Step) -> str:
    """Return what a step is called."""
    return _(_STEPS[step])
