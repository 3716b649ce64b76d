"""What is proposed from memory and from what is open; and that it is only proposed while it makes sense."""

from __future__ import annotations

from datetime import timedelta

from kiosk.clock import ManualClock
from kiosk.desk.proposals import Proposal, awaited_size, has_any, proposed_size, undoubted_size, within_reach_of
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.parcel import Parcel
from tests.house.desk import BANK, CLERK, PERSON, REACHING, SMALL, OpenDesk, World

MEDIUM = LockerSize("medium")


async def went(desk: OpenDesk, number: str, size: LockerSize, bank: str) -> Parcel:
    """Put a parcel into a locker and let it be collected."""
    parcel = await desk.reserve(await desk.taken_in(number), size, bank)
    parcel = await desk.intake.deposit(parcel, CLERK)
    assert parcel.place is not None
    desk.world.collect(parcel.place.locker_unit_id, bank)
    return await desk.lockers.refresh(parcel, CLERK)


async def test_bank_and_size_of_the_last_parcel_are_proposed(desk: OpenDesk) -> None:
    assert await desk.history.last_place(await desk.taken_in("T0")) is None
    await went(desk, "T1", SMALL, BANK)
    await went(desk, "T2", MEDIUM, "CThree")
    parcel = await desk.taken_in("T3")
    proposal = await desk.proposals.propose(parcel)
    assert proposal.view is not None
    assert proposal.last is not None
    assert (proposal.view.details.locker_bank_id, proposal.open_lockers) == ("CThree", ())
    assert proposed_size(proposal.view, parcel.contact, above=None, last=proposal.last.size) == MEDIUM


async def test_a_bank_without_room_is_not_proposed_from_memory(desk: OpenDesk, world: World) -> None:
    await went(desk, "T1", SMALL, "CThree")
    for size in ("small", "medium", "large", "mlarge"):
        for unit in world.free_units(size, "CThree"):
            world.reserve(f"x{unit}", unit, REACHING, "CThree")
    await desk.lockers.bank("CThree", fresh=True)
    view = (await desk.proposals.propose(await desk.taken_in("T2"))).view
    assert view is not None
    assert view.details.locker_bank_id == BANK


def fill(world: World, bank: str, *sizes: str) -> None:
    for size in sizes or ("small", "medium", "large", "mlarge"):
        for unit in world.free_units(size, bank):
            world.reserve(f"{bank} {unit}", unit, REACHING, bank)


def make_room(world: World, bank: str) -> None:
    """Let another kiosk free a unit that it had reserved."""
    unit = next(unit for unit in world.units(bank) if world.holding(f"{bank} {unit['lockerUnitId']}"))
    world.free(unit["lockerUnitId"], bank)


def proposed(proposal: Proposal) -> tuple[str, str]:
    """Return the bank that is proposed, and the full one in whose place it is."""
    assert proposal.view is not None
    return proposal.view.details.locker_bank_id, proposal.full.details.locker_bank_id if proposal.full else ""


async def test_the_first_bank_with_room_stands_in_for_the_usual_one_and_nobody_waits_for_a_reading(
    desk: OpenDesk, world: World, clock: ManualClock
) -> None:
    fill(world, BANK)
    parcel = await desk.taken_in()
    await desk.proposals.get_ready()
    asked = desk.line.sent.total()
    clock.advance(timedelta(minutes=30))
    proposal = await desk.proposals.propose(parcel)
    assert proposed(proposal) == ("BTwo", BANK)
    assert desk.line.sent.total() == asked

    # The usual bank alone is read anew meanwhile, and is proposed again once it has room.
    assert await desk.proposals.newer(parcel, proposal) is not None
    assert desk.line.sent.total() == asked + 1
    make_room(world, BANK)
    clock.advance(timedelta(minutes=2))
    proposal = await desk.proposals.propose(parcel)
    newer = await desk.proposals.newer(parcel, proposal)
    assert newer is not None
    assert (proposed(proposal), proposed(newer)) == (("BTwo", BANK), (BANK, ""))


async def test_that_all_banks_are_full_is_said_of_the_present_only(
    desk: OpenDesk, world: World, clock: ManualClock
) -> None:
    for bank in (BANK, "BTwo", "CThree"):
        fill(world, bank)
    parcel = await desk.taken_in()
    proposal = await desk.proposals.propose(parcel)
    assert proposed(proposal) == (BANK, "")
    assert not has_any(proposal.view, PERSON, None) if proposal.view else False
    make_room(world, "CThree")
    clock.advance(timedelta(minutes=2))
    assert proposed(await desk.proposals.propose(parcel)) == ("CThree", BANK)


async def test_room_is_only_what_is_larger_for_a_parcel_that_did_not_fit(desk: OpenDesk, world: World) -> None:
    fill(world, BANK, "medium", "large", "mlarge")
    parcel = await desk.taken_in()
    assert proposed(await desk.proposals.propose(parcel)) == (BANK, "")
    assert proposed(await desk.proposals.propose(parcel, above=SMALL)) == ("BTwo", BANK)


