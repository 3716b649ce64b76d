"""What is here, by lists: today's parcels, other days, and the piles that wait for somebody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from kiosk.desk.questions import question_on_opening
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.piles import Pile
from kiosk.plain.clerk.facts import row
from kiosk.plain.clerk.page import show
from kiosk.plain.clerk.words import Act
from kiosk.plain.questions import Choice, Question, Word
from kiosk.words.language import N_, _, ngettext
from kiosk.words.numbers import number
from kiosk.words.times import day_name

if TYPE_CHECKING:
    from kiosk.desk.queries import Home, Listing
    from kiosk.plain.clerk.clerk import Clerk

PILES: Final = {
    Pile.UNFINISHED: N_("Unfinished"),
    Pile.CODE_TO_SHOW: N_("Code to show"),
    Pile.LOCKER_FREE: N_("Locker free"),
    Pile.EXPIRED: N_("Expired"),
    Pile.UNDELIVERABLE: N_("Not notified"),
}
"""The piles that are counted; translated when said."""

_BEFORE = Word(N_("before"), N_("lists the day before"), Act.OTHER)
_NEXT_PAGE = Word(N_("page"), N_("lists what comes behind these"), Act.PAGE)


async def ask_list(clerk: Clerk) -> None:
    """Ask which list is wanted, each with how many it has, and go through it."""
    home = await clerk.done(clerk.queries.home(clerk.queries.today()), _("Reading the list"))
    choices: list[Choice[Listing]] = [Choice(_today_words(clerk, home), clerk.queries.today())]
    for pile, label in PILES.items():
        if count := home.counts.get(pile, 0):
            choices.append(Choice(_("{pile}: {count}").format(pile=_(label), count=number(count)), pile))
    asked: Question[Listing] = Question(
        _("Which list? Type a number; Enter takes the first."), choices=choices, enter=choices[0]
    )
    await go_through(clerk, await clerk.talk.ask(asked))


async def go_through(clerk: Clerk, listing: Listing) -> None:
    """Offer the parcels of a list, a page at a time, and open the one that is chosen."""
    page = 0
    while True:
        home = await clerk.done(clerk.queries.home(listing, page=page), _("Reading the list"))
        _say_head(clerk, listing, home)
        if isinstance(listing, Pile) and not home.total:
            return
        answer = await clerk.talk.ask(_question(clerk, listing, home))
        if isinstance(answer, Parcel):
            await show(clerk, question_on_opening(answer))
            return
        if answer is Act.PAGE:
            page = page + 1 if home.first + len(home.parcels) < home.total else 0
        elif isinstance(listing, date):
            listing, page = listing - timedelta(days=1), 0


async def open_next(clerk: Clerk) -> None:
    """Open the parcel whose intake waits next; say so where none does."""
    home = await clerk.done(clerk.queries.home(Pile.INTAKE, last=clerk.last), _("Reading the list"))
    if home.next is None:
        clerk.talk.say(_("Nothing waits. Scan a parcel."))
        return
    await show(clerk, question_on_opening(home.next))


async def open_last(clerk: Clerk) -> None:
    """Open the parcel that was worked on last."""
    parcel = await clerk.queries.parcel(clerk.last) if clerk.last else None
    if parcel is None:
        clerk.talk.say(_("No parcel was worked on yet."))
        return
    await show(clerk, question_on_opening(parcel))


def _question(clerk: Clerk, listing: Listing, home: Home) -> Question[Parcel | Act]:
    words: list[Word[Parcel | Act]] = [] if isinstance(listing, Pile) else [_BEFORE]
    if home.total > len(home.parcels):
        words.append(_NEXT_PAGE)
    text = _("Which one? Type its number, or back.") if home.parcels else _("Type before for the day before, or back.")
    choices: list[Choice[Parcel | Act]] = [Choice(row(clerk, each), each) for each in home.parcels]
    return Question(text, choices=choices, words=words)


def _say_head(clerk: Clerk, listing: Listing, home: Home) -> None:
    if isinstance(listing, Pile):
        label = _(PILES.get(listing, N_("Unfinished")))
        clerk.talk.say(_("{pile}: {count}").format(pile=label, count=number(home.total)))
    else:
        day = day_name(listing, clerk.queries.today())
        words = ngettext("{day}: {count} parcel", "{day}: {count} parcels", home.total)
        clerk.talk.say(words.format(day=day, count=number(home.total)))
    if len(home.parcels) < home.total:
        first, last = home.first + 1, home.first + len(home.parcels)
        clerk.talk.say(_("These are {first} to {last}.").format(first=number(first), last=number(last)))


def _today_words(clerk: Clerk, home: Home) -> str:
    day = day_name(clerk.queries.today(), clerk.queries.today())
    words = ngettext("{day}: {count} parcel", "{day}: {count} parcels", home.total)
    return words.format(day=day, count=number(home.total))
