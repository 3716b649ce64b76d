"""Corrections in lines: which there are for a parcel, what has to be known for one, why, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from kiosk.desk.correcting import Carry, carry, corrections_of
from kiosk.parcels.states import IdentityCheck, OutgoingReason
from kiosk.parcels.steps import Step
from kiosk.plain.questions import Choice, Question
from kiosk.plain.spelling import spelled
from kiosk.words.corrections import DESTINATION, NAME, USER, words_of
from kiosk.words.language import N_, _
from kiosk.words.people import recipient
from kiosk.words.places import place_words
from kiosk.words.states import state_word
from kiosk.words.steps import step_word

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel
    from kiosk.plain.console.operator import Operator

T = TypeVar("T")

_CHECKS = {
    N_("By the badge"): IdentityCheck.BADGE,
    N_("By a document"): IdentityCheck.DOCUMENT,
    N_("Known to you"): IdentityCheck.KNOWN,
    N_("Not checked"): IdentityCheck.NOT_CHECKED,
}
_REASONS = {
    N_("Somebody dropped it off here"): OutgoingReason.RETURN,
    N_("It goes back to the sender"): OutgoingReason.TO_SENDER,
}


def offered(operator: Operator, parcel: Parcel) -> list[Choice[Step]]:
    """Return what can be corrected, as numbered choices."""
    steps = corrections_of(operator.desk, parcel, operator.person)
    return [Choice(_capital(step_word(step)), step) for step in steps]


async def correct(operator: Operator, step: Step, parcel: Parcel) -> Parcel:
    """Ask what has to be known and why, and carry the correction out; return the parcel as it is then.

    Raises what the step raises, NotAllowedError and NoReasonError; WentBack changes nothing.
    """
    if step is Step.VIEW_CODE:
        await _view_code(operator, parcel)
        return parcel
    carries = await _prepared(operator, step, parcel)
    words, place = words_of(step, parcel), _place(operator, step, parcel)
    reason = await _ask_why(operator, parcel, words.question, place)
    after = await operator.talk.during(carries(reason), _(words.waiting).format(place=place))
    operator.talk.say(_capital(_(words.done).format(place=place)), _(words.after).format(state=state_word(after.state)))
    return after


async def ask_text(operator: Operator, text: str) -> str:
    """Ask for any text that is not empty."""
    return await operator.talk.ask(Question(text, free=str))


async def _prepared(operator: Operator, step: Step, parcel: Parcel) -> Carry:
    """Ask what a correction needs beside its reason."""
    corrections, person = operator.desk.corrections, operator.person
    if step is Step.HAND_OVER:
        name = await ask_text(operator, _(NAME))
        checked = await _choose(operator, _("How was it checked? Type a number."), _CHECKS)
        return lambda why: corrections.hand_over(parcel, name, checked, why, person)
    if step is Step.MAKE_OUTGOING:
        destination = await ask_text(operator, _(DESTINATION))
        reason = await _choose(operator, _("Why does it leave? Type a number."), _REASONS)
        return lambda why: corrections.make_outgoing(parcel, destination, reason, why, person)
    if step is Step.CHANGE_USER:
        user_id = await ask_text(operator, _(USER))
        return lambda why: corrections.change_user(parcel, user_id, why, person)
    finding = parcel.attention[0].finding if parcel.attention else None
    hours = operator.services.settings.desk.reservation_hours
    return carry(operator.desk, step, parcel, person, finding=finding, hours=hours)


async def _view_code(operator: Operator, parcel: Parcel) -> None:
    words = words_of(Step.VIEW_CODE, parcel)
    reason = await _ask_why(operator, parcel, words.question, "")
    viewing = operator.desk.corrections.view_code(parcel, reason, operator.person)
    code = await operator.talk.during(viewing, _(words.waiting))
    if code is None:
        operator.talk.say(_("No pickup code is waiting."), _("The clerk has seen it, or there was none."))
        return
    secret = code.secret.get_secret_value()
    operator.talk.say(
        _("The pickup code is {code}.").format(code=secret),
        _("Spelled: {code}").format(code=spelled(secret)),
        _("It goes on waiting for the clerk."),
    )


async def _ask_why(operator: Operator, parcel: Parcel, question: str, place: str) -> str:
    hours = f"{operator.services.settings.desk.reservation_hours:g}"
    asked = _(question).format(place=place, hours=hours)
    name = recipient(parcel) or _("recipient unknown")
    text = _("Parcel {number}, for {name}. {question}")
    return await ask_text(operator, text.format(number=parcel.tracking_number, name=name, question=asked))


async def _choose(operator: Operator, text: str, answers: Mapping[str, T]) -> T:
    choices = [Choice(_(words), value) for words, value in answers.items()]
    return await operator.talk.ask(Question(text, choices=choices))


def _place(operator: Operator, step: Step, parcel: Parcel) -> str:
    if step is Step.FREE_SECOND_UNIT and parcel.second_place is not None:
        return place_words(parcel.second_place, operator.queries.label)
    return operator.where(parcel) or _("its place")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
