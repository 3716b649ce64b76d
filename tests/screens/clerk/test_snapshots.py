"""Each screen as a picture, at the two sizes that matter: beside the tests that say why, so that nothing moves unseen.

`pytest tests/screens/clerk/test_snapshots.py --snapshot-update -n 0` draws them anew; look at the change before
committing it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import time, timedelta
from functools import partial
from typing import Any

import pytest
from textual.pilot import Pilot

from kiosk.api.transport import Connection, ConnectionState
from kiosk.clock import ManualClock
from kiosk.facilities.hours import DayHours, Opening, WeekHours
from kiosk.journal.recording import Stamp, record
from kiosk.parcels.events import ParcelCancelled, ParcelTakenIn
from tests.desk.test_scans import UPS_MISREAD, two_carriers
from tests.house.desk import CLERK, REACHING
from tests.screens.kiosk_in_test import Desk, Kiosk, opened
from tests.simulator.line import ask

SIZES = {"80x24": (80, 24), "100x30": (100, 30)}


async def home_with_parcels(kiosk: Kiosk) -> None:
    await kiosk.to_code("1Z5R89390357567127", "samira k")
    await kiosk.press("enter")
    await kiosk.at("Home")
    await kiosk.to_put_in("TBA304512876001", "zainab")
    await kiosk.press("escape")
    await kiosk.counts("Unfinished", 1)


NAMED = "JD014600006281230704"
LONG_NAME = "Maximiliane Wilhelmina von Hohenstein-Lichtenberg und zu Sonnenfels"


async def home_full(kiosk: Kiosk) -> None:
    """Have more parcels than a page holds, one of them for somebody with a very long name, and one just finished."""
    services = kiosk.services
    for number in (NAMED, *(f"T{number}" for number in range(52))):
        taken = (await services.desk.scans.take_in(number, CLERK)).parcel
        if number == NAMED:
            await services.desk.intake.note_name(taken, LONG_NAME, CLERK)
    await kiosk.to_code("1Z5R89390357567127", "samira k")
    await kiosk.press("enter")
    await kiosk.shows("Today: 54 parcels, 1 to 50", "Last: ")


async def home_pile(kiosk: Kiosk) -> None:
    await home_full(kiosk)
    await kiosk.press("f4")
    await kiosk.shows("Unfinished: 53, 1 to 50")
    while "51 to 53" not in kiosk.read:
        await kiosk.press("pagedown")
        await kiosk.rest()
    await kiosk.shows("Maximiliane")


async def home_yesterday(kiosk: Kiosk) -> None:
    await home_with_parcels(kiosk)
    clock = kiosk.services.clock
    assert isinstance(clock, ManualClock)
    clock.advance(timedelta(days=1))
    await kiosk.app.refreshing.refresh()
    await kiosk.press("left")
    await kiosk.shows("Yesterday, ", ": 2 parcels")


async def home_search(kiosk: Kiosk) -> None:
    """Let several parcels fit, one of them of somebody with a very long name; the text may be a new number too."""
    await home_with_parcels(kiosk)
    services = kiosk.services
    long = (await services.desk.scans.take_in(NAMED, CLERK)).parcel
    await services.desk.intake.note_name(long, LONG_NAME, CLERK)
    kiosk.type("60")
    await kiosk.shows("2 parcels found")


async def home_names(kiosk: Kiosk) -> None:
    await home_search(kiosk)
    await kiosk.press("escape")
    kiosk.type("sonnenf")
    await kiosk.shows("1 parcel found")


async def home_nothing_fits(kiosk: Kiosk) -> None:
    await home_with_parcels(kiosk)
    kiosk.type("smith\r")
    await kiosk.shows("Nothing here matches", "Scan the parcel, or type its number.")
    kiosk.type("smith")
    await kiosk.shows("Not here")


async def home_new(kiosk: Kiosk) -> None:
    await home_with_parcels(kiosk)
    kiosk.type("1z999")
    await kiosk.shows("+ new parcel")


async def find(kiosk: Kiosk, text: str = "") -> None:
    await kiosk.press("ctrl+f")
    await kiosk.at("Find")
    kiosk.type(text)


async def find_many(kiosk: Kiosk) -> None:
    """Find parcels in several states and of every age, one of somebody with a very long name."""
    person, write = kiosk.app.person, kiosk.services.queries.journal.connection.write
    for days in (400, 3):
        number = f"1Z5R893903{days:08}"
        stamp = Stamp("Desk", person.name, kiosk.services.clock.now() - timedelta(days=days))
        for event in (ParcelTakenIn(tracking_number=number, scanned=number), ParcelCancelled()):
            await write(partial(record, parcel_id=number, event=event, stamp=stamp))
    await home_search(kiosk)
    await kiosk.press("escape")
    scanned = await kiosk.services.desk.scans.take_in("JD014600001111110704", person)
    await kiosk.services.desk.intake.cancel(scanned.parcel, person)
    await find(kiosk, "0")
    await kiosk.shows("6 parcels found")


async def find_nothing(kiosk: Kiosk) -> None:
    await find(kiosk, "smith")
    await kiosk.shows("Nothing matches")


async def find_not_here(kiosk: Kiosk) -> None:
    await find(kiosk)
    kiosk.scan("1Z999AA10123456784")
    await kiosk.shows("1Z999AA10123456784 is not here, and in no locker.")


async def find_offline(kiosk: Kiosk) -> None:
    await home_with_parcels(kiosk)
    kiosk.services.queries.activity.connected(Connection(ConnectionState.OFFLINE, kiosk.services.clock.now()))
    await find(kiosk, "0")
    await kiosk.shows("This is what the desk knows.")


async def find_differs(kiosk: Kiosk) -> None:
    await home_with_parcels(kiosk)
    parcel = await kiosk.parcel("1Z5R89390357567127")
    await find(kiosk, "samira k")
    await kiosk.shows("1 parcel found")
    assert parcel.place is not None
    await kiosk.services.desk.lockers._api.free_reservation(
        parcel.place.locker_bank_id, parcel.place.locker_unit_id, user_id="another", transaction_id="another"
    )
    await kiosk.press("f5")
    await kiosk.shows("the locker service holds none for it.")


async def code_again(kiosk: Kiosk) -> None:
    await in_locker(kiosk)
    await kiosk.shows("Show code")
    await kiosk.press("f2")
    await kiosk.shows("This code was seen before.")


async def give_up(kiosk: Kiosk) -> None:
    await kiosk.to_put_in("1Z5R89390357567127", "samira k")
    await kiosk.press("delete")
    await kiosk.shows("Cancel parcel")


async def problem(kiosk: Kiosk) -> None:
    await kiosk.to_put_in()
    await kiosk.press("f2")
    await kiosk.shows("What is wrong with locker")


def fill(kiosk: Kiosk, *sizes: str) -> None:
    """Let other kiosks reserve the usual bank's units of some sizes."""
    address = (kiosk.services.settings.lockers.url or "").removesuffix("/parcelpoint")
    state = ask(address, "GET", "/_simulator/state").value
    (units,) = (bank["lockerUnits"] for bank in state["lockerBanks"] if bank["lockerBankId"] == "AOne")
    for unit in units:
        if unit["size"] in sizes and unit["unitInService"] and not unit["unitReserved"]:
            body = {
                "userId": "x",
                "contactId": REACHING.contact_id,
                "contactType": "recipient",
                "trackingNumber": f"X{unit['lockerUnitId']}",
                "lockerUnitId": unit["lockerUnitId"],
            }
            ask(address, "POST", "/parcelpoint/api/v1/lockerBanks/AOne/lockers/reserve", body)


