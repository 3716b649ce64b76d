"""What readings of the service show about the parcels of this journal: compared, and recorded.

The comparison is `kiosk/parcels/findings.py`. A reading proves nothing about a parcel to which something has happened
since it was asked for, so it comes with the number of the newest event at that moment; the parcel is looked at once
more in the transaction that records.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kiosk.errors import WrongStateError
from kiosk.journal import reading, units
from kiosk.journal.store import Journal
from kiosk.journal.units import InUnit
from kiosk.parcels.events import AttentionRaised, Event
from kiosk.parcels.findings import NOTHING, SAME_TIME, Shown, UnitsRead, is_elsewhere, left_over, may_be_late
from kiosk.parcels.lockers import LockerUnit
from kiosk.parcels.parcel import AttentionItem, Parcel, UnitPlace
from kiosk.parcels.people import Person
from kiosk.parcels.states import Finding
from kiosk.parcels.steps import Step, is_for


class BankUnits(NamedTuple):
    """All units of a bank as they were read."""

    locker_bank_id: str
    units: tuple[LockerUnit, ...]
    asked_after: int
    """The number of the newest event when it was asked for."""


class Observations:
    """Compares readings with the journal. What is shown beside what was asked for is recorded in the name of `person`.

    Only of somebody who could ask where a parcel is: whoever looks on from the console changes nothing by looking.
    """

    def __init__(self, journal: Journal, person: Person) -> None:
        self._journal = journal
        self._person = person

    @property
    def records(self) -> bool:
        """Tell whether what a reading shows is recorded here by itself."""
        return is_for(Step.CHECK, self._person.role)

    async def moment(self) -> int:
        """Return what a reading that is asked for next is compared by."""
        return await reading.last_sequence(self._journal.connection)

    async def note(self, read: BankUnits) -> None:
        """Record what a reading of a bank shows about every number in it; raises StorageError."""
        if not self.records:
            return
        here = await units.in_units(self._journal.connection, read.locker_bank_id)
        found = {parcel.parcel_id: (parcel, shown) for parcel, shown in shown_by(read, here)}
        async for parcel, item in self._left_over(read, found):
            _, shown = found.get(parcel.parcel_id, (parcel, NOTHING))
            found[parcel.parcel_id] = (parcel, shown._replace(items=(*shown.items, item)))
        for parcel, shown in found.values():
            await self.record(parcel, shown, self._person)

    async def compare(self, parcel: Parcel, read: Sequence[LockerUnit], person: Person) -> Parcel:
        """Record what units of its bank show about a parcel, which is as it was when they were asked for.

        Returns it as it stands then; raises StorageError.
        """
        mates = await self._journal.in_unit(parcel.place) if parcel.place else ()
        others = [mate for mate in mates if mate.parcel_id != parcel.parcel_id]
        seen_at = await units.code_seen_at(self._journal.connection, parcel.parcel_id)
        return await self.record(parcel, UnitsRead(read).shows(parcel, others, seen_at), person)

    async def record(self, parcel: Parcel, shown: Shown, person: Person) -> Parcel:
        """Record what is shown and not known yet; nothing where something happened to the parcel meanwhile.

        Returns the parcel as it stands then; raises StorageError.
        """
        events: list[Event] = [shown.gone] if shown.gone else []
        items = [*shown.items]
        if shown.later_deposit is not None and await self._may_be_ours(shown.later_deposit, parcel):
            items.append(shown.later_deposit)
        events += [AttentionRaised(item=item) for item in items if await self._is_new(item, parcel)]
        for event in events:
            before = parcel

            def is_unchanged(known: Parcel, before: Parcel = before) -> None:
                if known != before:
                    raise WrongStateError("changed_meanwhile")

            try:
                parcel = await self._journal.append(parcel.parcel_id, event, person, allowed=is_unchanged)
            except WrongStateError:
                return await self._journal.parcel(parcel.parcel_id) or parcel
        return parcel

    async def _left_over(
        self, read: BankUnits, found: Mapping[str, tuple[Parcel, Shown]]
    ) -> AsyncIterator[tuple[Parcel, AttentionItem]]:
        """Yield the parcels that are elsewhere, each with the unit that a late request holds for it."""
        connection = self._journal.connection
        held = tuple(UnitsRead(read.units).held())
        known = await units.latest(connection, {number for number, _ in held}) if held else {}
        for number, unit in held:
            if number not in known:
                continue
            parcel, last_event, changed_at = known[number]
            place = UnitPlace(locker_bank_id=read.locker_bank_id, locker_unit_id=unit.locker_unit_id, size=unit.size)
            _, shown = found.get(parcel.parcel_id, (parcel, NOTHING))
            if last_event > read.asked_after or not is_elsewhere(parcel, place, shown):
                continue
            doubted_at = await units.doubted_at(connection, number, place, deposits_only=not unit.waits_for(number))
            item = left_over(parcel, unit, place, doubted_at=doubted_at, changed_at=changed_at)
            if item is not None:
                yield parcel, item

    async def _is_new(self, item: AttentionItem, parcel: Parcel) -> bool:
        """Tell whether an item is to be raised: not beside one of its kind, nor again after somebody looked into it."""
        if item in parcel.looked_into or item.finding in {each.finding for each in parcel.attention}:
            return False
        place, later = parcel.place, item.since
        if item.finding is not Finding.CODE_MAY_BE_DEAD or place is None or later is None:
            return True
        # A parcel that has left the unit since may have brought the later deposit, and its code, to this desk.
        known = await units.deposits_since(self._journal.connection, parcel.parcel_id, place)
        return all(at is not None and later - at >= SAME_TIME for at in known)

    async def _may_be_ours(self, item: AttentionItem, parcel: Parcel) -> bool:
        """Tell whether a later deposit may be a request of this desk that was held up, and not another desk's."""
        place = parcel.place
        if place is None:
            return False
        return may_be_late(item.since, await units.deposit_doubted_at(self._journal.connection, place))


def shown_by(read: BankUnits, here: Iterable[InUnit]) -> Iterator[tuple[Parcel, Shown]]:
    """Yield what a reading shows about those of the parcels to which nothing has happened since it was asked for."""
    by_unit = UnitsRead(read.units)
    for parcel, mates, last_event, code_seen_at in here:
        place = parcel.place
        if place is not None and place.locker_bank_id == read.locker_bank_id and last_event <= read.asked_after:
            shown = by_unit.shows(parcel, mates, code_seen_at)
            if shown != NOTHING:
                yield parcel, shown
