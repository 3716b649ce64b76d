"""Each step of a parcel's page: what is asked before it, how it is taken, and what is asked next.

Each raises WentBack where somebody leaves it, and what the desk raises. Which is which step is in `ways.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.desk.questions import ChooseRecipient, NothingToAsk, question_about, question_on_opening
from kiosk.desk.questions import Question as Asked
from kiosk.parcels.holding import HoldUntil
from kiosk.parcels.states import NoticeKind
from kiosk.plain.clerk.address import ask_address
from kiosk.plain.clerk.boxes import add_code, ask_apart
from kiosk.plain.clerk.code import say_code_again
from kiosk.plain.clerk.facts import void_words
from kiosk.plain.clerk.hand_over import hand_over
from kiosk.plain.clerk.intake import cancel
from kiosk.plain.clerk.outgoing import ask_outgoing
from kiosk.plain.clerk.paper import print_paper
from kiosk.plain.clerk.shelf import put_on_shelf
from kiosk.plain.questions import Choice, Question, WentBack
from kiosk.words.language import _, ngettext

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel
    from kiosk.plain.clerk.clerk import Clerk

Next = Asked | None
"""What is asked after a step; None for nothing, which leads home."""


async def choose_another(clerk: Clerk, parcel: Parcel) -> Next:
    """Ask for another recipient."""
    del clerk
    return ChooseRecipient(parcel)


async def lay_on_shelf(clerk: Clerk, parcel: Parcel) -> Next:
    """Put the parcel on the shelf, or at another place there."""
    await put_on_shelf(clerk, parcel)
    return None


async def take_off_shelf(clerk: Clerk, parcel: Parcel) -> Next:
    """Take the parcel off the shelf."""
    place = parcel.shelf
    taken = await clerk.done(clerk.desk.shelf.take_off(parcel, clerk.person), _("Taking it off the shelf"))
    clerk.talk.say(_("Take the parcel off the shelf: it is at {place}.").format(place=place))
    return question_about(taken)


async def take_back(clerk: Clerk, parcel: Parcel) -> Next:
    """Record that the parcel is in the clerk's hands."""
    taken = await clerk.done(clerk.desk.unrecorded.take_back(parcel, clerk.person), _("Taking it back"))
    clerk.talk.say(_("The parcel is in your hands."))
    return question_about(taken)


async def note_collected(clerk: Clerk, parcel: Parcel) -> Next:
    """Record that the parcel was collected."""
    text = _("Is the parcel not in {place}? Then it was collected: type yes.").format(place=clerk.place(parcel))
    await _sure(clerk, text)
    noting = clerk.desk.unrecorded.note_collected(parcel, clerk.person)
    return NothingToAsk(await clerk.done(noting, _("Recording that it was collected")))


async def release(clerk: Clerk, parcel: Parcel) -> Next:
    """Give the reserved locker back."""
    unit = parcel.place.locker_unit_id if parcel.place else ""
    text = _("Give locker {locker} back? It was held for parcel {parcel}. Type yes.")
    await _sure(clerk, text.format(locker=unit, parcel=parcel.tracking_number))
    doing = _("Giving locker {locker} back").format(locker=unit)
    released = await clerk.done(clerk.desk.intake.release(parcel, clerk.person), doing)
    clerk.talk.say(_("Locker {locker} was given back.").format(locker=unit))
    return question_about(released)


async def show_code_again(clerk: Clerk, parcel: Parcel) -> Next:
    """Say the pickup code once more."""
    await say_code_again(clerk, parcel)
    return NothingToAsk(await clerk.as_it_is(parcel))


async def is_kept(clerk: Clerk, parcel: Parcel) -> bool:
    """Tell whether the pickup code is still kept."""
    return await clerk.desk.pickup_codes.is_kept(parcel)


async def take_in_again(clerk: Clerk, parcel: Parcel) -> Next:
    """Take the number in as a new parcel."""
    taken = await clerk.done(clerk.desk.scans.take_in(parcel.tracking_number, clerk.person), _("Taking it in"))
    return question_about(taken.parcel)


async def cancel_it(clerk: Clerk, parcel: Parcel) -> Next:
    """Give the intake up."""
    return None if await cancel(clerk, parcel) else NothingToAsk(parcel)