async def test_a_locker_is_taken_without_a_question_only_as_last_time_and_where_it_is_free(
    desk: OpenDesk, world: World
) -> None:
    async def undoubted() -> LockerSize | None:
        return undoubted_size(await desk.proposals.propose(parcel, fresh=True), PERSON)

    parcel = await desk.taken_in("T0")
    assert await undoubted() is None, "there was no last time"
    await went(desk, "T1", MEDIUM, BANK)
    assert await undoubted() == MEDIUM
    fill(world, BANK, "medium")
    assert await undoubted() is None, "the size is full"
    fill(world, BANK)
    assert await undoubted() is None, "another bank stands in"
    make_room(world, BANK)
    await desk.lockers.bank(BANK, fresh=True)
    await went(desk, "T2", LockerSize("large"), "BTwo")
    assert await undoubted() == "large"
    await desk.intake.deposit(await desk.reserve(await desk.taken_in("T3"), SMALL, "BTwo"), CLERK)
    assert await undoubted() is None, "a locker of theirs is open"


async def test_a_bank_that_is_asked_for_is_shown_whatever_is_remembered(desk: OpenDesk) -> None:
    await went(desk, "T1", SMALL, "CThree")
    view = (await desk.proposals.propose(await desk.taken_in("T2"), bank_id="BTwo")).view
    assert view is not None
    assert view.details.locker_bank_id == "BTwo"


async def test_the_bank_of_the_open_locker_is_shown(desk: OpenDesk) -> None:
    await went(desk, "T1", SMALL, BANK)
    await desk.intake.deposit(await desk.reserve(await desk.taken_in("T2"), SMALL, "BTwo"), CLERK)
    proposal = await desk.proposals.propose(await desk.taken_in("T3"))
    assert proposal.view is not None
    assert [each.inside for each in proposal.open_lockers] == [("T2",)]
    assert proposal.view.details.locker_bank_id == "BTwo"


async def test_sizes_are_proposed_only_where_there_is_room(desk: OpenDesk, world: World) -> None:
    view = await desk.lockers.bank(BANK)
    assert proposed_size(view, PERSON, above=None, last=None) == SMALL
    assert proposed_size(view, PERSON, above=SMALL, last=SMALL) == MEDIUM
    assert awaited_size(view, PERSON, chosen=SMALL, above=None) is None
    assert awaited_size(view, PERSON, chosen=None, above=SMALL) == MEDIUM
    for unit in world.free_units("small"):
        world.reserve(f"x{unit}", unit, REACHING)
    full = await desk.lockers.bank(BANK, fresh=True)
    assert proposed_size(full, PERSON, above=None, last=SMALL) == MEDIUM
    assert awaited_size(full, PERSON, chosen=SMALL, above=None) == SMALL


async def test_an_open_locker_out_of_reach_is_not_the_first_proposal_for_those_who_need_reach(
    desk: OpenDesk, world: World
) -> None:
    far = next(unit for unit in world.free_units() if not world.unit(unit)["accessible"])
    near = next(unit for unit in world.free_units("medium") if world.unit(unit)["accessible"])
    world.reserve("far", far, REACHING)
    parcel = await desk.taken_in("T1", REACHING)
    only_far = await desk.own_lockers(parcel)
    assert [each.place.locker_unit_id for each in only_far] == [far]
    assert within_reach_of(only_far, REACHING) is None
    assert within_reach_of(only_far, PERSON) == only_far[0]
    world.reserve("near", near, REACHING)
    found = within_reach_of(await desk.own_lockers(parcel), REACHING)
    assert found is not None
    assert found.place.locker_unit_id == near


async def test_who_had_the_number_before_is_remembered_unless_that_was_wrong(desk: OpenDesk) -> None:
    parcel = (await desk.scans.take_in("T1", CLERK)).parcel
    assert await desk.history.recipient_before(parcel) is None
    await desk.intake.cancel(await desk.intake.choose_recipient(parcel, PERSON, CLERK), CLERK)
    again = (await desk.scans.take_in("T1", CLERK)).parcel
    assert await desk.history.recipient_before(again) == PERSON

    await desk.intake.choose_recipient(again, PERSON, CLERK)
    in_locker = await desk.intake.deposit(await desk.reserve(await desk.now(again)), CLERK)
    assert await desk.history.recipient_before(await desk.reassignment.move(in_locker, CLERK)) is None


async def test_a_name_on_the_label_is_kept_until_somebody_is_chosen(desk: OpenDesk) -> None:
    parcel = (await desk.scans.take_in("T1", CLERK)).parcel
    assert await desk.intake.note_name(parcel, "  ", CLERK) == parcel
    named = await desk.intake.note_name(parcel, " M. Smythe ", CLERK)
    assert named.recipient_read == "M. Smythe"
    assert await desk.intake.note_name(named, "M. Smythe", CLERK) == named
    assert (await desk.events()).count("recipient_read") == 1
    chosen = await desk.intake.choose_recipient(named, PERSON, CLERK)
    assert chosen.recipient_read == ""
    assert await desk.intake.note_name(chosen, "somebody else", CLERK) == chosen
