"""What happened at a desk is at the centre once, with its parcels as they stand; what does not fit is refused."""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from kiosk.errors import FleetAwayError, FleetRefusedError
from kiosk.journal import shipped
from kiosk.journal.shipping import MOST_EVENTS, batch_after
from kiosk.journal.store import FILE_NAME
from kiosk.parcels import events as happened
from kiosk.parcels.desk_events import ReportRead, UnitCounted
from kiosk.parcels.fleet import BankCount
from kiosk.parcels.parcel import UnitPlace
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role, UnitProblem
from tests.fleet.centres import NewCentre
from tests.fleet.desks import JoinedDesk, at_centre, chain_at_centre, joined, parcels_at_centre
from tests.fleet.habits import Habits
from tests.fleet.line import line_to
from tests.fleet.postgres import Postgres, needs_postgres
from tests.fleet.proof import differences
from tests.journal.book import CLERK, PERSON, raw
from tests.journal.filled import fill

pytestmark = needs_postgres

NO_TEXT = "a\x00b"
"""PostgreSQL can't store it."""


async def test_a_whole_journal_is_at_the_centre_once_and_its_parcels_as_they_stand(
    tmp_path: Path, centre: NewCentre
) -> None:
    await fill(tmp_path)
    async with joined(tmp_path, centre) as desk:
        await desk.ship()
        await desk.ship()
        head = await desk.head()
        assert [number for number, _ in chain_at_centre(centre, head.desk)] == [*range(1, head.sequence + 1)]
        assert chain_at_centre(centre, head.desk)[-1] == (head.sequence, head.hash)
        assert parcels_at_centre(centre, head.desk) == await desk.parcels()


async def test_what_comes_later_follows_and_a_desk_at_rest_asks_nothing(
    tmp_path: Path, server: Postgres, centre: NewCentre
) -> None:
    async with line_to(server) as line:
        way = centre.settings.model_copy(update={"server": f"127.0.0.1:{line.port}/{centre.database}"})
        async with joined(tmp_path, centre, way) as desk:
            to_centre = desk.centre()
            shipping = desk.shipping(to_centre)
            await shipping.run()
            await desk.takes_in("T1", PERSON)
            assert (await shipping.run()).sequence == 2
            assert await differences(desk, centre) == []
            passed = line.passed
            for _ in range(5):
                assert (await shipping.run()).sequence == 2
                await shipping.tell_of_banks()
            assert line.passed == passed
            await to_centre.close()


async def test_more_than_one_batch_holds_comes_in_several(tmp_path: Path, centre: NewCentre) -> None:
    async with joined(tmp_path, centre) as desk:
        await Habits(desk.journal, random.Random(2)).go_on(MOST_EVENTS + 20)
        assert len((await batch_after(desk.journal.connection, 0)).events) == MOST_EVENTS
        await desk.ship()
        assert await differences(desk, centre) == []


async def test_over_a_line_that_never_holds_for_a_whole_batch_everything_comes_in_smaller_ones(
    tmp_path: Path, server: Postgres, centre: NewCentre
) -> None:
    async with line_to(server) as line:
        way = centre.settings.model_copy(update={"server": f"127.0.0.1:{line.port}/{centre.database}"})
        async with joined(tmp_path, centre, way) as desk:
            await Habits(desk.journal, random.Random(7)).go_on(MOST_EVENTS)
            to_centre = desk.centre()
            shipping = desk.shipping(to_centre)
            for _ in range(20):
                line.cut_after = 100_000
                with suppress(FleetAwayError):
                    await shipping.run()
            await to_centre.close()
            assert line.cuts >= 2
            assert await differences(desk, centre) == []


async def test_a_parcel_goes_with_its_last_event(tmp_path: Path, centre: NewCentre) -> None:
    async with joined(tmp_path, centre) as desk:
        await desk.takes_in("T1")
        await desk.takes_in("T2")
        for _ in range(MOST_EVENTS):
            await desk.journal.append("T2", happened.RecipientChosen(contact=PERSON), CLERK)
        first, second = await desk.batches()
        assert [each.parcel.parcel_id for each in first.parcels] == ["T1"]
        assert [(each.parcel.parcel_id, each.sequence) for each in second.parcels] == [("T2", MOST_EVENTS + 2)]


