"""Makes the pages over all desks and the screens above them. Importing this module loads all of them.

The first frame shows the desks, which the app makes itself, before anything else is loaded.
"""

from __future__ import annotations

from typing import assert_never

from kiosk.parcels.people import Person
from screens.fleet.alarms import AlarmsScreen
from screens.fleet.base import FleetScreen
from screens.fleet.desks import DesksScreen
from screens.fleet.destinations import FleetDestination, FleetPage, ShowFleetEvent, ShowFleetParcel
from screens.fleet.event import FleetEventScreen
from screens.fleet.journal import FleetJournalScreen
from screens.fleet.lockers import LockersScreen
from screens.fleet.parcel import FleetParcelScreen
from screens.fleet.parcels import FleetParcelsScreen


def make_page(page: FleetPage, person: Person) -> FleetScreen:
    """Return a new page."""
    match page:
        case FleetPage.DESKS:
            return DesksScreen(person)
        case FleetPage.PARCELS:
            return FleetParcelsScreen(person)
        case FleetPage.JOURNAL:
            return FleetJournalScreen(person)
        case FleetPage.LOCKERS:
            return LockersScreen(person)
        case FleetPage.ALARMS:
            return AlarmsScreen(person)
        case _:
            assert_never(page)


def make_screen(to: FleetDestination, person: Person) -> FleetScreen:
    """Return a new screen that lies above a page."""
    match to:
        case ShowFleetParcel(parcel):
            return FleetParcelScreen(person, parcel)
        case ShowFleetEvent(record):
            return FleetEventScreen(person, record)
        case _:
            assert_never(to)
