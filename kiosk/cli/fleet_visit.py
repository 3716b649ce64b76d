"""A visit to the console over all desks: recorded in the journal of the machine where it is, like one to its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from kiosk.cli.visit import recorded
from kiosk.clock import SystemClock
from kiosk.desk.corrections import RoleNow
from kiosk.desk.session_files import Session
from kiosk.desk.sessions import Sessions
from kiosk.desk.visits import Visits
from kiosk.fleet.looking import FleetServices, open_looking
from kiosk.parcels.people import Person
from kiosk.settings import Settings
from kiosk.wiring import open_journal


@asynccontextmanager
async def visit_fleet(
    settings: Settings, person: Person, role_now: RoleNow, session: Session
) -> AsyncIterator[FleetServices]:
    """Open what looks at all desks between the login and the logout.

    Raises FleetError where nobody let this machine in, StorageError, and NotAllowedError for one session too many.
    """
    clock = SystemClock()
    async with open_looking(settings, clock, role_now) as looking, open_journal(settings, clock) as journal:
        visits = Visits(journal)
        most = settings.console.most_sessions
        sessions = Sessions(journal, settings.data_dir, visits, role_now, most=most)
        async with recorded(visits, sessions, session, person):
            yield FleetServices(settings, clock, looking, journal.close_at_once)
