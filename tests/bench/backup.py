"""What the clerk notices of a backup of a million events: from a scan to the next screen, beside one and without."""

from __future__ import annotations

import asyncio
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from kiosk.clock import SystemClock
from kiosk.journal.store import Journal
from tests.bench.audit import EVENTS, fill
from tests.bench.figure import Figure, milliseconds, ratio
from tests.bench.next_screen import SIDES, SILENCE, scan
from tests.bench.terminal import KIOSK, Terminal, environment, running

BACKUPS, SCANS_BETWEEN = 3, 12
PAUSE = 3.0
"""Seconds between two scans: faster than on a bad day, which brings 100 parcels an hour."""
BOUND = 1.2


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as temporary:
        folder = Path(temporary)
        asyncio.run(_fill(folder / "data"))
        return compare(folder)


def compare(folder: Path) -> list[Figure]:
    """Return the figures of a kiosk on the data folder `data` in a folder; backups go beside it."""
    alone: list[float] = []
    beside: list[float] = []
    settings = {"KIOSK_STORAGE__DATA_DIR": str(folder / "data")}
    with running(KIOSK, settings) as terminal:
        terminal.until(SIDES[KIOSK][0])
        terminal.quiet(5 * SILENCE)
        _scan(terminal)
        for _ in range(BACKUPS):  # in turns, so that a busy moment of the machine hits both sides alike
            alone += [_scan(terminal) for _ in range(SCANS_BETWEEN)]
            with _backing_up(folder, settings) as backup:
                while backup.poll() is None:
                    beside.append(_scan(terminal))
    return [
        ratio(f"Scan to next screen beside a backup of {EVENTS:,} events", median(beside), median(alone), BOUND),
        milliseconds("  the slowest of them", max(beside)),
        milliseconds("  the slowest without a backup", max(alone)),
        Figure("  scans beside backups", str(len(beside))),
    ]


@contextmanager
def _backing_up(folder: Path, settings: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    command = [*KIOSK, "backup", str(folder)]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, stdout=subprocess.DEVNULL, env=environment(folder) | settings
    ) as backup:
        yield backup
        assert backup.wait() == 0


def _scan(terminal: Terminal) -> float:
    terminal.listen(PAUSE)
    return scan(terminal, SIDES[KIOSK][1])[0]


async def _fill(data: Path) -> None:
    async with Journal(data, environment="demo", desk_name="Bench", clock=SystemClock()) as journal:
        await fill(journal.connection, EVENTS)
