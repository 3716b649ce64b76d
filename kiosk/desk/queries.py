"""The door through which every front end asks. Nothing is recorded and nothing is changed here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kiosk.journal.home import PAGE, Asked, Span
from kiosk.parcels.piles import Pile

if TYPE_CHECKING:
    from kiosk.clock import Clock
    from kiosk.desk.activity import Activity
    from kiosk.desk.call_budget import CallBudget
    from kiosk.desk.console_queries import ConsoleQueries
    from kiosk.desk.expiry import Expiry
    from kiosk.desk.health import KioskHealth
    from kiosk.desk.lockers import Lockers
    from kiosk.desk.outgoing import Outgoing
    from kiosk.desk.proposals import Proposals
    from kiosk.desk.recipient_history import RecipientHistory
    from kiosk.desk.searching import Searching
    from kiosk.desk.shelf import Shelf
    from kiosk.desk.stocktake_results import StocktakeResults
    from kiosk.desk.successes import Successes
    from kiosk.journal.store import Journal
    from kiosk.parcels.other_desks import OtherDesks
    from kiosk.parcels.parcel import Parcel
    from kiosk.recipients.directory import Directory


Listing: TypeAlias = Pile | date
"""What home can list: a pile, or the parcels taken in on a day."""


class Home(NamedTuple):
    """What the home screen shows, as it is at one moment."""

    counts: Mapping[Pile, int] = MappingProxyType({})
    listing: Listing | None = None
    """What is listed: a pile, or the parcels taken in on a day."""
    parcels: tuple[Parcel, ...] = ()
    """One page of the list, the newest first."""
    first: int = 0
    """How many come before them."""
    total: int = 0
    """How many the list has."""
    next: Parcel | None = None
    """The next one of the pile that is listed, of a day the next one whose intake is not over."""
    last: Parcel | None = None
    """The one that was worked on last, as it stands."""
    named: frozenset[str] = frozenset()
    """The ids of those whose names are still shown in full."""
    with_room: frozenset[str] = frozenset()
    """The ids of those on the shelf for which a locker is free."""
    tells_recipients: bool = False
    """This desk sends notices."""


@dataclass(frozen=True)
class Queries:
    """What front ends ask."""

    journal: Journal
    clock: Clock
    activity: Activity
    lockers: Lockers
    shelf: Shelf
    proposals: Proposals
    recipient_history: RecipientHistory
    searching: Searching
    expiry: Expiry
    outgoing: Outgoing
    stocktakes: StocktakeResults
    directory: Directory
    others: OtherDesks
    console: ConsoleQueries
    health: KioskHealth
    calls: CallBudget
    successes: Successes
    names_minutes: float
    """How long the home screen shows a name in full."""

    async def home(self, listing: Listing, *, page: int = 0, last: str = "") -> Home:
        """Return what the home screen shows, in one reading; `last` is the id of the parcel worked on last.

        Raises StorageError.
        """
        now = self.clock.now()
        span = listing if isinstance(listing, Pile) else _span(listing)
        told = await self.journal.home(Asked(now, span, page, last), self.shelf.has_room)
        rows = (*told.rows, *((told.last,) if told.last else ()))
        faded = now - timedelta(minutes=self.names_minutes)
        return Home(
            told.counts,
            listing,
            tuple(parcel for parcel, _ in told.rows),
            page * PAGE,
            told.total,
            told.next,
            told.last[0] if told.last else None,
            frozenset(parcel.parcel_id for parcel, at in rows if self.names_minutes and at >= faded),
            self.shelf.with_room(parcel for parcel, _ in rows),
            bool(self.journal.rules.channels),
        )

    def today(self) -> date:
        """Return the day at the desk."""
        return self.clock.now().astimezone().date()

    async def unfinished(self) -> tuple[Parcel, ...]:
        """Return every parcel about which somebody still has to do something, the oldest first; raises StorageError."""
        return await self.journal.unfinished()

    async def parcel(self, parcel_id: str) -> Parcel | None:
        """Return one parcel as it stands; raises StorageError."""
        return await self.journal.parcel(parcel_id)


def _span(day: date) -> Span:
    """Return from when to when a day goes at the desk; one on which the clocks change has 23 or 25 hours."""
    begin, end = (datetime(each.year, each.month, each.day).astimezone() for each in (day, day + timedelta(days=1)))
    return Span(begin, end)
