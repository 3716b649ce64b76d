"""Sets the centre up, and lets desks and consoles in, each under a role of its own; as the server's administrator."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from typing import Final

from psycopg import sql
from pydantic import SecretStr

from kiosk.errors import FleetError
from kiosk.fleet.centre import STATEMENT_SECONDS, Centre, Login
from kiosk.fleet.migrations import OWNER, Migration, carry_out, migrations

DESKS: Final = "kiosk_fleet_desks"
CONSOLES: Final = "kiosk_fleet_consoles"
PROTOCOL: Final = 1
"""What this program and the centre's functions say to each other; the centre says which ones it understands."""
EVERY_SITE: Final = "*"
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,30}")


async def set_up(admin: Centre, *, personal_months: int) -> tuple[Migration, ...]:
    """Make or bring up to date everything at the centre; return what was carried out. Raises FleetError."""
    for role in (OWNER, DESKS, CONSOLES):
        if not await admin.rows("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)):
            await admin.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))
    await admin.execute(f"GRANT {OWNER} TO CURRENT_USER; CREATE SCHEMA IF NOT EXISTS fleet AUTHORIZATION {OWNER}")
    done = await carry_out(admin, migrations())
    facts = {
        "secret": secrets.token_hex(32),
        "protocol_oldest": str(PROTOCOL),
        "protocol_newest": str(PROTOCOL),
        "personal_months": str(personal_months),
    }
    for name, value in facts.items():
        await admin.execute("INSERT INTO fleet.facts VALUES (%s, %s) ON CONFLICT (name) DO NOTHING", (name, value))
    return done


async def join_desk(admin: Centre, desk: str, site: str, name: str) -> Login:
    """Let a desk in under its id, or let it in again with another password; raises FleetError."""
    login = await _role(admin, f"kiosk_desk_{desk}", DESKS)
    await admin.execute(
        "INSERT INTO fleet.desks (desk, site, name, role) VALUES (%(desk)s, %(site)s, %(name)s, %(role)s)"
        " ON CONFLICT (desk) DO UPDATE SET site = excluded.site, name = excluded.name",
        {"desk": desk, "site": site, "name": name, "role": login.role},
    )
    await admin.execute("INSERT INTO fleet.heads (desk) VALUES (%s) ON CONFLICT (desk) DO NOTHING", (desk,))
    return login


async def join_console(admin: Centre, name: str, sites: Collection[str]) -> Login:
    """Let a console look at the desks of some sites, or of every one (`*`); raises FleetError."""
    if not _NAME.fullmatch(name):
        raise FleetError("fleet_console_name", name=name)
    login = await _role(admin, f"kiosk_console_{name}", CONSOLES)
    await admin.execute("DELETE FROM fleet.onlookers WHERE role = %s", (login.role,))
    for site in sites:
        await admin.execute("INSERT INTO fleet.onlookers VALUES (%s, %s)", (login.role, site))
    return login


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
