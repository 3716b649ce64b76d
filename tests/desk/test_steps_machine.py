"""The whole table of steps against the simulator: what is offered can be done, what is not leaves nothing."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kiosk.clock import ManualClock
from kiosk.desk.open_lockers import OpenLocker
from kiosk.errors import InDoubtError, NoFreeUnitError, NotAllowedError, WrongStateError
from kiosk.journal.audit import verify
from kiosk.parcels.contacts import Contact
from kiosk.parcels.notices import NoticeRules
from kiosk.parcels.parcel import AttentionItem, Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import Channel, Finding, IdentityCheck, OutgoingReason, Role, ShelfReason, UnitProblem
from kiosk.parcels.steps import Step, offers
from kiosk.settings.printer import Printer
from kiosk.simulator.server import Simulator
from kiosk.tracking.scan import read_scan
from tests.house.desk import BANK, CLERK, DEPARTMENT, PERSON, SMALL, START, OpenDesk, World, free_place, open_desk

PEOPLE = [Person(name=role.value, role=role, user_id=CLERK.user_id) for role in Role]
OPERATOR = next(person for person in PEOPLE if person.role is Role.OPERATOR)
UNCLEAR = ("1Z999AA10123456785", "PO 4711-B")
"""Numbers about which a person is asked."""

QUIET = {Step.NOTE_NAME, Step.SHOW_CODE_AGAIN, Step.TAKE_IN_AGAIN}
"""Steps that do nothing, rather than raise, where there is nothing to do."""

OWING = {Step.SEND_AGAIN, Step.PRINT_SLIP, Step.PRINT_LABEL}
"""Steps after which something is owed; only what becomes of that is an event."""

ENDING = {Step.CANCEL, Step.TAKE_OUT, Step.JOIN, Step.HAND_OVER, Step.NOTE_SENT}
"""Steps with which an intake ends; they would leave nothing for the others if they came as often."""

WRITES = ("createReservation", "updateDeposit", "freeReservation", "updateReservation")
MOST_PARCELS = 5
AT_ONCE = 8
"""Steps that are taken or tried in a row."""

T = TypeVar("T")

which = st.integers(0, MOST_PARCELS - 1)
chances = st.randoms(use_true_random=False)


class Steps:
    """Each step, as the parts of the desk carry it out."""

    def __init__(self, desk: OpenDesk, ids: list[str]) -> None:
        self._desk = desk
        self._ids = ids
        self._codes = 0

    async def take(self, step: Step, parcel: Parcel, person: Person) -> object:
        return await getattr(self, f"_{step.value}")(parcel, person)

    async def _settle_number(self, parcel: Parcel, person: Person) -> object:
        return await self._desk.scans.choose_number(parcel, person)

    async def _add_code(self, parcel: Parcel, person: Person) -> object:
        self._codes += 1
        return await self._desk.scans.add_code(parcel, read_scan(f"BOX {self._codes}"), person)

    async def _take_code_off(self, parcel: Parcel, person: Person) -> object:
        return await self._desk.scans.take_code_off(parcel, read_scan((*parcel.other_codes, "BOX 0")[0]), person)

    async def _join(self, parcel: Parcel, person: Person) -> object:
        self._codes += 1
        box = (await self._desk.scans.take_in(f"JOINED {self._codes}", CLERK)).parcel
        self._ids.append(box.parcel_id)
        return await self._desk.boxes.join(parcel, box, person)

    async def _choose_recipient(self, parcel: Parcel, person: Person) -> object:
        return await self._desk.intake.choose_recipient(parcel, PERSON, person)

    async def _note_name(self, parcel: Parcel, person: Person) -> object:
        return await self._desk.intake.note_name(parcel, "M. Smythe", person)

    async def _reserve(self, parcel: Parcel, person: Person) -> object:
        return await self._desk.intake.reserve(parcel, BANK, SMALL, person, self._desk.told.append)

    async def _add_to_locker(self, parcel: Parcel, person: Person) -> object:
        found = await self._desk.own_lockers(parcel)
        if not found and Step.ADD_TO_LOCKER in offers(parcel, person.role):
            return parcel  # the recipient has none
        locker = found[0] if found else OpenLocker(free_place(self._desk.world), (), (), accessible=False)
        return await self._desk.open_lockers.add(parcel, locker, person, self._desk.told.append)

    async def _put_on_shelf(self, parcel: Parcel, person: Person) -> object:
        place = await self._desk.shelf.propose_place()
        return await self._desk.shelf.put_on(parcel, place, ShelfReason.PUT_ASIDE, person)

    async def _take_off_shelf(self, parcel: Parcel, person: Person) -> object:
        if self._desk.desk.asks_why(Step.TAKE_OFF_SHELF, person):
            return await self._desk.corrections.take_off_shelf(parcel, "because", person)
        return await self._desk.shelf.take_off(parcel, person)

    async def _deposit(self, parcel: Parcel, person: Person) -> object:
        return await self._desk.intake.deposit(parcel, person)

    async def _take_back(self, parcel: Parcel, person: Person) -> object:
        if self._desk.desk.asks_why(Step.TAKE_BACK, person):
            return await self._desk.corrections.take_back(parcel, "because", person)
        return await self._desk.desk.unrecorded.take_back(parcel, person)

    async def _note_collected(self, parcel: Parcel, person: Person) -> object:
        if self._desk.desk.asks_why(Step.NOTE_COLLECTED, person):
            return await self._desk.corrections.note_collected(parcel, "because", person)
        return await self._desk.desk.unrecorded.note_collected(parcel, person)

    async def _report_unit(self, parcel: Parcel, person: Person) -> object:
        return await self._desk.intake.report_unit(parcel, UnitProblem.TOO_SMALL, person)

    async def _release(self, parcel: Parcel, person: Person) -> object:
        return await self._desk.intake.release(parcel, person)

    async def _confirm_code(self, parcel: Parcel, person: Person) -> object:
        return await self._desk.seen(parcel, person)

    async def _show_code_again(self, parcel: Parcel, person: Person) -> object:
        return await self._desk.pickup_codes.show_again(parcel, person)

    async def _take_in_again(self, parcel: Parcel, person: Person) -> object:
        again = (await self._desk.scans.take_in(parcel.tracking_number, person)).parcel
        if again.parcel_id not in self._ids:
            self._ids.append(again.parcel_id)
        return again

    async def _cancel(self, parcel: Parcel, person: Person) -> object:
        return await self._desk.intake.cancel(parcel, person)

    async def _undo_cancel(self, parcel: Parcel, person: Person) -> object:
        return await self._desk.desk.leaving.undo_cancel(parcel, person)

    async def _hand_over(self, parcel: Parcel, person: Person) -> object:
        if self._desk.desk.asks_why(Step.HAND_OVER, person):
            return await self._desk.corrections.hand_over(parcel, "J. Doe", IdentityCheck.BADGE, "because", person)
        return await self._desk.desk.leaving.hand_over(parcel, "J. Doe", IdentityCheck.BADGE, person)

    async def _clear(self, parcel: Parcel, person: Person) -> object:
        if self._desk.desk.asks_why(Step.CLEAR, person):
            return await self._desk.corrections.clear(parcel, "because", person)
        return await self._desk.desk.leaving.clear(parcel, person)

    async def _make_outgoing(self, parcel: Parcel, person: Person) -> object:
        where, why = "Main Street", OutgoingReason.TO_SENDER
        if self._desk.desk.asks_why(Step.MAKE_OUTGOING, person):
            return await self._desk.corrections.make_outgoing(parcel, where, why, "because", person)
        return await self._desk.desk.leaving.make_outgoing(parcel, where, why, person)

    async def _note_sent(self, parcel: Parcel, person: Person) -> object:
        if self._desk.desk.asks_why(Step.NOTE_SENT, person):
            return await self._desk.corrections.note_sent(parcel, "because", person)
        return await self._desk.desk.leaving.note_sent(parcel, person)

    async def _move_to_right_person(self, parcel: Parcel, person: Person) -> object:
        new = await self._desk.reassignment.move(parcel, person)
        if new.parcel_id not in self._ids:
            self._ids.append(new.parcel_id)
        return new

    async def _check(self, parcel: Parcel, person: Person) -> object:
        return await self._desk.desk.look(parcel, person)

    async def _close_finding(self, parcel: Parcel, person: Person) -> object:
        item = (*parcel.attention, AttentionItem(finding=Finding.REFUSED_LATE))[0]
        return await self._desk.corrections.close(parcel, item.finding, "because", person)

    async def _take_out(self, parcel: Parcel, person: Person) -> object:
        return await self._desk.corrections.take_out(parcel, "because", person)

    async def _free_second_unit(self, parcel: Parcel, person: Person) -> object:
        return await self._desk.corrections.free_second_unit(parcel, "because", person)

    async def _extend(self, parcel: Parcel, person: Person) -> object:
        if not self._desk.desk.asks_why(Step.EXTEND, person):
            return await self._desk.intake.extend(parcel, 48, person)
        return await self._desk.corrections.extend(parcel, 48, "because", person)

    async def _renew_code(self, parcel: Parcel, person: Person) -> object:
        return await self._desk.corrections.renew_code(parcel, "because", person)

    async def _change_user(self, parcel: Parcel, person: Person) -> object:
        return await self._desk.corrections.change_user(parcel, "gate@example.com", "because", person)

    async def _send_again(self, parcel: Parcel, person: Person) -> object:
        if self._desk.desk.asks_why(Step.SEND_AGAIN, person):
            return await self._desk.corrections.send_again(parcel, "because", person)
        return await self._desk.desk.notices.send_again(parcel, person)

    async def _correct_address(self, parcel: Parcel, person: Person) -> object:
        self._codes += 1
        return await self._desk.desk.notices.correct_address(parcel, f"a{self._codes}@example.com", person)

    async def _print_slip(self, parcel: Parcel, person: Person) -> object:
        try:
            await self._desk.desk.notices.print_slip(parcel, person)
        except WrongStateError as error:
            if error.code != "code_not_kept":  # whoever saw it may have waited for too long
                raise
        return parcel

    async def _print_label(self, parcel: Parcel, person: Person) -> object:
        await self._desk.desk.notices.print_label(parcel, person)
        return parcel

    async def _view_code(self, parcel: Parcel, person: Person) -> object:
        return await self._desk.corrections.view_code(parcel, "because", person)


class StepsMachine(RuleBasedStateMachine):
    """A desk and a console at which anybody tries anything, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._clock = ManualClock(START)
        self._simulator = Simulator(Path(self._folder.name) / "simulator", clock=self._clock)
        self._simulator.start()
        self._world = World(self._simulator.url)
        self._loop = asyncio.Runner()
        self._open = AsyncExitStack()
        folder = Path(self._folder.name) / "desk"
        printer = Printer(address="file:///dev/null")
        desk = open_desk(folder, self._world, self._clock, printer=printer)
        self._desk = self._do(self._open.enter_async_context(desk))
        self._desk.journal.rules = NoticeRules(frozenset({Channel.WEBHOOK}))
        self._ids: list[str] = []
        self._steps = Steps(self._desk, self._ids)

    @initialize(contact=st.sampled_from([PERSON, DEPARTMENT]))
    def begin_with_a_parcel_at_every_stage(self, contact: Contact) -> None:
        desk = self._desk
        for work in (desk.taken_in("T0", contact), desk.reserved("T1", contact), desk.deposited("T2", contact)):
            self._ids.append(self._do(work).parcel_id)

    @precondition(lambda self: len(self._ids) < MOST_PARCELS)
    @rule(number=st.sampled_from(["T", *UNCLEAR]))
    def scan(self, number: str) -> None:
        text = f"T{len(self._ids)}" if number == "T" else number
        taken = self._do(self._desk.scans.take_in(text, CLERK, ask=True))
        if taken.parcel.parcel_id not in self._ids:
            self._ids.append(taken.parcel.parcel_id)

    @rule(place=which, chance=chances)
    def take_steps_that_are_offered(self, place: int, chance: Random) -> None:
        for _ in range(AT_ONCE):
            parcel = self._parcel(place)
            steps = [(step, each) for each in PEOPLE for step in offers(parcel, each.role) if step not in ENDING]
            if steps:
                self._take(*chance.choice(steps), parcel)

    @rule(place=which, data=st.data())
    def take_a_step_that_ends_an_intake(self, place: int, data: st.DataObject) -> None:
        parcel = self._parcel(place)
        steps = [(step, each) for each in PEOPLE for step in offers(parcel, each.role) if step in ENDING]
        if steps:
            self._take(*data.draw(st.sampled_from(steps)), parcel)

    @rule(place=which, chance=chances)
    def try_steps_that_are_not_offered(self, place: int, chance: Random) -> None:
        # Joining and taking in again begin with a scan, which anybody may do.
        parcel, tried = self._parcel(place), set(Step) - {Step.JOIN, Step.TAKE_IN_AGAIN}
        refused = [(step, each) for each in PEOPLE for step in tried - {*offers(parcel, each.role)}]
        for step, person in chance.sample(sorted(refused, key=lambda each: (each[0], each[1].name)), AT_ONCE):
            before, written = self._count(), self._written()
            try:
                self._do(self._steps.take(step, parcel, person))
            except (NotAllowedError, WrongStateError, InDoubtError):
                pass
            else:
                assert step in QUIET, f"{step} was not offered to {person.name} and can be taken: {parcel!r}"
            assert (self._count(), self._written()) == (before, written), f"{step} was refused and left something"
            assert self._do(self._desk.now(parcel)) == parcel

    @rule(place=which, data=st.data())
    def lose_the_answer_to_a_step(self, place: int, data: st.DataObject) -> None:
        parcel = self._parcel(place)
        asking = {
            Step.RESERVE,
            Step.DEPOSIT,
            Step.EXTEND,
            Step.CANCEL,
            Step.RELEASE,
            Step.CLEAR,
            Step.HAND_OVER,
            Step.MOVE_TO_RIGHT_PERSON,
            Step.REPORT_UNIT,
        }
        steps = [step for step in offers(parcel, Role.CLERK) if step in asking]
        if not steps:
            return
        for operation in WRITES:
            self._world.fault(data.draw(st.sampled_from(["lost", "cut"])), operation, times=9)
        self._world.fault("503", "getReservation", times=99)
        try:
            self._do(self._steps.take(data.draw(st.sampled_from(steps)), parcel, CLERK))
        except (InDoubtError, NoFreeUnitError):
            pass
        finally:
            self._world.no_more_faults()

    @rule()
    def settle(self) -> None:
        self._do(self._desk.settling.settle_all())

    @rule(place=which)
    def collect(self, place: int) -> None:
        parcel = self._parcel(place)
        if parcel.is_in_locker and not parcel.is_in_doubt and parcel.place is not None:
            self._world.collect(parcel.place.locker_unit_id)
            for mate in self._do(self._desk.journal.in_unit(parcel.place)):
                self._do(self._desk.lockers.refresh(mate, CLERK))

    @rule(place=which)
    def lose_a_unit_while_a_deposit_is_in_doubt(self, place: int) -> None:
        parcel = self._parcel(place)
        held = self._world.holding(parcel.tracking_number)
        # A request that was cut off put nothing in: then there is nothing to collect.
        if parcel.is_in_doubt and parcel.is_reserved and held and held[0]["parcelsDeposited"]:
            self._world.collect(held[0]["lockerUnitId"])

    @rule(place=which)
    def find_a_second_unit(self, place: int) -> None:
        parcel = self._parcel(place)
        if parcel.present:
            item = AttentionItem(finding=Finding.TWO_UNITS, place=free_place(self._world))
            self._do(self._desk.findings.raise_attention(parcel, item, CLERK))

    @invariant()
    def nothing_is_a_dead_end(self) -> None:
        for parcel in map(self._parcel, range(len(self._ids))):
            if not parcel.is_gone and not parcel.is_in_doubt:
                assert offers(parcel, Role.CLERK)
                assert Step.TAKE_OUT in offers(parcel, Role.OPERATOR)

    def teardown(self) -> None:
        """Bring every parcel to its end with steps that are offered."""
        try:
            self._do(self._desk.settling.settle_all())
            for parcel_id in self._ids:
                parcel = self._do(self._desk.journal.parcel(parcel_id))
                assert parcel is not None
                assert not parcel.is_in_doubt
                for step in (Step.TAKE_OUT, Step.FREE_SECOND_UNIT, Step.CLOSE_FINDING):
                    if step in offers(parcel, Role.OPERATOR):
                        self._do(self._steps.take(step, parcel, OPERATOR))
                    parcel = self._do(self._desk.now(parcel))
                assert parcel.is_gone
                assert not parcel.present
            assert self._do(verify(self._desk.journal.connection)).sound
        finally:
            self._do(self._open.aclose())
            self._loop.close()
            self._simulator.stop()
            self._folder.cleanup()

    def _take(self, step: Step, person: Person, parcel: Parcel) -> None:
        """Take a step that is offered: it leaves an event, unless there was nothing to do."""
        before = self._count()
        try:
            self._do(self._steps.take(step, parcel, person))
        except NoFreeUnitError:
            return
        except InDoubtError as error:
            if error.code != "code_may_be_replaced":
                raise
            return
        without = QUIET | OWING | {Step.ADD_TO_LOCKER, Step.CHECK}
        assert step in without or self._count() > before, f"{step} left no event"

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return self._loop.run(work)

    def _parcel(self, place: int) -> Parcel:
        found = self._do(self._desk.journal.parcel(self._ids[place % len(self._ids)]))
        assert found is not None
        return found

    def _count(self) -> int:
        """Count the events of parcels: that somebody was refused leaves a trace, and changes none."""
        told = "SELECT count(*) FROM events WHERE parcel_id IS NOT NULL"
        return int(self._do(self._desk.journal.connection.read(lambda database: database.execute(told).fetchone()[0])))

    def _written(self) -> int:
        sent = self._desk.line.sent
        return sum(sent[name] for name in ("reserve", "deposit", "free", "update"))


TestStepsMachine = StepsMachine.TestCase
TestStepsMachine.settings = settings(
    max_examples=8,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
