"""Several desks on one machine, to look at: `python -m tests.fleet.demo`, or `make fleet-demo`.

A PostgreSQL server on loopback, two desks at the same simulated locker banks, and the console over both; side by side
in tmux, or each in a terminal of its own. Whatever ends it, no process and no file is left.
"""

from __future__ import annotations

import asyncio
import csv
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple, NoReturn

from pydantic import SecretStr

from kiosk.fleet.centre import Centre, Login
from kiosk.fleet.joining import EVERY_SITE, join_console, join_desk, set_up
from kiosk.fleet.logins import LoginKind, write_login
from kiosk.journal.heads import head_of
from kiosk.settings import Settings, load_settings
from kiosk.settings.fleet import DEFAULT_DATABASE
from kiosk.simulator.seeds import contacts_file
from kiosk.simulator.server import Simulator
from kiosk.wiring import open_journal
from tests.fleet.postgres import ADMIN, Postgres, postgres, programs

KIOSK: Final = Path(sys.executable).with_name("kiosk")
PICKUPS_PER_HOUR: Final = 2.0
PARCELS: Final = {"north": "1Z999AA10123456784", "south": "9405511899223197428490"}
"""What each desk has taken in before anybody looks."""
SIDE_BY_SIDE: Final = (161, 50)
"""Columns and lines from which on two desks fit beside each other, with the console below them."""
PATIENCE: Final = 5.0
"""Seconds that a program gets to end by itself."""


_TMUX: Final = {
    "escape-time": "0",
    "mouse": "on",
    "pane-border-format": " #{pane_title} ",
    "status-right": "Ctrl+B D ends the demo ",
    "status-right-length": "40",
}
"""How it is shown there."""


class Window(NamedTuple):
    """One of the programs to look at."""

    name: str
    title: str
    arguments: tuple[str, ...]


WINDOWS: Final = (
    Window("north", "Desk North", ()),
    Window("south", "Desk South", ()),
    Window("office", "All desks", ("console", "--fleet")),
)


def main() -> int:
    """Set all of it up, show it, and clear it away."""
    if programs() is None:
        sys.stderr.write("This needs PostgreSQL. On Debian: apt-get install postgresql\n")
        return 1
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, _end)
    with suppress(KeyboardInterrupt), tempfile.TemporaryDirectory(prefix="fleet-demo-") as name:
        folder = Path(name)
        with postgres() as server, _simulator(folder) as address, _ended(folder):
            _say("Setting up a centre and two desks ...")
            asyncio.run(_prepare(folder, server, address))
            _show(folder)
    return 0


def _end(*_: object) -> NoReturn:
    raise KeyboardInterrupt


@contextmanager
def _simulator(folder: Path) -> Iterator[str]:
    running = Simulator(folder / "simulator", pickups_per_hour=PICKUPS_PER_HOUR)
    with running:
        yield running.url


async def _prepare(folder: Path, server: Postgres, address: str) -> None:
    with server.admin() as admin:
        admin.execute(f"CREATE DATABASE {DEFAULT_DATABASE}")
    for window in WINDOWS:
        _write_settings(folder, window, f"{server.address}/{DEFAULT_DATABASE}", address)
        _write_script(folder, window)
    settings = {window.name: load_settings(folder / f"{window.name}.toml", {}) for window in WINDOWS}
    centre = Centre(settings["office"].fleet, Login(ADMIN, SecretStr("")))
    try:
        await set_up(centre, personal_months=6)
        for window in WINDOWS[:2]:
            own = settings[window.name]
            write_login(
                own.data_dir, LoginKind.DESK, await join_desk(centre, await _desk(own), "Campus", own.desk.name)
            )
        login = await join_console(centre, "office", [EVERY_SITE])
        write_login(settings["office"].data_dir, LoginKind.CONSOLE, login)
    finally:
        await centre.close()
    with contacts_file().open(encoding="utf-8", newline="") as file:
        people = [row["contact_id"] for row in islice(csv.DictReader(file), 0, 4, 2)]
    await asyncio.gather(*(_take_in(folder, name, person) for name, person in zip(PARCELS, people, strict=True)))


async def _desk(settings: Settings) -> str:
    """Make a desk's journal and return the desk's id."""
    async with open_journal(settings) as journal:
        return (await head_of(journal.connection)).desk


