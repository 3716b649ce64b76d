"""What the service says beside what the journal says, and the one code for where they differ."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.clock import ManualClock
from kiosk.desk.comparing import Compared, mismatch_of
from kiosk.desk.reservations import Held
from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import LockerUnit
from kiosk.parcels.parcel import OpenWrite, Parcel, UnitPlace
from kiosk.parcels.states import Mismatch, Operation, ParcelState, ShelfReason
from kiosk.tracking.scan import read_scan
from kiosk.words.mismatches import mismatch_words
from tests.house.desk import CLERK, PERSON, START, OpenDesk, World, open_desk, unit_of

PLACE = UnitPlace(locker_bank_id="AOne", locker_unit_id="7")
HELD = Held(PLACE, LockerUnit(locker_unit_id="7", contact_id="c1"), "T1")
ASKED = OpenWrite(intent_id="i1", owner="o1", operation=Operation.RESERVE, place=PLACE)
IN_UNIT = Parcel(
    parcel_id="p1",
    tracking_number="T1",
    scanned="T1",
    taken_in_at=START,
    state=ParcelState.IN_LOCKER,
    contact=Contact(contact_id="c1", name="Ann"),
    place=PLACE,
)


@pytest.mark.parametrize(
    ("changed", "held", "mismatch"),
    [
        ({}, HELD, None),
        ({}, None, Mismatch.NOT_AT_SERVICE),
        ({"state": ParcelState.ON_SHELF, "place": None, "shelf": "S1"}, None, None),
        ({"state": ParcelState.ON_SHELF, "place": None, "shelf": "S1"}, HELD, Mismatch.IN_ANOTHER_UNIT),
        ({"state": ParcelState.TAKEN_IN, "place": None}, HELD, Mismatch.IN_ANOTHER_UNIT),
        ({"state": ParcelState.COLLECTED}, HELD, Mismatch.NOT_HERE),
        ({"state": ParcelState.COLLECTED}, None, None),
        ({"place": PLACE.model_copy(update={"locker_unit_id": "8"})}, HELD, Mismatch.IN_ANOTHER_UNIT),
        ({"contact": Contact(contact_id="c2", name="Bo")}, HELD, Mismatch.FOR_ANOTHER_CONTACT),
        ({"open_write": ASKED, "place": None, "state": ParcelState.TAKEN_IN}, HELD, None),
        (None, HELD, Mismatch.NOT_HERE),
        (None, None, None),
    ],
)
def test_where_the_two_differ_has_one_code_and_one_sentence(
    changed: dict[str, object] | None, held: Held | None, mismatch: Mismatch | None
) -> None:
    parcel = None if changed is None else IN_UNIT.model_copy(update=changed)
    assert mismatch_of(parcel, held) == mismatch
    said = mismatch_words(Compared("T1", parcel, held, mismatch), str)
    assert bool(said) == (mismatch is not None)
    assert "{" not in said


async def test_a_number_is_asked_for_in_every_bank_and_what_is_gone_is_recorded(desk: OpenDesk, world: World) -> None:
    parcel = await desk.deposited("T1")
    compared = await desk.desk.comparing.number(read_scan("T1"), CLERK)
    assert compared.held is not None
    assert (compared.parcel, compared.mismatch) == (parcel, None)
    assert compared.held.place.locker_unit_id == unit_of(parcel)
    world.collect(unit_of(parcel))
    compared = await desk.desk.comparing.number(read_scan("T1"), CLERK)
    assert (compared.held, compared.mismatch) == (None, Mismatch.NOT_AT_SERVICE)
    assert compared.parcel == await desk.now(parcel)
    assert compared.parcel.state is ParcelState.COLLECTED
    assert (await desk.desk.comparing.number(read_scan("T1"), CLERK)).mismatch is None


async def test_for_a_contact_each_parcel_stands_once_whoever_knows_it(
    desk: OpenDesk, world: World, tmp_path: Path, clock: ManualClock
) -> None:
    inside = await desk.deposited("T1")
    shelf = await desk.taken_in("T2")
    shelf = await desk.shelf.put_on(shelf, "S1", ShelfReason.PUT_ASIDE, CLERK)
    async with open_desk(tmp_path / "other", world, clock) as other:
        await other.deposited("T3")
    gone = await desk.deposited("T4")
    world.collect(unit_of(gone))
    compared = {each.tracking_number: each for each in await desk.desk.comparing.contact(PERSON.contact_id)}
    assert {number: each.mismatch for number, each in compared.items()} == {
        "T1": None,
        "T2": None,
        "T3": Mismatch.NOT_HERE,
        "T4": Mismatch.NOT_AT_SERVICE,
    }
    assert (compared["T1"].parcel, compared["T2"].parcel) == (inside, shelf)
    assert compared["T3"].parcel is None
