"""Typing at home: which parcels here fit, which comes first, and whether the text can be a new parcel's number."""

from __future__ import annotations

import pytest

from kiosk.desk.searching import may_be_number
from kiosk.journal.people import PeopleInJournal
from kiosk.journal.searching import LONGEST_TEXT, MOST_FOUND
from kiosk.parcels.contacts import Contact
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ParcelState, ShelfReason
from kiosk.tracking.codes import Code
from kiosk.tracking.scan import read_scan
from tests.house.desk import BANK, CLERK, PERSON, OpenDesk, unit_of

UPS = "1Z999AA10123456784"
FARKAS = Contact(contact_id="c1", name="Gergő Farkas")
ONEIL = Contact(contact_id="c2", name="Søren O'Neil-Smith")


async def found(desk: OpenDesk, text: str) -> list[str]:
    return [parcel.tracking_number for parcel in (await desk.searching.search(text)).parcels]


@pytest.mark.parametrize(
    "text",
    ["gergo", "FARKAS", "far ger", "Gergő F", "6784", "aa10123", "1z999", "1Z 999 AA1 01 2345 6784", "ref-77", "ef7"],
)
async def test_a_parcel_is_found_by_parts_of_its_number_its_codes_and_its_name(desk: OpenDesk, text: str) -> None:
    parcel = await desk.taken_in(UPS, FARKAS)
    await desk.taken_in("T2", ONEIL)
    if "ef" in text:
        other = (await desk.scans.take_in("T3", CLERK)).parcel
        await desk.scans.add_code(other, read_scan("REF-77"), CLERK)
        assert await found(desk, text) == ["T3"]
        return
    assert await found(desk, text) == [parcel.tracking_number]


@pytest.mark.parametrize("text", ["oneil", "o'neil", "soren smith", "SMITH", "neil-s"])
async def test_a_name_is_found_however_its_accents_and_signs_are_typed(desk: OpenDesk, text: str) -> None:
    await desk.taken_in("T2", ONEIL)
    assert await found(desk, text) == ["T2"]


async def test_a_parcel_is_found_by_the_name_on_its_label_its_locker_and_its_shelf_place(desk: OpenDesk) -> None:
    reserved = await desk.reserved("T1")
    held = (await desk.scans.take_in("T2", CLERK)).parcel
    held = await desk.intake.note_name(held, "Zoë Unknown", CLERK)
    held = await desk.shelf.put_on(held, "R4-2", ShelfReason.PUT_ASIDE, CLERK)
    assert await found(desk, "zoe") == ["T2"]
    assert await found(desk, "r4-2") == await found(desk, "R42") == ["T2"]
    assert (await found(desk, unit_of(reserved)))[0] == "T1"
    assert await found(desk, f"{BANK} {unit_of(reserved)}") == ["T1"]


async def test_at_home_nobody_who_is_gone_is_found_and_who_changes_is_found_anew(desk: OpenDesk) -> None:
    parcel = await desk.taken_in("T1", FARKAS)
    parcel = await desk.intake.choose_recipient(parcel, ONEIL, CLERK)
    assert (await found(desk, "farkas"), await found(desk, "neil")) == ([], ["T1"])
    await desk.intake.cancel(parcel, CLERK)
    assert await found(desk, "neil") == []
    assert [each.state for each in (await desk.searching.find("neil")).parcels] == [ParcelState.CANCELLED]


async def test_what_is_named_whole_comes_first_then_what_begins_so_then_what_ends_so(desk: OpenDesk) -> None:
    for number in ("X4412", "441", "A1441Z", "4413", "T9441"):
        await desk.scans.take_in(number, CLERK)
    assert await found(desk, "441") == ["441", "4413", "T9441", "A1441Z", "X4412"]


async def test_no_more_are_found_than_anybody_reads(desk: OpenDesk) -> None:
    for number in range(MOST_FOUND + 3):
        await desk.scans.take_in(f"TT{number:03}", CLERK)
    assert len(await found(desk, "tt")) == MOST_FOUND
    assert await found(desk, "t" * (LONGEST_TEXT + 1)) == []
    assert await found(desk, "") == await found(desk, "-.") == []


async def test_a_number_in_full_is_the_parcel_that_is_here(desk: OpenDesk) -> None:
    parcel = (await desk.scans.take_in("T1", CLERK)).parcel
    await desk.scans.take_in("T10", CLERK)
    fits = await desk.searching.search("T1")
    assert (fits.is_known, fits.may_be_new) == (True, False)
    assert fits.parcels[0] == parcel
    assert {each.tracking_number for each in fits.parcels} == {"T1", "T10"}


async def test_a_text_that_only_fits_in_part_can_also_be_a_new_number(desk: OpenDesk) -> None:
    await desk.scans.take_in("T10", CLERK)
    fits = await desk.searching.search("T1")
    assert (fits.is_known, fits.may_be_new, fits.is_carriers) == (False, True, False)
    carriers = await desk.searching.search(UPS)
    assert (carriers.parcels, carriers.may_be_new, carriers.is_carriers) == ((), True, True)


@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        (UPS, True),
        ("1Z 999 AA1 01 2345 6784", True),
        ("IH-7KQ", True),
        ("H9.999", True),
        ("smith", False),
        ("Maria Smith", False),
        ("room 4", False),
        ("", False),
        ("  ", False),
        ("1" * 5_000, False),
    ],
)
def test_a_name_is_no_number(text: str, *, may_be: bool) -> None:
    assert may_be_number(Code(text)) is may_be


async def test_a_contact_is_forgotten_by_the_search_too(desk: OpenDesk) -> None:
    parcel: Parcel = await desk.taken_in("T1", PERSON)
    await desk.intake.cancel(parcel, CLERK)
    await PeopleInJournal(desk.journal).forget(PERSON.contact_id, CLERK)
    words = await desk.journal.connection.read(
        lambda database: database.execute("SELECT words FROM words_of_parcels").fetchall()
    )
    assert words == [(" t1 \n",)]