async def test_two_shippers_of_one_desk_do_no_harm_while_it_goes_on(tmp_path: Path, centre: NewCentre) -> None:
    async with joined(tmp_path, centre) as desk:
        habits, done = Habits(desk.journal, random.Random(3)), False
        lines = [desk.centre(), desk.centre()]

        async def ship(shipping: Any) -> None:
            while not done:
                await shipping.run()
                await asyncio.sleep(0)

        running = [asyncio.create_task(ship(desk.shipping(line))) for line in lines]
        for _ in range(60):
            await habits.go_on(2)
        done = True
        await asyncio.gather(*running)
        await desk.ship()
        assert await differences(desk, centre) == []
        assert at_centre(centre, "SELECT * FROM fleet.alarms") == []
        for line in lines:
            await line.close()


async def test_a_centre_that_was_restored_from_an_older_copy_asks_for_what_it_lost(
    tmp_path: Path, centre: NewCentre
) -> None:
    async with joined(tmp_path, centre) as desk:
        habits, line = Habits(desk.journal, random.Random(4)), desk.centre()
        shipping = desk.shipping(line)
        await habits.go_on(20)
        await shipping.run()
        (then,) = at_centre(centre, "SELECT sequence, hash FROM fleet.heads")
        await habits.go_on(20)
        await shipping.run()
        with centre.admin() as admin:
            admin.execute("DELETE FROM fleet.events WHERE sequence > %s", (then["sequence"],))
            admin.execute("UPDATE fleet.heads SET sequence = %(sequence)s, hash = %(hash)s", then)
            admin.execute("DELETE FROM fleet.parcels")
        await habits.go_on(1)
        await shipping.run()
        assert [number for number, _ in chain_at_centre(centre, (await desk.head()).desk)] == [*range(1, 42)]
        await line.close()


async def test_an_event_that_the_centre_can_not_read_is_parked_and_the_rest_goes_on(
    tmp_path: Path, centre: NewCentre
) -> None:
    async with joined(tmp_path, centre) as desk:
        habits = Habits(desk.journal, random.Random(5))
        await habits.go_on(20)
        person = Person(name=NO_TEXT, role=Role.VIEWER)
        await desk.journal.record(ReportRead(role=Role.VIEWER, origin="local"), person)
        await habits.go_on(20)
        await desk.ship()
        parked = at_centre(centre, "SELECT sequence, parked, type FROM fleet.events WHERE parked IS NOT NULL")
        assert parked == [{"sequence": 21, "parked": "22P05", "type": None}]
        head = await desk.head()
        assert chain_at_centre(centre, head.desk)[-1] == (41, head.hash)


async def test_an_event_whose_parcel_can_not_be_stored_is_parked_alone(tmp_path: Path, centre: NewCentre) -> None:
    async with joined(tmp_path, centre) as desk:
        await desk.takes_in("T1", PERSON)
        await desk.takes_in(NO_TEXT)
        await desk.takes_in("T2", PERSON)
        await desk.ship()
        parked = at_centre(centre, "SELECT sequence FROM fleet.events WHERE parked IS NOT NULL")
        assert parked == [{"sequence": 3}]
        assert parcels_at_centre(centre, (await desk.head()).desk).keys() == {"T1", "T2"}


async def test_a_number_that_no_index_takes_parks_its_event_too(tmp_path: Path, centre: NewCentre) -> None:
    async with joined(tmp_path, centre) as desk:
        await desk.takes_in("".join(random.Random(6).choices("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", k=9000)))
        await desk.takes_in("T2")
        await desk.ship()
        assert at_centre(centre, "SELECT parked FROM fleet.events ORDER BY sequence") == [
            {"parked": "54000"},
            {"parked": None},
        ]


async def test_reports_of_a_unit_are_told_and_end_when_somebody_looked_in(tmp_path: Path, centre: NewCentre) -> None:
    place = UnitPlace(locker_bank_id="AOne", locker_unit_id="7")
    async with joined(tmp_path, centre) as desk:
        await desk.takes_in("T1")
        await desk.journal.append("T1", happened.UnitReported(place=place, problem=UnitProblem.OCCUPIED), CLERK)
        await desk.ship()
        query = "SELECT bank, unit, problem FROM fleet.unit_reports"
        assert at_centre(centre, query) == [{"bank": "AOne", "unit": "7", "problem": "occupied"}]
        await desk.journal.record(UnitCounted(locker_bank_id="AOne", locker_unit_id="7", found=()), CLERK)
        await desk.ship()
        assert at_centre(centre, query) == [{"bank": "AOne", "unit": "7", "problem": None}]


