"""Which facilities of an answer are listed, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time

from kiosk.facilities.addresses import Address
from kiosk.facilities.finder import Answer, Sort
from kiosk.facilities.hours import DayHours, Opening, WeekHours
from kiosk.facilities.values import Facility, Question
from screens.finder.results import WALK_MINUTES, Results

NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
VIRGINIA = Address(state="VA")


def facility(name: str, *, closes: int = 17, miles: float | None = None, is_on_map: bool = True) -> Facility:
    week = WeekHours(days=(DayHours(openings=(Opening(opens=time(8), closes=time(closes)),)),) * 7)
    at = 37.3 if is_on_map else None
    return Facility(name=name, address=VIRGINIA, week=week, distance_miles=miles, latitude=at, longitude=at)


def results(*facilities: Facility) -> Results:
    return Results(Answer(Question(address=VIRGINIA), facilities, NOON))


def names(shown: Results, now: datetime = NOON) -> list[str]:
    return [each.name for each in shown.listed(now)]


def test_without_an_answer_nothing_is_listed() -> None:
    assert Results().listed(NOON) == ()


def test_what_is_not_on_the_map_comes_last_in_any_order() -> None:
    shown = results(
        facility("b", miles=1, is_on_map=False), facility("c", miles=3), facility("a", miles=2, is_on_map=False)
    )
    assert names(shown) == ["c", "b", "a"]
    assert names(replace(shown, sort=Sort.NAME)) == ["c", "a", "b"]


def test_the_services_order_stays_where_no_distance_is_given() -> None:
    shown = results(facility("b"), facility("a"))
    assert shown.keeps_order
    assert names(shown) == ["b", "a"]
    assert names(replace(shown, sort=Sort.NAME)) == ["a", "b"]
    assert not results(facility("b"), facility("a", miles=1)).keeps_order


def test_what_closes_before_one_gets_there_is_left_out() -> None:
    shown = replace(
        results(facility("late", miles=1, closes=17), facility("early", miles=2, closes=13)), only_open=True
    )
    closing = NOON.replace(minute=60 - WALK_MINUTES)
    assert names(shown) == ["late", "early"]
    assert names(shown, closing) == ["late"]


def test_the_orders_come_round_again() -> None:
    shown = results()
    seen = []
    for _ in Sort:
        seen.append(shown.sort)
        shown = shown.with_next_order()
    assert seen == list(Sort)
    assert shown.sort is Sort.DISTANCE
