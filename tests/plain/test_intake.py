"""An intake line by line: every question, in its order, and every way out of it."""

from __future__ import annotations

import pytest

from kiosk.errors import ApiError
from tests.house.desk import BANK
from tests.plain.teletype import HOME, Teletype, talking
from tests.screens.kiosk_in_test import Desk

ABDI = "mwangi abdi"


async def to_recipient(tty: Teletype, number: str) -> None:
    await tty.says(number, f"Parcel {number}", "For whom is it?")


async def to_locker(tty: Teletype, number: str, name: str = ABDI) -> None:
    await to_recipient(tty, number)
    await tty.says(name, "press Enter, or type the number of another one.")


async def to_put_in(tty: Teletype, number: str, name: str = ABDI) -> str:
    await to_locker(tty, number, name)
    await tty.says("", "Press Enter when it is in")
    return tty.last(r"Put it in locker (\S+),")


async def to_code(tty: Teletype, number: str, name: str = ABDI) -> str:
    unit = await to_put_in(tty, number, name)
    await tty.says("", "Press Enter once the code is passed on")
    return unit


async def test_a_parcel_goes_from_its_scan_to_a_code_that_is_spelled(desk: Desk) -> None:
    async with talking(desk) as plain:
        tty = plain.tty
        await tty.reads(HOME)
        unit = await to_code(tty, "T1")
        (held,) = desk.service.holding("T1")
        code = held["pickupCode"]
        assert held["lockerUnitId"] == unit
        assert f"Pickup code: {code[:3]} {code[3:]}" in tty.since
        assert "Spelled: " in tty.since
        await tty.says("", "Parcel T1 is in.", HOME)


async def test_again_says_the_code_once_more(desk: Desk) -> None:
    async with talking(desk) as plain:
        await to_code(plain.tty, "T1")
        spelled = plain.tty.last(r"(Spelled: .+) Press Enter")
        assert spelled in await plain.tty.says("again", "Pickup code", "Press Enter once the code is passed on")


async def test_the_recipient_is_chosen_by_a_number(desk: Desk) -> None:
    async with talking(desk) as plain:
        await to_recipient(plain.tty, "T1")
        await plain.tty.says("samira", "For whom is it? Type the number")
        name = plain.tty.last(r"2: ([^,]+),")
        assert f"It is for {name}" in await plain.tty.says("2", "press Enter, or type the number")


async def test_another_size_is_chosen_by_its_number(desk: Desk) -> None:
    async with talking(desk) as plain:
        await to_locker(plain.tty, "T1")
        await plain.tty.says(plain.tty.number_of("medium, "), "Press Enter when it is in")
        (held,) = desk.service.holding("T1")
        assert held["size"] == "medium"


async def test_a_number_typed_at_a_question_begins_another_parcel_and_says_what_stays(desk: Desk) -> None:
    async with talking(desk) as plain:
        await to_recipient(plain.tty, "T1")
        said = await plain.tty.says("T2", "Parcel T2", "For whom is it?")
        assert "Parcel T1 stays under Unfinished." in said
        await plain.tty.says("back", "Parcel T2 stays under Unfinished.", HOME)
        assert {each.tracking_number for each in await plain.services.queries.unfinished()} == {"T1", "T2"}


async def test_help_names_what_can_be_typed(desk: Desk) -> None:
    async with talking(desk) as plain:
        await to_recipient(plain.tty, "T1")
        said = await plain.tty.says("?", "leave: ends the program", "For whom is it?")
        assert all(word in said for word in ("shelf: puts", "again: says", "back: leaves", "find: finds"))


async def test_two_barcodes_are_one_box_by_a_word(desk: Desk) -> None:
    async with talking(desk) as plain:
        await to_recipient(plain.tty, "T1")
        await plain.tty.says("T2", "If it is on the same box as T1, type same.")
        await plain.tty.says("same", "T2 is on the same box; scanning it finds this parcel too.", "For whom is it?")
        await plain.tty.says("apart", "For whom is it?")
        await plain.tty.says("undo", "There is nothing to undo.", HOME)
        assert len(await plain.services.queries.unfinished()) == 2


async def test_a_network_that_is_away_leads_to_the_shelf_and_is_told_when_it_is_back(desk: Desk) -> None:
    async with talking(desk, read_seconds=1) as plain:
        await to_recipient(plain.tty, "T1")
        desk.service.pull_out()
        with pytest.raises(ApiError):
            await plain.services.queries.lockers.bank(BANK, fresh=True)
        await plain.tty.reads("No connection to the locker service.")
        await plain.tty.says(ABDI, "Press Enter to put it on the shelf")
        await plain.tty.says("", "Put it on the shelf at S1.", "Press Enter when it is there")
        await plain.tty.says("", "Parcel T1 is at S1.", HOME)
        desk.service.plug_in()
        plain.services.background.look()
        await plain.tty.reads("The connection to the locker service is back.", HOME)


async def test_an_event_never_stands_in_a_line_with_an_answer(desk: Desk) -> None:
    async with talking(desk) as plain:
        await to_recipient(plain.tty, "T1")
        plain.talk.tell("Something happened.")
        await plain.tty.reads("Something happened. For whom is it?")
        assert "\nSomething happened.\n" in plain.tty.printed


async def test_what_is_piled_up_is_taken_in_its_order_and_nothing_is_lost_at_the_end(desk: Desk) -> None:
    async with talking(desk) as plain:
        for number in range(1, 6):
            await plain.tty.types(f"T{number}")
        await plain.tty.types(ABDI)
    async with talking(desk) as plain:
        unfinished = await plain.services.queries.unfinished()
        assert [each.tracking_number for each in unfinished] == [f"T{number}" for number in range(1, 6)]
        assert unfinished[-1].contact is not None
        await plain.tty.reads("5 parcels are unfinished from before")
