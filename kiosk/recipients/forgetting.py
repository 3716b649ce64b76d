"""Removes people from the directory so that nothing of them is left in its file."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from datetime import datetime

from kiosk.recipients.importing import INDEXED

READ_AT_ONCE = 10_000
"""So many ids are read in one go; a search waits for no more."""


def forget(database: sqlite3.Connection, contact_id: str) -> bool:
    """Remove one contact from the table, the indexes and the uses; tell whether there was one."""
    for table in ("uses", "addresses"):
        database.execute(f"DELETE FROM {table} WHERE contact_id = ?", (contact_id,))
    row = database.execute(
        "SELECT place, words, inactive_since FROM contacts WHERE contact_id = ?", (contact_id,)
    ).fetchone()
    if row is None:
        return False
    place, words, inactive_since = row
    # Only the active are indexed, and taking out what was never put in damages an index of FTS5.
    if inactive_since is None:
        _take_out_of_indexes(database, place, words)
        database.execute("UPDATE facts SET value = value - 1 WHERE name = 'size'")
    database.execute("DELETE FROM contacts WHERE place = ?", (place,))
    return True


def ids_behind(database: sqlite3.Connection, contact_id: str) -> tuple[str, ...]:
    """Return the next ids, in their order, of which something stands in the file; none at the end."""
    next_ones = "SELECT contact_id FROM {} WHERE contact_id > :id ORDER BY contact_id LIMIT :most"
    each = (f"SELECT * FROM ({next_ones.format(table)})" for table in ("contacts", "uses", "addresses"))
    wanted = {"id": contact_id, "most": READ_AT_ONCE}
    rows = database.execute(f"{' UNION '.join(each)} ORDER BY 1 LIMIT :most", wanted)
    return tuple(str(found) for (found,) in rows)


def forget_inactive(database: sqlite3.Connection, before: datetime, keep: Collection[str]) -> int:
    """Remove those who became inactive before then and are not to be kept; return how many."""
    rows = database.execute("SELECT contact_id FROM contacts WHERE inactive_since < ?", (before.isoformat(),))
    gone = [contact_id for (contact_id,) in rows if contact_id not in keep]
    return sum(forget(database, contact_id) for contact_id in gone)


def _take_out_of_indexes(database: sqlite3.Connection, place: int, words: str) -> None:
    for table, indexed in INDEXED.items():
        database.execute(
            # An index without content forgets an entry only if it is told its exact words: the row must still be there.
            f"INSERT INTO {table} ({table}, rowid, words)"
            f" SELECT 'delete', place, {indexed} FROM contacts WHERE place = ?",
            (place,),
        )
        # Else the words stay in the file until some later merge.
        database.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
    for word in words.split():
        if not database.execute("SELECT 1 FROM names WHERE names MATCH ? LIMIT 1", (f'"{word}"',)).fetchone():
            database.execute("DELETE FROM vocabulary WHERE word = ?", (word,))
