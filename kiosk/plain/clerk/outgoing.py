"""A parcel that leaves with a carrier: where it goes, and what has left today."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kiosk.facilities.addresses import Address
from kiosk.facilities.finder import open_today
from kiosk.facilities.variants import FacilityCarrier
from kiosk.parcels.carriers import CARRIER_NAMES, Carrier
from kiosk.parcels.states import OutgoingReason
from kiosk.plain.questions import Choice, Question, WentBack
from kiosk.words.facilities import facility_name, state_words
from kiosk.words.language import _, ngettext
from kiosk.words.people import recipient
from kiosk.words.states import outgoing_word

if TYPE_CHECKING:
    from kiosk.desk.outgoing import LeavingToday
    from kiosk.facilities.values import Facility
    from kiosk.parcels.parcel import Parcel
    from kiosk.plain.clerk.clerk import Clerk

MOST_PLACES = 5
_HAS_PLACES = {Carrier.USPS: FacilityCarrier.USPS, Carrier.S10: FacilityCarrier.USPS}
"""Whose places the finder knows; what an S10 number goes by is the post here."""


async def ask_outgoing(clerk: Clerk, parcel: Parcel) -> Parcel:
    """Ask where the parcel goes, and why; raises what the desk raises."""
    reason = await _ask_reason(clerk, parcel)
    carrier = CARRIER_NAMES[parcel.carrier] if parcel.carrier is not None else ""
    driver = _("{carrier} driver").format(carrier=carrier) if carrier else _("driver")
    choices = [Choice(_("The driver collects it"), driver)]
    choices += [_to_place(each, clerk) for each in await _places(clerk, parcel)]
    asked: Question[str] = Question(
        _("Where does it go? Type a number or a place; Enter takes the driver."),
        choices=choices,
        enter=Choice(_("the driver collects it"), driver),
        free=str,
    )
    destination = await clerk.talk.ask(asked)
    going = clerk.desk.leaving.make_outgoing(parcel, destination, reason, clerk.person)
    outgoing = await clerk.done(going, _("Recording where it goes"))
    text = _("Parcel {number} goes to {place}.")
    clerk.talk.say(
        text.format(number=outgoing.tracking_number, place=outgoing.destination), _("It is listed under Leaving today.")
    )
    return outgoing


async def leaving_today(clerk: Clerk) -> None:
    """Say what leaves with a carrier, and tick off what was brought or given to the driver."""
    while True:
        today = await clerk.done(clerk.queries.outgoing.today(), _("Looking for what leaves"))
        _say_today(clerk, today)
        if not today.waiting:
            return
        gone = await _ask_gone(clerk, today)
        for parcel in gone:
            await clerk.done(clerk.desk.leaving.note_sent(parcel, clerk.person), _("Recording that it left"))
            clerk.talk.say(_("Parcel {number} has left.").format(number=parcel.tracking_number))


async def _ask_reason(clerk: Clerk, parcel: Parcel) -> OutgoingReason:
    is_ours = parcel.contact is not None or bool(parcel.recipient_read)
    likely = parcel.outgoing_reason or (OutgoingReason.TO_SENDER if is_ours else OutgoingReason.RETURN)
    others = [each for each in OutgoingReason if each is not likely]
    asked: Question[OutgoingReason] = Question(
        _("Why does it leave? Enter takes the first."),
        choices=[Choice(outgoing_word(each), each) for each in (likely, *others)],
        enter=Choice(outgoing_word(likely), likely),
    )
    return await clerk.talk.ask(asked)


async def _places(clerk: Clerk, parcel: Parcel) -> tuple[Facility, ...]:
    """Return the nearest places that are open today, by what the finder has kept."""
    carrier = _HAS_PLACES.get(parcel.carrier) if parcel.carrier is not None else None
    if carrier is None:
        return ()
    address = Address.of_desk(clerk.services.settings.desk.address)
    near = await clerk.services.facilities.open().kept_near(address, carrier)
    return open_today(near, clerk.now)[:MOST_PLACES]


def _to_place(facility: Facility, clerk: Clerk) -> Choice[str]:
    name, where = facility_name(facility), facility.address.one_line
    destination = name if name == where or not where else f"{name}, {where}"
    text = _("{place}, {state}").format(place=destination, state=state_words(facility, facility.state_at(clerk.now)))
    return Choice(text, destination)


def _say_today(clerk: Clerk, today: LeavingToday) -> None:
    waiting, sent = len(today.waiting), len(today.sent)
    text = ngettext("{count} parcel leaves", "{count} parcels leave", waiting) if waiting else ""
    clerk.talk.say(_("{text}.").format(text=text.format(count=waiting)) if text else _("Nothing waits for a carrier."))
    if sent:
        clerk.talk.say(ngettext("{count} left today", "{count} left today", sent).format(count=sent))


async def _ask_gone(clerk: Clerk, today: LeavingToday) -> tuple[Parcel, ...]:
    """Ask what left: one parcel, or everything for a place."""
    of_place = Counter(each.destination for each in today.waiting)
    choices: list[Choice[tuple[Parcel, ...]]] = [Choice(_leaving_words(each), (each,)) for each in today.waiting]
    for place, count in of_place.items():
        if count > 1:
            parcels = tuple(each for each in today.waiting if each.destination == place)
            text = _("All {count} parcels for {place}").format(count=count, place=place)
            choices.append(Choice(text, parcels))
    asked: Question[tuple[Parcel, ...]] = Question(_("What left? Type its number, or back."), choices=choices)
    gone = await clerk.talk.ask(asked)
    if len(gone) > 1:
        text = _("Did all {count} parcels for {place} leave? Type yes.")
        if not await clerk.talk.is_sure(text.format(count=len(gone), place=gone[0].destination)):
            raise WentBack
    return gone


def _leaving_words(parcel: Parcel) -> str:
    name = recipient(parcel)
    text = _("{number} to {place}, for {name}") if name else _("{number} to {place}")
    return text.format(number=parcel.tracking_number, place=parcel.destination, name=name)