async def bank_full(kiosk: Kiosk) -> None:
    fill(kiosk, "small", "medium", "large", "mlarge")
    await kiosk.services.queries.lockers.bank("AOne", fresh=True)
    await kiosk.to_locker()
    await kiosk.shows("Lobby is full: Loading dock")


async def no_line(kiosk: Kiosk) -> None:
    await kiosk.to_locker()
    kiosk.services.queries.activity.connected(Connection(ConnectionState.OFFLINE, kiosk.services.clock.now()))
    await kiosk.shows("shelf: S1")


async def once_more(kiosk: Kiosk) -> None:
    await kiosk.to_put_in()
    await kiosk.press("f2", "f5")
    await kiosk.shows("once more")


async def none_larger(kiosk: Kiosk) -> None:
    await kiosk.services.queries.lockers.bank("BTwo")
    await kiosk.to_put_in()
    fill(kiosk, "medium", "large", "mlarge")
    await kiosk.press("f2", "f6")
    await kiosk.shows("No larger locker is free")


async def code_and_place(kiosk: Kiosk) -> None:
    found = kiosk.services.facilities.open()
    answer = await found.near(found.first_question)
    # One that is open whatever the hour: the clock stands at night where the demo's desk is.
    always = WeekHours(days=(DayHours(openings=(Opening(opens=time(0), closes=time(0)),)),) * 7)
    place = answer.facilities[0].model_copy(update={"week": always})
    found._kept.keep(found.first_question, (place,), answer.asked_at)
    await kiosk.to_code()
    await kiosk.shows("Drop-off: ")


async def names(kiosk: Kiosk) -> None:
    await kiosk.to_recipient()
    kiosk.type("sam")
    await kiosk.shows("Samira Abboud")


async def nobody(kiosk: Kiosk) -> None:
    await kiosk.to_recipient()
    kiosk.type("qqq")
    await kiosk.shows("Nobody matches")


async def contact_id(kiosk: Kiosk) -> None:
    await kiosk.to_recipient()
    await kiosk.press("f4")
    await kiosk.at("ContactId")


async def shelf(kiosk: Kiosk) -> None:
    await kiosk.to_locker()
    await kiosk.press("f7")
    await kiosk.shows("Write on the parcel")


async def refused(kiosk: Kiosk) -> None:
    await kiosk.to_recipient()
    await kiosk.press("f4")
    await kiosk.at("ContactId")
    kiosk.type("nobody-of-that-id\r")
    await kiosk.shows("Type it again to make sure")
    kiosk.type("nobody-of-that-id\r")
    await kiosk.shows("free lockers as of")
    await kiosk.press("enter")
    await kiosk.shows("Stop")


