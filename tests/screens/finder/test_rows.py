"""A facility as a row of the list."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from kiosk.facilities.addresses import Address
from kiosk.facilities.hours import DayHours, Opening, WeekHours
from kiosk.facilities.values import Facility
from screens.finder.rows import facility_row

NOW = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
"""Monday noon in Virginia."""
VIRGINIA = Address(lines=("1 Main St",), city="Roanoke", state="VA", postal_code="24019")


def week(*openings: Opening, as_listed: tuple[str, ...] = ()) -> WeekHours:
    """Return a week that opens only on Mondays."""
    return WeekHours(days=(DayHours(openings=openings, as_listed=as_listed), *[DayHours()] * 6))


@pytest.mark.parametrize(
    ("closes", "sign", "state", "tone"),
    [
        (time(17), "●", "open now", "free"),
        (time(12, 25), "●", "closes in 25 min", "attention"),
        (time(11), "○", "opens next Mon 8:00", "occupied"),
    ],
)
def test_a_state_has_a_sign_words_and_a_tone(closes: time, sign: str, state: str, tone: str) -> None:
    place = Facility(name="A", address=VIRGINIA, week=week(Opening(opens=time(8), closes=closes)), distance_miles=0.42)
    row = facility_row(place, 3, place.state_at(NOW))
    assert (row.number, row.sign, row.state, row.tone, row.distance) == (3, sign, state, tone, "0.4 mi")


@pytest.mark.parametrize(
    ("facility", "name"),
    [
        (Facility(name="Corner Shop", address=VIRGINIA), "Corner Shop"),
        (Facility(address=VIRGINIA), "1 Main St, Roanoke"),
        (Facility(address=Address(lines=("1 Main St",))), "1 Main St"),
        (Facility(address=Address()), "Unnamed facility"),
    ],
)
def test_a_street_stands_for_a_name_with_its_town(facility: Facility, name: str) -> None:
    assert facility_row(facility, 1, facility.state_at(NOW)).name == name


def test_services_are_brief_in_a_row() -> None:
    shop = Facility(address=VIRGINIA, packageless=True, qr_code=True)
    assert facility_row(shop, 1, shop.state_at(NOW)).services == "no box \u00b7 QR"
