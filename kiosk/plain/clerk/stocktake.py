"""Stock-take in lines: which bank, locker by locker what is scanned in it, and what puts right what does not fit."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from kiosk.desk.mending import can_be_taken_in, mend, mending_step
from kiosk.errors import UnreadableScanError
from kiosk.parcels.states import Finding, StocktakeOutcome
from kiosk.parcels.steps import asks_twice
from kiosk.parcels.stocktake import home_of
from kiosk.plain.questions import Choice, Question, Word
from kiosk.tracking.codes import Code
from kiosk.words.language import N_, _, ngettext
from kiosk.words.states import parcel_state
from kiosk.words.steps import step_word
from kiosk.words.stocktakes import found_words, others_not_known, unit_words
from kiosk.words.times import day_and_time

if TYPE_CHECKING:
    from kiosk.desk.stocktake_results import Result
    from kiosk.parcels.lockers import LockerBank
    from kiosk.parcels.parcel import Parcel
    from kiosk.parcels.stocktake import Row, Stocktake
    from kiosk.plain.clerk.clerk import Clerk
    from kiosk.tracking.scan import Scan

SHOWN_ENDS = 4
"""Last signs of a number on record: enough to see that another box is meant, too few to count without a scan."""


class _At(Enum):
    """What is said at a locker instead of a scan."""

    NEXT = auto()
    EMPTY = auto()
    UNDO = auto()
    SKIP = auto()
    RESULT = auto()


class _Result(Enum):
    """What is wanted of a result, beside a row."""

    FINISH = auto()


_NEXT = Word(N_("next"), N_("all parcels in the locker are scanned: goes to the next locker"), _At.NEXT)
_EMPTY = Word(N_("empty"), N_("nothing is in the locker: goes to the next locker"), _At.EMPTY)
_UNDO = Word(N_("forget"), N_("forgets the last parcel that was scanned here"), _At.UNDO)
_SKIP = Word(N_("skip"), N_("leaves the locker out for now; it comes again at the end"), _At.SKIP)
_RESULT = Word(N_("result"), N_("says what does not fit so far"), _At.RESULT)
_FINISH = Word(N_("finish"), N_("ends the stock-take, after one question"), _Result.FINISH)


async def ask_bank(clerk: Clerk) -> None:
    """Ask which bank is counted, and count it."""
    banks = await clerk.done(clerk.queries.stocktakes.banks(), _("Looking for the locker banks"))
    if not banks:
        clerk.talk.say(_("This location has no locker bank."))
        return
    choices = [Choice(_bank_words(clerk, bank, known), bank) for bank, known in banks]
    begun = next(
        (choice for choice, (_bank, known) in zip(choices, banks, strict=True) if known and known.is_open), None
    )
    text = _("Which bank is to be counted? Type its number.")
    if begun is not None:
        text = _("Which bank is to be counted? Enter goes on with the one that was begun.")
    asked: Question[LockerBank] = Question(text, choices=choices, enter=begun)
    bank_id = (await clerk.talk.ask(asked)).locker_bank_id
    await clerk.done(clerk.desk.stocktakes.begin(bank_id, clerk.person), _("Reading the stock-take"))
    await _count(clerk, bank_id)
    await _say_result(clerk, bank_id)


async def _count(clerk: Clerk, bank_id: str) -> None:
    """Go from locker to locker until all are counted; each is on the disk before the next is asked about."""
    result = await clerk.queries.stocktakes.latest(bank_id)
    unit = result.stocktake.next_unit if result is not None else None
    while result is not None and unit:
        found = await _ask_locker(clerk, result, unit)
        if found is _At.RESULT:
            return
        if found is _At.SKIP:
            unit = result.stocktake.after(unit) or unit
            continue
        if isinstance(found, _At):
            continue
        counting = clerk.desk.stocktakes.count(bank_id, unit, found, clerk.person)
        stocktake = await clerk.done(counting, _("Recording"))
        result = await clerk.queries.stocktakes.of(stocktake)
        odd = [each for each in result.of_unit(unit) if each.outcome is not StocktakeOutcome.RIGHT]
        if odd:
            text = _("Locker {unit}: {found}").format(unit=unit, found=unit_words(odd))
            clerk.talk.say(text, _("It is in the result. Leave the box there, or keep it at hand."))
        unit = stocktake.after(unit)
    clerk.talk.say(_("Every locker is counted."))


async def _ask_locker(clerk: Clerk, result: Result, unit: str) -> list[Scan] | _At:
    """Take the scans of one locker; return them, or what is wanted instead."""
    found: list[Scan] = []
    clerk.talk.say(_("Locker {unit}").format(unit=unit), _expected(result, unit))
    while True:
        words: list[Word[_At | Code]] = [_NEXT, _EMPTY, _SKIP, _RESULT, *([_UNDO] if found else [])]
        enter = Choice[_At | Code](_("goes to the next locker"), _At.NEXT) if found else None
        text = (
            _("Scan the next parcel in it; Enter goes on.") if found else _("Scan every parcel in it, or type empty.")
        )
        asked: Question[_At | Code] = Question(text, words=words, enter=enter, free=lambda code: code, takes_scans=True)
        answer = await clerk.talk.ask(asked)
        match answer:
            case _At.NEXT | _At.EMPTY if bool(found) is (answer is _At.NEXT):
                return found
            case _At.UNDO:
                found.pop()
            case _At.SKIP | _At.RESULT:
                return answer
            case Code():
                await _see(clerk, result.stocktake, unit, found, answer)
            case _:
                text = ngettext(
                    "{count} scanned in locker {unit} so far.", "{count} scanned in locker {unit} so far.", len(found)
                )
                clerk.talk.say(text.format(count=len(found), unit=unit))


async def _see(clerk: Clerk, stocktake: Stocktake, unit: str, found: list[Scan], code: Code) -> None:
    """Count what was scanned, and say whether it belongs here."""
    try:
        scan = code.scan
    except UnreadableScanError as refusal:
        clerk.talk.fail(refusal)
        return
    if scan.tracking_number not in {each.tracking_number for each in found}:
        found.append(scan)
    result = await clerk.queries.stocktakes.latest(stocktake.locker_bank_id)
    is_read = result is not None and result.read_at is not None
    rows = await clerk.queries.stocktakes.preview(stocktake, unit, tuple(found))
    for row in rows:
        if scan.storable in row.codes:
            words = found_words(row, clerk.queries.lockers.label, is_read=is_read)
            clerk.talk.say(_("{number}: {words}").format(number=row.number, words=words))


async def _say_result(clerk: Clerk, bank_id: str) -> None:
    """Say what does not fit, and do what puts a row right, until somebody leaves or finishes it."""
    while True:
        result = await clerk.done(clerk.queries.stocktakes.latest(bank_id), _("Comparing"))
        if result is None:
            return
        _say_numbers(clerk, result)
        label, is_read = clerk.queries.lockers.label, result.read_at is not None
        text = _("Locker {unit}: {number}. {found}")
        choices: list[Choice[Row | _Result]] = [
            Choice(
                text.format(unit=row.locker_unit_id, number=row.number, found=found_words(row, label, is_read=is_read)),
                row,
            )
            for row in result.open_rows
        ]
        words: list[Word[Row | _Result]] = [_FINISH] if result.stocktake.is_open else []
        if not choices and not words:
            return
        asked: Question[Row | _Result] = Question(
            _("Type a number to put it right, finish, or back."), choices=choices, words=words
        )
        answer = await clerk.talk.ask(asked)
        if isinstance(answer, _Result):
            if await _finish(clerk, result):
                return
        else:
            await _mend(clerk, result, answer)


def _say_numbers(clerk: Clerk, result: Result) -> None:
    numbers = result.numbers()
    text = _("{missing} missing, {misplaced} misplaced, {extra} unknown, {right} right")
    clerk.talk.say(
        text.format(
            missing=numbers[StocktakeOutcome.MISSING],
            misplaced=numbers[StocktakeOutcome.MISPLACED],
            extra=numbers[StocktakeOutcome.EXTRA],
            right=numbers[StocktakeOutcome.RIGHT],
        )
    )
    if result.read_at is None:
        clerk.talk.say(_("The bank could not be read."), others_not_known())


async def _mend(clerk: Clerk, result: Result, row: Row) -> None:
    """Ask what puts a row right, and do it."""
    step, home = mending_step(row, clerk.person), home_of(row, result.stocktake)
    choices: list[Choice[bool]] = []
    if can_be_taken_in(row):
        choices.append(Choice(_("Take in"), True))
    elif step is not None:
        word = step_word(step)
        choices.append(Choice(word[:1].upper() + word[1:], True))
    if result.stocktake.is_open and home is not None:
        choices.append(Choice(_("It was put into locker {unit}, where it belongs").format(unit=home), False))
    if not choices:
        clerk.talk.say(_("Nothing can be done about it here."))
        return
    mends = await clerk.talk.ask(Question(_("What puts it right? Type a number, or back."), choices=choices))
    if not mends:
        await clerk.done(clerk.desk.stocktakes.put_back(result.stocktake, row, clerk.person), _("Recording"))
        clerk.talk.say(_("Parcel {number} is in its locker.").format(number=row.number))
        return
    if (
        step is not None
        and asks_twice(step)
        and not await clerk.talk.is_sure(_("No door opens by this. Type yes to do it."))
    ):
        return
    clerk.talk.say(_said(row, await clerk.done(mend(clerk.desk, row, clerk.person), _("Putting it right"))))


async def _finish(clerk: Clerk, result: Result) -> bool:
    stocktake = result.stocktake
    left = len(stocktake.locker_unit_ids) - len(stocktake.counted)
    if left:
        text = ngettext("{left} locker is not counted.", "{left} lockers are not counted.", left)
        clerk.talk.say(text.format(left=left))
    if not await clerk.talk.is_sure(_("Finish this stock-take? Type yes.")):
        return False
    await clerk.done(clerk.desk.stocktakes.end(stocktake.locker_bank_id, clerk.person), _("Finishing"))
    clerk.talk.say(_("The stock-take is finished."))
    return True


def _said(row: Row, parcel: Parcel) -> str:
    number = row.number
    if any(item.finding is Finding.NOT_FOUND for item in parcel.attention):
        return _("The service still has {number} there: noted for somebody to look into.").format(number=number)
    return _("Parcel {number}: {state}.").format(number=number, state=parcel_state(parcel))


def _expected(result: Result, unit: str) -> str:
    expected = result.expected.get(unit, ())
    if not expected:
        return _("On record: nothing")
    count, ends = len(expected), ", ".join(number[-SHOWN_ENDS:] for number in expected)
    text = ngettext("On record: {count} parcel, ending {ends}", "On record: {count} parcels, ending {ends}", count)
    return text.format(count=count, ends=ends)


def _bank_words(clerk: Clerk, bank: LockerBank, known: Stocktake | None) -> str:
    if known is None:
        return _("{bank}: never counted here").format(bank=bank.label)
    counted, count = len(known.counted), len(known.locker_unit_ids)
    if known.ended_at is None:
        text = ngettext(
            "{bank}: begun {time}, {counted} of {count} lockers counted",
            "{bank}: begun {time}, {counted} of {count} lockers counted",
            counted,
        )
    else:
        text = ngettext(
            "{bank}: last counted {time}, {counted} of {count} lockers counted",
            "{bank}: last counted {time}, {counted} of {count} lockers counted",
            counted,
        )
    return text.format(bank=bank.label, time=day_and_time(known.began_at, clerk.now), counted=counted, count=count)
