"""Which step each key of the parcel's page stands for. What is offered is the desk's table of steps. Pure."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from kiosk.desk.questions import NothingToAsk, TakeCode, question_about
from kiosk.parcels.holding import HoldUntil
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.steps import Step
from kiosk.words.language import N_
from screens.actions import Action
from screens.clerk_actions import CANCEL
from screens.parcel_actions import (
    ADDRESS,
    CHECK,
    GIVE_BACK,
    HAND_OVER,
    HAVE_IT,
    KEEP_LONGER,
    NEW_CODE,
    NOT_CANCELLED,
    NOTE_COLLECTED,
    PLACE,
    RIGHT_PERSON,
    SEND,
    SETTLED,
    TAKE_OUT,
    TOMORROW,
    TONIGHT,
    WEEK,
)

STEP_OF: Final[dict[Action, Step]] = {
    HAND_OVER: Step.HAND_OVER,
    CHECK: Step.CHECK,
    RIGHT_PERSON: Step.MOVE_TO_RIGHT_PERSON,
    NOTE_COLLECTED: Step.NOTE_COLLECTED,
    SETTLED: Step.CLOSE_FINDING,
    CANCEL: Step.CANCEL,
    KEEP_LONGER: Step.EXTEND,
    TAKE_OUT: Step.CLEAR,
    GIVE_BACK: Step.RELEASE,
    NEW_CODE: Step.RENEW_CODE,
    SEND: Step.MAKE_OUTGOING,
    PLACE: Step.PUT_ON_SHELF,
    HAVE_IT: Step.TAKE_BACK,
    NOT_CANCELLED: Step.UNDO_CANCEL,
    ADDRESS: Step.CORRECT_ADDRESS,
}

UNTIL: Final = {TONIGHT: HoldUntil.TONIGHT, TOMORROW: HoldUntil.TOMORROW, WEEK: HoldUntil.WEEK}
"""The end that each answer chooses."""

MAIN_LABELS: Final = {
    Step.TAKE_IN_AGAIN: N_("Take in again"),
    Step.TAKE_OFF_SHELF: N_("Take off shelf"),
    Step.NOTE_SENT: N_("It was sent"),
    Step.TAKE_BACK: N_("I have it"),
    Step.MOVE_TO_RIGHT_PERSON: RIGHT_PERSON.label,
    Step.CORRECT_ADDRESS: ADDRESS.label,
}
"""What the main key means where the intake asks nothing; translated when shown."""

_GOING_ON: Final = tuple(step for step in MAIN_LABELS if step not in {Step.MOVE_TO_RIGHT_PERSON, Step.CORRECT_ADDRESS})
"""The first of these that is offered is what the main key means."""


def main_step(offers: Collection[Step], *, is_moving: bool, asks_for_address: bool) -> Step | None:
    """Return the step that going on means; None where it is the next question of the intake."""
    if is_moving:
        return Step.MOVE_TO_RIGHT_PERSON
    wanted = (*_GOING_ON, Step.CORRECT_ADDRESS) if asks_for_address else _GOING_ON
    return next((step for step in wanted if step in offers), None)


def asks_something(parcel: Parcel) -> bool:
    """Tell whether the intake goes on; a code that was seen is no question any more."""
    question = question_about(parcel)
    is_seen = isinstance(question, TakeCode) and not parcel.code_waiting
    return not is_seen and not isinstance(question, NothingToAsk)
