"""The stall harness, short: `make soak` runs the same with ten times as much."""

from __future__ import annotations

import pytest

from tests.e2e.scanned import through_a_pty
from tests.soak.stalls import days_through_the_app


@pytest.mark.parametrize("seed", range(4))
async def test_2500_codes_in_process_are_2500_parcels_and_press_nothing(seed: int) -> None:
    assert await days_through_the_app(seed, 2500) == []


@pytest.mark.parametrize("seed", range(2))
def test_150_codes_through_a_process_that_is_stopped_are_150_parcels(seed: int) -> None:
    assert through_a_pty(seed, 150) == []
