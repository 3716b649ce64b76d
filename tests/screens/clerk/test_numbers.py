"""What a scan leaves unclear is asked; several barcodes of a box are one parcel; a scanner may be of any sort."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.parcels.carriers import Carrier
from kiosk.parcels.states import ParcelState
from screens.bell import RINGS
from screens.widgets.notice import NoticeKind
from tests.desk.test_scans import REFERENCE, UPS, UPS_MISREAD, UPS_OTHER, USPS, two_carriers
from tests.house.desk import PERSON
from tests.screens.hands import token
from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.screens.qr_reader import read_qr


async def to_recipient(kiosk: Kiosk, number: str) -> None:
    kiosk.scan(number)
    await kiosk.shows(f"Parcel {number}", "Who is it for?")


async def test_a_scan_says_how_it_was_read(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan(f"]C1{UPS.lower()}")
        await kiosk.shows("✓ Taken in UPS 1Z, check digit correct.", f"Parcel {UPS}", "Who is it for?")


async def test_a_wrong_check_digit_is_said_and_needs_a_key_of_its_own(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan(UPS_MISREAD)
        await kiosk.shows("Stop The check digit of this UPS number is wrong", "Scan it again")
        await kiosk.press("enter")
        await kiosk.rest()
        assert kiosk.name == "Number"
        await kiosk.press("f6")
        await kiosk.shows(f"Parcel {UPS_MISREAD}", "Who is it for?")
        assert (await kiosk.parcel(UPS_MISREAD)).carrier is None


async def test_the_right_number_scanned_after_a_misread_one_takes_its_place(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan(UPS_MISREAD)
        await kiosk.shows("Scan it again")
        kiosk.scan(UPS)
        await kiosk.shows(f"Parcel {UPS}", "Who is it for?", f"The parcel's number is {UPS} now.", UPS_MISREAD)
        (parcel,) = await kiosk.services.queries.journal.unfinished()
        assert (parcel.tracking_number, parcel.carrier) == (UPS, Carrier.UPS)


async def test_two_carriers_are_both_shown_and_one_key_takes_either(desk: Desk) -> None:
    number = two_carriers()
    async with desk.open() as kiosk:
        kiosk.scan(number)
        text = await kiosk.shows("Which carrier brought it?", "This number could be from FedEx or Purolator.")
        assert text.index(f"FedEx {number}") < text.index(f"Purolator {number}")
        await kiosk.press("f4")
        await kiosk.shows("Who is it for?")
        assert (await kiosk.parcel(number)).carrier is Carrier.PUROLATOR


@pytest.mark.parametrize("keys", [("enter",), ("down", "up", "enter")])
async def test_enter_takes_the_likelier_carrier(desk: Desk, keys: tuple[str, ...]) -> None:
    async with desk.open() as kiosk:
        kiosk.scan(two_carriers())
        await kiosk.shows("Which carrier brought it?")
        await kiosk.press(*keys)
        await kiosk.shows("Who is it for?")
        assert (await kiosk.parcel(two_carriers())).carrier is Carrier.FEDEX


async def test_a_carrier_can_be_tapped(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan(two_carriers())
        await kiosk.shows("Which carrier brought it?")
        await kiosk.tap(f"Purolator{' ' * 4}")
        await kiosk.shows("Who is it for?")
        assert (await kiosk.parcel(two_carriers())).carrier is Carrier.PUROLATOR


async def test_an_in_house_number_is_taken_after_a_confirmation(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan(REFERENCE)
        await kiosk.shows("Is this an in-house number?", REFERENCE, "! Look")
        await kiosk.press("enter")
        await kiosk.shows(f"Parcel {REFERENCE}", "Who is it for?")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("FBA15ABCDEFGU000001", "This looks like an Amazon warehouse number"),
        ("036000291452", "This looks like a product number (UPC or EAN), not a tracking number"),
        ("INV-2024-17", "This looks like an invoice, order or item number"),
    ],
)
async def test_what_it_looks_like_is_said_before_it_is_taken_as_in_house(desk: Desk, number: str, said: str) -> None:
    async with desk.open() as kiosk:
        kiosk.scan(number)
        await kiosk.shows("Is this an in-house number?", said, "or use this as an in-house number")
        await kiosk.press("enter")
        await kiosk.shows(f"Parcel {number}", "Who is it for?")


async def test_a_wide_shape_is_asked_about_and_may_be_in_house(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan("PKG000123456")
        await kiosk.shows("Is this the tracking number?", "many other codes look the same", "Purolator")
        await kiosk.press("f4")
        await kiosk.shows("Who is it for?")
        assert (await kiosk.parcel("PKG000123456")).carrier is None


async def test_a_guess_is_taken_by_enter_as_the_carriers(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan("01905012345678")
        await kiosk.shows("Is this the tracking number?", "DPD", "DHL", "In-house")
        await kiosk.press("enter")
        await kiosk.shows("Who is it for?")
        assert (await kiosk.parcel("01905012345678")).carrier is Carrier.DPD


async def test_the_barcode_of_the_goods_that_fits_a_carrier_says_both(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan("036000100037")
        await kiosk.shows("It could be a FedEx number, but it may be a product number", "In-house")
        await kiosk.press("down", "enter")
        await kiosk.shows("Who is it for?")
        assert (await kiosk.parcel("036000100037")).carrier is None


async def test_a_routing_code_that_fits_a_carrier_is_never_offered_as_in_house(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan("420240110006")
        text = await kiosk.shows("It could be a FedEx number, but it may be a routing code")
        assert "In-house" not in text
        await kiosk.press("f4")
        await kiosk.rest()
        assert kiosk.name == "Number"


async def test_another_keyboard_layout_is_named_and_undone(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan("1Y999AA10123456784")
        await kiosk.shows(
            "Is this the number on the label?", UPS, "The scanner is set to a US keyboard", "German", "administrator"
        )
        await kiosk.press("enter")
        await kiosk.shows(f"Parcel {UPS}", "Who is it for?")
        assert (await kiosk.parcel(UPS)).carrier is Carrier.UPS


async def test_signs_of_another_layout_may_be_meant(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan("O'NEIL5")
        await kiosk.shows("Is this the number on the label?", "O-NEIL5", "As it arrived")
        await kiosk.press("f4")
        await kiosk.shows("Parcel O'NEIL5", "Who is it for?")
        await kiosk.press("escape")
        await kiosk.counts("Unfinished", 1)
        kiosk.scan("O'NEIL5")
        await kiosk.shows("Already here")


async def test_half_a_number_is_called_that_and_needs_a_key_of_its_own(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan("1Z999AA1012")
        await kiosk.shows("Stop This is only the first part of a UPS number.", "Scan it again")
        await kiosk.press("enter")
        await kiosk.rest()
        assert kiosk.name == "Number"
        await kiosk.press("f6")
        await kiosk.shows("Parcel 1Z999AA1012", "Who is it for?")


async def test_an_sscc_is_taken_by_its_name(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan("]C100340434299017001234")
        await kiosk.shows("SSCC, check digit correct.", "Parcel 00340434299017001234", "Who is it for?")
        kiosk.scan("340434299017001234")
        await kiosk.shows("Already here")
        kiosk.scan("00340434299017001235")
        await kiosk.shows("The check digit of this SSCC number is wrong")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("WIFI:T:WPA;S:Guest;P:correct horse;;", "This code is for joining a Wi-Fi network."),
        ("42024011", "This is a routing code"),
        ("2LUS22901+42000000", "This is a routing code"),
        ("9.40014E+21", "A spreadsheet rounded this number"),
    ],
)
async def test_what_is_no_parcels_number_is_refused_in_words_and_nothing_is_stored(
    desk: Desk, code: str, said: str
) -> None:
    async with desk.open() as kiosk:
        kiosk.scan(code)
        text = await kiosk.shows(said)
        assert "horse" not in text
        assert kiosk.name == "Home"
        assert await kiosk.events() == []


async def test_an_unanswered_question_waits_in_the_list_and_is_asked_again(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan(REFERENCE)
        await kiosk.shows("Is this an in-house number?")
        await kiosk.press("escape")
        await kiosk.counts("Unfinished", 1)
        await kiosk.shows("number?")
    async with desk.open() as kiosk:
        await kiosk.press("down", "enter")
        await kiosk.shows("Is this an in-house number?", "This looks like an invoice, order or item number")
        await kiosk.press("delete", "f10")
        await kiosk.shows(f"Parcel {REFERENCE} was cancelled.")


async def test_a_parcel_without_a_barcode_gets_a_number_to_write_on_it(desk: Desk) -> None:
    async with desk.open(own_prefix="IH-") as kiosk:
        kiosk.type("+")
        await kiosk.shows("Write this number on the box")
        (parcel,) = await kiosk.services.queries.journal.unfinished()
        assert read_qr(kiosk.app) == [parcel.tracking_number]
        await kiosk.press("enter")
        await kiosk.shows(f"Parcel {parcel.tracking_number}", "Who is it for?")
        await kiosk.press("escape")
        await kiosk.counts("Unfinished", 1)
        kiosk.scan(parcel.tracking_number)
        await kiosk.shows("Already here", "Who is it for?")


async def test_a_barcode_that_begins_with_a_plus_makes_no_number(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan("+H123ABC01234567890D")
        await kiosk.shows("Is this an in-house number?", "+H123ABC01234567890D")


async def test_two_scans_are_two_parcels_and_the_first_one_waits(desk: Desk) -> None:
    async with desk.open((100, 30)) as kiosk:
        await to_recipient(kiosk, UPS)
        assert "Same box" not in kiosk.read
        kiosk.scan(USPS)
        await kiosk.shows(f"Parcel {USPS}", f"Parcel {UPS} stays under Unfinished.", f"…{UPS[-7:]}")
        assert [each.tracking_number for each in await kiosk.services.queries.journal.unfinished()] == [UPS, USPS]


async def test_one_key_joins_two_codes_to_one_box_and_the_same_key_undoes_it(desk: Desk) -> None:
    async with desk.open((100, 30)) as kiosk:
        await to_recipient(kiosk, UPS)
        kiosk.scan(REFERENCE)
        await kiosk.shows("Is this an in-house number?", REFERENCE, "Same box as")
        await kiosk.press("f3")
        await kiosk.shows(
            f"{REFERENCE} is on the same box; scanning it finds this parcel too.", f"Parcel {UPS}", "Another"
        )
        assert [each.tracking_number for each in await kiosk.services.queries.journal.unfinished()] == [UPS]
        await kiosk.press("f3")
        await kiosk.shows("Is this an in-house number?", REFERENCE)
        first, second = await kiosk.services.queries.journal.unfinished()
        assert (first.tracking_number, first.other_codes, second.tracking_number) == (UPS, (), REFERENCE)


async def test_a_code_of_the_same_box_finds_the_parcel_and_goes_to_the_service(desk: Desk) -> None:
    async with desk.open((100, 30)) as kiosk:
        await to_recipient(kiosk, UPS)
        kiosk.scan(REFERENCE)
        await kiosk.shows("Same box as")
        await kiosk.press("f3")
        await kiosk.shows("is on the same box")
        kiosk.type("mwangi abdi\r")
        await kiosk.shows("free lockers as of")
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker")
        (unit,) = desk.service.holding(UPS)
        assert unit["parcelsReserved"] == [{"trackingNumber": UPS, "secondaryTrackingNumber": REFERENCE}]
        await kiosk.press("escape")
        await kiosk.counts("Unfinished", 1)
        kiosk.scan(REFERENCE)
        await kiosk.shows("Already here", "Put it in locker", f"Parcel {UPS}")


async def test_the_likelier_number_of_a_box_becomes_the_parcels(desk: Desk) -> None:
    async with desk.open((100, 30)) as kiosk:
        kiosk.scan(REFERENCE)
        await kiosk.shows("Is this an in-house number?")
        kiosk.scan(UPS)
        await kiosk.shows(f"Parcel {UPS}", "Same box", "Who is it for?")
        await kiosk.press("f3")
        await kiosk.shows(f"Parcel {UPS}", "Who is it for?", "Another")
        (box,) = await kiosk.services.queries.journal.unfinished()
        assert (box.tracking_number, box.other_codes, box.carrier) == (UPS, (REFERENCE,), Carrier.UPS)


async def test_a_second_right_number_of_the_same_carrier_is_another_parcel(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_recipient(kiosk, UPS)
        kiosk.scan(UPS_OTHER)
        await kiosk.shows(f"Parcel {UPS_OTHER}", "Who is it for?")
        assert len(await kiosk.services.queries.journal.unfinished()) == 2


async def test_a_number_in_a_locker_says_which_and_since_when(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_code(UPS)
        await kiosk.press("enter")
        await kiosk.shows(f"Parcel {UPS} is in.")
        (unit,) = desk.service.holding(UPS)
        kiosk.scan(UPS)
        await kiosk.shows(f"Already here: in locker {unit['lockerUnitId']}, Lobby, since 08:00.")
        assert (await kiosk.parcel(UPS)).state is ParcelState.IN_LOCKER
        desk.clock.advance(timedelta(days=1))
        await kiosk.press("escape")
        await kiosk.at("Home")
        kiosk.hands.at += 60
        kiosk.scan(UPS)
        await kiosk.shows("Lobby, since yesterday 08:00.")


async def test_the_same_code_again_within_three_seconds_is_ignored_with_a_sign(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_recipient(kiosk, UPS)
        kiosk.hands.scan(f"{UPS}\r", rest=1)
        await kiosk.shows("! Look The same code was scanned again and ignored.", f"Parcel {UPS}")
        assert await kiosk.events() == ["parcel_taken_in"]
        kiosk.scan(UPS)
        await kiosk.shows("Already here")


async def test_a_scan_that_could_not_be_recorded_counts_again_at_once(desk: Desk) -> None:
    async with desk.open() as kiosk:
        for _ in range(3):
            await unwritable(kiosk, is_so=True)
            kiosk.hands.scan(f"{UPS}\r", rest=0.5)
            await kiosk.shows("may not write to its data folder")
            await unwritable(kiosk, is_so=False)
        kiosk.hands.scan(f"{UPS}\r", rest=0.5)
        await kiosk.shows(f"Parcel {UPS}", "Who is it for?")


async def test_a_badge_whose_choice_could_not_be_recorded_counts_again_at_once(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_recipient(kiosk, UPS)
        for _ in range(3):
            await unwritable(kiosk, is_so=True)
            kiosk.screen.notice.clear()  # what is waited for is said of this scan, and not of the one before
            kiosk.hands.scan(f"{PERSON.contact_id}\r", rest=0.5)
            await kiosk.shows("may not write to its data folder")
            await kiosk.until(lambda: kiosk.rests, "an end")
            await unwritable(kiosk, is_so=False)
        kiosk.hands.scan(f"{PERSON.contact_id}\r", rest=0.5)
        await kiosk.at("Locker")


async def unwritable(kiosk: Kiosk, *, is_so: bool) -> None:
    """Let the journal's file take nothing, or take it again."""
    state = "ON" if is_so else "OFF"
    connection = kiosk.services.queries.journal.connection
    database = connection._database
    assert database is not None
    await connection._on_thread(lambda: list(database.execute(f"PRAGMA query_only={state}")))


