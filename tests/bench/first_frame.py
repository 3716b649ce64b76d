"""From the start of the process to the first frame, and to the first key that is shown. Fresh data folder each run."""

from __future__ import annotations

from tests.bench.figure import Figure, milliseconds, ratio, take_turns
from tests.bench.terminal import BARE, KIOSK, running

RUNS = 11
BOUND = 1.3
KIOSK_MARK = b"Opening the journal"
"""What the home screen shows first, beneath the field."""


def measure() -> list[Figure]:
    (bare, bare_key), (kiosk, kiosk_key) = take_turns(
        RUNS, lambda: _start(BARE, b"can the parcel"), lambda: _start(KIOSK, KIOSK_MARK)
    )
    return [
        milliseconds("First frame, bare Textual app with one Input", bare),
        milliseconds("First frame, kiosk (demo, fresh data folder)", kiosk),
        ratio("First frame, kiosk over bare", kiosk, bare, BOUND),
        milliseconds("First key shown, bare", bare_key),
        milliseconds("First key shown, kiosk", kiosk_key),
        ratio("First key shown, kiosk over bare", kiosk_key, bare_key, BOUND),
    ]


def _start(command: tuple[str, ...], mark: bytes) -> tuple[float, float]:
    """Return the seconds until the frame with the mark came, and until a key typed at that moment was shown."""
    with running(command) as terminal:
        frame = terminal.until(mark)
        terminal.forget()
        terminal.write(b"Z")
        return frame - terminal.started, terminal.until(b"Z") - terminal.started
