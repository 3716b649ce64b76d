"""An intake from question to question (`kiosk/desk/dialogue.py`), until it is done or somebody leaves it."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from kiosk.desk.questions import (
    ChooseLocker,
    ChooseRecipient,
    NothingToAsk,
    PutIn,
    SettleNumber,
    TakeCode,
    WriteNumber,
    question_about,
)
from kiosk.desk.questions import Question as Asked
from kiosk.errors import KioskError
from kiosk.parcels.steps import Step
from kiosk.plain.clerk.address import ask_address
from kiosk.plain.clerk.boxes import add_code, join_before, separate_last
from kiosk.plain.clerk.code import ask_code
from kiosk.plain.clerk.locker import ToShelf, ask_locker
from kiosk.plain.clerk.number import ask_number, ask_written
from kiosk.plain.clerk.outgoing import ask_outgoing
from kiosk.plain.clerk.put_in import ask_put_in
from kiosk.plain.clerk.recipient import ask_recipient
from kiosk.plain.clerk.shelf import put_on_shelf
from kiosk.plain.clerk.words import APART, CODE, PAGE, SAME_BOX, Act
from kiosk.plain.questions import Choice, Question, Turn, WentBack, Word
from kiosk.words.language import _

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel
    from kiosk.plain.clerk.clerk import Clerk

Next = Asked | None
"""What is asked next; None where the intake is over for now."""


async def go_on(clerk: Clerk, question: Asked) -> Parcel | None:
    """Ask what the intake asks, one question after the other; return the parcel whose page is wanted, or None.

    Whoever leaves a question leaves the parcel under Unfinished, and hears that.
    """
    following: Next = question
    while following is not None and not isinstance(following, NothingToAsk):
        parcel = following.parcel
        clerk.asked, clerk.last = parcel, parcel.parcel_id
        try:
            following = await _step(clerk, following)
        except Turn:
            await _say_what_stays(clerk, parcel)
            raise
    clerk.asked = None
    return following.parcel if following is not None else None


async def _step(clerk: Clerk, question: Asked) -> Next:
    """Ask one question, and return the next one, also after something failed."""
    try:
        return await _act(clerk, question, await _ask(clerk, question))
    except KioskError as error:
        clerk.talk.fail(error)
    now = await clerk.as_it_is(question.parcel)
    if now == question.parcel:  # else it would be asked again at once, and fail again
        again = Choice(_("tries again"), Act.NO_ANSWER)
        asked: Question[Act] = Question(_("Press Enter to try again, or type back."), words=[PAGE], enter=again)
        if await clerk.talk.ask(asked) is Act.PAGE:
            return NothingToAsk(now)
    return question_about(now)


async def _ask(clerk: Clerk, question: Asked) -> Asked | Act | ToShelf | None:
    words = _words(clerk, question.parcel)
    match question:
        case SettleNumber():
            return await ask_number(clerk, question, words)
        case WriteNumber():
            return await ask_written(clerk, question, words)
        case ChooseRecipient():
            return await ask_recipient(clerk, question, words)
        case ChooseLocker():
            return await ask_locker(clerk, question, words)
        case PutIn():
            return await ask_put_in(clerk, question)
        case TakeCode():
            return await ask_code(clerk, question)
        case NothingToAsk():
            return None
        case _:
            assert_never(question)


async def _act(clerk: Clerk, question: Asked, answer: Asked | Act | ToShelf | None) -> Next:
    """Return what is asked after an answer, once what it asks for is done."""
    parcel, size = question.parcel, None
    if isinstance(answer, ToShelf):
        parcel, size = answer
        answer = Act.SHELF
    if not isinstance(answer, Act):
        return answer
    try:
        match answer:
            case Act.SHELF:
                await put_on_shelf(clerk, await clerk.as_it_is(parcel), size)
                return None
            case Act.CANCEL:
                return None if await cancel(clerk, parcel) else question
            case Act.OUTGOING:
                await ask_outgoing(clerk, parcel)
                return None
            case Act.PAGE:
                return NothingToAsk(parcel)
            case _:
                return await _other_act(clerk, question, answer)
    except WentBack:
        return await clerk.next_question(parcel)


async def _other_act(clerk: Clerk, question: Asked, act: Act) -> Next:
    parcel = question.parcel
    match act:
        case Act.SAME_BOX:
            return question_about(await join_before(clerk, parcel))
        case Act.APART:
            return question_about(await separate_last(clerk, parcel))
        case Act.CODE:
            return question_about(await add_code(clerk, parcel))
        case Act.RECIPIENT:
            return ChooseRecipient(parcel)
        case Act.ADDRESS:
            await ask_address(clerk, parcel)
            return question
        case _:
            return question


async def cancel(clerk: Clerk, parcel: Parcel) -> bool:
    """Give the intake up, after one question; tell whether that was done."""
    text = _("Cancel parcel {number}? Type yes to do it.").format(number=parcel.tracking_number)
    about = _("Its locker is given back, if it has one.")
    if not await clerk.talk.is_sure(text, about):
        return False
    cancelled = await clerk.done(clerk.desk.intake.cancel(parcel, clerk.person), _("Cancelling the parcel"))
    text = _("Parcel {number} was cancelled.") if cancelled.is_cancelled else _("Parcel {number} was collected.")
    clerk.talk.say(text.format(number=parcel.tracking_number), _("For a minute undo takes that back."))
    return True


def _words(clerk: Clerk, parcel: Parcel) -> list[Word[Act]]:
    """Return what can be typed about the barcodes of the box."""
    beside, words = clerk.beside(parcel), list[Word[Act]]()
    if beside.before is not None:
        words.append(SAME_BOX)
    if beside.added is not None:
        words.append(APART)
    if Step.ADD_CODE in clerk.offers(parcel):
        words.append(CODE)
    return words


async def _say_what_stays(clerk: Clerk, parcel: Parcel) -> None:
    """Say that a parcel which is left is not lost."""
    clerk.asked, clerk.left = None, parcel
    try:
        now = await clerk.as_it_is(parcel)
    except KioskError:
        return
    if now.unfinished:
        clerk.talk.say(_("Parcel {number} stays under Unfinished.").format(number=now.tracking_number))
