"""An intake as questions: what is asked about a parcel in each state, and where each answer leads."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kiosk.desk.dialogue import Dialogue, NewLocker, OwnLocker, ThisLocker
from kiosk.desk.progress import Progress
from kiosk.desk.questions import (
    ChooseLocker,
    ChooseRecipient,
    NothingToAsk,
    PutIn,
    Question,
    SettleNumber,
    TakeCode,
    WriteNumber,
    only_a_person_knows,
    question_about,
    question_on_opening,
    shelf_reason,
)
from kiosk.errors import InDoubtError, NoFreeUnitError, NoLargerUnitError, UnitTakenError, WrongStateError
from kiosk.parcels.carriers import Carrier
from kiosk.parcels.parcel import OpenWrite, Parcel
from kiosk.parcels.states import NumberQuestion, Operation, ParcelState, ShelfReason, UnitProblem
from tests.house.desk import BANK, CLERK, DEPARTMENT, PERSON, REACHING, SMALL, OpenDesk, World, unit_of, what
from tests.journal.book import ATTENTION, PLACE, START

HAND, RESERVED, LOCKER = ParcelState.TAKEN_IN, ParcelState.RESERVED, ParcelState.IN_LOCKER
OPEN = OpenWrite(intent_id="i1", owner="o1", operation=Operation.DEPOSIT, place=PLACE)
UPS_MISREAD = "1Z999AA10123456785"


def parcel(state: ParcelState = HAND, **fields: Any) -> Parcel:
    return Parcel(parcel_id="p1", tracking_number="T1", scanned="T1", taken_in_at=START, state=state, **fields)


@pytest.mark.parametrize(
    ("stands", "asked", "on_opening", "needs_a_person"),
    [
        (parcel(question=NumberQuestion.TO_WRITE), WriteNumber, WriteNumber, False),
        (parcel(question=NumberQuestion.TWO_CARRIERS), SettleNumber, SettleNumber, False),
        (parcel(), ChooseRecipient, ChooseRecipient, False),
        (parcel(contact=PERSON), ChooseLocker, ChooseLocker, False),
        (parcel(contact=PERSON, wrong_recipient=True), NothingToAsk, NothingToAsk, True),
        (parcel(contact=PERSON, open_write=OPEN), NothingToAsk, NothingToAsk, False),
        (parcel(contact=PERSON, attention=(ATTENTION,)), ChooseLocker, NothingToAsk, False),
        (parcel(RESERVED, contact=PERSON, place=PLACE), PutIn, PutIn, True),
        (parcel(RESERVED, contact=PERSON, place=PLACE, open_write=OPEN), NothingToAsk, NothingToAsk, False),
        (parcel(LOCKER, contact=PERSON, place=PLACE, code_waiting=True), TakeCode, TakeCode, True),
        (parcel(LOCKER, contact=PERSON, place=PLACE), TakeCode, NothingToAsk, False),
        (parcel(ParcelState.ON_SHELF, contact=PERSON, shelf="S1"), NothingToAsk, NothingToAsk, False),
        (parcel(ParcelState.COLLECTED, contact=PERSON, place=PLACE), NothingToAsk, NothingToAsk, False),
        (parcel(ParcelState.CANCELLED), NothingToAsk, NothingToAsk, False),
    ],
)
def test_what_is_asked_follows_from_the_parcel(
    stands: Parcel, asked: type[Question], on_opening: type[Question], *, needs_a_person: bool
) -> None:
    assert type(question_about(stands)) is asked
    assert type(question_on_opening(stands)) is on_opening
    assert only_a_person_knows(stands) is needs_a_person
    assert question_about(stands).parcel == question_on_opening(stands).parcel == stands


@pytest.fixture
def dialogue(desk: OpenDesk) -> Dialogue:
    return Dialogue(desk.desk, CLERK)


async def asked_for_a_locker(desk: OpenDesk, number: str = "T1") -> ChooseLocker:
    question = question_about(await desk.taken_in(number))
    assert isinstance(question, ChooseLocker)
    return question


async def asked_to_put_in(desk: OpenDesk, dialogue: Dialogue, number: str = "T1") -> PutIn:
    question = await dialogue.take(await asked_for_a_locker(desk, number), NewLocker(BANK, SMALL))
    assert isinstance(question, PutIn)
    return question


async def test_an_intake_goes_from_the_number_to_the_code(desk: OpenDesk, dialogue: Dialogue, world: World) -> None:
    taken = await desk.scans.take_in(UPS_MISREAD, CLERK, ask=True)
    number = question_about(taken.parcel)
    assert isinstance(number, SettleNumber)
    recipient = await dialogue.number_is(number)
    assert isinstance(recipient, ChooseRecipient)
    locker = await dialogue.is_for(recipient, PERSON)
    assert isinstance(locker, ChooseLocker)
    told: list[Progress] = []
    put_in = await dialogue.take(locker, NewLocker(BANK, SMALL), told.append)
    assert isinstance(put_in, PutIn)
    assert told
    code = await dialogue.is_in(put_in)
    assert isinstance(code, TakeCode)
    assert await desk.code(code.parcel) == world.holding(UPS_MISREAD)[0]["pickupCode"]
    assert isinstance(await dialogue.code_seen(code, await desk.waiting(code.parcel)), NothingToAsk)


async def test_another_number_and_its_carrier_may_be_chosen(desk: OpenDesk, dialogue: Dialogue) -> None:
    number = question_about((await desk.scans.take_in(UPS_MISREAD, CLERK, ask=True)).parcel)
    assert isinstance(number, SettleNumber)
    question = await dialogue.number_is(number, "1Z999AA10123456784", Carrier.UPS)
    assert (question.parcel.tracking_number, question.parcel.carrier) == ("1Z999AA10123456784", Carrier.UPS)


async def test_the_number_made_for_a_box_is_written_on_it_first(desk: OpenDesk, dialogue: Dialogue) -> None:
    question = question_about(await desk.scans.make_number(CLERK))
    assert isinstance(question, WriteNumber)
    assert isinstance(await dialogue.number_is(question), ChooseRecipient)


async def test_the_recipient_may_be_put_right_while_a_locker_is_chosen(desk: OpenDesk, dialogue: Dialogue) -> None:
    question = await dialogue.is_for(await asked_for_a_locker(desk), DEPARTMENT)
    assert isinstance(question, ChooseLocker)
    assert question.parcel.contact == DEPARTMENT
    put_in = await dialogue.take(question, NewLocker(BANK, SMALL))
    assert isinstance(put_in, PutIn)
    assert isinstance(question_on_opening((await dialogue.is_in(put_in)).parcel), NothingToAsk)


async def test_a_locker_of_the_recipients_own_is_added_to(desk: OpenDesk, dialogue: Dialogue) -> None:
    first = await desk.deposited("T0")
    question = await asked_for_a_locker(desk)
    (own,) = await desk.own_lockers(question.parcel)
    put_in = await dialogue.take(question, OwnLocker(own))
    assert isinstance(put_in, PutIn)
    assert (put_in.parcel.place, put_in.parcel.shared) == (first.place, True)


async def test_exactly_one_locker_may_be_asked_for(desk: OpenDesk, dialogue: Dialogue, world: World) -> None:
    wanted, other = world.free_units("large")[:2]
    put_in = await dialogue.take(await asked_for_a_locker(desk), ThisLocker(BANK, wanted))
    assert isinstance(put_in, PutIn)
    assert unit_of(put_in.parcel) == wanted
    world.reserve("other", other)
    with pytest.raises(UnitTakenError):
        await dialogue.take(await asked_for_a_locker(desk, "T2"), ThisLocker(BANK, other))


async def test_out_of_reach_only_where_somebody_said_so(desk: OpenDesk, dialogue: Dialogue, world: World) -> None:
    for unit_id in world.free_units():
        if world.unit(unit_id)["accessible"]:
            world.reserve(f"other {unit_id}", unit_id)
    question = question_about(await desk.taken_in("T1", REACHING))
    assert isinstance(question, ChooseLocker)
    with pytest.raises(NoFreeUnitError, match="no_free_unit_within_reach"):
        await dialogue.take(question, NewLocker(BANK, SMALL))
    assert isinstance(await dialogue.take(question, NewLocker(BANK, SMALL, out_of_reach=True)), PutIn)


@pytest.mark.parametrize("problem", [UnitProblem.OCCUPIED, UnitProblem.DID_NOT_OPEN])
async def test_a_door_that_can_not_be_used_leads_to_the_next_of_its_size(
    desk: OpenDesk, dialogue: Dialogue, problem: UnitProblem
) -> None:
    first = await asked_to_put_in(desk, dialogue)
    second = await dialogue.problem(first, problem)
    assert isinstance(second, PutIn)
    assert second.parcel.place is not None
    assert second.parcel.place.size == SMALL
    assert unit_of(second.parcel) != unit_of(first.parcel)


def fill(world: World, *sizes: str) -> None:
    """Let another kiosk reserve all units of these sizes."""
    for size in sizes:
        for unit in world.free_units(size):
            world.reserve(f"other {unit}", unit)


async def test_a_locker_that_is_too_small_leads_to_one_of_the_next_size(
    desk: OpenDesk, dialogue: Dialogue, world: World
) -> None:
    first = await asked_to_put_in(desk, dialogue)
    fill(world, "medium")  # which a reading of a while ago would not know
    second = await dialogue.problem(first, UnitProblem.TOO_SMALL)
    assert isinstance(second, PutIn)
    (unit,) = world.holding("T1")
    assert (unit["lockerUnitId"], unit["size"]) == (unit_of(second.parcel), "large")
    assert world.unit(unit_of(first.parcel))["unitReserved"] is False


async def test_a_locker_that_is_too_small_is_kept_until_a_larger_one_is_free(
    desk: OpenDesk, dialogue: Dialogue, world: World
) -> None:
    question = await asked_to_put_in(desk, dialogue)
    fill(world, "medium", "large", "mlarge")
    events = await desk.events()
    with pytest.raises(NoLargerUnitError):
        await dialogue.problem(question, UnitProblem.TOO_SMALL)
    assert (await desk.now(question.parcel), await desk.events()) == (question.parcel, events)
    assert [unit["lockerUnitId"] for unit in world.holding("T1")] == [unit_of(question.parcel)]

    choose = await dialogue.too_small_for_now(question)
    assert (choose.too_small, choose.parcel.is_in_hand, world.holding("T1")) == (SMALL, True, [])


async def test_a_larger_locker_that_is_taken_at_that_moment_leaves_the_choice_above_the_size(
    desk: OpenDesk, dialogue: Dialogue, world: World
) -> None:
    question = await asked_to_put_in(desk, dialogue)
    fill(world, "large", "mlarge")

    async def take_them(request: httpx.Request) -> None:
        if what(request) == "free":
            fill(world, "medium")

    desk.line.after = take_them
    choose = await dialogue.problem(question, UnitProblem.TOO_SMALL)
    assert isinstance(choose, ChooseLocker)
    assert (choose.too_small, world.holding("T1")) == (SMALL, [])


async def test_a_locker_out_of_reach_is_replaced_by_another_one_there(
    desk: OpenDesk, dialogue: Dialogue, world: World
) -> None:
    for unit_id in [unit for size in ("small", "medium", "large", "mlarge") for unit in world.free_units(size)]:
        if world.unit(unit_id)["accessible"]:
            world.reserve(f"other {unit_id}", unit_id, PERSON)
    question = question_about(await desk.taken_in("T1", REACHING))
    assert isinstance(question, ChooseLocker)
    first = await dialogue.take(question, NewLocker(BANK, SMALL, out_of_reach=True))
    assert isinstance(first, PutIn)
    second = await dialogue.problem(first, UnitProblem.DID_NOT_OPEN)
    assert isinstance(second, PutIn)
    third = await dialogue.problem(second, UnitProblem.TOO_SMALL)
    assert isinstance(third, PutIn)
    assert third.parcel.place is not None
    assert third.parcel.place.size == "medium"


async def test_a_locker_with_which_nothing_is_wrong_is_given_back_for_another(
    desk: OpenDesk, dialogue: Dialogue, world: World
) -> None:
    question = await dialogue.another_locker(await asked_to_put_in(desk, dialogue))
    assert isinstance(question, ChooseLocker)
    assert (question.parcel.unfit_units, world.holding("T1")) == ((), [])
    assert "unit_reported" not in await desk.events()


async def test_too_small_beside_others_says_nothing_of_the_size(desk: OpenDesk, dialogue: Dialogue) -> None:
    await desk.deposited("T0")
    question = await asked_for_a_locker(desk)
    (own,) = await desk.own_lockers(question.parcel)
    put_in = await dialogue.take(question, OwnLocker(own))
    assert isinstance(put_in, PutIn)
    again = await dialogue.problem(put_in, UnitProblem.TOO_SMALL)
    assert isinstance(again, ChooseLocker)
    assert again.too_small is None


async def test_an_answer_to_a_question_of_yesterday_is_refused(desk: OpenDesk, dialogue: Dialogue) -> None:
    put_in = await asked_to_put_in(desk, dialogue)
    await desk.intake.cancel(put_in.parcel, CLERK)
    before = await desk.events()
    with pytest.raises(WrongStateError):
        await dialogue.is_in(put_in)
    assert await desk.events() == before


async def test_a_deposit_in_doubt_is_asked_about_no_more(desk: OpenDesk, dialogue: Dialogue) -> None:
    put_in = await asked_to_put_in(desk, dialogue)

    async def no_line(request: httpx.Request) -> None:
        raise httpx.ConnectError("no route", request=request)

    desk.line.before = no_line
    with pytest.raises(InDoubtError, match="deposit_delayed"):
        await dialogue.is_in(put_in)
    assert isinstance(question_about(await desk.now(put_in.parcel)), NothingToAsk)


@pytest.mark.parametrize(
    ("question", "online", "sees_no_room", "size", "reason"),
    [
        (ChooseRecipient(parcel()), False, True, SMALL, ShelfReason.UNKNOWN_RECIPIENT),
        (ChooseLocker(parcel(contact=PERSON)), False, False, None, ShelfReason.NO_NETWORK),
        (ChooseLocker(parcel(contact=PERSON)), True, False, SMALL, ShelfReason.NO_UNIT),
        (ChooseLocker(parcel(contact=PERSON)), True, True, None, ShelfReason.NO_UNIT),
        (ChooseLocker(parcel(contact=PERSON)), True, False, None, ShelfReason.PUT_ASIDE),
    ],
)
def test_the_reason_for_the_shelf_is_told_from_what_is_known(
    question: Question, size: Any, reason: ShelfReason, *, online: bool, sees_no_room: bool
) -> None:
    assert shelf_reason(question, online=online, sees_no_room=sees_no_room, size=size) is reason
