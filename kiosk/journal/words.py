"""By what parcels are found: the words of each, folded once when an event changes the parcel. Searching reads them.

What they say follows from the parcel alone, so that verifying compares them and rebuilding makes them anew.
"""

from __future__ import annotations

import re
import sqlite3

from kiosk.folding import parts
from kiosk.parcels.parcel import Parcel

END_FROM = 4
"""Codes of so many characters are found by their end too."""

BACKWARDS = "."
"""Begins a code that is written from its end; no folded word holds this sign."""

_PART = re.compile("[^ -]+")

_DETAILS = "\f"
"""What stands behind it is found among the latest parcels only."""


def write_words(database: sqlite3.Connection, parcel: Parcel) -> None:
    """Let a parcel be found by what is known of it now."""
    row = database.execute(
        "SELECT arrival, present, words FROM words_of_parcels WHERE parcel_id = ?", (parcel.parcel_id,)
    ).fetchone()
    words, present = words_of(parcel), int(parcel.present)
    if row is None:
        insert = "INSERT INTO words_of_parcels (parcel_id, present, words) VALUES (?, ?, ?) RETURNING arrival"
        (arrival,) = database.execute(insert, (parcel.parcel_id, present, words)).fetchone()
        _insert(database, arrival, beginnings_of(words))
    elif (present, words) != row[1:]:  # most events change neither
        update = "UPDATE words_of_parcels SET present = ?, words = ? WHERE arrival = ?"
        database.execute(update, (present, words, row[0]))
        before, after = beginnings_of(row[2]), beginnings_of(words)
        _delete(database, row[0], before - after)
        _insert(database, row[0], after - before)


def delete_words(database: sqlite3.Connection, parcel_id: str) -> None:
    """Let a parcel be found no more."""
    row = database.execute("SELECT arrival, words FROM words_of_parcels WHERE parcel_id = ?", (parcel_id,)).fetchone()
    if row is not None:
        _delete(database, row[0], beginnings_of(row[1]))
        database.execute("DELETE FROM words_of_parcels WHERE arrival = ?", (row[0],))


def index_words(database: sqlite3.Connection) -> None:
    """Make the index anew from the words of all parcels."""
    database.execute("DELETE FROM beginnings_of_parcels")
    for arrival, words in database.execute("SELECT arrival, words FROM words_of_parcels"):
        _insert(database, arrival, beginnings_of(words))


def words_of(parcel: Parcel) -> str:
    """Return the lines that are searched, each between two blanks.

    Codes stand there without their hyphens, names with one blank between their parts, or a hyphen where they have one.
    """
    contact, place = parcel.contact, parcel.place
    codes = map(as_code, (parcel.tracking_number, *parcel.other_codes, parcel.shelf or ""))
    locker = f"{as_code(place.locker_bank_id)} {as_code(place.locker_unit_id)}" if place else ""
    names = map(as_name, (contact.name if contact else "", parcel.recipient_read))
    details = (as_code(contact.contact_id), as_name(contact.department)) if contact else ()
    return _lines(*codes, locker, *names) + (_DETAILS + _lines(*details) if any(details) else "")


def beginnings_of(words: str) -> frozenset[str]:
    """Return what a parcel with these words is found by however old it is: lines from each part on, and ends of codes.

    As few as will do: each costs a page of the file when the parcel is recorded.
    """
    lines = [line[1:-1] for line in words.partition(_DETAILS)[0].splitlines()]
    parts_on = {line[part.start() :] for line in lines for part in _PART.finditer(line)}
    codes = (line for line in lines if len(line) >= END_FROM and " " not in line and any(map(str.isdigit, line)))
    return frozenset({*parts_on, *map(backwards, codes)})


def as_code(text: str) -> str:
    """Return a text as codes are compared, however they are typed: without blanks and hyphens."""
    return "".join(parts(text))


def as_name(text: str) -> str:
    """Return a text as names are compared: "Anne-Marie  O'Neil" becomes "anne-marie oneil"."""
    return " ".join(filter(None, ("-".join(parts(part)) for part in text.split())))


def backwards(code: str) -> str:
    """Return a code as its end is looked for."""
    return BACKWARDS + code[::-1]


def _lines(*lines: str) -> str:
    return "".join(f" {line} \n" for line in lines if line)


def _insert(database: sqlite3.Connection, arrival: int, beginnings: frozenset[str]) -> None:
    database.executemany(
        "INSERT OR IGNORE INTO beginnings_of_parcels VALUES (?, ?)", [(each, arrival) for each in sorted(beginnings)]
    )


def _delete(database: sqlite3.Connection, arrival: int, beginnings: frozenset[str]) -> None:
    database.executemany(
        "DELETE FROM beginnings_of_parcels WHERE beginning = ? AND arrival = ?",
        [(each, arrival) for each in sorted(beginnings)],
    )
