"""What nobody collected in time: the list, and a round past the lockers, each parcel out by an answer of its own."""

from __future__ import annotations

from contextlib import suppress
from enum import Enum, auto
from typing import TYPE_CHECKING

from kiosk.desk.rounds import Goal, Plan
from kiosk.errors import KioskError
from kiosk.parcels.states import ShelfReason
from kiosk.parcels.steps import Step
from kiosk.plain.clerk.facts import row
from kiosk.plain.questions import Choice, Question
from kiosk.words.expiry import time_over
from kiosk.words.language import _, ngettext
from kiosk.words.people import recipient
from kiosk.words.states import parcel_state
from kiosk.words.times import day_and_time

if TYPE_CHECKING:
    from kiosk.parcels.listing import Uncollected
    from kiosk.parcels.parcel import Parcel
    from kiosk.plain.clerk.clerk import Clerk


class _At(Enum):
    """What is done at a locker."""

    OUT = auto()
    NOT_THERE = auto()
    LONGER = auto()
    SKIP = auto()


async def ask_expired(clerk: Clerk) -> None:
    """Say what has expired or soon will, ask which of it is taken out and where to, and go round."""
    expiry = clerk.queries.expiry
    listed = await clerk.done(expiry.uncollected(), _("Reading the journal"))
    with suppress(KioskError):  # without a network the list is what the journal knows
        await clerk.done(expiry.look(listed), _("Looking up what is in the lockers"))
        listed = await expiry.uncollected()
    expired = tuple(each for each in listed if each.is_expired)
    words = ngettext(
        "{count} parcel was not collected in time", "{count} parcels were not collected in time", len(expired)
    )
    clerk.talk.say(words.format(count=len(expired)) if expired else _("No parcel has expired"))
    if not listed:
        return
    choices = [Choice(_("All that have expired"), expired)] if expired else []
    choices += [Choice(_row(clerk, each), (each,)) for each in listed]
    asked: Question[tuple[Uncollected, ...]] = Question(
        _("What is taken out? Type a number, or back."), choices=choices
    )
    wanted = await clerk.talk.ask(asked)
    plan = await _ask_plan(clerk)
    clerk.talk.say(
        _("The kiosk opens no door: open each locker yourself, and say of each parcel that it is out."),
    )
    if await clerk.talk.is_sure(_("Begin the round? Type yes.")):
        await _round(clerk, wanted, plan)


async def _ask_plan(clerk: Clerk) -> Plan:
    choices = [
        Choice(_("To the shelf"), Goal.SHELF),
        Choice(_("Back to the sender, later: it waits here for the carrier"), Goal.SENDER),
        Choice(_("Back to the sender, now: it is given to the carrier at once"), Goal.SENT),
    ]
    asked: Question[Goal] = Question(
        _("Where do they go? Enter takes the shelf."), choices=choices, enter=Choice(_("to the shelf"), Goal.SHELF)
    )
    goal = await clerk.talk.ask(asked)
    if goal is Goal.SHELF:
        return Plan(goal)
    driver = _("the driver")
    who: Question[str] = Question(
        _("Who takes what goes back? Enter takes the driver, or type where it is brought."),
        enter=Choice(driver, driver),
        free=str,
    )
    return Plan(goal, await clerk.talk.ask(who))


async def _round(clerk: Clerk, wanted: tuple[Uncollected, ...], plan: Plan) -> None:
    """Go from locker to locker; what is done is done, also where somebody leaves it."""
    out = 0
    for at, each in enumerate(wanted, 1):
        clerk.talk.say(_("Locker {at} of {all}").format(at=at, all=len(wanted)))
        out += await _stop(clerk, each, plan)
    words = ngettext("{count} parcel is out", "{count} parcels are out", out).format(count=out)
    clerk.talk.say(_("The round is over: {words}.").format(words=words), _("What was skipped is still listed."))