async def undo_cancel(clerk: Clerk, parcel: Parcel) -> Next:
    """Take the cancelled intake up again."""
    again = clerk.desk.leaving.undo_cancel(parcel, clerk.person)
    taken_up = await clerk.done(again, _("Taking the intake up again"))
    clerk.talk.say(_("The parcel is not cancelled any more."))
    return question_about(taken_up)


async def hand_it_over(clerk: Clerk, parcel: Parcel) -> Next:
    """Give the parcel out at the desk."""
    await hand_over(clerk, parcel)
    return None


async def clear(clerk: Clerk, parcel: Parcel) -> Next:
    """Take the parcel out of its locker, and put it on the shelf."""
    others = await clerk.desk.open_lockers.numbers_beside(parcel)
    clerk.talk.say(_("No door opens by this: have it opened, and take this parcel out."))
    if others:
        text = ngettext("Parcel {others} stays in it.", "Parcels {others} stay in it.", len(others))
        clerk.talk.say(text.format(others=", ".join(others)))
    unit = parcel.place.locker_unit_id if parcel.place else ""
    text = _("Is parcel {parcel} out of locker {locker}? Type yes.")
    await _sure(clerk, text.format(parcel=parcel.tracking_number, locker=unit))
    doing = _("Taking the parcel out of its locker")
    out = await clerk.done(clerk.desk.leaving.clear(parcel, clerk.person), doing)
    if out.is_gone:
        return NothingToAsk(out)
    clerk.talk.say(_("The parcel is out of its locker and in your hands."))
    await put_on_shelf(clerk, out)
    return None


async def make_outgoing(clerk: Clerk, parcel: Parcel) -> Next:
    """Say where the parcel goes with a carrier."""
    await ask_outgoing(clerk, parcel)
    return None


async def note_sent(clerk: Clerk, parcel: Parcel) -> Next:
    """Record that the parcel left."""
    await clerk.done(clerk.desk.leaving.note_sent(parcel, clerk.person), _("Recording that it was sent"))
    clerk.talk.say(_("Parcel {number} has left.").format(number=parcel.tracking_number))
    return None


async def move_to_right_person(clerk: Clerk, parcel: Parcel) -> Next:
    """Take the parcel out of the wrong person's locker, and in anew."""
    if parcel.place is not None:
        text = _("Take the parcel out of {place} first. Is it out? Type yes.").format(place=clerk.place(parcel))
        await _sure(clerk, text)
    moved = await clerk.done(clerk.desk.reassignment.move(parcel, clerk.person), _("Taking it in again"))
    question = question_about(moved)
    if not isinstance(question, NothingToAsk):
        clerk.talk.say(_("The parcel is out of its locker and in your hands."), _("Choose the right person."))
    return question


async def check(clerk: Clerk, parcel: Parcel) -> Next:
    """Ask the locker service where the parcel is."""
    now = await clerk.done(clerk.desk.look(parcel, clerk.person), _("Asking the locker service"))
    if now != parcel:
        return question_on_opening(now)
    clerk.talk.say(_("The locker service says the same: {place}.").format(place=clerk.place(parcel)))
    return NothingToAsk(now)


async def close_finding(clerk: Clerk, parcel: Parcel) -> Next:
    """Close what was to be looked into."""
    finding, reason = parcel.attention[0].finding, _("looked into at the desk")
    closing = clerk.desk.findings.close(parcel, finding, reason, clerk.person)
    return NothingToAsk(await clerk.done(closing, _("Recording that it was looked into")))


