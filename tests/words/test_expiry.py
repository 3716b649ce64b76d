"""How long ago a parcel's time was over, or how soon it will be."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.parcels.listing import Uncollected
from kiosk.parcels.parcel import Parcel
from kiosk.words.expiry import time_over
from tests.house.desk import START

PARCEL = Parcel(parcel_id="p1", tracking_number="T1", scanned="T1", taken_in_at=START)


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (-0.5, "just expired"),
        (-1, "expired 1 hour ago"),
        (-23.9, "expired 23 hours ago"),
        (-24, "expired 1 day ago"),
        (-24 * 400, "expired 400 days ago"),
        (0.5, "ends within an hour"),
        (1.5, "ends in 1 hour"),
        (23.9, "ends in 23 hours"),
    ],
)
def test_the_time_is_told_in_hours_then_in_days(hours: float, words: str) -> None:
    assert time_over(Uncollected(PARCEL, START + timedelta(hours=hours), is_expired=hours < 0), START) == words
