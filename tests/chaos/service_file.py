"""The simulator's file, seen and changed behind its back: which codes opened what, older copies, an empty bank."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kiosk.simulator.state import BUSY_SECONDS, FILE_NAME
from tests.chaos.case import Life, Place

_HISTORY = """
CREATE TABLE IF NOT EXISTS code_lives (code TEXT PRIMARY KEY, bank TEXT, unit TEXT, began REAL, ended REAL) STRICT;
CREATE TRIGGER IF NOT EXISTS code_changes AFTER UPDATE OF pickup_code ON units
WHEN NEW.pickup_code IS NOT OLD.pickup_code
BEGIN
    UPDATE code_lives SET ended = (julianday('now') - 2440587.5) * 86400.0 WHERE code = OLD.pickup_code;
    INSERT INTO code_lives
        SELECT NEW.pickup_code, NEW.bank_id, NEW.unit_id, (julianday('now') - 2440587.5) * 86400.0, NULL
        WHERE NEW.pickup_code IS NOT NULL;
END;
"""
_KEPT = """
DELETE FROM older.code_lives;
INSERT INTO older.code_lives SELECT * FROM main.code_lives;
DELETE FROM older.counters;
INSERT INTO older.counters SELECT * FROM main.counters;
UPDATE older.code_lives SET ended = coalesce(ended, (julianday('now') - 2440587.5) * 86400.0)
    WHERE code NOT IN (SELECT pickup_code FROM older.units WHERE pickup_code IS NOT NULL);
UPDATE older.code_lives SET ended = NULL WHERE code IN (SELECT pickup_code FROM older.units);
"""
_STANDING = (
    "SELECT tracking_number, bank_id, unit_id, deposited, pickup_code, contact_id, deposit_time"
    " FROM {schema}.parcels JOIN {schema}.units USING (bank_id, unit_id)"
)


def keep_history(folder: Path) -> None:
    """Note from now on which code opens which unit."""
    with _opened(folder) as database:
        database.executescript(_HISTORY)


def lives(folder: Path) -> list[Life]:
    """Return the codes that were given, each with its unit and time."""
    with _opened(folder) as database:
        rows = database.execute("SELECT code, bank, unit, began, ended FROM code_lives").fetchall()
    return [Life(code, Place(bank, unit), began, ended) for code, bank, unit, began, ended in rows]


def copy(folder: Path, to: Path) -> None:
    """Copy the file as it is at this moment, while the simulator may be at work."""
    with _opened(folder) as database, closing(sqlite3.connect(to)) as copied:
        database.backup(copied)


def put_back(folder: Path, copied: Path) -> frozenset[str]:
    """Replace the file of a simulator that does not run by an older copy of it; return the numbers this is about.

    What is beside the service's knowledge stays: the history, and the counters, so that no code is given twice.
    """
    path = folder / FILE_NAME
    with _opened(folder) as database:
        database.execute("ATTACH ? AS older", (str(copied),))
        before, after = (set(database.execute(_STANDING.format(schema=each))) for each in ("main", "older"))
        database.executescript(_KEPT)
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
    copied.replace(path)
    return frozenset(row[0] for row in before ^ after)


def empty_bank(folder: Path, bank: str) -> None:
    """Free and mend every unit of a bank of a simulator that does not run."""
    with _opened(folder) as database:
        database.execute("DELETE FROM parcels WHERE bank_id = ?", (bank,))
        database.execute(
            "UPDATE units SET in_service = 1, contact_id = NULL, user_id = NULL, reservation_time = NULL,"
            " reservation_expiry = NULL, deposit_time = NULL, deposit_expiry = NULL, pickup_code = NULL"
            " WHERE bank_id = ?",
            (bank,),
        )


@contextmanager
def _opened(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(folder / FILE_NAME, timeout=BUSY_SECONDS, isolation_level=None)) as database:
        yield database
