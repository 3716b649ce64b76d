"""Makes the screen for a destination. Importing this module loads every screen, so nothing does before the first frame.

The help and the question before leaving are no destinations: the app shows them before anything else is open.
"""

from __future__ import annotations

from contextlib import suppress
from typing import assert_never

from kiosk.errors import StorageError
from kiosk.settings import Environment
from kiosk.wiring import Services
from kiosk.words.people import person
from screens.base import ClerkScreen
from screens.clerk.address import AddressScreen
from screens.clerk.code import CodeScreen
from screens.clerk.collecting import CollectingScreen
from screens.clerk.contact_id import ContactIdScreen
from screens.clerk.counting import CountingScreen
from screens.clerk.elsewhere import ElsewhereScreen
from screens.clerk.expired import ExpiredScreen
from screens.clerk.find import FindScreen
from screens.clerk.hand_over import HandOverScreen
from screens.clerk.idle import IdleScreen
from screens.clerk.idle_warning import IdleWarningScreen
from screens.clerk.label import LabelScreen
from screens.clerk.language import LanguageScreen
from screens.clerk.leaving_today import LeavingTodayScreen
from screens.clerk.locker import LockerScreen
from screens.clerk.new_code import NewCodeScreen
from screens.clerk.number import NumberScreen
from screens.clerk.outgoing import OutgoingScreen
from screens.clerk.paper import PaperScreen
from screens.clerk.parcel import ParcelPageScreen
from screens.clerk.parcel_screen import ParcelScreen
from screens.clerk.put_in import PutInScreen
from screens.clerk.recipient import RecipientScreen
from screens.clerk.round import RoundScreen
from screens.clerk.sample import SOMEBODY, Sample
from screens.clerk.scanner_test import ScannerTestScreen
from screens.clerk.shelf import ShelfScreen
from screens.clerk.sign_in import SignInScreen
from screens.clerk.stocktake import StocktakeScreen
from screens.clerk.stocktake_result import StocktakeResultScreen
from screens.clerk.tasks import TasksScreen
from screens.clerk.tour import TourScreen
from screens.clerk.way_out import WayOutScreen
from screens.destinations import (
    ClearingDestination,
    FinderDestination,
    IntakeDestination,
    ParcelDestination,
    PeopleDestination,
    ShowAddress,
    ShowCode,
    ShowCollecting,
    ShowContactId,
    ShowCounting,
    ShowElsewhere,
    ShowExpired,
    ShowFacility,
    ShowFacilityAddress,
    ShowFacilityChoices,
    ShowFind,
    ShowFinder,
    ShowHandOver,
    ShowIdle,
    ShowIdleWarning,
    ShowLabel,
    ShowLanguages,
    ShowLeavingToday,
    ShowLocker,
    ShowNewCode,
    ShowNumber,
    ShowOutgoing,
    ShowPaper,
    ShowParcel,
    ShowPutIn,
    ShowRecipient,
    ShowRound,
    ShowScannerTest,
    ShowShelf,
    ShowSignIn,
    ShowStocktake,
    ShowStocktakeResult,
    ShowTasks,
    ShowTour,
    ShowWayOut,
    TopDestination,
)
from screens.finder.address import FacilityAddressScreen
from screens.finder.choices import FacilityChoicesScreen
from screens.finder.facility import FacilityScreen
from screens.finder.search import FinderScreen


def make_parcel_screen(to: ParcelDestination, services: Services) -> ParcelScreen:
    """Return a new screen about a parcel."""
    match to:
        case ShowParcel(parcel):
            return ParcelPageScreen(services, parcel)
        case ShowNewCode(parcel):
            return NewCodeScreen(services, parcel)
        case ShowHandOver(parcel, may_be_new):
            return HandOverScreen(services, parcel, may_be_new)
        case ShowOutgoing(parcel):
            return OutgoingScreen(services, parcel)
        case ShowPaper(parcel):
            return PaperScreen(services, parcel)
        case _:
            return _make_intake_screen(to, services)


def _make_intake_screen(to: IntakeDestination, services: Services) -> ParcelScreen:
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
        case ShowCode(parcel, again):
            return CodeScreen(services, parcel, again=again)
        case _:
            assert_never(to)


def make_recipient_screen(services: Services) -> RecipientScreen:
    """Return the recipient screen before there is a parcel; it is kept and used for every parcel."""
    return RecipientScreen(services)


async def make_sample(services: Services) -> Sample | None:
    """Return what home shows a newcomer; None outside the demo."""
    if services.settings.environment is not Environment.DEMO:
        return None
    name = ""
    with suppress(StorageError):
        name = person(await services.queries.directory.by_id(SOMEBODY))
    return Sample(services.queries.today(), name)


def make_top_screen(to: TopDestination, services: Services) -> ClerkScreen:
    """Return a new screen that lies on top of another one."""
    if isinstance(to, FinderDestination):
        return _make_finder_screen(to, services)
    if isinstance(to, ClearingDestination):
        return _make_clearing_screen(to, services)
    if isinstance(to, PeopleDestination):
        return _make_peoples_screen(to, services)
    match to:
        case ShowFind():
            return FindScreen(services)
        case ShowElsewhere(found):
            return ElsewhereScreen(services, found)
        case ShowTasks():
            return TasksScreen(services)
        case ShowAddress(parcel, then):
            return AddressScreen(services, parcel, then)
        case ShowScannerTest():
            return ScannerTestScreen(services)
        case ShowTour():
            return TourScreen(services)
        case _:
            assert_never(to)


def _make_peoples_screen(to: PeopleDestination, services: Services) -> ClerkScreen:
    match to:
        case ShowSignIn(then, sign_out, signed_in):
            return SignInScreen(services, then, sign_out, signed_in)
        case ShowLanguages(then):
            return LanguageScreen(then)
        case ShowWayOut():
            return WayOutScreen(services)
        case ShowIdleWarning(seconds, then):
            return IdleWarningScreen(seconds, then)
        case ShowIdle(then, signs_in):
            return IdleScreen(then, signs_in=signs_in)
        case _:
            assert_never(to)


def _make_finder_screen(to: FinderDestination, services: Services) -> ClerkScreen:
    match to:
        case ShowFinder():
            return FinderScreen(services)
        case ShowFacility(facility, answer):
            return FacilityScreen(services, facility, answer)
        case ShowFacilityChoices(question, then):
            return FacilityChoicesScreen(services, question, then)
        case ShowFacilityAddress(question, then):
            return FacilityAddressScreen(services, question, then)
        case _:
            assert_never(to)


def _make_clearing_screen(to: ClearingDestination, services: Services) -> ClerkScreen:
    match to:
        case ShowCollecting():
            return CollectingScreen(services)
        case ShowExpired():
            return ExpiredScreen(services)
        case ShowRound(parcels, plan):
            return RoundScreen(services, parcels, plan)
        case ShowLeavingToday():
            return LeavingTodayScreen(services)
        case ShowStocktake():
            return StocktakeScreen(services)
        case ShowCounting(bank_id):
            return CountingScreen(services, bank_id)
        case ShowStocktakeResult(bank_id):
            return StocktakeResultScreen(services, bank_id)
        case _:
            assert_never(to)