async def two_readings(kiosk: Kiosk) -> None:
    kiosk.scan(two_carriers())
    await kiosk.shows("Which carrier brought it?")


async def misread(kiosk: Kiosk) -> None:
    kiosk.scan(UPS_MISREAD)
    await kiosk.shows("Scan it again")


async def department(kiosk: Kiosk) -> None:
    await kiosk.to_code("T1", "human resources")
    await kiosk.shows("A department collects without a code.")


async def in_locker(kiosk: Kiosk) -> None:
    await kiosk.to_code()
    await kiosk.press("enter")
    await kiosk.at("Home")
    kiosk.scan("T1")
    await kiosk.shows("Already here: in locker", "Show code")


async def keys(kiosk: Kiosk) -> None:
    await kiosk.press("f1")
    await kiosk.at("Help")


async def finder(kiosk: Kiosk) -> None:
    await kiosk.press("f3")
    await kiosk.at("Finder")
    await kiosk.shows("found")


async def finder_of(kiosk: Kiosk, *choices: str) -> None:
    """Look for something else: each key takes the next choice of its row."""
    await finder(kiosk)
    await kiosk.press("f2")
    await kiosk.at("FacilityChoices")
    await kiosk.press(*choices, "enter")
    await kiosk.at("Finder")
    await kiosk.shows("found")


async def finder_full(kiosk: Kiosk) -> None:
    await finder_of(kiosk, "f4", "f5", "f5", "f6", "f7", "f7", "f7")
    await kiosk.press("down")


async def facility(kiosk: Kiosk) -> None:
    await finder_of(kiosk, "f4", "f5", "f5")
    await kiosk.press("enter")
    await kiosk.at("Facility")


async def facility_without_coordinates(kiosk: Kiosk) -> None:
    await finder_of(kiosk, "f5")
    await kiosk.press("enter")
    await kiosk.at("Facility")


async def facility_choices(kiosk: Kiosk) -> None:
    await finder(kiosk)
    await kiosk.press("f2")
    await kiosk.at("FacilityChoices")


async def facility_address(kiosk: Kiosk) -> None:
    await finder(kiosk)
    await kiosk.press("f4")
    await kiosk.at("FacilityAddress")
    kiosk.type("110 Myrtle Avenue, Westport, CT 06880")
    await kiosk.shows("City Westport")


STATES: dict[str, Callable[[Kiosk], Awaitable[Any]]] = {
    "home-empty": lambda kiosk: kiosk.shows("No parcels yet today."),
    "home-with-parcels": home_with_parcels,
    "home-full": home_full,
    "home-pile": home_pile,
    "home-yesterday": home_yesterday,
    "home-search": home_search,
    "home-search-names": home_names,
    "home-search-nothing": home_nothing_fits,
    "home-search-new": home_new,
    "find-empty": find,
    "find-many": find_many,
    "find-nothing": find_nothing,
    "find-not-here": find_not_here,
    "find-differs": find_differs,
    "find-offline": find_offline,
    "number-two-carriers": two_readings,
    "number-wrong-check-digit": misread,
    "recipient-names": names,
    "recipient-nobody": nobody,
    "contact-id": contact_id,
    "locker": lambda kiosk: kiosk.to_locker(),
    "locker-refused": refused,
    "locker-bank-full": bank_full,
    "locker-no-line": no_line,
    "shelf": shelf,
    "put-in": lambda kiosk: kiosk.to_put_in(),
    "put-in-once-more": once_more,
    "put-in-none-larger": none_larger,
    "code": lambda kiosk: kiosk.to_code(),
    "code-and-place": code_and_place,
    "put-in-give-up": give_up,
    "put-in-problem": problem,
    "code-again": code_again,
    "code-department": department,
    "parcel-in-locker": in_locker,
    "finder": finder,
    "finder-full": finder_full,
    "finder-without-map": lambda kiosk: finder_of(kiosk, "f5"),
    "facility": facility,
    "facility-without-coordinates": facility_without_coordinates,
    "facility-choices": facility_choices,
    "facility-address": facility_address,
    "help": keys,
}


def looks_as_it_did(
    desk: Desk, snap_compare: Callable[..., bool], state: Callable[[Kiosk], Awaitable[Any]], size: tuple[int, int]
) -> bool:
    """Bring a kiosk to a state and compare its screen with the picture that is kept of it."""
    app = desk.app()

    async def go_there(pilot: Pilot[None]) -> None:
        kiosk = Kiosk(app, pilot)
        await opened(kiosk)
        await state(kiosk)
        await kiosk.rest()
        before = ""
        while before != kiosk.read:
            before = kiosk.read
            await pilot.pause(0.05)

    return snap_compare(app, terminal_size=size, run_before=go_there)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_the_screen_looks_as_it_did(
    desk: Desk,
    snap_compare: Callable[..., bool],
    state: Callable[[Kiosk], Awaitable[Any]],
    size: tuple[int, int],
) -> None:
    assert looks_as_it_did(desk, snap_compare, state, size)
