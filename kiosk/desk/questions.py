"""What an intake asks next about a parcel, from its steps. Light: the clerk's first frame brings it along.

Answers are given to `dialogue.py`. It knows no screen and says no word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kiosk.parcels.states import NumberQuestion, Role, ShelfReason
from kiosk.parcels.steps import Step, offers

if TYPE_CHECKING:
    from kiosk.parcels.lockers import LockerSize
    from kiosk.parcels.parcel import Parcel


class SettleNumber(NamedTuple):
    """Which number is the parcel's is open, or whether it is right."""

    parcel: Parcel


class WriteNumber(NamedTuple):
    """Whether the number made for a box without a barcode is written on it."""

    parcel: Parcel


class ChooseRecipient(NamedTuple):
    """For whom it is."""

    parcel: Parcel


class ChooseLocker(NamedTuple):
    """Which locker it goes into."""

    parcel: Parcel
    too_small: LockerSize | None = None
    """The size that turned out to be too small."""


class PutIn(NamedTuple):
    """Whether the parcel is in its unit, and the door closed."""

    parcel: Parcel


class TakeCode(NamedTuple):
    """Whether the pickup code was seen."""

    parcel: Parcel


class NothingToAsk(NamedTuple):
    """Nothing is asked now: the intake is done, in doubt, or somebody has to look at the parcel."""

    parcel: Parcel


Question = SettleNumber | WriteNumber | ChooseRecipient | ChooseLocker | PutIn | TakeCode | NothingToAsk


def question_about(parcel: Parcel, *, too_small: LockerSize | None = None) -> Question:
    """Return what an intake asks next, by the steps that a clerk could take.

    After a deposit that is the code, also where the parcel has none to see.
    """
    # Not the asker's role: an owner has steps of the console too, which are no questions of an intake.
    steps = offers(parcel, Role.CLERK)
    if Step.SETTLE_NUMBER in steps:
        is_made = parcel.question is NumberQuestion.TO_WRITE
        return WriteNumber(parcel) if is_made else SettleNumber(parcel)
    if Step.DEPOSIT in steps:
        return PutIn(parcel)
    if parcel.is_in_locker and not parcel.is_in_doubt:
        return TakeCode(parcel)
    if Step.MOVE_TO_RIGHT_PERSON in steps:
        return NothingToAsk(parcel)  # it is out of the wrong person's locker: the move goes on from the parcel's page
    if Step.RESERVE in steps:
        return ChooseLocker(parcel, too_small)
    return ChooseRecipient(parcel) if Step.CHOOSE_RECIPIENT in steps else NothingToAsk(parcel)


def question_on_opening(parcel: Parcel) -> Question:
    """Return what is asked when somebody opens a parcel: nothing about one that is done, or to be looked into."""
    question = question_about(parcel)
    if parcel.attention or (isinstance(question, TakeCode) and not parcel.code_waiting):
        return NothingToAsk(parcel)
    return question


def only_a_person_knows(parcel: Parcel) -> bool:
    """Tell whether only somebody at the desk knows how this parcel goes on after a restart."""
    question = question_about(parcel)
    is_moving = isinstance(question, NothingToAsk) and parcel.is_in_hand and not parcel.is_in_doubt
    return isinstance(question, PutIn) or is_moving or (parcel.code_waiting and not parcel.is_in_doubt)


def shelf_reason(question: Question, *, online: bool, sees_no_room: bool, size: LockerSize | None) -> ShelfReason:
    """Return why a parcel goes onto the shelf, as far as that can be told; `size` is the one it waits for."""
    if question.parcel.contact is None:
        return ShelfReason.UNKNOWN_RECIPIENT
    if not online:
        return ShelfReason.NO_NETWORK
    return ShelfReason.NO_UNIT if size is not None or sees_no_room else ShelfReason.PUT_ASIDE
