"""The shelf, the dead line and the operator's list: what can't go on now is kept, shown, and goes on later."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest

from kiosk.errors import KioskError
from kiosk.parcels.parcel import AttentionItem, UnitPlace
from kiosk.parcels.states import Finding, ParcelState, ShelfReason
from tests.house.desk import CLERK
from tests.screens.clerk.test_at_the_door import fill, place
from tests.screens.clerk.test_odd_banks import BANK, OddService
from tests.screens.kiosk_in_test import Desk, Kiosk

BARCODE = "1Z5R89390357567127"


async def at_recipient(kiosk: Kiosk, number: str = "T1") -> None:
    await kiosk.to_recipient(number)


async def at_locker(kiosk: Kiosk, number: str = "T1") -> None:
    await kiosk.to_locker(number)


async def to_hold(kiosk: Kiosk, number: str = "T1") -> None:
    await kiosk.to_locker(number)
    await kiosk.press("f7")
    await kiosk.shows(f"Parcel {number}", "Put it on the shelf at", "Write on the parcel")


async def hold(kiosk: Kiosk, number: str = "T1", at: str = "S1") -> None:
    await to_hold(kiosk, number)
    await kiosk.press("enter")
    await kiosk.shows(f"Parcel {number} is at {at}.", f"shelf {at}", "on the shelf")


async def line_noticed_gone(kiosk: Kiosk) -> None:
    """Let a reading find out that nobody answers, so that the next write can't even leave."""
    with suppress(KioskError):
        await kiosk.services.queries.lockers.bank("AOne", fresh=True)
    await kiosk.shows("offline since 08:00")


@pytest.mark.parametrize(
    ("go", "reason"), [(at_recipient, ShelfReason.UNKNOWN_RECIPIENT), (at_locker, ShelfReason.PUT_ASIDE)]
)
@pytest.mark.parametrize("by_tap", [False, True])
async def test_f7_and_enter_lay_a_parcel_at_the_proposed_place(
    desk: Desk, go: object, reason: ShelfReason, *, by_tap: bool
) -> None:
    assert callable(go)
    async with desk.open() as kiosk:
        await go(kiosk)
        if by_tap:
            await kiosk.tap("Shelf")
        else:
            await kiosk.press("f7")
        await kiosk.at("Shelf")
        await kiosk.shows("Put it on the shelf at", "T1")
        if by_tap:
            await kiosk.tap("It is there")
        else:
            await kiosk.press("enter")
        await kiosk.counts("Unfinished", 1)
        await kiosk.shows("Parcel T1 is at S1.", "shelf S1", "on the shelf")
        parcel = await kiosk.parcel("T1")
        assert (parcel.state, parcel.shelf, parcel.shelf_reason) == (ParcelState.ON_SHELF, "S1", reason)
        assert not desk.service.holding("T1")


@pytest.mark.parametrize("by_tap", [False, True])
async def test_a_typed_place_is_taken_instead(desk: Desk, *, by_tap: bool) -> None:
    async with desk.open() as kiosk:
        await to_hold(kiosk)
        kiosk.type("rack 7")
        await kiosk.shows("rack 7")
        if by_tap:
            await kiosk.tap("It is there")
        else:
            await kiosk.press("enter")
        await kiosk.shows("Parcel T1 is at RACK 7.", "shelf RACK 7")
        assert (await kiosk.parcel("T1")).shelf == "RACK 7"


@pytest.mark.parametrize("by_tap", [False, True])
async def test_an_occupied_place_is_refused_with_a_sentence_and_another_one_is_taken(
    desk: Desk, *, by_tap: bool
) -> None:
    async with desk.open() as kiosk:
        await hold(kiosk, "T1")
        await to_hold(kiosk, "T2")
        kiosk.type("s1")
        await kiosk.shows("s1")
        if by_tap:
            await kiosk.tap("It is there")
        else:
            await kiosk.press("enter")
        await kiosk.shows(
            "Choose another shelf place: There is already a parcel at S1.", "Type the name of an empty shelf place."
        )
        assert (await kiosk.parcel("T2")).state is ParcelState.TAKEN_IN
        await kiosk.press("enter")
        await kiosk.counts("Unfinished", 2)
        await kiosk.shows("Parcel T2 is at S2.", "shelf S1", "shelf S2")


