"""A scanner types for a US keyboard: what arrives elsewhere is recognised, named and translated back."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from kiosk.parcels.carriers import Carrier
from kiosk.tracking.layouts import LAYOUTS, Layout
from kiosk.tracking.scan import Ask, read_scan
from tests.tracking.made import amazon, fedex, many, ups, usps

BY_NAME = {layout.name: layout for layout in LAYOUTS}


def name_of(layout: Layout) -> str:
    return layout.name


@pytest.mark.parametrize("layout", LAYOUTS, ids=name_of)
def test_a_layout_has_47_keys_and_undoes_what_it_does(layout: Layout) -> None:
    assert (len(layout.alone), len(layout.shifted)) == (47, 47)
    letters_and_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"
    assert layout.back(layout.types(letters_and_digits)) == letters_and_digits


@pytest.mark.parametrize("layout", LAYOUTS, ids=name_of)
@pytest.mark.parametrize("make", [ups, usps, fedex, amazon])
def test_a_number_through_a_layout_is_the_number(layout: Layout, make: Callable[[random.Random], str]) -> None:
    for number in many(make):
        typed = layout.types(number)
        scan = read_scan(typed)
        assert scan.tracking_number == number
        if typed != number:
            assert (scan.fault, scan.asks) == ("keyboard_layout", Ask.FAULT)
            assert layout.name in scan.layouts


@pytest.mark.parametrize("layout", [each for each in LAYOUTS if each.hyphen != "-"], ids=name_of)
def test_a_number_made_here_is_known_by_its_hyphen(layout: Layout) -> None:
    for number in ("IH-7K3P4X", "IH-NRT6DD"):
        scan = read_scan(layout.types(number))
        assert (scan.fault, layout.name in scan.layouts) == ("keyboard_layout", True)
        assert scan.tracking_number in {number, number.translate(str.maketrans("YZ", "ZY"))}


def test_a_french_scan_is_named_even_if_its_check_digit_is_wrong() -> None:
    scan = read_scan("&W\u00e7\u00e7\u00e7\u00e0\u00e0&\u00e0&\u00e9\"'(-\u00e8_'")
    assert (scan.fault, scan.layouts, scan.tracking_number) == ("keyboard_layout", ("French",), "1Z9990010123456784")


def test_caps_lock_on_a_french_keyboard_leaves_the_digits() -> None:
    scan = read_scan("1w999qq10123456784")
    assert (scan.tracking_number, scan.fault) == ("1Z999AA10123456784", "keyboard_layout")
    assert scan.candidates[0].carrier is Carrier.UPS


def test_an_identifier_and_an_address_are_translated_first() -> None:
    german, french = BY_NAME["German"], BY_NAME["French"]
    assert read_scan(french.types("]C142024011\x1d9400136895232395123452")).tracking_number == "9400136895232395123452"
    address = read_scan(german.types("https://www.ups.com/track?tracknum=1Z999AA10123456784"))
    assert (address.tracking_number, address.layouts) == ("1Z999AA10123456784", ("German",))


@pytest.mark.parametrize(
    "text",
    [
        "PAKET-\u00c4/7",
        "Caf\u00e9 \u00e0 C\u00e9d\u00e9",
        "BOX 12",
        "A-B-C-D-E",
        "ROOM 4+5",
        "HAUS 7",
        "(7)",
        "A=B",
        "M\u00fcller 12",
    ],
)
def test_ordinary_texts_are_no_other_layout(text: str) -> None:
    assert read_scan(text).fault is None
