"""How the kiosk itself is: version, settings without secrets, storage, the log's last words, and what is healthy.

Reads only. Nothing heavy is imported here: the name of the log is wanted before the first frame.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from kiosk.errors import StorageDamagedError

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import Path

    from kiosk.desk.activity import Activity
    from kiosk.desk.call_budget import CallBudget, CallsToday
    from kiosk.desk.lockers import Lockers
    from kiosk.desk.presence import Presence
    from kiosk.desk.trusted_time import TrustedTime
    from kiosk.journal.store import Journal
    from kiosk.parcels.fleet import FleetState
    from kiosk.settings import Settings

LOG_FILE = "kiosk.log"
"""In the data folder; what it holds is decided in `kiosk/cli/logs.py`."""

LAST_ERRORS = 20
LOG_TAIL_BYTES = 64 * 1024
LITTLE_SPACE_BYTES = 200 * 1024 * 1024
"""With less than this left the disk is called nearly full; the journal grows by some 2 kB a parcel."""


class HealthSubject(StrEnum):
    """What is looked at."""

    SERVICE = "service"
    BANK = "bank"
    CALLS = "calls"
    REQUESTS = "requests"
    JOURNAL = "journal"
    CLOCK = "clock"
    DISK = "disk"
    FLEET = "fleet"
    LOG = "log"


class Health(NamedTuple):
    """How one of them is; `ok` is None where it is not known yet."""

    subject: HealthSubject
    ok: bool | None
    number: int = 0
    """Requests without a known outcome, lines of the log with a warning, or calls to the service of today."""
    most: int = 0
    """How many calls a day allows; 0: any number."""
    bank: str = ""
    fleet: FleetState | None = None
    """Of the centre of several desks."""


class Storage(NamedTuple):
    """The data folder; sizes in bytes."""

    folder: str
    journal_bytes: int
    free_bytes: int
    schema: int
    events: int
    parcels_here: int


class KioskStatus(NamedTuple):
    """The kiosk at one moment."""

    version: str
    settings: tuple[tuple[str, Any], ...]
    """Key and value; secrets are stars."""
    storage: Storage
    health: tuple[Health, ...]
    errors: tuple[str, ...]
    """Lines of the log, the latest first."""

    @property
    def fleet(self) -> FleetState | None:
        """Return how this desk and the centre get on; None where the desk is on its own."""
        return next((each.fleet for each in self.health if each.fleet is not None), None)


class KioskHealth:
    """Looks at the kiosk itself."""

    def __init__(
        self,
        settings: Settings,
        journal: Journal,
        lockers: Lockers,
        presence: Presence,
        budget: CallBudget,
        activity: Activity,
        time: TrustedTime,
    ) -> None:
        self._settings = settings
        self._journal = journal
        self._lockers = lockers
        self._presence = presence
        self._budget = budget
        self._activity = activity
        self._time = time

    def clock_behind(self) -> timedelta | None:
        """Return how far the clock is behind the locker service's; None where no other machine has answered."""
        return self._time.behind

    async def look(self) -> KioskStatus:
        """Return how things are now; asks no locker service. Raises StorageError."""
        from kiosk.journal import reading  # noqa: PLC0415 - the log's name is wanted before the journal

        folder = self._settings.data_dir
        connection = self._journal.connection
        storage = Storage(
            folder=str(folder),
            journal_bytes=await asyncio.to_thread(_size, self._journal.path),
            free_bytes=await asyncio.to_thread(lambda: shutil.disk_usage(folder).free),
            schema=await reading.schema_of(connection),
            events=await reading.last_sequence(connection),
            parcels_here=(await self._presence.count()).here,
        )
        errors = await asyncio.to_thread(_last_errors, folder / LOG_FILE)
        return KioskStatus(
            version=installed_version(),
            settings=tuple(flat(self._settings.model_dump(mode="json"))),
            storage=storage,
            health=(
                *self._service(),
                _calls(await self._budget.today()),
                _space(storage),
                await self._in_doubt(),
                self._clock(),
                await self._end(),
                *await self._fleet(),
                _log(errors),
            ),
            errors=errors,
        )

    def _service(self) -> Iterator[Health]:
        known = {"online": True, "offline": False}.get(self._activity.connection.state.value)
        yield Health(HealthSubject.SERVICE, known)
        bank = self._settings.desk.default_bank
        if bank:
            # Not read yet is not known, and no fault.
            yield Health(HealthSubject.BANK, bool(self._lockers.seen(bank)) or None, bank=bank)

    async def _end(self) -> Health:
        """Look at the last event only: what verifying finds beyond that takes long."""
        from kiosk.journal.heads import head_of  # noqa: PLC0415 - the log's name is wanted before the journal

        try:
            await head_of(self._journal.connection)
        except StorageDamagedError:
            return Health(HealthSubject.JOURNAL, ok=False)
        return Health(HealthSubject.JOURNAL, ok=True)

    async def _fleet(self) -> tuple[Health, ...]:
        """Tell how this desk and the centre get on; nothing where the desk is on its own."""
        from kiosk.journal.shipped import state_of  # noqa: PLC0415 - the log's name is wanted before the journal

        if not self._settings.fleet.server:
            return ()
        state = await state_of(self._journal.connection)
        known = None if state.told_at is None and state.away_since is None else state.cause is None
        return (Health(HealthSubject.FLEET, known, number=state.waiting, fleet=state),)

    async def _in_doubt(self) -> Health:
        count = sum(parcel.is_in_doubt for parcel in await self._journal.unfinished())
        return Health(HealthSubject.REQUESTS, ok=not count, number=count)

    def _clock(self) -> Health:
        return Health(HealthSubject.CLOCK, ok=self._time.jump is None)


def installed_version() -> str:
    """Return the program's version, or nothing where it runs without having been installed."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - a tenth of the first frame's time

    try:
        return version("parcel-kiosk")
    except PackageNotFoundError:
        return ""


def flat(values: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Name each setting by its whole key; pydantic has put stars in place of the secrets."""
    for name, value in values.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", "" if value is None else value


def _calls(today: CallsToday) -> Health:
    return Health(HealthSubject.CALLS, ok=not today.nearly_used_up, number=today.used, most=today.per_day)


def _space(storage: Storage) -> Health:
    return Health(HealthSubject.DISK, storage.free_bytes > LITTLE_SPACE_BYTES)


def _log(errors: tuple[str, ...]) -> Health:
    return Health(HealthSubject.LOG, ok=not errors, number=len(errors))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _last_errors(path: Path) -> tuple[str, ...]:
    """Return the last lines of the log that begin an entry, the latest first; none where it can't be read."""
    try:
        with path.open("rb") as file:
            file.seek(max(path.stat().st_size - LOG_TAIL_BYTES, 0))
            # The tail may begin within a character.
            lines = file.read().decode("utf-8", errors="replace").splitlines()
    except OSError:
        return ()
    # An entry begins with its year; lines of a traceback, and a first line that was cut, do not.
    return tuple(line for line in reversed(lines) if line[:2] == "20")[:LAST_ERRORS]
