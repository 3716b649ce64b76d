"""Every fault of the service at every step: a sentence, a way on, and nothing recorded that did not happen."""

from __future__ import annotations

import pytest

from kiosk.parcels.states import ParcelState, ShelfReason
from kiosk.simulator.faults import NAMES
from tests.screens.kiosk_in_test import Desk, Kiosk

FAULTS = [(name, "wrapped") for name in NAMES if name not in {"late", "held", "slow", "429-after", "no-code"}] + [
    ("400", "wrapped")
]
EVERY_CALL = 1000
"""More often than any read is repeated."""


async def finish(kiosk: Kiosk, desk: Desk) -> None:
    """Go on as a clerk would once the service is well again, until the code is on the screen."""
    for _ in range(12):
        await kiosk.until(lambda: kiosk.rests, "not busy")
        await kiosk.pilot.pause(0)
        match kiosk.name:
            case "Code":
                await kiosk.shows_the_code_of(desk.service.holding("T1"))
                return
            case "Home":
                kiosk.scan("T1")
            case "Recipient":
                kiosk.type("gergo\r")
            case "ParcelPage":
                is_done = any(words in kiosk.read for words in ("Take in again", "Take off"))
                await kiosk.press("enter" if is_done else "f5")
            case "Locker" if "free lockers as of" not in kiosk.read or "shelf: S" in kiosk.read:
                await kiosk.press("f5")
            case _:
                await kiosk.press("enter")
        await kiosk.pilot.pause(0.02)
    raise AssertionError(f"no way on: {kiosk.read}")


def has_a_sentence(kiosk: Kiosk) -> bool:
    """Tell whether the notice says what happened, and what it means or what to do."""
    notice = kiosk.screen.notice
    return notice.display and bool(notice.title) and bool(notice.sentence)


@pytest.mark.parametrize(("fault", "body"), FAULTS)
async def test_the_banks_can_not_be_read(desk: Desk, fault: str, body: str) -> None:
    for operation in ("getLockerBanks", "getLockerBankDetails", "lockerSizes"):
        desk.service.fault(fault, operation, EVERY_CALL, body)
    async with desk.open() as kiosk:
        kiosk.scan("T1")
        await kiosk.shows("Who is it for?")
        kiosk.type("gergo\r")
        await kiosk.at("Locker")
        await kiosk.until(lambda: has_a_sentence(kiosk), "a sentence")
        desk.service.clear()
        await finish(kiosk, desk)


@pytest.mark.parametrize(("fault", "body"), FAULTS)
async def test_the_reservation_fails(desk: Desk, fault: str, body: str) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_locker()
        desk.service.fault(fault, "createReservation", EVERY_CALL, body)
        desk.service.fault(fault, "getReservation", EVERY_CALL, body)
        await kiosk.press("enter")
        await kiosk.until(lambda: kiosk.rests and has_a_sentence(kiosk), "a sentence")
        assert len(desk.service.holding("T1")) <= 1
        desk.service.clear()
        await finish(kiosk, desk)
        assert len(desk.service.holding("T1")) == 1


@pytest.mark.parametrize(("fault", "body"), FAULTS)
async def test_the_deposit_fails(desk: Desk, fault: str, body: str) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_put_in()
        desk.service.fault(fault, "updateDeposit", EVERY_CALL, body)
        desk.service.fault(fault, "getReservation", EVERY_CALL, body)
        await kiosk.press("enter")
        await kiosk.until(lambda: kiosk.rests and has_a_sentence(kiosk), "a sentence")
        assert (await kiosk.parcel("T1")).state is ParcelState.RESERVED
        desk.service.clear()
        await finish(kiosk, desk)


GIVING_BACK = (("f2", "f4"), ("f2", "f6"), ("delete", "f10"))
"""Occupied, too small, and given up: each asks first."""


@pytest.mark.parametrize(
    ("fault", "body", "keys"), [(*fault, GIVING_BACK[number % len(GIVING_BACK)]) for number, fault in enumerate(FAULTS)]
)
async def test_giving_the_locker_back_fails(desk: Desk, fault: str, body: str, keys: tuple[str, str]) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_put_in()
        desk.service.fault(fault, "freeReservation", EVERY_CALL, body)
        desk.service.fault(fault, "getReservation", EVERY_CALL, body)
        await kiosk.press(*keys)
        await kiosk.until(lambda: kiosk.rests and (kiosk.name != "PutIn" or kiosk.screen.notice.display), "an end")
        assert len(desk.service.holding("T1")) <= 1
        desk.service.clear()
        await finish(kiosk, desk)
        assert len(desk.service.holding("T1")) == 1


@pytest.mark.parametrize("fault", ["slow", "429-after"])
async def test_a_slow_service_is_only_slow(desk: Desk, fault: str) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_put_in()
        desk.service.fault(fault, "updateDeposit")
        await kiosk.press("enter")
        await kiosk.until(lambda: kiosk.rests and (kiosk.name == "Code" or has_a_sentence(kiosk)), "an end")
        await finish(kiosk, desk)


