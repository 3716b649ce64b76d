"""The judge of a chaos run: what the service holds, what the journals say and what people saw, compared. No I/O.

The truth is the simulator's state, and beside it which code opened which unit from when to when. What recipients took
out is excused by their own notes; what does not fit is excused by an open finding that names the number; what the
service itself has lost is excused. `kiosk/parcels/states.py` has the states and findings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from kiosk.parcels.listing import Count
from kiosk.parcels.parcel import GONE
from kiosk.parcels.states import ParcelState
from tests.chaos.case import Book, Box, Evidence, Life, Record, Shown, Where


class Kind(StrEnum):
    """The ways in which a parcel, a unit or a code can be lost."""

    LOST = "parcel in no locker and on no shelf"
    FORGOTTEN = "scanned parcel that the journal forgot"
    TWO_UNITS = "number that holds two units"
    UNKNOWN = "unit held for a parcel that no journal knows"
    ASTRAY = "unit held where the journal has the parcel elsewhere"
    STRANGER = "parcel in a stranger's unit"
    LEFT_BEHIND = "deposit that came to nothing, and nobody was told"
    GONE = "collected parcel that the journal has here"
    SILENT_DEPOSIT = "deposit without its event"
    UNDELIVERED = "deposit that the server does not have"
    WRONG_CODE = "shown code that never opened that unit"
    DEAD_CODE = "code shown that opened nothing any more"
    UNSEEN_CODE = "deposit whose code nobody saw"
    SAME_SHELF = "two parcels at one shelf place"
    OPEN = "write that was not settled"
    CHAIN = "journal that does not verify"
    COUNTS = "count that differs from the service's own"
    MISLAID = "box that is not where its journal has it"
    TOO_MANY = "parcel given out or sent more often than its box was"
    ENDINGS = "parcel that came to its end twice, or is gone without that"
    UNCOUNTED = "counted unit that the journal forgot"
    MISFIT = "stock-take that shows what nobody was told of"
    CRASH = "process that ended by an error of its own"


_WHERE = {
    Where.HERE: {ParcelState.TAKEN_IN, ParcelState.RESERVED, ParcelState.ON_SHELF, ParcelState.OUTGOING},
    Where.LOCKER: {ParcelState.IN_LOCKER, ParcelState.UNRECORDED},
    Where.RECIPIENT: {ParcelState.COLLECTED, ParcelState.IN_LOCKER, ParcelState.UNRECORDED},
    Where.GIVEN: {ParcelState.HANDED_OVER},
    Where.SENT: {ParcelState.SENT},
}
"""What a journal may say of a box that is there. That a recipient has it nobody need have noticed."""
_GIVEN_UP = {Where.HERE, Where.RECIPIENT}
"""Where the box of a cancelled intake may be."""
IN_UNITS = {ParcelState.RESERVED, ParcelState.IN_LOCKER}


class Violation(NamedTuple):
    """One broken promise, and about what."""

    kind: Kind
    about: str


def judge(evidence: Evidence) -> list[Violation]:
    """Return every broken promise."""
    return [
        *(Violation(Kind.CRASH, crash) for crash in evidence.crashes),
        *_units(evidence),
        *(violation for book in evidence.books for violation in _book(book)),
        *(violation for book in evidence.books for violation in _counts(evidence, book)),
        *(violation for number in evidence.records for violation in _parcels(evidence, number)),
        *(violation for number in evidence.boxes for violation in _box(evidence, number)),
        *_stocktakes(evidence),
        *_unseen_codes(evidence),
        *_shown_codes(evidence),
    ]


def _units(evidence: Evidence) -> Iterator[Violation]:
    """Look from the service's side: each unit has parcels that a journal knows, each parcel has one unit."""
    for number, doors in evidence.by_number.items():
        if number in evidence.before or evidence.is_excused(number):
            continue
        if len(doors) > 1:
            yield Violation(Kind.TWO_UNITS, f"{number} in {' and '.join(str(door.place) for door in doors)}")
        if number not in evidence.records:
            yield Violation(Kind.UNKNOWN, f"{number} in {doors[0].place}")
        elif any(number in door.deposited for door in doors) and not any(
            record.deposits for record in evidence.records[number]
        ):
            yield Violation(Kind.SILENT_DEPOSIT, number)
    for door in evidence.doors:
        if not door.numbers:
            yield Violation(Kind.UNKNOWN, f"no number at all in {door.place}")


