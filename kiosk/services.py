"""Builds settings -> API -> journal -> flows once and closes them in reverse; front ends get a `Services` value."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.api.auth import BasicLogin, BearerToken, Credentials, OAuthClient
from kiosk.api.lockers import LockersApi, create_lockers_api
from kiosk.clock import Clock, SystemClock
from kiosk.errors import FinderNotSetUpError
from kiosk.flows.activity import Activity
from kiosk.flows.command import WritePath
from kiosk.flows.facilities import Facilities
from kiosk.flows.holding import Holding
from kiosk.flows.intake import Intake
from kiosk.flows.kept_answers import KeptAnswers
from kiosk.flows.lookup import Lookup
from kiosk.flows.oversight import Oversight
from kiosk.flows.recovery import Recovery
from kiosk.journal.store import Actor, Journal
from kiosk.models.facilities import FacilityVariant
from kiosk.recipients.directory import Directory, read_contacts
from kiosk.sections import host_of
from kiosk.settings import AuthKind, Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    import httpx

    from kiosk.api.facilities import FacilitiesApi
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
    facilities: Facilities


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
            async with create_lockers_api(
                url=settings.lockers_url(address),
                credentials=_credentials(settings, address),
                clock=clock,
                connect_seconds=settings.lockers.connect_seconds,
                read_seconds=settings.lockers.read_seconds,
                transport=transport,
                on_connection=activity.connected,
                sleep=sleep,
            ) as api:
                write_path = WritePath(api, journal, activity, user_id=settings.user_id, sleep=sleep)
                facilities = _finder(settings, address, clock, transport, sleep)
                try:
                    yield _wire(settings, clock, actor, activity, api, journal, write_path, facilities)
                finally:
                    await facilities.aclose()
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
    facilities: Facilities,
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


def _finder(
    settings: Settings,
    simulator: str | None,
    clock: Clock,
    transport: httpx.AsyncBaseTransport | None,
    sleep: Callable[[float], Awaitable[None]],
) -> Facilities:
    def open_api() -> FacilitiesApi:
        from kiosk.api.facilities import create_facilities_api  # noqa: PLC0415 - only who looks for facilities needs it

        url = settings.facilities_url(simulator)
        if url is None:
            raise FinderNotSetUpError(
                f"No address of the finder's service is published for the environment {settings.environment.value}.",
                hint="The administrator must set facilities.url, facilities.api_key and facilities.api_secret.",
            )
        return create_facilities_api(
            url=url,
            credentials=_finder_credentials(settings, url, simulator),
            variant=settings.facilities.variant,
            partner_id=settings.facilities.partner_id,
            clock=clock,
            connect_seconds=settings.lockers.connect_seconds,
            read_seconds=settings.lockers.read_seconds,
            transport=transport,
            sleep=sleep,
        )

    kept = KeptAnswers(settings.data_dir / "facilities")
    return Facilities(open_api, kept, clock, settings.facilities.variant)


def _finder_credentials(settings: Settings, url: str, simulator: str | None) -> Credentials:
    """Return the finder's own credentials; in the lockers' family theirs will do."""
    own = settings.facilities
    is_shipping_360 = own.variant is FacilityVariant.SHIPPING360
    if is_shipping_360 and not own.api_key:
        return _credentials(settings, simulator)
    missing = [f"facilities.{name}" for name in ("api_key", "api_secret") if not getattr(own, name)]
    if missing:
        raise FinderNotSetUpError(f"The settings lack {' and '.join(missing)}.")
    path = "/auth/api/v1/token" if is_shipping_360 else "/oauth/token"
    return OAuthClient(
        own.token_url or f"{host_of(url)}{path}",
        own.api_key,
        own.api_secret,
        scope="psapi" if is_shipping_360 else None,
        id_setting="facilities.api_key",
        url_setting="facilities.token_url",
    )


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
