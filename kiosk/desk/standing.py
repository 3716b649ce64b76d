"""How things stand, as an operator sees them: values only. They are read in `survey.py`, judged in `matters.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.desk.lookup import BankView
    from kiosk.desk.parcel_filter import Expired
    from kiosk.parcels.lockers import LockerBank, LockerUnit
    from kiosk.parcels.parcel import Cause, Parcel


class Matter(NamedTuple):
    """One thing to look at."""

    kind: str
    """In two or three words."""
    sentence: str
    proposal: str
    parcel: Parcel | None
    since: datetime | None = None
    """When it began, where that is known."""
    cause: Cause | None = None
    """Of the parcel's attention item, which somebody closes; the other matters end by themselves."""
    locker_bank_id: str = ""
    locker_unit_id: str = ""

    @property
    def key(self) -> str:
        """What this matter is known by while it lasts."""
        about = self.parcel.parcel_id if self.parcel else f"{self.locker_bank_id}/{self.locker_unit_id}"
        return f"{about} {self.kind}"


class Standing(NamedTuple):
    """The parcels that are here, by what they ask for. One may be in several of the lists."""

    attention: tuple[Parcel, ...]
    unconfirmed: tuple[Parcel, ...]
    """A write left and its outcome is not known."""
    expired: tuple[Expired, ...]
    held: tuple[Parcel, ...]
    here: int
    matters: tuple[Matter, ...] = ()
    """All of it one by one, the most pressing first; contradictions as far as banks were read."""

    @property
    def pressing(self) -> int:
        """How many matters can't wait, as those on the shelf can."""
        return len(self.matters) - len(self.held)


class SizeUse(NamedTuple):
    """How many units of one size there are, and how many are in which state, by its word."""

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
    contradiction: str = ""
    """What does not fit between the locker service and the journal."""


class Proof(NamedTuple):
    """Whether the chain of events holds, how many events do, and the first bad one."""

    sound: bool
    events: int
    first_bad: int | None
    problem: str | None
