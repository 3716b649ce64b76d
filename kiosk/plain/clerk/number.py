"""Which number is the parcel's: what a scan leaves open, and a number made for a box without a barcode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.desk.questions import Question as Asked
from kiosk.desk.questions import SettleNumber, WriteNumber
from kiosk.desk.scanning import scan_of
from kiosk.parcels.states import NumberQuestion
from kiosk.plain.clerk.words import CANCEL, Act
from kiosk.plain.questions import Choice, Question, Word
from kiosk.plain.spelling import spelled
from kiosk.words import tracking_numbers as numbers
from kiosk.words.language import N_, _

if TYPE_CHECKING:
    from kiosk.parcels.carriers import Carrier
    from kiosk.parcels.parcel import Parcel
    from kiosk.plain.clerk.clerk import Clerk
    from kiosk.tracking.scan import Scan

Number = tuple[str, "Carrier | None"]
"""The number to use, and whose it is as far as somebody said so."""

_TO_CHOOSE = {NumberQuestion.TWO_CARRIERS, NumberQuestion.GUESS, NumberQuestion.LOOK_ALIKE}
_ANYWAY = N_("anyway")


async def ask_number(clerk: Clerk, question: SettleNumber, words: list[Word[Act]]) -> Asked | Act:
    """Ask what is unclear about a number; another barcode of the box may be scanned instead."""
    parcel = question.parcel
    scan = clerk.beside(parcel).scan or scan_of(parcel)
    said = numbers.question(parcel, scan)
    clerk.talk.say(_("Parcel {parcel}").format(parcel=parcel.tracking_number), said.title, said.hint)
    as_it_is: Number = (parcel.tracking_number, None)
    given: Question[Number | Act]
    if numbers.needs_another_scan(parcel, scan):
        anyway = Word(_ANYWAY, N_("uses the number even though it is not right"), as_it_is)
        given = Question(_("Scan it again, or type anyway to use this number."), words=[anyway, *words, CANCEL])
    else:
        choices = _answers(parcel, scan)
        first = choices[0].value if choices else as_it_is
        text = _("Which one is it? Enter takes the first.") if choices else _("Press Enter to use this number.")
        enter = Choice(_("uses the number shown"), first)
        given = Question(text, choices=choices, words=[*words, CANCEL], enter=enter)
    answer = await clerk.talk.ask(given)
    if isinstance(answer, Act):
        return answer
    number, carrier = answer
    return await clerk.done(clerk.dialogue.number_is(question, number, carrier), _("Recording the number"))


async def ask_written(clerk: Clerk, question: WriteNumber, words: list[Word[Act]]) -> Asked | Act:
    """Say the number that was made, and wait until it is on the box."""
    number = question.parcel.tracking_number
    clerk.talk.say(
        _("Write this number on the box: {number}").format(number=number),
        _("Spelled: {signs}").format(signs=spelled(number)),
    )
    enter = Choice(_("the number is on the box"), True)
    given: Question[bool | Act] = Question(_("Press Enter when it is on the box."), words=[*words, CANCEL], enter=enter)
    answer = await clerk.talk.ask(given)
    if isinstance(answer, Act):
        return answer
    return await clerk.done(clerk.dialogue.number_is(question), _("Recording the number"))


def _answers(parcel: Parcel, scan: Scan | None) -> list[Choice[Number]]:
    """Return what to choose from, the likeliest first, each with the carrier that it means."""
    readings = scan.equally_good if scan else ()
    if parcel.question is NumberQuestion.DAMAGED:
        sent, arrived = numbers.layout_choices(parcel)
        return [_choice(sent, readings[0].carrier if len(readings) == 1 else None), _choice(arrived, None)]
    if parcel.question not in _TO_CHOOSE:
        return []
    rows = [_choice(numbers.choice(each), each.carrier) for each in readings]
    in_house = numbers.in_house_choice(parcel, scan)
    if in_house is not None and parcel.question is not NumberQuestion.TWO_CARRIERS:
        rows.append(_choice(in_house, None))
    return rows


def _choice(reading: numbers.Reading, carrier: Carrier | None) -> Choice[Number]:
    text = _("{number}: {carrier}. {detail}").format(number=reading.number, carrier=reading.main, detail=reading.detail)
    return Choice(text, (reading.number, carrier))
