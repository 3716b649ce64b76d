"""Opens what commands work with: settings, log, services, in the name of whoever is logged in."""

from __future__ import annotations

import getpass
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from kiosk.cli.logs import log_to
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role
from kiosk.settings import Settings, load_settings
from kiosk.wiring import Services, open_services
from kiosk.words.plain import shorten

LONGEST_NAME = 64


class Session(NamedTuple):
    """What a command works with, and who runs it."""

    services: Services
    person: Person


@asynccontextmanager
async def open_session(config: Path | None, *, location_id: str | None = None) -> AsyncIterator[Session]:
    """Open the services and the log; `location_id` stands in for the desk's own. Raises SettingsError, StorageError."""
    settings = load_settings(config)
    if location_id:
        desk = settings.desk.model_copy(update={"location_id": location_id})
        settings = settings.model_copy(update={"desk": desk})
    with log_to(settings.data_dir):
        person = owner(settings)
        async with open_services(settings, person=person) as services:
            yield Session(services, person)


def owner(settings: Settings) -> Person:
    """Return who runs commands: whoever may do that in the desk's account owns the desk."""
    return Person(name=login_name() or settings.user_id, role=Role.OWNER, user_id=settings.user_id)


def login_name() -> str | None:
    """Return who is logged in, or None where the system can't tell."""
    try:
        return shorten(getpass.getuser(), LONGEST_NAME).strip() or None
    except (KeyError, OSError, ImportError):
        # Which of them comes for an account without a name depends on the version of Python.
        return None
