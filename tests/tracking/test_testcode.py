"""The test code reveals every keyboard layout, and is never a parcel."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.barcodes import code_128
from kiosk.errors import NoParcelNumberError
from kiosk.tracking.codes import Code
from kiosk.tracking.layouts import LAYOUTS, US, Layout
from kiosk.tracking.scan import read_scan
from kiosk.tracking.testcode import SIGNS, TEST_CODE, found_in, is_part

EVERY_LAYOUT = (US, *LAYOUTS)
SIGNS_OF_NUMBERS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-/. ", max_size=40)

on_every_layout = pytest.mark.parametrize("layout", EVERY_LAYOUT, ids=lambda layout: layout.name)


def with_caps_lock(text: str) -> str:
    return "".join(sign.swapcase() if len(sign.swapcase()) == 1 else sign for sign in text)


def test_no_two_layouts_give_the_same() -> None:
    typed = {layout.types(SIGNS).casefold() for layout in EVERY_LAYOUT}
    assert len(typed) == len(EVERY_LAYOUT)


def test_its_bars_fit_eighty_columns() -> None:
    assert len(code_128(TEST_CODE)) <= 2 * 80


@on_every_layout
def test_each_layout_is_named(layout: Layout) -> None:
    found = found_in(layout.types(TEST_CODE))
    assert found is not None
    assert found == ("", "", layout, False)


@on_every_layout
def test_a_blank_that_a_dead_key_swallowed_makes_no_difference(layout: Layout) -> None:
    assert found_in(layout.types(SIGNS)) == found_in(layout.types(TEST_CODE))


@on_every_layout
def test_caps_lock_is_seen_on_each(layout: Layout) -> None:
    found = found_in(with_caps_lock(layout.types(TEST_CODE)))
    assert found is not None
    assert found.caps_lock
    assert found.layout is layout


@on_every_layout
def test_what_stands_around_it_is_given_as_the_scanner_sent_it(layout: Layout) -> None:
    found = found_in(f"\x02{layout.types('X1')}{layout.types(TEST_CODE)}{layout.types('Y')}\x03")
    assert found is not None
    assert (found.before, found.behind) == ("\x02X1", "Y\x03")


@on_every_layout
def test_it_is_never_a_parcel(layout: Layout) -> None:
    text = f"~{layout.types(TEST_CODE)}"
    with pytest.raises(NoParcelNumberError) as refused:
        read_scan(text)
    assert refused.value.code.startswith("test_code")
    assert not Code(text).is_certain
    harmless = {"US", "UK", "Brazilian", "Canadian French"}
    assert (layout.name in str(refused.value)) == (layout.name not in harmless)


@given(SIGNS_OF_NUMBERS)
def test_nothing_that_consists_of_the_signs_of_numbers_is_taken_for_it(text: str) -> None:
    assert found_in(text) is None


@on_every_layout
@pytest.mark.parametrize("cut", range(3, 6))
def test_each_half_is_a_part_of_it(layout: Layout, cut: int) -> None:
    typed = layout.types(SIGNS)
    assert is_part(typed[:cut])
    assert is_part(f"~{typed[:cut]}")
    assert is_part(typed[cut:])


@pytest.mark.parametrize("text", ["", "AZ", "1Z999AA10123456784", "TBA304512876001", "A" * 41])
def test_other_texts_are_no_part_of_it(text: str) -> None:
    assert not is_part(text)
