"""What an operator does about a parcel: with a reason, with a role, in the journal under the operator's name."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from kiosk.errors import (
    InDoubtError,
    NoReasonError,
    NotAllowedError,
    NotSentError,
    RefusedError,
    StorageError,
    WrongStateError,
)
from kiosk.parcels.contacts import Contact
from kiosk.parcels.parcel import AttentionItem, Parcel, UnitPlace
from kiosk.parcels.people import Person
from kiosk.parcels.states import Finding, Operation, ParcelState, Role, ShelfReason
from kiosk.plain_text import LONGEST_REASON
from tests.house.desk import BANK, CLERK, DEPARTMENT, PERSON, START, OpenDesk, World, what
from tests.journal.book import export

if TYPE_CHECKING:
    Correcting = Callable[[OpenDesk, Parcel, str, Person], Awaitable[object]]

ORIGIN = "203.0.113.7"
ANA = Person(name="ana", role=Role.ADMIN, user_id=CLERK.user_id, origin=ORIGIN)
BEN = Person(name="ben", role=Role.OPERATOR, user_id=CLERK.user_id, origin=ORIGIN)
EVE = Person(name="eve", role=Role.VIEWER, user_id=CLERK.user_id, origin=ORIGIN)
GATE = "gate@example.com"
LOOK_HERE = AttentionItem(finding=Finding.REFUSED_LATE)
HELD_TWICE = AttentionItem(finding=Finding.TWO_UNITS, place=UnitPlace(locker_bank_id=BANK, locker_unit_id="not held"))

ALL: dict[str, Correcting] = {
    "take_out": lambda desk, parcel, reason, person: desk.corrections.take_out(parcel, reason, person),
    "free_second_unit": lambda desk, parcel, reason, person: desk.corrections.free_second_unit(parcel, reason, person),
    "extend": lambda desk, parcel, reason, person: desk.corrections.extend(parcel, 48, reason, person),
    "renew_code": lambda desk, parcel, reason, person: desk.corrections.renew_code(parcel, reason, person),
    "change_user": lambda desk, parcel, reason, person: desk.corrections.change_user(parcel, GATE, reason, person),
    "view_code": lambda desk, parcel, reason, person: desk.corrections.view_code(parcel, reason, person),
    "close_finding": lambda desk, parcel, reason, person: desk.corrections.close(
        parcel, Finding.REFUSED_LATE, reason, person
    ),
    "take_off_shelf": lambda desk, parcel, reason, person: desk.corrections.take_off_shelf(parcel, reason, person),
}

each_correction = pytest.mark.parametrize("correction", ALL.values(), ids=ALL)


async def since(desk: OpenDesk, first: int) -> list[dict[str, Any]]:
    """Return the events from that one on."""
    return (await export(desk.journal.connection))[first:]


async def ready_for(desk: OpenDesk, correction: Correcting) -> Parcel:
    if correction is ALL["take_off_shelf"]:
        return await desk.shelf.put_on(await desk.taken_in(), "S1", ShelfReason.NO_UNIT, CLERK)
    parcel = await (desk.reserved() if correction is ALL["extend"] else desk.deposited())
    parcel = await desk.findings.raise_attention(parcel, LOOK_HERE, CLERK)
    return await desk.findings.raise_attention(parcel, HELD_TWICE, CLERK)


@each_correction
async def test_the_journal_says_who_asked_for_what_and_why_before_anything_else(
    desk: OpenDesk, correction: Correcting
) -> None:
    parcel = await ready_for(desk, correction)
    before = len(await desk.events())
    await correction(desk, parcel, "  asked\nfor by the\trecipient ", ANA)
    asked, *others = await since(desk, before)
    assert asked["type"] == "correction_asked"
    name = next(name for name, each in ALL.items() if each is correction)
    assert asked["body"] == {"step": name, "reason": "asked for by the recipient", "role": "admin", "origin": ORIGIN}
    assert asked["parcel_id"] == parcel.parcel_id
    assert {event["person"] for event in (asked, *others)} == {"ana"}
    assert others or name == "view_code"


@each_correction
@pytest.mark.parametrize("reason", ["", " \t\n"])
async def test_without_a_reason_nothing_is_done(desk: OpenDesk, correction: Correcting, reason: str) -> None:
    parcel = await ready_for(desk, correction)
    before, sent = await desk.events(), desk.line.sent.copy()
    with pytest.raises(NoReasonError):
        await correction(desk, parcel, reason, ANA)
    assert (await desk.events(), desk.line.sent) == (before, sent)


@each_correction
async def test_a_viewer_can_do_none_of_it(desk: OpenDesk, correction: Correcting) -> None:
    parcel = await ready_for(desk, correction)
    before, sent = await desk.events(), desk.line.sent.copy()
    with pytest.raises(NotAllowedError, match="eve"):
        await correction(desk, parcel, "because", EVE)
    assert (await desk.events(), desk.line.sent) == ([*before, "operator_refused"], sent)


async def test_only_an_admin_sees_a_code_and_it_goes_on_waiting_for_the_clerk(desk: OpenDesk) -> None:
    parcel = await desk.deposited()
    with pytest.raises(NotAllowedError, match="ben"):
        await desk.corrections.view_code(parcel, "lost", BEN)
    seen = await desk.corrections.view_code(parcel, "lost", ANA)
    assert seen is not None
    assert seen.secret.get_secret_value() == await desk.code(parcel)
    assert (await desk.now(parcel)).code_waiting


async def test_a_parcel_that_is_taken_out_leaves_its_locker(desk: OpenDesk, world: World) -> None:
    parcel = await desk.deposited()
    assert (await desk.corrections.take_out(parcel, "wrong label", BEN)).state is ParcelState.CANCELLED
    assert world.holding("T1") == []


async def test_an_extended_reservation_holds_from_now(desk: OpenDesk, world: World) -> None:
    parcel = await desk.corrections.extend(await desk.reserved(), 48, "on holiday", BEN)
    assert parcel.reservation_expiry == START + timedelta(hours=48)
    (unit,) = world.holding("T1")
    assert unit["reservationExpiryTime"] == "2026-03-04T09:00:00Z"


async def test_a_new_code_waits_for_the_clerk_and_ends_the_earlier_one(desk: OpenDesk, world: World) -> None:
    parcel = await desk.deposited()
    first = await desk.code(parcel)
    parcel = await desk.seen(parcel)
    parcel = await desk.corrections.renew_code(parcel, "slip of paper lost", BEN)
    assert parcel.code_waiting
    assert parcel.state is ParcelState.IN_LOCKER
    second = await desk.code(parcel)
    assert second not in {None, first}
    assert world.holding("T1")[0]["pickupCode"] == second
    exported = str(await export(desk.journal.connection))
    assert str(first) not in exported
    assert str(second) not in exported


@pytest.mark.parametrize("contact", [PERSON, DEPARTMENT])
@pytest.mark.parametrize("fault", [None, "lost", "cut"])
async def test_a_deposit_is_recorded_again_as_another_users_until_the_service_says_so(
    desk: OpenDesk, world: World, contact: Contact, fault: str | None
) -> None:
    parcel = await desk.deposited("T1", contact)
    users: list[str] = []

    async def look(request: httpx.Request) -> None:
        if what(request) == "deposit":
            users.append(json.loads(request.content)["userId"])

    desk.line.before = look
    if fault:
        world.fault(fault, "updateDeposit")
    parcel = await desk.corrections.change_user(parcel, GATE, "the gate took it in", BEN)
    assert users == [GATE] * (2 if fault else 1)
    assert (parcel.state, parcel.open_write) == (ParcelState.IN_LOCKER, None)
    assert await desk.code(parcel) == world.holding("T1")[0].get("pickupCode")
    asked = [each["body"]["userId"] for each in await export(desk.journal.connection) if each["type"] == "write_asked"]
    assert asked[-1] == GATE


async def test_a_new_code_whose_answer_was_lost_comes_all_the_same(desk: OpenDesk, world: World) -> None:
    parcel = await desk.seen(await desk.deposited())
    world.fault("lost", "updateDeposit")
    parcel = await desk.corrections.renew_code(parcel, "slip of paper lost", BEN)
    assert await desk.code(parcel) == world.holding("T1")[0]["pickupCode"]


async def test_a_new_code_that_could_not_be_asked_for_is_not_delivered_behind_anybodys_back(
    desk: OpenDesk, world: World
) -> None:
    parcel = await desk.seen(await desk.deposited())
    world.fault("429", "updateDeposit")
    with pytest.raises(RefusedError):
        await desk.corrections.renew_code(parcel, "slip of paper lost", BEN)
    assert await desk.now(parcel) == parcel


async def test_a_new_code_that_could_not_leave_is_not_delivered_behind_anybodys_back(desk: OpenDesk) -> None:
    parcel = await desk.seen(await desk.deposited())

    async def no_line(request: httpx.Request) -> None:
        raise httpx.ConnectError("no route", request=request)

    desk.line.before = no_line
    with pytest.raises(NotSentError):
        await desk.corrections.renew_code(parcel, "slip of paper lost", BEN)
    desk.line.before = None
    assert await desk.settling.settle_all() == ()
    assert await desk.now(parcel) == parcel


async def test_a_parcel_that_turns_out_to_be_gone_is_recorded_as_that(desk: OpenDesk, world: World) -> None:
    parcel = await desk.seen(await desk.deposited())
    assert parcel.place is not None
    world.collect(parcel.place.locker_unit_id)
    with pytest.raises(WrongStateError, match="collected_meanwhile"):
        await desk.corrections.renew_code(parcel, "slip of paper lost", BEN)
    assert (await desk.now(parcel)).state is ParcelState.COLLECTED
    assert not desk.line.sent["deposit"] - 1, "nothing is sent into a unit that may be somebody else's"


async def test_a_new_code_in_doubt_for_a_parcel_that_is_gone_leaves_nothing_to_look_at(
    desk: OpenDesk, world: World
) -> None:
    parcel = await desk.seen(await desk.deposited())
    assert parcel.place is not None
    world.fault("cut", "updateDeposit", times=9)
    with pytest.raises(InDoubtError):
        await desk.corrections.renew_code(parcel, "slip of paper lost", BEN)
    world.no_more_faults()
    world.collect(parcel.place.locker_unit_id)
    await desk.settling.settle_all()
    parcel = await desk.now(parcel)
    assert (parcel.open_write, parcel.attention) == (None, ())


async def test_a_department_and_a_parcel_in_hand_get_no_code(desk: OpenDesk) -> None:
    for parcel in (await desk.deposited("T1", DEPARTMENT), await desk.reserved("T2")):
        with pytest.raises(WrongStateError):
            await desk.corrections.renew_code(parcel, "asked for", ANA)
        assert (await desk.now(parcel)).open_write is None


async def test_an_item_is_closed_once_with_what_was_found(desk: OpenDesk) -> None:
    parcel = await desk.findings.raise_attention(await desk.deposited(), LOOK_HERE, CLERK)
    closed = await desk.corrections.close(parcel, Finding.REFUSED_LATE, "taken out", BEN)
    assert closed.attention == ()
    with pytest.raises(WrongStateError, match="hindered_no_finding"):
        await desk.corrections.close(parcel, Finding.REFUSED_LATE, "taken out", BEN)


async def test_a_parcel_taken_off_the_shelf_is_the_clerks_again(desk: OpenDesk) -> None:
    laid = await desk.shelf.put_on(await desk.taken_in(), "S1", ShelfReason.NO_UNIT, CLERK)
    back = await desk.corrections.take_off_shelf(laid, "room by now", BEN)
    assert (back.state, back.shelf) == (ParcelState.TAKEN_IN, None)
    assert await desk.journal.unfinished() == (back,)


async def test_a_correction_waits_for_what_is_in_doubt(desk: OpenDesk, world: World) -> None:
    parcel = await desk.reserved()
    world.fault("cut", "updateDeposit", times=9)
    with pytest.raises(InDoubtError):
        await desk.perform(parcel, Operation.DEPOSIT)
    with pytest.raises(InDoubtError):
        await desk.corrections.take_out(parcel, "because", BEN)
    assert (await desk.now(parcel)).place == parcel.place


async def test_a_long_reason_is_cut_and_an_odd_one_can_be_written_down(desk: OpenDesk) -> None:
    parcel = await desk.findings.raise_attention(await desk.deposited(), LOOK_HERE, CLERK)
    await desk.corrections.close(parcel, Finding.REFUSED_LATE, "\ud800" + "x" * 500, BEN)
    closed = (await since(desk, 0))[-1]["body"]
    assert closed["reason"] == "?" + "x" * (LONGEST_REASON - 1)


async def test_no_correction_is_carried_out_that_could_not_be_written_down(desk: OpenDesk) -> None:
    parcel = await desk.deposited()
    sent = desk.line.sent.copy()
    await desk.journal.connection.close()
    with pytest.raises(StorageError):
        await desk.corrections.take_out(parcel, "because", BEN)
    assert desk.line.sent == sent
