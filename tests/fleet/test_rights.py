"""What each role may do at the centre: every table and every function is gone through, those to come as well.

A role may do what is listed here and nothing else; and a desk only in its own name.
"""

from __future__ import annotations

import json
from typing import Any, Final

import psycopg
import pytest
from psycopg import sql

from kiosk.fleet.centre import Login
from kiosk.fleet.joining import CONSOLES, DESKS
from kiosk.fleet.migrations import OWNER
from tests.fleet.batches import Chain, meet, ship
from tests.fleet.centres import NewCentre
from tests.fleet.postgres import needs_postgres

pytestmark = needs_postgres
DESK, OTHER = "00112233445566aa", "00112233445566bb"

CALLED_BY_DESKS: Final = {
    "beyond",
    "contact_keys",
    "forget",
    "hint",
    "meet",
    "news",
    "own_hash",
    "own_heads",
    "root_of",
    "ship",
    "status",
}
CALLED_BY_CONSOLES: Final = {"close_alarm", "is_signed", "keys_for", "seen_desks"}
READ_BY_CONSOLES: Final = {
    "alarms",
    "branches",
    "desks",
    "events",
    "heads",
    "heads_of_days",
    "hours",
    "numbers",
    "parcels",
    "people",
    "roots",
    "unit_reports",
}
OF_NO_SITE: Final = {"roots", "heads_of_days"}
"""What a console may see of every desk: hashes, from which nothing can be read, and by which a day is proved."""
TABLE_RIGHTS: Final = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")


class World:
    """A centre with a desk at each of two sites, and a console of one of them."""

    def __init__(self, centre: NewCentre, desk: Login, other: Login, console: Login) -> None:
        self.centre, self.desk, self.other, self.console = centre, desk, other, console

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self.centre.admin() as admin:
            return admin.execute(query, values).fetchall()

    def connect(self, login: Login) -> psycopg.Connection[Any]:
        server = self.centre.server
        return psycopg.connect(
            host="127.0.0.1",
            port=server.port,
            user=login.role,
            password=login.password.get_secret_value(),
            dbname=self.centre.database,
            autocommit=True,
        )


@pytest.fixture
async def world(centre: NewCentre) -> World:
    desk, other = await centre.join(DESK, "North"), await centre.join(OTHER, "South", "Gate")
    return World(centre, desk, other, await centre.join_console("north", "North"))


TABLES: Final = """
    SELECT c.relname, r.privilege FROM pg_class c CROSS JOIN unnest(%s::text[]) AS r (privilege)
    WHERE c.relnamespace = 'fleet'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
        AND has_table_privilege(%s, c.oid, r.privilege)
"""
FUNCTIONS: Final = """
    SELECT p.proname FROM pg_proc p
    WHERE p.pronamespace = 'fleet'::regnamespace AND has_function_privilege(%s, p.oid, 'EXECUTE')
"""


def test_a_role_reads_and_calls_what_is_listed_and_nothing_else(world: World) -> None:
    def rights(role: str) -> tuple[set[tuple[str, str]], set[str]]:
        tables = {(str(table), str(right)) for table, right in world.rows(TABLES, list(TABLE_RIGHTS), role)}
        return tables, {str(name) for (name,) in world.rows(FUNCTIONS, role)}

    assert rights(world.desk.role) == (set(), CALLED_BY_DESKS)
    assert rights(world.console.role) == ({(table, "SELECT") for table in READ_BY_CONSOLES}, CALLED_BY_CONSOLES)
    with world.centre.admin() as admin:
        admin.execute("DROP ROLE IF EXISTS somebody; CREATE ROLE somebody LOGIN")
    assert rights("somebody") == (set(), set())


def test_nobody_makes_anything_in_the_schema_and_no_role_is_more_than_its_group(world: World) -> None:
    for role in (world.desk.role, world.console.role, DESKS, CONSOLES):
        ((makes,),) = world.rows("SELECT has_schema_privilege(%s, 'fleet', 'CREATE')", role)
        ((is_more,),) = world.rows(
            "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls FROM pg_roles"
            " WHERE rolname = %s",
            role,
        )
        assert (makes, is_more) == (False, False)
    groups = "SELECT array_agg(g.rolname::text) FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid"
    groups += " JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = %s"
    assert world.rows(groups, world.desk.role) == [([DESKS],)]
    assert world.rows(groups, world.console.role) == [([CONSOLES],)]


def test_everything_belongs_to_one_role_that_nobody_logs_in_as(world: World) -> None:
    owned = "SELECT DISTINCT pg_get_userbyid(relowner)::text FROM pg_class WHERE relnamespace = 'fleet'::regnamespace"
    owned += " UNION SELECT pg_get_userbyid(proowner)::text FROM pg_proc WHERE pronamespace = 'fleet'::regnamespace"
    owned += " UNION SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = 'fleet'"
    assert world.rows(owned) == [(OWNER,)]
    assert world.rows("SELECT rolcanlogin, rolsuper FROM pg_roles WHERE rolname = %s", OWNER) == [(False, False)]


def test_what_runs_with_the_owners_rights_looks_names_up_where_nobody_can_put_any(world: World) -> None:
    paths = world.rows(
        "SELECT proname, proconfig FROM pg_proc WHERE pronamespace = 'fleet'::regnamespace AND prosecdef"
    )
    assert paths
    assert {tuple(config or ()) for _, config in paths} == {("search_path=fleet, pg_temp",)}


