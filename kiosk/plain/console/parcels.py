"""Parcels at the console: finding them, what has to be looked at, and one in full with its corrections."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from kiosk.errors import KioskError
from kiosk.parcels.listing import ParcelFilter
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.steps import Step
from kiosk.plain.console.correcting import correct, offered
from kiosk.plain.console.facts import facts, history, row
from kiosk.plain.questions import Choice, Question, WentBack, Word
from kiosk.words.language import N_, _, ngettext
from kiosk.words.numbers import number
from kiosk.words.overview import entry_advice, entry_word
from kiosk.words.times import is_day_first

if TYPE_CHECKING:
    from kiosk.desk.overview import Entry
    from kiosk.plain.console.operator import Operator


class _Wish(Enum):
    """What is asked of a parcel beside a correction, or of a list."""

    READ = auto()
    HISTORY = auto()
    GONE = auto()


_HISTORY = Word(N_("history"), N_("says all that happened to the parcel"), _Wish.HISTORY)
_GONE = Word(N_("gone"), N_("lists parcels that are gone instead"), _Wish.GONE)


async def find(operator: Operator, text: str) -> None:
    """List the parcels that a text finds, or the latest; open those that are chosen."""
    wanted = ParcelFilter(text=text)
    while True:
        looking = operator.queries.parcels(wanted, day_first=is_day_first())
        found = await operator.talk.during(looking, _("Looking for parcels"))
        if not found:
            operator.talk.say(_("No parcel fits."))
        else:
            said = ngettext("{count} parcel:", "{count} parcels:", len(found))
            operator.talk.say(said.format(count=number(len(found))))
        asked: Question[Parcel | _Wish | str] = Question(
            _("Which one? Type its number, or another text to find."),
            choices=[Choice(row(operator, each), each) for each in found],
            words=() if wanted.gone else (_GONE,),
            free=str,
            takes_scans=True,
        )
        answer = await operator.talk.ask(asked)
        if isinstance(answer, Parcel):
            await _open(operator, answer)
        elif isinstance(answer, _Wish):
            wanted = ParcelFilter(text=wanted.text, gone=True)
        else:
            wanted = ParcelFilter(text=answer)


async def look_at(operator: Operator) -> None:
    """List what somebody has to look at, with what is wrong and what to do; open the parcels that are chosen."""
    while True:
        overview = await operator.talk.during(operator.queries.overview(), _("Reading the journal"))
        if not overview.entries:
            operator.talk.say(_("Nothing to look at."))
            return
        asked: Question[Entry] = Question(
            _("Which one? Type its number, or back."),
            choices=[Choice(_entry(operator, each), each) for each in overview.entries],
        )
        entry = await operator.talk.ask(asked)
        if entry.parcel is None:
            advice = entry_advice(entry)
            operator.talk.say(advice.sentence, advice.proposal)
        else:
            await _open(operator, entry.parcel)


async def show(operator: Operator, parcel: Parcel) -> None:
    """Say a parcel in full, and correct what is asked for, until somebody goes back."""
    while True:
        parcel = await operator.queries.parcel(parcel.parcel_id) or parcel
        operator.talk.say(*await facts(operator, parcel))
        asked: Question[Step | _Wish] = Question(
            _("What is to be corrected? Type a number, history, or back."),
            choices=offered(operator, parcel),
            words=(_HISTORY,),
            enter=Choice(_("reads the parcel again"), _Wish.READ),
        )
        answer = await operator.talk.ask(asked)
        if answer is _Wish.HISTORY:
            operator.talk.say(*await history(operator, parcel))
        elif isinstance(answer, Step):
            await _try(operator, answer, parcel)


async def _open(operator: Operator, parcel: Parcel) -> None:
    try:
        await show(operator, parcel)
    except WentBack:
        return


async def _try(operator: Operator, step: Step, parcel: Parcel) -> None:
    """Carry a correction out; one that fails or is left changes nothing, and the parcel is said as it is."""
    try:
        await correct(operator, step, parcel)
    except WentBack:
        operator.talk.say(_("Nothing was changed."))
    except KioskError as error:
        operator.talk.fail(error)


def _entry(operator: Operator, entry: Entry) -> str:
    if entry.parcel is not None:
        return _("{what}: {parcel}").format(what=entry_word(entry), parcel=row(operator, entry.parcel))
    place = _("locker {unit}, {bank}").format(
        unit=entry.locker_unit_id, bank=operator.queries.label(entry.locker_bank_id)
    )
    return _("{what}: {parcel}").format(what=entry_word(entry), parcel=place)
