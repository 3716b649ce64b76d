"""Handing over: one scan and two keys, several at once, who collects and how that was checked, the pickup code."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from kiosk.parcels.states import IdentityCheck, Operation, ParcelState
from screens.destinations import ShowCollecting
from tests.house.desk import CLERK
from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.screens.parcels_in_test import contact, in_locker, lying

ABDI = "Mwangi Abdi"


async def handed_over(kiosk: Kiosk, number: str) -> dict[str, object]:
    """Return what the journal says of handing a parcel over."""
    parcel = await kiosk.parcel(number)
    assert parcel.state is ParcelState.HANDED_OVER
    events = [each for each in await kiosk.history() if each["type"] == "parcel_handed_over"]
    (found,) = [{**each["body"], **each["personal"]} for each in events if each["parcel_id"] == parcel.parcel_id]
    return found


async def test_one_scan_and_two_keys_hand_a_parcel_over(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await in_locker(kiosk.services)
        unit = (await kiosk.parcel("T1")).place
        assert unit is not None
        kiosk.scan("T1")
        await kiosk.shows("Already here: in locker", "Hand over")
        await kiosk.press("f4")
        await kiosk.shows("Who collects?", f"To {ABDI}", "badge seen", "[x]", "give it out")
        await kiosk.press("enter")
        await kiosk.shows(f"1 parcel was given to {ABDI}.")
        assert (await handed_over(kiosk, "T1"))["checked"] == IdentityCheck.BADGE
        assert (await kiosk.parcel("T1")).handed_to == ABDI
        assert not desk.service.holding("T1")


async def test_the_same_by_taps(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await lying(kiosk.services, "T1", "S1")
        kiosk.scan("T1")
        await kiosk.shows("Take off shelf")
        await kiosk.tap("Hand over")
        await kiosk.at("HandOver")
        await kiosk.tap("Given out")
        await kiosk.shows(f"1 parcel was given to {ABDI}.")


async def test_what_else_lies_on_the_shelf_goes_along_and_what_is_in_a_locker_is_named(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await in_locker(kiosk.services, "T3")
        place = (await kiosk.parcel("T3")).place
        assert place is not None
        await lying(kiosk.services, "T1", "S1")
        await lying(kiosk.services, "T2", "S2")
        await lying(kiosk.services, "T4", "S4", "samira k")
        kiosk.scan("T1")
        await kiosk.shows("Hand over")
        await kiosk.press("f4")
        bank = kiosk.services.queries.lockers.label(place.locker_bank_id)
        shown = await kiosk.shows("shelf S1", "shelf S2", f"{bank} {place.locker_unit_id}", "2 given out")
        assert (shown.count("[x]"), shown.count("[ ]"), "shelf S4" in shown) == (2, 1, False)
        await kiosk.press("enter")
        await kiosk.shows(f"2 parcels were given to {ABDI}.", f"Still here for the same recipient: {bank}")
        assert [(await kiosk.parcel(number)).state for number in ("T1", "T2", "T3")] == [
            ParcelState.HANDED_OVER,
            ParcelState.HANDED_OVER,
            ParcelState.IN_LOCKER,
        ]


@pytest.mark.parametrize("by_tap", [False, True])
async def test_a_blank_or_a_tap_marks_a_parcel_or_leaves_it(desk: Desk, *, by_tap: bool) -> None:
    async with desk.open() as kiosk:
        await lying(kiosk.services, "T1", "S1")
        await lying(kiosk.services, "T2", "S2")
        kiosk.scan("T1")
        await kiosk.shows("Hand over")
        await kiosk.press("f4")
        await kiosk.shows("2 given out")
        if by_tap:
            await kiosk.tap("shelf S2")
        else:
            await kiosk.press("down")
            kiosk.type(" ")
        await kiosk.shows("stays here", "Given out")
        await kiosk.press("enter")
        await kiosk.shows("1 parcel was given", "Still here for the same recipient: shelf S2")
        assert (await kiosk.parcel("T2")).is_on_shelf


async def test_somebody_else_signs_and_shows_a_document(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await lying(kiosk.services, "T1", "S1")
        kiosk.scan("T1")
        await kiosk.shows("Hand over")
        await kiosk.press("f4")
        await kiosk.shows(f"To {ABDI}")
        kiosk.type("Bob van Dyk")
        await kiosk.shows("To Bob van Dyk")
        await kiosk.press("f4")
        await kiosk.shows("identity document seen")
        await kiosk.press("f6")
        await kiosk.shows("type the name as a signature")
        kiosk.type("B. v. Dyk\r")
        await kiosk.shows("Who collects?", "To Bob van Dyk", "identity document seen, signed")
        await kiosk.press("enter")
        await kiosk.shows("1 parcel was given to Bob van Dyk.")
        body = await handed_over(kiosk, "T1")
        assert (body["to"], body["signature"], body["checked"]) == ("Bob van Dyk", "B. v. Dyk", "document")


async def test_a_typed_name_with_enter_is_who_collects_and_a_departments_has_to_be_typed(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await lying(kiosk.services, "T1", "S1", "human resources")
        kiosk.scan("T1")
        await kiosk.shows("Hand over")
        await kiosk.press("f4")
        await kiosk.shows("Type who collects.")
        await kiosk.press("enter")
        await kiosk.rest()
        assert kiosk.name == "HandOver"
        kiosk.type("Dana\r")
        await kiosk.shows("1 parcel was given to Dana.")


async def test_a_scan_marks_a_listed_parcel_and_any_other_is_the_next_one(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await in_locker(kiosk.services, "T2")
        await lying(kiosk.services, "T1", "S1")
        kiosk.scan("T1")
        await kiosk.shows("Hand over")
        await kiosk.press("f4")
        await kiosk.shows("[ ]", "Given out")
        (unit,) = desk.service.holding("T2")
        kiosk.scan(unit["pickupCode"])
        await kiosk.shows("2 given out")
        await kiosk.press("down")
        kiosk.type(" ")
        await kiosk.shows("Given out")
        kiosk.scan("T2")
        await kiosk.shows("2 given out")
        kiosk.scan("T3")
        await kiosk.shows("Parcel T3", "Who is it for?")


async def test_a_scanned_badge_says_who_collects(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await lying(kiosk.services, "T1", "S1")
        kiosk.scan("T1")
        await kiosk.shows("Hand over")
        await kiosk.press("f4")
        await kiosk.at("HandOver")
        other = await contact(kiosk.services, "samira k")
        kiosk.scan(other.contact_id)
        await kiosk.shows(f"To {other.name}")


async def test_without_a_network_it_is_given_out_and_its_locker_is_given_back_later(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await in_locker(kiosk.services)
        desk.service.pull_out()
        kiosk.scan("T1")
        await kiosk.shows("Hand over")
        await kiosk.press("f4")
        await kiosk.at("HandOver")
        await kiosk.press("enter")
        await kiosk.shows(f"1 parcel was given to {ABDI}.", "is given back later.")
        parcel = await kiosk.parcel("T1")
        assert parcel.state is ParcelState.HANDED_OVER
        assert parcel.open_write is not None
        assert parcel.open_write.operation is Operation.FREE


async def test_what_is_in_doubt_is_said_and_the_others_are_given_out(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await in_locker(kiosk.services, "T2")
        await lying(kiosk.services, "T1", "S1")
        kiosk.scan("T1")
        await kiosk.shows("Hand over")
        await kiosk.press("f4")
        await kiosk.shows("[ ]")
        await kiosk.press("down")
        kiosk.type(" ")
        await kiosk.shows("2 given out")
        # Another process asks for a fresh code, and the answer is lost.
        parcel = await kiosk.parcel("T2")
        desk.service.fault("lost", "updateDeposit")
        desk.service.fault("503", "getReservation", times=99)
        with pytest.raises(Exception, match="outcome_unknown"):
            await kiosk.services.desk.corrections.renew_code(parcel, "lost", CLERK)
        await kiosk.press("enter")
        await kiosk.shows("1 parcel was given", "Not given out: T2.")
        assert (await kiosk.parcel("T2")).is_in_locker


async def test_esc_leaves_everything_as_it_is(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await lying(kiosk.services, "T1", "S1")
        before = await kiosk.events()
        kiosk.scan("T1")
        await kiosk.shows("Hand over")
        await kiosk.press("f4")
        await kiosk.at("HandOver")
        kiosk.type("Bob")
        await kiosk.press("escape")
        await kiosk.at("ParcelPage")
        assert await kiosk.events() == before


@pytest.mark.parametrize("by_scan", [False, True])
async def test_the_pickup_code_finds_the_parcel_while_it_is_kept(
    desk: Desk, caplog: pytest.LogCaptureFixture, *, by_scan: bool
) -> None:
    caplog.set_level(logging.DEBUG)
    async with desk.open() as kiosk:
        await in_locker(kiosk.services)
        (unit,) = desk.service.holding("T1")
        code = unit["pickupCode"]
        await kiosk.cover(ShowCollecting(), "Collecting")
        if by_scan:
            kiosk.scan(code)
        else:
            kiosk.type(f"{code.lower()}\r")
        await kiosk.at("HandOver")
        await kiosk.shows(f"To {ABDI}")
        await kiosk.press("escape")
        await kiosk.at("ParcelPage")
        desk.clock.advance(timedelta(hours=1))
        await kiosk.press("escape")
        await kiosk.at("Home")
        before = await kiosk.events()
        await kiosk.cover(ShowCollecting(), "Collecting")
        kiosk.type(f"{code}\r")
        shown = await kiosk.shows("No parcel here matches that.", "it can't be checked here")
        assert code not in shown
        kiosk.hands.at += 60
        kiosk.scan(code)
        await kiosk.rest()
        await kiosk.shows("No parcel here matches that.")
        assert await kiosk.events() == before
        assert code not in caplog.text
        assert code not in str(await kiosk.history())


async def test_a_name_finds_the_parcel_and_a_scan_of_it_too(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await lying(kiosk.services, "T1", "S1")
        await lying(kiosk.services, "T2", "S2", "samira k")
        await kiosk.cover(ShowCollecting(), "Collecting")
        kiosk.type("mwan")
        await kiosk.shows("shelf S1", ABDI)
        await kiosk.press("enter")
        await kiosk.at("HandOver")
        await kiosk.press("escape")
        await kiosk.press("escape")
        await kiosk.at("Home")
        await kiosk.cover(ShowCollecting(), "Collecting")
        kiosk.scan("T2")
        await kiosk.at("HandOver")
        await kiosk.shows("Hand over T2")
