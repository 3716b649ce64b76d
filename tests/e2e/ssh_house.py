"""A kiosk's data folder with an sshd in front of it: its settings, its journal, and the consoles that run on it."""

from __future__ import annotations

import asyncio
import os
import select
import sys
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from kiosk.clock import SystemClock
from kiosk.desk.progress import nobody_looks_on
from kiosk.journal.audit import verify
from kiosk.journal.store import FILE_NAME, Journal
from kiosk.parcels.parcel import Parcel
from kiosk.settings import load_settings
from kiosk.wiring import Background, Services, open_services, person_at_desk
from tests.e2e.ssh_server import SSHD, SshServer
from tests.e2e.terminal import PATIENCE, Terminal
from tests.journal.book import export

# CI installs it, so there a missing one is a failure and not a reason to skip.
needs_sshd = pytest.mark.skipif(
    not os.environ.get("CI") and (SSHD is None or sys.platform != "linux"),
    reason="no sshd on Linux: install openssh-server",
)

ROLES = {"ana": "admin", "ben": "operator", "eve": "viewer"}
FIRST_WORDS = ("Overview", "taken in today")
"""What is there once the journal has been read."""


class House:
    """A kiosk's data folder and the sshd in front of it."""

    def __init__(self, folder: Path, *, lockers: str = "", log_level: str = "VERBOSE") -> None:
        self.data_dir = folder / "data"
        self.config = folder / "kiosk.toml"
        roles = "".join(f'{name} = "{role}"\n' for name, role in ROLES.items())
        service = f'[lockers]\nurl = "{lockers}"\n' if lockers else ""
        self.config.write_text(f'{service}[storage]\ndata_dir = "{self.data_dir}"\n[console.roles]\n{roles}', "utf-8")
        self.ssh = SshServer(folder / "ssh", self.config, log_level=log_level)

    def events(self) -> list[dict[str, Any]]:
        """Return every event, once the chain was proved sound."""

        async def read() -> list[dict[str, Any]]:
            async with Journal(self.data_dir, environment="demo", desk_name="", clock=SystemClock()) as journal:
                verdict = await verify(journal.connection)
                assert verdict.sound, verdict
                return await export(journal.connection)

        return asyncio.run(read()) if (self.data_dir / FILE_NAME).exists() else []

    def deposited(self, number: str) -> str:
        """Leave a parcel in a locker whose pickup code waits for the clerk, and return the code."""
        asyncio.run(self._deposit(number))
        return self.code(number)

    async def _deposit(self, number: str) -> None:
        async with self.opened() as services:
            clerk = person_at_desk(services.settings)
            taken = await services.desk.scans.take_in(number, clerk)
            person = (await services.queries.directory.search("samira abboud")).contacts[0]
            parcel = await services.desk.intake.choose_recipient(taken.parcel, person, clerk)
            bank = (await services.queries.lockers.banks())[0].locker_bank_id
            size = (await services.queries.lockers.bank(bank)).sizes[0].size
            parcel = await services.desk.intake.reserve(parcel, bank, size, clerk, nobody_looks_on)
            await services.desk.intake.deposit(parcel, clerk)

    def code(self, number: str) -> str:
        """Return the pickup code that waits for the clerk."""

        async def read() -> str:
            async with self.opened() as services:
                (parcel,) = await services.queries.journal.find(number)
                code = await services.desk.pickup_codes.waiting(parcel)
                return code.secret.get_secret_value() if code else ""

        return asyncio.run(read())

    def parcel(self, number: str) -> Parcel:
        """Return a parcel as the journal has it."""

        async def read() -> Parcel:
            async with self.opened() as services:
                (parcel,) = await services.queries.journal.find(number)
                return parcel

        return asyncio.run(read())

    def opened(self) -> AbstractAsyncContextManager[Services]:
        """Open what a kiosk process opens on this folder."""
        return open_services(load_settings(self.config, {}), background=Background.DESK)

    def told(self) -> list[tuple[str, str]]:
        """Return who did what."""
        return [(event["person"], event["type"]) for event in self.events()]

    def processes(self) -> list[int]:
        """Return the consoles that run here."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                command, environment = (entry / "cmdline").read_bytes(), (entry / "environ").read_bytes()
            except OSError:  # it has ended, or is somebody else's
                continue
            if b"console\0--as=" in command and str(self.config).encode() in environment:
                found.append(int(entry.name))
        return found

    def variables(self) -> dict[str, str]:
        """Return the environment of the one console that runs."""
        (process,) = self.processes()
        raw = Path(f"/proc/{process}/environ").read_text("utf-8").rstrip("\0").split("\0")
        return dict(entry.split("=", 1) for entry in raw)

    def children(self, process: int) -> list[int]:
        """Return the processes that a console started."""
        found = Path(f"/proc/{process}/task").glob("*/children")
        return [int(number) for each in found for number in each.read_text("utf-8").split()]

    def ends(self, process: int) -> bool:
        """Wait for a process to end."""
        try:
            handle = os.pidfd_open(process)
        except ProcessLookupError:
            return True
        try:
            return bool(select.select([handle], [], [], PATIENCE)[0])
        finally:
            os.close(handle)


def opened(terminal: Terminal) -> Terminal:
    terminal.wait(*FIRST_WORDS)
    return terminal
