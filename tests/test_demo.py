"""The demo's service: it knows whom a newcomer imports, and fails on purpose in its tour."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.clock import ManualClock
from kiosk.demo import Lesson, Tour
from kiosk.desk.progress import nobody_looks_on
from kiosk.errors import NotFoundError, NotSentError
from kiosk.journal import reading
from kiosk.journal.audit import verify
from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import ContactType, ParcelState
from kiosk.recipients.importing import import_rows
from kiosk.recipients.reading import read_rows
from kiosk.settings import load_settings
from kiosk.wiring import Background, Services, open_services, person_at_desk

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
NEW = "contact_id,name,contact_type\nNEW-1,Nora Newcomer,recipient\nNEW-2,New Office,department\n"


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    settings = load_settings(environ={"KIOSK_STORAGE__DATA_DIR": str(tmp_path)})
    async with open_services(settings, clock=ManualClock(START)) as opened:
        yield opened


def tour_of(services: Services) -> Tour:
    assert services.tour is not None
    return services.tour


async def reserved(services: Services, contact: Contact, number: str = "T1") -> Parcel:
    clerk = person_at_desk(services.settings)
    taken = await services.desk.scans.take_in(number, clerk)
    parcel = await services.desk.intake.choose_recipient(taken.parcel, contact, clerk)
    return await services.desk.intake.reserve(parcel, "AOne", LockerSize("small"), clerk, nobody_looks_on)


async def somebody(services: Services) -> Contact:
    return (await services.queries.directory.search("samira abboud")).contacts[0]


async def test_the_service_of_the_demo_knows_whom_a_newcomer_has_imported(services: Services, tmp_path: Path) -> None:
    (tmp_path / "new.csv").write_text(NEW)
    import_rows(tmp_path, read_rows(tmp_path / "new.csv"), START)
    for contact_id, contact_type in (("NEW-1", ContactType.RECIPIENT), ("NEW-2", ContactType.DEPARTMENT)):
        contact = await services.queries.directory.by_id(contact_id)
        assert contact is not None
        assert contact.contact_type is contact_type
        assert (await reserved(services, contact, contact_id)).is_reserved


async def test_it_knows_nobody_whom_the_directory_does_not_know(services: Services) -> None:
    with pytest.raises(NotFoundError):
        await reserved(services, Contact(contact_id="nobody", name="Nobody"))


async def test_a_lost_answer_costs_no_code(services: Services) -> None:
    clerk = person_at_desk(services.settings)
    parcel = await reserved(services, await somebody(services))
    await tour_of(services).begin(Lesson.LOST_ANSWER)
    deposited = await services.desk.intake.deposit(parcel, clerk)
    assert await services.desk.pickup_codes.waiting(deposited) is not None


async def test_a_dead_line_is_dead_until_the_lesson_ends(services: Services) -> None:
    tour, lockers = tour_of(services), services.queries.lockers
    await tour.begin(Lesson.DEAD_LINE)
    with pytest.raises(NotSentError):
        await lockers.bank("AOne", fresh=True)
    await tour.end()
    assert (await lockers.bank("AOne", fresh=True)).details.locker_units


async def test_a_lesson_ends_the_one_before(services: Services) -> None:
    tour = tour_of(services)
    await tour.begin(Lesson.DEAD_LINE)
    await tour.begin(Lesson.OCCUPIED)
    assert (await services.queries.lockers.bank("AOne", fresh=True)).details.locker_units


async def test_a_desk_with_an_account_has_no_tour(tmp_path: Path) -> None:
    environ = {"KIOSK_STORAGE__DATA_DIR": str(tmp_path), "KIOSK_LOCKERS__URL": "http://127.0.0.1:1/parcelpoint"}
    async with open_services(load_settings(environ=environ)) as services:
        assert services.tour is None


async def test_the_first_start_finds_a_week_of_parcels_and_the_second_no_more_of_them(tmp_path: Path) -> None:
    settings, clock = load_settings(environ={"KIOSK_STORAGE__DATA_DIR": str(tmp_path)}), ManualClock(START)
    counts = []
    for _ in range(2):
        async with open_services(settings, clock=clock, background=Background.DESK, with_past=True) as services:
            connection = services.queries.journal.connection
            assert (await verify(connection)).sound
            parcels = [
                parcel for present in (True, False) for parcel in await reading.latest(connection, present=present)
            ]
            counts.append(len(parcels))
            states = {parcel.state for parcel in parcels}
            assert states == set(ParcelState) - {ParcelState.TAKEN_IN, ParcelState.RESERVED, ParcelState.UNRECORDED}
            assert all(parcel.taken_in_at < START for parcel in parcels)
            home = await services.queries.home(services.queries.today())
            assert not home.total
            left = await services.queries.unfinished()
            assert {parcel.state for parcel in left} == {ParcelState.ON_SHELF, ParcelState.OUTGOING}
            for parcel in parcels:
                if parcel.is_in_locker:
                    assert parcel.place is not None
                    unit = await services.queries.lockers.reservation("AOne", parcel.tracking_number)
                    assert unit is not None
                    assert unit.locker_unit_id == parcel.place.locker_unit_id
    assert counts[0] == counts[1] > 10
