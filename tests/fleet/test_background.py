"""What goes on by itself between a desk and the centre: again and again, in nobody's way, and others can see how."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.background.fleet import LONGEST_REST_SECONDS, LOOK_EVERY_SECONDS, ShipEvents, way_to_centre
from kiosk.clock import ManualClock
from kiosk.desk.health import HealthSubject
from kiosk.errors import FleetError
from kiosk.fleet.logins import LoginKind, write_login
from kiosk.journal.shipped import end_of_chain, state_of
from kiosk.journal.witnessed import witnessed
from kiosk.parcels.desk_events import HeadsWitnessed
from kiosk.settings import Settings, Storage
from kiosk.simulator.server import Simulator
from kiosk.wiring import Background, Services, open_services
from kiosk.words.overview import health_words
from tests.fleet.centres import NewCentre
from tests.fleet.desks import JoinedDesk, at_centre, joined
from tests.fleet.line import Answers, Line, line_to
from tests.fleet.postgres import Postgres, needs_postgres
from tests.house.desk import CLERK, START, World, settings_of

pytestmark = needs_postgres


@asynccontextmanager
async def shipping_desk(
    folder: Path, server: Postgres, centre: NewCentre
) -> AsyncIterator[tuple[JoinedDesk, ShipEvents, Line]]:
    """Open a desk whose job is done when the test says so."""
    async with line_to(server) as line:
        way = centre.settings.model_copy(update={"server": f"127.0.0.1:{line.port}/{centre.database}"})
        async with joined(folder, centre, way) as desk:
            write_login(folder, LoginKind.DESK, desk.login)
            settings = Settings(storage=Storage(data_dir=folder), fleet=way)
            job = ShipEvents(desk.journal, way_to_centre(settings), desk.clock, lambda: ())
            yield desk, job, line
            await job.finish()


async def test_a_centre_that_is_away_is_asked_ever_less_often_and_told_everything_when_it_is_back(
    tmp_path: Path, server: Postgres, centre: NewCentre, caplog: pytest.LogCaptureFixture
) -> None:
    async with shipping_desk(tmp_path, server, centre) as (desk, job, line):
        connection = desk.journal.connection
        await job.run()
        assert job.rest() == LOOK_EVERY_SECONDS
        line.answers = Answers.NO
        line.end_all()
        await desk.takes_in("T1")
        rests = []
        for _ in range(8):
            assert await job.run() is False, "nothing changed at the desk"
            rests.append(job.rest())
        longest = [1, 2, 4, 8, 16, 32, LONGEST_REST_SECONDS, LONGEST_REST_SECONDS]
        assert all(most * 0.75 <= rest <= most for rest, most in zip(rests, longest, strict=True)), rests
        state = await state_of(connection)
        assert (state.waiting, state.told_at, state.away_since) == (1, START, START)
        assert state.cause is not None
        assert state.cause.code == "fleet_away"
        assert [record.levelno for record in caplog.records if "fleet" in record.message] == [logging.WARNING], "once"
        line.answers = Answers.YES
        await job.run()
        assert job.rest() == LOOK_EVERY_SECONDS
        state = await state_of(connection)
        assert (state.waiting, state.away_since, state.cause) == (0, None, None)


async def test_how_far_it_came_is_written_down_now_and_then_and_at_the_end(
    tmp_path: Path, server: Postgres, centre: NewCentre
) -> None:
    async with shipping_desk(tmp_path, server, centre) as (desk, job, _):
        await job.run()
        await desk.takes_in("T1")
        await job.run()
        assert (await state_of(desk.journal.connection)).waiting == 1, "not with each event"
        await job.finish()
        assert (await state_of(desk.journal.connection)).waiting == 0


async def test_a_desk_that_has_not_joined_goes_on_alone_until_it_has(
    tmp_path: Path, server: Postgres, centre: NewCentre
) -> None:
    async with shipping_desk(tmp_path, server, centre) as (desk, job, _):
        login = tmp_path / LoginKind.DESK.value
        login.rename(tmp_path / "elsewhere")
        await job.run()
        cause = (await state_of(desk.journal.connection)).cause
        assert cause is not None
        assert cause.code == "fleet_not_joined"
        (tmp_path / "elsewhere").rename(login)
        await job.run()
        assert (await state_of(desk.journal.connection)).cause is None


async def test_a_desk_that_joined_again_goes_on_with_its_new_login(
    tmp_path: Path, server: Postgres, centre: NewCentre
) -> None:
    async with shipping_desk(tmp_path, server, centre) as (desk, job, _):
        await desk.takes_in("T1")
        write_login(tmp_path, LoginKind.DESK, desk.login._replace(role="nobody_here"))
        await job.run()
        cause = (await state_of(desk.journal.connection)).cause
        assert cause is not None
        assert cause.code == "fleet_login_refused"
        write_login(tmp_path, LoginKind.DESK, desk.login)
        await job.run()
        assert (await state_of(desk.journal.connection)).waiting == 0


async def test_a_refusal_is_kept_with_what_it_is_about(tmp_path: Path, server: Postgres, centre: NewCentre) -> None:
    async with shipping_desk(tmp_path, server, centre) as (desk, job, _):
        await desk.takes_in("T1")
        await job.run()
        with centre.admin() as admin:
            admin.execute("UPDATE fleet.heads SET hash = repeat('f', 64)")
        await desk.takes_in("T2")
        await job.run()
        cause = (await state_of(desk.journal.connection)).cause
        assert cause is not None
        assert (cause.code, cause.parameters) == ("fleet_chain_broken", {"event": 2})


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with Simulator(tmp_path / "simulator", clock=ManualClock(START)) as simulator:
        yield World(simulator.url)


@asynccontextmanager
async def opened(folder: Path, world: World, centre: NewCentre) -> AsyncIterator[Services]:
    """Open a whole kiosk that the centre has let in."""
    settings = settings_of(folder, world).model_copy(update={"fleet": centre.settings})
    async with open_services(settings, clock=ManualClock(START), background=Background.DESK) as services:
        head = await end_of_chain(services.queries.journal.connection)
        write_login(folder, LoginKind.DESK, await centre.join(head.desk))
        yield services


async def test_a_kiosk_with_a_centre_ships_and_says_so_where_it_speaks_of_itself(
    tmp_path: Path, world: World, centre: NewCentre
) -> None:
    async with opened(tmp_path / "desk", world, centre) as services:
        await services.desk.scans.take_in("T1", CLERK)
        (job,) = (each for each in services.background._jobs if each.name == "fleet")
        await job.run()
        assert at_centre(centre, "SELECT parcel_id IS NOT NULL AS of_parcel FROM fleet.events") == [{"of_parcel": True}]
    async with opened(tmp_path / "desk", world, centre) as services:
        status = await services.queries.health.look()
    (health,) = (each for each in status.health if each.subject is HealthSubject.FLEET)
    assert health.ok is True
    assert health_words(health)[1] == "The centre has everything."


async def test_a_kiosk_says_that_somebody_sends_in_its_name_until_the_alarm_is_closed(
    tmp_path: Path, world: World, centre: NewCentre
) -> None:
    async with opened(tmp_path / "desk", world, centre) as services:
        (job,) = (each for each in services.background._jobs if each.name == "fleet")
        with centre.admin() as admin:
            admin.execute(
                "INSERT INTO fleet.alarms (desk, kind, sequence) SELECT desk, 'older_copy', 1 FROM fleet.heads"
            )
        for number, closed, code in (("T1", None, "fleet_sent_by_others"), ("T2", START, None)):
            with centre.admin() as admin:
                admin.execute("UPDATE fleet.alarms SET closed_at = %s", (closed,))
            await services.desk.scans.take_in(number, CLERK)
            await job.run()
            (health,) = (
                each for each in (await services.queries.health.look()).health if each.subject is HealthSubject.FLEET
            )
            assert health.fleet is not None
            assert (health.fleet.cause.code if health.fleet.cause else None) == code
            assert health.ok is (code is None)
            assert ("in the name of this desk" in health_words(health)[1]) is (code is not None)


async def test_a_kiosk_with_a_centre_witnesses_the_day_before(tmp_path: Path, world: World, centre: NewCentre) -> None:
    async with opened(tmp_path / "desk", world, centre) as services:
        day = (START - timedelta(days=1)).date()
        with centre.admin() as admin:
            admin.execute("INSERT INTO fleet.roots VALUES (%s, repeat('a', 64), 7)", (day,))
        for job in (each for each in services.background._jobs if each.name in {"fleet", "witness"}):
            await job.run()
        told = HeadsWitnessed(day=day, root="a" * 64, desks=7)
        assert await witnessed(services.queries.journal.connection) == (told,)


async def test_without_a_centre_nothing_is_said_of_one(tmp_path: Path, world: World) -> None:
    settings = settings_of(tmp_path / "desk", world)
    async with open_services(settings, clock=ManualClock(START), background=Background.DESK) as services:
        status = await services.queries.health.look()
        assert status.fleet is None
        assert {"fleet", "witness"}.isdisjoint(job.name for job in services.background._jobs)


def test_no_login_is_an_error_that_says_so(tmp_path: Path, centre: NewCentre) -> None:
    settings = Settings(storage=Storage(data_dir=tmp_path), fleet=centre.settings)
    with pytest.raises(FleetError, match="fleet_not_joined"):
        way_to_centre(settings)()
