"""Every row of the table recognises what it describes, and only that."""

from __future__ import annotations

import re
import string
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from kiosk.errors import UnreadableScanError
from kiosk.parcels.carriers import Carrier
from kiosk.tracking.formats import FORMATS, Format
from kiosk.tracking.scan import Check, read_scan

CHECKED = [row for row in FORMATS if row.check is not None]
WRONG = str.maketrans(string.digits + string.ascii_uppercase, "1234567890" + "BCDEFGHIJKLMNOPQRSTUVWXYZA")


def name_of(row: Format) -> str:
    return f"{row.carrier} {row.name}"


@st.composite
def codes(draw: DrawFn, row: Format) -> str:
    """Make a code of this row with the check digit that its rule gives."""
    code = draw(st.from_regex(re.compile(row.shape, re.ASCII), fullmatch=True))
    match = row.match(code)
    assert match is not None
    if row.check is None:
        return code
    digit = row.check(row.serial(match))
    return code[: match.start("check")] + digit + code[match.end("check") :]


@cache
def examples(row: Format) -> tuple[str, ...]:
    """Return 60 codes of a row, always the same: to make them takes longer than to read them."""
    made: list[str] = []

    @settings(max_examples=60, derandomize=True, deadline=None)
    @given(code=codes(row))
    def make(code: str) -> None:
        made.append(code)

    make()
    return tuple(made)


@pytest.mark.parametrize("row", FORMATS, ids=name_of)
def test_a_right_number_is_recognised_under_its_carrier(row: Format) -> None:
    for code in examples(row):
        found = [each for each in read_scan(code).candidates if each.carrier is row.carrier]
        assert found, code
        assert found[0].check is (Check.NONE if row.check is None else Check.OK), code
        assert found[0].tracking_number in code
        assert len(code) in row.lengths


@pytest.mark.parametrize("row", CHECKED, ids=name_of)
def test_a_wrong_check_digit_is_never_called_right(row: Format) -> None:
    for code in examples(row):
        match = row.match(code)
        assert match is not None
        wrong = code[: match.start("check")] + match["check"].translate(WRONG) + code[match.end("check") :]
        if row.match(wrong) is None:
            continue
        readings = [each for each in read_scan(wrong).candidates if each.format == row.name]
        assert all(each.check is Check.BAD for each in readings if each.carrier is row.carrier), wrong


@pytest.mark.parametrize("row", FORMATS, ids=name_of)
def test_whoever_is_called_checked_fits_by_its_own_rule(row: Format) -> None:
    for code in examples(row):
        for each in read_scan(code).candidates:
            (rule,) = (other for other in FORMATS if (other.carrier, other.name) == (each.carrier, each.format))
            match = rule.match(code)
            assert match is not None, code
            if each.check is Check.OK:
                assert rule.check is not None
                assert rule.check(rule.serial(match)) == match["check"], code


@given(code=st.sampled_from(FORMATS).flatmap(codes), data=st.data())
def test_blanks_lower_case_and_wrappers_change_nothing(code: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(code)))
    wrapped = data.draw(st.sampled_from(["]C0", "]A0", "]X0", ""])) + (code[:at] + " " + code[at:]).lower() + "\r\n"
    assert read_scan(wrapped).candidates == read_scan(code).candidates


def test_every_carrier_has_a_row_and_every_row_its_own_name() -> None:
    assert {row.carrier for row in FORMATS} == set(Carrier)
    assert len({(row.carrier, row.name) for row in FORMATS}) == len(FORMATS)


@pytest.mark.parametrize("code", ["RB000000005GB", "RB000000500GB"])
def test_the_posts_have_a_check_digit_for_the_two_rests_that_are_no_digit(code: str) -> None:
    (found,) = [each for each in read_scan(code).candidates if each.carrier is Carrier.S10]
    assert found.check is Check.OK


@pytest.mark.parametrize(
    ("code", "carriers"),
    [
        ("4201002334249200190132607600833457", ["usps"]),
        ("420787459400111206206406260787", ["usps"]),
        ("TBA000000000000", ["amazon"]),
        ("RB123456785GB", ["s10"]),
        ("RB123456785XX", []),
        ("hello", []),
    ],
)
def test_the_likeliest_carrier_comes_first(code: str, carriers: list[str]) -> None:
    sure = [each.carrier.value for each in read_scan(code).candidates if each.check is not Check.BAD]
    assert sure[: len(carriers)] == carriers


def test_a_number_that_fits_two_carriers_shows_both() -> None:
    number = next(
        code
        for serial in range(10**9, 10**9 + 2000)
        if (code := f"0{serial}{FORMATS_BY[Carrier.FEDEX, 'Express 12'](f'0{serial}')}")
        and FORMATS_BY[Carrier.PUROLATOR, "12"](code[:-1]) == code[-1]
    )
    both = [(each.carrier, each.check) for each in read_scan(number).candidates]
    assert both == [(Carrier.FEDEX, Check.OK), (Carrier.PUROLATOR, Check.OK)]


FORMATS_BY = {(row.carrier, row.name): row.check for row in FORMATS if row.check is not None}


@given(st.text(st.characters(codec=None), max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        scan = read_scan(text)
    except UnreadableScanError:
        return
    assert scan.raw == text
    assert scan.tracking_number
