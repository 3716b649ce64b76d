"""Which locker a parcel goes into: what is proposed is taken by Enter, sizes and the recipient's own by a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kiosk.desk.dialogue import LockerAnswer, NewLocker, OwnLocker
from kiosk.desk.progress import Doing
from kiosk.desk.proposals import awaited_size, proposed_size, within_reach_of
from kiosk.desk.questions import ChooseLocker
from kiosk.desk.questions import Question as Asked
from kiosk.errors import KioskError
from kiosk.parcels.choosing import fitting_units, has_room
from kiosk.plain.clerk.words import ADDRESS, BANK, CANCEL, NEWER, PAGE, RECIPIENT, SHELF, Act
from kiosk.plain.questions import Choice, Question, WentBack, Word
from kiosk.words.language import _, ngettext
from kiosk.words.other_desks import waits_words
from kiosk.words.people import person
from kiosk.words.progress import progress_words
from kiosk.words.states import size_word
from kiosk.words.times import day_and_time

if TYPE_CHECKING:
    from kiosk.desk.open_lockers import OpenLocker
    from kiosk.desk.progress import Progress, Tell
    from kiosk.desk.proposals import Proposal
    from kiosk.parcels.choosing import BankView
    from kiosk.parcels.lockers import LockerBank, LockerSize
    from kiosk.parcels.parcel import Parcel
    from kiosk.plain.clerk.clerk import Clerk


class ToShelf(NamedTuple):
    """Put the parcel on the shelf until there is a locker of that size."""

    parcel: Parcel
    size: LockerSize | None


_Answer = LockerAnswer | Act
_TOLD = {Doing.TAKEN_MEANWHILE, Doing.NAMING_AGAIN}
"""What is said while a locker is reserved, because it is not what was asked for."""


async def ask_locker(clerk: Clerk, question: ChooseLocker, words: list[Word[Act]]) -> Asked | Act | ToShelf:
    """Propose a locker, and take what was chosen; without a connection only the shelf is left."""
    parcel, bank_id, fresh = question.parcel, "", False
    clerk.talk.say(_("Parcel {number} for {name}.").format(number=parcel.tracking_number, name=person(parcel.contact)))
    await _say_about_recipient(clerk, parcel)
    while True:
        if clerk.queries.activity.is_down:
            return await _without_line(clerk, question, words)
        try:
            proposal = await _propose(clerk, question, bank_id, fresh=fresh)
        except KioskError as error:
            clerk.talk.fail(error)
            return await _without_line(clerk, question, words)
        answer = await clerk.talk.ask(_question(clerk, question, proposal, words))
        bank_id, fresh = bank_id or _bank_of(proposal), answer is Act.NEWER
        if answer is Act.BANK:
            bank_id = await _other_bank(clerk, proposal, bank_id)
        elif answer is Act.SHELF:
            return ToShelf(parcel, _awaited(question, proposal))
        elif not isinstance(answer, Act):
            return await clerk.done(clerk.dialogue.take(question, answer, _telling(clerk)), _("Reserving a locker"))
        elif answer is not Act.NEWER:
            return answer


async def _propose(clerk: Clerk, question: ChooseLocker, bank_id: str, *, fresh: bool) -> Proposal:
    proposing = clerk.queries.proposals.propose(question.parcel, bank_id=bank_id, above=question.too_small, fresh=fresh)
    return await clerk.done(proposing, _("Looking for free lockers"))


async def _say_about_recipient(clerk: Clerk, parcel: Parcel) -> None:
    """Say what waits for the recipient at other desks, and that no notice reaches them."""
    if parcel.contact is None:
        return
    others = await clerk.queries.others.of_contact(parcel.contact.contact_id)
    if others:
        clerk.talk.say(waits_words(others, clerk.queries.lockers.label))
    unreached = await clerk.desk.notices.unreached_of(parcel.contact.contact_id)
    if unreached is not None:
        since = day_and_time(unreached.since, clerk.now)
        text = _("No notice has reached {name} since {time}. Ask for the e-mail address, then type address.")
        clerk.talk.say(text.format(name=person(parcel.contact), time=since))


def _question(clerk: Clerk, question: ChooseLocker, proposal: Proposal, words: list[Word[Act]]) -> Question[_Answer]:
    parcel, view = question.parcel, proposal.view
    common = [*words, BANK, NEWER, SHELF, RECIPIENT, ADDRESS, PAGE, CANCEL]
    if view is None:
        clerk.talk.say(_("The locker service lists no locker bank for this desk."))
        return Question(_("Type shelf, and tell the operator."), words=common)
    if proposal.full is not None and question.too_small is None:
        clerk.talk.say(_("{full} is full.").format(full=proposal.full.details.label))
    own = within_reach_of(proposal.open_lockers, parcel.contact)
    last = proposal.last.size if proposal.last else None
    size = proposed_size(view, parcel.contact, above=question.too_small, last=last)
    choices = _choices(clerk, parcel, view, own)
    if own is not None:
        enter = Choice[_Answer](_own_words(clerk, own), OwnLocker(own))
    elif size is not None:
        enter = Choice[_Answer](_new_words(clerk, parcel, view, size), NewLocker(_id(view), size))
    else:
        clerk.talk.say(_no_room(view, question.too_small))
        far = [Choice[_Answer](_("A locker that is out of reach"), _far(parcel, view, question.too_small))]
        return Question(
            _("No locker fits here. Type bank for another bank, or shelf."),
            choices=[each for each in far if each.value is not Act.NO_ANSWER],
            words=common,
        )
    text = _("{proposal}: press Enter, or type the number of another one.").format(proposal=enter.text)
    return Question(text, choices=choices, words=common, enter=enter)


def _choices(clerk: Clerk, parcel: Parcel, view: BankView, own: OpenLocker | None) -> list[Choice[_Answer]]:
    """Return the recipient's own locker, and every size that has room in the bank."""
    choices = [Choice[_Answer](_own_words(clerk, own), OwnLocker(own))] if own is not None else []
    for each in view.sizes:
        if has_room(view, each, parcel.contact):
            count = len(fitting_units(view, each.size, parcel.contact)) if view.details.locker_units else each.free
            size = size_word(each.size)
            words = ngettext("{size}, {count} free", "{size}, {count} free", count or 0)
            free = words.format(size=size, count=count) if count else _("{size}, some free").format(size=size)
            choices.append(Choice(free, NewLocker(_id(view), each.size)))
    return choices


