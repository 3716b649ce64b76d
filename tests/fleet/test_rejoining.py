"""A desk that was brought back from an older copy, and a desk whose disk was copied: found out, and helped."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.errors import FleetRefusedError
from kiosk.fleet.news import News
from kiosk.fleet.other_desks import HeardOfOthers
from kiosk.fleet.rejoining import begin_branch, known_beyond, last_common
from kiosk.fleet.verifying import verify
from kiosk.fleet.witness import own_heads
from kiosk.journal.audit import verify as verify_journal
from kiosk.journal.new_desk import change_id
from kiosk.journal.store import FILE_NAME
from kiosk.parcels import events as happened
from kiosk.parcels.records import Head
from kiosk.parcels.states import ShelfReason
from tests.fleet.centres import NewCentre
from tests.fleet.desks import JoinedDesk, at_centre, joined, parcels_at_centre
from tests.fleet.postgres import needs_postgres
from tests.journal.book import CLERK, PERSON, journal

pytestmark = needs_postgres
SOUTH = "00112233445566bb"


def copied(desk: JoinedDesk, folder: Path) -> Path:
    """Copy a desk's journal as it lies there."""
    folder.mkdir(exist_ok=True)
    shutil.copy(desk.journal.path, folder / FILE_NAME)
    return folder


@asynccontextmanager
async def opened(folder: Path, desk: JoinedDesk) -> AsyncIterator[JoinedDesk]:
    """Open a copy of a desk's journal, with that desk's login."""
    async with journal(folder, desk.clock) as book:
        yield desk._replace(journal=book)


@asynccontextmanager
async def brought_back(desk: JoinedDesk, folder: Path, *, later: int = 2) -> AsyncIterator[JoinedDesk]:
    """Bring a desk back to before its last parcels, which the centre knows; yield the older copy."""
    copy = copied(desk, folder)
    await on_shelf(desk, "T1")
    for number in range(later):
        await desk.takes_in(f"LATER{number}")
    await desk.ship()
    async with opened(copy, desk) as older:
        yield older


async def on_shelf(desk: JoinedDesk, parcel_id: str) -> None:
    await desk.journal.append(parcel_id, happened.ParcelPutOnShelf(shelf="S1", reason=ShelfReason.NO_UNIT), CLERK)


async def refusal(desk: JoinedDesk) -> str:
    with pytest.raises(FleetRefusedError) as refused:
        await desk.ship()
    return refused.value.code


async def rejoin(desk: JoinedDesk, centre: NewCentre) -> Head:
    """Let a desk go on, as `kiosk fleet rejoin` does; return where its new branch begins."""
    own, admin = desk.centre(), centre.centre()
    try:
        head = await last_common(own, desk.journal.connection)
        again = await begin_branch(admin, head, "new disk")
        await desk.shipping(own).tell_again(again, head.sequence)
        return head
    finally:
        await own.close()
        await admin.close()


def alarms(centre: NewCentre) -> list[str]:
    """Return the alarms that are open."""
    return [
        row["kind"] for row in at_centre(centre, "SELECT kind FROM fleet.alarms WHERE closed_at IS NULL ORDER BY 1")
    ]


async def assert_proved(centre: NewCentre) -> None:
    console = centre.centre(await centre.join_console("office", "*"))
    proof = await verify(console, None)
    await console.close()
    assert [(each.code, each.parameters) for each in proof.differences] == []


@pytest.fixture
async def desk(tmp_path: Path, centre: NewCentre) -> AsyncIterator[JoinedDesk]:
    """Return a desk of which the centre has a few parcels."""
    async with joined(tmp_path / "desk", centre) as made:
        for number in ("T1", "T2"):
            await made.takes_in(number, PERSON)
        await made.ship()
        yield made


async def test_an_older_copy_is_refused_at_its_first_push_with_one_alarm(
    desk: JoinedDesk, centre: NewCentre, tmp_path: Path
) -> None:
    async with brought_back(desk, tmp_path / "copy") as older:
        assert [await refusal(older) for _ in range(3)] == ["fleet_older_copy"] * 3
        assert alarms(centre) == ["older_copy"]


@pytest.mark.parametrize("more", [3, 4, 30])
async def test_an_older_copy_that_has_as_many_events_by_now_is_found_out_too(
    desk: JoinedDesk, centre: NewCentre, tmp_path: Path, more: int
) -> None:
    async with brought_back(desk, tmp_path / "copy") as older:
        for number in range(more):
            await older.takes_in(f"NEW{number}")
        assert await refusal(older) == "fleet_another_journal"
        assert alarms(centre) == ["another_journal"]


