"""The operator's console: over SSH and locally, what it costs the line, and what ten of them cost a working kiosk."""

from __future__ import annotations

import asyncio
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from kiosk.parcels.states import ShelfReason
from kiosk.settings import load_settings
from kiosk.wiring import open_services, person_at_desk
from tests.bench.figure import Figure, NotMeasurableError, milliseconds, ratio, take_turns
from tests.bench.next_screen import SIDES, scan
from tests.bench.terminal import KIOSK, Terminal, environment
from tests.e2e.ssh_house import House
from tests.e2e.ssh_server import SSHD

RUNS = 7
HELD = 8
SCANS = 9
CONSOLES = 10
SECONDS = 10
SILENCE = 1.0
DOWN = b"\x1b[B"

FRAME_MARK = b"Overview"
"""What the first frame shows."""
READ_MARK = b"Lobby"
"""What is there once the banks have been read, in the demo."""


def measure() -> list[Figure]:
    """Measure all of it; raises NotMeasurableError without an sshd."""
    if SSHD is None:
        raise NotMeasurableError("no sshd: install openssh-server")
    (here,), (login,), (there,) = take_turns(RUNS, _locally, _with_login, _on_an_open_connection)
    return [
        milliseconds("Console, first frame, locally", here),
        milliseconds("Console, first frame over SSH", there),
        milliseconds("Console, first frame over SSH, with connecting and logging in", login),
        ratio("Console, first frame over SSH over local", there, here, 1.3),
        ratio("Console, the same with connecting and logging in", login, here, 1.3),
        *_line(),
        _beside_a_kiosk(),
    ]


def _locally() -> tuple[float]:
    with _house() as house, _console(house, over_ssh=False) as terminal:
        return (terminal.until(FRAME_MARK) - terminal.started,)


def _with_login() -> tuple[float]:
    with _house() as house, _console(house, over_ssh=True) as terminal:
        return (terminal.until(FRAME_MARK) - terminal.started,)


def _on_an_open_connection() -> tuple[float]:
    """Log in first and ask for the console then, as a client does that shares its connection."""
    with _house() as house:
        key = house.ssh.let_in("ana")
        shared = ("-o", f"ControlPath={house.data_dir.parent / 'shared'}")
        house.ssh.run(key, *shared, "-M", "-N", "-f", "127.0.0.1")
        try:
            with _terminal(house, tuple(house.ssh.command(key, *shared, "-t", "127.0.0.1"))) as terminal:
                return (terminal.until(FRAME_MARK) - terminal.started,)
        finally:
            house.ssh.run(key, *shared, "-O", "exit", "127.0.0.1")


def _line() -> list[Figure]:
    """Count what a session sends: for the first page, a row down, nothing, and a change elsewhere."""
    with _house() as house:
        asyncio.run(_hold(house, HELD))
        with _console(house, over_ssh=True) as terminal:
            terminal.until(READ_MARK)
            terminal.quiet(3 * SILENCE)
            first = len(terminal.written)
            rows = [_bytes_of(terminal, DOWN) for _ in range(HELD // 2)]
            terminal.forget()
            terminal.listen(SECONDS)
            idle = len(terminal.written)
            began = time.perf_counter()
            asyncio.run(_hold(house, 1, first=HELD))
            recorded = time.perf_counter()
            shown = terminal.until(f"{HELD + 1} parcels taken in".encode())
    return [
        Figure("Console over SSH, bytes of the first page", f"{first}", "under 20000", reached=first < 20_000),
        Figure("Console over SSH, bytes of a row down", f"{max(rows)}", "under 2000", reached=0 < max(rows) < 2_000),
        Figure(f"Console over SSH, bytes in {SECONDS} s without a change", f"{idle}", "0", reached=not idle),
        Figure(
            "Console over SSH, a change elsewhere is shown after",
            f"{max(shown - recorded, 0):.1f} s",
            "at most 5 s",
            reached=shown - began <= 5,
        ),
    ]


def _beside_a_kiosk() -> Figure:
    """Compare the kiosk's scan to the next screen alone and with consoles on the same folder."""
    with _house() as house, ExitStack() as consoles, _terminal(house, KIOSK) as kiosk:
        kiosk.until(SIDES[KIOSK][0])
        kiosk.quiet(SILENCE)
        alone = median(scan(kiosk, SIDES[KIOSK][1])[0] for _ in range(SCANS))
        for _ in range(CONSOLES):
            terminal = consoles.enter_context(_console(house, over_ssh=False))
            terminal.until(READ_MARK)
            consoles.enter_context(_drained(terminal))
        beside = median(scan(kiosk, SIDES[KIOSK][1])[0] for _ in range(SCANS))
    return ratio(f"Scan to next screen beside {CONSOLES} consoles over alone", beside, alone, 1.5)


@contextmanager
def _house() -> Iterator[House]:
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-", ignore_cleanup_errors=True) as folder:
        house = House(Path(folder))
        with house.ssh.serving():
            yield house


@contextmanager
def _console(house: House, *, over_ssh: bool) -> Iterator[Terminal]:
    """Open a console; on both sides with the 256 colours that come over SSH."""
    command = house.ssh.command(house.ssh.let_in("ana"), "-t", "127.0.0.1") if over_ssh else [*KIOSK, "console"]
    with _terminal(house, tuple(command)) as terminal:
        yield terminal


@contextmanager
def _terminal(house: House, command: tuple[str, ...]) -> Iterator[Terminal]:
    variables = environment(house.data_dir.parent)
    del variables["COLORTERM"], variables["KIOSK_STORAGE__DATA_DIR"]
    terminal = Terminal(command, variables | {"KIOSK_CONFIG": str(house.config)})
    try:
        yield terminal
    finally:
        terminal.close()


@contextmanager
def _drained(terminal: Terminal) -> Iterator[None]:
    """Take what a console writes, so that it does not wait for its line."""
    reader = threading.Thread(target=terminal.listen, args=(600,))
    reader.start()
    try:
        yield
    finally:
        terminal.process.kill()
        reader.join()


def _bytes_of(terminal: Terminal, keys: bytes) -> int:
    terminal.forget()
    terminal.write(keys)
    terminal.quiet(SILENCE)
    return len(terminal.written)


async def _hold(house: House, parcels: int, *, first: int = 0) -> None:
    """Lay parcels on the shelf, which the first page lists."""
    async with open_services(load_settings(house.config, {})) as services:
        person = person_at_desk(services.settings)
        for number in range(first, first + parcels):
            taken = await services.desk.scans.take_in(_number(number), person)
            await services.desk.shelf.put_on(taken.parcel, f"S{number}", ShelfReason.NO_UNIT, person)


def _number(number: int) -> str:
    return f"HELD{number:04}"
