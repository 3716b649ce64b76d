"""The SQLite file that holds the simulated world: opening it, and one transaction at a time.

Several threads and several processes share the file; what the rows mean is said in `schema.sql`.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.errors import SettingsError, StorageDamagedError, StorageForeignError

FILE_NAME = "simulator.sqlite"
BUSY_SECONDS = 30.0
SCHEMA_VERSION = 1


class State:
    """The world in one file. `seed` fills it, within the transaction that makes the file."""

    def __init__(self, data_dir: Path, seed: Callable[[sqlite3.Connection], None]) -> None:
        self._lock = threading.Lock()
        self._path = path = data_dir / FILE_NAME
        try:
            if not data_dir.is_dir():
                data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            # SQLite would make the file with the rights of the umask, and pickup codes are in it.
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            # Python's own transactions would begin later, and not IMMEDIATE. All threads use this connection in turn.
            self._db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
            try:
                self._prepare(seed)
            except BaseException:
                self._db.close()
                raise
        # OperationalError first: it is a DatabaseError too, but a locked or missing file is not a damaged one.
        except (OSError, sqlite3.OperationalError) as error:
            raise SettingsError("simulator_folder_unusable", folder=str(data_dir), text=str(error)) from error
        except sqlite3.DatabaseError as error:
            raise StorageDamagedError("simulator_file_unreadable", path=str(path), text=str(error)) from error

    def _prepare(self, seed: Callable[[sqlite3.Connection], None]) -> None:
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode = TRUNCATE")
        # Simulated data must outlive a killed process, not a power cut.
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute("PRAGMA foreign_keys = ON")
        with self.transaction() as db:
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                # executescript() would commit, and let another process see the tables without their rows.
                for statement in Path(__file__).with_name("schema.sql").read_text("utf-8").split(";\n"):
                    db.execute(statement)
                seed(db)
                db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            elif version != SCHEMA_VERSION:
                raise StorageForeignError(
                    "simulator_of_other_version", path=str(self._path), schema=version, known=SCHEMA_VERSION
                )

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Keep everyone else out, also other processes; commit at the end, or undo all on an error."""
        with self._lock:
            # A transaction that first reads and then writes may fail at once as busy, instead of waiting for its turn.
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            self._db.close()


def count_up(db: sqlite3.Connection, name: str) -> int:
    """Add one to a counter that all processes share, and return its new value."""
    sql = "INSERT INTO counters VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value"
    return int(db.execute(sql, (name,)).fetchone()[0])


def counter(db: sqlite3.Connection, name: str) -> float:
    """Return a counter's value, 0 if it was never set."""
    row = db.execute("SELECT value FROM counters WHERE name = ?", (name,)).fetchone()
    return float(row[0]) if row else 0.0


def set_counter(db: sqlite3.Connection, name: str, value: float) -> None:
    """Set a shared counter."""
    db.execute(
        "INSERT INTO counters VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value)
    )
