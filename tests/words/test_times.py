"""Since when something is so, as it is said on the day itself, on the day after, and later."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kiosk.words.times import since

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
