"""Finds parcels by what somebody types: part of a number, a name, a locker, a shelf place, a day. Reads only.

Any part of a word is looked for among the parcels that are here and the latest few thousand. However old a parcel is,
it is found by an index: by the beginning or the end of a number, the beginning of a name, a locker, a shelf place, and
the day on which it was taken in. So a key costs the same among ten thousand parcels and among a million.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from itertools import islice
from typing import NamedTuple

from kiosk.folding import other_parts, parts
from kiosk.journal import stored
from kiosk.journal.projection import written
from kiosk.journal.words import as_code, as_name, backwards
from kiosk.parcels.days import read_day
from kiosk.parcels.parcel import Parcel
from kiosk.storage import Connection

MOST_FOUND = 50
"""Nobody reads further down a list."""

LONGEST_TEXT = 80
"""Characters of what is searched for; no number and no name is longer."""

LATEST = 5_000
"""Among so many parcels, the latest ones, any part of a word is looked for, whether they are here or gone."""

CANDIDATES = 1_000
"""So many are taken out of the index for each way in which a text can be meant, and ranked."""

OF_A_FIRST_NAME = 20_000
"""So many parcels of people with one first name are looked through for the latest: all of them, as a rule."""

_HIGHEST = "\U0010ffff"


class _Wanted(NamedTuple):
    """What was typed, as it is looked for."""

    words: tuple[str, ...]
    """Each stands somewhere in what a parcel is found by."""
    meant: tuple[str, ...]
    """The whole text, as a name and as a code."""
    present: bool | None
    limit: int


async def find_parcels(
    connection: Connection,
    text: str,
    today: date,
    *,
    present: bool | None = None,
    limit: int = MOST_FOUND,
    day_first: bool = False,
) -> tuple[Parcel, ...]:
    """Return the parcels in which every part of the text stands, the best first.

    With `present` only those that are here, or only those that are gone. Best is what the text names whole, then what
    begins with it, then what ends with it; of equals those that are here, and of these the latest. Behind them stand
    the parcels of a day that the text names; with `day_first` 4/11 is in November.
    """

    def wanted(rest: str) -> _Wanted:
        return _Wanted(parts(rest), tuple({as_name(rest): None, as_code(rest): None}), present, limit)

    def work(database: sqlite3.Connection) -> tuple[Parcel, ...]:
        # Words are kept as they are written: "Mueller" finds Müller where it finds nobody of its own.
        ways = (text, *map(" ".join, other_parts(text)))
        found = next(filter(None, (_by_words(database, wanted(way)) for way in ways)), [])
        for word in text.split():
            if len(found) < limit and (day := read_day(word, today, day_first=day_first)) is not None:
                found += _of_day(database, day, wanted(text.replace(word, " ", 1)))
        one = f"SELECT {stored.COLUMNS} FROM parcels WHERE parcel_id = ?"
        rows = (database.execute(one, (parcel_id,)).fetchone() for parcel_id in dict.fromkeys(found))
        return stored.parcels(row for row in islice(rows, limit) if row)

    return await connection.read(work) if len(text) <= LONGEST_TEXT and parts(text) else ()


def _by_words(database: sqlite3.Connection, wanted: _Wanted) -> list[str]:
    """Return the ids of those that are here and of the latest that fit; where these are too few, of older ones too."""
    newest = database.execute("SELECT max(arrival) FROM words_of_parcels").fetchone()[0] or 0
    behind = max(newest - LATEST, 0)
    latest, here = "arrival > ?", "present = 1 AND arrival <= ?"
    places = {
        None: (latest, here),
        True: ("present = 1 AND arrival > ?", here),
        False: ("present = 0 AND arrival > ?",),
    }
    found = {row for place in places[wanted.present] for row in _ranked(database, place, [behind], wanted)}
    if len(found) < wanted.limit and behind and wanted.present is not True:
        condition, values = _in_index(wanted)
        if wanted.present is False:
            condition = f"present = 0 AND {condition}"
        found.update(_ranked(database, condition, values, wanted))
    return [parcel_id for *_, parcel_id in sorted(found)]


def _ranked(
    database: sqlite3.Connection, condition: str, values: Iterable[object], wanted: _Wanted
) -> list[tuple[int, int, int, str]]:
    """Return how well each parcel fits that meets a condition, what decides among equals, and its id."""
    # instr, not LIKE: what is typed may hold % and _. Each line stands between two blanks, as each part of a name does.
    signs = [sign for text in wanted.meant for sign in (f" {text} ", f" {text}", f"{text} \n")]
    order = "".join(f" WHEN instr(words, ?) THEN {rank}" for rank in [0, 1, 2] * len(wanted.meant))
    return database.execute(
        f"SELECT CASE{order} ELSE 3 END, -present, -arrival, parcel_id FROM words_of_parcels"
        f" WHERE {condition} AND {_has_all(wanted)} ORDER BY 1, 2, 3 LIMIT ?",
        (*signs, *values, *wanted.words, wanted.limit),
    ).fetchall()


def _in_index(wanted: _Wanted) -> tuple[str, list[object]]:
    """Return a condition for what an index finds: the text as a whole, the end of a code, or its longest word."""
    begins = dict.fromkeys((*wanted.meant, max(wanted.words, key=len)))
    ways: list[str] = []
    values: list[object] = []
    for text in begins:
        # What is named whole in the order in which it came: of a common name the latest are among the candidates.
        ways.append("SELECT arrival FROM beginnings_of_parcels WHERE beginning = ? ORDER BY arrival DESC LIMIT ?")
        values += (text, CANDIDATES)
    # A first name alone begins many names: in their own order, the latest parcels would not be among the candidates.
    ways.append(
        "SELECT arrival FROM (SELECT arrival FROM beginnings_of_parcels WHERE beginning >= ? AND beginning < ? LIMIT ?)"
        " ORDER BY arrival DESC LIMIT ?"
    )
    values += (f"{wanted.meant[0]} ", f"{wanted.meant[0]} {_HIGHEST}", OF_A_FIRST_NAME, CANDIDATES)
    for text in (*begins, backwards(wanted.meant[-1])):
        ways.append("SELECT arrival FROM beginnings_of_parcels WHERE beginning >= ? AND beginning < ? LIMIT ?")
        values += (text, text + _HIGHEST, CANDIDATES)
    return f"arrival IN ({' UNION '.join(f'SELECT * FROM ({way})' for way in ways)})", values


def _of_day(database: sqlite3.Connection, day: date, wanted: _Wanted) -> list[str]:
    """Return the ids of the parcels taken in on a day, local time, that fit, the latest first."""
    begin, end = (datetime.combine(each, time_of_day.min).astimezone() for each in (day, day + timedelta(days=1)))
    present = {None: "0, 1", True: "1", False: "0"}[wanted.present]
    rows = database.execute(
        f"SELECT parcel_id FROM parcels JOIN words_of_parcels USING (parcel_id) WHERE parcels.present IN ({present})"
        f" AND taken_in_at >= ? AND taken_in_at < ? AND {_has_all(wanted)}"
        " ORDER BY taken_in_at DESC, arrival DESC LIMIT ?",
        (written(begin), written(end), *wanted.words, wanted.limit),
    )
    return [parcel_id for (parcel_id,) in rows]


def _has_all(wanted: _Wanted) -> str:
    return " AND ".join(["instr(words, ?)"] * len(wanted.words)) or "1"
