"""Any order of a clerk's steps, with the simulator's faults between them: the chaos judge finds nothing amiss."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Coroutine
from contextlib import AsyncExitStack, suppress
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import httpx
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kiosk.clock import ManualClock
from kiosk.errors import InDoubtError, KioskError, StorageError
from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import SIZES, LockerSize
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ParcelState, ShelfReason, UnitProblem
from kiosk.simulator.faults import AFTER, BEFORE
from kiosk.simulator.server import Simulator
from tests.chaos import service_file
from tests.chaos.case import Book, Door, Evidence, Shown
from tests.chaos.evidence import file
from tests.chaos.judge import Kind, Violation, judge
from tests.chaos.server import doors_of
from tests.chaos.showing import seen
from tests.house.desk import CLERK, DEPARTMENT, OWNER, PERSON, REACHING, SMALL, START, OpenDesk, World, open_desk, what

WRITES = ("createReservation", "updateDeposit", "freeReservation", "updateReservation")
READS = ("getReservation", "getReservationList", "getLockerBankDetails")
FAULTS = sorted({*BEFORE, *AFTER} - {"late", "slow"})
"""The two that take real time are told by the line: see `too_late`."""
BANKS = ("AOne", "CThree")
WHILE_IT_LASTS = {Kind.LOST, Kind.OPEN, Kind.UNSEEN_CODE}
"""What is true of every parcel until its intake is finished."""
WHILE_IN_DOUBT = {Kind.ASTRAY, Kind.SILENT_DEPOSIT, Kind.DEAD_CODE}
"""What may be true of a parcel until its open write is settled."""

T = TypeVar("T")

which = st.integers(0, 3)


class IntakeMachine(RuleBasedStateMachine):
    """A desk at which anything may happen next."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._clock = ManualClock(START)
        self._simulated = Path(self._folder.name) / "simulator"
        self._simulator = Simulator(self._simulated, clock=self._clock)
        self._simulator.start()
        service_file.keep_history(self._simulated)
        self._world = World(self._simulator.url)
        self._before = frozenset(number for door in self._doors() for number in door.numbers)
        self._loop = asyncio.Runner()
        self._open = AsyncExitStack()
        self._desk = self._do(self._open_desk())
        self._ids: list[str] = []
        self._shown: list[Shown] = []
        self._too_late: set[str] = set()

    @rule(fault=st.sampled_from(FAULTS), operation=st.sampled_from(WRITES + READS), times=st.integers(1, 4))
    def spoil_the_next_requests(self, fault: str, operation: str, times: int) -> None:
        self._world.fault(fault, operation, times)

    @rule(request=st.sampled_from(["reserve", "deposit", "free", "update"]))
    def answer_too_late(self, request: str) -> None:
        self._too_late.add(request)

    @rule(contact=st.sampled_from([PERSON, REACHING, DEPARTMENT]))
    def scan_and_choose(self, contact: Contact) -> None:
        taken = self._do(self._desk.scans.take_in(f"T{len(self._ids)}", CLERK))
        self._ids.append(taken.parcel.parcel_id)
        self._try(self._desk.intake.choose_recipient(taken.parcel, contact, CLERK))

    @rule(contact=st.sampled_from([PERSON, DEPARTMENT]), bank=st.sampled_from(BANKS), parcels=st.integers(1, 3))
    def take_some_all_the_way(self, contact: Contact, bank: str, parcels: int) -> None:
        for _ in range(parcels):
            self.scan_and_choose(contact)
            place = len(self._ids) - 1
            self._try(self._add(self._parcel(place)))
            self._try(self._desk.reserve(self._parcel(place), SMALL, bank))
            self._try(self._desk.intake.deposit(self._parcel(place), CLERK))

    @precondition(lambda self: self._ids)
    @rule(place=which, bank=st.sampled_from(BANKS), size=st.sampled_from(SIZES))
    def reserve(self, place: int, bank: str, size: LockerSize) -> None:
        self._try(self._desk.reserve(self._parcel(place), size, bank))

    @precondition(lambda self: self._ids)
    @rule(place=which)
    def add_to_the_own_locker(self, place: int) -> None:
        self._try(self._add(self._parcel(place)))

    @precondition(lambda self: self._ids)
    @rule(place=which)
    def move_to_the_right_person(self, place: int) -> None:
        lying = [each for each in map(self._parcel, range(len(self._ids))) if each.state is ParcelState.IN_LOCKER]
        for parcel in lying[place : place + 1] or lying[-1:]:
            self._try(self._move(parcel))

    @precondition(lambda self: self._ids)
    @rule(place=which)
    def deposit(self, place: int) -> None:
        self._try(self._desk.intake.deposit(self._parcel(place), CLERK))

    @precondition(lambda self: self._ids)
    @rule(place=which)
    def show_the_code(self, place: int) -> None:
        self._do(self._show(self._parcel(place)))

    @precondition(lambda self: self._ids)
    @rule(place=which, problem=st.sampled_from(UnitProblem))
    def report(self, place: int, problem: UnitProblem) -> None:
        if self._parcel(place).state is ParcelState.RESERVED:
            self._try(self._desk.intake.report_unit(self._parcel(place), problem, CLERK))

    @precondition(lambda self: self._ids)
    @rule(place=which)
    def cancel(self, place: int) -> None:
        self._try(self._desk.intake.cancel(self._parcel(place), CLERK))

    @precondition(lambda self: self._ids)
    @rule(place=which, hours=st.integers(1, 48))
    def extend(self, place: int, hours: int) -> None:
        self._try(self._desk.intake.extend(self._parcel(place), hours, OWNER))

    @precondition(lambda self: self._ids)
    @rule(place=which)
    def put_on_the_shelf(self, place: int) -> None:
        self._try(self._lay(self._parcel(place)))

    @precondition(lambda self: self._ids)
    @rule(place=which)
    def take_off_the_shelf(self, place: int) -> None:
        self._try(self._desk.shelf.take_off(self._parcel(place), CLERK))

    @rule()
    def settle(self) -> None:
        self._do(self._desk.settling.settle_all())

    @rule()
    def start_again(self) -> None:
        self._do(self._open.aclose())
        self._desk = self._do(self._open_desk())

    @rule(minutes=st.sampled_from([1, 30, 300, 1500]))
    def let_time_pass(self, minutes: int) -> None:
        self._clock.advance(timedelta(minutes=minutes))

    @invariant()
    def nothing_is_lost(self) -> None:
        in_doubt = {each.tracking_number for each in map(self._parcel, range(len(self._ids))) if each.open_write}
        found = [
            each
            for each in self._judge()
            if each.kind not in WHILE_IT_LASTS
            and not (each.kind in WHILE_IN_DOUBT and each.about.split()[0].strip(":") in in_doubt)
        ]
        assert not found

    def teardown(self) -> None:
        """Finish everything on a sound line: the whole judgement is due then."""
        try:
            self._world.no_more_faults()
            self._too_late.clear()
            self._do(self._desk.settling.settle_all())
            for place in range(len(self._ids)):
                self._do(self._finish(self._parcel(place)))
            assert not self._judge()
        finally:
            self._do(self._open.aclose())
            self._loop.close()
            self._simulator.stop()
            self._folder.cleanup()

    def _do(self, work: Coroutine[object, object, T]) -> T:
        return self._loop.run(work)

    def _try(self, work: Coroutine[object, object, object]) -> None:
        """Do a step that may fail; the journal itself may not."""
        try:
            self._do(work)
        except StorageError:
            raise
        except KioskError:
            return

    async def _open_desk(self) -> OpenDesk:
        desk = await self._open.enter_async_context(
            open_desk(Path(self._folder.name) / "desk", self._world, self._clock)
        )
        desk.line.after = self._answered
        return desk

    async def _answered(self, request: httpx.Request) -> None:
        if what(request) in self._too_late:
            self._too_late.discard(what(request))
            raise httpx.ReadTimeout("no answer in time", request=request)

    def _parcel(self, place: int) -> Parcel:
        found = self._do(self._desk.journal.parcel(self._ids[place % len(self._ids)]))
        assert found is not None
        return found

    async def _lay(self, parcel: Parcel) -> None:
        shelf = await self._desk.shelf.propose_place()
        await self._desk.shelf.put_on(parcel, shelf, ShelfReason.PUT_ASIDE, CLERK)

    async def _add(self, parcel: Parcel) -> None:
        lockers = await self._desk.own_lockers(parcel)
        if lockers:
            await self._desk.open_lockers.add(parcel, lockers[0], CLERK, self._desk.told.append)

    async def _move(self, parcel: Parcel) -> None:
        new = await self._desk.reassignment.move(parcel, CLERK)
        if new.parcel_id not in self._ids:
            self._ids.append(new.parcel_id)

    async def _show(self, parcel: Parcel) -> None:
        at = time.time()
        try:
            code = await self._desk.pickup_codes.waiting(parcel)
        except InDoubtError:
            return  # another deposit in the unit may have replaced it
        if code is not None:
            self._shown.append(seen(parcel, code.secret.get_secret_value(), at))
            await self._desk.seen(parcel)

    async def _finish(self, parcel: Parcel) -> None:
        if parcel.state is ParcelState.RESERVED:
            with suppress(KioskError):  # a reservation that lapsed: the parcel is in hand again
                await self._desk.intake.deposit(parcel, CLERK)
        parcel = await self._desk.now(parcel)
        if parcel.state is ParcelState.TAKEN_IN:
            await self._lay(parcel)
        await self._show(parcel)

    def _doors(self) -> list[Door]:
        return doors_of(self._world.ask("GET", "/_simulator/state"))

    def _judge(self) -> list[Violation]:
        filed = self._do(file(self._desk.journal, Book("desk", (), shown=tuple(self._shown))))
        lives = service_file.lives(self._simulated)
        return judge(Evidence(self._doors(), [filed.book], lives, before=self._before))


TestIntakeMachine = IntakeMachine.TestCase
TestIntakeMachine.settings = settings(
    max_examples=15,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
