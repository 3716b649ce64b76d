"""From the Enter of a scan to the painted next screen, against a bare push of a screen with one Label.

"First" is the first scan after a start, when stylesheets and code of the next screen are met for the first time;
"later" is every other one. The last byte is the one before the terminal is silent.
"""

from __future__ import annotations

from contextlib import ExitStack

from tests.bench.figure import Figure, milliseconds, ratio, take_turns
from tests.bench.terminal import BARE, KIOSK, Terminal, running

RUNS = 15
BOUND = 1.5
SILENCE = 0.12
"""Seconds without a byte after which a screen counts as finished."""

SIDES = {BARE: (b"can the parcel", b"The next screen"), KIOSK: (b"DEMO", b"Details")}
"""What a started program shows, and what the next screen shows last."""


def measure() -> list[Figure]:
    first_bare, first = take_turns(RUNS, lambda: _first(BARE), lambda: _first(KIOSK))
    with ExitStack() as stack:
        bare_terminal, kiosk_terminal = (_started(stack, command) for command in (BARE, KIOSK))
        later_bare, later = take_turns(
            RUNS, lambda: scan(bare_terminal, SIDES[BARE][1]), lambda: scan(kiosk_terminal, SIDES[KIOSK][1])
        )
    return [
        *_figures("First scan", first_bare, first),
        *_figures("Later scan", later_bare, later),
        Figure("Later scan, bytes to the terminal, bare and kiosk", f"{later_bare[2]:.0f} and {later[2]:.0f}"),
    ]


def _figures(name: str, bare: tuple[float, ...], kiosk: tuple[float, ...]) -> list[Figure]:
    return [
        milliseconds(f"{name} to next screen, bare", bare[0]),
        milliseconds(f"{name} to next screen, kiosk", kiosk[0]),
        ratio(f"{name} to next screen, kiosk over bare", kiosk[0], bare[0], BOUND),
        Figure(f"{name}, until the last byte, kiosk over bare", f"{kiosk[1] / bare[1]:.2f} x"),
    ]


def _first(command: tuple[str, ...]) -> tuple[float, ...]:
    with ExitStack() as stack:
        return scan(_started(stack, command), SIDES[command][1])


def _started(stack: ExitStack, command: tuple[str, ...]) -> Terminal:
    terminal = stack.enter_context(running(command))
    terminal.until(SIDES[command][0])
    terminal.quiet(2 * SILENCE)
    return terminal


def scan(terminal: Terminal, mark: bytes) -> tuple[float, ...]:
    """Scan, time the next screen, go back; return seconds to the mark, to the last byte, and the bytes."""
    # A parcel that was scanned before would be opened where it stands: each number is another one. Its last two signs
    # come with the Enter, because a whole number followed by silence counts as a scan by itself.
    number = f"TBA{int(terminal.started * 1000) % 10**8:08}{len(_seen):04}".encode()
    _seen.append(terminal)
    terminal.write(number[:5])
    terminal.quiet(SILENCE)
    terminal.write(number[5:-2])
    terminal.quiet(SILENCE)
    terminal.forget()
    at = terminal.write(number[-2:] + b"\r")
    painted = terminal.until(mark) - at
    settled = terminal.quiet(SILENCE) - at
    size = len(terminal.written)
    terminal.write(b"\x1b")
    terminal.quiet(SILENCE)
    return painted, settled, size


_seen: list[Terminal] = []
