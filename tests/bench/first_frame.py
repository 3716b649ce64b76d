"""From the start of the process to the first frame, and to the first key that is shown. Fresh data folder each run."""

from __future__ import annotations

from kiosk.words.language import _, speaking
from screens.clerk.home import OPENING
from tests.bench.figure import Figure, milliseconds, ratio, take_turns
from tests.bench.terminal import BARE, KIOSK, running

RUNS = 11
BOUND = 1.3
BOUND_OF_A_CATALOGUE = 1.2
KIOSK_MARK = b"Opening the journal"
"""What the home screen shows first, beneath the field."""


def measure() -> list[Figure]:
    with speaking("de"):
        german_mark = _(OPENING).encode()
    (bare, bare_key), (kiosk, kiosk_key), (german, _german_key) = take_turns(
        RUNS,
        lambda: _start(BARE, b"can the parcel"),
        lambda: _start(KIOSK, KIOSK_MARK),
        lambda: _start(KIOSK, german_mark, {"KIOSK_DESK__LANGUAGE": "de"}),
    )
    return [
        milliseconds("First frame, bare Textual app with one Input", bare),
        milliseconds("First frame, kiosk (demo, fresh data folder)", kiosk),
        ratio("First frame, kiosk over bare", kiosk, bare, BOUND),
        milliseconds("First frame, kiosk in German", german),
        ratio("First frame, kiosk in German over in English", german, kiosk, BOUND_OF_A_CATALOGUE),
        milliseconds("First key shown, bare", bare_key),
        milliseconds("First key shown, kiosk", kiosk_key),
        ratio("First key shown, kiosk over bare", kiosk_key, bare_key, BOUND),
    ]


def _start(command: tuple[str, ...], mark: bytes, settings: dict[str, str] | None = None) -> tuple[float, float]:
    """Return the seconds until the frame with the mark came, and until a key typed at that moment was shown."""
    with running(command, settings) as terminal:
        frame = terminal.until(mark)
        terminal.forget()
        terminal.write(b"Z")
        return frame - terminal.started, terminal.until(b"Z") - terminal.started
