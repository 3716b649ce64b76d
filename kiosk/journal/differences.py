"""Where the tables beside the events do not hold what the events say. Reads only.

Reads a file that stands still: a copy, or one that nobody else writes to.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import accumulate
from typing import NamedTuple

from kiosk.journal import replay
from kiosk.journal.chain import Row
from kiosk.journal.desks import own_desk
from kiosk.journal.projection import parcel_row, report_row, written
from kiosk.journal.replay import Replayed
from kiosk.journal.words import beginnings_of, words_of
from kiosk.parcels.desk_events import JournalImported, JournalRestored, OldParcelsBlanked, PersonForgotten
from kiosk.parcels.events import Event, UnitReported
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.records import JournalProblem
from kiosk.parcels.registry import CODES

_COLUMNS = 6
"""Of `parcels`, before the body."""


class Difference(NamedTuple):
    """One row that is not as the events say."""

    problem: JournalProblem
    table: str
    key: str
    event: int | None = None

    def __str__(self) -> str:
        """Return where it is."""
        return f"{self.table} {self.key}"


def differences(database: sqlite3.Connection, told: Callable[[int], None]) -> Iterator[Difference]:
    """Find each row that differs; `told` is called with the number of events after each parcel.

    Raises UnreadableEventError.
    """
    forgetting = _Forgetting(database)
    brought = [sequence for kind in (JournalImported, JournalRestored) for sequence, _ in _events(database, kind)]
    imported = max(brought, default=0)
    for each in replay.parcels(database):
        yield from forgetting.unexplained(each)
        if each.blanked and _knows_more(database, each.parcel):
            # Forgetting blanks the row too. Made anew from what is left, it would lose the person for good.
            yield Difference(JournalProblem.PERSONAL_MISSING, "personal", each.parcel.parcel_id, each.blanked[-1])
        else:
            yield from of_parcel(database, each)
        yield from _of_codes(database, each, imported)
        told(len(each.times))
    yield from forgetting.beyond_what_was_told()
    for table in ("parcels", "codes_of_parcels", "words_of_parcels", "codes", "kept_codes", "notices"):
        extra = database.execute(f"SELECT parcel_id FROM {table} EXCEPT SELECT parcel_id FROM events")
        yield from (Difference(JournalProblem.ROW, table, key) for (key,) in extra)
    yield from _of_beginnings(database, told)
    yield from _of_units(database)


def of_parcel(database: sqlite3.Connection, replayed: Replayed) -> Iterator[Difference]:
    """Compare the rows of one parcel."""
    parcel, key = replayed.parcel, (replayed.parcel.parcel_id,)
    row = database.execute("SELECT * FROM parcels WHERE parcel_id = ?", key).fetchone()
    if row is None or not _is_the_same(row, parcel_row(parcel, replayed.changed_at)):
        yield Difference(JournalProblem.ROW, "parcels", *key)
    codes = {code for (code,) in database.execute("SELECT code FROM codes_of_parcels WHERE parcel_id = ?", key)}
    if codes != replayed.codes:
        yield Difference(JournalProblem.ROW, "codes_of_parcels", *key)
    words = database.execute("SELECT present, words FROM words_of_parcels WHERE parcel_id = ?", key).fetchone()
    if words != (int(parcel.present), words_of(parcel)):
        yield Difference(JournalProblem.ROW, "words_of_parcels", *key)


def _knows_more(database: sqlite3.Connection, parcel: Parcel) -> bool:
    """Tell whether the row of a parcel still has a person that its events no longer have."""
    row = database.execute("SELECT body FROM parcels WHERE parcel_id = ?", (parcel.parcel_id,)).fetchone()
    try:
        known = Parcel.model_validate_json(row[0]) if row else parcel
    except ValueError:
        return False
    return (known.contact is not None and parcel.contact is None) or known.recipient_read > parcel.recipient_read


def _is_the_same(row: tuple[str | int, ...], expected: tuple[str | int, ...]) -> bool:
    if row == expected:
        return True
    # A field that a later version of this program added is missing in the text, and has its default.
    try:
        body = Parcel.model_validate_json(str(row[-1])).model_dump_json()
    except ValueError:
        return False
    return (*row[:_COLUMNS], body) == expected


def _of_codes(database: sqlite3.Connection, replayed: Replayed, imported: int) -> Iterator[Difference]:
    """Compare which pickup codes are there; what they say stands in no event."""
    key = (replayed.parcel.parcel_id,)
    waits, kept = (
        database.execute(f"SELECT 1 FROM {table} WHERE parcel_id = ?", key).fetchone() is not None
        for table in ("codes", "kept_codes")
    )
    # Neither an export nor a backup holds a pickup code, so after it the parcel waits without one.
    came_without = (replayed.code_since or 0) < imported
    if replayed.parcel.code_waiting and not waits and not came_without:
        yield Difference(JournalProblem.CODE_MISSING, "codes", *key)
    if waits and not replayed.parcel.code_waiting:
        yield Difference(JournalProblem.CODE_UNEXPLAINED, "codes", *key)
    if kept and not replayed.was_seen:
        yield Difference(JournalProblem.CODE_UNEXPLAINED, "kept_codes", *key)


def _of_beginnings(database: sqlite3.Connection, told: Callable[[int], None]) -> Iterator[Difference]:
    """Compare the index with the words that are there, whatever the events say of these; all of it is one finding."""
    expected = 0
    for arrival, words in database.execute("SELECT arrival, words FROM words_of_parcels"):
        told(0)
        beginnings = beginnings_of(words)
        expected += len(beginnings)
        marks = ", ".join("?" * len(beginnings))
        found = f"SELECT count(*) FROM beginnings_of_parcels WHERE arrival = ? AND beginning IN ({marks})"
        if database.execute(found, (arrival, *beginnings)).fetchone() != (len(beginnings),):
            yield Difference(JournalProblem.ROW, "beginnings_of_parcels", str(arrival))
            return
    if database.execute("SELECT count(*) FROM beginnings_of_parcels").fetchone() != (expected,):
        yield Difference(JournalProblem.ROW, "beginnings_of_parcels", "")


def units(database: sqlite3.Connection) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the rows of the units that clerks reported, as the events say."""
    rows: dict[tuple[str, str], tuple[str, ...]] = {}
    for at, event in _reports(database):
        if row := report_row(event, at):
            rows[row[0], row[1]] = row
    return rows


