"""The journals of all desks as one: the newest first, page by page, by person, kind of event, number, time and desk.

Every question is answered by an index and a bounded number of rows, so that it costs the same after years.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NamedTuple

from kiosk.fleet.centre import Centre
from kiosk.fleet.finding import HIGHEST
from kiosk.fleet.records import COLUMNS, FleetRecord, record_of
from kiosk.parcels.registry import EVENTS

MOST: Final = 50
"""People, desks or parcels that a search may mean: the index is asked for each of them."""


class Wanted(NamedTuple):
    """What an event has to be like; what is empty leaves nothing out."""

    person: str = ""
    """A part of the name."""
    kind: str = ""
    """A word of the event's code, such as "deposited"."""
    kinds: frozenset[str] = frozenset()
    """The codes of those that the word names in another way."""
    number: str = ""
    """The beginning of a parcel's number."""
    desk: str = ""
    """A part of a desk's name or site."""
    until: datetime | None = None
    """No later ones."""


async def search(
    centre: Centre, wanted: Wanted, *, limit: int, after: FleetRecord | None = None
) -> tuple[FleetRecord, ...] | None:
    """Return the newest events that are as wanted, or those behind `after`, the newest first; raises FleetError.

    None where more than 50 people, desks or parcels are meant.
    """
    clause, values = "true", dict[str, Any]()
    if after is not None:
        clause = "e.at <= %(at)s AND (e.at, e.desk, e.branch, e.sequence) < (%(at)s, %(of)s, %(branch)s, %(number)s)"
        record = after.record
        values = {"at": after.happened_at, "of": record.desk, "branch": after.branch, "number": record.sequence}
    elif wanted.until is not None:
        clause, values = "e.at <= %(until)s", {"until": wanted.until}
    meant = await _meant(centre, wanted)
    if any(len(each) > MOST for column, each in meant.items() if column != "type"):
        return None
    if not all(meant.values()):
        return ()
    rows = await centre.rows(_query(tuple(meant), clause), {**values, **meant, "limit": limit})
    return tuple(map(record_of, rows))


async def _meant(centre: Centre, wanted: Wanted) -> dict[str, list[str]]:
    """Return which values of which columns are wanted: looked for among the few that there are of each."""
    meant: dict[str, list[str]] = {}
    if wanted.number:
        number = "".join(wanted.number.split()).upper()
        meant["parcel_id"] = await _values(centre, _PARCELS, begins=number, to=number + HIGHEST)
    if wanted.person:
        meant["person"] = await _values(centre, _PEOPLE, text=wanted.person)
    desks = await _values(centre, _DESKS, text=wanted.desk)
    # Whoever sees a few desks only is spared looking through what all the others did.
    if wanted.desk or (not meant and 0 < len(desks) <= MOST):
        meant["desk"] = desks
    if wanted.kind or not meant:
        words = wanted.kind.casefold().replace(" ", "_")
        meant["type"] = [code for code in EVENTS if words in code or code in wanted.kinds]
    return meant


async def _values(centre: Centre, query: str, **values: str) -> list[str]:
    """Return what a query finds, one more than are allowed at most; a whole name hides those that it is a part of."""
    rows = await centre.rows(f"{query} LIMIT {MOST + 1}", values)
    whole = [row for row in rows if row["whole"]]
    return list(dict.fromkeys(row["value"] for row in whole or rows))


def _query(columns: tuple[str, ...], clause: str) -> str:
    """Return a query that takes the newest events out of an index for each combination of values, then those of all.

    One condition for all values would read every event that fits one of them.
    """
    led = next(each for each in _INDEXES if set(each) <= set(columns))
    combined = ", ".join(f"unnest(%({column})s::text[]) AS {column}_" for column in led)
    rest = (f"e.{column} = ANY (%({column})s::text[])" for column in columns if column not in led)
    fits = " AND ".join([clause, "e.at IS NOT NULL", *(f"e.{column} = {column}_" for column in led), *rest])
    newest = "ORDER BY e.at DESC, e.desk DESC, e.branch DESC, e.sequence DESC LIMIT %(limit)s"
    each = f"SELECT e.* FROM fleet.events e WHERE {fits} {newest}"
    of_all = f"SELECT e.* FROM {combined}, LATERAL ({each}) AS e {newest}"
    return f"SELECT {COLUMNS} FROM ({of_all}) AS e JOIN fleet.desks d ON d.desk = e.desk {newest}"


_INDEXES: Final = (("parcel_id",), ("person", "type"), ("person",), ("desk", "type"), ("desk",), ("type",))
"""Which columns lead, those with the fewest events first."""

_PARCELS: Final = """
SELECT parcel_id AS value, number = %(begins)s AS whole FROM fleet.numbers
WHERE number >= %(begins)s AND number <= %(to)s ORDER BY number
"""
_PEOPLE: Final = """
SELECT DISTINCT person AS value, lower(person) = lower(%(text)s) AS whole FROM fleet.people
WHERE strpos(lower(person), lower(%(text)s)) > 0 ORDER BY whole DESC
"""
_DESKS: Final = """
SELECT desk AS value, lower(name) = lower(%(text)s) OR lower(site) = lower(%(text)s) AS whole FROM fleet.desks
WHERE strpos(lower(name), lower(%(text)s)) > 0 OR strpos(lower(site), lower(%(text)s)) > 0 ORDER BY whole DESC
"""
