"""When what has to happen again and again went well last, for a watcher: a desk that is still may be a desk that fails.

What leaves an event is read off the journal. The rest is noted in memory and written down now and then.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from kiosk.clock import Clock
from kiosk.errors import StorageError
from kiosk.journal import successes
from kiosk.journal.store import Journal
from kiosk.parcels.desk_events import BackupMade
from kiosk.parcels.notice_events import NoticeSent
from kiosk.recipients.directory import Directory


class Success(StrEnum):
    """What went well."""

    CALL = "call"
    """The locker service gave a usable answer."""
    SETTLE = "settle"
    """Every write in doubt was looked into."""
    BACKUP = "backup"
    DIRECTORY_IMPORT = "directory_import"
    NOTICE = "notice"
    """A notice went out, or was printed."""


class Successes:
    """The latest of each, of all processes of this desk."""

    def __init__(self, journal: Journal, directory: Directory, clock: Clock) -> None:
        self._journal = journal
        self._directory = directory
        self._clock = clock
        self._noted: dict[str, datetime] = {}
        """What is not written down yet."""

    def note(self, success: Success) -> None:
        """Note that it went well just now."""
        self._noted[success] = self._clock.now()

    async def keep(self) -> None:
        """Write down what was noted since; raises StorageError."""
        noted, self._noted = self._noted, {}
        if not noted:
            return
        try:
            await successes.keep(self._journal.connection, noted)
        except StorageError:
            self._noted = noted | self._noted
            raise

    async def latest(self) -> dict[Success, datetime | None]:
        """Return when each went well last, None for never; raises StorageError."""
        connection = self._journal.connection
        kept = await successes.kept(connection) | self._noted
        return {
            Success.CALL: kept.get(Success.CALL),
            Success.SETTLE: kept.get(Success.SETTLE),
            Success.BACKUP: await successes.last(connection, BackupMade),
            Success.DIRECTORY_IMPORT: self._directory.imported_at,
            Success.NOTICE: await successes.last(connection, NoticeSent),
        }
