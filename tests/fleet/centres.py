"""A centre for a test: a database of its own on the running server, set up as `kiosk fleet init` does it."""

from __future__ import annotations

import asyncio
from typing import NamedTuple
from uuid import uuid4

import psycopg
from pydantic import SecretStr

from kiosk.fleet.centre import Centre, Login
from kiosk.fleet.joining import join_console, join_desk, set_up
from kiosk.settings.fleet import Fleet
from tests.fleet.postgres import ADMIN, Postgres

_TEMPLATE = "centre_template"


class NewCentre(NamedTuple):
    """A database that is set up, with no desk in it yet."""

    server: Postgres
    database: str

    @property
    def settings(self) -> Fleet:
        """Return the section that leads there."""
        return Fleet(server=f"{self.server.address}/{self.database}")

    def centre(self, login: Login | None = None) -> Centre:
        """Return a way to it, as the administrator where no other login is given."""
        return Centre(self.settings, login or Login(ADMIN, SecretStr("")))

    def admin(self) -> psycopg.Connection:
        """Return a connection with every right."""
        return self.server.admin(self.database)

    async def join(self, desk: str, site: str = "North", name: str = "Lobby") -> Login:
        """Let a desk in."""
        centre = self.centre()
        try:
            return await join_desk(centre, desk, site, name)
        finally:
            await centre.close()

    async def join_console(self, name: str, *sites: str) -> Login:
        """Let a console in."""
        centre = self.centre()
        try:
            return await join_console(centre, name, sites)
        finally:
            await centre.close()


def new_centre(server: Postgres) -> NewCentre:
    """Make one, from a template that is set up once a server."""
    with server.admin() as admin:
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", (_TEMPLATE,)).fetchone():
            admin.execute(f"CREATE DATABASE {_TEMPLATE}")
            asyncio.run(_set_up(NewCentre(server, _TEMPLATE)))
        name = f"centre_{uuid4().hex[:12]}"
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
    return NewCentre(server, name)


async def _set_up(new: NewCentre) -> None:
    centre = new.centre()
    try:
        await set_up(centre, personal_months=6)
    finally:
        await centre.close()
