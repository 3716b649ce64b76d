"""How times read: since when something is so; and which days people may type."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.parcels.days import read_day
from kiosk.words.language import _, speaking
from kiosk.words.times import is_day_first, since
from screens.clerk.find_words import DAYS

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 3, 2, 8, 0, tzinfo=UTC), "08:00"),
        (datetime(2026, 3, 2, 0, 0, tzinfo=UTC), "00:00"),
        (datetime(2026, 3, 1, 23, 59, tzinfo=UTC), "yesterday 23:59"),
        (datetime(2026, 2, 28, 23, 59, tzinfo=UTC), "Sat 28 Feb 23:59"),
        (datetime(2025, 12, 31, 8, 0, tzinfo=UTC), "Wed 31 Dec 2025 08:00"),
    ],
)
def test_the_day_is_told_where_it_was_another_one(moment: datetime, words: str) -> None:
    assert since(moment, NOW) == words


@pytest.mark.parametrize(("code", "day_first"), [("en", False), ("es", True), ("fr", True), ("de", True)])
def test_the_days_that_the_hint_names_are_read(code: str, day_first: bool) -> None:  # noqa: FBT001 - what is expected
    today = NOW.date().replace(month=11, day=26)
    with speaking(code):
        assert is_day_first() is day_first
        named = _(DAYS).partition(":")[2]
    days = [read_day(word.strip(), today, day_first=day_first) for word in named.split(",")]
    assert {today - day for day in days if day} <= {timedelta(days=1), timedelta(days=2)}
    assert None not in days
