"""The judge of a chaos run: what the server holds and what the journals say, compared. Pure values, no I/O.

The truth is the simulator's state. What a recipient took out during the run is excused by the collector's notes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from kiosk.parcels.states import ParcelState


class Kind(StrEnum):
    """The ways in which a parcel, a unit or a code can be lost."""

    LOST = "parcel in no locker and on no shelf"
    FORGOTTEN = "scanned parcel that the journal forgot"
    TWO_UNITS = "number that holds two units"
    UNKNOWN = "unit held for a parcel that no journal knows"
    ASTRAY = "unit held where the journal has the parcel elsewhere"
    SILENT_DEPOSIT = "deposit without its event"
    UNDELIVERED = "deposit that the server does not have"
    WRONG_CODE = "shown code that opens nothing"
    UNSEEN_CODE = "deposit whose code nobody saw"
    SAME_SHELF = "two parcels at one shelf place"
    OPEN = "write that was not settled"
    CHAIN = "chain that does not verify"
    CRASH = "process that ended by an error of its own"


class Violation(NamedTuple):
    """One broken promise, and about what."""

    kind: Kind
    about: str


class Place(NamedTuple):
    """A unit."""

    bank: str
    unit: str


@dataclass(frozen=True)
class Door:
    """A unit that is reserved, as the server has it; `numbers` are all that are reserved in it."""

    place: Place
    numbers: tuple[str, ...]
    deposited: tuple[str, ...] = ()
    code: str | None = None


@dataclass(frozen=True)
class Record:
    """A parcel as its journal has it."""

    number: str
    state: ParcelState
    place: Place | None = None
    shelf: str | None = None
    open_write: bool = False
    gets_code: bool = True
    """It is for a recipient."""
    deposits: int = 0
    """How many deposit events tell of it."""


@dataclass(frozen=True)
class Book:
    """One kiosk's journal, and what its clerk noted beside it."""

    kiosk: str
    records: tuple[Record, ...]
    scanned: tuple[str, ...] = ()
    """Numbers that the kiosk said it had taken in."""
    shown: tuple[tuple[str, str], ...] = ()
    """(number, code) in the order in which they were shown."""
    handed_over: frozenset[str] = frozenset()
    """Numbers that got the code of a parcel which left their unit."""
    damage: str | None = None
    """What is wrong with the chain."""


@dataclass(frozen=True)
class Evidence:
    """All that the judge is told."""

    doors: Sequence[Door]
    books: Sequence[Book]
    collected: Mapping[str, str | None] = field(default_factory=dict)
    """Numbers that recipients took out, with the code that was valid then."""
    before: frozenset[str] = frozenset()
    """Numbers that held units before the run began."""
    crashes: tuple[str, ...] = ()


def judge(evidence: Evidence) -> list[Violation]:
    """Return every broken promise."""
    return [
        *(Violation(Kind.CRASH, crash) for crash in evidence.crashes),
        *_units(evidence),
        *(violation for book in evidence.books for violation in _book(book)),
        *(violation for book in evidence.books for record in book.records for violation in _record(evidence, record)),
        *(violation for book in evidence.books for violation in _codes(evidence, book)),
    ]


def _units(evidence: Evidence) -> Iterator[Violation]:
    """Look from the server's side: each unit has one parcel that a journal knows, each parcel has one unit."""
    events = {record.number: 0 for book in evidence.books for record in book.records}
    for book in evidence.books:
        for record in book.records:
            events[record.number] += record.deposits
    for number, doors in _doors_by_number(evidence.doors).items():
        if len(doors) > 1:
            places = " and ".join(f"{door.place.bank}/{door.place.unit}" for door in doors)
            yield Violation(Kind.TWO_UNITS, f"{number} in {places}")
        if number in evidence.before:
            continue
        if number not in events:
            yield Violation(Kind.UNKNOWN, f"{number} in {doors[0].place.bank}/{doors[0].place.unit}")
        elif any(number in door.deposited for door in doors) and not events[number]:
            yield Violation(Kind.SILENT_DEPOSIT, number)
    for door in evidence.doors:
        if not door.numbers:
            yield Violation(Kind.UNKNOWN, f"no number at all in {door.place.bank}/{door.place.unit}")


