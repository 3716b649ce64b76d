"""Builds settings -> API -> journal -> flows once and closes them in reverse; front ends get a `Services` value."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from kiosk.api.auth import BasicLogin, BearerToken, Credentials, OAuthClient
from kiosk.api.lockers import LockersApi, create_lockers_api
from kiosk.clock import Clock, SystemClock
from kiosk.flows.activity import Activity
from kiosk.flows.command import WritePath
from kiosk.flows.holding import Holding
from kiosk.flows.intake import Intake
from kiosk.flows.lookup import Lookup
from kiosk.flows.oversight import Oversight
from kiosk.flows.recovery import Recovery
from kiosk.journal.store import Actor, Journal
from kiosk.recipients.directory import Directory, read_contacts
from kiosk.settings import AuthKind, Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    import httpx

    from kiosk.flows.facilities import Facilities
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
    intake: Intake
    holding: Holding
    oversight: Oversight
    recovery: Recovery
    open_finder: Callable[[], Facilities]

    @cached_property
    def facilities(self) -> Facilities:
        """The finder of facilities; loaded by the first look, because a start need not wait for it."""
        return self.open_finder()


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
    async with Journal(settings.data_dir, environment=settings.environment.value, clock=clock) as journal:
        simulator = await asyncio.to_thread(_start_simulator, settings, clock) if settings.embeds_simulator else None
        try:
            address = simulator.url if simulator else None
            credentials = _credentials(settings, address)

            def open_finder() -> Facilities:
                from kiosk import finder  # noqa: PLC0415 - only who looks for facilities needs it

                return finder.open_finder(
                    settings,
                    simulator=address,
                    lockers_credentials=credentials,
                    clock=clock,
                    transport=transport,
                    sleep=sleep,
                )

            async with create_lockers_api(
                url=settings.lockers_url(address),
                credentials=credentials,
                clock=clock,
                connect_seconds=settings.lockers.connect_seconds,
                read_seconds=settings.lockers.read_seconds,
                transport=transport,
                on_connection=activity.connected,
                sleep=sleep,
            ) as api:
                write_path = WritePath(api, journal, activity, user_id=settings.user_id, sleep=sleep)
                services = _wire(settings, clock, actor, activity, api, journal, write_path, open_finder)
                try:
                    yield services
                finally:
                    if "facilities" in vars(services):  # it was looked at
                        await services.facilities.aclose()
        finally:
            if simulator:
                await asyncio.to_thread(simulator.stop)


def _wire(  # noqa: PLR0913, PLR0917 - the parts, in the order in which they were opened
    settings: Settings,
    clock: Clock,
    actor: str | None,
    activity: Activity,
    api: LockersApi,
    journal: Journal,
    write_path: WritePath,
    open_finder: Callable[[], Facilities],
) -> Services:
    oversight = Oversight(api, journal)
    lookup = Lookup(api, journal, clock, location_id=settings.desk.location_id)
    return Services(
        settings=settings,
        clock=clock,
        actor=Actor(name=actor or settings.user_id, kiosk=settings.desk.name),
        activity=activity,
        directory=_directory(settings),
        api=api,
        journal=journal,
        lookup=lookup,
        intake=Intake(
            journal, write_path, lookup, clock, reservation_for=timedelta(hours=settings.desk.reservation_hours)
        ),
        holding=Holding(journal, lookup),
        oversight=oversight,
        recovery=Recovery(journal, write_path, oversight, activity, clock),
        open_finder=open_finder,
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


def _directory(settings: Settings) -> Directory:
    if settings.environment.value != "demo":
        return Directory()
    from kiosk.simulator.seeds import contacts_file  # noqa: PLC0415 - only the demo needs it

    return Directory(read_contacts(contacts_file()))


def _start_simulator(settings: Settings, clock: Clock) -> Simulator:
    from kiosk.simulator.server import Simulator  # noqa: PLC0415 - only the demo needs it

    simulator = Simulator(settings.data_dir / "simulator", clock=clock, pickups_per_hour=SIMULATED_PICKUPS_PER_HOUR)
    simulator.start()
    return simulator
