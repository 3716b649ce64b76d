"""What an operator sees: banks, parcels and events as they stand. The only place from which the console reads.

Nothing is written here; repairs are in `kiosk/desk/corrections.py`. The journal may be asked every second; the locker
service only when somebody wants to see it, for the smallest plan allows 2,000 calls a day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from kiosk.clock import Clock
from kiosk.desk.lockers import Lockers
from kiosk.desk.notices import Notices
from kiosk.desk.overview import BankUse, Overview, UnitContent, entries_of, sizes_of
from kiosk.desk.presence import Presence
from kiosk.errors import KioskError
from kiosk.folding import sort_key
from kiosk.journal import audit, reading, units
from kiosk.journal.heads import head_of
from kiosk.journal.searching import find_parcels
from kiosk.journal.store import Journal
from kiosk.parcels.choosing import REPORT_HOLDS_FOR, BankView
from kiosk.parcels.contradictions import contradiction_of, told_of
from kiosk.parcels.listing import ParcelFilter, expired, in_order
from kiosk.parcels.lockers import LockerBank
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.records import ChainState, EventRecord, Head, ReportedUnit, Verdict
from kiosk.parcels.states import Channel

READ_AGAIN_AFTER = timedelta(minutes=5)
"""How old a bank's reading may be before a screen that shows it asks again by itself."""


REPORTS_COUNT_FOR = timedelta(days=30)
"""How long a report about a unit counts: a door that sticks again and again is to be mended."""