def _book(book: Book) -> Iterator[Violation]:
    if book.damage is not None:
        yield Violation(Kind.CHAIN, f"{book.kiosk}: {book.damage}")
    known = {record.number for record in book.records}
    yield from (Violation(Kind.FORGOTTEN, number) for number in dict.fromkeys(book.scanned) if number not in known)
    lying: defaultdict[str, list[str]] = defaultdict(list)
    for record in book.records:
        if record.state is ParcelState.ON_SHELF:
            lying[record.shelf or ""].append(record.number)
    for shelf, numbers in lying.items():
        if len(numbers) > 1 or not shelf:
            yield Violation(Kind.SAME_SHELF, f"{book.kiosk} {shelf or 'nowhere'}: {', '.join(numbers)}")


def _record(evidence: Evidence, record: Record) -> Iterator[Violation]:
    """Look from the journal's side: the parcel is where the journal has it."""
    if record.open_write:
        yield Violation(Kind.OPEN, record.number)
    doors = [door for door in evidence.doors if record.number in door.numbers]
    if record.state is ParcelState.TAKEN_IN:
        yield Violation(Kind.LOST, f"{record.number}, left in hand")
    elif record.state is ParcelState.RESERVED:
        yield Violation(Kind.LOST, f"{record.number}, left in hand with a unit reserved")
    expected = _expected(evidence, record.number)
    yield from (
        Violation(Kind.ASTRAY, f"{record.number} ({record.state.value}) in {door.place.bank}/{door.place.unit}")
        for door in doors
        if door.place not in expected
    )
    if record.state is ParcelState.COLLECTED and record.number not in evidence.collected:
        yield Violation(Kind.LOST, f"{record.number}, called collected and never was")
    if record.state is ParcelState.IN_LOCKER and record.number not in evidence.collected:
        yield from _deposited(record, doors)


def _expected(evidence: Evidence, number: str) -> set[Place | None]:
    """Return where the journals have that number; it may have been cancelled and taken in anew."""
    with_a_unit = {ParcelState.RESERVED, ParcelState.IN_LOCKER}
    return {
        record.place
        for book in evidence.books
        for record in book.records
        if record.number == number and record.state in with_a_unit
    }


def _deposited(record: Record, doors: list[Door]) -> Iterator[Violation]:
    if not doors:
        yield Violation(Kind.LOST, f"{record.number}, in a locker by the journal only")
    elif not any(record.number in door.deposited for door in doors):
        yield Violation(Kind.UNDELIVERED, record.number)


def _codes(evidence: Evidence, book: Book) -> Iterator[Violation]:
    """Every code that was shown opens the door at which it was shown, and every recipient's code was shown."""
    valid: dict[str, str | None] = {}
    for door in evidence.doors:
        valid.update(dict.fromkeys(door.deposited, door.code))
    valid.update(evidence.collected)
    shown = list(dict.fromkeys(book.shown))
    for at, (number, code) in enumerate(shown):
        if valid.get(number) != code and not _was_replaced(number, valid.get(number), shown[at + 1 :], book):
            yield Violation(Kind.WRONG_CODE, f"{number}: shown {code}, valid {valid.get(number)}")
    seen = {number for number, _ in shown}
    for record in book.records:
        is_seen = record.number in seen or valid.get(record.number) in {code for _, code in shown}
        if record.state is ParcelState.IN_LOCKER and record.gets_code and not is_seen:
            yield Violation(Kind.UNSEEN_CODE, record.number)


def _was_replaced(number: str, valid: str | None, later: Sequence[tuple[str, str]], book: Book) -> bool:
    """Tell whether the unit's valid code was shown later, with another parcel that was put into it."""
    return any(code == valid and (mate != number or number in book.handed_over) for mate, code in later)


def _doors_by_number(doors: Sequence[Door]) -> dict[str, list[Door]]:
    found: defaultdict[str, list[Door]] = defaultdict(list)
    for door in doors:
        for number in door.numbers:
            found[number].append(door)
    return dict(found)
