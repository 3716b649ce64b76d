"""How open answers are read: many shapes mean the same, a broken item loses only itself, nothing is free by guess."""

from __future__ import annotations

import json
import string
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from kiosk.api import reading
from kiosk.api.json_bodies import parse_json
from kiosk.errors import AnswerLostError
from kiosk.parcels.lockers import (
    CreateReservationAnswer,
    FreeReservationAnswer,
    LockerUnit,
    UpdateDepositAnswer,
    UpdateReservationAnswer,
)
from kiosk.parcels.states import UnitState

WRITTEN = (CreateReservationAnswer, FreeReservationAnswer, UpdateDepositAnswer, UpdateReservationAnswer)


@pytest.mark.parametrize(
    "answer",
    [
        [{"lockerBankId": "A"}, {"lockerBankId": "B"}],
        {"lockerBanks": [{"lockerBankId": "A"}, {"lockerBankId": "B"}]},
        {"banks": [{"bankId": "A"}, {"id": "B"}]},
        {"data": [{"lockerBankId": "A"}, {"lockerBankId": "B"}]},
        {"data": {"lockerBanks": ["A", "B"]}},
        {"items": ["A", "B"], "total": 2},
        {"lockerBankList": [{"lockerBankId": "A"}, {"lockerBankId": "B"}]},
        [{"lockerBankId": "A", "extra": {"x": [1]}}, None, 7, {}, {"lockerBankId": ""}, {"lockerBankId": "B"}],
    ],
)
def test_banks_are_read_from_many_shapes(answer: JsonValue) -> None:
    assert [bank.locker_bank_id for bank in reading.read_banks(answer)] == ["A", "B"]


def test_one_bank_alone_is_a_list_of_one() -> None:
    (bank,) = reading.read_banks({"lockerBankId": 5, "name": "Lobby", "locationId": None, "tags": ["x"]})
    assert (bank.locker_bank_id, bank.locker_bank_name, bank.location_id) == ("5", "Lobby", "")


@pytest.mark.parametrize("answer", [[], {"lockerBanks": []}, {"lockerBanks": None}])
def test_no_banks_is_no_error(answer: JsonValue) -> None:
    assert reading.read_banks(answer) == ()


def test_a_next_page_is_noted(caplog: pytest.LogCaptureFixture) -> None:
    reading.read_banks({"lockerBanks": ["A"], "nextPage": "/api/v1/lockerBanks?page=2"})
    assert "cut" in caplog.text


@pytest.mark.parametrize("answer", [None, "A", 7, {}, {"error": "x"}, {"a": [1], "b": [2]}, [{}], [[["A"]]]])
def test_what_is_no_list_of_banks_is_an_unusable_answer(answer: JsonValue) -> None:
    with pytest.raises(AnswerLostError):
        reading.read_banks(answer)


@pytest.mark.parametrize(
    ("item", "free", "some_free"),
    [
        ("small", None, None),
        ({"size": "small"}, None, None),
        ({"size": "small", "available": 3}, 3, None),
        ({"size": "small", "available": 0}, 0, None),
        ({"size": "small", "available": -1}, None, None),
        ({"size": "small", "available": "4"}, 4, None),
        ({"size": "small", "available": "          4 "}, 4, None),
        ({"size": "small", "available": True}, None, True),
        ({"size": "small", "available": False}, None, False),
        ({"size": "small", "available": None, "count": 2}, 2, None),
        ({"lockerSize": "small", "availableCount": 2}, 2, None),
        ({"name": "small", "isAvailable": "false"}, None, False),
        ({"size": "small", "availability": "AVAILABLE"}, None, True),
        ({"size": "small", "status": "NOT_AVAILABLE"}, None, False),
        ({"size": "small", "status": "Full"}, None, False),
        ({"size": "small", "status": "MAYBE"}, None, None),
        ({"size": "small", "availability": {"count": 5, "status": "AVAILABLE"}}, None, True),
        ({"size": "small", "available": [1]}, None, None),
        ({"size": "small", "available": 1.5}, None, None),
    ],
)
def test_availability_is_a_count_a_flag_or_unknown(item: JsonValue, free: int | None, some_free: bool | None) -> None:  # noqa: FBT001 - a column of the table
    (size,) = reading.read_sizes([item])
    assert (size.size, size.free, size.some_free) == ("small", free, some_free)


@pytest.mark.parametrize(
    "answer",
    [
        {"sizes": [{"size": "small", "available": 3}, {"size": "mlarge", "available": 0}]},
        {"lockerBankId": "A", "lockerSizes": [{"size": "small", "free": 3}, {"size": "mlarge", "free": 0}]},
        {"small": 3, "mlarge": 0, "lockerBankId": "A"},
        {"sizes": {"small": 3, "mlarge": 0}},
        {"data": {"small": {"available": 3}, "mlarge": {"available": 0}}},
        [{"size": "small", "available": 3}, {"available": 9}, 4, {"size": "mlarge", "available": 0}],
    ],
)
def test_sizes_are_read_from_many_shapes(answer: JsonValue) -> None:
    assert [(size.size, size.free) for size in reading.read_sizes(answer)] == [("small", 3), ("mlarge", 0)]


