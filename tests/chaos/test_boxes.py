"""Where boxes truly are: one pair of hands at a time, whatever process somebody works with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.boxes import Boxes
from tests.chaos.case import Box, Collection, Place, Where

HERE, THERE = Place("AOne", "1"), Place("AOne", "2")


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Boxes]:
    with Boxes(tmp_path, "D1", "K1A") as boxes:
        yield boxes


@pytest.fixture
def ben(tmp_path: Path) -> Iterator[Boxes]:
    with Boxes(tmp_path, "D1", "K1B") as boxes:
        yield boxes


def test_a_box_is_in_one_pair_of_hands(anna: Boxes, ben: Boxes) -> None:
    assert anna.take("T1")
    assert not ben.take("T1")
    assert not ben.put_in("T1", HERE)
    ben.put_down("T1")
    assert (anna.in_hands(), ben.in_hands()) == (("T1",), ())
    assert anna.put_in("T1", HERE)
    assert ben.in_unit(HERE) == ("T1",)
    assert not ben.take("T1", out_of=THERE)
    assert ben.take("T1", out_of=HERE)
    assert anna.in_unit(HERE) == ()


def test_whoever_comes_back_after_a_kill_still_has_what_was_in_hand(anna: Boxes, ben: Boxes, tmp_path: Path) -> None:
    anna.take("T1")
    anna.is_leaving("T1", Where.GIVEN)
    with Boxes(tmp_path, "D1", "K1A") as again:
        assert again.where("T1") == Box(Where.HERE, hands="K1A", leaving=Where.GIVEN, desk="D1")
        again.left("T1")
    assert ben.where("T1") == Box(Where.GIVEN, desk="D1")
    assert not ben.take("T1", from_anybody=True)


def test_it_is_counted_how_often_a_box_was_about_to_leave(anna: Boxes, ben: Boxes) -> None:
    anna.take("T1")
    for _ in range(2):
        anna.is_leaving("T1", Where.GIVEN)
        assert anna.take("T1")
    anna.put_down("T1")
    ben.take("T1")
    ben.is_leaving("T1", Where.GIVEN)
    ben.left("T1")
    ben.all()
    anna.all()
    assert anna.leavings == ben.leavings == {("T1", Where.GIVEN): 2}


def test_nobody_collects_where_a_clerk_has_just_taken_something_out(anna: Boxes, ben: Boxes) -> None:
    anna.put_in("T1", HERE)
    anna.put_in("T2", HERE)
    collection = Collection(HERE, ("T1", "T2", "T3"), None, at=1)
    ben.take("T2")
    assert not anna.collect(("T1", "T2"), HERE, lambda: collection)
    ben.put_in("T2", HERE)
    assert not anna.collect(("T1", "T2"), HERE, lambda: None)
    assert anna.collect(("T1", "T2"), HERE, lambda: collection)
    assert {number: box.where for number, box in anna.all().items()} == dict.fromkeys(("T1", "T2"), Where.RECIPIENT)
    anna.came("T1")
    assert ben.take("T1")
    assert ben.put_in("T1", THERE)


def test_what_another_desk_found_in_a_locker_is_there_from_then_on(anna: Boxes, tmp_path: Path) -> None:
    anna.put_in("T1", HERE)
    with Boxes(tmp_path, "D2", "K2A") as cora:
        assert cora.take("T1", out_of=HERE)
        cora.put_down("T1")
        assert anna.is_at_another_desk("T1")
        assert not anna.take("T1")
        cora.put_in("T1", THERE)
        assert anna.take("T1")
        assert cora.is_at_another_desk("T1")
