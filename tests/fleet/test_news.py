"""What one desk hears of another through a real centre; what the other one sent stands there by SQL."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.clock import ManualClock
from kiosk.errors import FleetError, FleetRefusedError
from kiosk.fleet.news import ANEW_AFTER, NOTE_EVERY, PAGE, News
from kiosk.fleet.other_desks import HeardOfOthers
from kiosk.fleet.sealing import new_key, seal
from tests.fleet.centres import NewCentre
from tests.fleet.postgres import needs_postgres
from tests.house.desk import START
from tests.house.others import ANNA, NORTH

pytestmark = needs_postgres
SOUTH = "00112233445566bb"
FAR = "00112233445566cc"
DIGEST = "a" * 64


class Counted:
    """The way to the centre, with the calls that went there."""

    def __init__(self, centre: Any) -> None:
        self._centre = centre
        self.calls: list[tuple[Any, ...]] = []

    async def call(self, function: str, *arguments: Any) -> Any:
        self.calls.append(arguments)
        return await self._centre.call(function, *arguments)


class Hearing:
    """Desk South, and what the administrator of the centre does."""

    def __init__(self, news: News, others: HeardOfOthers, way: Counted, clock: ManualClock, admin: Any) -> None:
        self.news, self.others, self.way, self.clock, self.admin = news, others, way, clock, admin

    def puts(self, number: str, *, desk: str = NORTH, **columns: Any) -> None:
        """Let desk North, or another one, have a parcel."""
        row = {
            "parcel_id": f"p{number}",
            "sequence": 1,
            "tracking_number": number,
            "state": "in_locker",
            "present": True,
            "in_doubt": False,
            "findings": [],
            "bank": "Lobby",
            "unit": "12",
            "since": START.isoformat(),
            "taken_in_at": START.isoformat(),
            "numbers": [number],
        }
        self.admin.execute("SELECT fleet.project(%s, %s)", (desk, json.dumps([{**row, **columns}])))

    def long_ago(self) -> None:
        """Let everything that is stored be older than what the centre tells twice."""
        self.admin.execute("UPDATE fleet.parcels SET stored_at = stored_at - interval '1 hour'")


@pytest.fixture
async def hearing(centre: NewCentre, tmp_path: Path) -> AsyncIterator[Hearing]:
    login = await centre.join(SOUTH, "Campus", "South")
    await centre.join(NORTH, "Campus", "North")
    await centre.join(FAR, "Elsewhere", "Far")
    clock, way = ManualClock(START), centre.centre(login)
    counted = Counted(way)
    async with HeardOfOthers(tmp_path) as others:
        news = News(counted, others, SOUTH, lambda: ("Lobby",), clock)
        with centre.admin() as admin:
            yield Hearing(news, others, counted, clock, admin)
    await way.close()


async def test_a_parcel_of_another_desk_is_heard_with_its_recipient(hearing: Hearing) -> None:
    key = new_key()
    hearing.admin.execute("INSERT INTO fleet.contact_keys VALUES (%s, '2026-11', %s)", (DIGEST, key))
    sealed = seal(key, NORTH, 1, ANNA.model_dump_json(by_alias=True))
    hearing.puts("T1", contact=DIGEST, month="2026-11", sealed=sealed)
    heard = await hearing.news.pull()
    assert heard.is_news
    assert heard.is_all
    found = await hearing.others.with_number(["T1"])
    assert found is not None
    assert (found.desk_name, found.site, found.contact) == ("North", "Campus", ANNA)
    # Once the key is gone, nobody reads it any more.
    hearing.admin.execute("SELECT fleet.forget(%s)", (DIGEST,))
    hearing.admin.execute("DELETE FROM fleet.contact_keys")
    hearing.puts("T1", contact=None, sealed=None)
    await hearing.news.pull()
    found = await hearing.others.with_number(["T1"])
    assert found is not None
    assert found.contact is None


async def test_its_own_parcels_and_those_of_other_sites_are_no_news(hearing: Hearing) -> None:
    hearing.puts("T1", desk=SOUTH)
    hearing.puts("T2", desk=FAR, bank="Annex")
    hearing.puts("T3", desk=FAR)
    await hearing.news.pull()
    assert await hearing.others.with_number(["T1", "T2"]) is None
    # Two sites may share a bank.
    assert await hearing.others.with_number(["T3"]) is not None


async def test_what_changes_is_heard_the_next_time_and_nothing_twice(hearing: Hearing) -> None:
    hearing.puts("T1")
    assert (await hearing.news.pull()).is_news
    again = await hearing.news.pull()
    assert (again.is_news, again.is_all) == (False, False)
    hearing.puts("T1", state="collected", present=False)
    changed = await hearing.news.pull()
    assert (changed.is_news, changed.is_all) == (True, False)
    assert await hearing.others.with_number(["T1"]) is None
    assert len(hearing.way.calls) == 3


@pytest.mark.parametrize("count", [PAGE - 1, PAGE, 2 * PAGE + 1])
async def test_all_pages_are_heard_though_all_was_stored_at_once(hearing: Hearing, count: int) -> None:
    with (
        hearing.admin.cursor() as cursor,
        cursor.copy(
            "COPY fleet.parcels (desk, parcel_id, sequence, tracking_number, state, present, in_doubt, findings, since,"
            " taken_in_at, stored_at) FROM STDIN"
        ) as copy,
    ):
        for at in range(count):
            copy.write_row((NORTH, f"p{at}", 1, f"T{at}", "taken_in", True, False, [], START, START, START))
    await hearing.news.pull()
    assert len(hearing.way.calls) == count // PAGE + 1
    there = await hearing.others._look(lambda file: file.execute("SELECT count(*) FROM parcels").fetchone())
    assert there == (count,)


async def test_everything_is_heard_anew_after_a_long_absence(hearing: Hearing) -> None:
    hearing.puts("T1")
    hearing.puts("T2")
    await hearing.news.pull()
    # What ended meanwhile is not told of any more: it is gone because it does not come.
    hearing.admin.execute("DELETE FROM fleet.parcels WHERE parcel_id = 'pT1'")
    hearing.long_ago()
    hearing.clock.live(ANEW_AFTER - timedelta(seconds=1))
    await hearing.news.pull()
    assert await hearing.others.with_number(["T1"]) is not None
    hearing.clock.live(ANEW_AFTER)
    assert (await hearing.news.pull()).is_all
    assert await hearing.others.with_number(["T1"]) is None
    assert await hearing.others.with_number(["T2"]) is not None


async def test_what_was_heard_before_stays_when_the_program_starts_anew(hearing: Hearing, tmp_path: Path) -> None:
    hearing.puts("T1")
    await hearing.news.pull()
    hearing.long_ago()
    async with HeardOfOthers(tmp_path) as others:
        heard = await News(hearing.way, others, SOUTH, tuple, hearing.clock).pull()
        assert (heard.is_all, heard.is_news) == (False, False)
        assert await others.with_number(["T1"]) is not None


async def test_a_bank_that_is_new_to_this_desk_is_heard_of(hearing: Hearing) -> None:
    hearing.puts("T1", desk=FAR, bank="Annex")
    await hearing.news.pull()
    hearing.long_ago()
    wider = News(hearing.way, hearing.others, SOUTH, lambda: ("Lobby", "Annex"), hearing.clock)
    assert (await wider.pull()).is_all
    assert await hearing.others.with_number(["T1"]) is not None


async def test_another_journal_beside_the_file_hears_everything_anew(hearing: Hearing, centre: NewCentre) -> None:
    hearing.puts("T1")
    await hearing.news.pull()
    way = centre.centre(await centre.join(NORTH, "Campus", "North"))
    assert (await News(way, hearing.others, NORTH, lambda: ("Lobby",), hearing.clock).pull()).is_all
    # What is its own is no other desk's.
    assert await hearing.others.with_number(["T1"]) is None
    await way.close()


async def test_nothing_new_costs_the_disk_a_write_a_minute(hearing: Hearing, tmp_path: Path) -> None:
    await hearing.news.pull()
    before = (tmp_path / "other_desks.sqlite").read_bytes()
    hearing.clock.live(timedelta(seconds=5))
    await hearing.news.pull()
    assert (tmp_path / "other_desks.sqlite").read_bytes() == before
    assert await hearing.others.heard_at() == hearing.clock.now()
    hearing.clock.live(NOTE_EVERY)
    await hearing.news.pull()
    async with HeardOfOthers(tmp_path) as others:
        assert await others.heard_at() == hearing.clock.now()


async def test_the_last_words_on_units_and_the_forgotten_are_heard(hearing: Hearing) -> None:
    report = "INSERT INTO fleet.unit_reports VALUES (%s, 'Lobby', %s, %s, %s)"
    hearing.admin.execute(report, (NORTH, "12", "occupied", START))
    hearing.admin.execute(report, (NORTH, "13", "did_not_open", START))
    # Its own word counts too: somebody at this desk looked into it since.
    hearing.admin.execute(report, (SOUTH, "13", None, START + timedelta(minutes=1)))
    hearing.admin.execute("INSERT INTO fleet.forgotten VALUES (%s)", (DIGEST,))
    await hearing.news.pull()
    assert await hearing.others.doubtful_units("Lobby", START) == {"12"}
    assert await hearing.others.forgotten() == (DIGEST,)


async def test_a_centre_that_is_away_changes_nothing_but_the_age(hearing: Hearing, centre: NewCentre) -> None:
    hearing.puts("T1")
    await hearing.news.pull()
    with centre.server.admin() as admin:
        admin.execute(f"ALTER DATABASE {centre.database} ALLOW_CONNECTIONS false")
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
            " AND usename LIKE 'kiosk_%%'",
            (centre.database,),
        )
        hearing.clock.live(timedelta(minutes=3))
        with pytest.raises(FleetError):
            await hearing.news.pull()
        assert await hearing.others.with_number(["T1"]) is not None
        assert await hearing.others.heard_at() == START
        admin.execute(f"ALTER DATABASE {centre.database} ALLOW_CONNECTIONS true")
    await hearing.news.pull()
    assert await hearing.others.heard_at() == hearing.clock.now()


async def test_a_desk_hears_nothing_in_anothers_name(hearing: Hearing) -> None:
    other = News(hearing.way, hearing.others, NORTH, tuple, hearing.clock)
    with pytest.raises(FleetRefusedError) as refused:
        await other.pull()
    assert refused.value.code == "fleet_unknown_desk"


class Says:
    """A centre that answers what it is told to."""

    def __init__(self, *answers: object) -> None:
        self._answers = list(answers)

    async def call(self, function: str, *arguments: Any) -> Any:
        del function, arguments
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


@pytest.mark.parametrize("answer", [None, [], "news", {"outcome": 7}, {}])
async def test_an_answer_that_is_none_is_an_error(answer: object, tmp_path: Path) -> None:
    async with HeardOfOthers(tmp_path) as others:
        with pytest.raises(FleetError):
            await News(Says(answer), others, SOUTH, tuple, ManualClock(START)).pull()


@pytest.mark.parametrize("now", [None, "soon", "9999-12-31T23:59:59Z", 7])
async def test_an_absurd_time_lets_everything_be_heard_anew(now: object, tmp_path: Path) -> None:
    same = {"stored_at": "2026-11-27T10:00:00Z", "desk": NORTH, "parcel_id": "p1"}
    answer = {"outcome": "news", "now": now, "more": True, "parcels": [same]}
    async with HeardOfOthers(tmp_path) as others:
        news = News(Says(answer), others, SOUTH, tuple, ManualClock(START))
        await news.pull()  # and a page that never ends is asked for once
        assert (await news.pull()).is_all
