"""One parcel, wherever it stands: what is known, and by a number what can be done with it now.

What is offered is the desk's table of steps; each has its way in `ways.py`, or is a question of the intake.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from kiosk.desk.questions import NothingToAsk, TakeCode, question_about
from kiosk.errors import KioskError
from kiosk.parcels.steps import Step
from kiosk.plain.clerk.facts import facts, history
from kiosk.plain.clerk.intake import go_on
from kiosk.plain.clerk.ways import WAYS
from kiosk.plain.questions import Choice, Question, WentBack, Word
from kiosk.words.language import N_, _
from kiosk.words.steps import step_word

if TYPE_CHECKING:
    from kiosk.desk.questions import Question as Asked
    from kiosk.parcels.parcel import Parcel
    from kiosk.plain.clerk.clerk import Clerk


class _Wish(Enum):
    """What is no step."""

    GO_ON = auto()
    HISTORY = auto()


_HISTORY = Word(N_("history"), N_("says all that happened to the parcel"), _Wish.HISTORY)


async def show(clerk: Clerk, question: Asked) -> None:
    """Go on with an intake, and say the parcel's page where it asks nothing, until somebody leaves it."""
    parcel = await go_on(clerk, question)
    while parcel is not None:
        clerk.talk.say(*await facts(clerk, parcel))
        parcel = await _ask(clerk, parcel)


async def _ask(clerk: Clerk, parcel: Parcel) -> Parcel | None:
    """Ask what is to be done with the parcel, and do it; return the parcel to say next, or None."""
    clerk.last = parcel.parcel_id
    steps = [step for step in clerk.offers(parcel) if step in WAYS and await WAYS[step].is_there(clerk, parcel)]
    choices: list[Choice[Step | _Wish]] = [Choice(_named(step), step) for step in steps]
    enter: Choice[Step | _Wish] | None = None
    if _asks_something(parcel):
        enter = Choice(_("goes on with this parcel"), _Wish.GO_ON)
        choices.insert(0, Choice(_("Go on with this parcel"), _Wish.GO_ON))
    asked: Question[Step | _Wish] = Question(
        _("What is to be done with it? Type a number, or back."), choices=choices, words=[_HISTORY], enter=enter
    )
    wish = await clerk.talk.ask(asked)
    if wish is _Wish.HISTORY:
        clerk.talk.say(*await history(clerk, parcel))
        return await _ask(clerk, parcel)
    if isinstance(wish, _Wish):
        return await go_on(clerk, question_about(parcel))
    return await _take(clerk, wish, parcel)


async def _take(clerk: Clerk, step: Step, parcel: Parcel) -> Parcel | None:
    try:
        after = await WAYS[step].take(clerk, parcel)
    except WentBack:
        return await clerk.as_it_is(parcel)
    except KioskError as error:
        clerk.talk.fail(error)
        return await clerk.as_it_is(parcel)
    if after is None:
        return None
    if isinstance(after, NothingToAsk):
        return after.parcel
    return await go_on(clerk, after)


def _named(step: Step) -> str:
    word = step_word(step)
    return word[:1].upper() + word[1:]


def _asks_something(parcel: Parcel) -> bool:
    """Tell whether the intake goes on; a code that was seen is no question any more."""
    question = question_about(parcel)
    is_seen = isinstance(question, TakeCode) and not parcel.code_waiting
    return not is_seen and not isinstance(question, NothingToAsk)
