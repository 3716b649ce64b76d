"""Several parcels given out at once to one person, and a pickup code by which they are found at the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.errors import InDoubtError
from kiosk.parcels.states import IdentityCheck, OutgoingReason, ParcelState, ShelfReason
from kiosk.tracking.codes import Code
from tests.house.desk import CLERK, DEPARTMENT, KEEP_CODES_FOR, PERSON, OpenDesk, no_line, unit_of

BADGE = IdentityCheck.BADGE


async def test_the_others_of_a_recipient_are_those_that_can_be_given_to_them(desk: OpenDesk) -> None:
    locker = await desk.deposited("T1")
    shelf = await desk.shelf.put_on(await desk.taken_in("T2"), "S1", ShelfReason.PUT_ASIDE, CLERK)
    in_hand = await desk.taken_in("T3")
    goes_out = await desk.desk.leaving.make_outgoing(await desk.taken_in("T4"), "Post", OutgoingReason.RETURN, CLERK)
    await desk.taken_in("T5", DEPARTMENT)
    await desk.intake.cancel(await desk.taken_in("T6"), CLERK)
    others = await desk.desk.handing_over.others_for(locker)
    assert [each.tracking_number for each in others] == ["T2", "T3"]
    assert [each.parcel_id for each in others] == [shelf.parcel_id, in_hand.parcel_id]
    assert goes_out.is_outgoing
    nobody = (await desk.scans.take_in("T7", CLERK)).parcel
    assert await desk.desk.handing_over.others_for(nobody) == ()


async def test_what_is_in_doubt_with_one_holds_no_other_back(desk: OpenDesk) -> None:
    first = await desk.deposited("T1")
    second = await desk.shelf.put_on(await desk.taken_in("T2"), "S1", ShelfReason.PUT_ASIDE, CLERK)
    desk.world.fault("lost", "updateDeposit")
    desk.world.fault("503", "getReservation", times=99)
    with pytest.raises(InDoubtError):
        await desk.corrections.renew_code(first, "lost", CLERK)
    done = await desk.desk.handing_over.give((first, second), PERSON.name, BADGE, CLERK)
    assert [(each.tracking_number, each.state) for each in done.given] == [("T2", ParcelState.HANDED_OVER)]
    ((parcel, error),) = done.not_given
    assert (parcel, error.code) == (first, "write_open")
    assert (await desk.now(first)).state is ParcelState.IN_LOCKER


async def test_without_a_network_all_of_them_are_given_out(desk: OpenDesk) -> None:
    parcels = [await desk.deposited("T1"), await desk.deposited("T2", DEPARTMENT)]
    desk.line.before = no_line
    done = await desk.desk.handing_over.give(parcels, PERSON.name, BADGE, CLERK)
    assert [(each.state, each.is_in_doubt) for each in done.given] == [(ParcelState.HANDED_OVER, True)] * 2
    desk.line.before = None
    await desk.settling.settle_all()
    assert {unit_of(each) for each in parcels} <= {*desk.world.free_units()}


async def test_a_code_finds_its_parcel_while_it_waits_and_while_it_is_kept(desk: OpenDesk) -> None:
    parcel = await desk.deposited("T1")
    await desk.deposited("T2", DEPARTMENT)
    code = await desk.code(parcel)
    assert code is not None
    spelled = f" {code[:3].lower()} {code[3:]} "
    for typed in (code, spelled):
        assert await desk.pickup_codes.parcel_of(typed) == parcel
    parcel = await desk.seen(parcel)
    assert await desk.pickup_codes.parcel_of(code) == parcel
    desk.clock.advance(KEEP_CODES_FOR + timedelta(seconds=1))
    assert await desk.pickup_codes.parcel_of(code) is None


async def test_a_code_is_no_parcel_and_a_number_that_is_here_is_no_code(desk: OpenDesk) -> None:
    parcel = await desk.deposited("T1")
    code = Code(await desk.code(parcel) or "")
    opened = await desk.desk.handing_over.opened_by(code)
    assert opened == (parcel, False)
    for other in ("T1", "T2", f"{code}{code}", "x" * 100, "1Z999AA10123456784"):
        assert await desk.desk.handing_over.opened_by(Code(other)) is None
    await desk.scans.take_in(code, CLERK)
    assert await desk.desk.handing_over.opened_by(code) is None


@pytest.mark.parametrize("typed", ["", "  ", "ABC", "\udce4", "'; DROP TABLE codes"])
async def test_what_is_no_code_finds_nothing(desk: OpenDesk, typed: str) -> None:
    await desk.deposited("T1")
    before = await desk.events()
    assert await desk.pickup_codes.parcel_of(typed) is None
    assert await desk.events() == before