@pytest.mark.parametrize("end", ["\r", "\n", "\t", "\r\n", "\r\r"])
async def test_a_scan_ends_by_any_terminator_and_presses_nothing(desk: Desk, end: str) -> None:
    async with desk.open() as kiosk:
        kiosk.scan(UPS, end)
        await kiosk.shows(f"Parcel {UPS}", "Who is it for?")
        assert kiosk.name == "Recipient"
        assert await kiosk.events() == ["parcel_taken_in"]


async def test_a_scan_without_an_end_stands_in_sight_until_enter(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan(UPS, "")
        await kiosk.shows(UPS)
        assert (kiosk.name, await kiosk.events()) == ("Home", [])
        kiosk.type("\r")
        await kiosk.shows(f"Parcel {UPS}", "Who is it for?")


async def test_silence_ends_a_scan_where_the_settings_say_so_and_a_late_enter_presses_nothing(desk: Desk) -> None:
    async with desk.open(scanner_end="silence") as kiosk:
        kiosk.scan(REFERENCE, "")
        await kiosk.shows("Is this an in-house number?")
        kiosk.hands.send([token("\r")], 0.0, rest=-0.4)
        await kiosk.rest()
        assert kiosk.name == "Number"


async def test_the_scanners_prefix_is_taken_off(desk: Desk) -> None:
    async with desk.open(scanner_prefix="~") as kiosk:
        kiosk.scan(f"~{UPS}")
        await kiosk.shows(f"Parcel {UPS}", "Who is it for?")


async def test_a_reference_that_could_be_a_room_picks_nobody(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_recipient(kiosk, UPS)
        kiosk.scan("H1.130")
        await kiosk.shows("Is this an in-house number?", "H1.130")
        assert (await kiosk.parcel(UPS)).contact is None


def test_each_sign_rings_differently() -> None:
    assert len({RINGS[kind] for kind in (NoticeKind.TAKEN, NoticeKind.LOOK, NoticeKind.STOP)}) == 3
