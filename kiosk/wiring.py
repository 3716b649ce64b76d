"""Builds settings -> API -> journal -> desk once and closes them in reverse; front ends get a `Services` value."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from kiosk.api.lockers import LockersApi
from kiosk.background.clock import WatchClock
from kiosk.background.codes import ExpireCodes
from kiosk.background.heads import KeepHeads
from kiosk.background.line import WatchLine
from kiosk.background.notices import SendNotices
from kiosk.background.paper import LOOK_EVERY_SECONDS, PrintPaper
from kiosk.background.scheduler import Job, Scheduler
from kiosk.background.second_look import SecondLook
from kiosk.background.settle import Settle
from kiosk.background.wiring import fleet_jobs, notice_rules, others_for, papers_for, sending
from kiosk.clock import Clock, SystemClock
from kiosk.desk.activity import Activity
from kiosk.desk.call_budget import CallBudget
from kiosk.desk.corrections import RoleNow, role_given
from kiosk.desk.desk import Desk
from kiosk.desk.dialogue import Dialogue
from kiosk.desk.findings import Findings
from kiosk.desk.lockers import Lockers
from kiosk.desk.observations import Observations
from kiosk.desk.queries import Queries
from kiosk.desk.requests import WritePath
from kiosk.desk.successes import Success, Successes
from kiosk.desk.trusted_time import TrustedTime
from kiosk.desk.wiring import Ground, desk_of, queries_of
from kiosk.errors import ApiError, StorageError
from kiosk.facilities.door import FinderDoor
from kiosk.facilities.setup import FinderSetup
from kiosk.journal.code_store import CodeStore
from kiosk.journal.known_time import known_time
from kiosk.journal.notice_store import NoticeStore
from kiosk.journal.store import Journal
from kiosk.locker_service import credentials_of, lockers_api, open_demo
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role
from kiosk.printing.door import PrinterDoor
from kiosk.recipients.directory import Directory
from kiosk.settings import Settings
from kiosk.settings.web import is_on_this_machine

if TYPE_CHECKING:
    import httpx

    from kiosk.demo import Tour
    from kiosk.notify.paper import Papers
    from kiosk.scanner.input_device import OpenDevice

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
    notices: SendNotices
    paper: PrintPaper
    papers: Callable[[], Papers]
    """What slips and labels are made by."""
    close_at_once: Callable[[float], None]
    """Closes the journal within so many seconds, in a process whose event loop hangs."""
    tour: Tour | None = None
    """What lets things go wrong on purpose; only in a demo with a service of its own."""
    open_device: OpenDevice | None = None
    """Stands in for the kernel's input devices, in tests."""

    def dialogue(self, person: Person) -> Dialogue:
        """Return where answers to the questions of an intake go, in the person's name."""
        return Dialogue(self.desk, person)


def person_at_desk(settings: Settings) -> Person:
    """Return who works at this desk, as far as nobody signs in."""
    return Person(name=settings.user_id, role=Role.CLERK, user_id=settings.user_id)


