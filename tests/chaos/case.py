"""All that the judge of a chaos run is told: what the service holds, what the journals say, what people saw."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from kiosk.parcels.listing import Count
from kiosk.parcels.states import ParcelState


class Place(NamedTuple):
    """A unit."""

    bank: str
    unit: str

    def __str__(self) -> str:
        return f"{self.bank}/{self.unit}"


class Where(StrEnum):
    """Where a box truly is."""

    HERE = "here"
    """At the desk: in somebody's hands, on the shelf, or where it waits for a carrier."""
    LOCKER = "locker"
    RECIPIENT = "recipient"
    """Somebody took it out of its locker with the code."""
    GIVEN = "given"
    """It was given out at the desk."""
    SENT = "sent"


class Box(NamedTuple):
    """A box as whoever touched it last left it."""

    where: Where
    place: Place | None = None
    """The locker in which it lies."""
    hands: str = ""
    """The clerk who has it in their hands."""
    leaving: Where | None = None
    """It is about to be given out or sent: whether it was, nobody saw who lived."""
    desk: str = ""
    """Whose clerks had it last."""


class Door(NamedTuple):
    """A unit that is reserved, as the service has it; `numbers` are all that are reserved in it."""

    place: Place
    numbers: tuple[str, ...]
    deposited: tuple[str, ...] = ()
    code: str | None = None
    contact: str | None = None


class Life(NamedTuple):
    """From when to when a code opened a unit; seconds since 1970."""

    code: str
    place: Place
    began: float
    ended: float | None = None


class Collection(NamedTuple):
    """What a recipient took out, and the code that was valid then."""

    place: Place
    numbers: tuple[str, ...]
    code: str | None
    at: float


class Shown(NamedTuple):
    """A code that somebody saw, from where it was read just after `at`."""

    number: str
    place: Place
    code: str
    at: float


class Record(NamedTuple):
    """A parcel as its journal has it."""

    number: str
    state: ParcelState
    place: Place | None = None
    contact: str | None = None
    shelf: str | None = None
    open_write: bool = False
    endings: int | None = None
    """How many events tell of its end, but for those that were undone; None where nobody counted them."""
    deposits: int = 0
    """How many deposit events tell of it."""
    in_vain: int = 0
    """How often somebody said that it was in, and it was not recorded as that in the end."""
    in_vain_later: int = 0
    """How often this was found out by another process than that somebody's."""
    code: str | None = None
    """The code that waits to be seen."""
    pointed_out: bool = False
    """A finding about it is open."""
    was_pointed_out: bool = False
    """There ever was one."""
    places_pointed_out: tuple[Place, ...] = ()
    """Other units that open findings name."""


class Found(NamedTuple):
    """What was found in a unit."""

    place: Place
    codes: tuple[str, ...]


class Misfit(NamedTuple):
    """A row of a stock-take about what does not fit."""

    number: str
    place: Place
    outcome: str


@dataclass(frozen=True)
class Book:
    """One desk's journal, and what its clerks noted beside it."""

    desk: str
    records: tuple[Record, ...]
    scanned: tuple[str, ...] = ()
    """Numbers that the desk said it had taken in."""
    shown: tuple[Shown, ...] = ()
    damage: str | None = None
    """What is wrong with the journal."""
    told: tuple[str, ...] = ()
    """Numbers whose deposits came to nothing before the eyes of whoever asked for them."""
    unanswered: frozenset[str] = frozenset()
    """Numbers whose deposits were asked for by a process that was killed before it could say anything."""
    counted: Count | None = None
    """The parcels that are here, as its console counts them, when everything was looked at once more."""
    counts: tuple[Found, ...] = ()
    """What was found in units, as far as the desk said that it had recorded it."""
    recorded_counts: tuple[Found, ...] = ()
    """The same, as its journal has it."""
    misfits: tuple[Misfit, ...] = ()
    """What a stock-take of everything shows at the end, but for what is right."""


@dataclass(frozen=True)
class Evidence:
    """All that the judge is told."""

    doors: Sequence[Door]
    books: Sequence[Book]
    lives: Sequence[Life] = ()
    collections: Sequence[Collection] = ()
    before: frozenset[str] = frozenset()
    """Numbers that held units before the run began."""
    rolled_back: frozenset[str] = frozenset()
    """Numbers about which the service lost what it had answered, when it was restored from an older copy."""
    crashes: tuple[str, ...] = ()
    boxes: Mapping[str, Box] = field(default_factory=dict)
    """Where each box truly is, by its number."""
    leavings: Mapping[tuple[str, Where], int] = field(default_factory=dict)
    """How often each box was about to be given out, or to be sent."""

    @cached_property
    def records(self) -> dict[str, list[Record]]:
        """The parcels of each number, of all journals, the oldest first: it may have been taken in again."""
        found: defaultdict[str, list[Record]] = defaultdict(list)
        for book in self.books:
            for record in book.records:
                found[record.number].append(record)
        return dict(found)

    @cached_property
    def latest(self) -> dict[str, list[Record]]:
        """The latest parcel of each number, of each journal that has one: another desk may have found a box."""
        found: defaultdict[str, list[Record]] = defaultdict(list)
        for book in self.books:
            for number, record in {record.number: record for record in book.records}.items():
                found[number].append(record)
        return dict(found)

    @cached_property
    def by_number(self) -> dict[str, list[Door]]:
        """The units that hold each number."""
        found: defaultdict[str, list[Door]] = defaultdict(list)
        for door in self.doors:
            for number in door.numbers:
                found[number].append(door)
        return dict(found)

    @cached_property
    def places_pointed_out(self) -> frozenset[Place]:
        """The units that open findings about parcels elsewhere name."""
        return frozenset(place for book in self.books for record in book.records for place in record.places_pointed_out)

    @cached_property
    def times_collected(self) -> Counter[str]:
        """How often each number was taken out."""
        return Counter(number for collection in self.collections for number in collection.numbers)

    @cached_property
    def times_told(self) -> Counter[str]:
        """How often somebody was told that a deposit of each number came to nothing."""
        return Counter(number for book in self.books for number in (*book.told, *book.unanswered))

    @cached_property
    def shown(self) -> tuple[Shown, ...]:
        """What was seen at all desks."""
        return tuple(shown for book in self.books for shown in book.shown)

    def is_excused(self, number: str) -> bool:
        """Tell whether somebody is told to look into it, or only the service can be blamed."""
        return number in self.rolled_back or any(each.pointed_out for each in self.records.get(number, ()))