async def extend(clerk: Clerk, parcel: Parcel) -> Next:
    """Hold the locker for longer."""
    if parcel.is_in_locker:
        others = await clerk.desk.open_lockers.numbers_beside(parcel)
        void = void_words(parcel, others)
        clerk.talk.say(
            _("The deposit is recorded again, and the locker service decides how long. {void}").format(void=void)
        )
        await _sure(clerk, _("Keep it in its locker for longer? Type yes."))
        longer = clerk.desk.intake.extend(parcel, 0, clerk.person)
        kept = await clerk.done(longer, _("Recording the deposit again"))
        if kept.is_in_locker:
            clerk.talk.say(_("It is kept for longer, and the code of before is void."))
        return question_about(kept)
    ends = clerk.desk.intake.ends_to_choose(parcel)
    if not ends:
        days = f"{clerk.services.settings.desk.longest_hold_days:g}"
        text = _("A locker is held for at most {days} days after its parcel was taken in.")
        clerk.talk.say(text.format(days=days))
        return NothingToAsk(parcel)
    words = {HoldUntil.TONIGHT: _("Tonight"), HoldUntil.TOMORROW: _("Tomorrow"), HoldUntil.WEEK: _("A week")}
    choices = [Choice(words[each], hours) for each, hours in ends.items()]
    asked: Question[float] = Question(_("Until when is the locker held? Type a number."), choices=choices)
    hours = await clerk.talk.ask(asked)
    extending = clerk.desk.intake.extend(parcel, hours, clerk.person)
    held = await clerk.done(extending, _("Holding the locker for longer"))
    clerk.talk.say(_("The locker is held for longer."))
    return question_about(held)


async def renew_code(clerk: Clerk, parcel: Parcel) -> Next:
    """Issue a new pickup code, for a reason."""
    reasons = (_("The code was lost"), _("The code never arrived"), _("The code does not open the locker"))
    asked: Question[str] = Question(
        _("Why is a new pickup code needed? Type a number or a reason; Enter takes the first."),
        choices=[Choice(each, each) for each in reasons],
        enter=Choice(reasons[0], reasons[0]),
        free=str,
    )
    reason = await clerk.talk.ask(asked)
    clerk.talk.say(void_words(parcel, await clerk.desk.open_lockers.numbers_beside(parcel)))
    await _sure(
        clerk, _("Issue a new pickup code for parcel {parcel}? Type yes.").format(parcel=parcel.tracking_number)
    )
    renewing = clerk.desk.corrections.renew_code(parcel, reason, clerk.person)
    renewed = await clerk.done(renewing, _("Asking for a new pickup code"))
    if renewed.is_in_locker:
        clerk.talk.say(_("This is the new code. The one of before is void."))
    return question_about(renewed)


async def send_again(clerk: Clerk, parcel: Parcel) -> Next:
    """Send the notices again that reached nobody."""
    again = clerk.desk.notices.send_again(parcel, clerk.person)
    sent = await clerk.done(again, _("Sending the notice again"))
    clerk.talk.say(_("What was missed goes out again."))
    return NothingToAsk(sent)


async def correct_address(clerk: Clerk, parcel: Parcel) -> Next:
    """Put the recipient's address right, and send again."""
    return NothingToAsk(await ask_address(clerk, parcel))


async def tells_recipients(clerk: Clerk, parcel: Parcel) -> bool:
    """Tell whether this desk sends notices, or sent one in vain."""
    return clerk.desk.notices.are_sent or parcel.is_undeliverable


async def print_slip(clerk: Clerk, parcel: Parcel) -> Next:
    """Print the slip."""
    await print_paper(clerk, parcel, NoticeKind.SLIP)
    return NothingToAsk(await clerk.as_it_is(parcel))


async def print_label(clerk: Clerk, parcel: Parcel) -> Next:
    """Print the shelf label."""
    await print_paper(clerk, parcel, NoticeKind.LABEL)
    return NothingToAsk(await clerk.as_it_is(parcel))


async def has_printer(clerk: Clerk, parcel: Parcel) -> bool:
    """Tell whether there is a printer."""
    del parcel
    return clerk.desk.notices.has_printer


async def add_a_code(clerk: Clerk, parcel: Parcel) -> Next:
    """Add another barcode of the same box."""
    return question_about(await add_code(clerk, parcel))


async def take_code_off(clerk: Clerk, parcel: Parcel) -> Next:
    """Take a barcode off the box."""
    return question_about(await ask_apart(clerk, parcel))


async def has_codes(clerk: Clerk, parcel: Parcel) -> bool:
    """Tell whether the box has several barcodes."""
    del clerk
    return bool(parcel.other_codes)


async def _sure(clerk: Clerk, text: str) -> None:
    """Ask once more; raises WentBack unless somebody says yes."""
    if not await clerk.talk.is_sure(text):
        raise WentBack
