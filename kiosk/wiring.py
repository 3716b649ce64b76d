"""Builds settings -> API -> journal -> flows once and closes them in reverse; front ends get a `Services` value."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.api.auth import BasicLogin, BearerToken, Credentials, OAuthClient
from kiosk.api.lockers import LockersApi, create_lockers_api
from kiosk.background.settle import Recovery
from kiosk.clock import Clock, SystemClock
from kiosk.desk.activity import Activity
from kiosk.desk.attention import Oversight
from kiosk.desk.boxes import Boxes
from kiosk.desk.console_queries import Survey
from kiosk.desk.corrections import Repairs
from kiosk.desk.health import KioskCondition
from kiosk.desk.intake import Intake
from kiosk.desk.kept_codes import KeptCodes
from kiosk.desk.lookup import Lookup
from kiosk.desk.open_lockers import OpenLockers
from kiosk.desk.privacy import Privacy
from kiosk.desk.proposals import Proposing
from kiosk.desk.reassignment import Moving
from kiosk.desk.recipient_history import Memory
from kiosk.desk.requests import WritePath
from kiosk.desk.scanning import Scans
from kiosk.desk.searching import Finding
from kiosk.desk.shelf import Holding
from kiosk.errors import ImportUnderWayError
from kiosk.facilities.door import FinderDoor
from kiosk.facilities.setup import FinderSetup
from kiosk.journal.store import Actor, Journal
from kiosk.recipients.directory import Directory
from kiosk.settings import AuthKind, Environment, Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    import httpx

    from kiosk.simulator.server import Simulator

SIMULATED_PICKUPS_PER_HOUR = 2.0
"""How lively the demo's recipients are."""


@dataclass(frozen=True)
class Services:
    """What a front end works with."""

    settings: Settings
    clock: Clock
    actor: Actor
    activity: Activity
    directory: Directory
    api: LockersApi
    journal: Journal
    lookup: Lookup
    scans: Scans
    boxes: Boxes
    finding: Finding
    intake: Intake
    kept_codes: KeptCodes
    open_lockers: OpenLockers
    moving: Moving
    memory: Memory
    proposing: Proposing
    holding: Holding
    oversight: Oversight
    recovery: Recovery
    privacy: Privacy
    repairs: Repairs
    survey: Survey
    condition: KioskCondition
    facilities: FinderDoor


@asynccontextmanager
async def open_services(
    settings: Settings,
    *,
    clock: Clock | None = None,
    actor: str | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[Services]:
    """Open everything a front end needs; raises SettingsError or StorageError.

    `actor` is who acts (the desk's user where nobody is named). In tests `transport` stands in for the network, and
    `sleep` for the waits before something is asked again.
    """
    clock = clock or SystemClock()
    activity = Activity()
    async with (
        Journal(settings.data_dir, environment=settings.environment.value, clock=clock) as journal,
        Directory(settings.data_dir) as directory,
    ):
        await _fill_the_demos(directory, settings, clock)
        simulator = await asyncio.to_thread(_start_simulator, settings, clock) if settings.embeds_simulator else None
        try:
            address = simulator.url if simulator else None
            credentials = _credentials(settings, address)
            async with (
                create_lockers_api(
                    url=settings.lockers_url(address),
                    credentials=credentials,
                    clock=clock,
                    connect_seconds=settings.lockers.connect_seconds,
                    read_seconds=settings.lockers.read_seconds,
                    transport=transport,
                    on_connection=activity.connected,
                    sleep=sleep,
                ) as api,
                FinderDoor(FinderSetup(settings, address, credentials, clock, transport, sleep)) as facilities,
            ):
                write_path = WritePath(api, journal, activity, user_id=settings.user_id, sleep=sleep)
                yield _wire(settings, clock, actor, activity, directory, api, journal, write_path, facilities)
        finally:
            if simulator:
                await asyncio.to_thread(simulator.stop)


def _wire(  # noqa: PLR0913, PLR0917 - the parts, in the order in which they were opened
    settings: Settings,
    clock: Clock,
    actor: str | None,
    activity: Activity,
    directory: Directory,
    api: LockersApi,
    journal: Journal,
    write_path: WritePath,
    facilities: FinderDoor,
) -> Services:
    oversight = Oversight(api, journal)
    privacy = Privacy(journal, directory, clock, days=settings.storage.personal_days)
    lookup = Lookup(api, journal, clock, location_id=settings.desk.location_id)
    reservation_for = timedelta(hours=settings.desk.reservation_hours)
    intake = Intake(
        journal,
        write_path,
        lookup,
        directory,
        clock,
        reservation_for=reservation_for,
        keep_codes_for=timedelta(minutes=settings.desk.code_minutes),
    )
    kept_codes = KeptCodes(journal, intake, clock)
    open_lockers = OpenLockers(journal, write_path, lookup, clock, reservation_for=reservation_for)
    memory = Memory(journal)
    holding = Holding(journal, lookup)
    scans = Scans(journal, own_prefix=settings.desk.own_prefix)
    return Services(
        settings=settings,
        clock=clock,
        actor=Actor(name=actor or settings.user_id, kiosk=settings.desk.name),
        activity=activity,
        directory=directory,
        api=api,
        journal=journal,
        lookup=lookup,
        scans=scans,
        boxes=Boxes(journal, scans),
        finding=Finding(journal, scans),
        intake=intake,
        kept_codes=kept_codes,
        open_lockers=open_lockers,
        moving=Moving(journal, intake),
        memory=memory,
        proposing=Proposing(lookup, open_lockers, memory, default_bank=settings.desk.default_bank),
        holding=holding,
        oversight=oversight,
        recovery=Recovery(journal, write_path, oversight, activity, privacy, kept_codes, clock),
        privacy=privacy,
        repairs=Repairs(journal, write_path, intake, holding, oversight, lookup, kiosk=settings.desk.name),
        survey=Survey(journal, lookup, clock),
        condition=KioskCondition(settings, journal, lookup, activity, clock),
        facilities=facilities,
    )


def _credentials(settings: Settings, simulator: str | None) -> Credentials:
    lockers = settings.lockers
    match lockers.auth:
        case AuthKind.OAUTH:
            return OAuthClient(settings.token_url(simulator), lockers.client_id, lockers.client_secret)
        case AuthKind.BEARER:
            return BearerToken(lockers.token)
        case AuthKind.BASIC:
            return BasicLogin(lockers.client_id, lockers.client_secret)


async def _fill_the_demos(directory: Directory, settings: Settings, clock: Clock) -> None:
    """Import the simulated service's people into a demo that has none yet."""
    if settings.environment is not Environment.DEMO or directory.imported_at is not None:
        return
    from kiosk.recipients.importing import import_rows  # noqa: PLC0415 - only the demo's first start needs it
    from kiosk.recipients.reading import read_rows  # noqa: PLC0415 - the same
    from kiosk.simulator.seeds import contacts_file  # noqa: PLC0415 - the same

    with suppress(ImportUnderWayError):  # another process that starts at the same moment does it
        await asyncio.to_thread(import_rows, settings.data_dir, read_rows(contacts_file()), clock.now())
    await directory.open()


def _start_simulator(settings: Settings, clock: Clock) -> Simulator:
    from kiosk.simulator.server import Simulator  # noqa: PLC0415 - only the demo needs it

    simulator = Simulator(settings.data_dir / "simulator", clock=clock, pickups_per_hour=SIMULATED_PICKUPS_PER_HOUR)
    simulator.start()
    return simulator
