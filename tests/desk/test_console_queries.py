"""What an operator is told: how banks are used, what somebody has to look at, which parcels a filter lets through."""

from __future__ import annotations

from datetime import timedelta

from kiosk.clock import ManualClock
from kiosk.desk.console_queries import READ_AGAIN_AFTER
from kiosk.desk.overview import EntryKind
from kiosk.parcels.choosing import REPORT_HOLDS_FOR
from kiosk.parcels.listing import Age, ParcelFilter, Sort
from kiosk.parcels.lockers import ParcelReference
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import Contradiction, OutgoingReason, ParcelState, Role, ShelfReason, UnitProblem, UnitState
from kiosk.parcels.steps import Step
from tests.house.desk import BANK, CLERK, DEPARTMENT, PERSON, SMALL, OpenDesk, World, unit_of


async def numbers(desk: OpenDesk, **wanted: object) -> list[str]:
    found = await desk.console.parcels(ParcelFilter(**wanted))  # type: ignore[arg-type]
    return [parcel.tracking_number for parcel in found]


async def test_a_banks_use_counts_every_unit_once(desk: OpenDesk) -> None:
    parcel = await desk.reserved("T1")
    await desk.intake.report_unit(parcel, UnitProblem.OCCUPIED, CLERK)
    (used, *_) = await desk.console.banks()
    assert used.view is not None
    for size in used.sizes:
        units = [unit for unit in used.view.details.locker_units if unit.size == size.size]
        assert sum(size.states.values()) == size.units == len(units)
    small = next(size for size in used.sizes if size.size == SMALL)
    assert small.states[UnitState.OUT_OF_SERVICE] >= 1


async def test_a_door_that_was_reported_is_listed_with_how_often_and_by_whom_until_it_is_chosen_again(
    desk: OpenDesk, clock: ManualClock
) -> None:
    unit = ""
    for day, name in enumerate(("Ana", "Ben")):
        person = CLERK.model_copy(update={"name": name})
        parcel = await desk.reserved(f"T{day}")
        unit = unit or unit_of(parcel)
        assert unit_of(parcel) == unit
        problem = UnitProblem.OCCUPIED if day else UnitProblem.DID_NOT_OPEN
        parcel = await desk.intake.report_unit(parcel, problem, person)
        other = await desk.intake.report_unit(await desk.reserve(parcel), UnitProblem.TOO_SMALL, person)
        (entry,) = (await desk.console.overview()).entries
        assert entry.report is not None
        assert (entry.kind, entry.locker_bank_id, entry.locker_unit_id) == (EntryKind.REPORTED, BANK, unit)
        assert (entry.since, entry.report.person, entry.report.times) == (clock.now(), name, day + 1)
        await desk.intake.cancel(other, CLERK)
        clock.advance(REPORT_HOLDS_FOR + timedelta(minutes=1))
        overview = await desk.console.overview()
        assert (overview.entries, overview.pressing) == ((), 0)
    (view,) = [await desk.lockers.bank(BANK)]
    reports = {each.unit.locker_unit_id: each.report for each in await desk.console.contents(view)}
    assert [(unit_id, report.times) for unit_id, report in reports.items() if report] == [(unit, 2)]


async def test_banks_are_asked_for_when_they_are_old_and_otherwise_shown_as_they_were(
    desk: OpenDesk, clock: ManualClock
) -> None:
    await desk.console.banks()
    before = desk.line.sent.total()
    await desk.console.banks()
    await desk.console.banks(again=True)
    assert desk.line.sent.total() == before
    clock.advance(timedelta(minutes=2))
    await desk.console.banks()
    assert desk.line.sent.total() == before
    clock.advance(timedelta(minutes=2))
    await desk.console.banks(again=True)
    assert desk.line.sent.total() > before + 2
    before = desk.line.sent.total()
    clock.advance(READ_AGAIN_AFTER + timedelta(seconds=1))
    await desk.console.banks()
    assert desk.line.sent.total() > before


async def test_each_parcel_is_listed_by_what_it_asks_for(desk: OpenDesk, clock: ManualClock) -> None:
    await desk.reserved("LATE")
    held = await desk.taken_in("SHELF")
    await desk.shelf.put_on(held, "S1", ShelfReason.UNKNOWN_RECIPIENT, CLERK)
    clock.advance(timedelta(hours=25))
    await desk.taken_in("FINE")
    overview = await desk.console.overview()
    assert [each.parcel.tracking_number for each in overview.expired] == ["LATE"]
    assert [parcel.tracking_number for parcel in overview.on_shelf] == ["SHELF"]
    assert overview.counted.here == 3
    assert [(entry.kind, entry.parcel and entry.parcel.tracking_number) for entry in overview.entries] == [
        (EntryKind.EXPIRED, "LATE"),
        (EntryKind.ON_SHELF, "SHELF"),
    ]
    assert overview.pressing == 1
    assert len({entry.key for entry in overview.entries}) == 2


