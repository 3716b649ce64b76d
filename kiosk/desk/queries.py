"""The door through which every front end asks. Nothing is recorded and nothing is changed here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kiosk.clock import Clock
    from kiosk.desk.activity import Activity
    from kiosk.desk.call_budget import CallBudget
    from kiosk.desk.console_queries import ConsoleQueries
    from kiosk.desk.health import KioskHealth
    from kiosk.desk.lockers import Lockers
    from kiosk.desk.proposals import Proposals
    from kiosk.desk.recipient_history import RecipientHistory
    from kiosk.desk.searching import Searching
    from kiosk.desk.stocktake_results import StocktakeResults
    from kiosk.journal.store import Journal
    from kiosk.parcels.parcel import Parcel
    from kiosk.recipients.directory import Directory


class Home(NamedTuple):
    """What the home screen lists, as it is at one moment."""

    unfinished: tuple[Parcel, ...]
    """Somebody still has to do something about them; the oldest first."""
    today: tuple[Parcel, ...]
    """Something happened with them since local midnight; the latest first."""
    named: frozenset[str]
    """The ids of those whose names are still shown in full."""


@dataclass(frozen=True)
class Queries:
    """What front ends ask."""

    journal: Journal
    clock: Clock
    activity: Activity
    lockers: Lockers
    proposals: Proposals
    recipient_history: RecipientHistory
    searching: Searching
    stocktakes: StocktakeResults
    directory: Directory
    console: ConsoleQueries
    health: KioskHealth
    calls: CallBudget
    names_minutes: float
    """How long the home screen shows a name in full."""

    async def home(self) -> Home:
        """Return what the home screen lists, in one reading; raises StorageError."""
        now = self.clock.now()
        midnight = now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        faded = now - timedelta(minutes=self.names_minutes)
        # Shortly after midnight the names of yesterday's last parcels are still to be shown.
        unfinished, changed = await self.journal.home(min(midnight, faded))
        return Home(
            unfinished,
            tuple(parcel for parcel, at in changed if at >= midnight),
            frozenset(parcel.parcel_id for parcel, at in changed if self.names_minutes and at >= faded),
        )

    async def parcel(self, parcel_id: str) -> Parcel | None:
        """Return one parcel as it stands; raises StorageError."""
        return await self.journal.parcel(parcel_id)
