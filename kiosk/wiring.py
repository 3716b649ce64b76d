"""Builds settings -> API -> journal -> desk once and closes them in reverse; front ends get a `Services` value."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from kiosk.background.clock import WatchClock
from kiosk.background.codes import ExpireCodes
from kiosk.background.heads import KeepHeads
from kiosk.background.scheduler import Job, Scheduler
from kiosk.background.second_look import SecondLook
from kiosk.background.settle import Settle
from kiosk.clock import Clock, SystemClock
from kiosk.desk.activity import Activity
from kiosk.desk.boxes import Boxes
from kiosk.desk.call_budget import CallBudget
from kiosk.desk.console_queries import ConsoleQueries
from kiosk.desk.corrections import Corrections, RoleNow, role_given
from kiosk.desk.desk import Desk
from kiosk.desk.findings import Findings
from kiosk.desk.health import KioskHealth
from kiosk.desk.intake import Intake
from kiosk.desk.leaving import Leaving
from kiosk.desk.lockers import Lockers
from kiosk.desk.observations import Observations
from kiosk.desk.open_lockers import OpenLockers
from kiosk.desk.pickup_codes import PickupCodes
from kiosk.desk.presence import Presence
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
from kiosk.desk.undoing import Undoing
from kiosk.desk.unrecorded import Unrecorded
from kiosk.desk.visits import Visits
from kiosk.errors import StorageError
from kiosk.facilities.door import FinderDoor
from kiosk.facilities.setup import FinderSetup
from kiosk.journal.code_store import CodeStore
from kiosk.journal.known_time import known_time
from kiosk.journal.store import Journal
from kiosk.locker_service import credentials_of, lockers_api, open_demo
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role
from kiosk.recipients.directory import Directory
from kiosk.settings import Settings
from kiosk.settings.web import is_on_this_machine

if TYPE_CHECKING:
    import httpx

_MINUTE, _HOUR, _DAY = 60.0, 3_600.0, 86_400.0


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
    close_at_once: Callable[[float], None]
    """Closes the journal within so many seconds, in a process whose event loop hangs."""


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
    role_now: RoleNow = role_given,
    transport: httpx.AsyncBaseTransport | None = None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[Services]:
    """Open everything a front end needs; raises SettingsError or StorageError.

    `person` is in whose name the background works, and what readings show is recorded; without one, whoever works at
    the desk.
    `role_now` says what somebody's role is when they ask for a correction.
    In tests `transport` stands in for the network, and `sleep` for the waits before something is asked again.
    """
    clock = clock or SystemClock()
    # Closed in reverse: the scheduler stops first, and the journal, which everything writes to, closes last.
    async with AsyncExitStack() as opened:
        journal = await opened.enter_async_context(open_journal(settings, clock))
        directory = await opened.enter_async_context(Directory(settings.data_dir))
        address = await open_demo(opened, settings, directory, clock)
        credentials = credentials_of(settings, address)
        activity = Activity()
        budget = CallBudget(journal, clock, per_day=settings.lockers.calls_per_day)
        opened.push_async_callback(_at_last(budget.keep))
        api = lockers_api(settings, address, credentials, clock, transport, activity, budget, sleep)
        time = TrustedTime(clock, await known_time(journal.connection))
        await opened.enter_async_context(api)
        # A service on this machine reads the very clock that it would bear witness of.
        if not is_on_this_machine(settings.lockers_url(address)):
            api.hear_dates(time.heard)
        finder = FinderDoor(FinderSetup(settings, address, credentials, clock, transport, sleep))
        await opened.enter_async_context(finder)
        write_path = WritePath(api, journal, activity, clock, sleep=sleep)
        person = person or person_at_desk(settings)
        observations = Observations(journal, person)
        lockers = Lockers(api, journal, observations, clock, location_id=settings.desk.location_id)
        opened.push_async_callback(lockers.finish)
        findings = Findings(journal, lockers)
        second_look = SecondLook(findings)
        opened.push_async_callback(second_look.finish)
        ground = _Ground(settings, clock, time, journal, directory)
        desk = _desk(ground, write_path, lockers, findings, second_look, role_now)
        queries = _queries(ground, activity, desk, budget)
        own_only = background is not Background.DESK
        settling = Settle(journal, write_path, findings, activity, person, only_own=own_only)
        heads = KeepHeads(journal, settings.storage.heads_file)
        if background is Background.DESK:
            opened.push_async_callback(heads.finish)
        scheduler = Scheduler(_jobs(background, settling, desk, budget, journal, heads, time, person))
        activity.watch(scheduler.look)
        opened.push_async_callback(scheduler.stop)
        yield Services(settings, clock, desk, queries, finder, scheduler, settling, journal.close_at_once)


def _at_last(work: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """Return what a process does when it ends, where the disk is no reason to end badly."""

    async def carry_out() -> None:
        with suppress(StorageError):
            await work()

    return carry_out


def open_journal(settings: Settings, clock: Clock | None = None) -> Journal:
    """Return the desk's journal, which is not open yet."""
    return Journal(
        settings.data_dir,
        environment=settings.environment.value,
        desk_name=settings.desk.name,
        clock=clock or SystemClock(),
    )


