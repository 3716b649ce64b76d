"""What surrounds a visit to the console: being let in, the login and the logout, and settling what it left open."""

from __future__ import annotations

import asyncio
import logging
import os
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from kiosk.cli.identity import identify
from kiosk.clock import SystemClock
from kiosk.errors import NotAllowedError, StorageError
from kiosk.journal.store import Actor, Journal
from kiosk.parcels.desk_events import OperatorLoggedIn, OperatorLoggedOut, OperatorRefused
from kiosk.wiring import open_services

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from kiosk.cli.identity import Login
    from kiosk.parcels.people import Operator
    from kiosk.settings import Settings
    from kiosk.wiring import Services

SETTLE_AT_THE_END_SECONDS = 5.0
"""How long a visit that ends, or whose line dropped, still looks into its own open writes."""

SETTLE_AGAIN_AFTER_SECONDS = 60.0
"""How long settling rests after the journal could not be written."""


def let_in(settings: Settings, named: str | None) -> Operator:
    """Return who this is; raises NotAllowedError, once it is recorded, for somebody without a role."""
    login = identify(settings, named, os.environ)
    operator = login.operator
    if operator is None:
        asyncio.run(_record_refusal(settings, login))
        raise NotAllowedError(f"{login.name} has no role at this kiosk's console.")
    return operator


@asynccontextmanager
async def visit(settings: Settings, operator: Operator) -> AsyncIterator[Services]:
    """Open the services between the login and the logout; nobody works here unrecorded. Raises StorageError."""
    async with open_services(settings, actor=operator.name) as services:
        settling = asyncio.create_task(_settle(services))
        try:
            await services.journal.record(OperatorLoggedIn(role=operator.role, origin=operator.origin), services.person)
            yield services
        finally:
            settling.cancel()
            with suppress(asyncio.CancelledError):
                await settling
            with suppress(StorageError, TimeoutError):  # what stays open is the desk's to settle then
                async with asyncio.timeout(SETTLE_AT_THE_END_SECONDS):
                    await services.recovery.settle_all(services.person, only_own=True)
            try:
                await services.journal.record(OperatorLoggedOut(origin=operator.origin), services.person)
            except StorageError as error:
                logging.getLogger("kiosk").warning("The logout of %s was not recorded: %s", operator.name, error)


async def _settle(services: Services) -> None:
    """Find out what became of this visit's repairs; while it lasts nobody else may, and the desk's are the desk's."""
    while True:
        with suppress(StorageError):
            await services.recovery.run(services.person, only_own=True)
        await asyncio.sleep(SETTLE_AGAIN_AFTER_SECONDS)


async def _record_refusal(settings: Settings, login: Login) -> None:
    journal = Journal(settings.data_dir, environment=settings.environment.value, clock=SystemClock())
    with suppress(StorageError):  # the refusal stands, also where this account can't write it down
        async with journal:
            await journal.record(OperatorRefused(origin=login.origin), Actor(login.name, settings.desk.name))
