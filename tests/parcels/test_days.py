"""Which day a typed text names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.parcels.days import read_day

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", TODAY),
        ("Yesterday", date(2026, 11, 25)),
        ("heute", TODAY),
        ("Gestern", date(2026, 11, 25)),
        ("ayer", date(2026, 11, 25)),
        ("aujourd\u2019hui", TODAY),
        ("2026-11-24", date(2026, 11, 24)),
        ("2025-1-4", date(2025, 1, 4)),
        ("24.11.", date(2026, 11, 24)),
        ("24.11.2025", date(2025, 11, 24)),
        ("11/24", date(2026, 11, 24)),
        ("11/24/2025", date(2025, 11, 24)),
        ("11/26", TODAY),
        ("11/27", date(2025, 11, 27)),
        ("29.2.", date(2024, 2, 29)),
        ("24/11", None),
        ("24.11", None),
        ("31.6.", None),
        ("29.2.2025", None),
        ("0001-01-01", None),
        ("9999-12-31", None),
        ("2026-11", None),
        ("\u0662\u0660.11.", None),
        ("monday", None),
        ("", None),
    ],
)
def test_a_day_is_read_where_only_one_can_be_meant(text: str, day: date | None) -> None:
    assert read_day(text, TODAY) == day


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_without_its_year_is_the_latest_such_day(today: date) -> None:
    found = read_day(f"{today.day}.{today.month}.", today)
    assert found == read_day(f"{today.month}/{today.day}", today) == today


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24/11", date(2026, 11, 24)),
        ("24/11/2025", date(2025, 11, 24)),
        ("4/11", date(2026, 11, 4)),
        ("11/24", None),
        ("24.11.", date(2026, 11, 24)),
        ("2026-11-24", date(2026, 11, 24)),
    ],
)
def test_the_day_stands_first_where_the_language_has_it_so(text: str, day: date | None) -> None:
    assert read_day(text, TODAY, day_first=True) == day
