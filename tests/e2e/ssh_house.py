"""A kiosk's data folder with an sshd in front of it: its settings, its journal, and the consoles that run on it."""

from __future__ import annotations

import asyncio
import os
import select
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.clock import SystemClock
from kiosk.journal.audit import export, verify
from kiosk.journal.store import FILE_NAME, Journal
from tests.e2e.ssh_server import SSHD, SshServer
from tests.e2e.terminal import PATIENCE

if TYPE_CHECKING:
    from tests.e2e.terminal import Terminal

# CI installs it, so there a missing one is a failure and not a reason to skip.
needs_sshd = pytest.mark.skipif(not SSHD and not os.environ.get("CI"), reason="openssh-server is not installed")

ROLES = {"ana": "admin", "ben": "operator", "eve": "viewer"}
FIRST_WORDS = ("Overview", "taken in today")
"""What is there once the journal has been read."""


class House:
    """A kiosk's data folder and the sshd in front of it."""

    def __init__(self, folder: Path, *, log_level: str = "VERBOSE") -> None:
        self.data_dir = folder / "data"
        self.config = folder / "kiosk.toml"
        roles = "".join(f'{name} = "{role}"\n' for name, role in ROLES.items())
        self.config.write_text(f'[storage]\ndata_dir = "{self.data_dir}"\n[console.roles]\n{roles}', "utf-8")
        self.ssh = SshServer(folder / "ssh", self.config, log_level=log_level)

    def events(self) -> list[dict[str, Any]]:
        """Return every event, once the chain was proved sound."""

        async def read() -> list[dict[str, Any]]:
            async with Journal(self.data_dir, environment="demo", clock=SystemClock()) as journal:
                assert (await verify(journal.connection)).sound
                return await export(journal.connection)

        return asyncio.run(read()) if (self.data_dir / FILE_NAME).exists() else []

    def told(self) -> list[tuple[str, str]]:
        """Return who did what."""
        return [(event["actor"], event["type"]) for event in self.events()]

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
