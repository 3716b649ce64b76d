"""Clashes with other desks: one number at two desks, one unit for two people. Each desk raises them for itself.

What another desk says is compared with this journal, and never merged into it. What a clash is at both desks ends at
both by itself, once either side is gone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final, NamedTuple

from kiosk.clock import Clock
from kiosk.desk.lockers import Lockers
from kiosk.errors import ApiError, WrongStateError
from kiosk.journal import clashing
from kiosk.journal.reading import last_sequence
from kiosk.journal.store import Journal
from kiosk.parcels.events import AttentionClosed, AttentionRaised, Event
from kiosk.parcels.other_desks import OtherDesks, OtherParcel
from kiosk.parcels.parcel import AttentionItem, Cause, Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import CLASHES, Finding

STANDS_FOR: Final[Mapping[Finding, timedelta]] = MappingProxyType(
    {Finding.NUMBER_AT_TWO_DESKS: timedelta(minutes=1), Finding.UNIT_PROMISED_TWICE: timedelta(minutes=10)}
)
"""How long both sides have to say it: a box is carried from desk to desk, and what was collected is noticed late."""


class _Clash(NamedTuple):
    """What tells one clash from another."""

    parcel_id: str
    finding: Finding
    since: datetime | None


class Clashes:
    """Compares what is here with what the others have."""

    def __init__(self, journal: Journal, others: OtherDesks, lockers: Lockers, clock: Clock) -> None:
        self._journal = journal
        self._others = others
        self._lockers = lockers
        self._clock = clock
        self._compared_to = 0
        """The number of the newest event that was looked at."""
        self._seen: dict[_Clash, datetime] = {}
        """Since when each clash is seen that is not raised yet."""

    async def compare(self, told: Sequence[OtherParcel], person: Person, *, with_all: bool) -> None:
        """Look at what other desks told of, and at what happened here since; `with_all` looks at everything.

        Raises StorageError.
        """
        newest = await last_sequence(self._journal.connection)
        since = None if with_all or not self._compared_to else self._compared_to
        ids = {clash.parcel_id for clash in self._seen}
        seen: dict[_Clash, datetime] = {}
        for parcel in await clashing.concerned(self._journal.connection, since, told, ids):
            items = [item async for item in self._clashes(parcel)]
            seen |= await self._raise(parcel, items, person)
            await self._end(parcel, items, person)
        self._seen, self._compared_to = seen, newest

    async def _raise(self, parcel: Parcel, items: Iterable[AttentionItem], person: Person) -> dict[_Clash, datetime]:
        """Raise what has stood for long enough; return since when the rest is seen."""
        waiting: dict[_Clash, datetime] = {}
        known = {each.finding for each in parcel.attention}
        for item in items:
            if item.finding in known or item in parcel.looked_into:
                continue
            now = self._clock.now()
            clash = _Clash(parcel.parcel_id, item.finding, item.since)
            first = self._seen.get(clash)
            if first is None and parcel.has_unit:
                # As a rule it was collected, and nobody has noticed yet.
                with suppress(ApiError):
                    await self._lockers.refresh(parcel, person)
            if first is None or now - first < STANDS_FOR[item.finding]:
                waiting[clash] = first or now
            else:
                await self._record(parcel, AttentionRaised(item=item), person)
        return waiting

    async def _end(self, parcel: Parcel, items: Iterable[AttentionItem], person: Person) -> None:
        standing = {item.finding for item in items}
        for item in parcel.attention:
            if item.finding in CLASHES and item.finding not in standing:
                await self._record(parcel, AttentionClosed(finding=item.finding, reason=""), person)

    async def _record(self, parcel: Parcel, event: Event, person: Person) -> None:
        """Record an event, unless something happened to the parcel meanwhile: then the next round looks again."""

        def is_unchanged(known: Parcel) -> None:
            if known.model_copy(update={"attention": ()}) != parcel.model_copy(update={"attention": ()}):
                raise WrongStateError("changed_meanwhile")

        with suppress(WrongStateError):
            await self._journal.append(parcel.parcel_id, event, person, allowed=is_unchanged)

    async def _clashes(self, parcel: Parcel) -> AsyncIterator[AttentionItem]:
        """Yield what does not fit between a parcel and the other desks; nothing follows from one that is in doubt."""
        if parcel.is_gone or parcel.is_in_doubt:
            return
        numbers = await clashing.numbers_of(self._journal.connection, parcel)
        other = await self._others.with_number(numbers)
        if other is not None:
            yield _item(Finding.NUMBER_AT_TWO_DESKS, other)
        if parcel.place is not None and parcel.has_unit:
            for other in _strangers(parcel, await self._others.in_bank(parcel.place.locker_bank_id)):
                yield _item(Finding.UNIT_PROMISED_TWICE, other)
                return


def _strangers(parcel: Parcel, others: Iterable[OtherParcel]) -> Iterator[OtherParcel]:
    """Yield what another desk has in the parcel's unit for somebody else."""
    for other in others:
        if other.place is None or parcel.place is None or not other.place.is_same_unit(parcel.place):
            continue
        contacts = (parcel.contact, other.contact)
        ids = {contact.contact_id for contact in contacts if contact is not None}
        if len(ids) == len(contacts) and not other.in_doubt:
            yield other


def _item(finding: Finding, other: OtherParcel) -> AttentionItem:
    # Where the other desk has it is not told: that may change, and the item stays the same.
    where = {"desk": other.desk_name, "tracking_number": other.tracking_number}
    cause = Cause(code="at_another_desk", parameters={**where})
    return AttentionItem(finding=finding, cause=cause, since=other.taken_in_at)
