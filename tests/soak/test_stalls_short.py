"""Stalls, flood, fuzz, border and absurd answers, short: `make soak` runs the same with many times as much."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.e2e.scanned import at_full_speed, through_a_pty
from tests.e2e.window import MISSING, through_a_window
from tests.soak import answers, border, commands, flood, fuzz
from tests.soak.stalls import days_through_the_app


async def test_1200_codes_of_12_scanners_are_1200_parcels_and_press_nothing() -> None:
    assert await days_through_the_app(1, 1200, codes_a_day=100) == []


def test_150_codes_through_processes_that_are_stopped_are_150_parcels() -> None:
    with ThreadPoolExecutor(3) as desks:  # they wait most of the time
        assert [*desks.map(lambda seed: through_a_pty(seed, 50), range(3))] == [[]] * 3


@pytest.mark.skipif(bool(MISSING), reason=f"a terminal under a compositor: apt-get install {MISSING}")
def test_40_codes_through_foot_are_40_parcels() -> None:
    assert through_a_window(1, 40) == []


async def test_a_flood_loses_nothing_and_the_screen_goes_on_answering() -> None:
    seen = await flood.through_the_app(1500)
    assert seen.wrong == []
    assert seen.longest_seconds < flood.MOST_SECONDS
    assert any(words.startswith("Taking in ") for words in seen.said)


def test_a_flood_through_a_pty_loses_nothing() -> None:
    wrong, _ = at_full_speed(1, 1000)
    assert wrong == []


async def test_20000_random_bytes_on_every_screen_obey_nothing() -> None:
    assert await fuzz.every_screen(1, 20_000) == []


async def test_absurd_answers_end_no_screen_no_step_and_no_start() -> None:
    seen = await answers.many_desks(1, 1000)
    assert seen.wrong == []
    assert seen.answers >= 1000


def test_absurd_answers_end_no_command_and_no_start() -> None:
    seen = commands.many_commands(1, 150)
    assert seen.wrong == []
    assert seen.answers >= 150


@pytest.mark.parametrize("kind", border.KINDS.values(), ids=border.KINDS)
def test_whatever_comes_is_read_or_refused_with_words(kind: Callable[[int], None]) -> None:
    kind(1000)