def _write_settings(folder: Path, window: Window, server: str, address: str) -> None:
    (folder / f"{window.name}.toml").write_text(
        f'[storage]\ndata_dir = "{folder / window.name}"\n[desk]\nname = "{window.title}"\n'
        f'[lockers]\nurl = "{address}/parcelpoint"\n[fleet]\nserver = "{server}"\n',
        encoding="utf-8",
    )


def _write_script(folder: Path, window: Window) -> None:
    """Write what opens a window, and leaves the number of its process so that it can be ended."""
    command = " ".join([f"'{KIOSK}'", "--config", f"'{folder / window.name}.toml'", *window.arguments])
    script = folder / f"open-{window.name}"
    script.write_text(f"#!/bin/sh\necho $$ > '{folder / window.name}.pid'\nexec {command}\n", encoding="utf-8")
    script.chmod(0o700)


async def _take_in(folder: Path, name: str, contact_id: str) -> None:
    """Let a desk take its first parcel in; one that can't is none to look at, no more."""
    taken = await asyncio.create_subprocess_exec(
        str(KIOSK),
        *("--config", str(folder / f"{name}.toml")),
        *("deposit", PARCELS[name], "--contact", contact_id, "--reason", "demo"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    await taken.wait()


def _show(folder: Path) -> None:
    tmux = shutil.which("tmux")
    size = shutil.get_terminal_size()
    if tmux is not None and sys.stdin.isatty():
        _in_tmux(tmux, folder, beside=size.columns >= SIDE_BY_SIDE[0] and size.lines >= SIDE_BY_SIDE[1])
        return
    _say("Open three terminals of at least 80 by 24, and run one of these in each:")
    for window in WINDOWS:
        _say(f"  {folder / f'open-{window.name}'}")
    _say("Ctrl+C here ends all of it.")
    threading.Event().wait()


def _in_tmux(tmux: str, folder: Path, *, beside: bool) -> None:
    def run(*arguments: str, errors: int | None = None) -> None:
        command = [tmux, "-f", "/dev/null", "-S", str(folder / "tmux"), *arguments]
        subprocess.run(command, env=_outside_tmux(os.environ), stderr=errors, check=False)  # noqa: S603 - tmux

    size = shutil.get_terminal_size()
    north, south, office = (str(folder / f"open-{window.name}") for window in WINDOWS)
    try:
        run("new-session", "-d", "-x", str(size.columns), "-y", str(size.lines), "-n", WINDOWS[0].title, north)
        for name, value in _TMUX.items():
            run("set-option", "-g", name, value)
        if beside:
            run("set-option", "-g", "pane-border-status", "top")
            run("select-pane", "-T", WINDOWS[0].title)
            run("split-window", "-v", "-l", "50%", office)
            run("select-pane", "-T", WINDOWS[2].title)
            run("split-window", "-h", "-t", "{top}", south)
            run("select-pane", "-T", WINDOWS[1].title)
            run("select-pane", "-t", "{top-left}")
        else:
            run("new-window", "-d", "-n", WINDOWS[1].title, south)
            run("new-window", "-d", "-n", WINDOWS[2].title, office)
        run("attach-session")
    finally:
        run("kill-server", errors=subprocess.DEVNULL)  # which is gone already where all three were closed


def _outside_tmux(environ: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environ.items() if name != "TMUX"}


@contextmanager
def _ended(folder: Path) -> Iterator[None]:
    """End what was opened in any terminal, before its files go."""
    try:
        yield
    finally:
        # What clears away is not cut short by a second Ctrl+C.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for number in (signal.SIGTERM, signal.SIGKILL):
            for process in _running(folder):
                with suppress(ProcessLookupError):
                    os.kill(process, number)
            latest = time.monotonic() + PATIENCE
            while _running(folder) and time.monotonic() < latest:
                time.sleep(0.05)


def _running(folder: Path) -> list[int]:
    """Return which of the programs that were opened still run; numbers of processes are used again."""
    numbers = [path.read_text("ascii").strip() for path in folder.glob("*.pid")]
    return [int(number) for number in numbers if number and str(folder).encode() in _command(number)]


def _command(number: str) -> bytes:
    try:
        return Path("/proc", number, "cmdline").read_bytes()
    except OSError:
        return b""


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
