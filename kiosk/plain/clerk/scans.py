"""What a scan or a typed number means: a new parcel, one that is here or at another desk, or a pickup code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.desk.boxes import AtAnotherDesk
from kiosk.desk.questions import question_about, question_on_opening
from kiosk.errors import KioskError
from kiosk.parcels.steps import Step
from kiosk.plain.clerk.clerk import Beside
from kiosk.plain.clerk.hand_over import hand_over
from kiosk.plain.clerk.page import show
from kiosk.plain.questions import Choice, Question
from kiosk.words import tracking_numbers as numbers
from kiosk.words.language import _
from kiosk.words.other_desks import age_words, already_words
from kiosk.words.people import person

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kiosk.desk.boxes import TakenIn
    from kiosk.desk.handing_over import OpenedBy
    from kiosk.parcels.parcel import Parcel
    from kiosk.plain.clerk.clerk import Clerk
    from kiosk.plain.typing import Entry
    from kiosk.tracking.codes import Code

LONGEST_PIECE = 100
"""Codes that are taken in at once; the longest text of a 2D code of a label has fewer lines."""


async def take_entry(clerk: Clerk, entry: Entry, waiting: Parcel | None) -> None:
    """Take in what was scanned; `waiting` is the parcel that was asked about when it came."""
    if len(entry.codes) == 1 and not entry.follows:
        opened = await clerk.done(clerk.desk.handing_over.opened_by(entry.codes[0]), _("Reading the code"))
        if opened is not None:
            await _collect(clerk, entry.codes[0], opened)
            return
    await take_in(clerk, entry.codes, waiting, follows=entry.follows)


async def take_in(
    clerk: Clerk,
    codes: Sequence[Code],
    waiting: Parcel | None = None,
    *,
    follows: bool = False,
    came_here: bool = False,
) -> None:
    """Take in every parcel among codes, and go on with the last; `came_here` says that another desk's came here."""
    before, taken, ids, elsewhere = waiting, None, set[str](), list[AtAnotherDesk]()
    for piece in (codes[at : at + LONGEST_PIECE] for at in range(0, len(codes), LONGEST_PIECE)):
        try:
            found, rest = ((), piece) if came_here else await clerk.desk.boxes.set_aside(piece)
            elsewhere += found
            if rest:
                flow = clerk.desk.boxes.take_in(rest, clerk.person, before=before, follows=follows)
                taken = await clerk.done(flow, _("Taking in"))
                waiting, before, follows = before, taken.parcels[-1], True
                ids |= {parcel.parcel_id for parcel in taken.parcels}
        # One piece that fails must not cost the others: each is a parcel that lies at the desk.
        except KioskError as error:
            clerk.talk.expect_again()
            clerk.talk.fail(error)
    if elsewhere:
        await _ask_elsewhere(clerk, elsewhere)
    if taken is not None:
        await _go_on(clerk, taken, waiting, len(ids))


async def make_number(clerk: Clerk) -> None:
    """Make a number for a parcel without a barcode, and go on with it."""
    parcel = await clerk.done(clerk.desk.scans.make_number(clerk.person), _("Making a number"))
    clerk.talk.say(_("A number was made for this parcel."))
    await show(clerk, question_about(parcel))


async def _go_on(clerk: Clerk, taken: TakenIn, waiting: Parcel | None, count: int) -> None:
    """Say what became of what was scanned, and ask what the last parcel needs."""
    parcel = taken.parcels[-1]
    if count > 1:
        said = numbers.several(count, parcel)
        beside = Beside(scan=taken.scan)
    elif taken.added_to is not None:
        said = numbers.added(taken.added_to, parcel, taken.scan)
        beside = Beside(added=taken.code, scan=taken.scan)
    elif taken.is_known:
        said = numbers.seen_before(parcel, clerk.now, clerk.queries.lockers.label)
        clerk.talk.say(said.title, said.hint)
        await show(clerk, question_on_opening(parcel))
        return
    else:
        joinable = waiting is not None and Step.JOIN in clerk.offers(waiting)
        beside = Beside(before=waiting if joinable else None, scan=taken.scan)
        said = numbers.taken(parcel, taken.scan)
    clerk.note_beside(parcel, beside)
    if parcel.question is None:  # else the question says it
        clerk.talk.say(said.title, said.hint)
    if beside.before is not None:
        text = _("If it is on the same box as {number}, type same.")
        clerk.talk.say(text.format(number=beside.before.tracking_number))
    await show(clerk, question_about(parcel))


async def _collect(clerk: Clerk, code: Code, opened: OpenedBy) -> None:
    """Hand over the parcel of a pickup code; where it may be a new parcel's number too, ask first."""
    parcel = opened.parcel
    clerk.talk.say(_("This is the parcel's pickup code."))
    if Step.HAND_OVER not in clerk.offers(parcel):
        await show(clerk, question_on_opening(parcel))
        return
    if opened.may_be_new:
        text = _("It is the pickup code of {parcel}, {place}. But a tracking number can look the same.")
        clerk.talk.say(text.format(parcel=parcel.tracking_number, place=clerk.where(parcel)))
        asked: Question[bool] = Question(
            _("A pickup code, or a new parcel?"),
            choices=[
                Choice(_("Somebody collects the parcel that it opens."), True),
                Choice(_("Take it in as the number of a new parcel."), False),
            ],
        )
        if not await clerk.talk.ask(asked):
            await take_in(clerk, [code])
            return
    await hand_over(clerk, parcel)


async def _ask_elsewhere(clerk: Clerk, found: Iterable[AtAnotherDesk]) -> None:
    """Say of parcels that are at other desks where they are; take each in here where somebody says that it came."""
    for each in found:
        other = each.parcel
        clerk.talk.say(already_words(other, clerk.queries.lockers.label, clerk.now))
        if other.contact is not None:
            clerk.talk.say(_("For {name}").format(name=person(other.contact)))
        if age := age_words(each.heard_at, clerk.now):
            warning = _("Desk {desk} was {age}: that may have changed.")
            clerk.talk.say(warning.format(desk=other.desk_name, age=age))
        text = _("Parcel {number} was not taken in. Did it come here after all? Type yes to take it in.")
        if await clerk.talk.is_sure(text.format(number=other.tracking_number)):
            await take_in(clerk, [each.code], came_here=True)