async def test_a_parcel_that_a_reading_shows_to_be_collected_is_not_called_expired(
    desk: OpenDesk, clock: ManualClock, world: World
) -> None:
    parcel = await desk.deposited("T1")
    await desk.seen(parcel)
    assert parcel.place is not None
    clock.advance(timedelta(days=30))
    assert len((await desk.console.overview()).expired) == 1
    world.collect(parcel.place.locker_unit_id)
    await desk.lockers.bank(BANK, fresh=True)
    overview = await desk.console.overview()
    assert (overview.expired, overview.counted.here) == ((), 0)
    assert await numbers(desk) == []


async def test_filters_and_orders(desk: OpenDesk, clock: ManualClock) -> None:
    await desk.deposited("T1", DEPARTMENT)
    clock.advance(timedelta(days=2))
    await desk.taken_in("T3")
    await desk.reserved("T2")
    gone = await desk.taken_in("T4")
    await desk.intake.cancel(gone, CLERK)
    assert await numbers(desk) == ["T1", "T3", "T2"]
    assert await numbers(desk, sort=Sort.NEWEST) == ["T2", "T3", "T1"]
    assert await numbers(desk, sort=Sort.EXPIRY) == ["T1", "T2", "T3"]
    by_locker = await desk.console.parcels(ParcelFilter(sort=Sort.LOCKER))
    units = [int(parcel.place.locker_unit_id) for parcel in by_locker if parcel.place]
    assert units == sorted(units)
    assert by_locker[-1].tracking_number == "T3"
    assert await numbers(desk, state=ParcelState.RESERVED) == ["T2"]
    assert await numbers(desk, size="small") == ["T1", "T2"]
    assert await numbers(desk, size="large") == []
    assert await numbers(desk, age=Age.DAY) == ["T1"]
    assert await numbers(desk, text=DEPARTMENT.name[:4].lower()) == ["T1"]
    assert await numbers(desk, text=PERSON.contact_id) == ["T3", "T2"]
    assert await numbers(desk, gone=True) == ["T4"]


async def test_parcels_an_hour_are_counted_from_local_midnight_up_to_now(desk: OpenDesk, clock: ManualClock) -> None:
    await desk.taken_in("T1")
    clock.advance(timedelta(hours=2))
    await desk.taken_in("T2")
    hours = await desk.console.parcels_by_hour()
    now = clock.now().astimezone()
    assert len(hours) == now.hour + 1
    assert hours[-1] == 1
    assert sum(hours) == (2 if now.hour >= 2 else 1)


async def test_a_contradiction_is_an_entry_with_its_locker(desk: OpenDesk) -> None:
    view = await desk.lockers.bank(BANK)
    odd = next(unit for unit in view.details.free_units())
    wrong = odd.model_copy(
        update={"unit_occupied": False, "parcels_deposited": (ParcelReference(tracking_number="X"),)}
    )
    units = tuple(wrong if unit is odd else unit for unit in view.details.locker_units)
    details = view.details.model_copy(update={"locker_units": units})
    desk.lockers._readings[BANK] = desk.lockers._readings[BANK]._replace(details=details)
    (entry,) = (await desk.console.overview()).entries
    assert (entry.kind, entry.contradiction) == (EntryKind.CONTRADICTION, Contradiction.EMPTY_BUT_LISTED)
    assert (entry.locker_bank_id, entry.locker_unit_id, entry.parcel) == (BANK, odd.locker_unit_id, None)


async def test_only_the_steps_that_the_parcel_needs_are_offered_on_the_console(desk: OpenDesk) -> None:
    admin = Person(name="ana", role=Role.ADMIN)

    async def offered(parcel: Parcel) -> set[Step]:
        return set(desk.desk.offers(await desk.now(parcel), admin))

    always, away, told = {Step.TAKE_OUT, Step.HAND_OVER}, {Step.MAKE_OUTGOING}, {Step.SEND_AGAIN}
    inside = always | told | {Step.CLEAR, Step.EXTEND, Step.CHANGE_USER}
    assert await offered(await desk.taken_in("T1")) == always | away
    assert await offered(await desk.reserved("T2")) == always | {Step.EXTEND}
    deposited = await desk.deposited("T3")
    assert await offered(deposited) == inside | {Step.RENEW_CODE, Step.VIEW_CODE}
    await desk.seen(deposited)
    assert await offered(deposited) == inside | {Step.RENEW_CODE}
    assert await offered(await desk.deposited("T4", DEPARTMENT)) == inside
    laid = await desk.shelf.put_on(await desk.taken_in("T5"), "S1", ShelfReason.PUT_ASIDE, CLERK)
    assert await offered(laid) == always | away | told | {Step.TAKE_OFF_SHELF}
    to_send = await desk.desk.leaving.make_outgoing(laid, "Main Street", OutgoingReason.RETURN, CLERK)
    assert await offered(to_send) == always | away | {Step.NOTE_SENT, Step.TAKE_BACK}
    await desk.take_out(deposited)
    assert await offered(deposited) == set()


async def test_recipients_are_sorted_as_people_look_for_them(desk: OpenDesk) -> None:
    for number, name in enumerate(("Zoë", "Åkesson", "Muñoz", "munro", "Adam")):
        await desk.taken_in(f"T{number}", PERSON.model_copy(update={"name": name}))
    assert await numbers(desk, sort=Sort.CONTACT) == ["T4", "T1", "T3", "T2", "T0"]