@pytest.mark.parametrize("answer", [None, {}, {"sizes": "all"}, [{}], {"message": "x"}])
def test_what_is_no_list_of_sizes_is_an_unusable_answer(answer: JsonValue) -> None:
    with pytest.raises(AnswerLostError):
        reading.read_sizes(answer)


@pytest.mark.parametrize(
    "answer",
    [
        {"lockerBankId": "A", "lockerUnits": [{"lockerUnitId": "1"}, {"lockerUnitId": "2"}]},
        {"lockerBank": {"id": "A", "units": [{"unitId": 1}, {"unitId": 2}]}},
        {"data": {"lockerUnits": [{"lockerUnitId": "1"}, "broken", {}, {"lockerUnitId": "2"}]}},
        [{"lockerBankId": "A", "lockers": [{"id": "1"}, {"id": "2"}]}],
        [{"lockerUnitId": "1"}, {"lockerUnitId": "2"}],
    ],
)
def test_bank_details_are_read_from_many_shapes(answer: JsonValue) -> None:
    details = reading.read_bank_details(answer, "A")
    assert details.locker_bank_id == "A"
    assert [(unit.locker_bank_id, unit.locker_unit_id) for unit in details.locker_units] == [("A", "1"), ("A", "2")]


def test_a_bank_without_units_holds_none() -> None:
    details = reading.read_bank_details({"lockerBankName": "Lobby", "lockerUnits": None}, "A")
    assert (details.locker_bank_id, details.label, details.locker_units) == ("A", "Lobby", ())


@pytest.mark.parametrize("answer", [None, {}, {"message": "x"}, "A", 3, [1, 2.5, [{}]]])
def test_what_is_no_bank_is_an_unusable_answer(answer: JsonValue) -> None:
    if isinstance(answer, list):
        assert reading.read_bank_details(answer, "A").locker_units == ()
        return
    with pytest.raises(AnswerLostError):
        reading.read_bank_details(answer, "A")


FREE = {"unitReserved": False, "unitOccupied": False}


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        (FREE, UnitState.FREE),
        ({**FREE, "unitInService": True}, UnitState.FREE),
        ({"unitReserved": "false", "unitOccupied": 0}, UnitState.FREE),
        ({"status": "AVAILABLE"}, UnitState.FREE),
        ({}, UnitState.UNKNOWN),
        ({"status": "SOMETHING"}, UnitState.UNKNOWN),
        ({"unitReserved": False}, UnitState.UNKNOWN),
        ({"unitOccupied": False}, UnitState.UNKNOWN),
        ({**FREE, "unitInService": "perhaps"}, UnitState.UNKNOWN),
        ({**FREE, "unitInService": False}, UnitState.OUT_OF_SERVICE),
        ({"unitReserved": "maybe", "unitOccupied": False}, UnitState.UNKNOWN),
        ({"unitReserved": None, "unitOccupied": False}, UnitState.UNKNOWN),
        ({**FREE, "parcelsReserved": [{}]}, UnitState.UNKNOWN),
        ({**FREE, "parcelsDeposited": "T1"}, UnitState.UNKNOWN),
        ({**FREE, "parcelsDeposited": ["T1"]}, UnitState.OCCUPIED),
        ({**FREE, "parcelsReserved": [{"trackingNumber": 5}]}, UnitState.RESERVED),
        ({**FREE, "status": "OCCUPIED"}, UnitState.FREE),
        ({"unitOccupied": True}, UnitState.OCCUPIED),
        ({"unitReserved": True, "unitOccupied": "?"}, UnitState.RESERVED),
        ({"status": "out-of-service"}, UnitState.OUT_OF_SERVICE),
        ({"status": "Reserved"}, UnitState.RESERVED),
    ],
)
def test_no_unit_is_free_by_guess(fields: dict[str, JsonValue], state: UnitState) -> None:
    unit = reading.read_unit({"lockerUnitId": "7", **fields}, "A")
    assert unit.state is state


def test_unreadable_extras_of_a_unit_are_left_out() -> None:
    unit = reading.read_unit(
        {
            "lockerUnitId": 7,
            "size": {"name": "small"},
            "accessible": "who knows",
            "contactName": ["x"],
            "contactType": "robot",
            "depositTime": "yesterday",
            "reservationTime": "0001-01-01T00:00:00+14:00",
            "parcelsReserved": [{"trackingNumber": "T1", "secondaryTrackingNumber": {}}, {"trackingNumber": ""}, "T2"],
        },
        "A",
    )
    assert unit.model_dump(exclude_defaults=True) == {
        "locker_bank_id": "A",
        "locker_unit_id": "7",
        "parcels_reserved": ({"tracking_number": "T1"}, {"tracking_number": "T2"}),
    }


