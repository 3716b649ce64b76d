"""A real PostgreSQL server for tests: on loopback, with files in memory, gone with the process that started it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest

ADMIN = "postgres"
"""Debian's account for the server, and who administers it."""


def programs() -> Path | None:
    """Return the folder of the newest server's programs on this machine; None without one."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    on_path = shutil.which("initdb")
    found = [*([Path(on_path).parent] if on_path else []), *folders]
    return next((folder for folder in reversed(found) if (folder / "initdb").exists()), None)


needs_postgres = pytest.mark.skipif(programs() is None, reason="no PostgreSQL: apt-get install postgresql")


IN_A_HURRY = ("fsync=off", "max_connections=300")
"""For tests: nothing has to outlive the machine."""


class Postgres(NamedTuple):
    """A server that runs, until its folder's owner stops it."""

    folder: Path
    port: int
    settings: tuple[str, ...] = IN_A_HURRY

    @property
    def address(self) -> str:
        """Return what the setting `fleet.server` names, but for the database."""
        return f"127.0.0.1:{self.port}"

    def admin(self, database: str = ADMIN) -> psycopg.Connection:
        """Return a connection with every right."""
        return psycopg.connect(host="127.0.0.1", port=self.port, user=ADMIN, dbname=database, autocommit=True)

    def start(self) -> None:
        """Start it again after `stop`."""
        log = self.folder / "log"
        own = ("listen_addresses=127.0.0.1", f"port={self.port}", "unix_socket_directories=''")
        options = " ".join(f"-c {each}" for each in (*own, *self.settings))
        self._control("start", "-w", "-l", str(log), "-o", options)

    def stop(self, mode: str = "immediate") -> None:
        """Stop it; `immediate` as a power cut does."""
        self._control("stop", "-w", "-m", mode)

    def _control(self, *arguments: str) -> None:
        run("pg_ctl", "-D", str(self.folder / "data"), *arguments)


def run(program: str, *arguments: str) -> None:
    """Run one of the server's programs, as its own account where this is root: PostgreSQL refuses to be root."""
    folder = programs()
    assert folder is not None
    as_account = ["setpriv", f"--reuid={ADMIN}", f"--regid={ADMIN}", "--clear-groups"] if os.geteuid() == 0 else []
    # A server keeps the pipes of whoever started it, so nothing may wait for their end.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs
            [*as_account, str(folder / program), *arguments], stdout=output, stderr=output, cwd="/", check=False
        )
        output.seek(0)
        assert done.returncode == 0, output.read().decode()


@contextmanager
def postgres(settings: tuple[str, ...] = IN_A_HURRY) -> Iterator[Postgres]:
    """Make and start a server; stop it and remove its files at the end."""
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, ADMIN, ADMIN)
        run("initdb", "-D", str(folder / "data"), "-U", ADMIN, "-A", "trust", "--no-sync", "-E", "UTF8")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            server = Postgres(folder, free.getsockname()[1], settings)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
