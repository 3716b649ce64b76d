"""By what the parcels that are here are found while somebody types: parts of numbers, names, lockers, shelf places.

The words stand in a table of their own, folded once when an event changes the parcel, so that a key costs a few
milliseconds among ten thousand parcels.
"""

from __future__ import annotations

import sqlite3

from kiosk.folding import parts
from kiosk.journal import stored
from kiosk.parcels.parcel import Parcel
from kiosk.storage import Connection

MOST_FOUND = 50
"""Nobody reads further down a list."""

LONGEST_TEXT = 80
"""Characters of what is searched for; no number and no name is longer."""


async def search_here(connection: Connection, text: str) -> tuple[Parcel, ...]:
    """Return the parcels here in which every part of the text stands, the best first, `MOST_FOUND` at most.

    Best is what the text names whole, then what begins with it, then what ends with it; of equals the latest.
    """
    words = parts(text) if len(text) <= LONGEST_TEXT else ()
    return await connection.read(lambda database: _search(database, words)) if words else ()


def write_words(database: sqlite3.Connection, parcel: Parcel) -> None:
    """Let a parcel be found by what is known of it now; one that is gone is found no more."""
    if parcel.present:
        database.execute("INSERT OR REPLACE INTO words_of_parcels VALUES (?, ?)", (parcel.parcel_id, words_of(parcel)))
    else:
        database.execute("DELETE FROM words_of_parcels WHERE parcel_id = ?", (parcel.parcel_id,))


def words_of(parcel: Parcel) -> str:
    """Return the lines that are searched: codes without their hyphens, names with one blank between their parts."""
    codes = (parcel.tracking_number, *parcel.other_codes, parcel.shelf or "")
    place = (parcel.place.locker_unit_id, parcel.place.locker_bank_id) if parcel.place else ()
    names = (parcel.contact.name if parcel.contact else "", parcel.recipient_read)
    lines = [*("".join(parts(code)) for code in (*codes, *place)), *(" ".join(parts(name)) for name in names)]
    # A line feed on both sides of each, so that the search can tell where a line begins and ends.
    return "\n" + "\n".join(line for line in lines if line) + "\n"


def _search(database: sqlite3.Connection, words: tuple[str, ...]) -> tuple[Parcel, ...]:
    # In the table numbers have no blanks and hyphens, however they are typed.
    whole, code = " ".join(words), "".join(words)
    ranks = (f"\n{whole}\n", f"\n{code}\n", f"\n{whole}", f"\n{code}", f"{code}\n", f" {whole}")
    # By twos: a line as a whole, its beginning, and the end of a code or the beginning of a name's later part.
    # instr, not LIKE: what is typed may hold % and _.
    order = "".join(f" WHEN instr(words, ?) THEN {rank // 2}" for rank in range(len(ranks)))
    has_all = " AND ".join(["instr(words, ?)"] * len(words))
    rows = database.execute(
        f"SELECT parcel_id FROM words_of_parcels WHERE {has_all}"
        f" ORDER BY CASE{order} ELSE {len(ranks)} END, rowid DESC LIMIT ?",
        (*words, *ranks, MOST_FOUND),
    ).fetchall()
    one = f"SELECT {stored.COLUMNS} FROM parcels WHERE parcel_id = ?"
    return stored.parcels(found for row in rows if (found := database.execute(one, row).fetchone()))