@pytest.mark.parametrize("more", [0, 1, 30])
async def test_what_the_centre_knows_beyond_is_told_and_the_desk_goes_on_from_the_last_common_event(
    desk: JoinedDesk, centre: NewCentre, tmp_path: Path, more: int
) -> None:
    common = await desk.head()
    async with brought_back(desk, tmp_path / "copy") as older:
        lost = await desk.head()
        await on_shelf(older, "T2")
        for number in range(more):
            await older.takes_in(f"NEW{number}")
        await refusal(older)
        own = older.centre()
        assert await last_common(own, older.journal.connection) == common
        beyond = await known_beyond(own, common.sequence)
        assert beyond.events == lost.sequence - common.sequence == 3
        assert [(each.tracking_number, each.shelf) for each in beyond.parcels] == [
            ("T1", "S1"),
            ("LATER0", None),
            ("LATER1", None),
        ]
        assert await rejoin(older, centre) == common
        await older.ship()
        assert (await own_heads(own)).newest == await older.head()
        await own.close()
        stored = at_centre(centre, "SELECT branch, sequence FROM fleet.events ORDER BY branch, sequence")
        places = [(row["branch"], row["sequence"]) for row in stored]
        ends = (lost.sequence, (await older.head()).sequence)
        assert places == [
            *((1, number) for number in range(1, ends[0] + 1)),
            *((2, number) for number in range(common.sequence + 1, ends[1] + 1)),
        ], "nothing is lost, nothing doubled"
        assert alarms(centre) == []
        at_desk = await older.parcels()
        known = parcels_at_centre(centre, common.desk)
        assert {name: known[name] for name in at_desk} == at_desk
        assert {name for name, parcel in known.items() if parcel["present"]} == set(at_desk)
        assert known.keys() - at_desk.keys() == {"LATER0", "LATER1"}
        left = at_centre(centre, "SELECT parcel_id FROM fleet.parcels WHERE left_behind ORDER BY 1")
        assert [row["parcel_id"] for row in left] == ["LATER0", "LATER1"]
    await assert_proved(centre)


async def test_other_desks_hear_what_is_gone_with_a_branch_and_whom_the_rest_is_for(
    desk: JoinedDesk, centre: NewCentre, tmp_path: Path
) -> None:
    way = centre.centre(await centre.join(SOUTH, "North", "South"))
    async with brought_back(desk, tmp_path / "copy") as older, HeardOfOthers(tmp_path / "south") as heard:
        news = News(way, heard, SOUTH, tuple, desk.clock)
        await news.pull()
        assert await heard.with_number(["LATER0"]) is not None
        await rejoin(older, centre)
        desk.clock.live(timedelta(minutes=1))
        await news.pull()
        assert await heard.with_number(["LATER0"]) is None
        known = await heard.with_number(["T1"])
        assert known is not None
        assert (known.shelf, known.contact) == (None, PERSON)
    await way.close()


async def test_heads_of_a_branch_that_was_left_are_not_held_against_the_journal(
    desk: JoinedDesk, centre: NewCentre, tmp_path: Path
) -> None:
    async with brought_back(desk, tmp_path / "copy") as older:
        with centre.admin() as admin:
            admin.execute("UPDATE fleet.heads_of_days SET day = day - 1")
        await rejoin(older, centre)
        await older.takes_in("NEW")
        await older.ship()
        own = older.centre()
        known = await own_heads(own)
        await own.close()
        assert [head for _, head in known.days] == [known.newest]
        against = [known.newest, *(head for _, head in known.days)]
        assert (await verify_journal(older.journal.connection, against=against)).sound


async def test_a_desk_may_be_brought_back_again_and_again(desk: JoinedDesk, centre: NewCentre, tmp_path: Path) -> None:
    async with brought_back(desk, tmp_path / "first") as first:
        await rejoin(first, centre)
        await first.takes_in("FIRST")
        await first.ship()
        async with brought_back(first, tmp_path / "second") as second:
            await second.takes_in("SECOND")
            await rejoin(second, centre)
            await second.ship()
            oldest = copied(second, tmp_path / "third")
        # An empty journal with the desk's id: nothing of it is left.
        async with opened(oldest, desk) as third:
            await third.takes_in("THIRD")
            await third.ship()
    branches = at_centre(centre, "SELECT branch, parent, begins_after FROM fleet.branches ORDER BY branch")
    assert [(row["branch"], row["parent"]) for row in branches] == [(2, 1), (3, 2)]
    await assert_proved(centre)


async def test_a_journal_of_another_desk_shares_no_event(desk: JoinedDesk, centre: NewCentre, tmp_path: Path) -> None:
    async with joined(tmp_path / "other", centre) as other:
        await other.takes_in("OTHER")
        # Somebody lets the other journal go by this desk's login and id.
        own = desk.centre()
        assert (await last_common(own, other.journal.connection)).sequence == 0
        await own.close()


async def test_a_copied_disk_is_said_at_both_and_can_not_push_the_other_aside(
    desk: JoinedDesk, centre: NewCentre, tmp_path: Path
) -> None:
    async with opened(copied(desk, tmp_path / "copy"), desk) as copy:
        await copy.takes_in("AT-COPY")
        await copy.takes_in("AT-COPY-TOO")
        await desk.takes_in("AT-DESK")
        await desk.ship()
        assert await refusal(copy) == "fleet_another_journal"
        await desk.takes_in("MORE")
        own = desk.centre()
        reached = await desk.shipping(own).run()
        await own.close()
        assert reached.cause is not None
        assert reached.cause.code == "fleet_sent_by_others"
        with pytest.raises(FleetRefusedError, match="fleet_two_desks"):
            await rejoin(copy, centre)
        before = await copy.head()
    # The copy gets an id of its own, and both go on.
    async with journal(tmp_path / "copy", desk.clock) as book:
        new = await change_id(book, CLERK)
        assert (new.before, new.head.desk != before.desk) == (before, True)
    async with joined(tmp_path / "copy", centre) as own_id:
        await own_id.ship()
        assert parcels_at_centre(centre, new.head.desk) == await own_id.parcels()
    await desk.takes_in("LAST")
    await desk.ship()
    assert parcels_at_centre(centre, before.desk) == await desk.parcels()
    await assert_proved(centre)


async def test_only_whoever_administers_the_centre_begins_a_branch(desk: JoinedDesk) -> None:
    own = desk.centre()
    with pytest.raises(Exception, match="fleet_not_allowed"):
        await begin_branch(own, await desk.head(), "mine")
    await own.close()
