"""The centre is brought up to date while desks of the version before go on, and brought back from a copy."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from uuid import uuid4

import pytest

from kiosk.errors import FleetAwayError, FleetDataError, FleetError
from kiosk.fleet.centre import Centre
from kiosk.fleet.joining import set_up
from kiosk.fleet.migrations import Migration, carry_out, migrations
from tests.fleet.batches import Chain, Event, meet, ship
from tests.fleet.centres import NewCentre
from tests.fleet.postgres import needs_postgres, run

pytestmark = needs_postgres
DESK = "00112233445566aa"

OF_NEXT_YEAR = Migration(
    9001,
    "of_next_year",
    """
    ALTER TABLE fleet.events ADD COLUMN weighed_at timestamptz;
    ALTER TABLE fleet.parcels ADD COLUMN weight int NOT NULL DEFAULT 0;
    CREATE OR REPLACE FUNCTION fleet.hint(p_desk text) RETURNS void
    LANGUAGE sql SET search_path = fleet, pg_temp AS $$ SELECT pg_notify('fleet', p_desk || ':weight') $$;
    UPDATE fleet.facts SET value = '2' WHERE name = 'protocol_newest';
    """,
)
WITHOUT_THE_OLD = Migration(
    9002, "without_the_old", "UPDATE fleet.facts SET value = '2' WHERE name = 'protocol_oldest';"
)


async def test_files_are_numbered_one_after_the_other() -> None:
    numbers = [each.number for each in migrations()]
    assert numbers == sorted(set(numbers))


async def test_a_desk_of_before_goes_on_while_a_newer_schema_is_made(centre: NewCentre) -> None:
    chain, stop = Chain(DESK), asyncio.Event()
    async with AsyncExitStack() as opened:
        desk, admin = centre.centre(await centre.join(DESK)), centre.centre()
        opened.push_async_callback(desk.close)
        opened.push_async_callback(admin.close)
        shipping = asyncio.ensure_future(_ship_until(stop, desk, chain))
        done = await carry_out(admin, (*migrations(), OF_NEXT_YEAR))
        stop.set()
        assert done == (OF_NEXT_YEAR,)
        assert await shipping > 0
        # On a new connection too, and with what is new in its place.
        await desk.close()
        assert (await meet(desk, chain, protocol=1))["outcome"] == "fits"
        assert (await ship(desk, DESK, chain.events(5)))["sequence"] == chain.sequence
        assert await carry_out(admin, (*migrations(), OF_NEXT_YEAR, WITHOUT_THE_OLD)) == (WITHOUT_THE_OLD,)
        assert await meet(desk, chain, protocol=1) == {"outcome": "program_too_old"}
        assert (await meet(desk, chain, protocol=2))["outcome"] == "fits"
        assert await meet(desk, chain, protocol=3) == {"outcome": "schema_too_old"}
        # What it sent is all there, once.
        counted = await admin.rows("SELECT count(*) AS events, max(sequence) AS last FROM fleet.events")
        assert counted == [{"events": chain.sequence, "last": chain.sequence}]


async def _ship_until(stop: asyncio.Event, desk: Centre, chain: Chain) -> int:
    """Ship small batches, and return how many were stored."""
    stored = 0
    while not stop.is_set() or not stored:
        assert (await ship(desk, DESK, chain.events(3)))["outcome"] == "stored"
        stored += 1
    return stored


async def test_a_migration_that_fails_leaves_nothing(centre: NewCentre) -> None:
    broken = OF_NEXT_YEAR._replace(statements=OF_NEXT_YEAR.statements + "SELECT 'x'::int;")
    admin = centre.centre()
    with pytest.raises(FleetDataError):
        await carry_out(admin, (*migrations(), broken))
    assert await admin.rows("SELECT 1 FROM information_schema.columns WHERE column_name = 'weight'") == []
    assert (await set_up(admin)).carried_out == ()
    await admin.close()


async def test_a_migration_that_would_keep_desks_waiting_gives_way(
    centre: NewCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.fleet.migrations._LOCK_SECONDS", 0.2)
    admin, desk, chain = centre.centre(), centre.centre(await centre.join(DESK)), Chain(DESK)
    with centre.admin() as other, other.transaction():
        other.execute("SELECT count(*) FROM fleet.parcels")
        waiting = asyncio.ensure_future(carry_out(admin, (*migrations(), OF_NEXT_YEAR)))
        done, _ = await asyncio.wait({waiting}, timeout=10)
        assert done
        with pytest.raises(FleetAwayError) as raised:
            await waiting
        assert raised.value.code == "fleet_busy"
        assert (await ship(desk, DESK, chain.events(3)))["outcome"] == "stored"
    assert await carry_out(admin, (*migrations(), OF_NEXT_YEAR)) == (OF_NEXT_YEAR,)
    await admin.close()
    await desk.close()


async def test_of_two_who_bring_it_up_to_date_at_once_one_does_it(centre: NewCentre) -> None:
    admins = [centre.centre(), centre.centre()]
    done = await asyncio.gather(*[carry_out(admin, (*migrations(), OF_NEXT_YEAR)) for admin in admins])
    assert sorted(done) == [(), (OF_NEXT_YEAR,)]
    for admin in admins:
        await admin.close()


async def test_an_older_program_changes_nothing(centre: NewCentre) -> None:
    admin = centre.centre()
    await carry_out(admin, (*migrations(), OF_NEXT_YEAR))
    with pytest.raises(FleetError) as raised:
        await set_up(admin, personal_months=1)
    assert raised.value.parameters == {"schema": 9001, "known": migrations()[-1].number}
    assert await admin.rows("SELECT value FROM fleet.facts WHERE name = 'personal_months'") == [{"value": "6"}]
    await admin.close()


async def test_a_centre_that_was_brought_back_from_a_copy_hears_everything_again(centre: NewCentre) -> None:
    login, chain = await centre.join(DESK), Chain(DESK)
    desk = centre.centre(login)
    sent: list[Event] = []
    for _ in range(4):
        sent += (batch := chain.events(25))
        await ship(desk, DESK, batch)
        if chain.sequence == 50:
            await asyncio.to_thread(_copy, centre)
    await desk.close()
    restored = await asyncio.to_thread(_bring_back, centre)
    desk = restored.centre(login)
    met = await meet(desk, chain)
    assert (met["outcome"], met["sequence"]) == ("fits", 50)
    assert await ship(desk, DESK, sent[75:]) == {"outcome": "begin_at", "sequence": 51}
    for begin in (50, 75):
        assert (await ship(desk, DESK, sent[begin : begin + 25]))["outcome"] == "stored"
    admin = restored.centre()
    counted = (
        "SELECT count(*) AS events, max(sequence) AS last, (SELECT hash FROM fleet.heads) AS hash FROM fleet.events"
    )
    assert await admin.rows(counted) == [{"events": 100, "last": 100, "hash": chain.hash}]
    assert await admin.rows("SELECT 1 FROM fleet.alarms") == []
    await admin.close()
    await desk.close()


def _options(centre: NewCentre) -> tuple[str, ...]:
    return ("-h", "127.0.0.1", "-p", str(centre.server.port), "-U", "postgres")


def _copy(centre: NewCentre) -> None:
    run("pg_dump", *_options(centre), "-Fc", "-f", str(centre.server.folder / centre.database), centre.database)


def _bring_back(centre: NewCentre) -> NewCentre:
    restored = NewCentre(centre.server, f"centre_{uuid4().hex[:12]}")
    with centre.server.admin() as admin:
        admin.execute(f"CREATE DATABASE {restored.database} TEMPLATE template0")
    run(
        "pg_restore",
        *_options(centre),
        "--exit-on-error",
        "-d",
        restored.database,
        str(centre.server.folder / centre.database),
    )
    return restored