@pytest.mark.parametrize("operation", ["createReservation", "updateDeposit"])
async def test_an_answer_that_comes_too_late_is_looked_into(desk: Desk, operation: str) -> None:
    async with desk.open(read_seconds=0.3) as kiosk:
        await kiosk.to_locker()
        desk.service.fault("late", operation)
        await kiosk.press("enter")
        if operation == "updateDeposit":
            await kiosk.shows("Put it in locker")
            await kiosk.press("enter")
        await finish(kiosk, desk)
        assert "write_fell_in_doubt" in await kiosk.events()
        assert len(desk.service.holding("T1")) == 1


async def test_a_parcel_in_doubt_says_why_on_its_page(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_put_in()
        desk.service.fault("500-done", "updateDeposit")
        desk.service.fault("500", "getReservation", 99)
        await kiosk.press("enter")
        await kiosk.at("ParcelPage")
        await kiosk.shows("Why Internal Server Error")
        desk.service.clear()
        await finish(kiosk, desk)


STEPS = ["Home", "Recipient", "Locker", "PutIn", "Code"]


async def go_to(kiosk: Kiosk, step: str) -> None:
    match step:
        case "Recipient":
            await kiosk.to_recipient()
        case "Locker":
            await kiosk.to_locker()
        case "PutIn":
            await kiosk.to_put_in()
        case "Code":
            await kiosk.to_code()


@pytest.mark.parametrize("step", STEPS)
async def test_the_service_goes_away_at_a_step_and_comes_back(desk: Desk, step: str) -> None:
    async with desk.open() as kiosk:
        await go_to(kiosk, step)
        desk.service.pull_out()
        if step == "Home":
            kiosk.scan("T1")
            await kiosk.shows("Who is it for?")
        elif step == "Recipient":
            kiosk.type("gergo\r")
            await kiosk.at("Locker")
            await kiosk.press("f5")  # what was read a moment ago is shown without a line
        else:
            await kiosk.press("enter")
            await kiosk.until(lambda: kiosk.rests and (step == "Code" or has_a_sentence(kiosk)), "an end")
        if step in {"Recipient", "Locker", "PutIn"}:
            # A line that was open breaks in the middle of a request, so a write may have been done.
            await kiosk.shows("not confirmed" if step == "PutIn" else "No connection to the locker service")
            await kiosk.shows("offline since 08:00")
        desk.service.plug_in()
        if step != "Code":
            await finish(kiosk, desk)
            await kiosk.shows("online")
        else:
            await kiosk.shows("Parcel T1 is in.")


async def test_a_kiosk_that_starts_without_the_service_takes_parcels_in(desk: Desk) -> None:
    desk.service.pull_out()
    async with desk.open() as kiosk:
        await kiosk.shows("offline since 08:00")
        kiosk.scan("T1")
        await kiosk.shows("Who is it for?")
        kiosk.type("gergo\r")
        await kiosk.shows("No connection to the locker service", "for Gergő Farkas")
        await kiosk.press("escape")
        await kiosk.counts("Unfinished", 1)
        await kiosk.shows("no locker yet")
        desk.service.plug_in()
        await finish(kiosk, desk)


async def test_a_write_in_doubt_is_settled_by_the_key_that_checks(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_put_in()
        desk.service.fault("lost", "updateDeposit", EVERY_CALL)
        desk.service.fault("cut", "getReservation", EVERY_CALL)
        await kiosk.press("enter")
        await kiosk.shows("not known yet", "Check again", "1 request pending")
        assert kiosk.name == "ParcelPage"
        await kiosk.press("f5")
        await kiosk.shows("not known yet")
        desk.service.clear()
        await kiosk.press("f5")
        await kiosk.at("Code")
        await kiosk.shows_the_code_of(desk.service.holding("T1"))
        assert "request pending" not in kiosk.read


async def test_without_a_connection_enter_leads_to_the_shelf_and_to_a_locker_once_it_is_back(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_locker()
        desk.service.pull_out()
        await kiosk.press("f5")
        await kiosk.shows("No connection to the locker service", "shelf: S1", "offline since 08:00")
        assert "127.0.0.1" not in kiosk.read
        assert "settings" not in kiosk.read
        desk.service.plug_in()
        await kiosk.shows("online", "Reserve")
        desk.service.pull_out()
        await kiosk.press("f5")
        await kiosk.shows("shelf: S1")
        await kiosk.press("enter")
        await kiosk.shows("Put it on the shelf at", "Write on the parcel")
        await kiosk.press("enter")
        await kiosk.shows("Parcel T1 is at S1.")
        parcel = await kiosk.parcel("T1")
        assert (parcel.shelf, parcel.shelf_reason) == ("S1", ShelfReason.NO_NETWORK)
