"""The simulator as a program of its own, in the foreground. Says nothing itself: the caller passes on the address."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

from kiosk.simulator.server import Simulator

_ENDS = {signal.SIGINT, signal.SIGTERM}


def serve(
    port: int,
    data_dir: Path,
    seed: int,
    faults: str,
    pickups_per_hour: float,
    *,
    announce: Callable[[str], None],
) -> None:
    """Answer until SIGINT or SIGTERM. `announce` is called once with the address, as soon as it answers."""
    simulator = Simulator(data_dir, port=port, seed=seed, faults=faults, pickups_per_hour=pickups_per_hour)
    # Blocked and waited for: a handler that came while a lock is taken could wait for that lock for ever.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDS)
    try:
        with simulator:
            announce(simulator.url)
            signal.sigwait(_ENDS)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
