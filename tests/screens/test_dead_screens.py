"""A screen that was left is dead: no weak reference to it, to its widgets or to what was drawn of them is alive.

Screens that are kept to be used again are there once, however often they are shown.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

import pytest

import screens.clerk
import screens.console
from kiosk.desk.boxes import AtAnotherDesk
from kiosk.desk.rounds import Goal, Plan
from kiosk.parcels.listing import Uncollected
from kiosk.tracking.codes import Code
from screens.base import ClerkScreen
from screens.console.base import ConsoleScreen
from screens.destinations import (
    ShowCollecting,
    ShowElsewhere,
    ShowExpired,
    ShowIdle,
    ShowIdleWarning,
    ShowLanguages,
    ShowLeavingToday,
    ShowPaper,
    ShowRound,
    ShowSignIn,
    ShowTour,
    ShowWayOut,
)
from screens.messages import GoHome, GoTo
from tests.house.others import other
from tests.screens.clerk.test_outgoing import to_outgoing
from tests.screens.clerk.test_snapshots import STATES
from tests.screens.clerk.test_stocktake import STATES as COUNTS
from tests.screens.clerk.test_unreached import at_address, unreached
from tests.screens.console.console_in_test import NUMBERS, Console, console, fill
from tests.screens.console.test_repairs import open_parcel
from tests.screens.console.test_snapshots import STATES as PAGES
from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.screens.parcels_in_test import UPS, in_locker, lying
from tests.screens.remains import Remains

pytestmark = pytest.mark.every_frame


def classes(package: ModuleType, base: type) -> set[str]:
    """Return the names of all screens of a package, but for those that only others are made of."""
    modules = [import_module(f"{package.__name__}.{module.name}") for module in iter_modules(package.__path__)]
    values = [value for module in modules for value in vars(module).values() if isinstance(value, type)]
    return {value.__name__ for value in values if issubclass(value, base) and not value.__subclasses__()}


async def no_barcode(kiosk: Kiosk) -> None:
    kiosk.type("+\r")
    await kiosk.at("Label")


async def scanner_test(kiosk: Kiosk) -> None:
    await kiosk.press("f1")
    await kiosk.at("Help")
    await kiosk.press("f2")
    await kiosk.at("ScannerTest")


async def leaving(kiosk: Kiosk) -> None:
    await kiosk.press("ctrl+q")
    await kiosk.at("Leaving")


async def hand_over(kiosk: Kiosk) -> None:
    await lying(kiosk.services, "T1", "S1")
    kiosk.scan("T1")
    await kiosk.shows("Hand over")
    await kiosk.press("f4")
    await kiosk.at("HandOver")


async def tasks(kiosk: Kiosk) -> None:
    await kiosk.press("f9")
    await kiosk.at("Tasks")


async def tour(kiosk: Kiosk) -> None:
    await kiosk.cover(ShowTour(), "Tour")


async def a_round(kiosk: Kiosk) -> None:
    await in_locker(kiosk.services)
    parcel, ends = await kiosk.parcel("T1"), kiosk.services.clock.now()
    await kiosk.cover(ShowRound((Uncollected(parcel, ends, is_expired=True),), Plan(Goal.SHELF)), "Round")


async def in_the_list(opened: Console) -> None:
    await opened.page("3", "ParcelList", "parcels:")


async def an_event(opened: Console) -> None:
    await opened.page("5", "Journal", "46 events")
    await opened.press("enter")
    await opened.at("Event")


async def new_code(kiosk: Kiosk) -> None:
    await STATES["parcel-in-locker"](kiosk)
    await kiosk.press("f7")
    await kiosk.shows("What else is to be done")
    await kiosk.press("4")
    await kiosk.at("NewCode")


async def an_address(kiosk: Kiosk) -> None:
    await unreached(kiosk.services)
    await at_address(kiosk)


async def a_paper(kiosk: Kiosk) -> None:
    await lying(kiosk.services, "T1", "S1")
    kiosk.app.post_message(GoTo(ShowPaper(await kiosk.parcel("T1"))))
    await kiosk.at("Paper")


async def elsewhere(kiosk: Kiosk) -> None:
    found = AtAnotherDesk(Code(UPS), other(UPS, unit="12"), kiosk.clock.now())
    await kiosk.cover(ShowElsewhere((found,)), "Elsewhere")


def ignore(*_: object) -> None:
    """Hear what a screen says, and do nothing."""


WAYS: dict[str, Callable[[Kiosk], Awaitable[Any]]] = {
    "HomeScreen": STATES["home-empty"],
    "NumberScreen": STATES["number-two-carriers"],
    "LabelScreen": no_barcode,
    "RecipientScreen": STATES["recipient-names"],
    "ContactIdScreen": STATES["contact-id"],
    "ShelfScreen": STATES["shelf"],
    "LockerScreen": STATES["locker-refused"],
    "PutInScreen": STATES["put-in"],
    "CodeScreen": STATES["code"],
    "ScannerTestScreen": scanner_test,
    "LeavingScreen": leaving,
    "StocktakeScreen": COUNTS["banks"],
    "CountingScreen": COUNTS["begun"],
    "StocktakeResultScreen": COUNTS["results"],
    "ParcelPageScreen": STATES["parcel-in-locker"],
    "FindScreen": STATES["find-differs"],
    "ElsewhereScreen": elsewhere,
    "NewCodeScreen": new_code,
    "PaperScreen": a_paper,
    "FinderScreen": STATES["finder-full"],
    "FacilityScreen": STATES["facility"],
    "FacilityChoicesScreen": STATES["facility-choices"],
    "FacilityAddressScreen": STATES["facility-address"],
    "HelpScreen": STATES["help"],
    "AddressScreen": an_address,
    "HandOverScreen": hand_over,
    "TasksScreen": tasks,
    "TourScreen": tour,
    "LanguageScreen": lambda kiosk: kiosk.cover(ShowLanguages(ignore), "Language"),
    "CollectingScreen": lambda kiosk: kiosk.cover(ShowCollecting(), "Collecting"),
    "ExpiredScreen": lambda kiosk: kiosk.cover(ShowExpired(), "Expired"),
    "RoundScreen": a_round,
    "OutgoingScreen": lambda kiosk: to_outgoing(kiosk, "T1"),
    "WayOutScreen": lambda kiosk: kiosk.cover(ShowWayOut(), "WayOut"),
    "LeavingTodayScreen": lambda kiosk: kiosk.cover(ShowLeavingToday(), "LeavingToday"),
    "SignInScreen": lambda kiosk: kiosk.cover(ShowSignIn(ignore, ignore), "SignIn"),
    "IdleWarningScreen": lambda kiosk: kiosk.cover(ShowIdleWarning(15, ignore), "IdleWarning"),
    "IdleScreen": lambda kiosk: kiosk.cover(ShowIdle(ignore, signs_in=False), "Idle"),
}
CONSOLE_WAYS: dict[str, Callable[[Console], Awaitable[Any]]] = {
    "OverviewScreen": PAGES["overview"],
    "BankMapScreen": PAGES["banks"],
    "ParcelListScreen": in_the_list,
    "AttentionScreen": PAGES["reason"],
    "JournalScreen": PAGES["journal"],
    "KioskScreen": lambda opened: opened.page("6", "Kiosk"),
    "SessionsScreen": lambda opened: opened.page("7", "Sessions"),
    "ParcelScreen": PAGES["parcel-refused"],
    "EventScreen": an_event,
    "KeysScreen": PAGES["keys"],
}


async def go_home(kiosk: Kiosk) -> None:
    kiosk.app.post_message(GoHome())
    await kiosk.at("Home")


def test_there_is_a_way_to_every_screen() -> None:
    assert classes(screens.clerk, ClerkScreen) <= set(WAYS)
    assert classes(screens.console, ConsoleScreen) == set(CONSOLE_WAYS)


@pytest.mark.parametrize("name", WAYS)
async def test_a_screen_of_the_clerk_is_dead_once_it_is_left(desk: Desk, name: str) -> None:
    async with desk.open() as kiosk:
        remains = Remains(kiosk.app)
        await WAYS[name](kiosk)
        await kiosk.rest()
        assert type(kiosk.screen).__name__ == name
        remains.note_widgets()
        await kiosk.press("f12")
        await go_home(kiosk)
        await remains.are_dead()


@pytest.mark.parametrize("name", CONSOLE_WAYS)
async def test_a_screen_of_the_console_is_dead_once_it_is_left(desk: Desk, name: str) -> None:
    await fill(desk)
    async with console(desk) as opened:
        remains = Remains(opened.app)
        await CONSOLE_WAYS[name](opened)
        assert type(opened.screen).__name__ == name
        remains.note_widgets()
        await opened.press("f12", "escape", "escape")
        opened.type("1")
        await opened.at("Overview")
        await remains.are_dead()
        assert len(opened.app._installed_screens) <= 6


@pytest.mark.parametrize(
    ("name", "keys"),
    [("Locker", ["enter"]), ("PutIn", ["enter"]), ("PutIn", ["delete", "f10"])],
)
async def test_a_screen_left_while_its_flow_is_under_way_is_dead_once_the_flow_ended(
    desk: Desk, name: str, keys: list[str]
) -> None:
    async with desk.open() as kiosk:
        remains = Remains(kiosk.app)
        await WAYS[f"{name}Screen" if name == "PutIn" else "LockerScreen"](kiosk)
        with desk.service.stalled():
            remains.note_widgets()
            await kiosk.press(*keys)
            await kiosk.until(lambda: kiosk.screen.busy, "a flow under way")
            await go_home(kiosk)
        await remains.are_dead()


async def test_the_finder_left_while_it_searches_is_dead(desk: Desk) -> None:
    async with desk.open() as kiosk:
        remains = Remains(kiosk.app)
        for _ in range(5):
            await kiosk.press("f3")
            await kiosk.at_once("Finder")
            await kiosk.press("escape")
            await kiosk.at("Home")
        assert "FinderScreen" in remains.shown
        await remains.are_dead()


async def test_find_left_while_it_asks_the_service_is_dead(desk: Desk) -> None:
    async with desk.open() as kiosk:
        remains = Remains(kiosk.app)
        await kiosk.press("ctrl+f")
        await kiosk.at("Find")
        with desk.service.stalled():
            kiosk.type("T1")
            await kiosk.shows("Nothing matches")
            remains.note_widgets()
            await kiosk.press("f5")
            await kiosk.shows("Asking the locker service...")
            await go_home(kiosk)
        await remains.are_dead()


async def test_a_repair_left_while_it_is_under_way_leaves_no_screen(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        remains = Remains(opened.app)
        await open_parcel(opened, NUMBERS.deposited)
        with desk.service.stalled():
            remains.note_widgets()
            opened.type("fasked at the desk\r")
            await opened.until(lambda: opened.screen.busy, "a repair under way")
            opened.type("1")
            await opened.at("Overview")
        await remains.are_dead()


async def test_help_finder_and_themes_in_a_loop_leave_nothing(desk: Desk) -> None:
    async with desk.open() as kiosk:
        remains = Remains(kiosk.app)
        for _ in range(4):
            await kiosk.press("f1")
            await kiosk.at("Help")
            await kiosk.press("f12", "escape")
            await kiosk.at("Home")
            await kiosk.press("f3")
            await kiosk.at("Finder")
            remains.note_widgets()
            await kiosk.press("f12", "escape")
            await kiosk.at("Home")
        await remains.are_dead()


async def test_a_tapped_button_does_not_outlive_its_screen(desk: Desk) -> None:
    async with desk.open() as kiosk:
        remains = Remains(kiosk.app)
        await kiosk.to_locker()
        remains.note_widgets()
        await kiosk.tap("Later")
        await kiosk.at("Home")
        await remains.are_dead()
