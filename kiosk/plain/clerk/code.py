"""The pickup code: said, spelled out, and confirmed once somebody has it; or said again a little later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.desk.questions import Question as Asked
from kiosk.desk.questions import TakeCode, question_about
from kiosk.parcels.pickup_code import grouped
from kiosk.parcels.states import ContactType, NoticeKind
from kiosk.parcels.steps import Step
from kiosk.plain.clerk.paper import print_paper
from kiosk.plain.clerk.words import PAGE, SLIP, Act
from kiosk.plain.questions import Choice, Question, Word
from kiosk.plain.spelling import spelled
from kiosk.words.facilities import nearby_words
from kiosk.words.language import _, ngettext
from kiosk.words.people import person
from kiosk.words.times import day_and_time

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel
    from kiosk.parcels.pickup_code import PickupCode
    from kiosk.plain.clerk.clerk import Clerk


async def ask_code(clerk: Clerk, question: TakeCode) -> Asked | Act | None:
    """Say the code that waits, and record that it was seen; None where nothing is asked after it."""
    parcel, talk = question.parcel, clerk.talk
    _say_where(clerk, parcel)
    if parcel.contact is not None and parcel.contact.contact_type is ContactType.DEPARTMENT:
        text = _("Anyone from {name} can open the locker with a personal id.")
        talk.say(_("A department collects without a code."), text.format(name=person(parcel.contact)))
    code = None
    if parcel.code_waiting:
        code = await clerk.done(clerk.desk.pickup_codes.waiting(parcel), _("Fetching the code"))
        await _say_code(clerk, parcel, code)
    await _say_nearby(clerk)
    if not parcel.code_waiting:
        _say_done(clerk, parcel)
        return None
    answer = await _ask_seen(clerk, parcel)
    if isinstance(answer, Act):
        return await _slip(clerk, question) if answer is Act.SLIP else answer
    confirming = clerk.desk.pickup_codes.confirm(parcel, code, clerk.person)
    await clerk.done(confirming, _("Recording that the code was seen"))
    _say_done(clerk, parcel)
    return None


async def say_code_again(clerk: Clerk, parcel: Parcel) -> bool:
    """Say a code once more that was seen a short while ago, which is recorded; False where it is kept no longer."""
    code = await clerk.done(clerk.desk.pickup_codes.show_again(parcel, clerk.person), _("Fetching the code"))
    if code is None:
        clerk.talk.say(_("The pickup code is no longer kept here."))
        return False
    clerk.talk.say(_("This code was seen before."), _("Showing it again is recorded."))
    _say_where(clerk, parcel)
    await _say_code(clerk, parcel, code)
    done: Question[bool] = Question(_("Press Enter to go on, or type again."), enter=Choice(_("goes on"), True))
    return await clerk.talk.ask(done)


def _say_where(clerk: Clerk, parcel: Parcel) -> None:
    place, talk = parcel.place, clerk.talk
    if place is not None:
        where = _("Locker {unit}, {bank}").format(unit=place.locker_unit_id, bank=clerk.bank(parcel))
        talk.say(_("{where}, for {name}.").format(where=where, name=person(parcel.contact)))
    if parcel.deposit_expiry is not None:
        talk.say(_("It can be collected until {time}.").format(time=day_and_time(parcel.deposit_expiry, clerk.now)))


async def _say_code(clerk: Clerk, parcel: Parcel, code: PickupCode | None) -> None:
    talk = clerk.talk
    if code is None:
        talk.say(_("No pickup code came with the deposit."), _("The parcel's page issues a new code: type page."))
        return
    secret = code.secret.get_secret_value()
    talk.say(_("Pickup code: {code}").format(code=grouped(secret)))
    talk.say(_("Spelled: {signs}").format(signs=spelled(secret)))
    others = await clerk.desk.open_lockers.others_in_unit(parcel)
    count = sum(other.is_in_locker for other in others) + 1
    if count > 1:
        text = ngettext(
            "This one code is for the parcel in the locker.",
            "This one code is for all {count} parcels in the locker.",
            count,
        )
        talk.say(text.format(count=count), _("It replaces the code that the recipient was given before."))


async def _say_nearby(clerk: Clerk) -> None:
    """Name the nearest place to drop a parcel off that is open, by the answer that is kept."""
    place = await clerk.services.facilities.nearest_open()
    if place is not None:
        clerk.talk.say(
            _("{place}, {how}.").format(place=nearby_words(place, clerk.now)[0], how=nearby_words(place, clerk.now)[1])
        )


async def _ask_seen(clerk: Clerk, parcel: Parcel) -> bool | Act:
    words: list[Word[Act]] = [PAGE]
    if Step.PRINT_SLIP in clerk.offers(parcel) and clerk.desk.notices.has_printer:
        words.append(SLIP)
    asked: Question[bool | Act] = Question(
        _("Press Enter once the code is passed on or written down, or type again."),
        words=words,
        enter=Choice(_("the code has been seen or written down"), True),
    )
    return await clerk.talk.ask(asked)


async def _slip(clerk: Clerk, question: TakeCode) -> Asked:
    await print_paper(clerk, question.parcel, NoticeKind.SLIP)
    return question_about(await clerk.as_it_is(question.parcel))


def _say_done(clerk: Clerk, parcel: Parcel) -> None:
    clerk.talk.say(_("Parcel {number} is in.").format(number=parcel.tracking_number))
