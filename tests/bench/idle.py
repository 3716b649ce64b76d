"""What an idle home screen costs in ten seconds, within one minute: the clock changes with each."""

from __future__ import annotations

import os
import time
from pathlib import Path

from tests.bench.figure import Figure
from tests.bench.terminal import KIOSK, running

SECONDS = 10
SETTLED_AFTER = 1.5
START_FROM = 2
"""The second of a minute from which the clock has surely been drawn."""


def measure() -> list[Figure]:
    with running(KIOSK) as terminal:
        terminal.until(b"DEMO")
        terminal.quiet(SETTLED_AFTER)
        second = time.time() % 60
        if not START_FROM < second < 59 - SECONDS:
            terminal.listen((START_FROM - second) % 60)
        terminal.forget()
        before = _processor_seconds(terminal.process.pid)
        terminal.listen(SECONDS)
        share = (_processor_seconds(terminal.process.pid) - before) / SECONDS
    written = len(terminal.written)
    return [
        Figure(f"Idle home screen, bytes in {SECONDS} s within a minute", f"{written}", "0", reached=not written),
        Figure("Idle home screen, share of one core", f"{share:.2%}", "under 1 %", reached=share < 0.01),
    ]


def _processor_seconds(pid: int) -> float:
    """Return what all threads of a process have used."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