class ConsoleQueries:
    """Questions of somebody who looks after the kiosk."""

    def __init__(self, journal: Journal, notices: Notices, lockers: Lockers, presence: Presence, clock: Clock) -> None:
        self._journal = journal
        self._notices = notices
        self._lockers = lockers
        self._presence = presence
        self._clock = clock

    async def last_sequence(self) -> int:
        """Return the number of the newest event; while it stays the same, nothing here has changed."""
        return await reading.last_sequence(self._journal.connection)

    async def overview(self) -> Overview:
        """Return what somebody has to look at, the oldest first; parcels that are expired, the longest first."""
        waiting = await reading.waiting(self._journal.connection)
        inside = await self._presence.inside()
        waiting = inside.as_they_are(waiting)
        owed = [each for each in await self._notices.owed() if each.channel is not Channel.PAPER]
        on_their_way = {each.parcel.parcel_id for each in owed}
        unreached = await self._notices.unreached()
        overview = Overview(
            attention=tuple(parcel for parcel in waiting if parcel.attention),
            unconfirmed=tuple(parcel for parcel in waiting if parcel.is_in_doubt),
            expired=tuple(sorted(expired(inside.parcels, self._clock.now()), key=lambda each: each.since)),
            undeliverable=tuple(each for each in unreached if each.parcel_id not in on_their_way),
            on_shelf=tuple(parcel for parcel in waiting if parcel.is_on_shelf),
            owed=len(owed),
            counted=await self._presence.count(),
        )
        reports = await self.reports()
        doors = [
            (view.details.locker_bank_id, content)
            for view in await self._lockers.views()
            for content in _contents(view, inside.parcels, reports)
        ]
        doubtful = [each for each in reports if each.at >= self._clock.now() - REPORT_HOLDS_FOR]
        return overview._replace(entries=entries_of(overview, doors, doubtful))

    async def reports(self) -> tuple[ReportedUnit, ...]:
        """Return the units that clerks found occupied or shut in the last weeks, with how often; the latest first."""
        return await units.reports(self._journal.connection, since=self._clock.now() - REPORTS_COUNT_FOR)

    async def parcels_by_hour(self) -> tuple[int, ...]:
        """Return how many parcels were taken in in each hour of today, local time, up to now."""
        now = self._clock.now().astimezone()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        moments = await reading.taken_in_since(self._journal.connection, midnight)
        counted = Counter(moment.astimezone().hour for moment in moments)
        return tuple(counted[hour] for hour in range(now.hour + 1))

    async def parcels(self, wanted: ParcelFilter, *, day_first: bool = False) -> tuple[Parcel, ...]:
        """Return the parcels that a filter lets through, of a thousand: the latest, or those that a text finds.

        With `day_first` 4/11 in the text is in November.
        """
        now, connection, present = self._clock.now(), self._journal.connection, not wanted.gone
        if wanted.text:
            today = now.astimezone().date()
            best = await find_parcels(
                connection,
                wanted.text,
                today,
                present=present,
                limit=reading.MOST_PARCELS,
                day_first=day_first,
            )
            found = tuple(sorted(best, key=lambda parcel: parcel.taken_in_at, reverse=True))
        else:
            found = await reading.latest(connection, present=present)
        if present:
            found = (await self._presence.inside()).as_they_are(found)
        kept = [parcel for parcel in found if wanted.takes(parcel, now)]
        return tuple(in_order(kept, wanted.sort, sort_key))

    async def parcel(self, parcel_id: str) -> Parcel | None:
        """Return one parcel as it stands."""
        return await self._journal.parcel(parcel_id)

    async def history(self, parcel_id: str) -> tuple[EventRecord, ...]:
        """Return everything that happened to a parcel, the oldest first."""
        return await reading.of_parcel(self._journal.connection, parcel_id)

    async def events(
        self, *, search: str = "", kinds: Collection[str] = (), before: int | None = None, limit: int = 100
    ) -> tuple[EventRecord, ...]:
        """Return the newest events, or those older than `before`, the newest first; `search` as in the journal."""
        return await reading.newest(self._journal.connection, search=search, kinds=kinds, before=before, limit=limit)

    async def event(self, sequence: int) -> tuple[EventRecord, dict[str, Any] | None, ChainState] | None:
        """Return an event in full: with its personal fields where they are kept, and its place in the chain."""
        return await reading.one(self._journal.connection, sequence)

    async def head(self) -> Head:
        """Return the end of the journal's chain; raises StorageDamagedError where the last events do not fit it."""
        return await head_of(self._journal.connection)

    async def verify(self, on_progress: Callable[[int], None]) -> Verdict:
        """Prove the journal; `on_progress` is told how many events were read, each twice. Disturbs no kiosk."""
        return await audit.verify(self._journal.connection, on_progress)

    async def banks(self, *, again: bool = False) -> tuple[BankUse, ...]:
        """Return the banks with their use, asking the service for what is older than a few minutes.

        `again` asks for what is older than a minute. Raises ApiError where not even the names are known; a single
        bank that can't be read is shown as it was read last.
        """
        views = {view.details.locker_bank_id: view for view in await self._lockers.views()}
        banks = await self._lockers.banks()
        return tuple([await self._use_of(bank, views.get(bank.locker_bank_id), again=again) for bank in banks])

    async def _use_of(self, bank: LockerBank, view: BankView | None, *, again: bool) -> BankUse:
        is_old = view is None or self._clock.now() - view.read_at > READ_AGAIN_AFTER
        with suppress(KioskError):
            view = await self._lockers.bank(bank.locker_bank_id) if again or is_old else view
        return BankUse(bank, view, sizes_of(view) if view else ())

    def banks_read_at(self) -> datetime | None:
        """Return when a bank was read last; None before the first one."""
        return max((view.read_at for view in self._lockers.seen_banks()), default=None)

    def label(self, locker_bank_id: str) -> str:
        """Return the name of a bank as people say it, as far as it was read; else its id."""
        return self._lockers.label(locker_bank_id)

    async def contents(self, view: BankView) -> tuple[UnitContent, ...]:
        """Return every door of a bank with the parcels that the journal knows in it, in the bank's own order."""
        return _contents(view, (await self._presence.inside()).parcels, await self.reports())

    async def contradictions(self, locker_bank_id: str) -> tuple[UnitContent, ...]:
        """Return the units of a bank that contradict themselves, by its last reading; asks nobody else."""
        views = [view for view in await self._lockers.views() if view.details.locker_bank_id == locker_bank_id]
        contents = [await self.contents(view) for view in views]
        return tuple(each for content in contents for each in content if each.contradiction is not None)


def _contents(view: BankView, here: tuple[Parcel, ...], reports: tuple[ReportedUnit, ...]) -> tuple[UnitContent, ...]:
    bank_id = view.details.locker_bank_id
    reported = {each.locker_unit_id: each for each in reports if each.locker_bank_id == bank_id}
    inside: dict[str, list[Parcel]] = {}
    for parcel in here:
        if parcel.place is not None and parcel.place.locker_bank_id == bank_id:
            inside.setdefault(parcel.place.locker_unit_id, []).append(parcel)
    told = told_of(view.details)
    return tuple(
        UnitContent(
            unit,
            known := tuple(inside.get(unit.locker_unit_id, ())),
            contradiction_of(unit, known, told),
            reported.get(unit.locker_unit_id),
        )
        for unit in view.details.locker_units
    )
