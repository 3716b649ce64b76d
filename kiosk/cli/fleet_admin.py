"""How a command logs in at the centre as the administrator of the server.

The password is never an argument: it would stand in the list of processes. It is looked for where psql looks for it
(PGPASSWORD, `~/.pgpass`), and asked for at a terminal where the server wants one that is not there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from getpass import getpass
from typing import TypeVar

from pydantic import SecretStr

from kiosk.cli.standard_input import standard_input
from kiosk.errors import FleetError
from kiosk.fleet.centre import Centre, Login
from kiosk.fleet.joining import make_database
from kiosk.settings.fleet import Fleet
from kiosk.words.language import _

Result = TypeVar("Result")


def as_admin(
    fleet: Fleet, name: str, work: Callable[[Centre], Awaitable[Result]], *, makes_database: bool = False
) -> Result:
    """Do work at the centre as its administrator, once it is certain that they are let in; raises FleetError."""
    login = Login(name, SecretStr(""))
    try:
        asyncio.run(_come_in(fleet, login, makes_database=makes_database))
    except FleetError as error:
        if error.code != "fleet_password_needed" or not standard_input().isatty():
            raise
        login = login._replace(password=SecretStr(getpass(_("Password of {name}: ").format(name=name))))
        asyncio.run(_come_in(fleet, login, makes_database=makes_database))
    return asyncio.run(_do(fleet, login, work))


async def _come_in(fleet: Fleet, login: Login, *, makes_database: bool) -> None:
    centre = Centre(fleet, login)
    try:
        await centre.rows("SELECT 1")
    except FleetError as error:
        if error.code != "fleet_without_database" or not makes_database:
            raise
        await make_database(fleet, login)
    finally:
        await centre.close()


async def _do(fleet: Fleet, login: Login, work: Callable[[Centre], Awaitable[Result]]) -> Result:
    centre = Centre(fleet, login)
    try:
        return await work(centre)
    finally:
        await centre.close()
