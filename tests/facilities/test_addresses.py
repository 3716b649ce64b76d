"""Addresses: what is enough for a search, how one is written on a line, how a typed line is read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.errors import WrongQuestionError
from kiosk.facilities.addresses import Address


@pytest.mark.parametrize(
    ("address", "complete"),
    [
        (Address(postal_code="06880"), True),
        (Address(city="Roanoke", state="VA"), True),
        (Address(city="Roanoke"), False),
        (Address(state="VA"), False),
        (Address(lines=("6525 Greenway Dr",)), False),
        (Address(postal_code="06880", country_code=""), False),
    ],
)
def test_a_search_needs_a_country_and_a_postal_code_or_city_and_state(address: Address, complete: bool) -> None:  # noqa: FBT001 - a table
    assert address.is_complete is complete
    if complete:
        address.check()
    else:
        with pytest.raises(WrongQuestionError) as caught:
            address.check()
        assert caught.value.code == ("address_incomplete" if address.country_code else "address_without_country")


@pytest.mark.parametrize(
    ("typed", "written", "parts"),
    [
        ("06880", "06880", ((), "", "", "06880", "US")),
        ("westport ct", "westport, CT", ((), "westport", "CT", "", "US")),
        ("Salem\tVa.", "Salem, VA", ((), "Salem", "VA", "", "US")),
        ("San Jose, CA", "San Jose, CA", ((), "San Jose", "CA", "", "US")),
        ("Roanoke VA 24019-1234, USA", "Roanoke, VA 24019-1234", ((), "Roanoke", "VA", "24019-1234", "US")),
        (
            "110 Myrtle Avenue,\n Westport , CT  06880",
            "110 Myrtle Avenue, Westport, CT 06880",
            (("110 Myrtle Avenue",), "Westport", "CT", "06880", "US"),
        ),
        (
            "1 Main St, Suite 2, San Jose, CA 95110, United States",
            "1 Main St, Suite 2, San Jose, CA 95110",
            (("1 Main St", "Suite 2"), "San Jose", "CA", "95110", "US"),
        ),
        (
            "100 Queen St, Toronto, ON m5h 2n2, Canada",
            "100 Queen St, Toronto, ON M5H 2N2, Canada",
            (("100 Queen St",), "Toronto", "ON", "M5H 2N2", "CA"),
        ),
        # Without a comma street and city can't be told apart; the postal code is enough.
        (
            "110 Myrtle Avenue Westport CT 06880",
            "110 Myrtle Avenue Westport, CT 06880",
            (("110 Myrtle Avenue Westport",), "", "CT", "06880", "US"),
        ),
    ],
)
def test_a_typed_line_is_read(typed: str, written: str, parts: tuple[tuple[str, ...], str, str, str, str]) -> None:
    address = Address.parse(typed)
    found = (address.lines, address.city, address.state, address.postal_code, address.country_code)
    assert found == parts
    assert address.one_line == written
    assert Address.parse(written) == address


@pytest.mark.parametrize("typed", ["", "  ", ",", "Roanoke", "VA", "6525 Greenway Dr", "6525 Greenway Dr VA", "123"])
def test_a_line_that_is_not_enough_is_refused(typed: str) -> None:
    with pytest.raises(WrongQuestionError, match="address_incomplete"):
        Address.parse(typed)


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.from_regex(r"[a-zA-Z0-9 ,;]{1,30}"))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    try:
        address = Address.parse(typed)
    except WrongQuestionError:
        return
    assert address.is_complete
    assert all(address.lines)
    assert address.one_line.isprintable()
