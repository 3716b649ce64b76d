"""What goes wrong around the kiosks: faults of the service, and clocks.

The world's time runs fast, so that a reservation lapses within seconds. Every process reads the same time, but for one
whose clock jumps.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

FAULTS = {
    "lost": 0.05,
    "late": 0.01,
    "held": 0.02,
    "cut": 0.035,
    "401": 0.03,
    "429": 0.02,
    "429-after": 0.02,
    "500": 0.03,
    "500-done": 0.035,
    "503": 0.03,
    "html": 0.02,
    "half": 0.025,
    "slow": 0.02,
}
DELAYS = "late-seconds=0.6,slow-seconds=0.1,held-seconds=3"
"""`late` answers come after the kiosks' read time, `held` requests often after their repeat was answered."""

WRITES = ("createReservation", "updateDeposit", "updateReservation", "freeReservation")
GUSTS = ("lost", "held", "held", "503", "500-done", "cut")
"""What hits the next write of a kind on purpose: by chance most faults hit readings, which are many more."""

SPEED = 120.0
"""World seconds in a second."""
RESERVATION_HOURS = 0.2
"""At a desk whose reservations lapse before its clerk comes back."""
RESERVATION_SECONDS = RESERVATION_HOURS * 3600 / SPEED

JUMPS = (
    timedelta(hours=2),
    timedelta(hours=-2),
    timedelta(hours=30),
    timedelta(hours=-30),
    timedelta(days=60),
    timedelta(days=3652),
)
JUMPS_EVERY_SECONDS = 6.0
LONGEST_JUMP_SECONDS = 3.0


@dataclass(frozen=True)
class WorldClock:
    """The time that service and kiosks agree on; `began` is when the run did, in seconds since 1970."""

    began: float
    speed: float = SPEED

    def now(self) -> datetime:
        """Return the world's present."""
        return datetime.fromtimestamp(self.began + (time.time() - self.began) * self.speed, UTC)

    def lived(self) -> float:
        """Return the seconds that any process lived through, which are the world's."""
        return time.monotonic() * self.speed


@dataclass(frozen=True)
class JumpingClock:
    """A clock that is right for a few seconds, then hours or years off, then right again."""

    world: WorldClock
    seed: str

    def now(self) -> datetime:
        """Return what this clock shows."""
        turn, within = divmod(time.time() - self.world.began, JUMPS_EVERY_SECONDS)
        rng = random.Random(f"{self.seed}/{turn}")
        jumps_at = rng.uniform(0, JUMPS_EVERY_SECONDS - LONGEST_JUMP_SECONDS)
        is_off = jumps_at < within < jumps_at + rng.uniform(0.5, LONGEST_JUMP_SECONDS)
        return self.world.now() + (rng.choice(JUMPS) if is_off else timedelta(0))

    def lived(self) -> float:
        """Return the seconds that were lived through, jumps or not."""
        return self.world.lived()


def gust(rng: random.Random, faults: str) -> dict[str, str] | None:
    """Return a fault for the next write of a kind, as the simulator takes it, if it is one of those of the run."""
    fault, operation = rng.choice(GUSTS), rng.choice(WRITES)
    return {"fault": fault, "operation": operation} if f"{fault}=" in faults else None


def chances(faults: dict[str, float]) -> str:
    """Return faults as the simulator reads them."""
    return ",".join(f"{name}={chance}" for name, chance in faults.items())
