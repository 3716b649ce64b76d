"""Opens what commands work with: settings, log, services, in the name of the account that runs them."""

from __future__ import annotations

import argparse
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from kiosk.cli.identity import owner
from kiosk.cli.logs import log_to
from kiosk.desk.visits import Visits
from kiosk.errors import StorageError
from kiosk.journal.store import FILE_NAME, Journal
from kiosk.parcels.people import Person
from kiosk.settings import Settings, load_settings
from kiosk.wiring import Services, open_journal, open_services


class Session(NamedTuple):
    """What a command works with, and who runs it."""

    services: Services
    person: Person

    async def begins(self, options: argparse.Namespace) -> None:
        """Record that the command begins to change something."""
        await begins(options, self.services.desk.visits, self.person)


async def begins(options: argparse.Namespace, visits: Visits, person: Person) -> None:
    """Record that a command begins to change something: which, why, from where, and in whose account."""
    await visits.command_run(options.changes, options.reason, person)


@asynccontextmanager
async def open_session(config: Path | None, *, location_id: str | None = None) -> AsyncIterator[Session]:
    """Open the services and the log; `location_id` stands in for the desk's own. Raises SettingsError, StorageError."""
    settings = load_settings(config)
    if location_id:
        desk = settings.desk.model_copy(update={"location_id": location_id})
        settings = settings.model_copy(update={"desk": desk})
    with log_to(settings.data_dir):
        person = owner(settings, os.environ)
        async with open_services(settings, person=person) as services:
            yield Session(services, person)


def existing_journal(settings: Settings) -> Journal:
    """Return the journal, to be opened; raises StorageError where there is none, instead of making one."""
    path = settings.data_dir / FILE_NAME
    if not path.exists():
        raise StorageError("no_journal", folder=str(path.parent))
    return open_journal(settings)
