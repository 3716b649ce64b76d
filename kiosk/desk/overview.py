"""How things are, as an operator sees them: what somebody has to look at, banks and what is in their units.

Values, and the order of what is listed; they are read in `console_queries.py`, and said in `kiosk/words/overview.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from kiosk.parcels.lockers import LockerBank, LockerSize, LockerUnit, size_order
from kiosk.parcels.parcel import AttentionItem, Parcel
from kiosk.parcels.states import Contradiction, UnitState

if TYPE_CHECKING:
    from kiosk.parcels.choosing import BankView
    from kiosk.parcels.listing import Count, Expired
    from kiosk.parcels.records import ReportedUnit


class EntryKind(StrEnum):
    """Why something is on the list, the most pressing kind first."""

    FINDING = "finding"
    CONTRADICTION = "contradiction"
    """The service's flags and lists, and the journal, disagree about a unit."""
    REPORTED = "reported"
    """A clerk found a unit occupied or shut; it is not chosen for a while."""
    UNCONFIRMED = "unconfirmed"
    UNDELIVERABLE = "undeliverable"
    """No notice reached the recipient."""
    EXPIRED = "expired"
    ON_SHELF = "on_shelf"


class Entry(NamedTuple):
    """One thing to look at."""

    kind: EntryKind
    parcel: Parcel | None = None
    since: datetime | None = None
    """When it began, where that is known."""
    item: AttentionItem | None = None
    """What somebody closes; entries of the other kinds end by themselves."""
    contradiction: Contradiction | None = None
    report: ReportedUnit | None = None
    locker_bank_id: str = ""
    locker_unit_id: str = ""

    @property
    def key(self) -> str:
        """What this entry is known by while it lasts."""
        about = self.parcel.parcel_id if self.parcel else f"{self.locker_bank_id}/{self.locker_unit_id}"
        return f"{about} {self.kind} {self.item.finding if self.item else ''}"


class Overview(NamedTuple):
    """The parcels that are here, by what they ask for. One may be in several of the lists."""

    attention: tuple[Parcel, ...]
    unconfirmed: tuple[Parcel, ...]
    """A write left and its outcome is not known."""
    expired: tuple[Expired, ...]
    undeliverable: tuple[Parcel, ...]
    """No notice reached their recipients, and none is on its way."""
    on_shelf: tuple[Parcel, ...]
    counted: Count
    owed: int = 0
    """How many notices have not gone out; what is to be printed does not count."""
    entries: tuple[Entry, ...] = ()
    """All of it one by one, the most pressing first; contradictions as far as banks were read."""

    @property
    def pressing(self) -> int:
        """How many entries can't wait, as those on the shelf can."""
        return len(self.entries) - len(self.on_shelf)


class SizeUse(NamedTuple):
    """How many units of one size there are, and how many are in which state, by its code."""

    size: str
    units: int
    states: dict[str, int]


class BankUse(NamedTuple):
    """One bank as it was read last; without a view where it could not be read yet."""

    bank: LockerBank
    view: BankView | None
    sizes: tuple[SizeUse, ...] = ()


class UnitContent(NamedTuple):
    """One door, and the parcels that the journal knows in it."""

    unit: LockerUnit
    parcels: tuple[Parcel, ...]
    contradiction: Contradiction | None = None
    report: ReportedUnit | None = None
    """What clerks found at the door, in the time for which such reports are counted."""

    @property
    def numbers(self) -> tuple[str, ...]:
        """The number of every parcel in it or on its way into it, as the journal or the service knows it."""
        return tuple(dict.fromkeys((*(parcel.tracking_number for parcel in self.parcels), *self.unit.numbers)))


def sizes_of(view: BankView) -> tuple[SizeUse, ...]:
    """Count a bank's units by size; what clerks reported is not in use either."""
    counted: dict[LockerSize | None, Counter[str]] = {}
    for unit in view.details.locker_units:
        out = unit.locker_unit_id in view.reported
        counted.setdefault(unit.size, Counter())[(UnitState.OUT_OF_SERVICE if out else unit.state).value] += 1
    return tuple(
        SizeUse(size or "", counted[size].total(), dict(counted[size])) for size in sorted(counted, key=size_order)
    )


def entries_of(
    overview: Overview, units: Iterable[tuple[str, UnitContent]], reports: Iterable[ReportedUnit]
) -> tuple[Entry, ...]:
    """Return everything that somebody has to look at, the most pressing first; `units` come with their bank's id."""
    return (
        *(Entry(EntryKind.FINDING, parcel, item=item) for parcel in overview.attention for item in parcel.attention),
        *(_contradicting(bank_id, content) for bank_id, content in units if content.contradiction),
        *(_reported(report) for report in reports),
        *(Entry(EntryKind.UNCONFIRMED, parcel) for parcel in overview.unconfirmed),
        *(Entry(EntryKind.UNDELIVERABLE, parcel, parcel.unreached_at) for parcel in overview.undeliverable),
        *(Entry(EntryKind.EXPIRED, parcel, since) for parcel, since in overview.expired),
        *(Entry(EntryKind.ON_SHELF, parcel, parcel.taken_in_at) for parcel in overview.on_shelf),
    )


def _reported(report: ReportedUnit) -> Entry:
    return Entry(
        EntryKind.REPORTED,
        since=report.at,
        report=report,
        locker_bank_id=report.locker_bank_id,
        locker_unit_id=report.locker_unit_id,
    )


def _contradicting(bank_id: str, content: UnitContent) -> Entry:
    return Entry(
        EntryKind.CONTRADICTION,
        content.parcels[0] if content.parcels else None,
        contradiction=content.contradiction,
        locker_bank_id=bank_id,
        locker_unit_id=content.unit.locker_unit_id,
    )
