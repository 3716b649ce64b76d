"""Put it in locker 12: the one moment that only a person can see; or what is wrong at the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.desk.proposals import awaited_size, has_any
from kiosk.desk.questions import PutIn
from kiosk.desk.questions import Question as Asked
from kiosk.errors import NoLargerUnitError
from kiosk.parcels.states import ContactType, UnitProblem
from kiosk.parcels.steps import Step
from kiosk.plain.clerk.locker import ToShelf
from kiosk.plain.clerk.words import CANCEL, OTHER, PAGE, PROBLEM, Act
from kiosk.plain.questions import Choice, Question, WentBack, Word
from kiosk.plain.signs import heard
from kiosk.words.errors import explain
from kiosk.words.language import _
from kiosk.words.people import person, where_to_find
from kiosk.words.times import day_and_time

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel
    from kiosk.plain.clerk.clerk import Clerk


async def ask_put_in(clerk: Clerk, question: PutIn) -> Asked | Act | ToShelf:
    """Say which locker, and ask whether the parcel is in or what is wrong."""
    parcel, talk = question.parcel, clerk.talk
    unit = parcel.place.locker_unit_id if parcel.place else ""
    talk.say(_("Put it in locker {unit}, {bank}.").format(unit=unit, bank=clerk.bank(parcel)))
    talk.say(_("Parcel {number} for {name}.").format(number=parcel.tracking_number, name=_whom(parcel)))
    talk.say(*_special(clerk, parcel))
    problem: list[Word[Act]] = [PROBLEM, CANCEL, PAGE]
    if Step.RELEASE in clerk.offers(parcel):
        problem.append(OTHER)
    asked: Question[bool | Act] = Question(
        _("Press Enter when it is in and the door is closed, or type problem."),
        words=problem,
        enter=Choice(_("the parcel is in and the door is closed"), True),
        about=_("No door opens by this: open the locker as usual."),
    )
    answer = await talk.ask(asked)
    if answer is Act.PROBLEM:
        return await _ask_problem(clerk, question)
    if answer is Act.OTHER:
        doing = _("Giving locker {unit} back").format(unit=unit)
        after = await clerk.done(clerk.dialogue.another_locker(question), doing)
        talk.say(_("Locker {unit} was given back. Choose another one.").format(unit=unit))
        return after
    if isinstance(answer, Act):
        return answer
    return await clerk.done(
        clerk.dialogue.is_in(question), _("Recording that it is in locker {unit}").format(unit=unit)
    )


async def _ask_problem(clerk: Clerk, question: PutIn) -> Asked | Act | ToShelf:
    parcel = question.parcel
    unit = parcel.place.locker_unit_id if parcel.place else ""
    choices: list[Choice[UnitProblem | Act]] = [
        Choice(_("It does not open"), UnitProblem.DID_NOT_OPEN),
        Choice(_("The parcel does not fit: the locker is too small"), UnitProblem.TOO_SMALL),
        Choice(_("Put the parcel on the shelf instead"), Act.SHELF),
    ]
    if not parcel.shared:  # a shared locker is occupied, of course
        choices.insert(0, Choice(_("Something is already in it"), UnitProblem.OCCUPIED))
    text = _("What is wrong with locker {unit}? It is given back, and the parcel gets another one.")
    asked: Question[UnitProblem | Act] = Question(text.format(unit=unit), choices=choices)
    try:
        problem = await clerk.talk.ask(asked)
        if problem is UnitProblem.DID_NOT_OPEN and not await _is_still_shut(clerk, unit):
            return Act.NO_ANSWER
    except WentBack:
        return Act.NO_ANSWER
    if isinstance(problem, Act):
        return ToShelf(parcel, None)
    try:
        doing = _("Giving locker {unit} back and taking another one").format(unit=unit)
        after = await clerk.done(clerk.dialogue.problem(question, problem), doing)
    except NoLargerUnitError as error:
        return await _ask_without_larger(clerk, question, error)
    is_ready = isinstance(after, PutIn)
    text = _("Locker {unit} was given back. Use this one.")
    clerk.talk.say((text if is_ready else _("Locker {unit} was given back. Choose another one.")).format(unit=unit))
    return after


async def _is_still_shut(clerk: Clerk, unit: str) -> bool:
    """Have the door tried once more: most open then."""
    return await clerk.talk.is_sure(
        _("Try locker {unit} once more. Type yes if it stays shut; press Enter if it opens.").format(unit=unit)
    )


async def _ask_without_larger(clerk: Clerk, question: PutIn, error: NoLargerUnitError) -> Asked | Act | ToShelf:
    """Ask what is to become of a parcel that fits no locker which is free in this bank."""
    parcel, said = question.parcel, explain(error, to_clerk=True)
    clerk.talk.say(said.line)
    choices = [Choice(_("Give the locker back and put the parcel on the shelf."), Act.SHELF)]
    if _has_larger_elsewhere(clerk, parcel):
        choices.append(Choice(_("Give the locker back; another bank has a larger one."), Act.BANK))
    asked: Question[Act] = Question(_("Type the number, or back to leave everything as it is."), choices=choices)
    try:
        answer = await clerk.talk.ask(asked)
    except WentBack:
        return Act.NO_ANSWER
    doing = _("Giving locker {unit} back").format(unit=parcel.place.locker_unit_id if parcel.place else "")
    choose = await clerk.done(clerk.dialogue.too_small_for_now(question), doing)
    if answer is Act.BANK:
        return choose
    view = clerk.queries.lockers.seen(parcel.place.locker_bank_id) if parcel.place else None
    size = awaited_size(view, parcel.contact, chosen=None, above=choose.too_small) if view else None
    return ToShelf(choose.parcel, size)


def _has_larger_elsewhere(clerk: Clerk, parcel: Parcel) -> bool:
    place = parcel.place
    return place is not None and any(
        view.details.locker_bank_id != place.locker_bank_id and has_any(view, parcel.contact, place.size)
        for view in clerk.queries.lockers.seen_banks()
    )


def _whom(parcel: Parcel) -> str:
    where = heard(where_to_find(parcel.contact))
    name = person(parcel.contact)
    return _("{name}, {where}").format(name=name, where=where) if where else name


def _special(clerk: Clerk, parcel: Parcel) -> list[str]:
    """Say what is special about the locker: others in it, no code, within reach or not, until when it is held."""
    contact, place = parcel.contact, parcel.place
    view = clerk.queries.lockers.seen(place.locker_bank_id) if place else None
    units = view.details.locker_units if view else ()
    words = [_("The recipient's other parcels are in it.")] if parcel.shared else []
    if contact is not None and contact.contact_type is ContactType.DEPARTMENT:
        words.append(_("A department collects without a code."))
    if contact is not None and contact.accessible and units and place is not None:
        is_near = any(each.accessible for each in units if each.locker_unit_id == place.locker_unit_id)
        words.append(_("The locker is within reach.") if is_near else _("The locker is out of reach."))
    if parcel.reservation_expiry is not None:
        until = day_and_time(parcel.reservation_expiry, clerk.now)
        words.append(_("It is held until {time}.").format(time=until))
    return words
