"""One SQLite connection on a thread of its own; SQLite's errors become the kiosk's. Journal and directory share it.

Knows nothing of what is stored. The settings follow from what the journal promises: TRUNCATE and FULL, because
write-ahead logging has a known fault in SQLite before 3.51.3, and a kiosk commits a few times a minute.
"""

from __future__ import annotations

import asyncio
import errno
import math
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeAlias, TypeVar

from kiosk.errors import (
    StorageBusyError,
    StorageDamagedError,
    StorageError,
    StorageFullError,
    StorageReadOnlyError,
)

T = TypeVar("T")
GoOn: TypeAlias = "Callable[[], None]"
"""Called from time to time by what takes long; it raises where the work is to end."""
BUSY_SECONDS = 10.0

_PAGES_AT_ONCE = 256
"""Of 4 kB each, copied in one reading: a millisecond or two."""
_BEGUN_ANEW = 8
"""So often a copy may begin anew because others wrote; then it is made in one reading, or not at all."""


class _BegunAnewError(Exception):
    """Others write so often that a copy in short readings does not come to its end."""


class _GivenUpError(Exception):
    """Nobody waits any more for what a thread works at."""


class Connection:
    """A private SQLite file. Every piece of work runs on one thread, in the order in which it was asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=path.stem)
        self._database: sqlite3.Connection | None = None

    async def open(self, prepare: Callable[[sqlite3.Connection], None]) -> None:
        """Open or create the file (folder 0700, file 0600) and let `prepare` migrate it."""
        try:
            await self._on_thread(lambda: self._open(prepare))
        except StorageError:
            self._thread.shutdown()
            raise
        except asyncio.CancelledError:
            # The thread opens the file all the same, and closes it behind that; nobody waits for either.
            self._thread.submit(self._close_opened)
            self._thread.shutdown(wait=False)
            raise

    async def close(self) -> None:
        """Close the file after the work that was already asked for."""
        # New work is refused from here on; what waits on the thread still has its database.
        database, self._database = self._database, None
        if database is not None:
            await self._on_thread(database.close)
        self._thread.shutdown()

    def close_at_once(self, seconds: float) -> None:
        """Close the file without the event loop, in a process that is ended because that one hangs; any thread may.

        Work that is under way comes to its end before, if it does within so many seconds.
        """
        database, self._database = self._database, None
        if database is not None:
            with suppress(RuntimeError, TimeoutError, sqlite3.Error):  # the thread is gone, or hangs too
                self._thread.submit(database.close).result(seconds)

    async def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` in one read transaction, so that it sees one moment."""
        return await self._in_transaction("BEGIN", work)

    async def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` in one write transaction; it is on the disk when this returns, or nothing of it is."""
        # With a plain BEGIN, two writers that both read first can end in SQLITE_BUSY without any waiting.
        return await self._in_transaction("BEGIN IMMEDIATE", work)

    async def on_copy(self, work: Callable[[sqlite3.Connection, GoOn], T]) -> T:
        """Run `work` on a copy of the file as it is at one moment, which is gone afterwards.

        Made in short readings, on a thread and a connection of its own: whoever else uses the file, in this process or
        another, goes on meanwhile. Needs as much room in the system's temporary folder as the file takes.
        """

        def carry_out(go_on: GoOn) -> T:
            # Without a name SQLite makes a file that only this connection can see.
            with translated(self._path), closing(sqlite3.connect("", isolation_level=None)) as copy:
                self._copy_into(copy, go_on)
                return work(copy, go_on)

        return await in_thread(carry_out)

    async def copy_to(self, path: Path, work: Callable[[sqlite3.Connection, GoOn], T]) -> T:
        """Write the file as it is at one moment to `path` (0600), and let `work` change the copy.

        Raises StorageError, and leaves nothing behind then; a file that is there already is not touched.
        """

        def carry_out(go_on: GoOn) -> T:
            with translated(path):
                try:
                    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
                except FileExistsError as error:
                    raise StorageError("file_exists", path=str(path)) from error
            try:
                with translated(path), closing(sqlite3.connect(path, isolation_level=None)) as copy:
                    # A copy that did not come to its end is gone: nothing of it is ever undone or made safe.
                    for pragma in ("journal_mode=OFF", "synchronous=OFF"):
                        copy.execute(f"PRAGMA {pragma}")
                    self._copy_into(copy, go_on)
                    copy.execute("PRAGMA secure_delete=ON")
                    return work(copy, go_on)
            except BaseException:
                path.unlink(missing_ok=True)
                raise

        return await in_thread(carry_out)

    def _copy_into(self, copy: sqlite3.Connection, go_on: GoOn) -> None:
        """Copy page by page; a commit of another connection begins it anew, because a copy is of one moment."""
        least_left: int | None = None
        begun, latest = 0, math.inf

        def look(status: int, left: int, _: int) -> None:
            nonlocal least_left, begun
            go_on()
            if time.monotonic() > latest:
                raise StorageBusyError("file_never_still", path=str(self._path))
            # Each piece leaves less, but for one that has to wait for a commit, or begins anew after it.
            if status == sqlite3.SQLITE_OK and least_left is not None and left >= least_left:
                begun += 1
                if begun == _BEGUN_ANEW:
                    raise _BegunAnewError
            least_left = left

        # mode=rw: a file that is gone by now is not made anew.
        address = f"{self._path.absolute().as_uri()}?mode=rw"
        with closing(sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)) as source:
            try:
                source.backup(copy, pages=_PAGES_AT_ONCE, progress=look, sleep=0.02)
            except _BegunAnewError:
                # Whoever writes waits for this reading; it is given up before they would give up.
                latest = time.monotonic() + BUSY_SECONDS / 2
                least_left = None
                with transaction(source, "BEGIN"):
                    source.execute("SELECT 1 FROM sqlite_schema").fetchone()
                    source.backup(copy, pages=_PAGES_AT_ONCE, progress=look)

    async def _on_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _open(self, prepare: Callable[[sqlite3.Connection], None]) -> None:
        with translated(self._path):
            refuse_link(self._path)
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # SQLite would create the file as the umask has it, as a rule readable by everybody.
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
            # Without isolation_level=None Python begins transactions of its own before a write.
            database = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
            try:
                # secure_delete: else a name that was deleted stays readable in the file's free pages.
                for pragma in ("journal_mode=TRUNCATE", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
                    database.execute(f"PRAGMA {pragma}")
                prepare(database)
            except BaseException:
                database.close()
                raise
            self._database = database

    def _close_opened(self) -> None:
        database, self._database = self._database, None
        if database is not None:
            database.close()

    async def _in_transaction(self, begin: str, work: Callable[[sqlite3.Connection], T]) -> T:
        database = self._database
        if database is None:
            raise StorageError("file_closed", path=str(self._path))

        def carry_out() -> T:
            with translated(self._path), transaction(database, begin):
                return work(database)

        return await self._on_thread(carry_out)


async def in_thread(work: Callable[[GoOn], T]) -> T:
    """Run `work` on a thread of its own, and end it at its next GoOn if nobody waits for it any more."""
    given_up = threading.Event()

    def go_on() -> None:
        if given_up.is_set():
            raise _GivenUpError

    try:
        return await asyncio.to_thread(work, go_on)
    except asyncio.CancelledError:
        given_up.set()
        raise


def refuse_link(path: Path) -> None:
    """Raise StorageError where a link stands in the place of a file: it would be followed to wherever it leads."""
    if path.is_symlink():
        raise StorageError("file_is_link", path=str(path))


def pragma(database: sqlite3.Connection, name: str) -> int:
    """Return one of the numbers that a database's header holds, such as user_version."""
    return int(database.execute(f"PRAGMA {name}").fetchone()[0])


def statements(script: str) -> list[str]:
    """Split a schema file at semicolons that end a line, keeping trigger bodies (one line each) whole."""
    return [part for part in script.split(";\n") if part.strip()]


@contextmanager
def transaction(database: sqlite3.Connection, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
    """Commit what happens inside, or roll all of it back without hiding the first error."""
    database.execute(begin)
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        # SQLite rolls back by itself when the disk is full; a second ROLLBACK would fail and hide that error.
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the errors of SQLite and of the file system into the kiosk's, about `path`."""
    try:
        yield
    except sqlite3.Error as error:
        raise _storage_error(error, path) from error
    except ValueError as error:
        # Values that come from outside are checked before: this is one that stands in the file.
        raise StorageDamagedError("row_unreadable", path=str(path)) from error
    except PermissionError as error:
        raise StorageReadOnlyError("folder_not_writable", folder=str(path.parent)) from error
    except OSError as error:
        raise _system_error(error, path) from error


def _storage_error(error: sqlite3.Error, path: Path) -> StorageError:
    # Extended names begin with the basic one: SQLITE_READONLY_DBMOVED, SQLITE_BUSY_SNAPSHOT.
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_READONLY_DBMOVED" or _is_gone(path):
        return StorageError("file_gone", path=str(path))
    match name.removeprefix("SQLITE_").split("_")[0]:
        case "FULL" | "IOERR":  # a full disk under the rollback journal is reported as IOERR_WRITE
            return StorageFullError("file_not_written", path=str(path), text=str(error))
        case "READONLY" | "CANTOPEN" | "PERM":
            return StorageReadOnlyError("file_not_writable", path=str(path))
        case "BUSY" | "LOCKED":
            return StorageBusyError("file_locked", path=str(path))
        case "CORRUPT" | "NOTADB":
            return StorageDamagedError("file_damaged", path=str(path), text=str(error))
        case _:
            return StorageDamagedError("database_failed", path=str(path), text=str(error))


def _is_gone(path: Path) -> bool:
    """Tell whether nothing lies at the path; what can't be looked at may lie there."""
    try:
        path.stat()
    except OSError as error:
        return error.errno == errno.ENOENT
    return False


def _system_error(error: OSError, path: Path) -> StorageError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StorageFullError("no_space_left", path=str(path))
    if error.errno == errno.EROFS:
        return StorageReadOnlyError("read_only_file_system", folder=str(path.parent))
    return StorageReadOnlyError("file_not_usable", path=str(path), text=error.strerror or str(error))
