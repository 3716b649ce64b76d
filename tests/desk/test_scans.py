"""From scans to parcels: what is unclear is asked, every barcode of a box finds it, nothing is merged that is two."""

from __future__ import annotations

import re

import pytest

from kiosk.desk.scanning import scan_of
from kiosk.errors import UnreadableScanError, WrongStateError
from kiosk.parcels.carriers import Carrier
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import NumberQuestion, ParcelState
from kiosk.tracking.scan import read_scan
from tests.house.desk import CLERK, PERSON, OpenDesk

UPS = "1Z999AA10123456784"
UPS_MISREAD = "1Z999AA10123456785"
UPS_OTHER = "1Z12345E1512345676"
USPS = "9400111202555842332669"
REFERENCE = "PO 4711-B"


async def scanned(desk: OpenDesk, text: str) -> Parcel:
    return (await desk.scans.take_in(text, CLERK, ask=True)).parcel


def two_carriers() -> str:
    """Return twelve digits whose last one is right for FedEx and for Purolator."""
    from kiosk.tracking.scan import Check, read_scan  # noqa: PLC0415 - only here

    for serial in range(10**10, 10**10 + 10_000):
        found = {each.carrier for each in read_scan(f"0{serial}").candidates if each.check is Check.OK}
        if found == {Carrier.FEDEX, Carrier.PUROLATOR}:
            return f"0{serial}"
    raise AssertionError("no such number")


@pytest.mark.parametrize(
    ("text", "question", "carrier"),
    [
        (UPS, None, Carrier.UPS),
        (f"]C1{UPS.lower()}", None, Carrier.UPS),
        (f"42024060{USPS}", None, Carrier.USPS),
        ("TBA619632698000", None, Carrier.AMAZON),
        (UPS_MISREAD, NumberQuestion.CHECK_DIGIT, None),
        (REFERENCE, NumberQuestion.NO_CARRIER, None),
        ("IH-7K3M9Q", None, None),
        (two_carriers(), NumberQuestion.TWO_CARRIERS, None),
    ],
)
async def test_what_is_unclear_about_a_number_is_asked(
    desk: OpenDesk, text: str, question: NumberQuestion | None, carrier: Carrier | None
) -> None:
    parcel = await scanned(desk, text)
    assert (parcel.question, parcel.carrier) == (question, carrier)
    assert (await desk.scans.take_in(f"{text} again", CLERK)).parcel.question is None, "a script is not asked"


async def test_no_recipient_before_the_number_is_settled(desk: OpenDesk) -> None:
    parcel = await scanned(desk, UPS_MISREAD)
    with pytest.raises(WrongStateError, match=r"hindered_number_not_settled"):
        await desk.intake.choose_recipient(parcel, PERSON, CLERK)
    parcel = await desk.scans.choose_number(parcel, CLERK)
    assert (await desk.intake.choose_recipient(parcel, PERSON, CLERK)).tracking_number == UPS_MISREAD


async def test_of_two_carriers_either_can_be_chosen(desk: OpenDesk) -> None:
    parcel = await scanned(desk, two_carriers())
    read = scan_of(parcel)
    assert read is not None
    first, second = read.equally_good
    assert (first.carrier, second.carrier) == (Carrier.FEDEX, Carrier.PUROLATOR)
    parcel = await desk.scans.choose_number(
        parcel, CLERK, tracking_number=second.tracking_number, carrier=second.carrier
    )
    assert (parcel.question, parcel.carrier) == (None, Carrier.PUROLATOR)


async def test_further_barcodes_of_a_box_find_it_and_the_likeliest_is_its_number(desk: OpenDesk) -> None:
    parcel = await scanned(desk, REFERENCE)
    parcel = await desk.scans.add_code(parcel, read_scan(UPS_MISREAD), CLERK)
    assert (parcel.tracking_number, parcel.question) == (UPS_MISREAD, NumberQuestion.CHECK_DIGIT)
    parcel = await desk.scans.add_code(parcel, read_scan(f"]C1{UPS}"), CLERK)
    assert (parcel.tracking_number, parcel.carrier, parcel.question) == (UPS, Carrier.UPS, None)
    parcel = await desk.scans.add_code(parcel, read_scan("BOX 3 OF 7"), CLERK)
    assert parcel.tracking_number == UPS
    assert set(parcel.other_codes) == {REFERENCE, UPS_MISREAD, "BOX 3 OF 7"}
    for code in (UPS, REFERENCE, UPS_MISREAD, "BOX 3 OF 7"):
        assert (await desk.scans.take_in(code, CLERK)) == (parcel, True)


