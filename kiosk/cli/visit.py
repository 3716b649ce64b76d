"""What surrounds a visit to the console: being let in, the login and the logout, and settling what it left open."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from kiosk.cli.identity import identify
from kiosk.clock import SystemClock
from kiosk.desk.corrections import RoleNow
from kiosk.desk.session_files import Session, farewell_to, new_session
from kiosk.desk.sessions import FOLDER, Sessions
from kiosk.desk.visits import Visits
from kiosk.errors import NotAllowedError, SettingsError, StorageError
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role
from kiosk.settings import Settings, load_settings
from kiosk.wiring import Background, Services, open_journal, open_services

_log = logging.getLogger(__name__)

SETTLE_AT_THE_END_SECONDS = 2.0
"""How long a visit that ends, or whose line dropped, still looks into its own open writes."""


def let_in(settings: Settings, named: str | None) -> Person:
    """Return who this is; raises NotAllowedError, once it is recorded, for somebody without a role."""
    login = identify(settings, named, os.environ)
    if not login.is_let_in:
        asyncio.run(_record_refusal(settings, login.person))
        raise NotAllowedError("no_role", name=login.person.name)
    return login.person


def role_reader(config: Path | None, named: str | None) -> RoleNow:
    """Return what reads the role of whoever was let in from the settings as they are by then."""

    def role_now(person: Person) -> Role | None:
        try:
            login = identify(load_settings(config), named, os.environ)
        except SettingsError as error:
            _log.warning("The settings could not be read for the role of %s: %s", person.name, error)
            raise NotAllowedError("role_unreadable", name=person.name) from error
        return login.person.role if login.is_let_in else None

    return role_now


@asynccontextmanager
async def visit(
    settings: Settings, person: Person, role_now: RoleNow, session: Session | None = None
) -> AsyncIterator[Services]:
    """Open the services between the login and the logout; nobody works here unrecorded.

    Raises StorageError, and NotAllowedError for one session too many.
    """
    session = session or begin_session(person)
    background = Background.OWN_WRITES
    async with (
        open_services(settings, background=background, person=person, role_now=role_now) as services,
        recorded(services.desk.visits, services.desk.sessions, session, person),
    ):
        services.background.start()
        try:
            yield services
        finally:
            # First, so that the scheduler does not settle the same writes meanwhile.
            await services.background.stop()
            with suppress(StorageError, TimeoutError):  # what stays open is the desk's to settle then
                async with asyncio.timeout(SETTLE_AT_THE_END_SECONDS):
                    await services.settling.settle_all()


@asynccontextmanager
async def recorded(visits: Visits, sessions: Sessions, session: Session, person: Person) -> AsyncIterator[None]:
    """Hold a session between its login and its logout; raises StorageError, and NotAllowedError for one too many."""
    lock = await sessions.enter(session, person)
    try:
        # Broken off before its turn it would not be recorded, and the logout would stand alone.
        await asyncio.shield(visits.began(person))
        yield
    finally:
        try:
            await visits.ended(person)
        except StorageError as error:
            _log.warning("The logout of %s was not recorded: %s", person.name, error)
        with suppress(StorageError):  # its lock is let go by the system at the latest
            await sessions.leave(session, lock)


def begin_session(person: Person) -> Session:
    """Return a session of this process, at its terminal."""
    tty = ""
    with suppress(OSError, AttributeError, ValueError):  # no terminal, or standard input was closed
        tty = os.ttyname(sys.stdin.fileno())
    return new_session(person, tty, SystemClock().now())


def why_ended(settings: Settings, session: Session) -> NotAllowedError | None:
    """Return by whom and why a session was ended; None for one that ended by itself."""
    farewell = farewell_to(settings.data_dir / FOLDER, session)
    return NotAllowedError("session_ended", by=farewell.by, reason=farewell.reason) if farewell else None


async def _record_refusal(settings: Settings, person: Person) -> None:
    with suppress(StorageError):  # the refusal stands, also where this account can't write it down
        async with open_journal(settings) as journal:
            await Visits(journal).refused(person)
