"""Brings a journal file to this program's schema; refuses files that are newer, foreign or no journal.

The files of version 0.1 (schemas 1 to 5) held words where codes stand, so they are read and written anew, in one
transaction: `version_0_1.py` says what each of their events is called now. Schema 7 gave each pickup code the intent of
the deposit that brought it; schema 8 lets parcels be found that are gone, and indexes what has expired; schema 9 keeps
what is owed to recipients and to the printer; schema 10 knows who may sign in; schema 11 finds the numbers of a parcel.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from datetime import datetime

from kiosk.errors import DeskError, StorageDamagedError, StorageForeignError
from kiosk.journal import seal, stored, version_0_1
from kiosk.journal.desks import begin_desk, own_desk
from kiosk.journal.known_time import begin_time
from kiosk.journal.projection import written
from kiosk.journal.restore import write_back
from kiosk.journal.schema import make_index, make_tables
from kiosk.journal.words import write_words
from kiosk.storage import pragma, transaction

APPLICATION_ID = 0x4B494F53
"""Marks the file as a kiosk's journal (SQLite's application_id)."""

SCHEMA_VERSION = 11

_CODES = {
    "codes": ("parcel_id", "code"),
    "kept_codes": ("parcel_id", "code", "seen_at", "keep_until"),
}
"""The tables with pickup codes, which no event holds, and what is carried over of them."""

_BEFORE_INTENTS = 6
"""The schema whose events are those of today, and whose codes did not say which deposit brought them."""

_BEFORE_EXPIRY = 7
"""The schema in which parcels that are gone were not found."""

_BEFORE_NOTICES = 8
"""The schema that kept nothing that is owed."""

_BEFORE_PEOPLE = 9
"""The schema that did not know who may sign in."""

_LAST = 2**63 - 1
"""A number that no event reaches."""

_REFERRED_TO = {"events", "parcels"}
"""Tables to which others refer: they are dropped last."""


def prepare(database: sqlite3.Connection, environment: str, now: datetime) -> None:
    """Create or migrate the schema and check that the file is ours, sound and made for this environment."""
    version = known_schema(database)
    if version < SCHEMA_VERSION:
        with transaction(database):
            # Another process may have been faster while this one waited for the lock.
            version = pragma(database, "user_version")
            if version == 0:
                _create(database, environment, now)
            elif version < SCHEMA_VERSION:
                _migrate(database, version, now)
                database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            # The tables that it covers were made anew; one that was broken afterwards stays so.
            if version <= _BEFORE_INTENTS:
                seal.renew(database)
    _check_environment(database, environment)


def known_schema(database: sqlite3.Connection) -> int:
    """Return the schema of a file, 0 for an empty one; raises StorageForeignError if it is newer, or not ours."""
    # One transaction for both: between them another process may make the file, and what it made would look foreign.
    with transaction(database, "BEGIN"):
        version, application = pragma(database, "user_version"), pragma(database, "application_id")
    if application != (APPLICATION_ID if version else 0):
        raise StorageForeignError("not_a_journal")
    if version > SCHEMA_VERSION:
        raise StorageForeignError("journal_is_newer", schema=version, known=SCHEMA_VERSION)
    return version


def _create(database: sqlite3.Connection, environment: str, now: datetime) -> None:
    # user_version is 0 in most SQLite files: only one without tables is a new one.
    if database.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,):
        raise StorageForeignError("not_a_journal")
    make_tables(database)
    database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    database.execute("INSERT INTO facts VALUES ('environment', ?)", (environment,))
    begin_desk(database)
    begin_time(database, now)
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _migrate(database: sqlite3.Connection, version: int, now: datetime) -> None:
    if version < _BEFORE_INTENTS:
        _write_anew(database, now)
    elif version == _BEFORE_INTENTS:
        _give_codes_their_intents(database)
    if version <= _BEFORE_INTENTS:
        begin_time(database, now)
        # Names that were only read off a label were passed over: every parcel is looked at once more.
        database.execute("DELETE FROM facts WHERE name = 'personal_blanked_until'")
    if _BEFORE_INTENTS <= version <= _BEFORE_EXPIRY:
        _let_parcels_be_found(database)
        make_index(database, "parcels_by_expiry")
    if _BEFORE_INTENTS <= version <= _BEFORE_NOTICES:
        make_tables(database, "notices", "notice_codes")
        for index in ("parcels_by_notice", "parcels_unreached"):
            make_index(database, index)
    if _BEFORE_INTENTS <= version <= _BEFORE_PEOPLE:
        make_tables(database, "people", "wrong_tries")
    if version >= _BEFORE_INTENTS:
        make_index(database, "codes_by_parcel")


def _let_parcels_be_found(database: sqlite3.Connection) -> None:
    """Write the words of every parcel anew, in the order in which they came."""
    database.execute("DROP TABLE words_of_parcels")
    make_tables(database, "words_of_parcels", "beginnings_of_parcels")
    for row in database.execute(f"SELECT {stored.COLUMNS} FROM parcels ORDER BY taken_in_at, rowid"):
        with suppress(StorageDamagedError):  # made anew from its events, it is found too
            write_words(database, stored.exact(row))


def _give_codes_their_intents(database: sqlite3.Connection) -> None:
    """Make the tables of the codes anew, each code with the intent of its deposit."""
    codes = _read_codes(database)
    for name in _CODES:
        database.execute(f"DROP TABLE {name}")
    make_tables(database, *_CODES)
    _write_codes(database, codes)


def _write_anew(database: sqlite3.Connection, now: datetime) -> None:
    """Replace a file of version 0.1 by its events under their codes, and the tables that follow from them."""
    database.execute("PRAGMA defer_foreign_keys = ON")
    # Read whole before its tables go: the new ones bear the same names.
    old = version_0_1.read_file(database)
    facts = database.execute("SELECT name, value FROM facts").fetchall()
    codes = _read_codes(database)
    for name in sorted(_tables(database), key=lambda each: each in _REFERRED_TO):
        # DROP TABLE fires no trigger, so the ones that keep events from being deleted do not stop it.
        database.execute(f"DROP TABLE {name}")
    make_tables(database)
    database.executemany("INSERT INTO facts VALUES (?, ?)", facts)
    begin_desk(database)
    try:
        write_back(database, version_0_1.under_codes(old, own_desk(database), written(now)))
    except version_0_1.ChainBrokenError as error:
        raise StorageDamagedError("old_journal_not_sound", event=error.sequence) from error
    except (ValueError, KeyError, TypeError, DeskError) as error:
        raise StorageDamagedError("old_journal_unreadable", text=str(error)) from error
    # Last: they refer to parcels, and each deposit that is written back deletes the code of its parcel.
    _write_codes(database, codes)


def _read_codes(database: sqlite3.Connection) -> dict[str, list[tuple[str, ...]]]:
    """Return the rows of the tables that the file has: schemas before 5 kept no codes that were seen."""
    return {
        name: database.execute(f"SELECT {', '.join(_CODES[name])} FROM {name}").fetchall()
        for name in _tables(database) & _CODES.keys()
    }


def _write_codes(database: sqlite3.Connection, codes: dict[str, list[tuple[str, ...]]]) -> None:
    for name, rows in codes.items():
        columns = ("intent_id", *_CODES[name])
        insert = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        database.executemany(insert, [(_intent_of(database, row[0]), *row) for row in rows])


def _intent_of(database: sqlite3.Connection, parcel_id: str, before: int = _LAST) -> str:
    """Return whose deposit brought the code that lies with a parcel: its own last one, unless it was handed over."""
    row = database.execute(
        "SELECT sequence, json_extract(body, '$.intentId'), json_extract(body, '$.fromParcelId') FROM events"
        " WHERE parcel_id = ? AND sequence < ? AND type IN ('parcel_deposited', 'pickup_code_handed_over')"
        " ORDER BY sequence DESC LIMIT 1",
        (parcel_id, before),
    ).fetchone()
    if row is None:
        return ""
    sequence, intent_id, from_parcel_id = row
    return _intent_of(database, from_parcel_id, sequence) if from_parcel_id else str(intent_id)


def _tables(database: sqlite3.Connection) -> set[str]:
    return {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _check_environment(database: sqlite3.Connection, environment: str) -> None:
    row = database.execute("SELECT value FROM facts WHERE name = 'environment'").fetchone()
    if row is None:
        raise StorageForeignError("journal_without_environment")
    if row[0] != environment:
        raise StorageForeignError("journal_of_other_environment", made_for=row[0], environment=environment)
