"""Every screen of the clerk and of the finder, used in whole ways by keys alone and by taps alone.

Which screens there are is taken from the code: a new one without a way fails, and so does an action without a target.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import combinations

import pytest

import screens.clerk
import screens.finder
from screens.actions import GO_BACK, LISTS, PAGE_DOWN, PAGE_UP
from screens.base import ClerkScreen
from screens.clerk_actions import (
    BACK,
    BACK_TOO,
    BEGIN_TASK,
    BY_ID,
    DAY_AFTER,
    DETAILS,
    DONE,
    FACILITIES,
    FIND,
    HELP,
    HOLD,
    IS_IN,
    IS_THERE,
    IT_GOES_OUT,
    LARGER,
    LAST,
    LATER,
    LEAVE_NOW,
    LEAVE_TEST,
    NO_BARCODE,
    OPEN_FOUND,
    RESERVE,
    SAVE_ADDRESS,
    SCANNER_TEST,
    SMALLER,
    STAY,
    TAKE_IN,
    TAKE_IN_HERE,
    TAKE_LANGUAGE,
    TASKS,
    THIS_NUMBER,
    THIS_ONE,
    UNDELIVERABLE,
    UNDO,
    WRITTEN,
)
from screens.clerk_actions import (
    PERSON as A_PERSON,
)
from screens.destinations import ShowTour, ShowWayOut
from screens.finder_actions import ADDRESS, ASK, CARRIER, CHOICES, OPEN_PLACE, SEARCH_HERE, TO_LIST
from screens.finger import targets_on
from screens.idling import WARNING_SECONDS
from screens.leaving_actions import (
    BEGIN,
    CHECKED,
    COLLECTED_ONE,
    GIVEN,
    GOES_THERE,
    LEFT,
    ONLY_THIS,
    OUT,
    SIGNATURE,
)
from screens.parcel_actions import GO_ON, MORE, NEW_CODE, PAPER, RENEW, THIS_REASON
from screens.people_actions import CHOOSE, STAY_HERE, WAKE
from screens.stocktake_actions import COUNT_BANK, COUNT_RESULT, FINISH, FINISH_NOW, IS_EMPTY
from screens.widgets.action_row import MOST_TARGETS
from screens.widgets.target import LEAST_COLUMNS, LEAST_ROWS
from tests.desk.test_scans import two_carriers
from tests.house.others import hear, other
from tests.printing.printers import GOOD, tells
from tests.screens.clerk.test_printing import printing
from tests.screens.clerk.test_unreached import unreached
from tests.screens.hand import Fingers, Hand, Keys
from tests.screens.kiosk_in_test import Desk
from tests.screens.parcels_in_test import UPS, in_locker, lying
from tests.screens.shift_in_test import IDA_PIN, IDLE_MINUTES, as_ida, idles, signs_in
from tests.screens.test_dead_screens import WAYS, classes

SIZES = [(80, 24), (100, 30)]


async def intake(hand: Hand) -> None:
    await hand.at("Home")
    await hand.scan("T1")
    await hand.at("Recipient", "Who is it for?")
    await hand.type("mwangi abdi\r")
    await hand.at("Locker", "free lockers as of")
    await hand.do(RESERVE)
    await hand.at("PutIn", "Put it in locker")
    await hand.do(IS_IN)
    await hand.at("Code")
    await hand.do(DONE)
    await hand.at("Home")


async def shelf_and_hand_over(hand: Hand) -> None:
    await hand.scan("T1")
    await hand.at("Recipient", "Who is it for?")
    await hand.type("mwangi")
    await hand.choose("Mwangi Abdi", THIS_ONE)
    await hand.at("Locker", "free lockers as of")
    await hand.do(HOLD)
    await hand.at("Shelf")
    await hand.do(IS_THERE)
    await hand.at("Home")
    await hand.do(TASKS)
    await hand.at("Tasks")
    await hand.choose("Hand over", BEGIN_TASK)
    await hand.at("Collecting")
    await hand.type("t1")
    await hand.choose("S1", COLLECTED_ONE)
    await hand.at("HandOver")
    await hand.do(CHECKED)
    await hand.do(SIGNATURE)
    await hand.type("M. Abdi\r")
    await hand.kiosk.shows("signed")
    await hand.do(GIVEN)
    await hand.at("Home", "was given to Mwangi Abdi")


async def expired_round(hand: Hand) -> None:
    await in_locker(hand.kiosk.services)
    hand.kiosk.clock.advance(timedelta(days=2, hours=1))
    await hand.do(TASKS)
    await hand.at("Tasks")
    await hand.choose("Expired lockers", BEGIN_TASK)
    await hand.at("Expired", "was not collected in time")
    await hand.do(ONLY_THIS)
    await hand.do(BEGIN)
    await hand.at("Round", "Take it out of locker")
    await hand.do(OUT)
    await hand.kiosk.shows("Lay it on the shelf at")
    await hand.do(GO_BACK)
    await hand.at("Expired")


async def stock_take(hand: Hand) -> None:
    await hand.do(TASKS)
    await hand.at("Tasks")
    await hand.choose("Stock-take", BEGIN_TASK)
    await hand.at("Stocktake", "Lobby")
    await hand.do(COUNT_BANK)
    await hand.at("Counting")
    await hand.do(IS_EMPTY)
    await hand.do(COUNT_RESULT)
    await hand.at("StocktakeResult")
    await hand.do(FINISH)
    await hand.do(FINISH_NOW)
    await hand.at("StocktakeResult", "The stock-take is finished.")
    await hand.do(GO_BACK)
    await hand.at("Stocktake", "Last counted today")


async def find_and_change(hand: Hand) -> None:
    await in_locker(hand.kiosk.services)
    await hand.do(FIND)
    await hand.at("Find")
    await hand.type("t1")
    await hand.kiosk.shows("1 parcel found")
    await hand.do(OPEN_FOUND)
    await hand.at("ParcelPage")
    await hand.do(MORE)
    await hand.do(NEW_CODE)
    await hand.at("NewCode")
    await hand.type("lost it")
    await hand.do(THIS_REASON)
    await hand.do(RENEW)
    await hand.at("Code", "This is the new code.")
    await hand.do(DONE)
    await hand.at("Home")


async def outgoing(hand: Hand) -> None:
    await hand.scan(UPS)
    await hand.at("Recipient")
    await hand.do(IT_GOES_OUT)
    await hand.at("Outgoing", "The driver collects it")
    await hand.type("aunt mary")
    await hand.do(GOES_THERE)
    await hand.at("Home", "goes to aunt mary")
    await hand.do(TASKS)
    await hand.at("Tasks")
    await hand.choose("Leaving today", BEGIN_TASK)
    await hand.at("LeavingToday", "aunt mary")
    await hand.do(LEFT)
    await hand.kiosk.shows("left")
    await hand.do(GO_BACK)
    await hand.at("Tasks")


async def address(hand: Hand) -> None:
    await unreached(hand.kiosk.services)
    await hand.kiosk.app.refreshing.refresh()
    await hand.kiosk.counts("Not notified", 1)
    await hand.do(UNDELIVERABLE)
    await hand.kiosk.shows("Not notified: 1")
    await hand.do(TAKE_IN)
    await hand.at("ParcelPage")
    await hand.do(GO_ON)
    await hand.at("Address", "In the directory:")
    await hand.type(".org")
    await hand.do(SAVE_ADDRESS)
    await hand.at("ParcelPage", "goes out again, to mwangi.abdi@example.com.org")


async def elsewhere(hand: Hand) -> None:
    await hear(hand.desk.folder / "data", other(UPS, unit="12"))
    for action, name in ((GO_BACK, "Home"), (TAKE_IN_HERE, "Recipient")):
        await hand.scan(UPS)
        await hand.at("Elsewhere", "Already in locker 12")
        await hand.do(action)
        await hand.at(name)


async def numbers(hand: Hand) -> None:
    await hand.scan(two_carriers())
    await hand.at("Number", "Which carrier brought it?")
    await hand.do(THIS_NUMBER)
    await hand.at("Recipient")
    await hand.do(LATER)
    await hand.at("Home")
    await hand.do(NO_BARCODE)
    await hand.at("Label")
    await hand.do(WRITTEN)
    await hand.at("Recipient")
    await hand.do(BY_ID)
    await hand.at("ContactId")
    for again in ("Type it again to make sure", "free lockers as of"):
        await hand.type("x7")
        await hand.do(A_PERSON)
        await hand.kiosk.shows(again)
    await hand.at("Locker")


async def paper(hand: Hand) -> None:
    await lying(hand.kiosk.services, "T1", "S1")
    await hand.scan("T1")
    await hand.at("ParcelPage")
    await hand.do(MORE)
    await hand.do(PAPER)
    await hand.at("Paper", "This is what will be printed.")
    await hand.do(PAGE_DOWN)
    await hand.do(PAGE_UP)
    await hand.do(GO_BACK)
    await hand.at("ParcelPage")


async def finder(hand: Hand) -> None:
    await hand.do(FACILITIES)
    await hand.at("Finder", "found")
    await hand.do(OPEN_PLACE)
    await hand.at("Facility")
    await hand.do(TO_LIST)
    await hand.at("Finder")
    await hand.do(CHOICES)
    await hand.at("FacilityChoices")
    await hand.do(CARRIER)
    await hand.do(ASK)
    await hand.at("Finder", "found")
    await hand.do(ADDRESS)
    await hand.at("FacilityAddress")
    await hand.type("24060")
    await hand.do(SEARCH_HERE)
    await hand.at("Finder")


async def help_and_tests(hand: Hand) -> None:
    await hand.do(HELP)
    await hand.at("Help", "You can scan the next parcel")
    await hand.do(PAGE_DOWN)
    await hand.kiosk.lacks("You can scan the next parcel")
    await hand.do(PAGE_UP)
    await hand.do(SCANNER_TEST)
    await hand.at("ScannerTest")
    await hand.do(LEAVE_TEST)
    await hand.at("Help")
    await hand.do(BACK)
    await hand.at("Home")


async def the_tour(hand: Hand) -> None:
    await hand.kiosk.cover(ShowTour(), "Tour")  # the help leads there in the demo alone
    await hand.at("Tour")
    await hand.do(GO_BACK)
    await hand.at("Home")


async def a_language(hand: Hand) -> None:
    await hand.do(TASKS)
    await hand.at("Tasks")
    await hand.choose("Language", BEGIN_TASK)
    await hand.at("Language")
    await hand.choose("English", TAKE_LANGUAGE)
    await hand.at("Tasks")


async def signing_in(hand: Hand) -> None:
    await hand.at("SignIn", "Ida Berg")
    await hand.choose("Ida Berg", CHOOSE)
    await hand.kiosk.shows("PIN of Ida Berg")
    await hand.digits(IDA_PIN)
    await hand.at("Home", "Ida Berg")


async def nobody_there(hand: Hand) -> None:
    await hand.kiosk.at("SignIn")
    await as_ida(hand.kiosk)
    await idles(hand.desk, hand.kiosk, IDLE_MINUTES * 60 - WARNING_SECONDS)
    await hand.at("IdleWarning")
    await hand.do(STAY_HERE)
    await hand.at("Home")
    await idles(hand.desk, hand.kiosk)
    await hand.at("Idle")
    await hand.do(WAKE)
    await hand.at("SignIn")


async def the_way_out(hand: Hand) -> None:
    await hand.kiosk.at("SignIn")
    await as_ida(hand.kiosk)
    await hand.kiosk.cover(ShowWayOut(), "WayOut")  # on purpose no tap leads there
    await hand.at("WayOut", "Jo Lund")
    await hand.do(GO_BACK)
    await hand.at("Home")


async def not_leaving(hand: Hand) -> None:
    await hand.kiosk.press("ctrl+q")  # on purpose no tap leads there
    await hand.at("Leaving")
    await hand.do(STAY)
    await hand.at("Home")


WHOLE: dict[Callable[[Hand], Awaitable[None]], set[str]] = {
    intake: {"Home", "Recipient", "Locker", "PutIn", "Code"},
    shelf_and_hand_over: {"Home", "Recipient", "Locker", "Shelf", "Tasks", "Collecting", "HandOver"},
    expired_round: {"Tasks", "Expired", "Round"},
    stock_take: {"Tasks", "Stocktake", "Counting", "StocktakeResult"},
    find_and_change: {"Find", "ParcelPage", "NewCode", "Code", "Home"},
    outgoing: {"Recipient", "Outgoing", "Home", "Tasks", "LeavingToday"},
    address: {"ParcelPage", "Address"},
    elsewhere: {"Home", "Elsewhere", "Recipient"},
    numbers: {"Number", "Recipient", "Home", "Label", "ContactId", "Locker"},
    paper: {"ParcelPage", "Paper"},
    finder: {"Finder", "Facility", "FacilityChoices", "FacilityAddress"},
    help_and_tests: {"Help", "ScannerTest", "Home"},
    the_tour: {"Tour", "Home"},
    a_language: {"Tasks", "Language"},
    signing_in: {"SignIn", "Home"},
    nobody_there: {"Idle", "IdleWarning", "SignIn", "Home"},
    the_way_out: {"WayOut", "Home"},
    not_leaving: {"Leaving", "Home"},
}
"""Each way, and the screens that it uses."""


WHERE_PEOPLE_SIGN_IN = {signing_in, nobody_there, the_way_out}
WITHOUT_TARGET = {BACK_TOO, LEAVE_NOW, SMALLER, LARGER, GO_BACK, *LISTS}
"""Keys for what is tapped elsewhere: a row, a size, a way back that the main key is too. Nobody leaves by a tap."""
NOT_ALWAYS = {UNDELIVERABLE, LAST, DAY_AFTER}
"""They have a target in the row of counts once there is something to do."""


def all_screens() -> set[str]:
    return classes(screens.clerk, ClerkScreen) | classes(screens.finder, ClerkScreen)


def test_there_is_a_way_through_every_screen() -> None:
    used = {f"{name}Screen" for names in WHOLE.values() for name in names}
    assert all_screens() <= used


@pytest.mark.parametrize("kind", [Keys, Fingers])
@pytest.mark.parametrize("way", WHOLE, ids=lambda way: way.__name__)
async def test_a_way_is_gone_by_keys_alone_and_by_taps_alone(
    desk: Desk, way: Callable[[Hand], Awaitable[None]], kind: type[Hand]
) -> None:
    desk.touch = {"keyboard": "always" if kind is Fingers else "never"}
    desk.fleet = {"server": "127.0.0.1:1"} if way is elsewhere else {}
    if way in WHERE_PEOPLE_SIGN_IN:
        await signs_in(desk)
    with printing(desk, tells(GOOD)):
        async with desk.open() as kiosk:
            hand = kind(kiosk, desk)
            await way(hand)
    assert hand.visited == {f"{name}Screen" for name in WHOLE[way]}


def faults(screen: ClerkScreen) -> list[str]:
    """Return what is wrong with the targets of a screen as it is, at a desk without a keyboard."""
    targets = list(targets_on(screen))
    small = [
        f"{target.name}: {region.width}x{region.height}"
        for target, region in targets
        # Of a row at an edge of the window only a part may be seen.
        if not (target.name.startswith("row(") and region.height < target.region.height)
        and (region.width < LEAST_COLUMNS or region.height < LEAST_ROWS)
    ]
    shared = [
        f"{one.name} and {other.name} share cells"
        for (one, here), (other, there) in combinations(targets, 2)
        if here.overlaps(there)
    ]
    names = {target.name for target, _ in targets}
    wanted = [action for action in screen.KEYMAP.row if screen.allows(action) is not None]
    # Where there are more than stand beside each other, these two give way, whose keys work all the same.
    if len(wanted) > MOST_TARGETS:
        wanted = [action for action in wanted if action not in {DETAILS, UNDO}]
    wanted += [action for action in screen.KEYMAP.more if action not in WITHOUT_TARGET | NOT_ALWAYS]
    lacking = [f"nothing to tap for {action.name}" for action in wanted if action.name not in names]
    return small + shared + ([] if "hide" in names else lacking)


@pytest.mark.parametrize("name", WAYS)
async def test_every_action_has_a_target_that_is_large_enough_and_its_own(desk: Desk, name: str) -> None:
    desk.touch = {"keyboard": "always"}
    async with desk.open() as kiosk:
        await WAYS[name](kiosk)
        await kiosk.rest()
        for has_letters in (False, True):
            kiosk.app.navigator.show_keyboard(is_on=has_letters)
            for size in SIZES:
                await kiosk.pilot.resize_terminal(*size)
                await kiosk.rest()
                assert not faults(kiosk.screen), (size, has_letters)
