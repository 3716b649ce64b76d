"""Finding a place to drop off a parcel: what is near, whether it is open, its hours and how to reach it."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from kiosk.errors import WrongQuestionError
from kiosk.facilities.addresses import Address
from kiosk.facilities.finder import Sort, arranged
from kiosk.facilities.values import Facility
from kiosk.plain.questions import Choice, Question, WentBack, Word
from kiosk.plain.signs import heard
from kiosk.words.errors import explain
from kiosk.words.facilities import (
    ZONE_UNSURE,
    facility_name,
    holiday_sentence,
    is_unsure,
    service_words,
    state_words,
)
from kiosk.words.facility_options import Aspect, Option, options_of, question_words
from kiosk.words.language import N_, _, ngettext
from kiosk.words.numbers import miles_of
from kiosk.words.times import clock_time, day_and_time, weekday_name

if TYPE_CHECKING:
    from kiosk.facilities import values
    from kiosk.facilities.finder import Answer
    from kiosk.facilities.hours import DayHours
    from kiosk.plain.clerk.clerk import Clerk
    from kiosk.tracking.codes import Code


class _Wish(Enum):
    """What is wanted beside one of the places."""

    ADDRESS = auto()
    CHOICES = auto()
    AGAIN = auto()


_ADDRESS = Word(N_("address"), N_("searches near another address"), _Wish.ADDRESS)
_CHOICES = Word(N_("choices"), N_("chooses carrier, service, distance and number"), _Wish.CHOICES)
_AGAIN = Word(N_("search"), N_("searches once more"), _Wish.AGAIN)


async def find_places(clerk: Clerk) -> None:
    """Search near the desk, then as somebody wants it, until they leave."""
    question = clerk.services.facilities.open().first_question
    if not question.address.is_complete:
        clerk.talk.say(_("The desk's address is not set."))
        question = await _ask_address(clerk, question)
    answer = await _search(clerk, question)
    while True:
        found = arranged(answer.facilities, Sort.DISTANCE, clerk.now)
        asked: Question[Facility | _Wish] = Question(
            _("Which place? Type its number, address, choices, or back."),
            choices=[Choice(_row(each, clerk), each) for each in found],
            words=[_ADDRESS, _CHOICES, _AGAIN],
        )
        wish = await clerk.talk.ask(asked)
        if isinstance(wish, Facility):
            _say_facility(clerk, wish)
            continue
        try:
            question = await _other_question(clerk, question, wish)
        except WentBack:
            continue
        answer = await _search(clerk, question)


async def _search(clerk: Clerk, question: values.Question) -> Answer:
    finder = clerk.services.facilities.open()
    answer = await clerk.done(finder.near(question), _("Searching"))
    talk, now = clerk.talk, clerk.now
    talk.say(
        _("Near {address}").format(address=question.address.one_line), heard(question_words(question, finder.limits))
    )
    if answer.problem is not None:
        text = _("Saved results from {time}: hours may have changed.")
        talk.say(text.format(time=day_and_time(answer.asked_at, now)), explain(answer.problem, to_clerk=True).line)
    count = len(answer.facilities)
    text = (
        ngettext("{count} place found.", "{count} places found.", count)
        if count
        else _("Nothing found near this address.")
    )
    talk.say(text.format(count=count))
    if (day := next((day for each in answer.facilities if (day := each.holiday_at(now))), None)) is not None:
        talk.say(holiday_sentence(day))
    return answer


async def _other_question(clerk: Clerk, question: values.Question, wish: _Wish) -> values.Question:
    if wish is _Wish.ADDRESS:
        return await _ask_address(clerk, question)
    return await _ask_choices(clerk, question) if wish is _Wish.CHOICES else question


async def _ask_address(clerk: Clerk, question: values.Question) -> values.Question:
    asked: Question[Code] = Question(
        _("Which address? Type street, city and state, or a postal code."), free=lambda text: text
    )
    while True:
        try:
            return question.model_copy(update={"address": Address.parse(await clerk.talk.ask(asked))})
        except WrongQuestionError as error:
            clerk.talk.fail(error)


async def _ask_choices(clerk: Clerk, question: values.Question) -> values.Question:
    """Ask for each aspect what is wanted; Enter leaves it as it is."""
    limits = clerk.services.facilities.open().limits
    for aspect in Aspect:
        options = options_of(aspect, limits)
        if len(options) < 2:
            continue
        present = next((each for each in options if each.fits(question)), options[0])
        asked: Question[Option] = Question(
            _("Which one? Enter takes {present}.").format(present=present.label),
            choices=[Choice(each.label, each) for each in options],
            enter=Choice(present.label, present),
        )
        question = (await clerk.talk.ask(asked)).in_question(question)
    return question


def _row(facility: Facility, clerk: Clerk) -> str:
    state = state_words(facility, facility.state_at(clerk.now))
    miles = facility.distance_miles
    if miles is None:
        return _("{name}, {state}").format(name=facility_name(facility), state=state)
    return _("{name}, {miles}, {state}").format(name=facility_name(facility), miles=miles_of(miles), state=state)


def _say_facility(clerk: Clerk, facility: Facility) -> None:
    """Say everything the answer tells about a place."""
    talk, now = clerk.talk, clerk.now
    talk.say(_row(facility, clerk), facility.address.one_line)
    if facility.phone:
        talk.say(_("Phone: {number}").format(number=facility.phone))
    if services := service_words(facility):
        talk.say(_("Services: {services}").format(services=", ".join(services)))
    if facility.week is not None:
        for weekday, day in enumerate(facility.week.days):
            talk.say(_("{day}: {hours}").format(day=weekday_name(weekday), hours=_hours(day)))
    if is_unsure(facility, facility.state_at(now)):
        talk.say(_(ZONE_UNSURE))


def _hours(day: DayHours) -> str:
    if any(each.is_all_day for each in day.openings):
        return _("24 hours")
    text = _("{opens} to {closes}")
    words = [text.format(opens=clock_time(each.opens), closes=clock_time(each.closes)) for each in day.openings]
    return ", ".join([*words, *day.as_listed]) or _("closed")
