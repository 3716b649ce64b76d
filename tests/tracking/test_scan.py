"""What of a raw scan is the parcel's number."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import UnreadableScanError
from kiosk.tracking.scan import LONGEST_NUMBER, tracking_number


@pytest.mark.parametrize(
    ("scanned", "number"),
    [
        ("1Z999AA10123456784", "1Z999AA10123456784"),
        ("1Z999AA10123456784\r\n", "1Z999AA10123456784"),
        ("\t  RR 473 124 829 GB ", "RR473124829GB"),
        ("42098101\x1d9400136895232395100054", "9400136895232395100054"),
        ("]C142022153\x1d9400136895232395100054", "9400136895232395100054"),
        ("420221531234\x1d9400136895232395100054", "9400136895232395100054"),
        ("1z 5r89 3903 5756 7127", "1Z5R89390357567127"),
        ("a986578788855b", "986578788855"),
        ("1001921334250001000300779017972697", "779017972697"),
        ("32971514560102447849175802862014", "784917580286"),
        ("9611020987654312345672", "987654312345672"),
        ("9622001900000000000000776632517510", "776632517510"),
        ("]A0SHELF 7", "SHELF 7"),
        ("\ufeffJJD0099999", "JJD0099999"),
        ("JJD\u00ad0099\u200b999", "JJD0099999"),
        ("RR\u00a0473", "RR 473"),
        ("T1\udcff", "T1"),
        ("Paket-Ä/7", "PAKET-Ä/7"),
        ("ih-njd7dd", "IH-NJD7DD"),
        ("box  12", "BOX 12"),
        ("\uff11\uff3a999AA10123456784", "1Z999AA10123456784"),
        ("x" * LONGEST_NUMBER, "X" * LONGEST_NUMBER),
    ],
)
def test_a_number_is_kept_without_what_no_label_shows(scanned: str, number: str) -> None:
    assert tracking_number(scanned) == number


@pytest.mark.parametrize("scanned", ["", " ", "\r\n", "\x00\x1d", "\u200b\ufeff", "\udcff"])
def test_a_scan_without_anything_to_read_is_refused(scanned: str) -> None:
    with pytest.raises(UnreadableScanError, match="scan_empty"):
        tracking_number(scanned)


def test_a_scan_that_is_too_long_says_how_long_it_is() -> None:
    with pytest.raises(UnreadableScanError, match=r"^scan_too_long \(length=101, longest=100\)$"):
        tracking_number("x" * 101)


@given(scanned=st.text(st.characters(codec=None), max_size=2 * LONGEST_NUMBER))
def test_whatever_is_scanned_becomes_a_clean_number_or_is_refused(scanned: str) -> None:
    try:
        number = tracking_number(scanned)
    except UnreadableScanError:
        return
    assert 1 <= len(number) <= LONGEST_NUMBER
    assert number == number.strip()
    assert not [sign for sign in number if unicodedata.category(sign)[0] == "C"]
    assert tracking_number(number) == number
    assert number.encode("utf-8")
