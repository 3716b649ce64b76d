"""One connection to the centre: opened when something is asked, given up when it breaks. The only place with a driver.

What is asked stands with whoever asks. Every failure becomes a FleetError here, and none quotes what was sent.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

import psycopg
from psycopg.rows import dict_row
from psycopg.sql import Composed
from pydantic import SecretStr

from kiosk.errors import FleetAwayError, FleetDataError, FleetError
from kiosk.settings.fleet import Fleet, Server, server_of

CONNECT_SECONDS: Final = 5
STATEMENT_SECONDS: Final = 20
"""How long one statement may take. `fleet.news` counts on it: see there."""
_REPEATS: Final = 5
"""How often a transaction is tried that the server could not bring in line with others (SQLSTATE 40001)."""

Query: TypeAlias = str | Composed


class Login(NamedTuple):
    """The role that this process logs in as."""

    role: str
    password: SecretStr


class Centre:
    """Calls of the centre's functions and looks at its tables, one after the other."""

    def __init__(self, fleet: Fleet, login: Login) -> None:
        self._parameters = _parameters(fleet, login)
        self._connection: psycopg.AsyncConnection[dict[str, Any]] | None = None
        self.connections = 0
        """How many were opened so far."""

    @property
    def is_open(self) -> bool:
        """Tell whether the last connection still stands, as far as is known here."""
        return self._connection is not None and not self._connection.closed

    async def call(self, function: str, *arguments: Any) -> Any:
        """Call a function of the centre and return its answer; raises FleetError."""
        marks = ", ".join(["%s"] * len(arguments))
        rows = await self.rows(f"SELECT fleet.{function}({marks}) AS answer", arguments)
        return rows[0]["answer"]

    async def rows(self, query: Query, values: Mapping[str, Any] | tuple[Any, ...] = ()) -> list[dict[str, Any]]:
        """Return what a query finds; raises FleetError. After one the next call connects anew."""
        try:
            for last in [*[False] * (_REPEATS - 1), True]:
                try:
                    connection = await self._connected()
                    cursor = await connection.execute(query, values)
                    return await cursor.fetchall()
                except psycopg.errors.SerializationFailure:
                    if last:
                        raise
        except psycopg.Error as error:
            await self.close()
            raise _translated(error) from None
        raise AssertionError("unreachable")

    async def execute(self, statements: Query, values: Mapping[str, Any] | tuple[Any, ...] | None = None) -> None:
        """Carry out statements that find nothing; raises FleetError. Never repeated."""
        try:
            await (await self._connected()).execute(statements, values)
        except psycopg.Error as error:
            await self.close()
            raise _translated(error) from None

    async def hashed(self, password: str, role: str) -> str:
        """Return a password as the server keeps it, which tells nothing; raises FleetError."""
        try:
            connection = await self._connected()
            return connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
        except psycopg.Error as error:
            await self.close()
            raise _translated(error) from None

    async def close(self) -> None:
        """Let the connection go; the next call opens another one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()

    async def _connected(self) -> psycopg.AsyncConnection[dict[str, Any]]:
        if self._connection is None or self._connection.closed:
            self._connection = await psycopg.AsyncConnection.connect(
                **self._parameters, autocommit=True, row_factory=dict_row
            )
            self.connections += 1
        return self._connection


def server_named(fleet: Fleet) -> Server:
    """Return the server that the settings name; raises FleetError where they name none."""
    server = server_of(fleet.server) if fleet.server else None
    if server is None:
        raise FleetError("fleet_without_server")
    return server


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine, with which no certificate is needed."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _parameters(fleet: Fleet, login: Login) -> dict[str, Any]:
    server = server_named(fleet)
    own = is_loopback(server.host)
    # Each is given, so that no PGSSLMODE or PGOPTIONS of the machine's environment decides.
    return {
        "host": server.host,
        "port": server.port,
        "dbname": server.database,
        "user": login.role,
        "password": login.password.get_secret_value(),
        "connect_timeout": CONNECT_SECONDS,
        "sslmode": "prefer" if own else "verify-full",
        "sslrootcert": _path(fleet.ca_file) or ("" if own else "system"),
        "sslcert": _path(fleet.certificate_file),
        "sslkey": _path(fleet.key_file),
        "gssencmode": "disable",
        "application_name": "parcel-kiosk",
        "options": f"-c statement_timeout={STATEMENT_SECONDS * 1000}",
    }


def _path(path: Path | None) -> str:
    return str(path) if path is not None else ""


def _translated(error: psycopg.Error) -> FleetError:
    match (error.sqlstate or "")[:2], error.sqlstate:
        case ("22" | "23" | "54", _):
            return FleetDataError(sqlstate=error.sqlstate)
        case (_, "42501"):
            return FleetError("fleet_not_allowed")
        case (_, "42883" | "42P01" | "3F000"):
            return FleetError("fleet_without_schema")
        case (_, "3D000"):
            return FleetError("fleet_without_database")
        case ("28", _):
            return FleetError("fleet_login_refused")
        case (_, "53100"):
            return FleetAwayError("fleet_disk_full")
        case (_, "25006"):
            return FleetAwayError("fleet_read_only")
        case _:
            return FleetAwayError()
