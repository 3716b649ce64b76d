"""What a scan leaves unclear is asked; several barcodes of a box are one parcel; a scanner may be of any sort."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events

from kiosk.models.carriers import Carrier
from kiosk.models.parcels import ParcelState
from screens.bell import RINGS
from screens.entry import SCANNER_GAP_SECONDS
from screens.scanning import BURST_SECONDS, SAME_SCAN_SECONDS
from screens.widgets.notice import NoticeKind
from tests.flows.test_scans import REFERENCE, UPS, UPS_MISREAD, UPS_OTHER, USPS, two_carriers
from tests.screens.qr_reader import read_qr

if TYPE_CHECKING:
    from tests.screens.kiosk_in_test import Desk, Kiosk


def later(kiosk: Kiosk, seconds: float) -> None:
    """Let the last scan lie further back, as if somebody had turned the box meanwhile."""
    last = kiosk.app._last_scan
    assert last is not None
    kiosk.app._last_scan = last._replace(at=last.at - seconds)


async def to_recipient(kiosk: Kiosk, number: str) -> None:
    kiosk.scan(number)
    await kiosk.shows(f"Parcel {number}", "Who is it for?")
    later(kiosk, BURST_SECONDS)


async def test_a_scan_says_how_it_was_read(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan(f"]C1{UPS.lower()}")
        await kiosk.shows("✓ Taken UPS 1Z, check digit right.", f"Parcel {UPS}", "Who is it for?")


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
        later(kiosk, BURST_SECONDS)
        kiosk.scan(UPS)
        await kiosk.shows(f"Parcel {UPS}", "Who is it for?", "this is the parcel's number now", UPS_MISREAD)
        (parcel,) = await kiosk.services.lookup.unfinished()
        assert (parcel.tracking_number, parcel.carrier) == (UPS, Carrier.UPS)


async def test_two_carriers_are_both_shown_and_one_key_takes_either(desk: Desk) -> None:
    number = two_carriers()
    async with desk.open() as kiosk:
        kiosk.scan(number)
        text = await kiosk.shows("Which carrier brought it?", "FedEx and Purolator both fit")
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
        ("FBA15ABCDEFGU000001", "This looks like a number of Amazon's warehouse"),
        ("036000291452", "This looks like the number of the goods (UPC or EAN)"),
        ("INV-2024-17", "This looks like a number of an invoice"),
    ],
)
async def test_what_it_looks_like_is_said_before_it_is_taken_as_in_house(desk: Desk, number: str, said: str) -> None:
    async with desk.open() as kiosk:
        kiosk.scan(number)
        await kiosk.shows("Is this an in-house number?", said, "or take this as an in-house number")
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
        await kiosk.shows("It fits FedEx, but it may be the number of the goods", "In-house")
        await kiosk.press("down", "enter")
        await kiosk.shows("Who is it for?")
        assert (await kiosk.parcel("036000100037")).carrier is None


async def test_a_routing_code_that_fits_a_carrier_is_never_offered_as_in_house(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan("420240110006")
        text = await kiosk.shows("It fits FedEx, but it may be a routing code")
        assert "In-house" not in text
        await kiosk.press("f4")
        await kiosk.rest()
        assert kiosk.name == "Number"


async def test_another_keyboard_layout_is_named_and_undone(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan("1Y999AA10123456784")
        await kiosk.shows("Is this the number on the label?", UPS, "types for a US keyboard", "German", "administrator")
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
        await kiosk.shows("Unfinished: 1")
        kiosk.scan("O'NEIL5")
        await kiosk.shows("Not new")


async def test_half_a_number_is_called_that_and_needs_a_key_of_its_own(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan("1Z999AA1012")
        await kiosk.shows("Stop This is only the beginning of a UPS number.", "Scan it again")
        await kiosk.press("enter")
        await kiosk.rest()
        assert kiosk.name == "Number"
        await kiosk.press("f6")
        await kiosk.shows("Parcel 1Z999AA1012", "Who is it for?")


async def test_an_sscc_is_taken_by_its_name(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan("]C100340434299017001234")
        await kiosk.shows("SSCC, check digit right.", "Parcel 00340434299017001234", "Who is it for?")
        later(kiosk, SAME_SCAN_SECONDS)
        kiosk.scan("340434299017001234")
        await kiosk.shows("Not new")
        kiosk.scan("00340434299017001235")
        await kiosk.shows("The check digit of this SSCC number is wrong")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("WIFI:T:WPA;S:Guest;P:correct horse;;", "This is the code of a Wi-Fi network."),
        ("42024011", "This is a routing code"),
        ("2LUS22901+42000000", "This is a routing code"),
        (f"{UPS}9400136895232395123452", "Several labels were read as one"),
        ("9.40014E+21", "A spreadsheet has rounded this number"),
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
        await kiosk.shows("Unfinished: 1", "number?")
    async with desk.open() as kiosk:
        await kiosk.press("down", "enter")
        await kiosk.shows("Is this an in-house number?", "This looks like a number of an invoice")
        await kiosk.press("f8")
        await kiosk.shows(f"Parcel {REFERENCE} was cancelled.")


async def test_a_parcel_without_a_barcode_gets_a_number_to_write_on_it(desk: Desk) -> None:
    async with desk.open(own_prefix="IH-") as kiosk:
        kiosk.type("+")
        await kiosk.shows("Write this number on the box")
        (parcel,) = await kiosk.services.lookup.unfinished()
        assert read_qr(kiosk.app) == [parcel.tracking_number]
        await kiosk.press("enter")
        await kiosk.shows(f"Parcel {parcel.tracking_number}", "Who is it for?")
        await kiosk.press("escape")
        await kiosk.shows("Unfinished: 1")
        kiosk.scan(parcel.tracking_number)
        await kiosk.shows("Not new", "Who is it for?")


async def test_a_barcode_that_begins_with_a_plus_makes_no_number(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.scan("+H123ABC01234567890D")
        await kiosk.shows("Is this an in-house number?", "+H123ABC01234567890D")


async def test_further_barcodes_before_the_recipient_are_of_the_same_box(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_recipient(kiosk, UPS)
        kiosk.scan(REFERENCE)
        await kiosk.shows(f"{REFERENCE} was added: it finds this parcel too.", f"Parcel {UPS}")
        later(kiosk, BURST_SECONDS)
        kiosk.scan(USPS)
        await kiosk.shows(f"{USPS} was added")
        kiosk.type("mwangi abdi\r")
        await kiosk.shows("free lockers as of")
        await kiosk.press("enter")
        await kiosk.shows("Put it in locker")
        (unit,) = desk.service.holding(UPS)
        assert unit["parcelsReserved"] == [{"trackingNumber": UPS, "secondaryTrackingNumber": REFERENCE}]
        await kiosk.press("escape")
        await kiosk.shows("Unfinished: 1")
        kiosk.scan(REFERENCE)
        await kiosk.shows("Not new: ", "Put it in locker", f"Parcel {UPS}")


async def test_a_barcode_of_another_box_is_taken_off_again_and_becomes_a_parcel(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_recipient(kiosk, UPS)
        assert "Other box" not in kiosk.read
        kiosk.scan("T77")
        await kiosk.shows("T77 was added", "Other box")
        await kiosk.press("f3")
        await kiosk.shows("Parcel T77", "Who is it for?")
        first, second = await kiosk.services.lookup.unfinished()
        assert (first.tracking_number, first.other_codes) == (UPS, ())
        assert second.tracking_number == "T77"


async def test_a_second_right_number_of_the_same_carrier_is_another_parcel(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_recipient(kiosk, UPS)
        kiosk.scan(UPS_OTHER)
        await kiosk.shows(f"Parcel {UPS_OTHER}", "Who is it for?")
        assert len(await kiosk.services.lookup.unfinished()) == 2


async def test_a_number_in_a_locker_says_which_and_since_when(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await kiosk.to_code(UPS)
        await kiosk.press("enter")
        await kiosk.shows(f"Parcel {UPS} is in.")
        (unit,) = desk.service.holding(UPS)
        kiosk.scan(UPS)
        await kiosk.shows(f"Not new: in locker {unit['lockerUnitId']}, Lobby since 08:00.")
        assert (await kiosk.parcel(UPS)).state is ParcelState.DEPOSITED


async def test_the_same_code_again_within_three_seconds_is_ignored_with_a_sign(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_recipient(kiosk, UPS)
        kiosk.scan(UPS)
        await kiosk.shows("! Look The same code came again and was ignored.", f"Parcel {UPS}")
        assert await kiosk.events() == ["ParcelTakenIn"]
        later(kiosk, SAME_SCAN_SECONDS)
        kiosk.scan(UPS)
        await kiosk.shows("Not new")


@pytest.mark.parametrize("end", ["", "\r", "\n", "\t", "\r\n"])
async def test_a_scan_ends_by_any_terminator_or_by_silence_and_presses_nothing(desk: Desk, end: str) -> None:
    async with desk.open() as kiosk:
        kiosk.type(UPS + end)
        await kiosk.shows(f"Parcel {UPS}", "Who is it for?")
        assert kiosk.name == "Recipient"
        assert await kiosk.events() == ["ParcelTakenIn"]


async def test_an_enter_that_comes_late_after_silence_presses_nothing(desk: Desk) -> None:
    async with desk.open() as kiosk:
        kiosk.type(REFERENCE)
        await kiosk.shows("Is this an in-house number?")
        kiosk.type("\r")
        await kiosk.rest()
        assert kiosk.name == "Number"


async def test_what_a_person_types_slowly_waits_for_enter(desk: Desk) -> None:
    async with desk.open() as kiosk:
        at = 1000.0
        for sign in "48151623":
            key = events.Key(sign, sign)
            at += 2 * SCANNER_GAP_SECONDS
            key.time = at
            kiosk.app.post_message(key)
        await kiosk.shows("48151623")
        assert not kiosk.app.entry.may_end_by_gap
        assert kiosk.app._silence is None
        assert kiosk.name == "Home"


async def test_the_scanners_prefix_is_taken_off(desk: Desk) -> None:
    async with desk.open(scanner_prefix="~") as kiosk:
        kiosk.scan(f"~{UPS}")
        await kiosk.shows(f"Parcel {UPS}", "Who is it for?")


async def test_a_reference_that_could_be_a_room_picks_nobody(desk: Desk) -> None:
    async with desk.open() as kiosk:
        await to_recipient(kiosk, UPS)
        kiosk.scan("H1.130")
        await kiosk.shows("H1.130 was added")
        assert (await kiosk.parcel(UPS)).contact is None


def test_each_sign_rings_differently() -> None:
    assert len({RINGS[kind] for kind in (NoticeKind.TAKEN, NoticeKind.LOOK, NoticeKind.STOP)}) == 3
