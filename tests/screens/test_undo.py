"""Undo by one key, for a minute: what was done last is taken back, from home, from the next screen, from its page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.parcels.states import ParcelState
from tests.screens.kiosk_in_test import Desk, Kiosk


async def cancelled(kiosk: Kiosk) -> None:
    await kiosk.to_put_in()
    await kiosk.press("delete", "f10")
    await kiosk.shows("Parcel T1 was cancelled.", "Undo:")


@pytest.mark.parametrize("by_tap", [False, True])
async def test_a_cancelled_parcel_goes_on(desk: Desk, *, by_tap: bool) -> None:
    async with desk.open() as kiosk:
        await cancelled(kiosk)
        if by_tap:
            await kiosk.tap("F11")
        else:
            await kiosk.press("f11")
        await kiosk.at("Locker")
        await kiosk.shows("The parcel is not cancelled any more.")
        parcel = await kiosk.parcel("T1")
        assert (parcel.state, parcel.contact is not None) == (ParcelState.TAKEN_IN, True)
        await kiosk.lacks("Undo:")


async def test_it_goes_away_after_a_minute_and_its_key_does_nothing_then(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await cancelled(kiosk)
        desk.clock.advance(timedelta(seconds=61))
        kiosk.app.undo.look()
        await kiosk.lacks("Undo:")
        await kiosk.press("f11")
        await kiosk.rest()
        assert (kiosk.name, (await kiosk.parcel("T1")).state) == ("Home", ParcelState.CANCELLED)


async def test_a_recipient_chosen_by_mistake_is_undone_from_home_and_changed_on_the_next_screen(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_locker()
        await kiosk.rest()
        assert "Undo:" not in kiosk.read
        await kiosk.press("escape")
        await kiosk.at("Home")
        await kiosk.shows("Undo:")
        await kiosk.press("f11")
        await kiosk.shows("Who is it for?", "The recipient was undone.")
        assert (await kiosk.parcel("T1")).contact is None


async def test_a_parcel_put_on_the_shelf_is_taken_back_from_home_or_from_its_page(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_locker()
        await kiosk.press("f7")
        await kiosk.shows("Write on the parcel")
        await kiosk.press("enter")
        await kiosk.shows("Parcel T1 is at S1.", "Undo:")
        kiosk.scan("T1")
        await kiosk.at("ParcelPage")
        await kiosk.shows("Undo:")
        await kiosk.press("f11")
        await kiosk.shows("The parcel is in your hands again.")
        assert (await kiosk.parcel("T1")).state is ParcelState.TAKEN_IN


async def test_on_another_parcels_screen_nothing_is_undone(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await cancelled(kiosk)
        await kiosk.to_recipient("T2")
        await kiosk.rest()
        assert "Undo:" not in kiosk.read
        await kiosk.press("f11")
        await kiosk.rest()
        assert (await kiosk.parcel("T1")).state is ParcelState.CANCELLED


async def test_while_a_question_is_asked_nothing_is_undone(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await cancelled(kiosk)
        kiosk.scan("T1")
        await kiosk.at("Recipient")
        await kiosk.to_put_in("T3")
        await kiosk.press("delete")
        await kiosk.shows("Cancel parcel T3")
        before = await kiosk.events()
        await kiosk.press("f11")
        await kiosk.rest()
        assert await kiosk.events() == before