async def test_banks_are_told_of_when_they_changed(tmp_path: Path, centre: NewCentre) -> None:
    async with joined(tmp_path, centre) as desk:
        line = desk.centre()
        shipping = desk.shipping(line)
        await shipping.run()
        desk.banks.append(BankCount("AOne", "Lobby", 40, 12))
        await shipping.tell_of_banks()
        await line.close()
        told = [{"lockerBankId": "AOne", "label": "Lobby", "units": 40, "free": 12}]
        assert at_centre(centre, "SELECT banks FROM fleet.desks") == [{"banks": told}]


async def _older_copy(desk: JoinedDesk, folder: Path, _: NewCentre) -> None:
    shutil.copy(folder / FILE_NAME, folder / "copy")
    await desk.takes_in("T2")
    await desk.ship()
    with raw(folder) as database:
        database.execute(f"ATTACH '{folder / 'copy'}' AS copy")
        database.execute("DELETE FROM events WHERE sequence > (SELECT max(sequence) FROM copy.events)")
        database.execute("UPDATE chain SET (sequence, hash) = (SELECT sequence, hash FROM copy.chain)")


async def _another_journal(desk: JoinedDesk, _: Path, centre: NewCentre) -> None:
    await desk.ship()
    with centre.admin() as admin:
        admin.execute("UPDATE fleet.heads SET hash = repeat('f', 64)")


async def _broken_chain(desk: JoinedDesk, folder: Path, centre: NewCentre) -> None:
    await _another_journal(desk, folder, centre)
    await desk.takes_in("T2")


async def _changed_event(_: JoinedDesk, folder: Path, __: NewCentre) -> None:
    with raw(folder) as database:
        database.execute("UPDATE events SET person = 'ana' WHERE sequence = 1")


async def _role_of_another(_: JoinedDesk, __: Path, centre: NewCentre) -> None:
    with centre.admin() as admin:
        admin.execute("UPDATE fleet.desks SET role = 'kiosk_desk_of_another'")


def _fact(name: str, value: str) -> Callable[[JoinedDesk, Path, NewCentre], Awaitable[None]]:
    async def change(_: JoinedDesk, __: Path, centre: NewCentre) -> None:
        with centre.admin() as admin:
            admin.execute("UPDATE fleet.facts SET value = %s WHERE name = %s", (value, name))

    return change


@pytest.mark.parametrize(
    ("change", "code", "alarm"),
    [
        (_older_copy, "fleet_older_copy", "older_copy"),
        (_another_journal, "fleet_another_journal", "another_journal"),
        (_broken_chain, "fleet_chain_broken", "chain_broken"),
        (_changed_event, "fleet_event_changed", "event_changed"),
        (_role_of_another, "fleet_unknown_desk", None),
        (_fact("protocol_oldest", "2"), "fleet_program_too_old", None),
        (_fact("protocol_newest", "0"), "fleet_schema_too_old", None),
    ],
)
async def test_what_does_not_fit_is_refused_by_its_code(
    tmp_path: Path,
    centre: NewCentre,
    change: Callable[[JoinedDesk, Path, NewCentre], Awaitable[None]],
    code: str,
    alarm: str | None,
) -> None:
    async with joined(tmp_path, centre) as desk:
        await desk.takes_in("T1")
        await change(desk, tmp_path, centre)
        with pytest.raises(FleetRefusedError, match=code):
            await desk.ship()
        assert [row["kind"] for row in at_centre(centre, "SELECT kind FROM fleet.alarms")] == [alarm] * bool(alarm)


async def test_before_anything_is_sent_the_desk_knows_that_it_has_a_centre(tmp_path: Path, centre: NewCentre) -> None:
    async with joined(tmp_path, centre) as desk:
        assert await shipped.shipped(desk.journal.connection) is None
        line = desk.centre()
        await desk.shipping(line).meet()
        await line.close()
        assert await shipped.shipped(desk.journal.connection) is not None
        assert chain_at_centre(centre, (await desk.head()).desk) == []
