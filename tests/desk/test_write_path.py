"""The write path's promises: the intent before the request, the outcome before the return, one at a time a parcel."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from kiosk.clock import ManualClock
from kiosk.errors import (
    InDoubtError,
    NotAuthorizedError,
    NotFoundError,
    NotSentError,
    RefusedError,
    StorageReadOnlyError,
    ThrottledError,
    WrongStateError,
)
from kiosk.journal.store import FILE_NAME
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.parcels.states import Operation, ParcelState
from tests.house.desk import (
    BANK,
    CLERK,
    ON_THE_LINE,
    PERSON,
    SMALL,
    START,
    OpenDesk,
    World,
    free_place,
    no_line,
    open_desk,
    what,
)
from tests.journal.book import export

DONE = {
    Operation.RESERVE: "unit_reserved",
    Operation.DEPOSIT: "parcel_deposited",
    Operation.FREE: "unit_freed",
    Operation.EXTEND: "reservation_extended",
    Operation.ADD: "unit_reserved",
}


def on_the_disk(folder: Path) -> list[str]:
    """Read the types of the events through another connection: only what was committed is seen."""
    database = sqlite3.connect(folder / FILE_NAME)
    try:
        return [row[0] for row in database.execute("SELECT type FROM events ORDER BY sequence")]
    finally:
        database.close()


@pytest.mark.parametrize("operation", Operation)
async def test_the_intent_is_on_the_disk_before_the_request_leaves_and_the_outcome_before_it_returns(
    desk: OpenDesk, operation: Operation
) -> None:
    parcel, place = await desk.ready_for(operation)
    seen: list[str] = []

    async def look(request: httpx.Request) -> None:
        if what(request) == ON_THE_LINE[operation]:
            seen.extend(on_the_disk(desk.folder))

    desk.line.before = look
    await desk.perform(parcel, operation, place, START + timedelta(hours=2))

    assert seen[-1:] == ["write_asked"]
    assert on_the_disk(desk.folder) == [*seen, DONE[operation]]


async def test_the_intent_travels_as_the_transaction_id_and_a_repeat_keeps_it(desk: OpenDesk, world: World) -> None:
    ids: list[str] = []

    async def look(request: httpx.Request) -> None:
        if what(request) == "reserve":
            ids.append(request.headers["X-PB-TransactionId"])

    desk.line.before = look
    world.fault("cut", "createReservation")
    parcel = await desk.taken_in()
    await desk.perform(parcel, Operation.RESERVE, free_place(world))

    (asked,) = (each for each in await export(desk.journal.connection) if each["type"] == "write_asked")
    assert ids == [asked["body"]["intentId"]] * 2


@pytest.mark.parametrize(
    ("fault", "error"),
    [("400", RefusedError), ("404", NotFoundError), ("401", NotAuthorizedError), ("429", ThrottledError)],
)
async def test_a_refused_write_is_recorded_as_failed_and_nothing_else_happens(
    desk: OpenDesk, world: World, fault: str, error: type[RefusedError]
) -> None:
    parcel = await desk.taken_in()
    world.fault(fault, "createReservation")

    with pytest.raises(error):
        await desk.perform(parcel, Operation.RESERVE, free_place(world))

    assert (await desk.events())[-2:] == ["write_asked", "write_failed"]
    assert await desk.now(parcel) == parcel
    assert desk.line.sent == {"reserve": 1}
    assert not world.holding("T1")


@pytest.mark.parametrize("operation", [each for each in Operation if each is not Operation.DEPOSIT])
async def test_a_request_that_never_left_is_recorded_as_failed_and_changes_nothing(
    desk: OpenDesk, world: World, operation: Operation
) -> None:
    parcel, place = await desk.ready_for(operation)
    before = world.units()

    desk.line.before = no_line
    with pytest.raises(NotSentError):
        await desk.perform(parcel, operation, place, START + timedelta(hours=2))

    assert (await desk.events())[-2:] == ["write_asked", "write_failed"]
    assert await desk.now(parcel) == parcel
    assert world.units() == before


@pytest.mark.parametrize("fault", ["no line", "429"])
async def test_a_deposit_that_could_not_leave_is_kept_and_delivered_later(
    desk: OpenDesk, world: World, fault: str
) -> None:
    parcel = await desk.reserved()
    if fault == "no line":
        desk.line.before = no_line
    else:
        world.fault(fault, "updateDeposit")

    with pytest.raises(InDoubtError, match="deposit_delayed"):
        await desk.intake.deposit(parcel, CLERK)

    assert (await desk.events())[-2:] == ["write_asked", "write_delayed"]
    assert world.holding("T1")[0]["parcelsDeposited"] == []
    desk.line.before = None
    (delivered,) = await desk.settling.settle_all()
    assert (delivered.state, delivered.open_write) == (ParcelState.IN_LOCKER, None)
    assert await desk.code(delivered) == world.holding("T1")[0]["pickupCode"]


async def test_a_write_is_counted_as_waiting_while_it_is_open(desk: OpenDesk, world: World) -> None:
    counts: list[int] = []
    desk.activity.watch(lambda: counts.append(desk.activity.open_writes))
    parcel = await desk.taken_in()
    await desk.perform(parcel, Operation.RESERVE, free_place(world))
    assert counts[0] == 1
    assert counts[-1] == 0


async def test_nothing_is_sent_if_the_intent_can_not_be_recorded(desk: OpenDesk, world: World) -> None:
    parcel = await desk.taken_in()
    await desk.journal.connection.read(lambda database: database.execute("PRAGMA query_only = ON"))

    with pytest.raises(StorageReadOnlyError):
        await desk.perform(parcel, Operation.RESERVE, free_place(world))

    assert not desk.line.sent


async def test_an_outcome_that_can_not_be_recorded_leaves_the_write_open_and_settling_finishes_it(
    desk: OpenDesk, world: World
) -> None:
    parcel = await desk.taken_in()

    async def disk_fails(request: httpx.Request) -> None:
        if what(request) == "reserve":
            await desk.journal.connection.read(lambda database: database.execute("PRAGMA query_only = ON"))

    desk.line.after = disk_fails
    with pytest.raises(StorageReadOnlyError):
        await desk.perform(parcel, Operation.RESERVE, free_place(world))
    desk.line.after = None
    assert (await desk.now(parcel)).open_write is not None

    await desk.journal.connection.read(lambda database: database.execute("PRAGMA query_only = OFF"))
    settled = await desk.write_path.settle(parcel.parcel_id, CLERK)

    assert settled.state is ParcelState.RESERVED
    assert desk.line.sent["reserve"] == 1


async def test_a_parcel_without_a_recipient_is_not_asked_a_unit_for(desk: OpenDesk, world: World) -> None:
    taken = await desk.scans.take_in("T1", CLERK)
    with pytest.raises(WrongStateError):
        await desk.perform(taken.parcel, Operation.RESERVE, free_place(world))
    assert (await desk.now(taken.parcel)).open_write is None
    assert await desk.events() == ["parcel_taken_in"]


@pytest.mark.parametrize("operation", [Operation.DEPOSIT, Operation.FREE, Operation.EXTEND])
async def test_a_unit_that_is_not_the_parcels_any_more_is_not_written_to(
    desk: OpenDesk, world: World, operation: Operation
) -> None:
    parcel = await desk.reserved()
    await desk.perform(parcel, Operation.FREE)
    before = desk.line.sent.copy()

    with pytest.raises(WrongStateError):
        await desk.perform(parcel, operation, expiry=START + timedelta(hours=1))

    assert desk.line.sent == before
    assert not world.holding("T1")


async def test_two_reservations_for_one_parcel_at_the_same_time_hold_one_unit(desk: OpenDesk, world: World) -> None:
    parcel = await desk.taken_in()
    first, second = (UnitPlace(locker_bank_id=BANK, locker_unit_id=unit, size=SMALL) for unit in world.free_units()[:2])
    results = await asyncio.gather(
        desk.perform(parcel, Operation.RESERVE, first),
        desk.perform(parcel, Operation.RESERVE, second),
        return_exceptions=True,
    )

    assert [type(result) for result in results] == [Parcel, WrongStateError]
    assert [unit["lockerUnitId"] for unit in world.holding("T1")] == [first.locker_unit_id]
    assert desk.line.sent["reserve"] == 1


async def test_two_processes_that_reserve_for_one_parcel_at_once_hold_one_unit(
    tmp_path: Path, desk: OpenDesk, world: World, clock: ManualClock
) -> None:
    parcel = await desk.taken_in()
    places = [UnitPlace(locker_bank_id=BANK, locker_unit_id=unit, size=SMALL) for unit in world.free_units()[:2]]
    async with open_desk(tmp_path / "desk", world, clock) as other:
        results = await asyncio.gather(
            desk.perform(parcel, Operation.RESERVE, places[0]),
            other.perform(parcel, Operation.RESERVE, places[1]),
            return_exceptions=True,
        )
        sent = desk.line.sent["reserve"] + other.line.sent["reserve"]
    (refused,) = (result for result in results if not isinstance(result, Parcel))
    assert isinstance(refused, WrongStateError | InDoubtError)
    assert sent == 1
    assert len(world.holding("T1")) == 1


async def test_two_deposits_for_one_parcel_at_the_same_time_are_one(desk: OpenDesk, world: World) -> None:
    parcel = await desk.reserved()
    deposits = [desk.perform(parcel, Operation.DEPOSIT), desk.perform(parcel, Operation.DEPOSIT)]
    done, refused = await asyncio.gather(*deposits, return_exceptions=True)

    assert isinstance(done, Parcel)
    assert isinstance(refused, WrongStateError), "another deposit would replace the code that somebody has"
    assert (await desk.events())[-2:] == ["write_asked", "parcel_deposited"]
    assert desk.line.sent["deposit"] == 1
    assert await desk.code(parcel) == world.holding("T1")[0]["pickupCode"]


async def test_writes_for_different_parcels_do_not_wait_for_each_other(desk: OpenDesk, world: World) -> None:
    both_asked = asyncio.Event()
    asked = 0

    async def wait_for_both(request: httpx.Request) -> None:
        nonlocal asked
        if what(request) == "reserve":
            asked += 1
            if asked == 2:
                both_asked.set()
            async with asyncio.timeout(5):
                await both_asked.wait()

    desk.line.before = wait_for_both
    places = [UnitPlace(locker_bank_id=BANK, locker_unit_id=unit, size=SMALL) for unit in world.free_units()[:2]]
    parcels = [await desk.taken_in(number) for number in ("T1", "T2")]
    done = await asyncio.gather(
        *(desk.perform(parcel, Operation.RESERVE, place) for parcel, place in zip(parcels, places, strict=True))
    )
    assert [parcel.state for parcel in done] == [ParcelState.RESERVED] * 2


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("operation", Operation)
async def test_a_cancelled_write_stays_open_and_is_settled_afterwards(
    desk: OpenDesk, world: World, operation: Operation, moment: str
) -> None:
    parcel, place = await desk.ready_for(operation)
    expiry = START + timedelta(hours=2)
    reached = asyncio.Event()

    async def hang(request: httpx.Request) -> None:
        if what(request) == ON_THE_LINE[operation]:
            reached.set()
            await asyncio.Event().wait()

    setattr(desk.line, moment, hang)
    task = asyncio.create_task(desk.perform(parcel, operation, place, expiry))
    await reached.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    setattr(desk.line, moment, None)

    left = (await desk.now(parcel)).open_write
    assert left is not None
    assert left.operation is operation
    with pytest.raises(InDoubtError):
        await desk.perform(parcel, operation, place, expiry)

    (settled,) = await desk.settling.settle_all()
    assert settled.open_write is None
    assert (await desk.events())[-1] == DONE[operation]
    assert len(world.holding("T1")) == (0 if operation is Operation.FREE else 1)
    assert desk.activity.open_writes == 0


async def test_a_reservation_names_the_user_the_contact_and_the_very_unit(desk: OpenDesk, world: World) -> None:
    sent: list[bytes] = []

    async def look(request: httpx.Request) -> None:
        if what(request) == "reserve":
            sent.append(request.content)

    desk.line.before = look
    place = free_place(world)
    await desk.perform(await desk.taken_in(), Operation.RESERVE, place, START + timedelta(hours=24))

    assert httpx.Response(200, content=sent[0]).json() == {
        "userId": CLERK.name,
        "lockerUnitId": place.locker_unit_id,
        "contactId": PERSON.contact_id,
        "contactType": "recipient",
        "trackingNumber": "T1",
        "reservationExpiryTime": "2026-03-03T09:00:00Z",
    }
