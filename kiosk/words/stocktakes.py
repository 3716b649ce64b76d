"""What is said of a stock-take: each outcome in a word, and where a box is on record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import assert_never

from kiosk.desk.stocktake_results import Result
from kiosk.parcels.states import StocktakeOutcome
from kiosk.parcels.stocktake import Row
from kiosk.words.language import _
from kiosk.words.places import Label, place_words, shelf_words
from kiosk.words.plain import plain, shorten
from kiosk.words.states import state_word
from kiosk.words.times import day_and_time


def outcome_word(outcome: StocktakeOutcome) -> str:
    """Return what a count shows about a box."""
    match outcome:
        case StocktakeOutcome.MISSING:
            return _("missing")
        case StocktakeOutcome.MISPLACED:
            return _("misplaced")
        case StocktakeOutcome.EXTRA:
            return _("unknown here")
        case StocktakeOutcome.RIGHT:
            return _("right")
        case _ as never:
            assert_never(never)


def record_words(row: Row, label: Label) -> str:
    """Return where a box is on record: in a locker, on the shelf, or as gone; or whose it is."""
    parcel = row.parcel
    if parcel is None:
        return _("another desk's, in locker {unit}").format(unit=plain(row.listed_in)) if row.listed_in else ""
    if parcel.is_on_shelf and parcel.shelf is not None:
        return shelf_words(parcel.shelf)
    if parcel.place is None or parcel.is_gone:
        return state_word(parcel.state)
    return _("{state}, {place}").format(state=state_word(parcel.state), place=place_words(parcel.place, label))


def others_not_known() -> str:
    """Return what a count can't tell while its bank was not read since the start."""
    return _("Until it is read, parcels of other desks count as unknown, and nobody notices if one is missing.")


def found_words(row: Row, label: Label, *, is_read: bool = True) -> str:
    """Return in a sentence what does not fit with a box, or that it is right; `is_read` as the bank was or was not."""
    record = record_words(row, label)
    match row.outcome:
        case StocktakeOutcome.MISSING:
            return _("Not found. On record: {record}.").format(record=record)
        case StocktakeOutcome.MISPLACED:
            return _("Found here. On record: {record}.").format(record=record)
        case StocktakeOutcome.EXTRA:
            return _("Found here, and nobody knows it.") if is_read else _("Found here; this desk does not know it.")
        case StocktakeOutcome.RIGHT:
            return _("right")
        case _ as never:
            assert_never(never)


def stocktake_words(result: Result, now: datetime) -> str:
    """Return in a line when a bank was counted last, how far, and what does not fit."""
    stocktake, numbers = result.stocktake, result.numbers()
    text = _(
        "Stock-take {time}: {counted} of {count} counted, {missing} missing, {misplaced} misplaced, {extra} unknown"
    )
    return text.format(
        time=day_and_time(stocktake.ended_at or stocktake.began_at, now),
        counted=len(stocktake.counted),
        count=len(stocktake.locker_unit_ids),
        missing=numbers[StocktakeOutcome.MISSING],
        misplaced=numbers[StocktakeOutcome.MISPLACED],
        extra=numbers[StocktakeOutcome.EXTRA],
    )


def unit_words(rows: Iterable[Row]) -> str:
    """Return what does not fit in one locker, box by box."""
    return ", ".join(
        _("{number} {outcome}").format(number=shorten(row.number, 12, "start"), outcome=outcome_word(row.outcome))
        for row in rows
    )
