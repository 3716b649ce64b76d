"""The centre countersigns heads, desks write down what all heads come to, and whoever changes the past is found out."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from psycopg import sql

from kiosk.background.witness import MOST_DAYS, WitnessHeads
from kiosk.clock import ManualClock
from kiosk.fleet.verifying import OwnRecord, Proof, heads_of, verify
from kiosk.fleet.witness import own_heads, root_made_of, root_of
from kiosk.journal.audit import verify as verify_journal
from kiosk.journal.shipped import note, shipped
from kiosk.journal.witnessed import witnessed
from kiosk.parcels.desk_events import HeadsWitnessed
from kiosk.parcels.fleet import Shipped
from kiosk.parcels.records import Head
from kiosk.settings.fleet import Fleet
from tests.fleet.centres import NewCentre
from tests.fleet.desks import JoinedDesk, at_centre, joined
from tests.fleet.postgres import needs_postgres
from tests.journal.book import CLERK, PERSON

pytestmark = needs_postgres

DAY = timedelta(days=1)
CHANGED_WITH_ITS_HASH = (
    "UPDATE fleet.events SET record = replace(record, 'clerk@', 'ben@'),"
    " hash = encode(sha256(convert_to(replace(record, 'clerk@', 'ben@'), 'UTF8')), 'hex') WHERE sequence = 2"
)
SIGNED_ANEW = tuple(
    sql.SQL(
        "UPDATE fleet.{} AS h SET hash = e.hash, signature = fleet.signed(e.desk, e.sequence, e.hash)"
        " FROM fleet.events e WHERE e.desk = h.desk AND e.sequence = h.sequence AND h.desk = %s"
    ).format(sql.Identifier(table))
    for table in ("heads", "heads_of_days")
)
"""What brings the heads of a desk in line with its events, by somebody who has the centre's secret."""


def today() -> date:
    """Return the day by the centre's clock, which is this machine's."""
    return datetime.now(UTC).date()


class Campus(NamedTuple):
    """Two desks that have sent something yesterday, and what that day comes to in the chains of both."""

    centre: NewCentre
    north: JoinedDesk
    south: JoinedDesk

    async def proof(self, *, sites: tuple[str, ...] = ("*",), own: OwnRecord | None = None) -> Proof:
        """Return what a console proves."""
        centre = self.centre.centre(await self.centre.join_console("office", *sites))
        try:
            return await verify(centre, own)
        finally:
            await centre.close()

    async def found(self, own: OwnRecord | None = None) -> set[str]:
        """Return the codes of what differs."""
        return {each.code for each in (await self.proof(own=own)).differences}

    def change(self, statement: str, *values: object) -> None:
        """Change something at the centre, as its administrator can."""
        with self.centre.admin() as admin:
            assert admin.execute(statement, values).rowcount, statement


@pytest.fixture
async def campus(tmp_path: Path, centre: NewCentre) -> AsyncIterator[Campus]:
    async with joined(tmp_path / "north", centre) as north, joined(tmp_path / "south", centre) as south:
        made = Campus(centre, north, south)
        for desk in (north, south):
            await desk.takes_in("T1", PERSON)
            await desk.ship()
        a_day_passes(centre)
        for desk in (north, south):
            await witness(desk)
            await send(desk)
        yield made


def a_day_passes(centre: NewCentre) -> None:
    """Let what the centre has of today be of yesterday."""
    with centre.admin() as admin:
        admin.execute("UPDATE fleet.heads_of_days SET day = day - 1")


async def witness(desk: JoinedDesk, now: datetime | None = None) -> None:
    """Run the job once, in a process whose clock says `now`."""
    centre = desk.centre()
    try:
        clock = ManualClock(now or datetime.now(UTC))
        await WitnessHeads(desk.journal, lambda day: root_of(centre, day), clock, CLERK).run()
    finally:
        await centre.close()


async def send(desk: JoinedDesk) -> None:
    """Let the centre know everything, and keep what it countersigned, as the job does."""
    centre = desk.centre()
    try:
        await note(desk.journal.connection, await desk.shipping(centre).run())
    finally:
        await centre.close()


