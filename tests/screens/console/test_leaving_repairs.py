"""Corrections that take a parcel out of its locker or out of the house, keep it longer, or free a whole locker."""

from __future__ import annotations

from kiosk.parcels.parcel import Parcel
from kiosk.wiring import open_services
from tests.house.desk import CLERK
from tests.screens.console.console_in_test import NUMBERS, Console, console, fill
from tests.screens.console.test_repairs import REASON, asked, open_parcel
from tests.screens.kiosk_in_test import Desk
from tests.screens.parcels_in_test import put_in, seen, taken_in

MATE = "INTHESAMELOCKER1"


async def share(desk: Desk) -> Parcel:
    """Put two parcels of one person into one locker, and return the first."""
    async with open_services(desk.settings(), clock=desk.clock) as services:
        first = await put_in(services, NUMBERS.deposited, "yusuf abboud")
        await seen(services, first)
        second = await taken_in(services, MATE, "yusuf abboud")
        (locker,) = await services.desk.open_lockers.of(second, await services.queries.lockers.bank("AOne"))
        second = await services.desk.open_lockers.add(second, locker, CLERK, lambda _: None)
        await seen(services, await services.desk.intake.deposit(second, CLERK))
        return first


async def state(opened: Console, number: str) -> str:
    return (await opened.parcel(number)).state.value


async def test_taking_out_leaves_the_others_in_the_locker(desk: Desk) -> None:
    await share(desk)
    async with console(desk) as opened:
        await open_parcel(opened, NUMBERS.deposited)
        await opened.shows("With", MATE)
        opened.type("u")
        await opened.shows("others in it stay, and no door opens by this. Why?")
        opened.type(f"{REASON}\r")
        await opened.shows("Done", "no longer holds the parcel", "under Unfinished")
        assert (await state(opened, NUMBERS.deposited), await state(opened, MATE)) == ("taken_in", "in_locker")
        assert (await asked(opened))["step"] == "clear"
        assert len(desk.service.holding(MATE)) == 1


async def test_handing_over_asks_who_took_it_and_how_that_was_checked(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await open_parcel(opened, NUMBERS.held)
        opened.type("o")
        await opened.shows("Who takes the parcel?")
        opened.type("Ana Silva\rx\r")
        await opened.shows("“x” is none of the answers.", "Nothing was changed.")
        opened.type("oAna Silva\rd\r")
        await opened.shows("given out at the desk", "Why?")
        opened.type(f"{REASON}\r")
        await opened.shows("The parcel counts as handed over.", "Handed to", "Ana Silva")
        assert await state(opened, NUMBERS.held) == "handed_over"
        (given,) = [event for event in await opened.history() if event["type"] == "parcel_handed_over"]
        assert (given["body"]["checked"], given["personal"]["to"]) == ("document", "Ana Silva")


async def test_a_deposit_becomes_another_users(desk: Desk) -> None:
    first = await share(desk)
    async with console(desk) as opened:
        await open_parcel(opened, NUMBERS.deposited)
        opened.type("p\r")
        await opened.shows("as that user's", "Why?")
        opened.type(f"{REASON}\r")
        await opened.shows("No user is named.", "Nothing was changed.")
        opened.type("p")
        await opened.shows("Type the user ID")
        opened.type("gate@example.com\r")
        await opened.shows("every code for it is void. Why?")
        opened.type(f"{REASON}\r")
        await opened.shows("is that user's now.", "The old one no longer works.".lower())
        assert (await asked(opened))["step"] == "change_user"
        assert (await opened.parcel(NUMBERS.deposited)).code_waiting
        last = [event for event in await opened.history() if event["type"] == "write_asked"][-1]
        assert "gate@example.com" in str(last)
    assert first.is_in_locker


async def test_a_parcel_is_sent_by_way_of_where_it_goes(desk: Desk) -> None:
    await fill(desk)
    async with console(desk) as opened:
        await open_parcel(opened, NUMBERS.held)
        opened.type("sThe post office\rs\r")
        await opened.shows("leave with a carrier", "Why")
        opened.type(f"{REASON}\r")
        await opened.shows("The parcel is to be sent.", "Goes to", "The post office")
        opened.type(f"m{REASON}\r")
        await opened.shows("The parcel counts as sent.")
        assert await state(opened, NUMBERS.held) == "sent"


async def test_keeping_a_deposit_longer_says_that_every_code_is_void(desk: Desk) -> None:
    await share(desk)
    old = desk.service.holding(MATE)[0]["pickupCode"]
    async with console(desk) as opened:
        await open_parcel(opened, NUMBERS.deposited)
        opened.type("e")
        await opened.shows("every code for it is void. Why?")
        opened.type(f"{REASON}\r")
        await opened.shows("there is a new pickup code.", "waits for the clerk")
        assert desk.service.holding(MATE)[0]["pickupCode"] != old
        assert (await opened.parcel(NUMBERS.deposited)).code_waiting


async def to_the_locker(opened: Console, unit: str) -> None:
    await opened.page("2", "BankMap", "Locker")
    for _ in range(40):
        if f"Locker {unit} " in opened.read:
            return
        before = opened.read
        await opened.press("right")
        await opened.until(lambda before=before: opened.read != before, f"locker {unit}")  # type: ignore[misc]


async def test_a_whole_locker_is_freed_once_its_number_was_typed(desk: Desk) -> None:
    first = await share(desk)
    assert first.place is not None
    unit = first.place.locker_unit_id
    async with console(desk) as opened:
        await to_the_locker(opened, unit)
        opened.type("f")
        await opened.shows("and cancel 2 parcels. Why?", NUMBERS.deposited, MATE)
        opened.type(f"{REASON}\r")
        await opened.shows("No door opens by this.", f"Type {unit}:", NUMBERS.deposited, MATE)
        opened.type("yes\r")
        await opened.shows("That is not the locker's number.", "Nothing was changed.")
        assert await state(opened, MATE) == "in_locker"
        opened.type(f"f{REASON}\r{unit}\r")
        await opened.shows("was given back.", "If something is still in there")
        assert {await state(opened, NUMBERS.deposited), await state(opened, MATE)} == {"cancelled"}
        assert desk.service.holding(MATE) == []