async def test_the_second_number_goes_to_the_locker_service(desk: OpenDesk) -> None:
    parcel = await desk.scans.add_code(await scanned(desk, UPS), read_scan(REFERENCE), CLERK)
    parcel = await desk.intake.choose_recipient(parcel, PERSON, CLERK)
    parcel = await desk.reserve(parcel)
    (unit,) = desk.world.holding(UPS)
    assert unit["parcelsReserved"] == [{"trackingNumber": UPS, "secondaryTrackingNumber": REFERENCE}]
    await desk.intake.deposit(parcel, CLERK)
    (unit,) = desk.world.holding(UPS)
    assert unit["parcelsDeposited"] == [{"trackingNumber": UPS, "secondaryTrackingNumber": REFERENCE}]


async def test_a_barcode_can_be_taken_off_a_box_again(desk: OpenDesk) -> None:
    parcel = await desk.scans.add_code(await scanned(desk, UPS), read_scan(REFERENCE), CLERK)
    parcel = await desk.scans.take_code_off(parcel, read_scan(REFERENCE), CLERK)
    assert parcel.other_codes == ()
    other = await desk.scans.take_in(REFERENCE, CLERK)
    assert not other.known
    assert other.parcel.parcel_id != parcel.parcel_id


async def test_once_a_locker_was_asked_for_no_barcode_is_added(desk: OpenDesk) -> None:
    parcel = await desk.reserved(UPS)
    with pytest.raises(WrongStateError):
        await desk.scans.add_code(parcel, read_scan(REFERENCE), CLERK)
    assert (await desk.journal.find(REFERENCE)) == ()


async def test_a_number_seen_before_opens_its_parcel_until_it_is_gone(desk: OpenDesk) -> None:
    parcel = await desk.scans.add_code(await scanned(desk, UPS), read_scan(REFERENCE), CLERK)
    parcel = await desk.intake.choose_recipient(parcel, PERSON, CLERK)
    parcel = await desk.intake.deposit(await desk.reserve(parcel), CLERK)
    assert (await desk.scans.take_in(REFERENCE, CLERK)) == (parcel, True)
    parcel = await desk.take_out(parcel)
    assert parcel.state is ParcelState.CANCELLED
    again = await desk.scans.take_in(REFERENCE, CLERK)
    assert (again.known, again.parcel.tracking_number) == (False, REFERENCE)


async def test_a_parcel_is_found_by_the_number_that_another_carrier_reads_in_its_barcode(desk: OpenDesk) -> None:
    routed = f"420240601234{USPS}"
    parcel = await scanned(desk, routed)
    assert parcel.tracking_number == USPS
    assert (await desk.scans.take_in(USPS, CLERK)) == (parcel, True)
    assert (await desk.scans.take_in(routed, CLERK)) == (parcel, True)


async def test_a_made_number_is_new_short_and_found_when_it_is_scanned(desk: OpenDesk) -> None:
    made = [await desk.scans.make_number(CLERK) for _ in range(5)]
    assert len({parcel.tracking_number for parcel in made}) == 5
    for parcel in made:
        assert re.fullmatch(r"IH-[2-9A-HJKMNP-Z]{6}", parcel.tracking_number)
        assert parcel.question is NumberQuestion.TO_WRITE
        assert (await desk.scans.take_in(parcel.tracking_number, CLERK)).known


async def test_the_number_of_another_parcel_is_never_taken_over(desk: OpenDesk) -> None:
    await scanned(desk, UPS)
    parcel = await scanned(desk, REFERENCE)
    with pytest.raises(WrongStateError, match=r"here_already"):
        await desk.scans.add_code(parcel, read_scan(UPS), CLERK)


async def test_an_empty_barcode_changes_nothing(desk: OpenDesk) -> None:
    parcel = await scanned(desk, UPS)
    with pytest.raises(UnreadableScanError):
        await desk.scans.add_code(parcel, read_scan("\r"), CLERK)
    assert await desk.journal.parcel(parcel.parcel_id) == parcel
