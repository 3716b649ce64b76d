"""What home lists and what Enter takes from it, without a screen."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from kiosk.desk.queries import Home, Listing
from kiosk.journal.home import PAGE
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.parcels.piles import Pile
from kiosk.parcels.states import ParcelState
from screens.clerk.work_queue import PILES, ListWanted, WorkQueue
from tests.screens.kiosk_in_test import START

TODAY = START.astimezone().date()
YESTERDAY = TODAY - timedelta(days=1)
LONG_NAME = "Loading dock of the northern annex, behind the gate of the old print shop"


def made(number: int, at: datetime = START, **more: object) -> Parcel:
    values = {"parcel_id": f"p{number}", "tracking_number": f"T{number}", "scanned": "", "taken_in_at": at, **more}
    return Parcel.model_validate(values)


def shown(
    listing: Listing = TODAY,
    *parcels: Parcel,
    first: int = 0,
    total: int | None = None,
    next_one: Parcel | None = None,
    last: Parcel | None = None,
    wanted: ListWanted | None = None,
) -> WorkQueue:
    """Return a queue that was just told this; each pile counts 7."""
    queue = WorkQueue()
    queue.want(wanted or ListWanted(listing if isinstance(listing, Pile) else None))
    counts = dict.fromkeys(Pile, 7)
    size = len(parcels) if total is None else total
    queue.show(Home(counts, listing, parcels, first, size, next_one, last), TODAY, lambda _: LONG_NAME)
    return queue


def test_before_anything_is_known_nothing_is_counted_and_nothing_is_opened() -> None:
    queue = WorkQueue()
    piles = queue.counts()[:-1]
    assert len(piles) == len(PILES) - 1, "nobody has said that this desk sends notices"
    assert {item.count for item in piles} == {""}
    assert not any(item.enabled for item in piles)
    assert (queue.opens, queue.row_opened, queue.waiting, queue.is_idle) == (None, None, 0, False)
    assert not queue.move(None, None, 1)


def test_a_day_on_which_nothing_came_is_idle_also_while_something_waits_from_before() -> None:
    queue = shown(TODAY, made(1))
    assert not queue.is_idle
    queue.show(Home({Pile.UNFINISHED: 2}, TODAY), TODAY, str)
    assert queue.is_idle


def test_whom_no_notice_reached_is_counted_where_notices_are_sent_or_one_is_left() -> None:
    queue = shown(TODAY, made(1))
    for home, is_counted in (
        (Home({Pile.UNDELIVERABLE: 0}, TODAY), False),
        (Home({Pile.UNDELIVERABLE: 1}, TODAY), True),
        (Home({Pile.UNDELIVERABLE: 0}, TODAY, tells_recipients=True), True),
    ):
        queue.show(home, TODAY, str)
        assert ("Not notified" in [item.label for item in queue.counts()]) is is_counted


def test_enter_takes_the_next_one_until_another_is_chosen_and_that_one_though_the_list_moves() -> None:
    queue = shown(TODAY, made(3), made(2), made(1), next_one=made(2))
    assert (queue.opens, queue.row_opened) == (made(2), 1)
    assert not queue.move(1, 2, 1)
    queue.show(Home({}, TODAY, (made(4), made(3), made(2), made(1)), 0, 4, made(4)), TODAY, str)
    assert (queue.opens, queue.row_opened) == (made(1), 3)


def test_the_next_one_may_stand_on_no_row_of_the_page() -> None:
    queue = shown(YESTERDAY, made(1), next_one=made(9))
    assert (queue.opens, queue.row_opened) == (made(9), None)


def test_a_chosen_pile_is_listed_and_chosen_again_gives_way_to_today() -> None:
    queue = shown(TODAY, made(1))
    queue.want_pile(Pile.EXPIRED)
    assert queue.wanted == ListWanted(Pile.EXPIRED)
    assert queue.wanted.listing(TODAY) is Pile.EXPIRED
    assert [item.lit for item in queue.counts()] == [False, False, False, True, False, False]
    queue.want_pile(Pile.EXPIRED)
    assert queue.is_today


def test_a_pile_that_is_worked_off_gives_way_to_today() -> None:
    assert shown(Pile.CODE_TO_SHOW).is_today
    assert not shown(Pile.CODE_TO_SHOW, made(1)).is_today


def test_a_page_that_is_gone_gives_way_to_the_first() -> None:
    assert shown(Pile.EXPIRED, total=3, wanted=ListWanted(Pile.EXPIRED, page=2)).wanted == ListWanted(Pile.EXPIRED)


def test_days_go_back_without_an_end_and_forward_to_today() -> None:
    queue = shown(TODAY)
    queue.want_day(1)
    assert queue.is_today
    for days in range(1, 400):
        queue.want_day(-1)
        assert queue.wanted.listing(TODAY) == TODAY - timedelta(days=days)
    queue.want_day(1)
    assert queue.wanted.listing(TODAY) == TODAY - timedelta(days=398)
    queue = shown(Pile.UNFINISHED, made(1))
    queue.want_day(-1)
    assert queue.wanted == ListWanted(day=YESTERDAY)
    assert [item.label for item in queue.counts()][-2:] == ["Day before", "Day after"]
    queue.want_day(1)
    assert queue.is_today


@pytest.mark.parametrize(
    ("by", "page", "row", "wanted", "arrives_at"), [(1, 0, PAGE - 1, 1, "p50"), (-1, 1, 0, 0, "p49")]
)
def test_behind_the_end_of_a_page_lies_another_page(by: int, page: int, row: int, wanted: int, arrives_at: str) -> None:
    day = [made(number) for number in range(2 * PAGE)]
    here = day[page * PAGE : (page + 1) * PAGE]
    queue = shown(TODAY, *here, first=page * PAGE, total=2 * PAGE, wanted=ListWanted(page=page))
    assert not queue.move(row - by, row, by)
    assert queue.opens == here[row]
    assert queue.move(row, row, by)
    assert queue.wanted == ListWanted(page=wanted)
    assert not queue.move(row, row, by), "a key that is held"
    there = day[wanted * PAGE : (wanted + 1) * PAGE]
    queue.show(Home({}, TODAY, tuple(there), wanted * PAGE, 2 * PAGE), TODAY, str)
    assert queue.opens is not None
    assert queue.opens.parcel_id == arrives_at


@pytest.mark.parametrize(("by", "row"), [(1, 1), (-1, 0)])
def test_at_the_ends_of_the_list_nothing_happens(by: int, row: int) -> None:
    queue = shown(TODAY, made(2), made(1))
    assert not queue.move(row, row, by)
    assert queue.wanted == ListWanted()


@pytest.mark.parametrize(
    ("listing", "wanted", "said"),
    [
        (TODAY, ListWanted(), "Today: 1 parcel"),
        (YESTERDAY, ListWanted(day=YESTERDAY), "Yesterday, Sun 1 Mar: 1 parcel"),
        (date(2026, 2, 3), ListWanted(day=date(2026, 2, 3)), "Tue 3 Feb: 1 parcel"),
        (date(2025, 12, 31), ListWanted(day=date(2025, 12, 31)), "Wed 31 Dec 2025: 1 parcel"),
        (Pile.EXPIRED, ListWanted(Pile.EXPIRED), "Expired: 1"),
    ],
)
def test_the_heading_names_the_list_and_its_count(listing: Listing, wanted: ListWanted, said: str) -> None:
    assert shown(listing, made(1), wanted=wanted).head() == said


def test_the_heading_says_which_part_of_a_long_list_is_shown() -> None:
    rows = [made(number) for number in range(PAGE)]
    queue = shown(TODAY, *rows, first=PAGE, total=2_000, wanted=ListWanted(page=1))
    assert queue.head() == "Today: 2,000 parcels, 51 to 100"


def test_the_last_one_is_told_by_its_locker_however_long_the_words_are() -> None:
    place = UnitPlace(locker_bank_id="A", locker_unit_id="117")
    last = made(1, state=ParcelState.IN_LOCKER, place=place, recipient_read="Maximiliane von Hohenstein")
    said = shown(TODAY, last, last=last).last_words()
    assert said.startswith("Last: …")
    assert said.partition(" · ")[0].endswith("print shop 117")
    assert len(said.partition(" · ")[0]) <= 22
    assert shown(TODAY, made(2), last=made(2)).last_words() == ""


def test_a_parcel_of_another_day_is_listed_with_its_day() -> None:
    old, new = made(1, START - timedelta(days=40)), made(2)
    queue = shown(Pile.UNFINISHED, new, old)
    assert [row.time for row in queue.rows()] == [f"{START.astimezone():%H:%M}", "21 Jan"]
