"""Brings the centre's tables and functions to what this program needs: numbered files, each once, and only forward.

A file that was released is never changed: desks of the version before go on while a later one is carried out, so a
later file adds, and replaces functions by ones that answer as before. It changes tables in the order in which
`fleet.ship` comes to them (events before parcels), or the two could wait for each other.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Final, NamedTuple

from kiosk.errors import FleetDataError, FleetError
from kiosk.fleet.centre import Centre

OWNER: Final = "kiosk_fleet_owner"
"""The role that owns everything at the centre; nobody logs in as it."""
_LOCK_SECONDS: Final = 5


class Migration(NamedTuple):
    """One numbered file of statements."""

    number: int
    name: str
    statements: str


def migrations() -> tuple[Migration, ...]:
    """Return all that this program brings along, in their order."""
    folder = files("kiosk.fleet").joinpath("schema")
    found = (
        Migration(int(file.name[:4]), file.name.removesuffix(".sql"), file.read_text("utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".sql")
    )
    return tuple(sorted(found))


async def carry_out(admin: Centre, wanted: tuple[Migration, ...]) -> tuple[Migration, ...]:
    """Carry out those that the centre lacks, each in one transaction; return them.

    Raises FleetError, also where the centre has some that are not wanted: a newer program set it up. The schema and its
    owner are there already.
    """
    await admin.execute(
        f"SET ROLE {OWNER}; CREATE TABLE IF NOT EXISTS fleet.migrations"
        " (number int PRIMARY KEY, name text NOT NULL, at timestamptz NOT NULL DEFAULT now()); RESET ROLE"
    )
    known = await _known(admin)
    if known - {each.number for each in wanted}:
        raise FleetError("fleet_schema_newer", schema=max(known), known=max(each.number for each in wanted))
    return tuple([each for each in wanted if each.number not in known and await _carried_out(admin, each)])


async def _carried_out(admin: Centre, migration: Migration) -> bool:
    """Carry one out; tell whether it was not somebody else who did, at the same time."""
    # One script is one transaction: what it does and that it was done. Its number comes first, so that of two who carry
    # it out at once the second waits and then fails. Desks wait behind whoever waits for a table, so nobody does so for
    # long; what has its locks may take its time.
    number = migration.number
    done = f"INSERT INTO fleet.migrations VALUES ({number}, '{migration.name}');"
    limits = f"SET LOCAL lock_timeout = '{_LOCK_SECONDS}s'; SET LOCAL statement_timeout = 0;"
    try:
        await admin.execute(f"BEGIN; SET LOCAL ROLE {OWNER}; {limits} {done}\n{migration.statements}\nCOMMIT")
    except FleetDataError:
        if number not in await _known(admin):
            raise
        return False
    return True


async def _known(admin: Centre) -> set[int]:
    return {row["number"] for row in await admin.rows("SELECT number FROM fleet.migrations")}
