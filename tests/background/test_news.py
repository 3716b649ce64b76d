"""What follows at a desk from news; the centre stands for what a server answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.background.news import HEAR_EVERY_SECONDS, LONGEST_REST, HearNews
from kiosk.clock import ManualClock
from kiosk.desk.clashes import STANDS_FOR
from kiosk.errors import FleetAwayError
from kiosk.fleet.news import News
from kiosk.fleet.other_desks import HeardOfOthers
from kiosk.fleet.other_desks_file import FILE_NAME
from kiosk.parcels.digests import contact_digest
from kiosk.parcels.states import Finding
from kiosk.settings.fleet import Fleet
from tests.house.desk import CLERK, PERSON, START, OpenDesk, World, open_desk
from tests.house.others import NORTH

SOUTH = "00112233445566bb"
AT = START.isoformat()


class Centre:
    """Answers what it is told to; away while it has nothing to say."""

    def __init__(self) -> None:
        self.says: dict[str, Any] | None = None

    async def call(self, function: str, *arguments: Any) -> Any:
        del function, arguments
        if self.says is None:
            raise FleetAwayError
        return {"outcome": "news", "now": AT, "more": False, **self.says}


@pytest.fixture
async def desk(tmp_path: Path, world: World, clock: ManualClock) -> AsyncIterator[OpenDesk]:
    async with open_desk(tmp_path / "desk", world, clock, fleet=Fleet(server="127.0.0.1:1")) as opened:
        yield opened


@pytest.fixture
def centre() -> Centre:
    return Centre()


@pytest.fixture
def job(desk: OpenDesk, centre: Centre) -> HearNews:
    others = desk.queries.others
    assert isinstance(others, HeardOfOthers)

    async def news() -> News:
        return News(centre, others, SOUTH, desk.lockers.bank_ids, desk.clock)

    return HearNews(news, others, desk.desk.clashes, desk.privacy, CLERK)


def parcel(number: str) -> dict[str, Any]:
    known = {"desk": NORTH, "parcel_id": f"p{number}", "tracking_number": number, "state": "on_shelf", "shelf": "A3"}
    return {**known, "sequence": 1, "desk_name": "North", "present": True, "since": AT, "taken_in_at": AT}


async def test_a_clash_becomes_an_item_here(desk: OpenDesk, job: HearNews, centre: Centre) -> None:
    here = await desk.taken_in("T1")
    centre.says = {"parcels": [parcel("T1")]}
    assert await job.run()
    desk.clock.live(STANDS_FOR[Finding.NUMBER_AT_TWO_DESKS])
    assert not await job.run()
    assert [item.finding for item in (await desk.now(here)).attention] == [Finding.NUMBER_AT_TWO_DESKS]
    centre.says = {"parcels": [{**parcel("T1"), "present": False}]}
    await job.run()
    assert (await desk.now(here)).attention == ()


async def test_who_was_forgotten_is_asked_about_until_nothing_is_here(
    desk: OpenDesk, job: HearNews, centre: Centre
) -> None:
    here = await desk.deposited("T1", PERSON)
    centre.says = {"forgotten": [{"contact": contact_digest(PERSON.contact_id), "at": AT}]}
    await job.run()
    assert (await desk.now(here)).contact == PERSON
    await desk.take_out(here)
    centre.says = {}
    await job.run()
    assert (await desk.now(here)).contact is None


async def test_a_centre_that_is_away_is_asked_less_and_less_and_says_nothing(job: HearNews, centre: Centre) -> None:
    rests = []
    for _ in range(6):
        assert not await job.run()
        rests.append(job.rest())
    assert rests == sorted(rests)
    assert rests[0] > HEAR_EVERY_SECONDS
    assert rests[-1] == LONGEST_REST
    centre.says = {}
    await job.run()
    assert job.rest() == HEAR_EVERY_SECONDS


async def test_a_file_that_can_not_be_used_says_nothing_to_the_clerk(
    desk: OpenDesk, job: HearNews, centre: Centre
) -> None:
    centre.says = {"parcels": [parcel("T1")]}
    path = desk.folder / FILE_NAME
    path.unlink()
    path.symlink_to(desk.folder / "elsewhere")
    assert not await job.run()
    assert job.rest() > HEAR_EVERY_SECONDS
    path.unlink()
    assert await job.run()
    assert await desk.queries.others.with_number(["T1"]) is not None
