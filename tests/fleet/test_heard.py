from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kiosk.fleet.heard import told_by
from kiosk.fleet.other_desks import Told
from kiosk.fleet.sealing import new_key, seal
from kiosk.parcels.parcel import UnitPlace
from kiosk.parcels.states import ParcelState, UnitProblem
from tests.house.others import ANNA, NORTH

ROW: dict[str, Any] = {
    "desk": NORTH,
    "parcel_id": "p1",
    "sequence": 7,
    "desk_name": "North",
    "site": "Campus",
    "tracking_number": "T1",
    "numbers": ["T1", "T1-B"],
    "state": "in_locker",
    "present": True,
    "in_doubt": False,
    "bank": "Lobby",
    "unit": "12",
    "size": "small",
    "since": "2026-11-27T10:41:00.123456+00:00",
    "taken_in_at": "2026-11-27T10:40:00+00:00",
    "stored_at": "2026-11-27T10:41:02+00:00",
}


def told(**changes: Any) -> Told:
    return told_by({"parcels": [{**ROW, **changes}]})


def test_a_parcel_is_read_with_its_recipient() -> None:
    key = new_key()
    sealed = seal(key, NORTH, 7, ANNA.model_dump_json(by_alias=True))
    (parcel,) = told(key=key, sealed=sealed, contact="a" * 64, month="2026-11").parcels
    assert parcel.contact == ANNA
    assert (parcel.desk_name, parcel.state, parcel.numbers) == ("North", ParcelState.IN_LOCKER, ("T1", "T1-B"))
    assert parcel.place is not None
    assert parcel.place.is_same_unit(UnitPlace(locker_bank_id="Lobby", locker_unit_id="12"))


@pytest.mark.parametrize(
    "sealed", ["", "no base64", pytest.param(seal(new_key(), NORTH, 7, "{}"), id="another key"), None, 7]
)
def test_a_recipient_that_can_not_be_opened_is_not_known(sealed: object) -> None:
    (parcel,) = told(key=new_key(), sealed=sealed).parcels
    assert parcel.contact is None


@pytest.mark.parametrize(
    "changes",
    [
        {"present": False},
        {"state": "collected"},
        {"state": "cancelled"},  # with something to look into, it is still "present" at its own desk
        {"state": "teleported"},
        {"since": "0001-01-01T00:00:00Z"},
        {"since": None},
        {"tracking_number": "9" * 5000},
        {"tracking_number": ""},
    ],
)
def test_what_is_gone_or_absurd_is_not_at_another_desk(changes: dict[str, Any]) -> None:
    assert told(**changes) == Told(gone=((NORTH, "p1"),))


def test_a_place_is_that_of_a_parcel_which_has_a_unit() -> None:
    (on_shelf,) = told(state="on_shelf", shelf="A\x1b[31m3").parcels
    assert on_shelf.place is None
    assert on_shelf.shelf == "A·[31m3"


def test_reports_and_the_forgotten_are_read_one_by_one() -> None:
    at, when = "2026-11-27T10:41:00+00:00", datetime(2026, 11, 27, 10, 41, tzinfo=UTC)
    reports = [
        {"desk": NORTH, "bank": "Lobby", "unit": "12", "problem": "occupied", "at": at},
        {"desk": NORTH, "bank": "Lobby", "unit": "13", "problem": "haunted", "at": at},
        {"desk": NORTH, "bank": "Lobby", "unit": "14", "problem": None, "at": "never"},
    ]
    forgotten = [{"contact": "a" * 64, "at": at}, {"contact": "Anna", "at": at}, "a" * 64]
    read = told_by({"reports": reports, "forgotten": forgotten})
    assert [(each.unit, each.problem) for each in read.reports] == [("12", UnitProblem.OCCUPIED)]
    assert read.forgotten == (("a" * 64, when),)


anything = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(), inner, max_size=3),
    max_leaves=8,
)
rows = some.fixed_dictionaries({}, optional={name: some.just(value) | anything for name, value in ROW.items()})


@given(
    some.fixed_dictionaries(
        {},
        optional={name: some.lists(rows | anything) | anything for name in ("parcels", "reports", "forgotten", "now")},
    )
)
def test_no_news_ends_anything(answer: dict[str, Any]) -> None:
    read = told_by(json.loads(json.dumps(answer)))
    assert Told.model_validate_json(read.model_dump_json()) == read
