"""The decision to ask again, as a table; nothing waits here."""

from __future__ import annotations

import random

import pytest

from kiosk.api.retry import ATTEMPTS, seconds_before_retry
from kiosk.errors import (
    AnswerLostError,
    ApiError,
    NotAuthorizedError,
    NotFoundError,
    NoTokenError,
    NotSentError,
    RefusedError,
    ThrottledError,
)

Span = tuple[float, float] | None


@pytest.mark.parametrize(
    ("error", "spans"),
    [
        (NotSentError("x"), [(0, 0.5), None, None]),
        (NoTokenError("x"), [(0, 1), (0, 2), None]),
        (AnswerLostError("x"), [(0, 1), (0, 2), None]),
        (AnswerLostError("x", status=500), [(0, 1), (0, 2), None]),
        (AnswerLostError("x", status=503, retry_after=10), [(10, 11), (10, 11), None]),
        (ThrottledError("x"), [(0, 1), (0, 2), None]),
        (ThrottledError("x", retry_after=0), [(0, 1), (0, 1), None]),
        (ThrottledError("x", retry_after=60), [(60, 61), (60, 61), None]),
        (ThrottledError("x", retry_after=61), [None, None, None]),
        (RefusedError("x", status=400), [None, None, None]),
        (NotAuthorizedError("x", status=401), [None, None, None]),
        (NotFoundError("x", status=404), [None, None, None]),
    ],
    ids=repr,
)
def test_each_error_waits_within_its_span_or_stops(error: ApiError, spans: list[Span]) -> None:
    for attempt, span in enumerate(spans, start=1):
        waits = [seconds_before_retry(error, attempt, random.Random(seed)) for seed in range(200)]
        if span is None:
            assert set(waits) == {None}
        else:
            told = [wait for wait in waits if wait is not None]
            assert len(told) == len(waits)
            assert all(span[0] <= wait <= span[1] for wait in told)
            assert max(told) - min(told) > (span[1] - span[0]) / 2


def test_nothing_is_asked_more_than_three_times() -> None:
    assert ATTEMPTS == 3
