"""Makes the rows that are not as the events say anew. Changes no event, and keeps the pickup codes that wait."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from kiosk.errors import StorageDamagedError
from kiosk.journal import replay, schema, seal
from kiosk.journal.audit import verify_events
from kiosk.journal.differences import Difference, differences, units
from kiosk.journal.projection import write_parcel
from kiosk.journal.replay import UnreadableEventError
from kiosk.journal.words import index_words, write_words
from kiosk.long_work import GoOn
from kiosk.parcels.records import JournalProblem
from kiosk.storage import Connection

_OF_PARCELS = ("parcels", "codes_of_parcels", "words_of_parcels")
_OF_SEARCH = {"words_of_parcels", "beginnings_of_parcels"}
_OF_CODES = ("codes", "kept_codes")


_LOST = {JournalProblem.CODE_MISSING, JournalProblem.PERSONAL_MISSING, JournalProblem.SEAL}
"""What stands in no event: it is said, and stays as it is."""


class Rebuilt(NamedTuple):
    """What was made anew, and what the events can't bring back; each as its problem and where it is."""

    changed: tuple[Difference, ...]
    left: tuple[Difference, ...]


async def rebuild(connection: Connection) -> Rebuilt:
    """Make each row anew that is not as the events say, once they are proved.

    Raises StorageDamagedError where the file or the chain does not hold, or an event can't be read.
    """
    found = await connection.on_copy(_found)
    changed = tuple(each for each in found if each.problem not in _LOST)
    if found:
        await connection.write(lambda database: _mend(database, changed))
    return Rebuilt(changed, tuple(each for each in found if each.problem in _LOST))


def _found(copy: sqlite3.Connection, go_on: GoOn) -> list[Difference]:
    verdict = verify_events(copy, lambda _: go_on())
    if verdict.problem is not None:
        raise StorageDamagedError(verdict.problem.value, event=verdict.first_bad, about=verdict.about)
    found = [Difference(JournalProblem.SCHEMA, "schema", name) for name in schema.mend(copy)]
    if not seal.is_whole(copy):
        found.append(Difference(JournalProblem.SEAL, "facts", "seal"))
    try:
        found += differences(copy, lambda _: go_on())
    except UnreadableEventError as error:
        raise StorageDamagedError(JournalProblem.UNREADABLE.value, event=error.sequence) from error
    return found


def _mend(database: sqlite3.Connection, changed: Iterable[Difference]) -> None:
    database.execute("PRAGMA defer_foreign_keys = ON")
    schema.mend(database)
    tables: defaultdict[str, set[str]] = defaultdict(set)
    for each in changed:
        if each.table in _OF_PARCELS:
            tables[each.key].add(each.table)
    # First of all of them: what stands there now may keep the right row of another one out.
    database.executemany("UPDATE parcels SET present = 0 WHERE parcel_id = ?", [(parcel_id,) for parcel_id in tables])
    for parcel_id in tables:
        _make_anew(database, parcel_id, tables[parcel_id])
    if any(each.table in _OF_SEARCH for each in changed):
        index_words(database)
    for each in changed:
        if each.table in _OF_CODES:
            database.execute(f"DELETE FROM {each.table} WHERE parcel_id = ?", (each.key,))
    database.execute("DELETE FROM reported_units")
    database.executemany("INSERT INTO reported_units VALUES (?, ?, ?, ?)", units(database).values())
    seal.renew(database)


def _make_anew(database: sqlite3.Connection, parcel_id: str, tables: set[str]) -> None:
    replayed = replay.parcel(database, parcel_id)
    if replayed is None:
        for table in (*_OF_CODES, *reversed(_OF_PARCELS)):
            database.execute(f"DELETE FROM {table} WHERE parcel_id = ?", (parcel_id,))
        return
    write_parcel(database, replayed.parcel, replayed.changed_at)
    if "words_of_parcels" in tables:
        write_words(database, replayed.parcel)
    if "codes_of_parcels" in tables:
        database.execute("DELETE FROM codes_of_parcels WHERE parcel_id = ?", (parcel_id,))
        codes = [(code, parcel_id) for code in replayed.codes]
        database.executemany("INSERT INTO codes_of_parcels VALUES (?, ?)", codes)
