"""What is no tracking number is said to be that; what must not be kept is refused and leaves no trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import NoParcelNumberError
from kiosk.tracking.layouts import LAYOUTS
from kiosk.tracking.other_codes import NEVER_STORED, Kind
from kiosk.tracking.refusals import refusal
from kiosk.tracking.scan import Ask, read_scan
from kiosk.words.errors import explain
from kiosk.words.tracking import KINDS
from tests.tracking.made import (
    ean,
    fedex_that_fits_a_upc,
    gtin14,
    imei,
    leitcode_number,
    many,
    upc,
    wrong,
)

REFUSED = {
    Kind.TEST_CODE: ["AZ-06# ;M"],
    Kind.ROUTING: [
        "42024011",
        "420240111234",
        "]C142024011",
        "]C1421840240111234",
        "421840240111234",
        "2LUS24011+42000000",
    ],
    Kind.WIFI: [
        "WIFI:T:WPA;S:net;P:secret;;",
        "wifi:s:net;t:wpa;p:secret;;",
        "]Q1WIFI:S:n;P:secret;;",
        "T:WPA;P:secret;;",
    ],
    Kind.CONTACT: ["BEGIN:VCARD\r\nVERSION:3.0\r\nN:Doe;Jo\r\nEND:VCARD", "MECARD:N:Doe,Jo;TEL:1;;"],
    Kind.CALENDAR: ["BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT", "BEGIN:VCALENDAR\n"],
    Kind.PAYMENT: [
        "SPC\r\n0200\r\n1\r\nCH4431999123000889012\r\nS",
        "BCD\n002\n1\nSCT",
        "upi://pay?pa=x",
        "bitcoin:1abc",
    ],
    Kind.SECRET: ["otpauth://totp/x?secret=ABC", "LPA:1$host$code", "MT:Y.K9042C00KA0648G00"],
    Kind.IDENTITY: ["P<UTODOE<<JO<<<<<<<<", "M1DOE/JO            EABC123 JFKLHRBA 0178 123Y", "@ ANSI 636000090002DL"],
    Kind.LINK: ["tel:+15555550100", "mailto:a@b.example", "SMSTO:1:hello", "geo:1,2"],
    Kind.WEB_ADDRESS: ["https://example.com", "www.example.com/menu", "https://www.ups.com", "http://x.example/?a=1"],
    Kind.DATA: ['{"cids": {"pkey": "170628125122107217782010201AZ"}}', "<order><id>1</id></order>", '["a", "b"]'],
    Kind.POSTAGE: ["JGB 012100123412345678AB19XY1A 0             "],
    Kind.LABEL_DATA: ["[)>\x1e06\x1dPABC\x1e\x04"],
}


@pytest.mark.parametrize(("kind", "code"), [(kind, code) for kind, codes in REFUSED.items() for code in codes])
def test_what_is_certainly_no_number_is_refused_by_name(kind: Kind, code: str) -> None:
    with pytest.raises(NoParcelNumberError) as refused:
        read_scan(code)
    assert refused.value.code == kind


def test_every_kind_has_its_words() -> None:
    assert set(REFUSED) == NEVER_STORED
    for kind in NEVER_STORED - {Kind.TEST_CODE}:  # that one says what was found
        assert explain(refusal(kind)).sentence.endswith(".")
    assert set(Kind) == NEVER_STORED | set(KINDS)


@given(
    st.text(st.characters(exclude_characters=";"), min_size=8, max_size=63), st.sampled_from(["", "]Q1", "x", "]Q3 "])
)
def test_a_wi_fi_password_is_in_no_field_of_anything(password: str, before: str) -> None:
    for code in (f"WIFI:T:WPA;S:net;P:{password};;", f"WIFI:S:net;T:WPA;P:{password};;"):
        with pytest.raises(NoParcelNumberError) as refused:
            read_scan(before + code)
        assert refused.value.code == Kind.WIFI
        said = (explain(refused.value).line, explain(refused.value).hint, *refused.value.split)
        always = "".join(explain(refusal(Kind.WIFI)))
        assert all(password not in each or password in always for each in said)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_wi_fi_code_through_another_keyboard_layout_is_refused_too(layout: object) -> None:
    (chosen,) = (each for each in LAYOUTS if each is layout)
    for code in ("WIFI:T:WPA;S:net;P:Pass-word12;;", "WIFI:S:My Net;T:WPA;P:x/y(z)12;H:false;;"):
        with pytest.raises(NoParcelNumberError, match="wifi"):
            read_scan(chosen.types(code))


@pytest.mark.parametrize(
    ("make", "kind"),
    [(upc, Kind.GTIN), (ean, Kind.GTIN), (imei, Kind.IMEI), (gtin14, Kind.GTIN), (leitcode_number, Kind.LEITCODE)],
)
def test_numbers_of_goods_and_telephones_are_never_taken_without_a_question(
    make: Callable[..., str], kind: Kind
) -> None:
    for number in many(make, 40):
        scan = read_scan(number)
        assert scan.kind == kind
        assert scan.asks in {Ask.IN_HOUSE, Ask.LOOK_ALIKE}
        assert all(each.check != "bad" for each in scan.candidates), "it is no carrier's number with a wrong digit"


def test_a_upc_that_fits_fedex_asks_and_one_told_by_the_scanner_is_nobodys() -> None:
    for number in many(fedex_that_fits_a_upc):
        assert read_scan(number).asks is Ask.LOOK_ALIKE
        told = read_scan(f"]E0{number}")
        assert (told.candidates, told.kind, told.asks) == ((), Kind.GTIN, Ask.IN_HOUSE)
        assert told.tracking_number == f"0{number}"
        assert read_scan(f"c{number}").kind is Kind.GTIN
        assert read_scan(f"]C10100{number}").kind is Kind.GTIN
        assert read_scan(wrong(number)).kind is None


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("FBA15ABCDEFGU000001", Kind.AMAZON_STOCK),
        ("LPNRRAB1234567", Kind.AMAZON_STOCK),
        ("X0012ABCDE", Kind.AMAZON_STOCK),
        ("CN0WH9PY7426147B01A2", Kind.PPID),
        ("CN-0WH9PY-74261-47B-01A2", Kind.PPID),
        ("TH0ABCDE1234567890AB", Kind.PPID),
        ("INV0012345678", Kind.DOCUMENT),
        ("INV-2024-0017", Kind.DOCUMENT),
        ("PO 4711-B", Kind.DOCUMENT),
        ("S/N 12345678", Kind.DOCUMENT),
        ("+A123BJC5D6E71G", Kind.HIBC),
        ("00:1A:2B:3C:4D:5E", Kind.MAC_ADDRESS),
        ("BOX-7712", None),
        ("INVENTORY", None),
    ],
)
def test_papers_and_goods_are_named_and_asked_about(code: str, kind: Kind | None) -> None:
    scan = read_scan(code)
    assert scan.kind == kind
    assert scan.asks in {Ask.IN_HOUSE, Ask.LOOK_ALIKE}


@pytest.mark.parametrize(
    "code",
    ["PKG000123456", "01905012345678", "GM605112130213187", "A1234567890", "JOB123456789", "MI123456ABC0123456789"],
)
def test_a_wide_shape_without_a_check_digit_is_a_guess(code: str) -> None:
    assert read_scan(code).asks is Ask.GUESS


def test_nothing_over_the_limit_is_looked_at() -> None:
    with pytest.raises(NoParcelNumberError):
        read_scan(f"WIFI:S:{'n' * 200};P:{'p' * 200};;")
    assert "raw" in {field.name for field in fields(read_scan("T1"))}
