"""What was half done is listed and gone on with: left for later, scanned again, or left over from another run."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ParcelState
from kiosk.wiring import Services, open_services
from tests.house.desk import CLERK
from tests.screens.kiosk_in_test import Desk, Kiosk, opened


async def later_at_recipient(kiosk: Kiosk) -> None:
    await kiosk.to_recipient()


async def later_at_contact_id(kiosk: Kiosk) -> None:
    await kiosk.to_recipient()
    await kiosk.press("f4")
    await kiosk.shows("as the locker service has it")
    await kiosk.press("escape")
    await kiosk.shows("Who is it for?")


async def later_at_locker(kiosk: Kiosk) -> None:
    await kiosk.to_locker()


async def later_at_put_in(kiosk: Kiosk) -> None:
    await kiosk.to_put_in()


async def later_at_code(kiosk: Kiosk) -> None:
    await kiosk.to_code()


@pytest.mark.parametrize(
    ("go", "name", "state"),
    [
        (later_at_recipient, "Recipient", "no locker yet"),
        (later_at_contact_id, "Recipient", "no locker yet"),
        (later_at_locker, "Locker", "no locker yet"),
        (later_at_put_in, "PutIn", "put it in?"),
        (later_at_code, "Code", "code to show"),
    ],
)
async def test_a_parcel_left_for_later_is_listed_and_goes_on_where_it_was(
    desk: Desk, go: object, name: str, state: str
) -> None:
    assert callable(go)
    async with desk.open() as kiosk:
        await go(kiosk)
        await kiosk.press("escape")
        await kiosk.counts("Unfinished", 1)
        await kiosk.shows("T1", state)
        await kiosk.press("enter")
        await kiosk.at(name)

        await kiosk.press("escape")
        await kiosk.counts("Unfinished", 1)
        await kiosk.tap("T1", last=True)
        await kiosk.at(name)
        assert "T1" in kiosk.read


@pytest.mark.parametrize(
    ("go", "name"), [(later_at_recipient, "Recipient"), (later_at_put_in, "PutIn"), (later_at_code, "Code")]
)
async def test_a_half_done_parcel_that_is_scanned_again_goes_on_where_it_was(desk: Desk, go: object, name: str) -> None:
    assert callable(go)
    async with desk.open() as kiosk:
        await go(kiosk)
        await kiosk.press("escape")
        await kiosk.shows("Scan the parcel")
        kiosk.scan("T1")
        await kiosk.at(name)
        await kiosk.shows("Already here")
        assert (await kiosk.events()).count("parcel_taken_in") == 1


async def test_a_number_that_lies_in_a_locker_is_shown_and_not_taken_in_again(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_code()
        await kiosk.press("enter")
        await kiosk.shows("Parcel T1 is in.")
        (unit,) = desk.service.holding("T1")
        kiosk.scan("T1")
        await kiosk.shows(f"Already here: in locker {unit['lockerUnitId']}, Lobby, since", "press F5", "Mwangi Abdi")
        await kiosk.press("f5")
        await kiosk.shows("The locker service says the same")
        assert (await kiosk.events()).count("parcel_taken_in") == 1


async def test_a_number_whose_parcel_was_collected_can_be_taken_in_anew(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_code()
        await kiosk.press("enter")
        await kiosk.shows("Parcel T1 is in.")
        (unit,) = desk.service.holding("T1")
        desk.service.collect("AOne", unit["lockerUnitId"])
        kiosk.scan("T1")
        await kiosk.shows("Already here: in locker")
        await kiosk.press("f5")
        await kiosk.shows("collected", "Take in again")
        await kiosk.tap("Take in again")
        await kiosk.shows("Who is it for?", "Parcel T1")
        assert (await kiosk.parcel("T1")).state is ParcelState.TAKEN_IN


async def test_the_list_moves_by_keys_and_enter_opens_what_is_chosen(desk: Desk) -> None:
    async with desk.open() as kiosk:
        for number in ("T001", "T002", "T003"):
            await kiosk.to_recipient(number)
        await kiosk.press("escape")
        await kiosk.counts("Unfinished", 3)
        await kiosk.press("down", "down", "pagedown", "up", "pageup", "down")
        await kiosk.press("enter")
        await kiosk.shows("Parcel T002", "Who is it for?")


async def left_over(desk: Desk, *, deposit: bool) -> Parcel:
    """Leave a parcel as a kiosk leaves it that is killed between two steps."""
    async with open_services(desk.settings(), clock=desk.clock) as services:
        parcel = await reserved(services)
        return await services.desk.intake.deposit(parcel, CLERK) if deposit else parcel


async def reserved(services: Services) -> Parcel:
    taken = await services.desk.scans.take_in("T1", CLERK)
    contact = (await services.queries.directory.search("gergo")).contacts[0]
    parcel = await services.desk.intake.choose_recipient(taken.parcel, contact, CLERK)
    view = await services.queries.lockers.bank("AOne")
    return await services.desk.intake.reserve(parcel, "AOne", view.sizes[0].size, CLERK, lambda _: None)


async def test_a_kiosk_that_ended_between_reserve_and_deposit_asks_about_that_parcel(desk: Desk) -> None:
    await left_over(desk, deposit=False)
    desk.clock.advance(timedelta(minutes=5))
    async with desk.open() as kiosk:
        await kiosk.shows("Put it in locker", "Gergő Farkas", "The kiosk was restarted")
        await kiosk.press("enter")
        await kiosk.at("Code")
        await kiosk.shows_the_code_of(desk.service.holding("T1"))


async def test_after_a_restart_each_parcel_says_its_own_matter_when_it_is_opened_first(desk: Desk) -> None:
    async with open_services(desk.settings(), clock=desk.clock) as services:
        await services.desk.scans.take_in("T2", CLERK)
        await reserved(services)
    async with desk.open() as kiosk:
        await kiosk.shows("Put it in locker", "on its way into")
        await kiosk.press("escape")
        await kiosk.shows("Next: 2 waiting")
        await kiosk.press("enter")
        await kiosk.shows("Parcel T2", "before anybody said for whom it is")
        await kiosk.press("escape")
        await kiosk.shows("Next: 2 waiting")
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker")
        assert "restarted" not in kiosk.read


async def test_a_code_that_nobody_confirmed_is_shown_at_the_next_start(desk: Desk) -> None:
    await left_over(desk, deposit=True)
    async with desk.open() as kiosk:
        await kiosk.shows("Pickup code", "The kiosk was restarted")
        await kiosk.shows_the_code_of(desk.service.holding("T1"))
        await kiosk.press("enter")
        await kiosk.shows("Scan the parcel", "Today")
    async with desk.open() as kiosk:
        await kiosk.shows("Scan the parcel", "in locker")
        assert kiosk.name == "Home"


async def test_a_scan_at_the_start_comes_before_what_was_left_over(desk: Desk) -> None:
    await left_over(desk, deposit=False)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        kiosk = Kiosk(app, pilot)
        kiosk.scan("T2")
        await opened(kiosk)
        await kiosk.shows("Parcel T2", "Who is it for?")
        await kiosk.press("escape")
        await kiosk.counts("Unfinished", 2)


async def test_the_list_tells_the_states_of_a_day(desk: Desk) -> None:
    async with desk.open((100, 30)) as kiosk:
        await kiosk.to_code("T1")
        await kiosk.press("enter")
        await kiosk.shows("Parcel T1 is in.")
        await kiosk.to_put_in("T2")
        await kiosk.press("delete", "f10")
        await kiosk.shows("T2 was cancelled")
        await kiosk.to_put_in("T3")
        await kiosk.press("escape")
        await kiosk.counts("Unfinished", 1)
        text = await kiosk.shows("put it in?", "in locker", "cancelled", "Today: 3 parcels", "Lobby")
        assert text.index("T3") < text.index("in locker")