async def own_record(desk: JoinedDesk) -> OwnRecord:
    kept = await shipped(desk.journal.connection) or Shipped()
    head = Head((await desk.head()).desk, kept.sequence, kept.hash)
    return OwnRecord(await witnessed(desk.journal.connection), head, kept.signature)


async def test_each_desk_writes_the_root_of_all_heads_into_its_chain_once(campus: Campus) -> None:
    kept = [await witnessed(desk.journal.connection) for desk in (campus.north, campus.south)]
    heads = at_centre(campus.centre, "SELECT desk, sequence, hash FROM fleet.heads_of_days WHERE day < %s", today())
    root = root_made_of(Head(**head) for head in heads)
    assert kept[0] == kept[1] == (HeadsWitnessed(day=today() - DAY, root=root, desks=2),)
    for desk in (campus.north, campus.south):
        before = await desk.head()
        await witness(desk)
        assert await desk.head() == before


async def test_days_that_were_missed_are_witnessed_and_none_that_is_not_over(campus: Campus) -> None:
    day = today()
    # By this desk's clock two more days are over; by the centre's they are not.
    await witness(campus.north, datetime.now(UTC) + 2 * DAY)
    assert [each.day for each in await witnessed(campus.north.journal.connection)] == [day - DAY]
    with campus.centre.admin() as admin:
        admin.execute("UPDATE fleet.heads_of_days SET day = day - 40")
    async with joined(campus.north.journal.path.parent.with_name("east"), campus.centre) as east:
        await witness(east, datetime.now(UTC) - 50 * DAY)
        await witness(east)
        days = [each.day for each in await witnessed(east.journal.connection)]
    assert days == [day - 51 * DAY, *(day - number * DAY for number in range(MOST_DAYS, 0, -1))]


async def test_a_desk_compares_what_the_centre_has_of_it_with_its_own_chain(campus: Campus) -> None:
    centre = campus.north.centre()
    known = await own_heads(centre)
    await centre.close()
    assert known.newest == await campus.north.head()
    assert [day for day, _ in known.days] == [today() - DAY, today()]
    against = [head for _, head in known.days]
    assert (await verify_journal(campus.north.journal.connection, against=against)).sound
    forged = against[0]._replace(hash="a" * 64)
    assert not (await verify_journal(campus.north.journal.connection, against=[forged])).sound


async def test_nothing_differs_where_nobody_changed_anything(campus: Campus) -> None:
    for desk in (campus.north, campus.south):
        head = await desk.head()
        assert head.sequence == 3
        proof = await campus.proof(own=await own_record(desk))
        assert proof == Proof(days=1, desks=2, events=6, differences=())


async def test_a_console_of_one_site_proves_its_own_chains_and_every_root(campus: Campus) -> None:
    login = await campus.centre.join("0123456789abcdef", site="South", name="Far away")
    assert login.role
    proof = await campus.proof(sites=("South",))
    assert proof == Proof(days=1, desks=1, events=0, differences=())
    console = campus.centre.centre(await campus.centre.join_console("office", "South"))
    assert len(await heads_of(console, today() - DAY)) == 2
    await console.close()


