"""Builds settings -> API -> journal -> desk once and closes them in reverse; front ends get a `Services` value."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING

from kiosk.api.auth import BasicLogin, BearerToken, Credentials, OAuthClient
from kiosk.api.lockers import LockersApi, create_lockers_api
from kiosk.background.clock import WatchClock
from kiosk.background.codes import ExpireCodes
from kiosk.background.scheduler import Job, Scheduler
from kiosk.background.second_look import SecondLook
from kiosk.background.settle import Settle
from kiosk.clock import Clock, SystemClock
from kiosk.desk.activity import Activity
from kiosk.desk.boxes import Boxes
from kiosk.desk.console_queries import ConsoleQueries
from kiosk.desk.corrections import Corrections
from kiosk.desk.desk import Desk
from kiosk.desk.findings import Findings
from kiosk.desk.health import KioskHealth
from kiosk.desk.intake import Intake
from kiosk.desk.lockers import Lockers
from kiosk.desk.open_lockers import OpenLockers
from kiosk.desk.pickup_codes import PickupCodes
from kiosk.desk.privacy import Privacy
from kiosk.desk.proposals import Proposals
from kiosk.desk.queries import Queries
from kiosk.desk.reassignment import Reassignment
from kiosk.desk.recipient_history import RecipientHistory
from kiosk.desk.requests import WritePath
from kiosk.desk.scanning import Scans
from kiosk.desk.searching import Searching
from kiosk.desk.shelf import Shelf
from kiosk.desk.trusted_time import TrustedTime
from kiosk.desk.visits import Visits
from kiosk.facilities.door import FinderDoor
from kiosk.facilities.setup import FinderSetup
from kiosk.journal.code_store import CodeStore
from kiosk.journal.known_time import known_time
from kiosk.journal.store import Journal
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role
from kiosk.recipients.directory import Directory
from kiosk.settings import AuthKind, Environment, Settings
from kiosk.settings.web import is_on_this_machine

if TYPE_CHECKING:
    import httpx

_MINUTE, _DAY = 60.0, 86_400.0


class Background(Enum):
    """What a process does without being asked for it."""

    NOTHING = auto()
    """A command: it does what it was called for."""
    OWN_WRITES = auto()
    """The console: it settles what it asked for itself, and leaves the desk's to the desk."""
    DESK = auto()
    """The kiosk: everything."""


@dataclass(frozen=True)
class Services:
    """What a front end works with: three doors, the settings, and what goes on by itself."""

    settings: Settings
    clock: Clock
    desk: Desk
    queries: Queries
    facilities: FinderDoor
    background: Scheduler
    settling: Settle


def person_at_desk(settings: Settings) -> Person:
    """Return who works at this desk, as far as nobody signs in."""
    return Person(name=settings.user_id, role=Role.CLERK, user_id=settings.user_id)


