"""Makes the screen for a destination. Importing this module loads every screen, so nothing does before the first frame.

The help and the question before leaving are no destinations: the app shows them before anything else is open.
"""

from __future__ import annotations

from typing import assert_never

from kiosk.wiring import Services
from screens.base import ClerkScreen
from screens.clerk.code import CodeScreen
from screens.clerk.contact_id import ContactIdScreen
from screens.clerk.label import LabelScreen
from screens.clerk.locker import LockerScreen
from screens.clerk.new_code import NewCodeScreen
from screens.clerk.number import NumberScreen
from screens.clerk.parcel import ParcelPageScreen
from screens.clerk.parcel_screen import ParcelScreen
from screens.clerk.put_in import PutInScreen
from screens.clerk.recipient import RecipientScreen
from screens.clerk.scanner_test import ScannerTestScreen
from screens.clerk.shelf import ShelfScreen
from screens.destinations import (
    ParcelDestination,
    ShowCode,
    ShowContactId,
    ShowFacility,
    ShowFacilityAddress,
    ShowFacilityChoices,
    ShowFinder,
    ShowHandOver,
    ShowLabel,
    ShowLocker,
    ShowNewCode,
    ShowNumber,
    ShowOutgoing,
    ShowParcel,
    ShowPutIn,
    ShowRecipient,
    ShowScannerTest,
    ShowShelf,
    TopDestination,
)
from screens.finder.address import FacilityAddressScreen
from screens.finder.choices import FacilityChoicesScreen
from screens.finder.facility import FacilityScreen
from screens.finder.search import FinderScreen


def make_parcel_screen(to: ParcelDestination, services: Services) -> ParcelScreen:
    """Return a new screen about a parcel."""
    match to:
        case ShowNumber(parcel, scan):
            return NumberScreen(services, parcel, scan)
        case ShowLabel(parcel):
            return LabelScreen(services, parcel)
        case ShowRecipient(parcel):
            return RecipientScreen(services, parcel)
        case ShowContactId(parcel):
            return ContactIdScreen(services, parcel)
        case ShowLocker(parcel, too_small):
            return LockerScreen(services, parcel, too_small)
        case ShowShelf(parcel, size):
            return ShelfScreen(services, parcel, size)
        case ShowPutIn(parcel):
            return PutInScreen(services, parcel)
        case ShowCode() | ShowParcel() | ShowNewCode() | ShowHandOver() | ShowOutgoing():
            return _make_later_screen(to, services)
        case _:
            assert_never(to)


def _make_later_screen(
    to: ShowCode | ShowParcel | ShowNewCode | ShowHandOver | ShowOutgoing, services: Services
) -> ParcelScreen:
    """Return a new screen about a parcel that is in its locker, or goes another way."""
    match to:
        case ShowCode(parcel, again):
            return CodeScreen(services, parcel, again=again)
        case ShowNewCode(parcel):
            return NewCodeScreen(services, parcel)
        case ShowParcel(parcel) | ShowHandOver(parcel) | ShowOutgoing(parcel):
            return ParcelPageScreen(services, parcel)
        case _:
            assert_never(to)


def make_recipient_screen(services: Services) -> RecipientScreen:
    """Return the recipient screen before there is a parcel; it is kept and used for every parcel."""
    return RecipientScreen(services)


def make_top_screen(to: TopDestination, services: Services) -> ClerkScreen:
    """Return a new screen that lies on top of another one."""
    match to:
        case ShowFinder():
            return FinderScreen(services)
        case ShowFacility(facility, answer):
            return FacilityScreen(services, facility, answer)
        case ShowFacilityChoices(question, then):
            return FacilityChoicesScreen(services, question, then)
        case ShowFacilityAddress(question, then):
            return FacilityAddressScreen(services, question, then)
        case ShowScannerTest():
            return ScannerTestScreen(services)
        case _:
            assert_never(to)
