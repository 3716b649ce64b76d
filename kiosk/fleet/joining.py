"""Sets the centre up, and lets desks and consoles in, each under a role of its own; as the server's administrator."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from typing import Final, NamedTuple

from psycopg import sql
from pydantic import SecretStr

from kiosk.errors import FleetError
from kiosk.fleet.centre import STATEMENT_SECONDS, Centre, Login, server_named
from kiosk.fleet.migrations import OWNER, Migration, carry_out, migrations
from kiosk.settings.fleet import Fleet

DESKS: Final = "kiosk_fleet_desks"
CONSOLES: Final = "kiosk_fleet_consoles"
PROTOCOL: Final = 1
"""What this program and the centre's functions say to each other; the centre says which ones it understands."""
EVERY_SITE: Final = "*"
_MONTHS: Final = 6
_OLDEST_SERVER: Final = 13
"""The oldest PostgreSQL that is still looked after by anybody, and that has every function used."""
_EVERY_SERVER_HAS: Final = "postgres"
"""A database to log in to where there is none yet."""
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,30}")


class SetUp(NamedTuple):
    """What setting a centre up came to."""

    carried_out: tuple[Migration, ...]
    schema: int
    """The number of the last migration that it has."""
    personal_months: int


async def make_database(fleet: Fleet, login: Login) -> None:
    """Make the database that the settings name, on a server that lacks it; raises FleetError."""
    admin = Centre(fleet.model_copy(update={"server": f"{fleet.server.partition('/')[0]}/{_EVERY_SERVER_HAS}"}), login)
    try:
        name = sql.Identifier(server_named(fleet).database)
        await admin.execute(sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(name))
    finally:
        await admin.close()


async def set_up(admin: Centre, *, personal_months: int | None = None) -> SetUp:
    """Make or bring up to date everything at the centre; return what was done and how it stands. Raises FleetError.

    `personal_months` is for how long names can be read; without it, as before, and at first for half a year.
    """
    await _refuse_unfit_server(admin)
    for role in (OWNER, DESKS, CONSOLES):
        if not await admin.rows("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)):
            await admin.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))
    await admin.execute(f"GRANT {OWNER} TO CURRENT_USER; CREATE SCHEMA IF NOT EXISTS fleet AUTHORIZATION {OWNER}")
    # Else everybody could call what a later migration brings.
    await admin.execute(f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC")
    done = await carry_out(admin, migrations())
    return SetUp(done, *await _facts(admin, personal_months))


async def _refuse_unfit_server(admin: Centre) -> None:
    """Raise FleetError where names could not be kept, or functions are missing."""
    (has,) = await admin.rows(
        "SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,"
        " current_setting('server_encoding') AS encoding, current_database() AS database"
    )
    if has["number"] < _OLDEST_SERVER * 10_000:
        raise FleetError("fleet_server_too_old", version=has["version"], needed=_OLDEST_SERVER)
    if has["encoding"] != "UTF8":
        raise FleetError("fleet_not_utf_8", database=has["database"], encoding=has["encoding"])


async def _facts(admin: Centre, personal_months: int | None) -> tuple[int, int]:
    """Write down what this program brings along, and return schema and months as they stand."""
    facts = {
        "secret": secrets.token_hex(32),
        "protocol_oldest": str(PROTOCOL),
        "protocol_newest": str(PROTOCOL),
        "personal_months": str(personal_months or _MONTHS),
    }
    for name, value in facts.items():
        await admin.execute("INSERT INTO fleet.facts VALUES (%s, %s) ON CONFLICT (name) DO NOTHING", (name, value))
    # Which is the oldest protocol that it understands, only a migration can say.
    await admin.execute(
        "UPDATE fleet.facts SET value = %s WHERE name = 'protocol_newest' AND value::int < %s",
        (str(PROTOCOL), PROTOCOL),
    )
    if personal_months is not None:
        await admin.execute("UPDATE fleet.facts SET value = %s WHERE name = 'personal_months'", (str(personal_months),))
    (now,) = await admin.rows(
        "SELECT (SELECT max(number) FROM fleet.migrations) AS schema,"
        " (SELECT value::int FROM fleet.facts WHERE name = 'personal_months') AS months"
    )
    return now["schema"], now["months"]


async def join_desk(admin: Centre, desk: str, site: str, name: str) -> Login:
    """Let a desk in under its id, or let it in again with another password; raises FleetError."""
    role = f"kiosk_desk_{desk}"
    await admin.execute(
        "INSERT INTO fleet.desks (desk, site, name, role) VALUES (%(desk)s, %(site)s, %(name)s, %(role)s)"
        " ON CONFLICT (desk) DO UPDATE SET site = excluded.site, name = excluded.name, role = excluded.role",
        {"desk": desk, "site": site, "name": name, "role": role},
    )
    await admin.execute("INSERT INTO fleet.heads (desk) VALUES (%s) ON CONFLICT (desk) DO NOTHING", (desk,))
    return await _role(admin, role, DESKS)


async def join_console(admin: Centre, name: str, sites: Collection[str]) -> Login:
    """Let a console look at the desks of some sites, or of every one (`*`); raises FleetError."""
    if not _NAME.fullmatch(name):
        raise FleetError("fleet_console_name", name=name)
    role = f"kiosk_console_{name}"
    await admin.execute("DELETE FROM fleet.onlookers WHERE role = %s", (role,))
    for site in sites:
        await admin.execute(
            "INSERT INTO fleet.onlookers VALUES (%s, %s) ON CONFLICT (role, site) DO NOTHING", (role, site)
        )
    return await _role(admin, role, CONSOLES)


async def _role(admin: Centre, role: str, group: str) -> Login:
    """Make a role that logs in by a password of its own, or give the one that is there a new password."""
    password = secrets.token_urlsafe(32)
    if not await admin.rows("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)):
        await admin.execute(
            sql.SQL("CREATE ROLE {} LOGIN IN ROLE {}").format(sql.Identifier(role), sql.Identifier(group))
        )
    # Hashed here: the statement, and with it the password, may stand in the server's log.
    hashed = await admin.hashed(password, role)
    await admin.execute(
        sql.SQL("ALTER ROLE {} PASSWORD {}; ALTER ROLE {} SET statement_timeout = {}").format(
            sql.Identifier(role), sql.Literal(hashed), sql.Identifier(role), sql.Literal(f"{STATEMENT_SECONDS}s")
        )
    )
    return Login(role, SecretStr(password))
