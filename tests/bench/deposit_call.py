"""What `kiosk deposit` costs beside its HTTP calls, next to the same calls made with plain httpx in one process."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from tests.bench.figure import Figure, milliseconds, take_turns
from tests.bench.terminal import KIOSK, environment

RUNS = 5
PERSON = "684a6b7bbc85e1bce7392b9e"
OPTIONS = ("--contact", PERSON, "--bank", "AOne", "--reason", "measured", "--json")


def measure() -> list[Figure]:
    numbers = (f"BENCH{number}" for number in count())
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder, _simulator(Path(folder)) as url:
        sides = take_turns(
            RUNS,
            lambda: _run(Path(folder), url, "plain", url, next(numbers), PERSON),
            lambda: _run(Path(folder), url, "kiosk", "deposit", next(numbers), *OPTIONS),
        )
    return [
        figure
        for name, (whole, calls, seconds, start_up) in zip(("Plain httpx", "kiosk deposit"), sides, strict=True)
        for figure in (
            milliseconds(f"{name}, whole process", whole),
            milliseconds(f"{name}, its {calls:.0f} HTTP calls", seconds),
            milliseconds(f"{name}, over its calls", whole - seconds),
            milliseconds(f"{name}, of that before the first call", start_up),
        )
    ]


def _run(folder: Path, url: str, *command: str) -> tuple[float, ...]:
    """Run a whole process; return its seconds, its calls, their seconds, and the seconds before the first one."""
    record = folder / "calls.json"
    started = time.perf_counter()
    subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "tests.bench.recorded", str(record), *command],
        env=environment(folder) | {"KIOSK_LOCKERS__URL": f"{url}/parcelpoint"},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    whole = time.perf_counter() - started
    calls = json.loads(record.read_text("utf-8"))
    return whole, len(calls), sum(end - begin for begin, end in calls), calls[0][0] - started


@contextmanager
def _simulator(folder: Path) -> Iterator[str]:
    command = [*KIOSK, "simulator", "--port", "0", "--data", str(folder / "simulator")]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, env=environment(folder), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()
