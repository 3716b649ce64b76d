"""Makes the console's pages and the screens above them. Importing this module loads all of them.

The first frame shows the overview, which the app makes itself, before anything else is loaded.
"""

from __future__ import annotations

from typing import assert_never

from kiosk.parcels.people import Person
from screens.console.attention import AttentionScreen
from screens.console.bank_map import BankMapScreen
from screens.console.base import ConsoleScreen
from screens.console.destinations import ConsoleDestination, Page, ShowEvent, ShowParcel
from screens.console.event import EventScreen
from screens.console.journal import JournalScreen
from screens.console.kiosk import KioskScreen
from screens.console.overview import OverviewScreen
from screens.console.parcel import ParcelScreen
from screens.console.parcel_list import ParcelListScreen
from screens.console.sessions import SessionsScreen


def make_page(page: Page, person: Person) -> ConsoleScreen:
    """Return a new page."""
    match page:
        case Page.OVERVIEW:
            return OverviewScreen(person)
        case Page.BANKS:
            return BankMapScreen(person)
        case Page.PARCELS:
            return ParcelListScreen(person)
        case Page.ATTENTION:
            return AttentionScreen(person)
        case Page.JOURNAL:
            return JournalScreen(person)
        case Page.KIOSK:
            return KioskScreen(person)
        case Page.SESSIONS:
            return SessionsScreen(person)
        case _:
            assert_never(page)


def make_screen(to: ConsoleDestination, person: Person) -> ConsoleScreen:
    """Return a new screen that lies above a page."""
    match to:
        case ShowParcel(parcel):
            return ParcelScreen(person, parcel)
        case ShowEvent(sequence):
            return EventScreen(person, sequence)
        case _:
            assert_never(to)