@pytest.mark.parametrize(
    "answer",
    [
        {"lockerUnitId": "7"},
        [{"lockerUnitId": "7"}],
        {"reservation": {"lockerUnitId": "7"}},
        {"data": {"lockerUnit": {"lockerUnitId": "7"}}},
        {"reservedUnits": [{"lockerUnitId": "7"}]},
    ],
)
def test_a_reservation_is_read_from_many_shapes(answer: JsonValue) -> None:
    assert reading.read_unit(answer, "A") == LockerUnit(locker_bank_id="A", locker_unit_id="7")


@pytest.mark.parametrize("answer", [None, {}, [], [{"lockerUnitId": "7"}, {"lockerUnitId": "8"}], {"lockerUnitId": ""}])
def test_what_names_no_unit_or_two_is_an_unusable_answer(answer: JsonValue) -> None:
    with pytest.raises(AnswerLostError):
        reading.read_unit(answer, "A")


@pytest.mark.parametrize("answer", [{}, None, "x", {"message": "x"}, [{}]])
def test_what_is_no_list_of_reservations_is_an_unusable_answer(answer: JsonValue) -> None:
    with pytest.raises(AnswerLostError):
        reading.read_units(answer, "A")


@pytest.mark.parametrize("model", WRITTEN)
@pytest.mark.parametrize(
    "answer", [None, {}, [], "done", {"message": "ok"}, {"status": "ERROR", "errors": [{"errorCode": "x"}]}]
)
def test_a_write_is_not_done_because_some_json_came_back(model: type[Any], answer: JsonValue) -> None:
    with pytest.raises(AnswerLostError):
        reading.read_written(model, answer)


@pytest.mark.parametrize("unit_id", [None, "", " ", {}, True])
def test_a_reservation_without_a_unit_is_in_doubt(unit_id: JsonValue) -> None:
    with pytest.raises(AnswerLostError):
        reading.read_written(CreateReservationAnswer, {"lockerBankId": "A", "lockerUnitId": unit_id})


@pytest.mark.parametrize("code", [{}, ["N"], True, "N" * 65, 10**64])
def test_a_deposit_whose_code_can_not_be_read_is_in_doubt(code: JsonValue) -> None:
    with pytest.raises(AnswerLostError):
        reading.read_written(UpdateDepositAnswer, {"lockerUnitId": "7", "pickupCode": code})


@pytest.mark.parametrize(
    "fields", [{}, {"pickupCode": None}, *({"pickupCode": each} for each in ("", "  ", "\u200b", "\x00\x1b"))]
)
def test_a_department_has_no_code(fields: dict[str, JsonValue]) -> None:
    assert reading.read_written(UpdateDepositAnswer, {"lockerUnitId": "7", **fields}).pickup_code is None


def test_a_code_of_digits_may_come_as_a_number() -> None:
    code = reading.read_written(UpdateDepositAnswer, {"lockerUnitId": 7, "pickupCode": 482913}).pickup_code
    assert code is not None
    assert code.get_secret_value() == "482913"


def test_unreadable_extras_of_a_write_are_left_out() -> None:
    freed = reading.read_written(
        FreeReservationAnswer,
        {"lockerUnitId": "7", "unitReserved": "perhaps", "contactId": {}, "parcelsReserved": [{}, "T1"]},
    )
    assert (freed.locker_unit_id, freed.unit_reserved, freed.contact_id) == ("7", None, None)
    assert [parcel.tracking_number for parcel in freed.parcels_reserved] == ["T1"]


FIELD_NAMES = [
    *("lockerBanks", "lockerBankId", "lockerBankName", "sizes", "size", "available", "small", "lockerUnits", "data"),
    *("reservedUnits", "lockerUnitId", "unitReserved", "unitOccupied", "unitInService", "parcelsReserved", "status"),
    *("parcelsDeposited", "trackingNumber", "contactType", "depositTime", "pickupCode", "accessible", "reservation"),
]
any_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(10**18, 10**300)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(["7", "T1", "AVAILABLE", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(FIELD_NAMES), inner, max_size=6)
        | st.dictionaries(st.text(string.ascii_letters, max_size=4), inner, max_size=2)
    ),
    max_leaves=12,
)


@given(any_json)
def test_any_json_is_a_model_or_an_unusable_answer(value: JsonValue) -> None:
    answer = parse_json(json.dumps(value).encode())
    readers: list[Callable[[JsonValue], object]] = [
        reading.read_banks,
        reading.read_sizes,
        lambda raw: reading.read_bank_details(raw, "A"),
        lambda raw: reading.read_unit(raw, "A"),
        lambda raw: reading.read_units(raw, "A"),
        *(partial(reading.read_written, model) for model in WRITTEN),
    ]
    for read in readers:
        try:
            assert read(answer) is not None
        except AnswerLostError:
            continue


@given(any_json)
def test_a_unit_is_free_only_where_the_answer_says_so(value: JsonValue) -> None:
    raw: JsonValue = {"lockerUnitId": "7", **value} if isinstance(value, dict) else value
    try:
        unit = reading.read_unit(raw, "A")
    except AnswerLostError:
        return
    if unit.state is UnitState.FREE:
        assert unit.unit_reserved is False
        assert unit.unit_occupied is False