@asynccontextmanager
async def open_services(
    settings: Settings,
    *,
    clock: Clock | None = None,
    background: Background = Background.NOTHING,
    with_past: bool = False,
    person: Person | None = None,
    role_now: RoleNow = role_given,
    transport: httpx.AsyncBaseTransport | None = None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    open_device: OpenDevice | None = None,
) -> AsyncIterator[Services]:
    """Open everything a front end needs; raises SettingsError or StorageError.

    `person` is in whose name the background works, and what readings show is recorded; without one, whoever works at
    the desk.
    `with_past` lets an empty journal of the demo begin with a week of parcels.
    `role_now` says what somebody's role is when they ask for a correction.
    In tests `transport` stands in for the network, `sleep` for the waits before something is asked again, and
    `open_device` for the kernel's input devices.
    """
    clock = clock or SystemClock()
    # Closed in reverse: the scheduler stops first, and the journal, which everything writes to, closes last.
    async with AsyncExitStack() as opened:
        journal = await opened.enter_async_context(open_journal(settings, clock))
        directory = await opened.enter_async_context(Directory(settings.data_dir))
        demo = await open_demo(opened, settings, directory, clock)
        address = demo.address if demo else None
        credentials = credentials_of(settings, address)
        activity = Activity()
        budget = CallBudget(journal, clock, per_day=settings.lockers.calls_per_day)
        opened.push_async_callback(_at_last(budget.keep))
        api = lockers_api(settings, address, credentials, clock, transport, activity, budget, sleep)
        successes = _successes(opened, api, Successes(journal, directory, clock))
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
        others = await opened.enter_async_context(others_for(settings))
        lockers = Lockers(api, journal, observations, clock, location_id=settings.desk.location_id, others=others)
        opened.push_async_callback(lockers.finish)
        if demo is not None and with_past:
            with suppress(ApiError):  # a past is no reason not to open
                await demo.fill_journal(journal, directory, lockers, clock, person)
        findings = Findings(journal, lockers)
        second_look = SecondLook(findings)
        opened.push_async_callback(second_look.finish)
        ground = Ground(settings, clock, time, journal, directory, others)
        desk = desk_of(ground, write_path, lockers, findings, second_look.deposited, activity, role_now)
        queries = queries_of(ground, activity, desk, budget, successes)
        settling = Settle(journal, write_path, findings, activity, person, only_own=background is not Background.DESK)
        heads = KeepHeads(journal, settings.storage.heads_file)
        if background is Background.DESK:
            opened.push_async_callback(heads.finish)
        papers = papers_for(settings, lockers)
        paper = PrintPaper(NoticeStore(journal), PrinterDoor(settings.printer), papers, activity, time, person)
        journal.watch(paper.hear)
        line = WatchLine(activity, journal, desk.shelf, lambda: lockers.banks_of_id(settings.desk.default_bank))
        notices = sending(settings, journal, directory, lockers, time, person, clock)
        unseen = ExpireCodes(journal, CodeStore(journal), lockers, time, person)
        workers = _Workers(
            settling, line, budget, successes, WatchClock(journal, time, person), unseen, heads, notices, paper
        )
        scheduler = Scheduler(
            [
                *_jobs(background, workers, desk, person),
                *(fleet_jobs(opened, ground, others, desk, person) if background is Background.DESK else ()),
            ]
        )
        activity.watch(scheduler.look)
        journal.watch(scheduler.look)
        opened.push_async_callback(scheduler.stop)
        yield Services(
            settings,
            clock,
            desk,
            queries,
            finder,
            scheduler,
            settling,
            notices,
            paper,
            papers,
            journal.close_at_once,
            demo.tour if demo else None,
            open_device,
        )


def _successes(opened: AsyncExitStack, api: LockersApi, successes: Successes) -> Successes:
    """Let them hear of the service's answers, and be written down at the end."""
    opened.push_async_callback(_at_last(successes.keep))
    api.hear_answers(lambda: successes.note(Success.CALL))
    return successes


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
        rules=notice_rules(settings),
    )


class _Workers(NamedTuple):
    """What works in the background, beside the desk itself."""

    settling: Settle
    line: WatchLine
    budget: CallBudget
    successes: Successes
    clock: WatchClock
    unseen: ExpireCodes
    heads: KeepHeads
    notices: SendNotices
    paper: PrintPaper


def _jobs(background: Background, workers: _Workers, desk: Desk, person: Person) -> list[Job]:
    settling, line, notices, paper = workers.settling, workers.line, workers.notices, workers.paper
    settle = Job("settle", _MINUTE, settling.run, lambda: settling.is_worth_it)

    async def settle_and_tell() -> None:
        await settling.run()
        workers.successes.note(Success.SETTLE)

    calls = Job("calls", _MINUTE, workers.budget.keep)
    match background:
        case Background.NOTHING:
            return []
        case Background.OWN_WRITES:
            return [settle, calls]
        case Background.DESK:
            return [
                settle._replace(run=settle_and_tell),
                Job("successes", 5 * _MINUTE, workers.successes.keep),
                Job("line", _MINUTE, line.run, lambda: line.is_worth_it, line.sooner),
                calls,
                Job("clock", _MINUTE, workers.clock.run),
                Job("seen codes", _MINUTE, desk.pickup_codes.drop_due),
                # Each that is over costs a call: one an hour, where the service has no answer.
                Job("unseen codes", 60 * _MINUTE, workers.unseen.run),
                Job("names", _DAY, lambda: desk.privacy.keep_to_the_time(person)),
                Job("heads", _HOUR, workers.heads.run),
                Job("room", 5 * _MINUTE, desk.shelf.look_for_room),
                Job("notices", _MINUTE / 2, notices.run),
                Job("paper", LOOK_EVERY_SECONDS, paper.run, lambda: paper.is_worth_it, paper.sooner),
            ]