def _book(book: Book) -> Iterator[Violation]:
    if book.damage is not None:
        yield Violation(Kind.CHAIN, f"{book.desk}: {book.damage}")
    known = {record.number for record in book.records}
    yield from (Violation(Kind.FORGOTTEN, number) for number in dict.fromkeys(book.scanned) if number not in known)
    lying: defaultdict[str, list[str]] = defaultdict(list)
    for record in book.records:
        if record.state is ParcelState.ON_SHELF:
            lying[record.shelf or ""].append(record.number)
    for shelf, numbers in lying.items():
        if len(numbers) > 1 or not shelf:
            yield Violation(Kind.SAME_SHELF, f"{book.desk} {shelf or 'nowhere'}: {', '.join(numbers)}")


def _counts(evidence: Evidence, book: Book) -> Iterator[Violation]:
    """Look whether a desk counts what is here and what it has in units, and what the service has there for it."""
    if book.counted is None:
        return
    in_units = [record.number for record in book.records if record.state in IN_UNITS]
    counted = Count(sum(record.state not in GONE for record in book.records), len(in_units))
    if book.counted != counted:
        yield Violation(Kind.COUNTS, f"{book.desk}: {book.counted}, by its journal {counted}")
    others = {record.number for each in evidence.books if each is not book for record in each.records}
    own = {record.number for record in book.records} - (others - {*in_units})
    here = sum(not evidence.is_excused(number) for number in in_units)
    there = sum(number in own and not evidence.is_excused(number) for number in evidence.by_number)
    if here != there:
        yield Violation(Kind.COUNTS, f"{book.desk}: {here} in units, by the service {there}")


def _parcels(evidence: Evidence, number: str) -> Iterator[Violation]:
    """Look from the journals' side: each parcel of the number is where its journal has it."""
    records, doors = evidence.records[number], evidence.by_number.get(number, [])
    for record in records:
        if record.open_write:
            yield Violation(Kind.OPEN, number)
        if record.endings not in {None, int(record.state in GONE)}:
            yield Violation(Kind.ENDINGS, f"{number} ({record.state}), {record.endings} times")
        if record.state is ParcelState.TAKEN_IN:
            yield Violation(Kind.LOST, f"{number}, left in hand")
        elif record.state is ParcelState.RESERVED:
            yield Violation(Kind.LOST, f"{number}, left in hand with a unit reserved")
    if evidence.is_excused(number):
        return
    held = [record for record in records if record.state in IN_UNITS]
    expected = {record.place for record in held}
    states = ", ".join(record.state.value for record in records)
    yield from (
        Violation(Kind.ASTRAY, f"{number} ({states}) in {door.place}") for door in doors if door.place not in expected
    )
    for record in held:
        if record.state is ParcelState.IN_LOCKER:
            yield from _deposited(evidence, record)
    yield from _ended(evidence, number, records)


def _ended(evidence: Evidence, number: str, records: list[Record]) -> Iterator[Violation]:
    """Look at what is in no unit: who has it, and whether somebody knows."""
    states = ", ".join(record.state.value for record in records)
    gone, taken_out = sum(_is_gone(evidence, record) for record in records), evidence.times_collected[number]
    if gone > taken_out:
        yield Violation(Kind.LOST, f"{number} ({states}), collected {taken_out} times")
    # Taking a parcel out that was collected already can't be told from taking it out first: it counts as cancelled.
    ended = gone + sum(record.state is ParcelState.CANCELLED for record in records)
    if taken_out > ended and any(record.state is ParcelState.ON_SHELF for record in records):
        yield Violation(Kind.GONE, f"{number} ({states}), collected {taken_out} times")
    # One that was collected was in its locker all the same.
    left = [record for record in records if record.state is not ParcelState.COLLECTED]
    in_vain, later = sum(each.in_vain for each in left), sum(each.in_vain_later for each in left)
    if (later or in_vain > evidence.times_told[number]) and not any(each.was_pointed_out for each in records):
        yield Violation(Kind.LEFT_BEHIND, f"{number} ({states})")


