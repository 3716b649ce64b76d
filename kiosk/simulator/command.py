"""The simulator as a program of its own, in the foreground. Says nothing itself: the caller passes on the address."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

from kiosk.simulator.server import Simulator

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def serve(  # noqa: PLR0913 - the options of the command line, one by one
    port: int,
    data_dir: Path,
    seed: int,
    faults: str,
    pickups_per_hour: float,
    *,
    announce: Callable[[str], None],
) -> None:
    """Answer until SIGINT or SIGTERM. `announce` is called once with the address, as soon as it answers."""
    done = threading.Event()
    simulator = Simulator(data_dir, port=port, seed=seed, faults=faults, pickups_per_hour=pickups_per_hour)
    earlier = {number: signal.signal(number, lambda *_: done.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with simulator:
            announce(simulator.url)
            done.wait()
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)
