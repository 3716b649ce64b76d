"""A code that changes while it stands on the screen: the screen says so, and Enter never confirms what nobody saw."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from kiosk.desk.progress import nobody_looks_on
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role
from kiosk.wiring import Services, open_services
from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.screens.qr_reader import read_qr

OPERATOR = Person(name="ada", role=Role.OPERATOR, user_id="demo-desk@example.com")
CLERK = Person(name="ben", role=Role.CLERK, user_id="demo-desk@example.com")


@asynccontextmanager
async def elsewhere(desk: Desk) -> AsyncIterator[Services]:
    """Open another process on the same data folder."""
    async with open_services(desk.settings(), clock=desk.clock) as services:
        yield services


async def renewed(desk: Desk, parcel: Parcel) -> str:
    async with elsewhere(desk) as console:
        await console.desk.corrections.renew_code(parcel, "lost the slip", OPERATOR)
    (unit,) = desk.service.holding(parcel.tracking_number)
    return str(unit["pickupCode"])


async def with_code(kiosk: Kiosk) -> tuple[Parcel, str]:
    """Put a parcel in and look at its code."""
    await kiosk.to_code()
    await kiosk.until(lambda: len(read_qr(kiosk.app)) == 1, "the code")
    (code,) = read_qr(kiosk.app)
    return await kiosk.parcel("T1"), code


async def test_a_new_code_of_the_operator_takes_the_place_of_the_dead_one_and_waits(desk: Desk) -> None:
    async with desk.open() as kiosk:
        parcel, old = await with_code(kiosk)
        new = await renewed(desk, parcel)
        assert new != old
        await kiosk.shows("This is a new pickup code. The one shown before no longer opens the locker.")
        await kiosk.until(lambda: read_qr(kiosk.app) == [new], "the new code")
        assert (await kiosk.parcel("T1")).code_waiting
        await kiosk.press("enter")
        await kiosk.at("Home")
        seen = [event for event in await kiosk.history() if event["type"] in {"parcel_deposited", "pickup_code_seen"}]
        assert [each["type"] for each in seen] == ["parcel_deposited"] * 2 + ["pickup_code_seen"]
        assert seen[2]["body"]["intentId"] == seen[1]["body"]["intentId"]


async def test_a_look_that_is_given_up_before_it_began_leaves_nothing_unfinished(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await with_code(kiosk)
        shown = kiosk.app.screen._shown  # type: ignore[attr-defined]
        shown.follow()
        shown.follow()
        await kiosk.press("enter")
        await kiosk.at("Home")
        # A coroutine that nobody awaited says so when it is collected, and a warning is an error here.
        gc.collect()
        assert not (await kiosk.parcel("T1")).code_waiting


async def test_enter_in_the_moment_of_the_change_confirms_nothing(desk: Desk) -> None:
    async with desk.open() as kiosk:
        parcel, old = await with_code(kiosk)
        before = kiosk.screen
        new = await renewed(desk, parcel)
        if kiosk.screen is before:  # it has not looked yet
            await kiosk.app.run_action("done", default_namespace=before)
        await kiosk.until(lambda: read_qr(kiosk.app) == [new], "the new code")
        assert (await kiosk.parcel("T1")).code_waiting
        assert "pickup_code_seen" not in await kiosk.events()
        assert old not in kiosk.read


async def test_a_further_parcel_in_the_locker_ends_the_code_on_the_screen(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await with_code(kiosk)
        async with elsewhere(desk) as other:
            taken = await other.desk.scans.take_in("T2", CLERK)
            contact = (await kiosk.parcel("T1")).contact
            assert contact is not None
            second = await other.desk.intake.choose_recipient(taken.parcel, contact, CLERK)
            view = await other.desk.lockers.bank("AOne")
            (locker,) = await other.desk.open_lockers.of(second, view)
            second = await other.desk.open_lockers.add(second, locker, CLERK, nobody_looks_on)
            await other.desk.intake.deposit(second, CLERK)
        await kiosk.shows("Another parcel was put in", "The code of parcel T2, under Unfinished, opens it for all")
        assert read_qr(kiosk.app) == []


async def test_a_pickup_that_was_noticed_takes_the_code_off_the_screen(desk: Desk) -> None:
    async with desk.open() as kiosk:
        parcel, _ = await with_code(kiosk)
        assert parcel.place is not None
        desk.service.collect(parcel.place.locker_bank_id, parcel.place.locker_unit_id)
        async with elsewhere(desk) as other:
            await other.desk.lockers.refresh(parcel, CLERK)
        await kiosk.shows("Parcel T1 is no longer in its locker", "Its line in the list says")
        await kiosk.at("Home")


async def test_a_code_that_somebody_else_confirmed_can_be_shown_again_and_follows_there_too(desk: Desk) -> None:
    async with desk.open() as kiosk:
        parcel, _ = await with_code(kiosk)
        async with elsewhere(desk) as other:
            codes = other.desk.pickup_codes
            await codes.confirm(parcel, await codes.waiting(parcel), CLERK)
        await kiosk.shows("Somebody else has confirmed this pickup code.", "F2", "Show code")
        await kiosk.press("f2")
        await kiosk.shows("This code was seen before.")
        new = await renewed(desk, parcel)
        await kiosk.shows("This is a new pickup code.")
        await kiosk.until(lambda: read_qr(kiosk.app) == [new], "the new code")


async def test_where_the_code_was_lost_the_new_one_appears(desk: Desk) -> None:
    async with desk.open() as kiosk:
        parcel, _ = await with_code(kiosk)
        await kiosk.press("escape")
        await kiosk.at("Home")
        # As in a journal that was restored: no export holds a code.
        lost = kiosk.services.queries.journal.connection.write
        await lost(lambda database: database.execute("DELETE FROM codes"))
        kiosk.scan("T1")
        await kiosk.shows("No pickup code came with the deposit.", "Its page issues a new code.")
        new = await renewed(desk, parcel)
        await kiosk.shows("The pickup code is here now.")
        await kiosk.until(lambda: read_qr(kiosk.app) == [new], "the new code")


async def test_a_code_that_expired_unseen_says_what_to_do(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await with_code(kiosk)
        desk.clock.live(timedelta(days=3))
        (job,) = (each for each in kiosk.services.background._jobs if each.name == "unseen codes")
        await job.run()
        await kiosk.shows("is gone, and nobody had seen it.", "issue a new pickup code")
        assert read_qr(kiosk.app) == []
        assert (await kiosk.parcel("T1")).attention