async def _stop(clerk: Clerk, each: Uncollected, plan: Plan) -> bool:
    """Ask at one locker until something is done about it or it is skipped; tell whether its parcel is out."""
    parcel = await clerk.as_it_is(each.parcel)
    while True:
        place = clerk.place(parcel)
        text = _("Take parcel {number} out of {place}, for {name}, {time}.")
        clerk.talk.say(
            text.format(
                number=parcel.tracking_number, place=place, name=recipient(parcel), time=time_over(each, clerk.now)
            )
        )
        if Step.CLEAR not in clerk.offers(parcel):
            clerk.talk.say(_("{number}: {state}").format(number=parcel.tracking_number, state=parcel_state(parcel)))
            return False
        wish = await _ask_at(clerk, parcel)
        if wish is _At.SKIP:
            return False
        try:
            is_done, parcel = await _do(clerk, wish, parcel, plan)
        except KioskError as error:
            clerk.talk.fail(error)
            parcel = await clerk.as_it_is(parcel)
            if parcel.is_in_doubt:
                clerk.talk.say(_("Keep the parcel at the desk: once that is known, it is listed under Unfinished."))
            is_done = not parcel.is_in_locker or parcel.is_in_doubt
        if is_done:
            return not parcel.is_in_locker and (not parcel.is_gone or parcel.is_sent)


async def _ask_at(clerk: Clerk, parcel: Parcel) -> _At:
    choices = [Choice(_("It is out"), _At.OUT), Choice(_("Skip it"), _At.SKIP)]
    offered = clerk.offers(parcel)
    if Step.CHECK in offered:
        choices.append(Choice(_("It is not there: ask the locker service"), _At.NOT_THERE))
    if Step.EXTEND in offered:
        choices.append(Choice(_("Leave it in for longer, under a new pickup code"), _At.LONGER))
    # Enter means nothing here: pressed twice it would give a locker back that nobody has opened.
    return await clerk.talk.ask(Question(_("Is it out? Type a number."), choices=choices))


async def _do(clerk: Clerk, wish: _At, parcel: Parcel, plan: Plan) -> tuple[bool, Parcel]:
    """Do what somebody says at a locker; return whether it is dealt with, and the parcel."""
    talk = clerk.talk
    if wish is _At.OUT:
        doing = _("Giving the locker back")
        out = await clerk.done(clerk.desk.rounds.take_out(parcel, plan, clerk.person), doing)
        return True, await _went(clerk, out)
    if wish is _At.NOT_THERE:
        looked = await clerk.done(clerk.desk.look(parcel, clerk.person), _("Asking the locker service"))
        if looked.has_unit:
            talk.say(_("The locker service says that it is still in there."), _("Look again, or skip it."))
        else:
            state = parcel_state(looked)
            talk.say(_("{number}: {state}").format(number=looked.tracking_number, state=state))
        return not looked.has_unit, looked
    hours = clerk.services.settings.desk.reservation_hours
    longer = await clerk.done(clerk.desk.intake.extend(parcel, hours, clerk.person), _("Extending"))
    until = day_and_time(longer.deposit_expiry, clerk.now) if longer.deposit_expiry else "?"
    talk.say(_("It may stay until {time}.").format(time=until))
    if longer.code_waiting:
        talk.say(_("Its pickup code is a new one, which waits under Unfinished."))
    return True, longer


async def _went(clerk: Clerk, parcel: Parcel) -> Parcel:
    """Say where a parcel goes that is out; its shelf place can be another one than was proposed."""
    talk = clerk.talk
    if parcel.is_on_shelf:
        talk.say(_("Its locker is given back. Lay it on the shelf at {place}.").format(place=parcel.shelf))
        asked: Question[str] = Question(
            _("Press Enter when it is there, or type another place."),
            enter=Choice(_("it is at the place that was said"), ""),
            free=str,
        )
        place = await talk.ask(asked)
        if place:
            laying = clerk.desk.shelf.put_on(parcel, place, ShelfReason.NOT_COLLECTED, clerk.person)
            parcel = await clerk.done(laying, _("Recording that it is at {place}").format(place=place))
        talk.say(_("Parcel {number} is at {place}.").format(number=parcel.tracking_number, place=parcel.shelf))
    elif parcel.is_outgoing or parcel.is_sent:
        text = _("Parcel {number} goes to {place}.")
        talk.say(text.format(number=parcel.tracking_number, place=parcel.destination))
    elif parcel.is_gone:
        talk.say(_("It is not in its locker any more"))
    return parcel


def _row(clerk: Clerk, each: Uncollected) -> str:
    return _("{parcel}, {time}").format(parcel=row(clerk, each.parcel), time=time_over(each, clerk.now))
