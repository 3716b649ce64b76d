"""What the desk makes of what it heard of the others, with the cache alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.clock import ManualClock
from kiosk.desk.open_lockers import HEARD_COUNTS_FOR
from kiosk.fleet.other_desks import Told
from kiosk.parcels.choosing import REPORT_HOLDS_FOR, choose_unit
from kiosk.parcels.contacts import Contact
from kiosk.parcels.digests import contact_digest
from kiosk.parcels.states import UnitProblem
from kiosk.settings.fleet import Fleet
from kiosk.tracking.codes import Code
from tests.house.desk import BANK, CLERK, PERSON, REACHING, SMALL, OpenDesk, World, open_desk
from tests.house.others import hear, other, report

UPS = "1Z5R89390357567127"


@pytest.fixture
async def desk(tmp_path: Path, world: World, clock: ManualClock) -> AsyncIterator[OpenDesk]:
    async with open_desk(tmp_path / "desk", world, clock, fleet=Fleet(server="127.0.0.1:1")) as opened:
        yield opened


async def test_what_is_at_another_desk_is_set_aside_and_the_rest_taken_in(desk: OpenDesk) -> None:
    await hear(desk.folder, other(UPS, unit="12"), heard_at=desk.clock.now())
    (found,), rest = await desk.boxes.set_aside([Code("T1"), Code(UPS), Code("T2")])
    assert (found.code, found.parcel.tracking_number, found.heard_at) == (UPS, UPS, desk.clock.now())
    assert rest == (Code("T1"), Code("T2"))
    # What is here as well counts as here.
    await desk.scans.take_in(UPS, CLERK)
    assert await desk.boxes.set_aside([Code(UPS)]) == ((), (Code(UPS),))


async def test_a_unit_that_another_desk_found_occupied_is_not_chosen(desk: OpenDesk) -> None:
    view = await desk.lockers.bank(BANK)
    first = choose_unit(view, SMALL, PERSON, "desk")
    assert first is not None
    said = report(first.locker_unit_id, UnitProblem.OCCUPIED, desk.clock.now()).model_copy(update={"bank": BANK})
    await hear(desk.folder, told=Told(reports=(said,)))
    view = await desk.lockers.bank(BANK)
    second = choose_unit(view, SMALL, PERSON, "desk")
    assert second is not None
    assert second.locker_unit_id != first.locker_unit_id
    assert first.locker_unit_id in view.reported
    desk.clock.live(REPORT_HOLDS_FOR + timedelta(seconds=1))
    assert first.locker_unit_id not in (await desk.lockers.bank(BANK, fresh=True)).reported


async def test_a_locker_of_the_recipients_that_another_desk_filled_is_proposed_in_another_bank(desk: OpenDesk) -> None:
    await desk.lockers.banks()
    parcel = await desk.taken_in("T1")
    theirs = other("X1", unit="3", bank="BTwo", contact=PERSON, since=desk.clock.now())
    await hear(desk.folder, theirs, other("X2", unit="4", bank="unknown", contact=PERSON), heard_at=desk.clock.now())
    (locker,) = await desk.own_lockers(parcel)
    assert (locker.place.locker_bank_id, locker.place.locker_unit_id, locker.inside) == ("BTwo", "3", ("X1",))
    # And its bank is the one to propose.
    assert await desk.open_lockers.known_here(parcel) == "BTwo"
    proposal = await desk.proposals.propose(parcel)
    assert proposal.view is not None
    assert proposal.view.details.locker_bank_id == "BTwo"
    # What was heard long ago sends nobody there.
    desk.clock.live(HEARD_COUNTS_FOR)
    assert await desk.own_lockers(parcel) == ()
    assert await desk.open_lockers.known_here(parcel) is None


@pytest.mark.parametrize("newer", [True, False])
async def test_a_reading_counts_more_than_what_was_said_before_it(desk: OpenDesk, *, newer: bool) -> None:
    await desk.lockers.banks()
    view = await desk.lockers.bank(BANK)
    free = view.free_units(SMALL)[0].locker_unit_id
    parcel = await desk.taken_in("T1")
    since = view.read_at + timedelta(seconds=1 if newer else -1)
    await hear(desk.folder, other("X1", unit=free, bank=BANK, contact=PERSON, since=since))
    found = await desk.open_lockers.of(parcel, view)
    assert [each.place.locker_unit_id for each in found] == ([free] if newer else [])


async def test_a_locker_that_is_out_of_service_is_not_proposed(desk: OpenDesk) -> None:
    await desk.lockers.banks()
    view = await desk.lockers.bank(BANK)
    shut = next(unit.locker_unit_id for unit in view.details.locker_units if unit.unit_in_service is False)
    since = view.read_at + timedelta(seconds=1)
    await hear(desk.folder, other("X1", unit=shut, bank=BANK, contact=PERSON, since=since), heard_at=desk.clock.now())
    assert await desk.open_lockers.of(await desk.taken_in("T1"), view) == ()


async def test_a_locker_that_another_desk_doubts_is_not_proposed_to_add_to(desk: OpenDesk) -> None:
    mine = await desk.deposited("T1")
    assert mine.place is not None
    parcel = await desk.taken_in("T2")
    assert await desk.own_lockers(parcel)
    said = report(mine.place.locker_unit_id, UnitProblem.DID_NOT_OPEN, desk.clock.now())
    await hear(desk.folder, told=Told(reports=(said.model_copy(update={"bank": BANK}),)))
    assert await desk.own_lockers(parcel) == ()


async def test_find_and_search_bring_what_other_desks_have(desk: OpenDesk) -> None:
    await hear(desk.folder, other(UPS, shelf="A3", contact=PERSON), heard_at=desk.clock.now())
    for ask in (desk.searching.find, desk.searching.search):
        fits = await ask(PERSON.name[:4])
        assert [each.tracking_number for each in fits.others] == [UPS]
        assert (fits.parcels, fits.heard_at) == ((), desk.clock.now())
        found = fits.elsewhere(0)
        assert found is not None
        assert found.parcel == fits.others[0]


async def test_who_was_forgotten_elsewhere_is_forgotten_here_once_nothing_is_here_for_them(desk: OpenDesk) -> None:
    both = [contact_digest(each.contact_id) for each in (PERSON, REACHING)]
    kept = await desk.deposited("T1", PERSON)
    gone = await desk.intake.cancel(await desk.taken_in("T2", REACHING), CLERK)
    done = await desk.privacy.forget_as_others_did(both, CLERK)
    assert done == {both[1]}
    assert (await desk.now(gone)).contact is None
    assert (await desk.now(kept)).contact == PERSON
    await desk.take_out(kept)
    assert await desk.privacy.forget_as_others_did([both[0]], CLERK) == {both[0]}
    assert (await desk.now(kept)).contact is None
    assert (await desk.events()).count("person_forgotten") == 2


async def test_however_many_are_known_each_is_found(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.journal.forgetting.READ_AT_ONCE", 2)
    monkeypatch.setattr("kiosk.recipients.forgetting.READ_AT_ONCE", 7)
    contacts = (await desk.directory.search("a")).contacts[:9]
    for at, contact in enumerate(contacts[:5]):
        await desk.intake.cancel(await desk.taken_in(f"T{at}", contact), CLERK)
    # One of whom only an event tells: chosen by a slip, and put right.
    slip = await desk.taken_in("T9", Contact(contact_id="gone", name="Somebody Else"))
    await desk.intake.choose_recipient(slip, Contact(contact_id="kept", name="Right One"), CLERK)
    await desk.intake.cancel(slip, CLERK)
    digests = [contact_digest(each) for each in (*(contact.contact_id for contact in contacts), "gone")]
    before = (await desk.events()).count("person_forgotten")
    assert await desk.privacy.forget_as_others_did(digests, CLERK) == set(digests)
    assert (await desk.events()).count("person_forgotten") == before + len(digests)


async def test_who_is_not_known_here_costs_no_event(desk: OpenDesk) -> None:
    before = await desk.events()
    assert await desk.privacy.forget_as_others_did(["a" * 64], CLERK) == {"a" * 64}
    assert await desk.events() == before


async def test_the_directory_forgets_them_too(desk: OpenDesk) -> None:
    contact = (await desk.directory.search("a")).contacts[0]
    digest = contact_digest(contact.contact_id)
    assert await desk.privacy.forget_as_others_did([digest], CLERK) == {digest}
    assert await desk.directory.by_id(contact.contact_id) is None