def test_every_table_with_a_desk_is_seen_by_site(world: World) -> None:
    guarded = {str(name) for (name,) in world.rows("SELECT relname FROM pg_class WHERE relrowsecurity")}
    assert READ_BY_CONSOLES - OF_NO_SITE - guarded == set()
    with world.centre.admin() as admin:
        for table in READ_BY_CONSOLES - OF_NO_SITE - {"desks"}:
            columns = [name for (name,) in world.rows(_COLUMNS, table)]
            for desk in (DESK, OTHER):
                _fill(admin, table, columns, desk)
    with world.connect(world.console) as console:
        for table in READ_BY_CONSOLES - OF_NO_SITE:
            seen = console.execute(
                sql.SQL("SELECT DISTINCT desk FROM fleet.{}").format(sql.Identifier(table))
            ).fetchall()
            assert seen == [(DESK,)], table


_COLUMNS: Final = """
    SELECT column_name FROM information_schema.columns
    WHERE table_schema = 'fleet' AND table_name = %s AND is_nullable = 'NO' AND column_default IS NULL
"""
_VALUES: Final = {
    "desk": "%(desk)s",
    "day": "'2026-11-26'",
    "hour": "now()",
    "at": "now()",
    "since": "now()",
    "taken_in_at": "now()",
    "present": "true",
    "in_doubt": "false",
    "findings": "'{}'",
    "sequence": "1",
    "branch": "1",
    "parent": "1",
    "begins_after": "1",
    "events": "1",
}


def _fill(admin: psycopg.Connection[Any], table: str, columns: list[str], desk: str) -> None:
    """Put in a row of a desk."""
    values = ", ".join(_VALUES.get(column, f"'a {column}'") for column in columns)
    query = f"INSERT INTO fleet.{table} ({', '.join(columns)}) VALUES ({values}) ON CONFLICT DO NOTHING"  # noqa: S608 - a test's
    admin.execute(query.encode(), {"desk": desk})


async def test_a_desk_does_nothing_in_the_name_of_another(world: World) -> None:
    other, chain = world.centre.centre(world.other), Chain(OTHER)
    await meet(other, chain)
    await ship(other, OTHER, chain.events(3))
    await other.close()
    before = _everything_of(world, OTHER)
    desk = world.centre.centre(world.desk)
    assert (await meet(desk, chain)) == {"outcome": "unknown_desk"}
    assert (await ship(desk, OTHER, chain.events(1))) == {"outcome": "unknown_desk"}
    assert (await desk.call("status", OTHER, 1)) == {"outcome": "unknown_desk"}
    ((arguments,),) = world.rows(_ARGUMENTS, "news")
    assert (await desk.call("news", OTHER, *[None] * (arguments - 3), [], 10)) == {"outcome": "unknown_desk"}
    # Nor by what is in a batch that goes under its own name.
    answer = await ship(desk, DESK, Chain(OTHER).events(1))
    assert answer["outcome"] == "event_changed"
    await ship(desk, DESK, Chain(DESK).events(1), [_parcel(desk=OTHER)])
    assert _everything_of(world, OTHER) == before
    await desk.close()


_ARGUMENTS: Final = "SELECT pronargs FROM pg_proc WHERE pronamespace = 'fleet'::regnamespace AND proname = %s"


def _everything_of(world: World, desk: str) -> str:
    tables = sorted(READ_BY_CONSOLES - {"roots"})
    found = {
        table: world.rows(f"SELECT to_jsonb(t)::text FROM fleet.{table} t WHERE desk = %s ORDER BY 1", desk)  # noqa: S608 - a test's
        for table in tables
    }
    return json.dumps(found)


def _parcel(**changes: object) -> dict[str, object]:
    return {
        "parcel_id": "p1",
        "sequence": 1,
        "tracking_number": "1Z999AA10123456784",
        "state": "in_locker",
        "present": True,
        "in_doubt": False,
        "findings": [],
        "since": "2026-11-26T06:20:41Z",
        "taken_in_at": "2026-11-26T06:20:41Z",
        "numbers": ["1Z999AA10123456784"],
        **changes,
    }


async def test_nothing_that_is_sent_is_read_as_a_statement(world: World) -> None:
    desk = world.centre.centre(world.desk)
    spiteful = "'; DROP TABLE fleet.events; --"
    assert (await desk.call("meet", spiteful, 1, spiteful, '{"sequence": 0}', "2026-11-26T06:20:42Z", "[]")) == {
        "outcome": "unknown_desk"
    }
    await ship(desk, DESK, Chain(DESK).events(1, person=spiteful), [_parcel(parcel_id=spiteful)])
    assert world.rows("SELECT person FROM fleet.events") == [(spiteful,)]
    await desk.close()


def test_a_desk_can_not_put_a_table_of_its_own_in_the_place_of_one(world: World) -> None:
    with world.connect(world.desk) as desk:
        desk.execute("CREATE TEMP TABLE desks (desk text, role text)")
        desk.execute("INSERT INTO desks VALUES (%s, session_user)", (OTHER,))
        desk.execute("SET search_path = pg_temp, fleet")
        answer = desk.execute("SELECT fleet.status(%s, 1)", (OTHER,)).fetchone()
    assert answer == ({"outcome": "unknown_desk"},)
