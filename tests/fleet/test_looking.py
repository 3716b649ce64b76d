"""What a console is answered about all desks."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import FleetAwayError, NoReasonError, NotAllowedError, WrongStateError
from kiosk.fleet.concerns import Alarm
from kiosk.fleet.records import FleetRecord, in_one_order
from kiosk.fleet.searching import Wanted
from kiosk.parcels.contacts import Contact
from kiosk.parcels.digests import contact_digest
from kiosk.parcels.events import ParcelTakenIn
from kiosk.parcels.records import EventRecord, UnreadableEvent
from kiosk.parcels.registry import CODES
from kiosk.parcels.states import Finding, ParcelState, Role
from tests.fleet.campus import (
    GATE,
    LOBBY,
    NUMBER,
    OPERATOR,
    SOUTH,
    YUSUF,
    Campus,
    campus,
    cut,
    deposit,
    looking,
    looking_through,
    taken_in,
)
from tests.fleet.centres import NewCentre
from tests.fleet.line import Answers
from tests.fleet.postgres import needs_postgres

pytestmark = needs_postgres


def codes(records: tuple[FleetRecord, ...] | None) -> list[str]:
    assert records is not None
    return [f"{each.desk_name} {CODES[type(each.record.event)]}" for each in records]


async def alarm(opened: Campus) -> None:
    """Let a desk come with an older copy of its journal."""
    opened.lobby.sequence -= 1
    assert (await opened.lobby.meet())["outcome"] == "older_copy"
    opened.lobby.sequence += 1


async def test_each_desk_stands_with_what_waits_and_what_is_wrong(centre: NewCentre) -> None:
    async with campus(centre) as opened, looking(centre, "*") as look:
        await alarm(opened)
        await opened.south.meet(told=opened.south.sequence + 3)
        await opened.gate.tell(taken_in("BAD"), opened.began, "g2", parked="22P05")
        with centre.admin() as admin:
            admin.execute(
                "UPDATE fleet.desks SET seen_at = now() - interval '4 minutes' WHERE desk = %s", (opened.south.desk,)
            )
        desks = {each.desk: each for each in await look.standings()}
        assert [each.name for each in await look.standings()] == ["Gate", "Lobby", "Dock"]
        lobby, gate, south = desks[LOBBY], desks[GATE], desks[SOUTH]
        assert (lobby.is_away, lobby.alarms, lobby.is_clock_off, lobby.here, lobby.program) == (
            False,
            1,
            False,
            1,
            "0.2",
        )
        assert (gate.is_clock_off, gate.parked, gate.alarms) == (True, 1, 0)
        assert gate.clock_offset is not None
        assert abs(gate.clock_offset - timedelta(hours=1)) < timedelta(seconds=20)
        assert (south.is_away, south.waiting, south.to_look_at) == (True, 3, 1)


async def test_a_console_of_one_site_sees_nothing_of_another(centre: NewCentre) -> None:
    async with campus(centre) as opened, looking(centre, "North") as look:
        await opened.south.tell(taken_in("NOT READ"), opened.began, "s2", parked="22P05")
        with centre.admin() as admin:
            admin.execute("INSERT INTO fleet.alarms (desk, kind, sequence) VALUES (%s, 'older_copy', 1)", (SOUTH,))
            tables = admin.execute(
                "SELECT c.table_name FROM information_schema.columns c JOIN information_schema.role_table_grants g"
                " USING (table_schema, table_name) WHERE table_schema = 'fleet' AND column_name = 'desk'"
                " AND table_name <> 'heads_of_days'"
                " AND grantee = 'kiosk_fleet_consoles' AND privilege_type = 'SELECT'"
            ).fetchall()
            written = admin.execute(
                "SELECT count(*) FROM information_schema.role_table_grants WHERE table_schema = 'fleet'"
                " AND grantee IN ('kiosk_fleet_consoles', 'PUBLIC') AND privilege_type <> 'SELECT'"
            ).fetchone()
            assert written == (0,)
            of_a_table = "SELECT DISTINCT desk FROM fleet.{}"
            every = {name: {desk for (desk,) in admin.execute(of_a_table.format(name).encode())} for (name,) in tables}
        filled = {name for name, desks in every.items() if SOUTH in desks}
        assert {"desks", "heads", "events", "people", "parcels", "numbers", "hours", "alarms"} <= filled
        for name, desks in every.items():
            rows = await look._centre.rows(of_a_table.format(name))
            assert {row["desk"] for row in rows} == desks - {SOUTH}, name
        assert {each.desk for each in await look.standings()} == {LOBBY, GATE}
        assert await look.find("SOUTH777") == ()
        assert "Dock" not in {each.desk_name for each in await look.events(Wanted(), limit=100) or ()}
        assert {each.site for each in await look.parcels_by_hour()} == {"North"}
        assert {each.site for each in await look.banks()} == {"North"}
        seen = await look.concerns()
        assert (seen.alarms, seen.parked, seen.parcels) == ((), (), ())
        foreign = Alarm(SOUTH, "South", "Dock", "older_copy", 1, opened.began)
        with pytest.raises(WrongStateError):
            await look.close_alarm(foreign, "because", OPERATOR)


async def test_a_parcel_is_found_by_either_end_of_its_number_and_by_whose_it_is(centre: NewCentre) -> None:
    async with campus(centre), looking(centre, "*") as look:
        for text in (NUMBER, "1z999", "6784", "1Z 999 AA1 0123 4567 84", "c-yusuf"):
            found = {each.desk: each for each in await look.find(text)}
            lobby = found[LOBBY]
            assert (lobby.whose.contact, lobby.state, lobby.unit) == (YUSUF, ParcelState.IN_LOCKER, "12")
            assert look.label(lobby.bank) == "Lobby"
            assert (GATE in found) == (text != "c-yusuf")


async def test_a_few_characters_are_a_whole_number(centre: NewCentre) -> None:
    async with campus(centre) as opened, looking(centre, "*") as look:
        await opened.lobby.tell(taken_in("784"), opened.began, "short", {"number": "784"})
        assert [each.parcel_id for each in await look.find("784")] == ["short"]
        assert await look.find("84") == ()
        assert await look.find("  ") == ()


async def test_who_was_forgotten_is_shown_as_that(centre: NewCentre) -> None:
    async with campus(centre) as opened, looking(centre, "*") as look:
        other = Contact(contact_id="c-old", name="Long Ago")
        await deposit(opened.lobby, "OLD12345", "p2", opened.began, other)
        assert [each.whose.contact for each in await look.find("OLD12345")] == [other]
        await opened.lobby.centre.call("forget", contact_digest(YUSUF.contact_id))
        with centre.admin() as admin:
            admin.execute("DELETE FROM fleet.contact_keys WHERE contact = %s", (contact_digest("c-old"),))
        at_lobby = [each for number in (NUMBER, "OLD12345") for each in await look.find(number) if each.desk == LOBBY]
        assert [(each.whose.contact, each.whose.is_forgotten) for each in at_lobby] == [(None, True)] * 2
        gate = next(each for each in await look.find(NUMBER) if each.desk == GATE)
        assert not gate.whose.is_forgotten, "nobody was known there"


async def test_a_history_is_of_all_desks_in_the_order_of_one_clock(centre: NewCentre) -> None:
    async with campus(centre), looking(centre, "*") as look:
        for parcel in await look.find(NUMBER):
            assert codes(await look.history(parcel)) == [
                "Lobby parcel_taken_in",
                "Gate parcel_taken_in",
                "Lobby parcel_deposited",
            ]


async def test_an_event_that_cant_be_read_ends_no_list(centre: NewCentre) -> None:
    async with campus(centre), looking(centre, "*") as look:
        with centre.admin() as admin:
            admin.execute("UPDATE fleet.events SET type = 'of_a_later_version' WHERE desk = %s", (GATE,))
            admin.execute("UPDATE fleet.parcels SET state = 'beamed', findings = '{new_one}' WHERE desk = %s", (GATE,))
        found = await look.find(NUMBER)
        gate = next(each for each in found if each.desk == GATE)
        assert (gate.state, gate.findings) == (None, ())
        assert isinstance((await look.history(gate))[1].record.event, UnreadableEvent)


FOUND = (
    (Wanted(), 5),
    (Wanted(person="mar"), 2),
    (Wanted(person="BEN"), 1),
    (Wanted(person="nobody"), 0),
    (Wanted(kind="deposited"), 1),
    (Wanted(kind="taken in"), 3),
    (Wanted(kind="no such word"), 0),
    (Wanted(number="1z 999"), 3),
    (Wanted(number="SOUTH777"), 2),
    (Wanted(desk="south"), 2),
    (Wanted(desk="gate"), 1),
    (Wanted(desk="north", person="maria", kind="deposited", number="1Z"), 1),
    (Wanted(desk="south", person="maria"), 0),
    (Wanted(until=datetime.now(UTC) - timedelta(days=1)), 0),
)
"""How many events each search finds."""


async def test_the_journals_of_all_desks_are_searched_as_one(centre: NewCentre) -> None:
    async with campus(centre), looking(centre, "*") as look:
        assert [(wanted, len(await look.events(wanted, limit=100) or ())) for wanted, _ in FOUND] == [*FOUND]


@pytest.mark.parametrize("sites", [("*",), ("North",)])
async def test_pages_leave_nothing_out_and_repeat_nothing(centre: NewCentre, sites: tuple[str, ...]) -> None:
    async with campus(centre) as opened, looking(centre, *sites) as look:
        for number in range(7):  # all at one moment
            await opened.lobby.tell(taken_in(f"T{number}"), opened.began, f"t{number}", {"number": f"T{number}"})
        every = await look.events(Wanted(), limit=100)
        pages: list[FleetRecord] = []
        while page := await look.events(Wanted(), limit=2, after=pages[-1] if pages else None):
            pages += page
            assert len(pages) <= 12
        assert tuple(pages) == every
        assert len({each.key for each in pages}) == (12 if sites == ("*",) else 10)


async def test_a_search_that_means_too_many_is_not_begun(centre: NewCentre) -> None:
    async with campus(centre), looking(centre, "*") as look:
        with centre.admin() as admin:
            admin.execute(
                "INSERT INTO fleet.people SELECT %s, 'Clerk ' || n FROM generate_series(1, 60) AS n", (LOBBY,)
            )
        assert await look.events(Wanted(person="clerk"), limit=100) is None
        assert await look.events(Wanted(person="clerk 1"), limit=100) == (), "a whole name means one person"


async def test_banks_are_as_the_desk_said_that_came_last(centre: NewCentre) -> None:
    async with campus(centre), looking(centre, "*") as look:
        with centre.admin() as admin:
            told = '[{"lockerBankId": "AOne", "label": "Lobby", "units": 40, "free": 3}, {"units": "many"}, 7]'
            admin.execute("UPDATE fleet.desks SET banks = %s, seen_at = now() WHERE desk = %s", (told, GATE))
        (bank,) = await look.banks()
        assert (bank.desk_name, bank.units, bank.free) == ("Gate", 40, 3)


async def test_parcels_are_counted_by_site_and_hour(centre: NewCentre) -> None:
    async with campus(centre) as opened, looking(centre, "*") as look:
        for hours in (30, 5):
            at = opened.began - timedelta(hours=hours)
            await opened.lobby.tell(taken_in(f"H{hours}"), at, f"h{hours}", {"number": f"H{hours}"})
        sites = {each.site: each.taken_in for each in await look.parcels_by_hour()}
        # What the clock of the gate says is in the future; it counts when it was.
        assert {site: sum(hours) for site, hours in sites.items()} == {"North": 3, "South": 1}
        assert {len(hours) for hours in sites.values()} == {24}


async def test_what_has_to_be_looked_at_is_listed_and_an_alarm_is_closed_with_a_reason(centre: NewCentre) -> None:
    async with campus(centre) as opened, looking(centre, "*") as look:
        await alarm(opened)
        await opened.gate.tell(taken_in("BAD"), opened.began, "g2", parked="22P05")
        found = await look.concerns()
        assert [(each.kind, each.desk_name) for each in found.alarms] == [("older_copy", "Lobby")]
        assert [(each.desk_name, each.sqlstate) for each in found.parked] == [("Gate", "22P05")]
        assert [each.findings for each in found.parcels] == [(Finding.TWO_UNITS,)]
        (raised,) = found.alarms
        with pytest.raises(NoReasonError):
            await look.close_alarm(raised, " \n ", OPERATOR)
        await look.close_alarm(raised, "a backup\nwas put back", OPERATOR)
        (closed,) = (await look.concerns()).alarms
        assert (closed.closed_by, closed.reason) == ("ada", "a backup was put back")
        with pytest.raises(WrongStateError):
            await look.close_alarm(raised, "again", OPERATOR)
        await alarm(opened)
        assert (await look.concerns()).alarms[0].closed_at is None


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CLERK, None])
async def test_who_may_not_close_an_alarm_does_not(centre: NewCentre, role: Role | None) -> None:
    async with campus(centre) as opened, looking(centre, "*", role=role) as look:
        await alarm(opened)
        (raised,) = (await look.concerns()).alarms
        with pytest.raises(NotAllowedError):
            await look.close_alarm(raised, "because", OPERATOR)
        assert (await look.concerns()).alarms == (raised,)


async def test_a_hint_comes_at_once_and_without_one_the_time_passes(centre: NewCentre) -> None:
    async with campus(centre) as opened, looking(centre, "*") as look:
        before = await look.stamp()
        await look.hint(0.01)
        assert (await look.stamp())._replace(minute=before.minute) == before
        waiting = asyncio.create_task(look.hint(60))
        while not waiting.done():
            await opened.lobby.tell(taken_in("NEW"), opened.began, f"new{opened.lobby.sequence}")
        assert (await look.stamp()).stored_at != before.stored_at


async def test_while_the_centre_is_away_it_is_known_why(centre: NewCentre) -> None:
    async with campus(centre), looking_through(centre, "*") as (look, line):
        await look.standings()
        heard = look.heard_at
        cut(line)
        with pytest.raises(FleetAwayError) as refused:
            await look.standings()
        assert (look.heard_at, look.problem) == (heard, refused.value)
        await look.hint(0.01)
        line.answers = Answers.YES
        await look.standings()
        assert look.problem is None


_START = datetime(2026, 11, 26, tzinfo=UTC)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 600), st.integers(-300, 300)), max_size=30))
def test_every_chain_keeps_its_order_and_nothing_is_lost(told: list[tuple[str, int, int]]) -> None:
    records = []
    for sequence, (desk, seconds, ahead) in enumerate(told):
        at = _START + timedelta(seconds=seconds)
        event = EventRecord(desk, sequence, at, "", "", None, "", ParcelTakenIn(tracking_number="T", scanned="T"))
        records.append(FleetRecord("", desk, 1, event, timedelta(seconds=ahead)))
    ordered = in_one_order(reversed(records))
    assert sorted(each.key for each in ordered) == sorted(each.key for each in records)
    for desk in "abc":
        chain = [each.place for each in ordered if each.record.desk == desk]
        assert chain == sorted(chain)
    if all(chain_is_timely(records, desk) for desk in "abc"):
        assert [each.happened_at for each in ordered] == sorted(each.happened_at for each in records)


def chain_is_timely(records: list[FleetRecord], desk: str) -> bool:
    times = [each.happened_at for each in records if each.record.desk == desk]
    return times == sorted(times)
