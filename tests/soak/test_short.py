"""The soak, short: it comes to its end, leaves no dead screen alive, and its verdicts can fail."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.screens.thrift import draw_only_what_is_read, parse_each_stylesheet_once
from tests.soak.acts import A_DAY, a_day
from tests.soak.memory import FEW, Report, Round, judged

ROOT = Path(__file__).parents[2]
EVERY_SCREEN = 15


def report(megabytes: float = 0.0, seconds: float = 0.0, dead: dict[str, int] | None = None) -> Report:
    """Return what a run says in whose last rounds the memory and the time were so much more."""
    rounds = [Round(100, 0.05)] * FEW + [Round(100 + megabytes, 0.05 + seconds)] * FEW
    return Report(rounds, dead or {}, [], 0, 0.0)


def missed(told: Report) -> list[str]:
    return [figure.name for figure in judged(told, 1.0) if figure.reached is False]


def test_two_rounds_through_every_screen_leave_nothing_alive() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak", "memory", "--rounds", "2"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (shown,) = (line for line in done.stdout.splitlines() if line.startswith("Screens that were shown"))
    assert f" {EVERY_SCREEN}, " in shown, done.stdout


def test_a_young_desk_misses_nothing() -> None:
    assert missed(report(megabytes=20, seconds=0.009)) == []


def test_growth_slowness_and_a_dead_screen_are_missed() -> None:
    assert missed(report(megabytes=20.1)) == ["Growth of memory after the first 20 rounds"]
    assert missed(report(seconds=0.011)) == ["Scan to screen, 99th percentile, end over beginning"]
    assert missed(report(dead={"HelpScreen": 1})) == ["Screens and widgets alive that were left"]


ACTS = 6_000


async def test_no_act_leads_out_of_a_locked_kiosk_or_writes_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    parse_each_stylesheet_once(monkeypatch)
    draw_only_what_is_read(monkeypatch)
    for seed in range(ACTS // A_DAY):
        day = await a_day(1001 + seed, A_DAY)
        assert day.wrong == []
        assert day.writes
