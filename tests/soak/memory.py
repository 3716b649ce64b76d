"""Whether a desk stays young: thousands of intakes, each with a round through every screen, in one process.

The process runs in a pty with Textual's own driver; `tests/soak/clerk.py` is what happens in it.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.bench.figure import Figure
from tests.bench.terminal import running

ROUNDS = 3000
LONGEST_ROUND = 10.0
"""Seconds after which a clerk who does not get on is given up; a fault may cost a few."""

WARM_UP = 300
MOST_GROWTH = 20.0
"""Megabytes, after the warm-up."""

MOST_SLOWER = 1.2
FEW = 30
"""Rounds under which nothing is said about growth and speed."""


class Round(NamedTuple):
    """What one round has shown."""

    megabytes: float
    seconds: float
    """From the Enter of the scan to the painted screen."""


class Report(NamedTuple):
    """What the process says at the end."""

    rounds: list[Round]
    dead: dict[str, int]
    """Screens and widgets that are alive although their screen was left, by class."""
    screens: list[str]
    faults: int
    longest_collection: float
    """Seconds."""


def measure(rounds: int) -> list[Figure]:
    """Let a clerk work so many rounds; raise TimeoutError with what was on the screen where it does not get on."""
    begin = time.monotonic()
    report = _run(rounds)
    return judged(report, (time.monotonic() - begin) / 60)


def judged(report: Report, minutes: float) -> list[Figure]:
    """Return the figures, with a verdict on growth and speed only where there were enough rounds."""
    rounds = report.rounds
    figures = [
        Figure("Intakes, and rounds through every screen", f"{len(rounds)} in {minutes:.1f} min"),
        Figure("Screens that were shown, faults of the service", f"{len(report.screens)}, {report.faults}"),
        Figure(
            "Screens and widgets alive that were left",
            ", ".join(f"{count} {name}" for name, count in report.dead.items()) or "0",
            "0",
            reached=not report.dead,
        ),
        Figure("Longest collection of garbage, processor's time", f"{report.longest_collection * 1000:.0f} ms"),
    ]
    return [*figures, *_growth(rounds), *_speed(rounds)] if len(rounds) >= FEW else figures


def _growth(rounds: list[Round]) -> list[Figure]:
    warm = min(WARM_UP, len(rounds) // 3)
    growth = max(each.megabytes for each in rounds[warm:]) - rounds[warm - 1].megabytes
    first, last = rounds[0].megabytes, rounds[-1].megabytes
    return [
        Figure("Memory after the first round, and at the end", f"{first:.0f} and {last:.0f} MB"),
        Figure(
            f"Growth of memory after the first {warm} rounds",
            f"{growth:.1f} MB",
            f"at most {MOST_GROWTH:g} MB",
            reached=growth <= MOST_GROWTH,
        ),
    ]


def _speed(rounds: list[Round]) -> list[Figure]:
    warm = min(WARM_UP, len(rounds) // 3)
    early, late = p99(rounds[:warm]), p99(rounds[-warm:])
    return [
        Figure(
            f"Scan to screen, 99th percentile, first {warm} and last {warm}",
            f"{early * 1000:.0f} and {late * 1000:.0f} ms",
        ),
        Figure(
            "Scan to screen, 99th percentile, end over beginning",
            f"{late / early:.2f} x",
            f"at most {MOST_SLOWER:g} x",
            reached=late / early <= MOST_SLOWER,
        ),
    ]


def p99(rounds: list[Round]) -> float:
    """Return the seconds that 99 of 100 scans took at most."""
    ordered = sorted(each.seconds for each in rounds)
    return ordered[min(len(ordered) * 99 // 100, len(ordered) - 1)]


def _run(rounds: int) -> Report:
    with tempfile.TemporaryDirectory(prefix="kiosk-soak-") as folder:
        told = Path(folder) / "report.json"
        command = (sys.executable, "-m", "tests.soak.clerk", str(rounds), folder, str(told))
        shown = b""
        with running(command, {"PYTHONPATH": str(Path(__file__).parents[2])}) as terminal:
            end = time.monotonic() + 30 + rounds * LONGEST_ROUND
            while terminal.process.poll() is None and time.monotonic() < end:
                terminal.listen(0.5)
                shown = bytes(terminal.written[-4000:])
                terminal.forget()
        if not told.exists():
            raise TimeoutError(f"the clerk did not come to the end: {shown!r}")
        said = json.loads(told.read_text())
    return Report(**{**said, "rounds": [Round(*each) for each in said["rounds"]]})
