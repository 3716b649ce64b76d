"""The number of a scan, scanned again, is the same number of the same carrier; and two codes are one label or two."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.errors import UnreadableScanError
from kiosk.parcels.carriers import Carrier
from kiosk.tracking.codes import Code
from kiosk.tracking.labels import same_label
from kiosk.tracking.scan import LONGEST_NUMBER, Scan, read_scan, spellings
from tests.tracking.made import amazon, fedex, many, sscc, upc, ups, usps, wrong

UPS, UPS_OTHER, USPS, AMAZON = "1Z999AA10123456784", "1Z12345E1512345676", "9400136895232395123452", "TBA619632698000"
PIECES = [
    *(
        "]C1",
        "]E0",
        "]Q3",
        "*",
        "%",
        "d",
        "b",
        "j",
        "\x1d",
        "|",
        "{GS}",
        "(00)",
        "(01)",
        "420",
        "24011",
        "421840",
        "2L",
    ),
    *("TRK# ", " ", "-", UPS, USPS, "986578788855", "00340434299017001234", "RB123456785GB", AMAZON, "INV", "\u00df"),
    *(
        "\u00e9",
        "&",
        "\u00e7",
        "'",
        "1Y",
        "[)>",
        "\x1e",
        "01",
        "96",
        "https://www.ups.com/?n=",
        "WIFI:",
        "E+21",
        "FDEB",
    ),
    *("JJD01", ".0", "00", "5", "7", "A", "z", "\u01f0", "\u0345", "\ufb01"),
]


def carrier_of(scan: Scan) -> Carrier | None:
    return scan.candidates[0].carrier if scan.candidates else None


def stays(text: str) -> None:
    try:
        scan = read_scan(text)
    except UnreadableScanError:
        return
    assert 1 <= len(scan.tracking_number) <= LONGEST_NUMBER
    again = read_scan(scan.tracking_number)
    assert (again.tracking_number, carrier_of(again)) == (scan.tracking_number, carrier_of(scan))
    assert scan.tracking_number in spellings(text)
    assert len(scan.storable) <= LONGEST_NUMBER


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_what_scanners_send_is_read_the_same_again(text: str) -> None:
    stays(text)


@given(st.text(st.characters(codec=None), max_size=2 * LONGEST_NUMBER))
def test_any_text_is_read_the_same_again(text: str) -> None:
    stays(text)


def test_digits_of_every_length_are_read_the_same_again() -> None:
    rng = random.Random(5)
    for _ in range(4000):
        stays("".join(rng.choices("0123456789", k=rng.randint(6, 36))))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (UPS, UPS),
        (UPS, UPS.lower()),
        (UPS, f"]C1{UPS}"),
        (UPS, "[)>\x1e01\x1d96841706672\x1d840\x1d001\x1d1Z23456784\x1dUPSN\x1d999AA1\x1d089\x1e\x04"),
        (USPS, f"42024011{USPS}"),
        (f"420240111234\x1d{USPS}", USPS),
        ("779017972697", "1001921334250001000300779017972697"),
        ("340434299017001234", "]C100340434299017001234"),
        (UPS, "42024011"),
        (UPS, "2LUS24011+42000000"),
        (UPS, "]E0036000291452"),
        ("box 12", "BOX 12"),
    ],
)
def test_one_label_is_proven(first: str, second: str) -> None:
    assert same_label(Code(first), Code(second))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (UPS, UPS_OTHER),
        (UPS, USPS),
        (AMAZON, "TBA619632698001"),
        (UPS, wrong(UPS)),
        (UPS, "420240110006"),
        (UPS, "340434299017001234"),
        (UPS, "036000291452"),
        (UPS, "BOX 12"),
        (UPS, "WIFI:S:n;P:p;;"),
        (UPS, ""),
        ("BOX 12", "BOX 13"),
        ("BOX 12", "42024011"),
        ("", UPS),
        ("42024011", "42024011"),
    ],
)
def test_anything_else_is_another_parcel(first: str, second: str) -> None:
    assert not same_label(Code(first), Code(second))


def test_numbers_are_certain_by_their_check_digit_or_their_letters() -> None:
    for number in (*many(ups), *many(usps), *many(fedex), *many(amazon), *many(sscc)):
        assert Code(number).is_certain
        assert Code(f"]C0{number}").is_certain
    for text in (
        *map(wrong, many(ups)),
        *many(upc),
        "mar",
        "Mwangi Abdi",
        "H9.999",
        "PKG000123456",
        "BOX 12",
        "",
        "12345",
    ):
        assert not Code(text).is_certain


def test_an_own_number_is_found_in_any_case() -> None:
    assert spellings("ih-njd7dd") == ("IH-NJD7DD", "ih-njd7dd")