def _of_units(database: sqlite3.Connection) -> Iterator[Difference]:
    expected = units(database)
    found = {(row[0], row[1]): row for row in database.execute("SELECT * FROM reported_units")}
    for key in sorted(expected.keys() | found.keys()):
        if expected.get(key) != found.get(key):
            yield Difference(JournalProblem.ROW, "reported_units", " ".join(key))


def _reports(database: sqlite3.Connection) -> Iterator[tuple[datetime, UnitReported]]:
    for row, event in _rows(database, UnitReported):
        if isinstance(event, UnitReported):
            yield datetime.fromisoformat(row.at), event


def _events(database: sqlite3.Connection, kind: type[Event]) -> Iterator[tuple[int, Event]]:
    return ((row.sequence, event) for row, event in _rows(database, kind))


def _rows(database: sqlite3.Connection, kind: type[Event]) -> Iterator[tuple[Row, Event]]:
    rows = database.execute(
        "SELECT * FROM events WHERE desk = ? AND type = ? ORDER BY sequence", (own_desk(database), CODES[kind])
    )
    return ((row, replay.read(row, None)) for row in map(Row._make, rows))


class _Forgetting:
    """What the events say of forgetting, and so which personal fields may be gone.

    Blanking by age names its time, so each parcel is looked at. Who was forgotten on request stands nowhere, only of
    how many parcels: of so many parcels before it, and no more, fields may be gone.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        blanked = [
            (sequence, written(event.ended_before))
            for sequence, event in _events(database, OldParcelsBlanked)
            if isinstance(event, OldParcelsBlanked)
        ]
        self._at = [sequence for sequence, _ in blanked]
        self._until = list(accumulate((until for _, until in blanked), max))
        self._on_request = [
            (sequence, event.parcels)
            for sequence, event in _events(database, PersonForgotten)
            if isinstance(event, PersonForgotten)
        ]
        self._left: list[tuple[int, str]] = []
        """The last event without its personal fields of each parcel that was not blanked by age."""

    def unexplained(self, replayed: Replayed) -> Iterator[Difference]:
        """Note a parcel whose fields are gone for no reason of its own; name it where nobody was ever forgotten."""
        if not replayed.blanked or self._was_of_age(replayed):
            return
        last, parcel_id = replayed.blanked[-1], replayed.parcel.parcel_id
        if any(sequence > last for sequence, _ in self._on_request):
            self._left.append((last, parcel_id))
        else:
            yield Difference(JournalProblem.PERSONAL_MISSING, "personal", parcel_id, last)

    def beyond_what_was_told(self) -> Iterator[Difference]:
        """Name the parcels that are more than were forgotten on request."""
        for place, (last, parcel_id) in enumerate(sorted(self._left, reverse=True)):
            if place >= sum(parcels for sequence, parcels in self._on_request if sequence > last):
                yield Difference(JournalProblem.PERSONAL_MISSING, "personal", parcel_id, last)

    def _was_of_age(self, replayed: Replayed) -> bool:
        """Tell whether the parcel had ended early enough for one of the blankings after its event."""
        last = replayed.blanked[-1]
        if self._at and self._at[-1] > last and self._until[-1] >= replayed.times[-1][1]:
            return True
        # It has changed since it was blanked: what counts is how it stood then.
        return any(
            at > last and max(time for sequence, time in replayed.times if sequence < at) <= until
            for at, until in zip(self._at, self._until, strict=True)
        )
