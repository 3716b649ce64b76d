"""An intake as a dialogue: the answers to its questions (`questions.py`), and what is asked after each.

Screens, line mode and `kiosk deposit` drive the same dialogue: they ask `question_about`, show it in their way, and
give the answer back. It knows no screen and says no word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kiosk.desk.progress import Tell, nobody_looks_on
from kiosk.desk.proposals import Proposal, proposed_size, undoubted_size
from kiosk.desk.questions import (
    ChooseLocker,
    ChooseRecipient,
    PutIn,
    Question,
    SettleNumber,
    TakeCode,
    WriteNumber,
    question_about,
    question_on_opening,
)
from kiosk.errors import NoFreeUnitError, NoLargerUnitError
from kiosk.parcels.states import UnitProblem

if TYPE_CHECKING:
    from datetime import timedelta

    from kiosk.desk.desk import Desk
    from kiosk.desk.open_lockers import OpenLocker
    from kiosk.parcels.carriers import Carrier
    from kiosk.parcels.choosing import BankView
    from kiosk.parcels.contacts import Contact
    from kiosk.parcels.lockers import LockerSize
    from kiosk.parcels.parcel import Parcel
    from kiosk.parcels.people import Person
    from kiosk.parcels.pickup_code import PickupCode


class OwnLocker(NamedTuple):
    """Add the parcel to a locker that the recipient has."""

    locker: OpenLocker


class NewLocker(NamedTuple):
    """Reserve a locker of a size; out of reach only where somebody said so."""

    locker_bank_id: str
    size: LockerSize
    out_of_reach: bool = False
    hold_for: timedelta | None = None
    """How long it is held until the parcel is in; None: as long as the desk's setting says."""


class ThisLocker(NamedTuple):
    """Reserve exactly this locker."""

    locker_bank_id: str
    locker_unit_id: str
    hold_for: timedelta | None = None


LockerAnswer = OwnLocker | NewLocker | ThisLocker


class Dialogue:
    """Takes answers in the name of a person, and returns what is asked next; raises what the step raises."""

    def __init__(self, desk: Desk, person: Person) -> None:
        self._desk = desk
        self._person = person

    async def number_is(
        self, question: SettleNumber | WriteNumber, tracking_number: str | None = None, carrier: Carrier | None = None
    ) -> Question:
        """Take a number for the parcel's; without one, keep it as it is."""
        parcel = await self._desk.scans.choose_number(
            question.parcel, self._person, tracking_number=tracking_number, carrier=carrier
        )
        return question_about(parcel)

    async def is_for(self, question: ChooseRecipient | ChooseLocker, contact: Contact) -> Question:
        """Take the parcel for a contact."""
        return question_about(await self._desk.intake.choose_recipient(question.parcel, contact, self._person))

    async def take(self, question: ChooseLocker, answer: LockerAnswer, tell: Tell = nobody_looks_on) -> Question:
        """Reserve what was chosen."""
        desk, parcel, person = self._desk, question.parcel, self._person
        match answer:
            case OwnLocker():
                parcel = await desk.open_lockers.add(parcel, answer.locker, person, tell)
            case NewLocker(bank_id, size, out_of_reach, hold_for):
                parcel = await desk.intake.reserve(
                    parcel, bank_id, size, person, tell, out_of_reach=out_of_reach, hold_for=hold_for
                )
            case ThisLocker(bank_id, unit_id, hold_for):
                parcel = await desk.intake.reserve_unit(parcel, bank_id, unit_id, person, hold_for=hold_for)
        return question_about(parcel)

    async def take_undoubted(self, question: ChooseLocker, proposal: Proposal) -> Question:
        """Reserve what is proposed where nothing is in doubt; else the question stands."""
        size = undoubted_size(proposal, question.parcel.contact)
        if size is None or proposal.view is None:
            return question
        return await self.take(question, NewLocker(proposal.view.details.locker_bank_id, size))

    async def problem(self, question: PutIn, problem: UnitProblem, tell: Tell = nobody_looks_on) -> Question:
        """Give a locker back at whose door something is wrong, and take another one: of its size, or the next larger.

        One that is too small is given back only once a larger one was seen free: else NoLargerUnitError, and nothing
        has changed. In a shared unit it is the others that take the room, so there the size is asked about.
        """
        parcel = question.parcel
        place, size = parcel.place, parcel.place.size if parcel.place else None
        if place is None or size is None or (problem is UnitProblem.TOO_SMALL and parcel.shared):
            return question_about(await self._desk.intake.report_unit(parcel, problem, self._person))
        out_of_reach = _is_out_of_reach(self._desk.lockers.seen(place.locker_bank_id), parcel)
        if problem is not UnitProblem.TOO_SMALL:
            given_back = await self._desk.intake.report_unit(parcel, problem, self._person)
            return await self.take(ChooseLocker(given_back), NewLocker(place.locker_bank_id, size, out_of_reach), tell)
        view = await self._desk.lockers.bank(place.locker_bank_id, fresh=True)
        larger = proposed_size(view, None if out_of_reach else parcel.contact, above=size, last=None)
        if larger is None:
            raise NoLargerUnitError(bank=view.details.label, size=size, locker_unit_id=place.locker_unit_id)
        given_back = await self._desk.intake.report_unit(parcel, problem, self._person)
        choose = ChooseLocker(given_back, size)
        try:
            return await self.take(choose, NewLocker(place.locker_bank_id, larger, out_of_reach), tell)
        except NoFreeUnitError:
            return choose  # taken meanwhile: what is larger still, another bank and the shelf are the clerk's to choose

    async def too_small_for_now(self, question: PutIn) -> ChooseLocker:
        """Give a locker back that is too small although no larger one is free: for another bank, or the shelf."""
        place = question.parcel.place
        parcel = await self._desk.intake.report_unit(question.parcel, UnitProblem.TOO_SMALL, self._person)
        return ChooseLocker(parcel, place.size if place else None)

    async def another_locker(self, question: PutIn) -> Question:
        """Give a locker back with which nothing is wrong, to choose another one."""
        return question_about(await self._desk.intake.release(question.parcel, self._person))

    async def is_in(self, question: PutIn) -> Question:
        """Record that the parcel is in and the door is closed."""
        return question_about(await self._desk.intake.deposit(question.parcel, self._person))

    async def code_seen(self, question: TakeCode, shown: PickupCode | None) -> Question:
        """Record that the code which was shown was seen."""
        return question_on_opening(await self._desk.pickup_codes.confirm(question.parcel, shown, self._person))


def _is_out_of_reach(view: BankView | None, parcel: Parcel) -> bool:
    """Tell whether the parcel has a unit out of reach although its recipient needs one within: somebody said so."""
    if view is None or parcel.place is None or parcel.contact is None or not parcel.contact.accessible:
        return False
    unit_id = parcel.place.locker_unit_id
    return any(unit.locker_unit_id == unit_id and not unit.accessible for unit in view.details.locker_units)
