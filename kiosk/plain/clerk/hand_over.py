"""Handing over at the desk: which parcel is collected, who collects, how that was checked, and what goes along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.errors import UnreadableScanError
from kiosk.parcels.states import ContactType, IdentityCheck
from kiosk.parcels.steps import Step
from kiosk.plain.clerk.facts import row
from kiosk.plain.questions import Choice, Question, ScannedNext
from kiosk.plain.typing import Entry
from kiosk.words.errors import explain
from kiosk.words.language import _, ngettext
from kiosk.words.states import identity_word
from kiosk.words.times import is_day_first

if TYPE_CHECKING:
    from kiosk.desk.handing_over import GivenOut
    from kiosk.parcels.parcel import Parcel
    from kiosk.plain.clerk.clerk import Clerk
    from kiosk.tracking.codes import Code

CHECKS = (IdentityCheck.BADGE, IdentityCheck.DOCUMENT, IdentityCheck.KNOWN, IdentityCheck.NOT_CHECKED)


async def collect(clerk: Clerk) -> None:
    """Ask what is collected, by scan, name, number or pickup code, and hand it over."""
    found: tuple[Parcel, ...] = ()
    while True:
        asked: Question[Parcel | Code] = Question(
            _("What is collected? Scan the parcel, or type a name, a number, or the pickup code."),
            choices=[Choice(row(clerk, each), each) for each in found],
            free=lambda code: code,
            takes_scans=True,
        )
        answer = await clerk.talk.ask(asked)
        if not isinstance(answer, str):
            await hand_over(clerk, answer)
            return
        known = await _meant(clerk, answer)
        if known is not None:
            await hand_over(clerk, known)
            return
        fits = await clerk.done(
            clerk.queries.searching.search(answer, day_first=is_day_first()), _("Looking for the parcel")
        )
        found = tuple(each for each in fits.parcels if Step.HAND_OVER in clerk.offers(each))
        if not found:
            if clerk.talk.typing.is_parcel(answer):
                raise ScannedNext(Entry((answer,)))
            clerk.talk.say(
                _("No parcel here matches that."),
                _(
                    "If it is a pickup code: the kiosk keeps a code only for minutes, so it can't be checked here. Scan"
                    " the parcel, or type the name."
                ),
            )


async def hand_over(clerk: Clerk, parcel: Parcel) -> None:
    """Ask who collects and how that was checked, and give the parcel out, with others for the same person."""
    others = await clerk.done(clerk.desk.handing_over.others_for(parcel), _("Looking for other parcels"))
    parcels = [parcel, *await _ask_others(clerk, others)]
    to = await _ask_who(clerk, parcel)
    checking: Question[IdentityCheck] = Question(
        _("How was the identity checked? Enter takes the first."),
        choices=[Choice(identity_word(each), each) for each in CHECKS],
        enter=Choice(identity_word(CHECKS[0]), CHECKS[0]),
    )
    checked = await clerk.talk.ask(checking)
    signing: Question[str] = Question(
        _("Who collects may sign by typing the name. Enter goes without."),
        enter=Choice(_("goes without a signature"), ""),
        free=str,
    )
    signature = await clerk.talk.ask(signing)
    giving = clerk.desk.handing_over.give(parcels, to, checked, clerk.person, signature=signature)
    _say_given(clerk, await clerk.done(giving, _("Recording that it was given out")), to)


async def _meant(clerk: Clerk, code: Code) -> Parcel | None:
    """Return the parcel here that a text is the pickup code or a number of, where it can be given out."""
    known = await clerk.desk.pickup_codes.parcel_of(code)
    if known is None:
        try:
            known = await clerk.desk.scans.known(code.scan)
        except UnreadableScanError:
            return None
    return known if known is not None and Step.HAND_OVER in clerk.offers(known) else None


async def _ask_others(clerk: Clerk, others: tuple[Parcel, ...]) -> tuple[Parcel, ...]:
    """Ask whether what else is here for the same person goes along; what is in a locker somebody has to fetch."""
    can_be_given = tuple(each for each in others if Step.HAND_OVER in clerk.offers(each))
    if not can_be_given:
        return ()
    on_shelf = tuple(each for each in can_be_given if each.is_on_shelf)
    text = ngettext("{count} other parcel is here for them:", "{count} other parcels are here for them:", len(others))
    clerk.talk.say(text.format(count=len(others)), *(row(clerk, each) for each in can_be_given))
    choices: list[Choice[tuple[Parcel, ...]]] = [Choice(_("Only this one"), ())]
    if on_shelf:
        choices.append(Choice(_("Also what is on the shelf"), on_shelf))
    choices.append(Choice(_("All of them"), can_be_given))
    likely = choices[1] if on_shelf else choices[0]
    asked: Question[tuple[Parcel, ...]] = Question(
        _("What is given out? Enter takes: {likely}.").format(likely=likely.text), choices=choices, enter=likely
    )
    return await clerk.talk.ask(asked)


async def _ask_who(clerk: Clerk, parcel: Parcel) -> str:
    contact = parcel.contact
    is_department = contact is not None and contact.contact_type is ContactType.DEPARTMENT
    # Several people collect for a department: who did is typed.
    name = "" if is_department else contact.name if contact is not None else parcel.recipient_read
    text = _("Who collects? Enter takes {name}, or type another name.") if name else _("Who collects? Type the name.")
    asked: Question[str] = Question(
        text.format(name=name), enter=Choice(_("takes {name}").format(name=name), name) if name else None, free=str
    )
    typed = await clerk.talk.ask(asked)
    badge = await clerk.queries.directory.by_id(typed.strip())
    return badge.name if badge is not None and badge.name else typed


def _say_given(clerk: Clerk, done: GivenOut, to: str) -> None:
    count = len(done.given)
    if count:
        word = ngettext("{count} parcel was given to {name}.", "{count} parcels were given to {name}.", count)
        clerk.talk.say(word.format(count=count, name=to))
    for parcel, error in done.not_given:
        text = _("Not given out: {number}. {sentence}")
        sentence = explain(error, to_clerk=True).sentence
        clerk.talk.say(text.format(number=parcel.tracking_number, sentence=sentence))
    pending = [each.open_write.place.locker_unit_id for each in done.given if each.open_write is not None]
    if pending:
        text = ngettext("Locker {units} is given back later.", "Lockers {units} are given back later.", len(pending))
        clerk.talk.say(text.format(units=", ".join(pending)))
