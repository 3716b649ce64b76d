"""One job for a printer, and how long it may take. What carries it there is in `network.py`, `device.py`, `cups.py`.

Those block within these limits; `door.py` calls them in a thread that nobody has to wait for.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Final

from kiosk.errors import MaybePrintedError

CONNECT_SECONDS: Final = 5.0
WHOLE_SECONDS: Final = 20.0


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be printed, where, and until when on the clock of `time.monotonic`."""

    printer: str
    """The printer's address, as errors name it."""
    data: bytes = field(repr=False)
    ends_at: float

    @property
    def seconds_left(self) -> float:
        """How long may still be waited; never quite nothing, which sockets would take for no limit."""
        return max(self.ends_at - time.monotonic(), 0.001)

    def stuck(self) -> MaybePrintedError:
        """Return the error about a printer that took too long in the middle of it."""
        return MaybePrintedError("printer_stuck", printer=self.printer, seconds=WHOLE_SECONDS)
