"""What can be undone for a minute, and what can't."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.errors import WrongStateError
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ParcelState, ShelfReason
from kiosk.parcels.steps import Step
from tests.house.desk import CLERK, PERSON, OpenDesk


async def undone(desk: OpenDesk, parcel: Parcel, step: Step) -> Parcel:
    """Undo what is offered, and see that this is not offered twice."""
    assert await desk.desk.undoing.offered(parcel, CLERK) is step
    return await desk.desk.undoing.undo(parcel, CLERK)


async def test_a_cancelled_intake_goes_on_with_its_recipient(desk: OpenDesk) -> None:
    parcel = await desk.intake.cancel(await desk.reserved(), CLERK)
    again = await undone(desk, parcel, Step.CANCEL)
    assert (again.parcel_id, again.state, again.contact) == (parcel.parcel_id, ParcelState.TAKEN_IN, PERSON)
    assert (await desk.scans.take_in("T1", CLERK)).parcel.parcel_id == parcel.parcel_id


async def test_a_cancelled_intake_whose_number_came_again_stays_cancelled(desk: OpenDesk) -> None:
    parcel = await desk.intake.cancel(await desk.taken_in(), CLERK)
    await desk.scans.take_in("T1", CLERK)
    with pytest.raises(WrongStateError, match="here_already"):
        await desk.desk.undoing.undo(parcel, CLERK)


async def test_a_parcel_put_on_the_shelf_by_mistake_is_in_hand_again(desk: OpenDesk) -> None:
    parcel = await desk.shelf.put_on(await desk.taken_in(), "S1", ShelfReason.PUT_ASIDE, CLERK)
    again = await undone(desk, parcel, Step.PUT_ON_SHELF)
    assert (again.state, again.shelf) == (ParcelState.TAKEN_IN, None)


async def test_a_recipient_chosen_by_mistake_is_nobody(desk: OpenDesk) -> None:
    again = await undone(desk, await desk.taken_in(), Step.CHOOSE_RECIPIENT)
    assert (again.state, again.contact) == (ParcelState.TAKEN_IN, None)


async def test_two_boxes_that_were_joined_are_two_parcels_again(desk: OpenDesk) -> None:
    box = (await desk.scans.take_in("T1", CLERK)).parcel
    other = (await desk.scans.take_in("T2", CLERK)).parcel
    await desk.desk.boxes.join(other, box, CLERK)
    again = await undone(desk, await desk.now(other), Step.JOIN)
    assert (again.tracking_number, again.state) == ("T2", ParcelState.TAKEN_IN)
    assert (await desk.now(box)).other_codes == ()


async def test_after_a_minute_or_another_step_nothing_is_undone(desk: OpenDesk) -> None:
    parcel = await desk.shelf.put_on(await desk.taken_in(), "S1", ShelfReason.PUT_ASIDE, CLERK)
    desk.clock.advance(timedelta(seconds=60))
    assert await desk.desk.undoing.offered(parcel, CLERK) is None
    with pytest.raises(WrongStateError, match="nothing_to_undo"):
        await desk.desk.undoing.undo(parcel, CLERK)
    deposited = await desk.deposited("T2")
    assert await desk.desk.undoing.offered(deposited, CLERK) is None
