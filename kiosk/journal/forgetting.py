"""Takes the personal fields out of past events and parcels; what remains still proves the chain.

The chain covers a salted digest of those fields, not the fields themselves.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from kiosk.errors import ParcelsPresentError, StorageDamagedError
from kiosk.journal import stored
from kiosk.journal.notices import forget_contact
from kiosk.journal.projection import read_parcel, written
from kiosk.journal.shipped import ToForget, remember_to_forget
from kiosk.journal.words import delete_words, write_words
from kiosk.parcels.digests import contact_digest, parcel_digest
from kiosk.parcels.parcel import Parcel

PIECE = 500
"""So many parcels are blanked in one transaction: a clerk's next event does not wait for ten years of them."""

READ_AT_ONCE = 10_000
"""Of so many events it is read in one go whom they tell of: 20 milliseconds."""

_BLANKED_UNTIL = "personal_blanked_until"


def forget_person(database: sqlite3.Connection, contact_id: str) -> int:
    """Blank every event and parcel that tells of a contact; return of how many parcels.

    Raises ParcelsPresentError while one of them is here.
    """
    forget_contact(database, contact_id)
    rows = database.execute(
        f"SELECT {stored.COLUMNS} FROM parcels WHERE json_extract(body, '$.contact.contact_id') = ?", (contact_id,)
    )
    parcels = [stored.exact(row) for row in rows]
    here = sorted(parcel.tracking_number for parcel in parcels if parcel.present)
    if here:
        raise ParcelsPresentError(contact_id=contact_id, tracking_numbers=tuple(here))
    # Also events of parcels that are somebody else's by now: the person was chosen by a slip and put right.
    told = database.execute(
        "SELECT desk, sequence, parcel_id FROM personal JOIN events USING (desk, sequence)"
        " WHERE ? IN (json_extract(personal.body, '$.contact.contactId'), json_extract(personal.body, '$.told'))",
        (contact_id,),
    ).fetchall()
    database.executemany(
        "DELETE FROM personal WHERE desk = ? AND sequence = ?", [(desk, sequence) for desk, sequence, _ in told]
    )
    for parcel in parcels:
        _blank_events(database, parcel.parcel_id)
        _blank_row(database, parcel)
    for parcel_id in {parcel_id for *_, parcel_id in told} - {parcel.parcel_id for parcel in parcels}:
        _take_out(database, parcel_id, contact_id)
    if told or parcels:
        let_centre_forget(database, contact_id, (parcel.parcel_id for parcel in parcels))
    return len({parcel_id for *_, parcel_id in told} | {parcel.parcel_id for parcel in parcels})


def let_centre_forget(database: sqlite3.Connection, contact_id: str, parcel_ids: Iterable[str] = ()) -> None:
    """Let the centre forget a contact, too, and what it has of their parcels that does not say for whom they are."""
    parcels = tuple(parcel_digest(parcel_id) for parcel_id in parcel_ids)
    remember_to_forget(database, ToForget(contact_digest(contact_id), parcels))


class Piece(NamedTuple):
    """What was blanked in one transaction."""

    parcels: int
    """How many told of somebody."""
    ended_before: datetime
    is_all: bool


def forget_piece(database: sqlite3.Connection, before: datetime) -> Piece:
    """Blank some of the parcels that ended before then.

    How far it came stands in the journal, so that nothing is looked at twice.
    """
    row = database.execute("SELECT value FROM facts WHERE name = ?", (_BLANKED_UNTIL,)).fetchone()
    begin, end = (row[0] if row else ""), written(before)
    rows = database.execute(
        f"SELECT {stored.COLUMNS}, changed_at FROM parcels WHERE changed_at >= ? AND changed_at < ? AND present = 0"
        " AND (json_extract(body, '$.contact') IS NOT NULL OR json_extract(body, '$.recipient_read') <> ''"
        " OR json_extract(body, '$.handed_to') <> '')"
        " ORDER BY changed_at LIMIT ?",
        (begin, end, PIECE),
    ).fetchall()
    for row in rows:
        _blank_events(database, row[0])
        try:
            _blank_row(database, stored.exact(row))
        except StorageDamagedError:
            # A row that can't be read stays as it is: made anew from the events, it is blank too.
            delete_words(database, row[0])
    is_all = len(rows) < PIECE
    # Not behind the last row: others may have changed in the same millisecond. What is blanked is not found twice.
    # max: where the clock or the setting took `end` back, the mark stays, or old parcels would be looked at again.
    until = max(begin, end) if is_all else rows[-1][-1]
    if until != begin:
        database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (_BLANKED_UNTIL, until))
    return Piece(len(rows), before if is_all else datetime.fromisoformat(until), is_all)


def told_contacts(database: sqlite3.Connection, behind: int) -> tuple[frozenset[str], int | None]:
    """Return the ids of contacts that some of the events tell of, and behind which row the next ones stand, if any."""
    rows = database.execute(
        "SELECT rowid, json_extract(body, '$.contact.contactId'), json_extract(body, '$.told') FROM personal"
        " WHERE rowid > ? ORDER BY rowid LIMIT ?",
        (behind, READ_AT_ONCE),
    ).fetchall()
    ids = frozenset(str(contact_id) for _, *both in rows for contact_id in both if contact_id)
    return ids, rows[-1][0] if len(rows) == READ_AT_ONCE else None


def present_contacts(database: sqlite3.Connection) -> frozenset[str]:
    """Return the ids of the contacts for whom a parcel is here."""
    rows = database.execute("SELECT json_extract(body, '$.contact.contact_id') FROM parcels WHERE present = 1")
    return frozenset(row[0] for row in rows if row[0])


def _blank_events(database: sqlite3.Connection, parcel_id: str) -> None:
    database.execute(
        "DELETE FROM personal WHERE (desk, sequence) IN (SELECT desk, sequence FROM events WHERE parcel_id = ?)",
        (parcel_id,),
    )


def _take_out(database: sqlite3.Connection, parcel_id: str, contact_id: str) -> None:
    """Let the row of somebody else's parcel not say any more that this contact was told of it by mistake."""
    parcel = read_parcel(database, parcel_id)
    if parcel is not None and parcel.told_to == contact_id:
        _rewrite(database, parcel.model_copy(update={"told_to": ""}))


def _blank_row(database: sqlite3.Connection, parcel: Parcel) -> None:
    _rewrite(
        database, parcel.model_copy(update={"contact": None, "recipient_read": "", "handed_to": "", "told_to": ""})
    )


def _rewrite(database: sqlite3.Connection, parcel: Parcel) -> None:
    # changed_at stays: blanking is no event of the parcel, and the mark in `forget_piece` counts on it.
    database.execute("UPDATE parcels SET body = ? WHERE parcel_id = ?", (parcel.model_dump_json(), parcel.parcel_id))
    write_words(database, parcel)
