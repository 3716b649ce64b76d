"""Finding a parcel, here or gone: by part of a number, a name, a locker, a shelf place or a day; or at the service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.desk.questions import question_on_opening
from kiosk.errors import ApiError, UnreadableScanError
from kiosk.parcels.parcel import Parcel
from kiosk.plain.clerk.facts import row
from kiosk.plain.clerk.page import show
from kiosk.plain.clerk.scans import take_in
from kiosk.plain.clerk.words import Act
from kiosk.plain.questions import Choice, Question, Word
from kiosk.tracking.codes import Code
from kiosk.words.errors import explain
from kiosk.words.language import N_, _, ngettext
from kiosk.words.mismatches import mismatch_words
from kiosk.words.numbers import number
from kiosk.words.other_desks import age_words, already_words
from kiosk.words.places import place_words
from kiosk.words.times import is_day_first

if TYPE_CHECKING:
    from kiosk.desk.searching import Fits
    from kiosk.parcels.other_desks import OtherParcel
    from kiosk.plain.clerk.clerk import Clerk

_SERVICE = Word(N_("service"), N_("asks the locker service for the number"), Act.NEWER)
_TAKE_IN = Word(N_("new"), N_("takes the number in as a new parcel"), Act.OTHER)

_Answer = Parcel | Code | Act


async def find(clerk: Clerk, text: str = "") -> None:
    """Ask what is looked for, unless it is said already, and open what is chosen."""
    code = Code(text)
    if not code:
        asked: Question[Code] = Question(
            _("Which parcel? Scan it, or type part of a number, a name, a locker, a shelf place or a day."),
            free=lambda typed: typed,
            takes_scans=True,
            about=_("A day: yesterday, 24.11., 11/24, 2026-11-24"),
        )
        code = await clerk.talk.ask(asked)
    while True:
        fits = await clerk.done(
            clerk.queries.searching.find(code, day_first=is_day_first()), _("Looking for the parcel")
        )
        if fits.is_known:
            await show(clerk, question_on_opening(fits.parcels[0]))
            return
        answer = await _choose(clerk, fits)
        if isinstance(answer, Parcel):
            await show(clerk, question_on_opening(answer))
            return
        if answer is Act.NEWER:
            await _ask_service(clerk, code)
        elif answer is Act.OTHER:
            await take_in(clerk, [code])
            return
        elif isinstance(answer, Code):
            code = answer


async def _choose(clerk: Clerk, fits: Fits) -> _Answer:
    count, talk = len(fits.parcels), clerk.talk
    if fits.is_full:
        talk.say(_("{count} or more found: type more to find fewer").format(count=number(count)))
    elif count:
        text = ngettext("{count} parcel found", "{count} parcels found", count)
        talk.say(text.format(count=number(count)))
    else:
        talk.say(_("Nothing matches {text}.").format(text=fits.text))
    for each in fits.others:
        _say_other(clerk, each, fits)
    words = [_SERVICE, _TAKE_IN] if fits.may_be_new else [_SERVICE]
    question: Question[_Answer] = Question(
        _("Which one? Type its number, or look for something else."),
        choices=[Choice(row(clerk, each), each) for each in fits.parcels],
        words=words,
        free=lambda typed: typed,
        takes_scans=True,
    )
    return await talk.ask(question)


def _say_other(clerk: Clerk, other: OtherParcel, fits: Fits) -> None:
    age = age_words(fits.heard_at, clerk.now)
    where = already_words(other, clerk.queries.lockers.label, clerk.now)
    text = _("{number}: {where} {age}") if age else _("{number}: {where}")
    clerk.talk.say(text.format(number=other.tracking_number, where=where, age=age))


async def _ask_service(clerk: Clerk, code: Code) -> None:
    """Ask every bank for a number, and say where the answer differs from what is known here."""
    label = clerk.queries.lockers.label
    try:
        compared = await clerk.done(
            clerk.desk.comparing.number(code.scan, clerk.person), _("Asking the locker service")
        )
    except UnreadableScanError as error:
        clerk.talk.fail(error)
        return
    except ApiError as error:
        offline = _("The locker service can't be asked now. This is what the desk knows.")
        clerk.talk.say(offline, explain(error, to_clerk=True).sentence)
        return
    if compared.held is None:
        text = _("The locker service has {number} in no locker.")
        clerk.talk.say(text.format(number=compared.tracking_number))
    else:
        place = place_words(compared.held.place, label)
        text = _("The locker service has {number} in {place}.")
        clerk.talk.say(text.format(number=compared.tracking_number, place=place))
    clerk.talk.say(mismatch_words(compared, label))