class _Ground(NamedTuple):
    """What most parts stand on."""

    settings: Settings
    clock: Clock
    time: TrustedTime
    journal: Journal
    directory: Directory


def _desk(
    ground: _Ground,
    write_path: WritePath,
    lockers: Lockers,
    findings: Findings,
    second_look: SecondLook,
    role_now: RoleNow,
) -> Desk:
    settings, clock, time, journal, directory = ground
    visits = Visits(journal)
    reservation_for = timedelta(hours=settings.desk.reservation_hours)
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
        longest_hold=timedelta(days=settings.desk.longest_hold_days),
        on_deposited=second_look.deposited,
    )
    codes = PickupCodes(CodeStore(journal), clock, time, keep_for=timedelta(minutes=settings.desk.code_minutes))
    leaving = Leaving(journal, write_path, intake, findings)
    boxes = Boxes(journal, scans)
    return Desk(
        scans=scans,
        boxes=boxes,
        intake=intake,
        open_lockers=OpenLockers(journal, write_path, lockers, clock, reservation_for=reservation_for),
        shelf=shelf,
        pickup_codes=codes,
        reassignment=Reassignment(journal, intake),
        findings=findings,
        leaving=leaving,
        corrections=Corrections(journal, write_path, intake, codes, shelf, findings, lockers, visits, role_now),
        lockers=lockers,
        privacy=Privacy(journal, directory, time, days=settings.storage.personal_days),
        undoing=Undoing(journal, boxes, shelf, leaving, clock),
        unrecorded=Unrecorded(journal),
        visits=visits,
        write_path=write_path,
    )


def _queries(ground: _Ground, activity: Activity, desk: Desk, budget: CallBudget) -> Queries:
    settings, clock, time, journal, directory = ground
    history = RecipientHistory(journal)
    presence = Presence(journal, desk.lockers, clock)
    return Queries(
        journal=journal,
        clock=clock,
        activity=activity,
        lockers=desk.lockers,
        proposals=Proposals(desk.lockers, desk.open_lockers, history, default_bank=settings.desk.default_bank),
        recipient_history=history,
        searching=Searching(journal, desk.scans),
        directory=directory,
        console=ConsoleQueries(journal, desk.lockers, presence, clock),
        health=KioskHealth(settings, journal, desk.lockers, presence, budget, activity, time),
        calls=budget,
        names_minutes=settings.desk.names_minutes,
    )


def _jobs(
    background: Background,
    settling: Settle,
    desk: Desk,
    budget: CallBudget,
    journal: Journal,
    heads: KeepHeads,
    time: TrustedTime,
    person: Person,
) -> list[Job]:
    settle = Job("settle", _MINUTE, settling.run, lambda: settling.is_worth_it)
    calls = Job("calls", _MINUTE, budget.keep)
    match background:
        case Background.NOTHING:
            return []
        case Background.OWN_WRITES:
            return [settle, calls]
        case Background.DESK:
            unseen = ExpireCodes(journal, CodeStore(journal), desk.lockers, time, person)
            return [
                settle,
                calls,
                Job("clock", _MINUTE, WatchClock(journal, time, person).run),
                Job("seen codes", _MINUTE, desk.pickup_codes.drop_due),
                # Each that is over costs a call: one an hour, where the service has no answer.
                Job("unseen codes", 60 * _MINUTE, unseen.run),
                Job("names", _DAY, lambda: desk.privacy.keep_to_the_time(person)),
                Job("heads", _HOUR, heads.run),
                Job("room", 5 * _MINUTE, desk.shelf.look_for_room),
            ]
