"""The finder: what is asked, what is kept, what is shown when nobody answers, in which order."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from pydantic import SecretStr

from kiosk.api.auth import OAuthClient
from kiosk.clock import ManualClock
from kiosk.errors import FinderNotSetUpError, FinderUnreachableError, WrongQuestionError
from kiosk.facilities.addresses import Address
from kiosk.facilities.api import FacilitiesApi, create_facilities_api
from kiosk.facilities.finder import Finder, Sort, arranged, open_in, open_today
from kiosk.facilities.hours import DayHours, Opening, WeekHours
from kiosk.facilities.kept_answers import MOST_KEPT, KeptAnswers
from kiosk.facilities.values import Facility, Question
from kiosk.facilities.variants import FacilityCarrier, FacilityVariant
from kiosk.words.errors import explain
from tests.house.desk import World, loopback, no_sleep

if TYPE_CHECKING:

    class OpenFinder(Protocol):
        def __call__(self, url: str, where: Path = ..., login: str = ...) -> FinderInTest: ...


GREENWAY = Address(lines=("6525 Greenway Dr",), city="Roanoke", state="VA")
QUESTION = Question(address=GREENWAY, radius_miles=10, count=8)
MONDAY_NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
FIND = "findCarrierFacilities"


class FinderInTest:
    """The flow under test on a folder and an address."""

    def __init__(self, url: str, folder: Path, clock: ManualClock, secret: str) -> None:
        self.opened = 0
        self._url = url
        self._clock = clock
        self._secret = secret
        self.flow = Finder(self._open, KeptAnswers(folder), clock, FacilityVariant.SHIPPINGSERVICES, GREENWAY)

    def _open(self) -> FacilitiesApi:
        self.opened += 1
        return create_facilities_api(
            url=f"{self._url}/shippingservices",
            credentials=OAuthClient(f"{self._url}/oauth/token", "demo", SecretStr(self._secret), scope=None),
            variant=FacilityVariant.SHIPPINGSERVICES,
            clock=self._clock,
            transport=loopback(),
            sleep=no_sleep,
        )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "facilities"


@pytest.fixture
async def open_finder(folder: Path, clock: ManualClock) -> AsyncIterator[OpenFinder]:
    opened: list[FinderInTest] = []

    def open_one(url: str, where: Path = folder, login: str = "demo") -> FinderInTest:
        opened.append(FinderInTest(url, where, clock, login))
        return opened[-1]

    yield open_one
    for finder in opened:
        await finder.flow.aclose()


@pytest.fixture
def finder(world: World, open_finder: OpenFinder) -> FinderInTest:
    return open_finder(world.url)


async def test_a_fresh_answer_has_its_time_and_is_not_old(finder: FinderInTest, clock: ManualClock) -> None:
    answer = await finder.flow.near(QUESTION)
    assert len(answer.facilities) == 8
    assert answer.asked_at == clock.now()
    assert (answer.is_old, answer.problem) == (False, None)


async def test_no_connection_is_opened_before_the_first_question_and_one_is_enough(finder: FinderInTest) -> None:
    assert finder.opened == 0
    await finder.flow.near(QUESTION)
    await finder.flow.near(QUESTION)
    assert finder.opened == 1


@pytest.mark.parametrize("fault", ["cut", "503", "html", "half", "429", "500-done"])
async def test_when_nobody_answers_the_last_good_answer_is_shown_as_old(
    finder: FinderInTest, world: World, clock: ManualClock, fault: str
) -> None:
    first = await finder.flow.near(QUESTION)
    clock.advance(timedelta(hours=3))
    world.fault(fault, FIND, times=9)
    old = await finder.flow.near(QUESTION)
    assert old.is_old
    assert (old.facilities, old.asked_at) == (first.facilities, first.asked_at)
    assert isinstance(old.problem, FinderUnreachableError)
    assert "locker" not in f"{explain(old.problem).title} {explain(old.problem).hint}"
    world.no_more_faults()
    assert not (await finder.flow.near(QUESTION)).is_old


async def test_the_kept_answer_outlives_the_program_and_the_service(
    finder: FinderInTest, open_finder: OpenFinder
) -> None:
    first = await finder.flow.near(QUESTION)
    later = open_finder("http://127.0.0.1:9")
    old = await later.flow.near(QUESTION)
    assert old.is_old
    assert old.facilities == first.facilities
    with pytest.raises(FinderUnreachableError):
        await later.flow.near(QUESTION.model_copy(update={"count": 7}))


async def test_credentials_that_are_refused_are_the_administrators(
    finder: FinderInTest, world: World, open_finder: OpenFinder
) -> None:
    wrong = open_finder(world.url, login="wrong")
    with pytest.raises(FinderNotSetUpError, match="Authentication failed") as caught:
        await wrong.flow.near(QUESTION)
    assert "wrong" not in str(caught.value)
    await finder.flow.near(QUESTION)
    assert isinstance((await wrong.flow.near(QUESTION)).problem, FinderNotSetUpError)


async def test_a_refused_address_is_said_and_not_answered_from_the_past(finder: FinderInTest, world: World) -> None:
    await finder.flow.near(QUESTION)
    world.fault("400", FIND)
    with pytest.raises(WrongQuestionError):
        await finder.flow.near(QUESTION)
    with pytest.raises(WrongQuestionError, match="postal code is wrong"):
        await finder.flow.near(Question(address=Address(city="Paris", state="TX")))


async def test_what_can_not_be_asked_is_not_sent(finder: FinderInTest) -> None:
    with pytest.raises(WrongQuestionError):
        await finder.flow.near(QUESTION.model_copy(update={"count": 201}))
    assert finder.opened == 0


async def test_without_an_account_the_kept_answer_is_still_shown(
    finder: FinderInTest, folder: Path, clock: ManualClock
) -> None:
    def no_account() -> FacilitiesApi:
        raise FinderNotSetUpError("finder_account_missing", settings=("facilities.api_key",))

    flow = Finder(no_account, KeptAnswers(folder), clock, FacilityVariant.SHIPPINGSERVICES, GREENWAY)
    with pytest.raises(FinderNotSetUpError):
        await flow.near(QUESTION)
    await finder.flow.near(QUESTION)
    assert isinstance((await flow.near(QUESTION)).problem, FinderNotSetUpError)
    await flow.aclose()


async def test_the_nearest_open_place_is_told_from_the_kept_answer_and_nobody_is_asked(
    finder: FinderInTest, open_finder: OpenFinder, clock: ManualClock
) -> None:
    later = open_finder("http://127.0.0.1:9")
    assert await later.flow.nearest_open() is None
    clock.advance(MONDAY_NOON - clock.now())
    answer = await finder.flow.near(finder.flow.first_question)
    nearest = await later.flow.nearest_open()
    is_open = [
        each for each in arranged(answer.facilities, Sort.DISTANCE, MONDAY_NOON) if each.is_open_in(0, MONDAY_NOON)
    ]
    assert nearest == is_open[0]
    assert nearest is not None
    clock.advance(timedelta(hours=13))
    at_night = await later.flow.nearest_open()
    assert at_night is None or at_night.is_open_in(0, clock.now())
    assert at_night != nearest
    assert later.opened == 0


async def test_an_answer_in_use_does_not_stop_the_loop(finder: FinderInTest) -> None:
    answers = await asyncio.gather(*(finder.flow.near(QUESTION) for _ in range(3)))
    assert len({answer.facilities for answer in answers}) == 1


def place(name: str, miles: float | None = None, week: WeekHours | None = None) -> Facility:
    return Facility(name=name, address=Address(state="VA"), distance_miles=miles, week=week)


def daily(opens: int, closes: int) -> WeekHours:
    return WeekHours(days=(DayHours(openings=(Opening(opens=time(opens), closes=time(closes)),)),) * 7)


def test_each_order_has_its_rule() -> None:
    places = (
        place("d", None, daily(9, 17)),
        place("B", 3.0, daily(13, 17)),
        place("a", 2.0),
        place("c", 2.5, daily(9, 17)),
        place("a", 1.0, daily(18, 19)),
    )

    def arrange(sort: Sort) -> list[tuple[str, float | None]]:
        return [(each.name, each.distance_miles) for each in arranged(places, sort, MONDAY_NOON)]

    assert arrange(Sort.DISTANCE) == [("a", 1.0), ("a", 2.0), ("c", 2.5), ("B", 3.0), ("d", None)]
    assert arrange(Sort.NAME) == [("a", 1.0), ("a", 2.0), ("B", 3.0), ("c", 2.5), ("d", None)]
    assert arrange(Sort.OPEN) == [("c", 2.5), ("d", None), ("a", 1.0), ("B", 3.0), ("a", 2.0)]


def test_without_distances_the_services_order_stays() -> None:
    places = (place("b"), place("c", 9.0), place("a"))
    assert [each.name for each in arranged(places, Sort.DISTANCE, MONDAY_NOON)] == ["c", "b", "a"]


def test_only_what_is_open_when_one_gets_there_is_left() -> None:
    places = (place("soon closed", 1, daily(9, 12)), place("open", 2, daily(9, 17)), place("unknown", 0.5))
    closing = MONDAY_NOON - timedelta(minutes=15)
    assert [each.name for each in open_in(places, 10, closing)] == ["soon closed", "open"]
    assert [each.name for each in open_in(places, 20, closing)] == ["open"]


def test_open_today_is_what_is_open_or_opens_later_on_its_day() -> None:
    places = [
        place("open", 3.0, daily(8, 18)),
        place("later", 2.0, daily(14, 18)),
        place("over", 1.0, daily(6, 9)),
        place("no hours", 0.5),
    ]
    assert [each.name for each in open_today(places, MONDAY_NOON)] == ["open", "later"]


async def test_what_was_found_last_near_an_address_is_there_without_asking(
    finder: FinderInTest, world: World, clock: ManualClock
) -> None:
    assert await finder.flow.kept_near(GREENWAY, FacilityCarrier.USPS) == ()
    await finder.flow.near(QUESTION)
    clock.advance(timedelta(hours=1))
    later = await finder.flow.near(QUESTION.model_copy(update={"count": 2}))
    world.fault("503", FIND, times=99)
    near = await finder.flow.kept_near(GREENWAY, FacilityCarrier.USPS)
    assert set(near) == set(later.facilities)
    assert [each.distance_miles for each in near] == sorted(each.distance_miles or 0 for each in near)
    assert await finder.flow.kept_near(GREENWAY, FacilityCarrier.PBCS) == ()


def kept_files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_kept_answers_are_for_their_owner_alone(folder: Path) -> None:
    KeptAnswers(folder).keep(QUESTION, (place("a"),), MONDAY_NOON)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in folder.iterdir()] == [0o600]


def test_a_kept_answer_comes_back_as_it_was(folder: Path) -> None:
    kept = KeptAnswers(folder)
    whole = (place("a", 1.5, daily(9, 17)).model_copy(update={"attributes": (("A", "b"),), "packageless": True}),)
    kept.keep(QUESTION, whole, MONDAY_NOON)
    found = kept.find(QUESTION)
    assert found is not None
    assert (found.question, found.facilities, found.asked_at) == (QUESTION, whole, MONDAY_NOON)
    other = QUESTION.model_copy(update={"carrier": FacilityCarrier.PBCS})
    assert kept.find(other) is None


def test_only_so_many_answers_are_kept_and_the_oldest_go(folder: Path) -> None:
    kept = KeptAnswers(folder)
    folder.mkdir()
    (folder / "half-written").touch()
    os.utime(folder / "half-written", (0, 0))
    for count in range(1, MOST_KEPT + 4):
        question = QUESTION.model_copy(update={"count": count})
        kept.keep(question, (), MONDAY_NOON)
        os.utime(kept._path(question), (count, count))
    assert len(kept_files(folder)) == MOST_KEPT
    assert kept.find(QUESTION.model_copy(update={"count": 3})) is None
    assert kept.find(QUESTION.model_copy(update={"count": 4})) is not None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'{"question": {}, "facilities": [], "asked_at": "x"}'])
def test_a_damaged_file_is_as_good_as_none(folder: Path, content: bytes) -> None:
    kept = KeptAnswers(folder)
    kept.keep(QUESTION, (place("a"),), MONDAY_NOON)
    kept._path(QUESTION).write_bytes(content)
    assert kept.find(QUESTION) is None
    kept.keep(QUESTION, (place("b"),), MONDAY_NOON)
    assert kept.find(QUESTION) is not None


async def test_a_folder_that_can_not_be_used_costs_only_the_keeping(
    world: World, tmp_path: Path, open_finder: OpenFinder
) -> None:
    (tmp_path / "file").write_text("")
    finder = open_finder(world.url, tmp_path / "file" / "facilities")
    assert (await finder.flow.near(QUESTION)).facilities
    world.fault("cut", FIND, times=9)
    with pytest.raises(FinderUnreachableError):
        await finder.flow.near(QUESTION)


def test_nothing_half_written_is_left_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = KeptAnswers(folder)
    kept.keep(QUESTION, (place("a"),), MONDAY_NOON)
    before = kept_files(folder)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kiosk.facilities.kept_answers.os.fdopen", full)
    kept.keep(QUESTION, (place("b"),), MONDAY_NOON)
    assert kept_files(folder) == before
    found = kept.find(QUESTION)
    assert found is not None
    assert found.facilities[0].name == "a"