@pytest.mark.parametrize(
    ("statement", "codes"),
    [
        ("UPDATE fleet.roots SET root = repeat('a', 64)", {"fleet_root_differs"}),
        ("UPDATE fleet.roots SET desks = 3", {"fleet_root_differs"}),
        ("DELETE FROM fleet.roots", {"fleet_root_not_as_witnessed"}),
        (
            "UPDATE fleet.heads_of_days SET hash = repeat('a', 64) WHERE day < now() - interval '1 day'",
            {"fleet_root_differs", "fleet_root_not_as_witnessed", "fleet_head_unsigned", "fleet_head_not_in_chain"},
        ),
        (
            "DELETE FROM fleet.heads_of_days WHERE day < now() - interval '1 day'",
            {"fleet_root_differs", "fleet_root_not_as_witnessed"},
        ),
        ("UPDATE fleet.heads SET signature = ''", {"fleet_head_unsigned"}),
        ("UPDATE fleet.heads SET hash = repeat('a', 64)", {"fleet_head_unsigned", "fleet_head_not_in_chain"}),
        ("DELETE FROM fleet.events WHERE sequence = 2", {"fleet_chain_differs"}),
        (CHANGED_WITH_ITS_HASH, {"fleet_chain_differs"}),
        ("UPDATE fleet.events SET record = replace(record, 'Mailroom', 'Mailro0m')", {"fleet_chain_differs"}),
        ("UPDATE fleet.events SET sequence = 9 WHERE sequence = 3", {"fleet_chain_differs", "fleet_event_lost"}),
        (
            "UPDATE fleet.facts SET value = repeat('a', 64) WHERE name = 'secret'",
            {"fleet_head_unsigned", "fleet_signature_of_others"},
        ),
    ],
)
async def test_what_somebody_changed_at_the_centre_is_named(campus: Campus, statement: str, codes: set[str]) -> None:
    own = await own_record(campus.north)
    campus.change(statement)
    assert await campus.found(own) == codes


async def test_a_centre_that_writes_everything_anew_is_found_out_by_the_chains_of_the_others(campus: Campus) -> None:
    """Whoever has the secret can make events, hashes, signatures and roots; not what other desks have written down."""
    north = (await campus.north.head()).desk
    own = await own_record(campus.south)
    with campus.centre.admin() as admin:
        previous = "0" * 64
        rows = admin.execute(
            "SELECT sequence, record FROM fleet.events WHERE desk = %s ORDER BY 1", (north,)
        ).fetchall()
        for sequence, record in rows:
            forged = record.replace("clerk@example.com", "nobody@example.com")[:-66] + f'{previous}"]'
            previous = hashlib.sha256(forged.encode()).hexdigest()
            admin.execute(
                "UPDATE fleet.events SET record = %s, hash = %s WHERE desk = %s AND sequence = %s",
                (forged, previous, north, sequence),
            )
        for statement in SIGNED_ANEW:
            admin.execute(statement, (north,))
        admin.execute("DELETE FROM fleet.roots")
    centre = campus.north.centre()
    assert await root_of(centre, today() - DAY), "made anew"
    await centre.close()
    proof = await campus.proof(own=own)
    assert {each.code for each in proof.differences} == {"fleet_root_not_as_witnessed"}
    assert len(proof.differences) == 3, "by both chains at the centre, and by this desk's own"


async def test_events_that_were_countersigned_and_are_gone_are_named(campus: Campus) -> None:
    own = await own_record(campus.north)
    campus.change("DELETE FROM fleet.events WHERE desk = %s", own.head.desk)
    campus.change(
        "UPDATE fleet.heads SET sequence = 0, hash = repeat('0', 64), signature = '' WHERE desk = %s", own.head.desk
    )
    campus.change("DELETE FROM fleet.heads_of_days WHERE desk = %s", own.head.desk)
    assert "fleet_event_lost" in await campus.found(own)


async def test_while_the_centre_is_away_nothing_is_witnessed_and_later_everything(campus: Campus) -> None:
    async with joined(campus.north.journal.path.parent.with_name("east"), campus.centre) as east:
        away = east.centre(Fleet(server="127.0.0.1:1"))
        await WitnessHeads(east.journal, lambda day: root_of(away, day), ManualClock(datetime.now(UTC)), CLERK).run()
        assert await witnessed(east.journal.connection) == ()
        await witness(east)
        assert len(await witnessed(east.journal.connection)) == 1


async def test_the_root_of_a_day_is_not_made_before_its_end_nor_for_any_day_that_somebody_names(campus: Campus) -> None:
    centre = campus.north.centre()
    for day in (today() + 400 * DAY, today() + DAY, today(), today() - 100 * DAY, date(1900, 1, 1)):
        assert await root_of(centre, day) is None
    await centre.close()
    assert at_centre(campus.centre, "SELECT day FROM fleet.roots") == [{"day": today() - DAY}]
