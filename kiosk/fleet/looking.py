"""Everything that a front end asks about all desks, through the login of a console; and when the centre last answered.

What is asked stands in a file for each subject. Nothing is written but that an alarm was closed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Concatenate, Final, NamedTuple, ParamSpec, TypeVar

from kiosk.clock import Clock
from kiosk.errors import FleetError, NoReasonError, NotAllowedError, WrongStateError
from kiosk.fleet import concerns, finding, searching, standings, usage
from kiosk.fleet.centre import Centre
from kiosk.fleet.concerns import Alarm, Concerns
from kiosk.fleet.finding import FleetParcel
from kiosk.fleet.logins import LoginKind, read_login
from kiosk.fleet.names import Names
from kiosk.fleet.records import FleetRecord
from kiosk.fleet.searching import Wanted
from kiosk.fleet.standings import Standing
from kiosk.fleet.usage import BankUse, SiteHours
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role
from kiosk.plain_text import one_line
from kiosk.settings import Settings

T = TypeVar("T")
P = ParamSpec("P")

MAY_CLOSE: Final = frozenset({Role.OPERATOR, Role.ADMIN})
"""Who may close an alarm."""

_LABELS_HOLD_SECONDS: Final = 60.0
"""There may be thousands of banks, and one is seldom renamed."""

_CHANGED: Final = """
SELECT (SELECT max(stored_at) FROM fleet.heads) AS stored_at,
    (SELECT greatest(max(raised_at), max(closed_at)) FROM fleet.alarms) AS alarm_at,
    (SELECT count(*) FROM fleet.alarms WHERE closed_at IS NULL) AS alarms,
    (SELECT count(*) FROM fleet.desks WHERE seen_at > clock_timestamp() - %s) AS here
"""


class Stamp(NamedTuple):
    """What stays equal while nothing changes at the centre, for a minute."""

    stored_at: datetime | None
    alarm_at: datetime | None
    alarms: int
    """How many are open."""
    here: int
    """How many desks are."""
    minute: datetime


class Looking:
    """Questions about all desks; each raises FleetError."""

    def __init__(self, centre: Centre, clock: Clock, role_now: Callable[[Person], Role | None]) -> None:
        self._centre = centre
        self._names = Names(centre)
        self._clock = clock
        self._role_now = role_now
        self._turn = asyncio.Lock()
        self._labels: dict[str, str] = {}
        self._labels_until = 0.0
        """Until when, in seconds lived through, the names of banks are not asked for again."""
        self.heard_at: datetime | None = None
        """When the centre last answered."""
        self.problem: FleetError | None = None
        """Why it does not answer now."""

    async def stamp(self) -> Stamp:
        """Return how it stands at the centre: the cheapest question."""
        rows = await self._told(Centre.rows, _CHANGED, (standings.AWAY_AFTER,))
        return Stamp(**rows[0], minute=self._clock.now().replace(second=0, microsecond=0))

    async def hint(self, seconds: float) -> None:
        """Wait for a hint that something changed, at most so long."""
        await self._centre.hint(seconds)

    async def standings(self) -> tuple[Standing, ...]:
        """Return every desk, by site and name."""
        return await self._told(standings.standings)

    async def find(self, text: str) -> tuple[FleetParcel, ...]:
        """Return the parcels that a number's beginning or end, or a contact id, finds."""
        await self._read_labels()
        return await self._told(finding.find_parcels, self._names, text)

    async def history(self, parcel: FleetParcel) -> tuple[FleetRecord, ...]:
        """Return what happened at any desk to parcels with a number of this one, the oldest first."""
        await self._read_labels()
        return await self._told(finding.history, parcel)

    async def events(
        self, wanted: Wanted, *, limit: int, after: FleetRecord | None = None
    ) -> tuple[FleetRecord, ...] | None:
        """Return the newest events that are as wanted, or those behind `after`; None where too many are meant."""
        await self._read_labels()
        return await self._told(searching.search, wanted, limit=limit, after=after)

    async def banks(self) -> tuple[BankUse, ...]:
        """Return every bank, by site and name."""
        return await self._told(usage.bank_use)

    async def parcels_by_hour(self) -> tuple[SiteHours, ...]:
        """Return how many parcels each site took in in each of the last 24 hours."""
        return await self._told(usage.parcels_by_hour, self._clock.now())

    async def concerns(self) -> Concerns:
        """Return what somebody has to look at."""
        await self._read_labels()
        return await self._told(concerns.concerns, self._names)

    async def close_alarm(self, alarm: Alarm, reason: str, person: Person) -> None:
        """Close an alarm in somebody's name.

        Raises NoReasonError, NotAllowedError, and WrongStateError where it is closed already.
        """
        reason = one_line(reason)
        if not reason:
            raise NoReasonError
        if await asyncio.to_thread(self._role_now, person) not in MAY_CLOSE:
            raise NotAllowedError("may_not_close_alarms", name=person.name)
        if not await self._told(concerns.close_alarm, alarm, person.name, reason):
            raise WrongStateError("alarm_closed")

    def label(self, locker_bank_id: str) -> str:
        """Return the name of a bank as people say it, as far as a desk told of it; else its id."""
        return self._labels.get(locker_bank_id, locker_bank_id)

    async def _read_labels(self) -> None:
        if self._clock.lived() >= self._labels_until:
            self._labels = await self._told(usage.labels)
            self._labels_until = self._clock.lived() + _LABELS_HOLD_SECONDS

    async def _told(self, ask: Callable[Concatenate[Centre, P], Awaitable[T]], *about: P.args, **more: P.kwargs) -> T:
        """Ask the centre, and note that it answered or why it did not. One question at a time."""
        async with self._turn:
            try:
                found = await ask(self._centre, *about, **more)
            except FleetError as error:
                self.problem = error
                raise
            self.heard_at, self.problem = self._clock.now(), None
            return found


@dataclass(frozen=True)
class FleetServices:
    """What a front end works with that looks at all desks."""

    settings: Settings
    clock: Clock
    looking: Looking
    close_at_once: Callable[[float], None]
    """Closes the journal within so many seconds, in a process whose event loop hangs."""


@asynccontextmanager
async def open_looking(
    settings: Settings, clock: Clock, role_now: Callable[[Person], Role | None]
) -> AsyncIterator[Looking]:
    """Open a way to look at all desks; raises FleetError where nobody let this machine in. Connects when asked."""
    centre = Centre(settings.fleet, read_login(settings.data_dir, LoginKind.CONSOLE))
    try:
        yield Looking(centre, clock, role_now)
    finally:
        await centre.close()