async def test_blanks_are_no_place(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_hold(kiosk)
        kiosk.type("  \r")
        await kiosk.shows("The shelf place has no name.")
        kiosk.type("b4\r")
        await kiosk.shows("Parcel T1 is at B4.")


@pytest.mark.parametrize(("go", "name"), [(at_recipient, "Recipient"), (at_locker, "Locker")])
async def test_escape_goes_back_to_the_step_before_and_drops_what_was_typed(desk: Desk, go: object, name: str) -> None:
    assert callable(go)
    async with desk.open() as kiosk:
        await go(kiosk)
        await kiosk.press("f7")
        await kiosk.at("Shelf")
        kiosk.type("ab")
        await kiosk.shows("ab")
        await kiosk.press("escape")
        await kiosk.at(name)
        assert (await kiosk.parcel("T1")).state is ParcelState.TAKEN_IN
        assert "parcel_put_on_shelf" not in await kiosk.events()
        kiosk.scan(BARCODE)
        await kiosk.shows(f"Parcel {BARCODE}", "Who is it for?")


@pytest.mark.parametrize("by_tap", [False, True])
async def test_a_carriers_number_on_the_shelf_screen_is_the_next_parcel_and_no_place(
    desk: Desk, *, by_tap: bool
) -> None:
    async with desk.open() as kiosk:
        await to_hold(kiosk)
        if by_tap:
            kiosk.type(BARCODE)
            await kiosk.shows(BARCODE)
            await kiosk.tap("It is there")
        else:
            kiosk.scan(BARCODE)
        await kiosk.shows(f"Parcel {BARCODE}", "Who is it for?")
        assert (await kiosk.parcel("T1")).state is ParcelState.TAKEN_IN
        assert "parcel_put_on_shelf" not in await kiosk.events()
        await kiosk.press("escape")
        await kiosk.counts("Unfinished", 2)
        await kiosk.shows("T1", "no locker yet")


async def test_a_held_parcel_goes_on_from_the_list_with_its_recipient(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await hold(kiosk)
        await kiosk.press("down", "enter")
        await kiosk.shows("This parcel is on the shelf at S1.", "Mwangi Abdi", "Take off shelf")
        await kiosk.press("enter")
        await kiosk.shows("for Mwangi Abdi", "free lockers as of", "Take the parcel off the shelf: it is at S1.")
        assert (await kiosk.parcel("T1")).shelf is None
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker")
        await kiosk.press("enter")
        await kiosk.at("Code")
        await kiosk.shows_the_code_of(desk.service.holding("T1"))


async def test_a_held_parcel_without_a_recipient_goes_on_with_that_question(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_recipient()
        await kiosk.press("f7")
        await kiosk.at("Shelf")
        await kiosk.press("enter")
        await kiosk.shows("Parcel T1 is at S1.", "shelf S1")
        await kiosk.tap("shelf S1", last=True)
        await kiosk.shows("recipient unknown", "Take off shelf")
        await kiosk.tap("Take off shelf")
        await kiosk.shows("Who is it for?", "Take the parcel off the shelf: it is at S1.")


async def test_a_scan_of_a_held_number_opens_it(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await hold(kiosk)
        kiosk.scan("T1")
        await kiosk.shows("This parcel is on the shelf at S1.", "Take off shelf")
        assert kiosk.name == "ParcelPage"
        assert (await kiosk.events()).count("parcel_taken_in") == 1


async def test_a_held_parcel_can_be_given_up_and_leaves_its_place(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await hold(kiosk)
        await kiosk.press("down", "enter")
        await kiosk.shows("This parcel is on the shelf")
        await kiosk.press("delete", "f10")
        await kiosk.shows("Parcel T1 was cancelled.")
        await kiosk.lacks("shelf S1")
        await hold(kiosk, "T2", "S1")


async def test_a_held_parcel_is_still_on_the_shelf_after_a_restart(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await hold(kiosk)
    async with desk.open() as kiosk:
        await kiosk.counts("Unfinished", 1)
        await kiosk.shows("shelf S1", "on the shelf")
        assert kiosk.name == "Home"


async def test_without_a_network_parcels_are_taken_in_and_held_and_are_finished_when_it_is_back(desk: Desk) -> None:
    desk.service.pull_out()
    async with desk.open() as kiosk:
        await kiosk.shows("Scan the parcel", "offline since 08:00")
        assert not kiosk.screen.notice.display
        await kiosk.to_recipient()
        kiosk.type("mwangi abdi\r")
        await kiosk.shows("No connection to the locker service", "for Mwangi Abdi", "shelf: S")
        await kiosk.press("enter")
        await kiosk.shows("Put it on the shelf at")
        await kiosk.press("enter")
        await kiosk.shows("Parcel T1 is at S1.", "on the shelf", "offline since 08:00")
        assert (await kiosk.parcel("T1")).shelf_reason is ShelfReason.NO_NETWORK

        await kiosk.to_recipient("T2")
        await kiosk.press("f7")
        await kiosk.at("Shelf")
        await kiosk.press("enter")
        await kiosk.counts("Unfinished", 2)
        await kiosk.shows("Parcel T2 is at S2.")

        desk.service.plug_in()
        kiosk.scan("T1")
        await kiosk.shows("This parcel is on the shelf at S1.", "no network")
        await kiosk.press("enter")
        await kiosk.shows("for Mwangi Abdi", "free lockers as of", "online")
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker")
        await kiosk.press("enter")
        await kiosk.at("Code")
        await kiosk.shows_the_code_of(desk.service.holding("T1"))


def fill_all(desk: Desk) -> None:
    for bank, size in sorted({(unit["lockerBankId"], unit["size"]) for unit in desk.service.units()}):
        fill(desk, size, bank)


def free_one(desk: Desk, size: str) -> None:
    """Let a recipient collect what lies in a unit of the size."""
    unit = next(
        unit
        for unit in desk.service.units()
        if unit["lockerBankId"] == "AOne" and unit["size"] == size and unit["parcelsDeposited"]
    )
    desk.service.collect("AOne", unit["lockerUnitId"])
    assert not desk.service.unit("AOne", unit["lockerUnitId"])["parcelsDeposited"]


async def read_the_bank_again(desk: Desk, kiosk: Kiosk) -> None:
    """Let a minute go by, read it as the next parcel's screen does, and go home."""
    desk.clock.advance(timedelta(minutes=1))
    kiosk.scan("T9")
    await kiosk.until(lambda: kiosk.name in {"Recipient", "Locker"}, "T9")
    if kiosk.name == "Recipient":
        kiosk.type("gergo\r")
    await kiosk.shows(f"free lockers as of {desk.clock.now():%H:%M}")
    await kiosk.press("escape")
    await kiosk.shows("Scan the parcel", "T9")
    await kiosk.rest()


async def test_a_parcel_that_waits_for_a_size_says_when_a_locker_of_that_size_is_free(desk: Desk) -> None:
    fill_all(desk)
    async with desk.open((100, 30)) as kiosk:
        await kiosk.to_locker()
        await kiosk.shows("Lobby is full.", "press F7 and put the parcel on the shelf")
        await kiosk.tap("medium")
        await kiosk.press("f7")
        await kiosk.shows("Put it on the shelf at")
        await kiosk.press("enter")
        await kiosk.shows("Parcel T1 is at S1.")
        parcel = await kiosk.parcel("T1")
        assert (parcel.shelf_reason, parcel.wanted_size) == (ShelfReason.NO_UNIT, "medium")

        free_one(desk, "small")
        await read_the_bank_again(desk, kiosk)
        assert "locker free" not in kiosk.read
        free_one(desk, "medium")
        await read_the_bank_again(desk, kiosk)
        await kiosk.shows("locker free", "shelf S1")
        kiosk.scan("T1")
        await kiosk.shows("This parcel is on the shelf at S1.", "no locker free")
        await kiosk.press("enter")
        await kiosk.shows("for Mwangi Abdi", "free lockers as of")


async def test_a_parcel_held_before_a_full_bank_waits_for_any_locker(desk: Desk) -> None:
    fill_all(desk)
    async with desk.open((100, 30)) as kiosk:
        await kiosk.to_locker()
        await kiosk.shows("Lobby is full.")
        await kiosk.press("f7")
        await kiosk.shows("Put it on the shelf at")
        await kiosk.press("enter")
        await kiosk.shows("Parcel T1 is at S1.")
        assert (await kiosk.parcel("T1")).shelf_reason is ShelfReason.NO_UNIT
        free_one(desk, "small")
        await read_the_bank_again(desk, kiosk)
        await kiosk.shows("locker free", "shelf S1")


async def test_a_bank_that_tells_only_counts_has_room_for_a_held_parcel_too(desk: Desk) -> None:
    service = OddService([BANK], BANK, [{"size": "small", "available": 0}])
    async with desk.open((100, 30), transport=service.transport) as kiosk:
        await kiosk.to_locker()
        await kiosk.shows("Cellar is full.")
        await kiosk.press("f7")
        await kiosk.shows("Put it on the shelf at")
        await kiosk.press("enter")
        await kiosk.shows("Parcel T1 is at S1.", "shelf S1")
        assert "locker free" not in kiosk.read
        service.sizes = [{"size": "small", "available": 2}]
        await read_the_bank_again(desk, kiosk)
        await kiosk.shows("locker free")


async def test_a_deposit_without_a_network_is_noted_and_delivered_when_it_is_back(desk: Desk) -> None:
    async with desk.open((100, 30)) as kiosk:
        await kiosk.to_put_in()
        unit = await place(kiosk)
        desk.service.pull_out()
        await line_noticed_gone(kiosk)
        await kiosk.press("enter")
        await kiosk.shows(
            f"The deposit in locker {unit} is recorded here and will be sent later.",
            "Close the door and carry on.",
            "1 request pending",
        )
        assert (await kiosk.events())[-1] == "write_delayed"
        await kiosk.press("escape")
        await kiosk.counts("Unfinished", 1)
        await kiosk.shows("not confirmed", "offline since 08:00")

        desk.service.plug_in()
        await read_the_bank_again(desk, kiosk)
        await kiosk.shows("code to show", "online")
        assert "request pending" not in kiosk.read
        assert (await kiosk.parcel("T1")).state is ParcelState.IN_LOCKER
        kiosk.scan("T1")
        await kiosk.at("Code")
        await kiosk.shows_the_code_of(desk.service.holding("T1"))
        await kiosk.press("enter")
        await kiosk.shows("Parcel T1 is in.")


async def test_a_delayed_deposit_is_delivered_by_the_next_run_of_the_kiosk(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_put_in()
        desk.service.pull_out()
        await line_noticed_gone(kiosk)
        await kiosk.press("enter")
        await kiosk.shows("will be sent later")
    desk.service.plug_in()
    async with desk.open() as kiosk:
        await kiosk.at("Code")
        await kiosk.shows_the_code_of(desk.service.holding("T1"))


async def test_a_delayed_deposit_that_is_opened_again_goes_on_by_the_key_that_checks(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_put_in()
        desk.service.pull_out()
        await line_noticed_gone(kiosk)
        await kiosk.press("enter")
        await kiosk.shows("will be sent later")
        await kiosk.press("escape")
        await kiosk.shows("not confirmed")
        kiosk.scan("T1")
        await kiosk.shows("has not confirmed the deposit yet", "Check again")
        desk.service.plug_in()
        await kiosk.press("f5")
        await kiosk.at("Code")
        await kiosk.shows_the_code_of(desk.service.holding("T1"))


ITEM = AttentionItem(finding=Finding.TWO_UNITS, place=UnitPlace(locker_bank_id="AOne", locker_unit_id="4"))
SAID, PROPOSED = "This parcel holds two lockers:", "Check locker 4. If it is empty, free it."


@pytest.mark.parametrize("by_tap", [False, True])
async def test_what_has_to_be_looked_into_is_shown_with_its_proposal_and_closed_by_f9(
    desk: Desk, *, by_tap: bool
) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_code()
        await kiosk.press("enter")
        await kiosk.shows("Parcel T1 is in.")
        services = kiosk.services
        await services.desk.findings.raise_attention(await kiosk.parcel("T1"), ITEM, CLERK)
        kiosk.scan("T1")
        await kiosk.shows(SAID, PROPOSED, "F9")
        await kiosk.press("escape")
        await kiosk.counts("Unfinished", 1)
        await kiosk.shows("look into it")

        await kiosk.press("down", "enter")
        await kiosk.shows(SAID, PROPOSED)
        if by_tap:
            await kiosk.tap("F9")
        else:
            await kiosk.press("f9")
        await kiosk.shows("This parcel is in locker")
        await kiosk.lacks("F9")
        assert (await kiosk.parcel("T1")).attention == ()
        assert (await kiosk.events())[-1] == "attention_closed"
        await kiosk.press("escape")
        await kiosk.shows("Today", "in locker")


async def test_a_held_parcel_shows_what_has_to_be_looked_into_first(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await hold(kiosk)
        services = kiosk.services
        await services.desk.findings.raise_attention(await kiosk.parcel("T1"), ITEM, CLERK)
        kiosk.scan("T1")
        await kiosk.shows("Locker 4 is still held for this parcel", "F9", "Take off")
        await kiosk.press("f9")
        await kiosk.shows("This parcel is on the shelf at S1.")
        assert (await services.queries.console.overview()).attention == ()


async def test_without_anything_to_look_into_f9_does_nothing(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await hold(kiosk)
        before = await kiosk.events()
        kiosk.scan("T1")
        await kiosk.at("ParcelPage")
        assert "F9" not in kiosk.read
        await kiosk.press("f9")
        await kiosk.rest()
        assert await kiosk.events() == before
