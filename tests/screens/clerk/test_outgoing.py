"""What goes out: where to, from the finder's kept answer, and ticked off when it left."""

from __future__ import annotations

import pytest

from kiosk.parcels.states import OutgoingReason, ParcelState
from screens.destinations import ShowLeavingToday
from tests.house.desk import CLERK
from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.screens.parcels_in_test import UPS, USPS, lying, out


async def to_outgoing(kiosk: Kiosk, number: str) -> None:
    await kiosk.to_recipient(number)
    await kiosk.press("f6")
    await kiosk.at("Outgoing")


async def test_one_scan_and_two_keys_note_what_the_driver_collects(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient(UPS)
        await kiosk.press("f6")
        shown = await kiosk.shows("UPS, dropped off here", "The driver collects it", "UPS driver")
        assert "Carrier" not in shown  # the number tells it
        await kiosk.press("enter")
        await kiosk.shows(f"Parcel {UPS} goes to UPS driver.", "to be sent")
        parcel = await kiosk.parcel(UPS)
        assert (parcel.state, parcel.destination) == (ParcelState.OUTGOING, "UPS driver")
        assert parcel.outgoing_reason is OutgoingReason.RETURN


async def test_the_nearest_open_place_is_proposed_from_what_the_finder_found(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_outgoing(kiosk, USPS)
        await kiosk.shows("USPS, dropped off here", "F3 searches for places", "The driver collects it")
        await kiosk.press("f3")
        await kiosk.at("Finder")
        await kiosk.shows("found")
        # From here on nobody answers: what is proposed was kept.
        desk.service.pull_out()
        await kiosk.press("escape")
        await kiosk.at("Outgoing")
        shown = await kiosk.shows("Post Office")
        assert "F3 searches" not in shown
        await kiosk.press("enter")
        await kiosk.at("Home")
        parcel = await kiosk.parcel(USPS)
        assert parcel.is_outgoing
        assert "driver" not in parcel.destination


async def test_another_place_is_typed_and_the_reason_changed(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_outgoing(kiosk, UPS)
        await kiosk.press("f6")
        await kiosk.shows("UPS, back to the sender")
        kiosk.type("Aunt Mary\r")
        await kiosk.shows("goes to Aunt Mary.")
        parcel = await kiosk.parcel(UPS)
        assert (parcel.destination, parcel.outgoing_reason) == ("Aunt Mary", OutgoingReason.TO_SENDER)


async def test_where_the_number_tells_no_carrier_the_clerk_does(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_outgoing(kiosk, "T1")
        await kiosk.shows("Dropped off here", "driver")
        await kiosk.press("f4")
        await kiosk.shows("USPS, dropped off here", "USPS driver")
        await kiosk.press("f4")
        await kiosk.shows("PBCS, dropped off here")
        await kiosk.press("f4")
        await kiosk.shows("Dropped off here")


async def test_from_the_shelf_it_goes_back_to_the_sender(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await lying(kiosk.services, "T1", "S1")
        kiosk.scan("T1")
        await kiosk.at("ParcelPage")
        await kiosk.press("f7")
        await kiosk.shows("Send")
        await kiosk.press("5")
        await kiosk.shows("Back to the sender")
        await kiosk.tap("Goes there")
        await kiosk.at("Home")
        parcel = await kiosk.parcel("T1")
        assert (parcel.state, parcel.outgoing_reason) == (ParcelState.OUTGOING, OutgoingReason.TO_SENDER)


async def test_esc_leaves_it_with_its_question(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_outgoing(kiosk, "T1")
        kiosk.type("abc")
        await kiosk.press("escape")
        await kiosk.at("Recipient")
        kiosk.scan(UPS)
        await kiosk.shows(f"Parcel {UPS}")
        assert not (await kiosk.parcel("T1")).is_outgoing


async def test_a_carriers_number_is_the_next_parcel_and_no_place(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_outgoing(kiosk, "T1")
        kiosk.type(f"{UPS}\r")
        await kiosk.shows(f"Parcel {UPS}", "Who is it for?")


@pytest.mark.parametrize("by_tap", [False, True])
async def test_what_leaves_is_ticked_off_one_by_one(desk: Desk, *, by_tap: bool) -> None:
    async with desk.open() as kiosk:
        await out(kiosk.services, "T1", "Post office")
        await out(kiosk.services, "T2", "UPS driver")
        await kiosk.cover(ShowLeavingToday(), "LeavingToday")
        await kiosk.shows("2 parcels leave", "Post office", "UPS driver")
        if by_tap:
            await kiosk.tap("It left")
        else:
            await kiosk.press("enter")
        await kiosk.shows("1 parcel leaves", "1 left today")
        assert [(await kiosk.parcel(each)).state for each in ("T1", "T2")] == [ParcelState.SENT, ParcelState.OUTGOING]


async def test_all_for_one_place_leave_after_one_question(desk: Desk) -> None:
    async with desk.open() as kiosk:
        for number, where in (("T1", "UPS driver"), ("T2", "Post office"), ("T3", "UPS driver")):
            await out(kiosk.services, number, where)
        await kiosk.cover(ShowLeavingToday(), "LeavingToday")
        await kiosk.shows("3 parcels leave", "2 go there")
        await kiosk.press("down", "f6")
        await kiosk.shows("Did all 2 parcels for UPS driver leave?")
        await kiosk.press("escape")
        await kiosk.shows("3 parcels leave")
        await kiosk.press("f6", "f10")
        await kiosk.shows("1 parcel leaves", "2 left today")
        assert (await kiosk.parcel("T2")).is_outgoing
        await kiosk.press("enter")
        await kiosk.shows("0 parcels leave", "3 left today")


async def test_one_that_somebody_else_ticked_off_is_said(desk: Desk) -> None:
    async with desk.open() as kiosk:
        parcel = await out(kiosk.services, "T1", "UPS driver")
        await kiosk.cover(ShowLeavingToday(), "LeavingToday")
        await kiosk.shows("1 parcel leaves")
        await kiosk.services.desk.leaving.note_sent(parcel, CLERK)
        await kiosk.press("enter")
        await kiosk.shows("This parcel has left with a carrier.", "0 parcels leave")


async def test_with_nothing_to_send_nothing_can_be_ticked_off(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.cover(ShowLeavingToday(), "LeavingToday")
        await kiosk.shows("Nothing waits for a carrier")
        await kiosk.press("enter", "f6")
        await kiosk.press("escape")
        await kiosk.at("Home")