def _box(evidence: Evidence, number: str) -> Iterator[Violation]:
    """Look from the boxes' side: the last parcel of each number is where its box is, and left as often as that did."""
    records, box = evidence.records.get(number, []), evidence.boxes[number]
    for how in (Where.GIVEN, Where.SENT):
        times = sum(record.state in _WHERE[how] for record in records)
        if times > evidence.leavings.get((number, how), 0):
            yield Violation(Kind.TOO_MANY, f"{number}, {how} {times} times")
    latest = evidence.latest.get(number, [])
    if latest and not evidence.is_excused(number) and not any(_is_there(box, record) for record in latest):
        states = ", ".join(record.state for record in latest)
        yield Violation(Kind.MISLAID, f"{number} ({states}) is {box.where} {box.place or box.hands}")


def _is_there(box: Box, record: Record) -> bool:
    if record.state is ParcelState.CANCELLED:
        return box.where in _GIVEN_UP
    if box.where is Where.LOCKER and box.place != record.place:
        return False
    return record.state in _WHERE[box.where] or (box.leaving is not None and record.state in _WHERE[box.leaving])


def _stocktakes(evidence: Evidence) -> Iterator[Violation]:
    """Look whether each count that was answered stands, and whether counting everything shows more than was told."""
    for book in evidence.books:
        missing = Counter(book.counts) - Counter(book.recorded_counts)
        yield from (Violation(Kind.UNCOUNTED, f"{book.desk}: {found.place}") for found in missing)
        for number, place, outcome in book.misfits:
            if number not in evidence.before and not evidence.is_excused(number):
                yield Violation(Kind.MISFIT, f"{book.desk}: {number} in {place}, {outcome}")


def _deposited(evidence: Evidence, record: Record) -> Iterator[Violation]:
    doors = [door for door in evidence.by_number.get(record.number, ()) if door.place == record.place]
    for door in doors:
        if record.number not in door.deposited:
            yield Violation(Kind.UNDELIVERED, f"{record.number} in {door.place}")
        elif None not in {door.contact, record.contact} and door.contact != record.contact:
            yield Violation(Kind.STRANGER, f"{record.number} in {door.place}")


def _is_gone(evidence: Evidence, record: Record) -> bool:
    """Tell whether the parcel is in no unit any more, so that somebody must have taken it out."""
    if record.state is ParcelState.IN_LOCKER:
        doors = evidence.by_number.get(record.number, ())
        return all(door.place != record.place for door in doors)
    return record.state is ParcelState.COLLECTED


def _unseen_codes(evidence: Evidence) -> Iterator[Violation]:
    """Look for units whose code nobody saw and that does not wait to be seen."""
    known = {(shown.place, shown.code) for shown in evidence.shown}
    waiting = {record.code for records in evidence.records.values() for record in records}
    for door in evidence.doors:
        if door.code is None or (door.place, door.code) in known or door.code in waiting:
            continue
        if door.place in evidence.places_pointed_out:
            continue
        numbers = [number for number in door.deposited if number not in evidence.before]
        if numbers and not any(map(evidence.is_excused, numbers)):
            yield Violation(Kind.UNSEEN_CODE, f"{', '.join(numbers)} in {door.place}")


def _shown_codes(evidence: Evidence) -> Iterator[Violation]:
    """Look for codes that did not open that unit at the moment at which they were shown."""
    lives = {life.code: life for life in evidence.lives}
    used = {collection.code for collection in evidence.collections}
    for shown in evidence.shown:
        if shown.number in evidence.rolled_back:
            continue
        life = lives.get(shown.code)
        if life is None or life.place != shown.place:
            yield Violation(Kind.WRONG_CODE, f"{shown.number}: {shown.code} at {shown.place}")
        elif life.ended is None or shown.at < life.ended or shown.code in used:
            continue
        elif not _did_no_harm(evidence, lives, shown, life):
            dead_for = shown.at - life.ended
            yield Violation(Kind.DEAD_CODE, f"{shown.number}: {shown.code} at {shown.place}, for {dead_for:.2f} s")


def _did_no_harm(evidence: Evidence, lives: dict[str, Life], shown: Shown, life: Life) -> bool:
    """Tell whether a dead code was pointed out, replaced by a later one, or not needed any more."""
    if any(each.was_pointed_out for each in evidence.records.get(shown.number, ())):
        return True
    later = (each for each in evidence.shown if each.place == shown.place and each.at > shown.at)
    if any(each.code in lives and lives[each.code].began > life.began for each in later):
        return True
    return any(shown.number in each.numbers and each.at > life.began for each in evidence.collections)