def _own_words(clerk: Clerk, own: OpenLocker) -> str:
    unit, bank = own.place.locker_unit_id, clerk.queries.lockers.label(own.place.locker_bank_id)
    count = len(own.inside)
    if not count:
        text = _("The recipient's own locker {unit} in {bank}, still empty")
        return text.format(unit=unit, bank=bank)
    text = ngettext(
        "The recipient's own locker {unit} in {bank}, with {count} parcel in it",
        "The recipient's own locker {unit} in {bank}, with {count} parcels in it",
        count,
    )
    return text.format(unit=unit, bank=bank, count=count)


def _new_words(clerk: Clerk, parcel: Parcel, view: BankView, size: LockerSize) -> str:
    unit, bank = clerk.desk.intake.next_unit(parcel, view, size), view.details.label
    if unit is None:
        return _("A {size} locker in {bank}").format(size=size_word(size), bank=bank)
    return _("Locker {unit}, {size}, in {bank}").format(unit=unit, size=size_word(size), bank=bank)


def _no_room(view: BankView, too_small: LockerSize | None) -> str:
    bank = view.details.label
    if too_small:
        return _("{bank} has no free locker larger than {size}.").format(bank=bank, size=size_word(too_small))
    if any(view.free_units(each.size) for each in view.sizes):
        return _("{bank} has no free locker within reach.").format(bank=bank)
    return _("{bank} is full.").format(bank=bank)


def _far(parcel: Parcel, view: BankView, too_small: LockerSize | None) -> _Answer:
    """Return a locker out of reach for somebody who needs one within, where only such are free."""
    contact = parcel.contact
    size = proposed_size(view, None, above=too_small, last=None)
    if contact is None or not contact.accessible or size is None or not view.free_units(size):
        return Act.NO_ANSWER
    return NewLocker(_id(view), size, out_of_reach=True)


async def _other_bank(clerk: Clerk, proposal: Proposal, bank_id: str) -> str:
    """Return the id of the bank that was chosen, or the one before."""
    choices = [Choice(bank.label, bank) for bank in proposal.banks]
    asked: Question[LockerBank] = Question(_("Which locker bank? Type its number."), choices=choices)
    try:
        return (await clerk.talk.ask(asked)).locker_bank_id
    except WentBack:
        return bank_id


async def _without_line(clerk: Clerk, question: ChooseLocker, words: list[Word[Act]]) -> Act | ToShelf:
    """Offer the shelf: no locker can be reserved now."""
    clerk.talk.say(
        _("No connection to the locker service."),
        _("Put the parcel on the shelf. It can go into a locker when the connection is back."),
    )
    enter = Choice(_("puts it on the shelf"), Act.SHELF)
    asked: Question[Act] = Question(
        _("Press Enter to put it on the shelf, or type read to try again."),
        words=[*words, NEWER, RECIPIENT, PAGE, CANCEL],
        enter=enter,
    )
    answer = await clerk.talk.ask(asked)
    if answer is Act.SHELF:
        return ToShelf(question.parcel, None)
    return Act.NO_ANSWER if answer is Act.NEWER else answer


def _awaited(question: ChooseLocker, proposal: Proposal) -> LockerSize | None:
    view, contact = proposal.view, question.parcel.contact
    if view is None:
        return None
    last = proposal.last.size if proposal.last else None
    size = proposed_size(view, contact, above=question.too_small, last=last)
    return awaited_size(view, contact, chosen=size, above=question.too_small)


def _telling(clerk: Clerk) -> Tell:
    def tell(progress: Progress) -> None:
        if progress.doing in _TOLD:
            clerk.talk.say(_("{doing}.").format(doing=progress_words(progress)))

    return tell


def _bank_of(proposal: Proposal) -> str:
    return _id(proposal.view) if proposal.view is not None else ""


def _id(view: BankView) -> str:
    return view.details.locker_bank_id
