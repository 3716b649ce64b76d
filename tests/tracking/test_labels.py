"""Which codes of a burst are parcels, and which are proven to be only beside one."""

from __future__ import annotations

import pytest

from kiosk.errors import NoParcelNumberError, UnreadableScanError
from kiosk.tracking.codes import Code
from kiosk.tracking.labels import Label, labels_of
from kiosk.tracking.labels import beside as beside_each_other

UPS = "1Z999AA10123456784"
UPS_MISREAD = "1Z999AA10123456774"
USPS = "9400136895232395100002"
AMAZON = "TBA619632698000"
AMAZON_NEXT = "TBA619632698001"
ROUTING = "42024011"
WAYBILL, DHL_ROUTING, PIECE = "1234567891", "2LUS24011+42000000", "JD014600003828392837"


def labels(*codes: str) -> tuple[Label, ...]:
    return labels_of(tuple(map(Code, codes)), own_prefix="IH-")


def label(code: str, *others: str) -> Label:
    return Label(Code(code), tuple(map(Code, others)))


def beside(first: str, second: str, *, in_burst: bool) -> bool:
    return beside_each_other(Code(first), Code(second), in_burst=in_burst)


def numbers(*codes: str) -> list[str]:
    return [each.code for each in labels(*codes)]


@pytest.mark.parametrize(
    "codes",
    [
        [UPS, USPS, AMAZON],
        [AMAZON, AMAZON_NEXT],
        [UPS, "BOX-7712"],
        ["BOX-7711", "BOX-7712"],
        ["IH-1", "IH-2"],
        [USPS, "IH-ABC234", UPS],
    ],
)
def test_codes_of_which_none_is_proven_to_be_another_s_are_parcels_each(codes: list[str]) -> None:
    assert numbers(*codes) == codes


def test_a_routing_code_is_no_parcel_beside_one_and_is_refused_alone() -> None:
    assert labels(ROUTING, UPS) == (label(UPS),)
    assert labels(UPS, ROUTING) == (label(UPS),)
    with pytest.raises(NoParcelNumberError, match="routing"):
        numbers(ROUTING)


@pytest.mark.parametrize("codes", [(WAYBILL, DHL_ROUTING, PIECE), (PIECE, DHL_ROUTING, WAYBILL)])
def test_a_label_of_dhl_express_bears_two_numbers(codes: tuple[str, ...]) -> None:
    (only,) = labels(*codes)
    assert {only.code, *only.others} == {WAYBILL, PIECE}


def test_the_goods_and_their_papers_are_beside_the_parcel() -> None:
    assert labels(UPS, "INV0012345", "036000291452") == (label(UPS, "INV0012345", "036000291452"),)


@pytest.mark.parametrize(
    "text",
    [
        "SPC\n0200\n1\nCH5800791123000889012\nS\nMuster AG\nRue du Lac\n\n199.95\nCHF\n\nEPD",
        "BEGIN:VCARD\nVERSION:3.0\nN:Smith;Ann\nTEL:5551234567\nEND:VCARD",
        "Ann Smith\n12 Main Street\nSpringfield",
        "S\nBiel\n12\n2501",
    ],
)
def test_lines_of_a_text_are_no_parcels(text: str) -> None:
    with pytest.raises(UnreadableScanError):
        numbers(*text.split("\n"))


def test_a_number_in_a_text_is_the_parcel_and_the_rest_is_nothing() -> None:
    lines = ["Hello,", "your parcel is on the way.", f"Tracking number: {UPS}", "Best regards", "Shop 24"]
    assert numbers(*lines) == [f"Tracking number: {UPS}"]
    assert numbers("mar", USPS) == [USPS]


def test_two_labels_read_as_one_line_are_two_parcels() -> None:
    assert numbers(UPS + USPS) == [UPS, USPS]


@pytest.mark.parametrize(("first", "second"), [(UPS, USPS), (AMAZON, AMAZON_NEXT), (UPS, "BOX-1"), ("BOX-1", UPS)])
@pytest.mark.parametrize("in_burst", [False, True])
def test_what_is_not_proven_is_another_parcel(first: str, second: str, *, in_burst: bool) -> None:
    assert not beside(first, second, in_burst=in_burst)


def test_the_same_number_in_another_wrapper_is_the_same_label() -> None:
    assert beside(f"{ROUTING}{USPS}", USPS, in_burst=False)
    assert beside(USPS, f"]C1{ROUTING}\x1d{USPS}", in_burst=False)


def test_a_number_read_anew_takes_the_place_of_the_misread_one() -> None:
    assert beside(UPS_MISREAD, UPS, in_burst=False)
    assert not beside(UPS_MISREAD, USPS, in_burst=False)
    assert not beside(UPS, UPS_MISREAD, in_burst=False)


@pytest.mark.parametrize("typed", ["smith", "mar", "SMITH-JONES"])
def test_a_word_between_two_codes_is_no_parcel(typed: str) -> None:
    assert numbers(UPS, typed, USPS) == [UPS, USPS]


def test_codes_of_ones_own_are_parcels_beside_others() -> None:
    assert numbers("BOX-7712", UPS, "K4711") == ["BOX-7712", UPS, "K4711"]


def test_words_alone_are_a_text() -> None:
    with pytest.raises(UnreadableScanError):
        numbers("smith", "jones")
