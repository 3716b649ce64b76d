"""One connection to the centre: opened when something is asked, given up when it breaks. The only place with a driver.

What is asked stands with whoever asks. Every failure becomes a FleetError here, and none quotes what was sent.
"""

from __future__ import annotations

import asyncio
import ipaddress
import time
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

import psycopg
from psycopg.rows import dict_row
from psycopg.sql import Composed
from pydantic import SecretStr

from kiosk.errors import FleetAwayError, FleetError
from kiosk.fleet.certificates import authorities, refuse_unreadable_files, why_refused
from kiosk.fleet.failures import CERTIFICATE_REFUSED, translated
from kiosk.settings.fleet import Fleet, Server, server_of

CONNECT_SECONDS: Final = 5
STATEMENT_SECONDS: Final = 20
"""How long one statement may take. `fleet.news` counts on it: see there."""
_ANSWER_SECONDS: Final = STATEMENT_SECONDS + 5
"""For how long an answer is waited for: a server that hangs ends no statement."""
_REPEATS: Final = 5
"""How often a transaction is tried that the server could not bring in line with others (40001, or a deadlock)."""

Query: TypeAlias = str | Composed


class Login(NamedTuple):
    """The role that this process logs in as."""

    role: str
    password: SecretStr


class Centre:
    """Calls of the centre's functions and looks at its tables, one after the other.

    A `login` that is a function is asked at each connection, so that one which was replaced counts without a new start.
    """

    def __init__(self, fleet: Fleet, login: Login | Callable[[], Login]) -> None:
        self._fleet = fleet
        self._login = login if callable(login) else lambda: login
        self._role = ""
        self._connection: psycopg.AsyncConnection[dict[str, Any]] | None = None
        self._listening: psycopg.AsyncConnection[dict[str, Any]] | None = None
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
        for last in [*[False] * (_REPEATS - 1), True]:
            try:
                return await _in_time(self._found(query, values))
            except (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected) as error:
                if last:
                    raise await self._failed(error) from None
            except psycopg.Error as error:
                raise await self._failed(error) from None
            except (FleetError, asyncio.CancelledError):
                await self.close()
                raise
        raise AssertionError("unreachable")

    async def execute(self, statements: Query, values: Mapping[str, Any] | tuple[Any, ...] | None = None) -> None:
        """Carry out statements that find nothing, however long they take; raises FleetError. Never repeated."""
        try:
            await (await self._connected()).execute(statements, values)
        except psycopg.Error as error:
            raise await self._failed(error) from None

    async def hashed(self, password: str, role: str) -> str:
        """Return a password as the server keeps it, which tells nothing; raises FleetError."""
        try:
            connection = await self._connected()
            return connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
        except psycopg.Error as error:
            raise await self._failed(error) from None

    async def hint(self, seconds: float) -> None:
        """Return when the centre hints that something changed, and after so many seconds at the latest.

        It has a connection of its own, which waits. Where there are no hints, by a server that knows none or one that
        is away, all of the time passes.
        """
        begun = time.monotonic()
        try:
            if self._listening is None or self._listening.closed:
                self._listening = await self._connect()
                await self._listening.execute("LISTEN fleet")
            async for _ in self._listening.notifies(timeout=seconds, stop_after=1):
                return
        except (psycopg.Error, FleetError):
            await asyncio.sleep(max(seconds - (time.monotonic() - begun), 0))

    async def close(self) -> None:
        """Let the connections go; the next call opens another one."""
        connections = (self._connection, self._listening)
        self._connection = self._listening = None
        for connection in connections:
            if connection is not None:
                await connection.close()

    async def _found(self, query: Query, values: Mapping[str, Any] | tuple[Any, ...]) -> list[dict[str, Any]]:
        connection = await self._connected()
        cursor = await connection.execute(query, values)
        return await cursor.fetchall()

    async def _connected(self) -> psycopg.AsyncConnection[dict[str, Any]]:
        if self._connection is None or self._connection.closed:
            self._connection = await self._connect()
            self.connections += 1
        return self._connection

    async def _connect(self) -> psycopg.AsyncConnection[dict[str, Any]]:
        login = self._login()
        self._role = login.role
        parameters = _parameters(self._fleet, login)
        refuse_unreadable_files(self._fleet)
        return await psycopg.AsyncConnection.connect(**parameters, autocommit=True, row_factory=dict_row)

    async def _failed(self, error: psycopg.Error) -> FleetError:
        """Let the connection go, and return what its failure means."""
        await self.close()
        server = server_named(self._fleet)
        if error.sqlstate is None and CERTIFICATE_REFUSED.search(str(error)):
            return await why_refused(server, authorities(self._fleet), CONNECT_SECONDS)
        return translated(error, role=self._role, database=server.database)


async def _in_time(work: Coroutine[Any, Any, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return what comes of it; raises FleetAwayError where nothing does in time. Once this ends, so has the work."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task}, timeout=_ANSWER_SECONDS)
        if not task.done():
            raise FleetAwayError("fleet_silent")
        return task.result()
    finally:
        # The driver first tells a server to stop, and waits for its answer as long again; the second word ends that.
        while not task.done():
            task.cancel()
            await asyncio.wait({task}, timeout=0.05)
        if not task.cancelled():
            task.exception()  # told by whoever raised what ended the wait


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
    is_verified = fleet.ca_file is not None or not is_loopback(server.host)
    # Each is given, so that no PGSSLMODE or PGOPTIONS of the machine's environment decides. A password that is not
    # known is looked for where PostgreSQL's own programs look for it.
    return {
        "host": server.host,
        "hostaddr": "",
        "port": server.port,
        "dbname": server.database,
        "user": login.role,
        "password": login.password.get_secret_value() or None,
        "connect_timeout": CONNECT_SECONDS,
        "sslmode": "verify-full" if is_verified else "prefer",
        "sslrootcert": authorities(fleet) if is_verified else "",
        "sslcert": _path(fleet.certificate_file),
        "sslkey": _path(fleet.key_file),
        "gssencmode": "disable",
        "client_encoding": "UTF8",
        "application_name": "parcel-kiosk",
        "options": f"-c statement_timeout={STATEMENT_SECONDS * 1000}",
    }


def _path(path: Path | None) -> str:
    return str(path) if path is not None else ""
