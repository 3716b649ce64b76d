"""A stock-take of a bank: what was counted, and what that shows when it is compared with the journal. Pure.

It is recorded unit by unit (`desk_events.py`), so it can be left and taken up again. What is compared is how things
stand by now: a parcel that has moved since its unit was counted is nobody's business here any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from kiosk.parcels.desk_events import StocktakeBegan, StocktakeEnded, UnitCounted
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ParcelState, StocktakeOutcome
from kiosk.parcels.steps import Step

StocktakeEvent = StocktakeBegan | UnitCounted | StocktakeEnded

_INSIDE = frozenset({ParcelState.IN_LOCKER, ParcelState.UNRECORDED})
"""Where the journal has a parcel that lies in its unit."""

_MENDED_WHERE_IT_IS = (Step.DEPOSIT, Step.TAKE_BACK)
_MENDED_ELSEWHERE = (Step.CLEAR, Step.RELEASE, Step.TAKE_OFF_SHELF, Step.TAKE_BACK, Step.TAKE_IN_AGAIN)
_MENDED_IF_MISSING = (Step.CHECK, Step.NOTE_COLLECTED)


class Counted(NamedTuple):
    """What was found in a unit when it was counted last."""

    locker_unit_id: str
    found: tuple[str, ...]
    """As scanned."""
    at: datetime
    sequence: int
    """The number of the event: numbers order what happened whatever a clock says."""


class Stocktake(NamedTuple):
    """One stock-take as it stands."""

    locker_bank_id: str
    locker_unit_ids: tuple[str, ...]
    """All units, in walking order."""
    began_at: datetime
    ended_at: datetime | None = None
    counted: Mapping[str, Counted] = {}
    """By unit, the one counted last at the end."""

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.ended_at is None

    @property
    def next_unit(self) -> str | None:
        """The unit to go to: the next one that was not counted, behind the last one that was; None for none."""
        last = next(reversed(tuple(self.counted)), None)
        return self.after(last)

    def after(self, locker_unit_id: str | None) -> str | None:
        """Return the next unit behind one that was not counted, from the first on where it comes to the end."""
        at = self.locker_unit_ids.index(locker_unit_id) + 1 if locker_unit_id is not None else 0
        ordered = (*self.locker_unit_ids[at:], *self.locker_unit_ids[:at])
        return next((unit for unit in ordered if unit not in self.counted), None)


class Known(NamedTuple):
    """A parcel of the journal, and the number of the event that moved it last."""

    parcel: Parcel
    moved_at: int

    @property
    def is_inside(self) -> bool:
        """Whether the journal has it in its unit."""
        return self.parcel.state in _INSIDE


class Listed(NamedTuple):
    """A number of another desk that the service has in a unit, or for which it holds one."""

    number: str
    locker_unit_id: str
    since: datetime | None = None
    waits: bool = False
    """It is only reserved: it may have been put in, and its deposit be on its way."""


class Sighting(NamedTuple):
    """A number that was found in a unit, and what is known of it: the journal's parcel, or another desk's."""

    number: str
    locker_unit_id: str
    sequence: int
    known: Known | None = None
    listed: Listed | None = None

    @property
    def box(self) -> str:
        """What tells one box from another, whichever of its codes was scanned."""
        if self.known is not None:
            return self.known.parcel.parcel_id
        return self.listed.number if self.listed is not None else self.number


class Row(NamedTuple):
    """What a stock-take shows about one parcel."""

    outcome: StocktakeOutcome
    number: str
    locker_unit_id: str
    """Where it was found; of a missing one, where it should be."""
    parcel: Parcel | None = None
    listed_in: str = ""
    """The unit in which the service has it for another desk."""
    codes: tuple[str, ...] = ()
    """What was scanned on it there."""
    is_in_its_unit: bool = False
    """It was found in the unit that the journal has for it, and the journal does not have it as put in there."""

    @property
    def mended_by(self) -> tuple[Step, ...]:
        """The steps of which the first that is offered mends it."""
        match self.outcome:
            case StocktakeOutcome.MISSING:
                return _MENDED_IF_MISSING
            case StocktakeOutcome.MISPLACED:
                return _MENDED_WHERE_IT_IS if self.is_in_its_unit else _MENDED_ELSEWHERE
            case _:
                return ()


def home_of(row: Row, stocktake: Stocktake) -> str | None:
    """Return the unit of the bank into which a misplaced box belongs as it is recorded; None for none."""
    if row.outcome is not StocktakeOutcome.MISPLACED or row.is_in_its_unit:
        return None
    place = row.parcel.place if row.parcel is not None and row.parcel.is_in_locker else None
    unit_id = place.locker_unit_id if place and place.locker_bank_id == stocktake.locker_bank_id else row.listed_in
    return unit_id if unit_id in stocktake.locker_unit_ids else None


def walking_order(locker_unit_ids: Iterable[str]) -> tuple[str, ...]:
    """Return units in the order of their numbers: 9 before 10, A9 before A10 before B1."""
    return tuple(sorted(locker_unit_ids, key=_parts))


def fold(known: Stocktake | None, event: StocktakeEvent, *, at: datetime, sequence: int) -> Stocktake | None:
    """Return the bank's stock-take as it stands after an event; what belongs to none changes nothing."""
    match event:
        case StocktakeBegan():
            return Stocktake(event.locker_bank_id, event.locker_unit_ids, at)
        case UnitCounted() if known is not None and event.locker_unit_id in known.locker_unit_ids:
            before = {unit: each for unit, each in known.counted.items() if unit != event.locker_unit_id}
            counted = Counted(event.locker_unit_id, event.found, at, sequence)
            return known._replace(counted={**before, event.locker_unit_id: counted})
        case StocktakeEnded() if known is not None:
            return known._replace(ended_at=at)
        case _:
            return known


