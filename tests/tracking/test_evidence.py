"""What stands around a number is evidence: identifiers, envelopes, addresses, words; each sort with many numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.errors import NoParcelNumberError
from kiosk.parcels.carriers import Carrier
from kiosk.tracking.check_digits import mod43
from kiosk.tracking.readings import Check
from kiosk.tracking.scan import Ask, read_scan
from tests.tracking.made import amazon, dpd, dpd_check, fedex, many, post, sscc, ups, usps, wrong, zip_code

GS, RS = "\x1d", "\x1e"
MAKERS = {Carrier.UPS: ups, Carrier.USPS: usps, Carrier.FEDEX: fedex, Carrier.S10: post, Carrier.AMAZON: amazon}
NUMBERS = [(number, carrier) for carrier, make in MAKERS.items() for number in many(make)]
UPS, USPS = "1Z999AA10123456784", "9400136895232395123452"


def reads(raw: str, number: str, carrier: Carrier) -> None:
    scan = read_scan(raw)
    assert (scan.tracking_number, scan.carrier, scan.asks) == (number, carrier, None), raw


@pytest.mark.parametrize(("number", "carrier"), NUMBERS)
def test_what_a_scanner_puts_around_a_number_comes_off(number: str, carrier: Carrier) -> None:
    around = [
        "{}",
        "]C0{}",
        "]A0{}",
        "]X0{}\r\n",
        "*{}*",
        "j{}",
        "b{}",
        "\x02{}\x03",
        "\x05{}\x11",
        "\u200e{}",
        "\ufeff{}",
    ]
    for each in around:
        reads(each.format(number), number, carrier)


@pytest.mark.parametrize(("number", "carrier"), NUMBERS)
def test_what_a_paste_puts_into_a_number_comes_out(number: str, carrier: Carrier) -> None:
    full_width = "".join(chr(ord(sign) + 0xFEE0) for sign in number)
    groups = [number[at : at + 4] for at in range(0, len(number), 4)]
    for raw in (full_width, number.lower(), "\u00a0".join(groups), "\u2009".join(groups), " ".join(groups)):
        reads(raw, number, carrier)
    for raw in ("-".join(groups), "\u2011".join(groups), f'"{number}"', f"'{number}", f"({number})", f"{number},"):
        reads(raw, number, carrier)


@pytest.mark.parametrize(("number", "carrier"), NUMBERS)
def test_words_around_a_number_are_only_words(number: str, carrier: Carrier) -> None:
    grouped = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    for raw in (f"TRK# {grouped}", f"Tracking number: {number}", f"Your parcel {number} comes on 12 March 2026."):
        reads(raw, number, carrier)


@pytest.mark.parametrize(("number", "carrier"), NUMBERS)
def test_the_same_label_twice_is_one_label(number: str, carrier: Carrier) -> None:
    for raw in (number * 2, f"{number} {number}", f"{number}\t{number}", number * 3, f"]C0{number}]C0{number}"):
        reads(raw, number, carrier)


@pytest.mark.parametrize("carrier", [Carrier.UPS, Carrier.USPS, Carrier.AMAZON, Carrier.S10])
@pytest.mark.parametrize("between", ["", " ", ", ", "\t"])
def test_two_labels_in_one_line_are_refused_and_both_named(carrier: Carrier, between: str) -> None:
    for first, second in zip(many(MAKERS[carrier]), many(ups, 24)[12:], strict=True):
        with pytest.raises(NoParcelNumberError) as refused:
            read_scan(f"{first}{between}{second}")
        assert (refused.value.code, refused.value.split) == ("two_labels", (first, second))


def test_a_routing_code_in_the_same_line_is_left_out() -> None:
    for number, zip_ in zip(many(ups), many(zip_code), strict=True):
        reads(f"{number}{zip_}", number, Carrier.UPS)
        reads(f"{zip_}{number}", number, Carrier.UPS)


@pytest.mark.parametrize("separator", [GS, "|", "~", "{GS}", "<GS>", "^]", ""])
def test_a_zip_code_and_its_separator_come_off(separator: str) -> None:
    for number, zip_ in zip(many(usps), many(zip_code), strict=True):
        reads(f"{zip_}{separator}{number}", number, Carrier.USPS)
        reads(f"]C1{zip_}1234{separator}{number}", number, Carrier.USPS)


def test_codes_39_own_check_sign_comes_off_where_the_rest_is_right() -> None:
    for number in many(ups):
        reads(number + mod43(number), number, Carrier.UPS)
        reads(f"*{number}{mod43(number)}*", number, Carrier.UPS)
        assert read_scan(f"{wrong(number)}X").asks is Ask.IN_HOUSE


def test_a_letter_in_front_comes_off_only_where_the_rest_is_right() -> None:
    for number in many(ups):
        assert read_scan(f"j{wrong(number)}").tracking_number == f"J{wrong(number)}"
    for number in many(fedex):
        assert read_scan(f"Q{number}").asks is Ask.GUESS
    assert read_scan("A1234D").tracking_number == "A1234D"


@pytest.mark.parametrize("wrapper", ["d{}0201b", "A{}4102D", "]F0{}0201", "]F0a{}0201c", "b{}d"])
def test_fedex_codabar_gives_its_twelve_digits(wrapper: str) -> None:
    for number in many(fedex):
        reads(wrapper.format(number), number, Carrier.FEDEX)


def test_dpd_bars_give_the_fourteen_in_the_middle() -> None:
    for bars in many(dpd):
        for raw in (f"%{bars}", f"%{bars}{dpd_check(bars)}", f"{bars}{dpd_check(bars)}", f"]C0%{bars}"):
            reads(raw, bars[7:21], Carrier.DPD)
        unlike = "A" if dpd_check(bars) != "A" else "B"
        assert read_scan(f"{bars}{unlike}").asks is Ask.BAD


def maxicode(number: str, gs: str = GS, rs: str = RS) -> str:
    service, package, shipper = number[8:10], number[10:], number[2:8]
    parts = ["96841706672", "840", f"0{service}", f"1Z{package}", "UPSN", shipper, "089", "", "1/1", "10.1", "Y", "UT"]
    return f"[)>{rs}01{gs}{gs.join(parts)}{rs}\x04"


@pytest.mark.parametrize(
    ("gs", "rs"), [(GS, RS), ("", ""), ("^", "^"), ("{GS}", "{RS}"), ("<GS>", "<RS>"), ("^]", "^^"), ("|", "~")]
)
def test_a_maxicode_gives_the_number_that_its_parts_make(gs: str, rs: str) -> None:
    for number in many(ups):
        reads(maxicode(number, gs, rs), number, Carrier.UPS)
        reads(f"]U1{maxicode(number, gs, rs)}", number, Carrier.UPS)
    assert read_scan(maxicode(wrong(UPS), gs, rs)).asks is Ask.BAD


@pytest.mark.parametrize("gs", [GS, "", "|", "{GS}"])
def test_a_fedex_2d_code_gives_its_twelve_digits_and_nobodys_address(gs: str) -> None:
    for number in many(fedex):
        parts = ["0224011", "840", "05", f"{number}0201", "FDEB", "123456789", "325", "", "12 MAIN ST", "JO DOE"]
        raw = f"[)>{RS}01{gs}{gs.join(parts)}{RS}06{gs}10ZED004{RS}\x04"
        reads(raw, number, Carrier.FEDEX)
        assert read_scan(raw).storable == number


def test_an_envelope_without_a_number_is_refused() -> None:
    with pytest.raises(NoParcelNumberError, match="label_data"):
        read_scan(f"[)>{RS}06{GS}PABC-17{GS}Q10{RS}\x04")


@pytest.mark.parametrize(
    ("address", "make", "carrier"),
    [
        ("https://www.ups.com/track?loc=en_US&tracknum={}&requester=QR", ups, Carrier.UPS),
        ("http://wwwapps.ups.com/WebTracking/track?track=yes&trackNums={}", ups, Carrier.UPS),
        ("ups.com/track/{}", ups, Carrier.UPS),
        ("https://tools.usps.com/go/TrackConfirmAction?tLabels={}", usps, Carrier.USPS),
        ("HTTPS://TOOLS.USPS.COM/GO/TRACKCONFIRMACTION?TLABELS=42024011{}", usps, Carrier.USPS),
        ("https://www.fedex.com/fedextrack/?trknbr={}&trkqual=1", fedex, Carrier.FEDEX),
        ("https://www.amazon.com/progress-tracker/package?trackingId={}", amazon, Carrier.AMAZON),
        ("https://t.17track.net/en#nums={}", post, Carrier.S10),
        ("https://shop.example/track/{}", ups, Carrier.UPS),
    ],
)
def test_a_tracking_address_gives_its_number(address: str, make: Callable[..., str], carrier: Carrier) -> None:
    for number in many(make):
        reads(address.format(number), number, carrier)


@pytest.mark.parametrize(
    "address",
    ["https://shop.example/orders/{}", "https://example.com/?id={}", "www.example.com/{}"],
)
def test_digits_in_a_strangers_address_are_no_number(address: str) -> None:
    for number in many(fedex):
        with pytest.raises(NoParcelNumberError, match="web_address"):
            read_scan(address.format(number))


@pytest.mark.parametrize("wrapper", ["{}", "]C100{}", "(00){}", "]d200{}", "]Q300{}", "]C100{}\x1d42024011", "SSCC {}"])
def test_an_sscc_is_an_sscc_and_nobodys(wrapper: str) -> None:
    for number in many(sscc):
        scan = read_scan(wrapper.format(number))
        assert (scan.candidates, scan.asks, scan.kind) == ((), None, "sscc")
        assert scan.tracking_number in {number, f"00{number}"}
        assert set(scan.spellings) == {number, f"00{number}"}
        misread = read_scan(f"00{wrong(number)}")
        assert (misread.candidates, misread.asks, misread.kind) == ((), Ask.BAD, "sscc")


def test_a_spreadsheets_number_is_called_that() -> None:
    for raw in ("9.40014E+21", "9,40014E+21", "1.23457E+11", "9.4e+21", "1E+11"):
        with pytest.raises(NoParcelNumberError, match="spreadsheet_float"):
            read_scan(raw)
    for raw in ("9400136895232390000000", "9865787888550000000"):
        assert read_scan(raw).fault == "spreadsheet_float"
    for raw in ("1E5", "E21", "5E+2"):
        assert read_scan(raw).asks is Ask.IN_HOUSE


def test_half_a_number_is_called_that() -> None:
    for number, carrier in NUMBERS:
        for length in range(9, len(number) - 1):
            scan = read_scan(number[:length])
            if carrier in {Carrier.UPS, Carrier.AMAZON}:
                assert (scan.fault, scan.half_of) == ("half_a_number", carrier)
            if carrier is Carrier.USPS and length >= 16:
                assert scan.fault == "half_a_number" or carrier not in {each.carrier for each in scan.candidates[:1]}


def test_a_wrong_check_digit_is_told_of_the_carrier() -> None:
    for number in (*many(ups), *many(usps)):
        scan = read_scan(f"]C0{wrong(number)}")
        assert (scan.candidates[0].check, scan.asks, scan.carrier) == (Check.BAD, Ask.BAD, None)
        assert read_scan(f"TRK# {wrong(number)}").asks is Ask.BAD
