"""What is said around each correction of an operator: the question, while it is carried out, and once it is done.

Words only. `{place}`, `{hours}` and `{state}` are filled in.
"""

from __future__ import annotations

from typing import NamedTuple

from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import IdentityCheck, OutgoingReason
from kiosk.parcels.steps import Step
from kiosk.words.language import N_


class Words(NamedTuple):
    """What is said around one correction."""

    question: str
    waiting: str
    done: str = ""
    after: str = ""


def words_of(step: Step, parcel: Parcel) -> Words:
    """Return what is said of a step with the parcel; translated when shown."""
    return _EXTEND_DEPOSIT if step is Step.EXTEND and parcel.is_in_locker else _WORDS[step]


NAME = N_("Who takes the parcel? Type the name:")
HOW_CHECKED = N_("How was it checked? Type b for badge, d for document, k for known to you, n for not checked:")
DESTINATION = N_("Where does the parcel go? Type the drop-off place or the address:")
WHY_SENT = N_("Why does it leave? Type r if somebody dropped it off here, s if it goes back to the sender:")
USER = N_("As whose deposit? Type the user ID that the locker service knows them by:")
NOT_AN_ANSWER = N_("“{answer}” is none of the answers.")
NOTHING_CHANGED = N_("Nothing was changed.")

CHECKS = {
    "b": IdentityCheck.BADGE,
    "d": IdentityCheck.DOCUMENT,
    "k": IdentityCheck.KNOWN,
    "n": IdentityCheck.NOT_CHECKED,
}
REASONS = {"r": OutgoingReason.RETURN, "s": OutgoingReason.TO_SENDER}

_WORDS = {
    Step.TAKE_OUT: Words(
        N_("Free {place} and cancel the parcel. Why?"),
        N_("Freeing {place}"),
        N_("{place} was given back."),
        N_("The parcel is {state} now. If it is still in there, take it out."),
    ),
    Step.FREE_SECOND_UNIT: Words(
        N_("Give {place} back; the parcel stays where it is. Why?"),
        N_("Freeing {place}"),
        N_("{place} was given back."),
        N_("The parcel is {state}, as before."),
    ),
    Step.EXTEND: Words(
        N_("Hold {place} for {hours} hours from now. Why?"),
        N_("Extending the reservation of {place}"),
        N_("{place} is held for longer."),
        N_("The new end is shown with the parcel."),
    ),
    Step.RENEW_CODE: Words(
        N_("Ask for a new pickup code for {place}; the old one stops working, for all parcels in it. Why?"),
        N_("Asking for a new pickup code"),
        N_("There is a new pickup code."),
        N_("It waits for the clerk at the desk; the old one no longer works."),
    ),
    Step.CHANGE_USER: Words(
        N_("Record the deposit in {place} again, as that user's; every code for it is void. Why?"),
        N_("Recording the deposit in {place} again"),
        N_("The deposit in {place} is that user's now."),
        N_("A recipient has a new pickup code, which waits for the clerk; the old one no longer works."),
    ),
    Step.CLOSE_FINDING: Words(
        N_("Close this item. What was found?"),
        N_("Closing the item"),
        N_("The item is closed."),
        N_("What you wrote is in the journal."),
    ),
    Step.TAKE_OFF_SHELF: Words(
        N_("Take the parcel off {place} and give it back to the clerk. Why?"),
        N_("Taking the parcel off the shelf"),
        N_("The parcel is off the shelf."),
        N_("The clerk finds it under Unfinished."),
    ),
    Step.TAKE_BACK: Words(
        N_("The parcel is in your hands: it left {place}, or is not to be sent after all. How was it found?"),
        N_("Taking the parcel back"),
        N_("The parcel is taken back."),
        N_("The clerk finds it under Unfinished."),
    ),
    Step.NOTE_COLLECTED: Words(
        N_("The parcel was collected from {place}. How do you know?"),
        N_("Recording that it was collected"),
        N_("The parcel counts as collected."),
        N_("What you wrote is in the journal."),
    ),
    Step.CLEAR: Words(
        N_("Take the parcel out of {place}; others in it stay, and no door opens by this. Why?"),
        N_("Taking the parcel out of {place}"),
        N_("{place} no longer holds the parcel."),
        N_("It is {state} now. The clerk finds it under Unfinished."),
    ),
    Step.HAND_OVER: Words(
        N_("The parcel was given out at the desk, and its locker, if it has one, is given back. Why?"),
        N_("Recording that it was handed over"),
        N_("The parcel counts as handed over."),
        N_("Who took it is in the journal."),
    ),
    Step.MAKE_OUTGOING: Words(
        N_("The parcel is to leave with a carrier. Why do you note it from here?"),
        N_("Recording that it is to be sent"),
        N_("The parcel is to be sent."),
        N_("Where it goes is shown with it."),
    ),
    Step.NOTE_SENT: Words(
        N_("The parcel has left with its carrier. How do you know?"),
        N_("Recording that it was sent"),
        N_("The parcel counts as sent."),
        N_("What you wrote is in the journal."),
    ),
    Step.SEND_AGAIN: Words(
        N_("Send the recipient again what did not reach them. Why?"),
        N_("Sending the notices again"),
        N_("The notices are sent again."),
        N_("What becomes of them is listed with each parcel."),
    ),
    Step.VIEW_CODE: Words(N_("Show the pickup code that waits for the clerk. Why?"), N_("Reading the pickup code")),
}

_EXTEND_DEPOSIT = Words(
    N_("Record the deposit in {place} again: its time begins anew, and every code for it is void. Why?"),
    N_("Recording the deposit in {place} again"),
    N_("{place} is held for longer, and there is a new pickup code."),
    N_("The code waits for the clerk at the desk; the old one no longer works."),
)
"""How long a deposit is kept the service decides, so no hours are named."""
