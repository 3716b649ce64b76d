"""Keeps the end of the journal's chain elsewhere: in the system's log, and in a file if one is set.

Whoever can write to the journal can make a whole new one; the heads that were kept show it (`kiosk/journal/heads.py`).
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import SysLogHandler
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.journal.heads import head_of
from kiosk.journal.store import Journal
from kiosk.parcels.records import Head

SYSTEMS_LOG = Path("/dev/log")
"""Where this machine's own log listens, if it has one."""

_log = logging.getLogger(__name__)


class KeepHeads:
    """Keeps each head once."""

    def __init__(self, journal: Journal, file: Path | None, systems_log: Path = SYSTEMS_LOG) -> None:
        self._journal = journal
        self._file = file
        self._systems_log = systems_log
        self._kept: Head | None = None

    async def run(self) -> None:
        """Look at the end of the chain and keep it; raises StorageError, also where the end does not hold."""
        head = await head_of(self._journal.connection)
        if head.sequence and head != self._kept:
            await asyncio.to_thread(self._keep, head)
            self._kept = head

    async def finish(self) -> None:
        """Keep the last head of a process that ends."""
        try:
            await self.run()
        except KioskError as error:
            _log.warning("heads: %s", error)

    def _keep(self, head: Head) -> None:
        line = f"journal-head {head}"
        _tell(self._systems_log, line)
        if self._file is None:
            return
        try:
            with opened_heads(self._file) as file:
                os.write(file, f"{line}\n".encode())
                os.fsync(file)
        except OSError as error:
            _log.warning("heads: %s: %s", self._file, error.strerror)


@contextmanager
def opened_heads(path: Path) -> Iterator[int]:
    """Open the file of heads so that it is only added to; raises OSError."""
    # Without O_NONBLOCK a pipe that nobody reads would be waited for.
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK, 0o600)
    try:
        yield file
    finally:
        os.close(file)


class _SystemsLog(SysLogHandler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the base class's name
        """Stay quiet: what it would print goes onto the clerk's screen."""


def _tell(systems_log: Path, line: str) -> None:
    """Write a line to the system's log; without one, nothing happens."""
    try:
        handler = _SystemsLog(str(systems_log), SysLogHandler.LOG_AUTH)
    except OSError:
        return
    handler.ident = "parcel-kiosk: "
    handler.emit(logging.makeLogRecord({"msg": line, "levelno": logging.INFO, "levelname": "INFO"}))
    handler.close()