def work_out(
    stocktake: Stocktake, inside: Iterable[Known], sightings: Iterable[Sighting], listed: Iterable[Listed]
) -> tuple[Row, ...]:
    """Return what the count shows by now, in walking order: `inside` are the journal's parcels in the bank's units.

    Of a box that was found twice, because it was carried on meanwhile, the last time counts.
    """
    codes: dict[tuple[str, int, str], tuple[str, ...]] = {}
    latest: dict[str, Sighting] = {}
    for each in sorted(sightings, key=lambda each: each.sequence):
        latest[each.box] = each
        at = (each.box, each.sequence, each.locker_unit_id)
        codes[at] = (*codes.get(at, ()), each.number)
    standing = {box: each for box, each in latest.items() if not _has_moved_since(each)}
    rows = [
        _of_sighting(stocktake.locker_bank_id, each)._replace(codes=codes[box, each.sequence, each.locker_unit_id])
        for box, each in standing.items()
    ]
    rows += _missing(stocktake, inside, standing)
    rows += _missing_of_others(stocktake, listed, standing)
    order = {unit: number for number, unit in enumerate(stocktake.locker_unit_ids)}
    return tuple(sorted(rows, key=lambda row: order.get(row.locker_unit_id, len(order))))


def _has_moved_since(sighting: Sighting) -> bool:
    return sighting.known is not None and sighting.known.moved_at > sighting.sequence


def _of_sighting(locker_bank_id: str, sighting: Sighting) -> Row:
    known, listed, unit_id = sighting.known, sighting.listed, sighting.locker_unit_id
    is_gone = known is None or known.parcel.is_gone
    # Carriers use numbers again: what another desk has there is its parcel, whatever was here once.
    # What is only reserved for one that is gone from here may be a late request of this desk.
    is_theirs = listed is not None and (known is None or (is_gone and not listed.waits))
    if listed is not None and is_theirs and listed.locker_unit_id == unit_id:
        return Row(StocktakeOutcome.RIGHT, listed.number, unit_id, listed_in=unit_id)
    if known is not None:
        place = known.parcel.place
        is_here = place is not None and (place.locker_bank_id, place.locker_unit_id) == (locker_bank_id, unit_id)
        number = known.parcel.tracking_number
        if is_here and known.parcel.is_in_locker:
            return Row(StocktakeOutcome.RIGHT, number, unit_id, known.parcel)
        in_its_unit = is_here and not known.parcel.is_gone
        return Row(StocktakeOutcome.MISPLACED, number, unit_id, known.parcel, is_in_its_unit=in_its_unit)
    if listed is not None:
        return Row(StocktakeOutcome.MISPLACED, listed.number, unit_id, listed_in=listed.locker_unit_id)
    return Row(StocktakeOutcome.EXTRA, sighting.number, unit_id)


def _missing(stocktake: Stocktake, inside: Iterable[Known], standing: Mapping[str, Sighting]) -> Iterator[Row]:
    for known in inside:
        place = known.parcel.place
        counted = stocktake.counted.get(place.locker_unit_id) if place is not None else None
        if counted is None or known.moved_at > counted.sequence or known.parcel.parcel_id in standing:
            continue
        yield Row(StocktakeOutcome.MISSING, known.parcel.tracking_number, counted.locker_unit_id, known.parcel)


def _missing_of_others(
    stocktake: Stocktake, listed: Iterable[Listed], standing: Mapping[str, Sighting]
) -> Iterator[Row]:
    found = {each.listed.number for each in standing.values() if each.listed is not None}
    for each in listed:
        counted = stocktake.counted.get(each.locker_unit_id)
        is_newer = counted is not None and each.since is not None and each.since > counted.at
        if counted is not None and not (each.waits or is_newer) and each.number not in found:
            unit_id = each.locker_unit_id
            yield Row(StocktakeOutcome.MISSING, each.number, unit_id, listed_in=unit_id)


def _parts(text: str) -> list[tuple[int, int, str]]:
    """Return a sort key in which digits count as numbers; a sign such as ² is none."""
    return [
        (0, int(part), "") if part.isascii() and part.isdigit() else (1, 0, part.casefold())
        for part in re.split(r"([0-9]+)", text)
        if part
    ]