@asynccontextmanager
async def open_services(
    settings: Settings,
    *,
    clock: Clock | None = None,
    background: Background = Background.NOTHING,
    person: Person | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[Services]:
    """Open everything a front end needs; raises SettingsError or StorageError.

    `person` is in whose name the background works; without one, whoever works at the desk.
    In tests `transport` stands in for the network, and `sleep` for the waits before something is asked again.
    """
    clock = clock or SystemClock()
    # Closed in reverse: the scheduler stops first, and the journal, which everything writes to, closes last.
    async with AsyncExitStack() as opened:
        journal = await opened.enter_async_context(open_journal(settings, clock))
        directory = await opened.enter_async_context(Directory(settings.data_dir))
        address = await _open_demo(opened, settings, directory, clock)
        credentials = _credentials(settings, address)
        activity = Activity()
        time = TrustedTime(clock, await known_time(journal.connection))
        api = _api(settings, address, credentials, clock, transport, activity, sleep)
        await opened.enter_async_context(api)
        # A service on this machine reads the very clock that it would bear witness of.
        if not is_on_this_machine(settings.lockers_url(address)):
            api.hear_dates(time.heard)
        finder = FinderDoor(FinderSetup(settings, address, credentials, clock, transport, sleep))
        await opened.enter_async_context(finder)
        write_path = WritePath(api, journal, activity, sleep=sleep)
        findings = Findings(api, journal)
        second_look = SecondLook(findings)
        opened.push_async_callback(second_look.finish)
        desk = _desk(settings, clock, time, api, journal, directory, write_path, findings, second_look)
        queries = _queries(settings, clock, time, journal, directory, activity, desk)
        person = person or person_at_desk(settings)
        own_only = background is not Background.DESK
        settling = Settle(journal, write_path, findings, activity, person, only_own=own_only)
        scheduler = Scheduler(_jobs(background, settling, desk, journal, time, person))
        activity.watch(scheduler.look)
        opened.push_async_callback(scheduler.stop)
        yield Services(settings, clock, desk, queries, finder, scheduler, settling)


async def _open_demo(opened: AsyncExitStack, settings: Settings, directory: Directory, clock: Clock) -> str | None:
    """Give a demo its people and its simulated service; return that one's address, None where it is elsewhere."""
    wants_people = settings.environment is Environment.DEMO and directory.imported_at is None
    if not (wants_people or settings.embeds_simulator):
        return None
    from kiosk import demo  # noqa: PLC0415 - a desk with an account, or with a simulator elsewhere, loads none of it

    if wants_people:
        await demo.fill_directory(directory, settings.data_dir, clock)
    if not settings.embeds_simulator:
        return None
    return await opened.enter_async_context(demo.simulator(settings.data_dir, clock))


def _api(
    settings: Settings,
    address: str | None,
    credentials: Credentials,
    clock: Clock,
    transport: httpx.AsyncBaseTransport | None,
    activity: Activity,
    sleep: Callable[[float], Awaitable[None]],
) -> LockersApi:
    return create_lockers_api(
        url=settings.lockers_url(address),
        credentials=credentials,
        clock=clock,
        connect_seconds=settings.lockers.connect_seconds,
        read_seconds=settings.lockers.read_seconds,
        transport=transport,
        on_connection=activity.connected,
        sleep=sleep,
    )


def open_journal(settings: Settings, clock: Clock | None = None) -> Journal:
    """Return the desk's journal, which is not open yet."""
    return Journal(
        settings.data_dir,
        environment=settings.environment.value,
        desk_name=settings.desk.name,
        clock=clock or SystemClock(),
    )


def _desk(
    settings: Settings,
    clock: Clock,
    time: TrustedTime,
    api: LockersApi,
    journal: Journal,
    directory: Directory,
    write_path: WritePath,
    findings: Findings,
    second_look: SecondLook,
) -> Desk:
    reservation_for = timedelta(hours=settings.desk.reservation_hours)
    lockers = Lockers(api, journal, clock, location_id=settings.desk.location_id)
    scans = Scans(journal, own_prefix=settings.desk.own_prefix)
    shelf = Shelf(journal, lockers)
    intake = Intake(
        journal,
        write_path,
        lockers,
        directory,
        clock,
        desk_name=settings.desk.name,
        reservation_for=reservation_for,
        on_deposited=second_look.deposited,
    )
    codes = PickupCodes(CodeStore(journal), clock, time, keep_for=timedelta(minutes=settings.desk.code_minutes))
    return Desk(
        scans=scans,
        boxes=Boxes(journal, scans),
        intake=intake,
        open_lockers=OpenLockers(journal, write_path, lockers, clock, reservation_for=reservation_for),
        shelf=shelf,
        pickup_codes=codes,
        reassignment=Reassignment(journal, intake),
        findings=findings,
        corrections=Corrections(journal, write_path, intake, codes, shelf, findings, lockers),
        lockers=lockers,
        privacy=Privacy(journal, directory, time, days=settings.storage.personal_days),
        visits=Visits(journal),
        write_path=write_path,
    )


def _queries(
    settings: Settings,
    clock: Clock,
    time: TrustedTime,
    journal: Journal,
    directory: Directory,
    activity: Activity,
    desk: Desk,
) -> Queries:
    history = RecipientHistory(journal)
    return Queries(
        journal=journal,
        clock=clock,
        activity=activity,
        lockers=desk.lockers,
        proposals=Proposals(desk.lockers, desk.open_lockers, history, default_bank=settings.desk.default_bank),
        recipient_history=history,
        searching=Searching(journal, desk.scans),
        directory=directory,
        console=ConsoleQueries(journal, desk.lockers, clock),
        health=KioskHealth(settings, journal, desk.lockers, activity, time),
        names_minutes=settings.desk.names_minutes,
    )


def _jobs(
    background: Background, settling: Settle, desk: Desk, journal: Journal, time: TrustedTime, person: Person
) -> list[Job]:
    settle = Job("settle", _MINUTE, settling.run, lambda: settling.is_worth_it)
    match background:
        case Background.NOTHING:
            return []
        case Background.OWN_WRITES:
            return [settle]
        case Background.DESK:
            unseen = ExpireCodes(journal, CodeStore(journal), desk.lockers, time, person)
            return [
                settle,
                Job("clock", _MINUTE, WatchClock(journal, time, person).run),
                Job("seen codes", _MINUTE, desk.pickup_codes.drop_due),
                # Each that is over costs a call: one an hour, where the service has no answer.
                Job("unseen codes", 60 * _MINUTE, unseen.run),
                Job("names", _DAY, lambda: desk.privacy.keep_to_the_time(person)),
                Job("room", 5 * _MINUTE, desk.shelf.look_for_room),
            ]


def _credentials(settings: Settings, simulator: str | None) -> Credentials:
    lockers = settings.lockers
    match lockers.auth:
        case AuthKind.OAUTH:
            return OAuthClient(settings.token_url(simulator), lockers.client_id, lockers.client_secret)
        case AuthKind.BEARER:
            return BearerToken(lockers.token)
        case AuthKind.BASIC:
            return BasicLogin(lockers.client_id, lockers.client_secret)
