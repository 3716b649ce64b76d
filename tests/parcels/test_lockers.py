"""Units, banks and reservations: nothing is called free unless the answer says so."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import (
    SIZES,
    CreateReservationRequest,
    LockerBank,
    LockerBankDetails,
    LockerSize,
    LockerUnit,
    ParcelReference,
    UpdateDepositAnswer,
    size_order,
)
from kiosk.parcels.states import ContactType, UnitState

FREE = {"unit_reserved": False, "unit_occupied": False}
T1 = ParcelReference(tracking_number="T1")


def unit(name: str = "1", **fields: Any) -> LockerUnit:
    return LockerUnit(locker_unit_id=name, **fields)


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        (FREE, UnitState.FREE),
        ({**FREE, "unit_in_service": True}, UnitState.FREE),
        ({**FREE, "unit_in_service": False}, UnitState.OUT_OF_SERVICE),
        ({"unit_in_service": False, "unit_occupied": True}, UnitState.OUT_OF_SERVICE),
        ({"unit_reserved": True, "unit_occupied": False}, UnitState.RESERVED),
        ({"unit_reserved": True, "unit_occupied": True}, UnitState.OCCUPIED),
        ({"unit_occupied": True}, UnitState.OCCUPIED),
        ({**FREE, "parcels_deposited": (T1,)}, UnitState.OCCUPIED),
        ({**FREE, "parcels_reserved": (T1,)}, UnitState.RESERVED),
        ({}, UnitState.UNKNOWN),
        ({"unit_in_service": True}, UnitState.UNKNOWN),
    ],
)
def test_a_unit_has_one_word_for_its_state(fields: dict[str, Any], state: UnitState) -> None:
    assert unit(**fields).state is state


@pytest.mark.parametrize("flags", list(product([True, False, None], repeat=3)))
def test_only_a_unit_with_no_sign_of_use_is_free(flags: tuple[bool | None, bool | None, bool | None]) -> None:
    in_service, reserved, occupied = flags
    shown = unit(unit_in_service=in_service, unit_reserved=reserved, unit_occupied=occupied)
    unused = in_service is not False and not reserved and not occupied and False in {reserved, occupied}
    assert (shown.state is UnitState.FREE) is unused


def test_a_unit_knows_the_numbers_it_holds() -> None:
    holding = unit(parcels_reserved=(T1, ParcelReference(tracking_number="T2")), parcels_deposited=(T1,))
    assert [holding.holds(number) for number in ("T1", "T2", "T3")] == [True, True, False]
    assert [holding.has_deposited(number) for number in ("T1", "T2", "T3")] == [True, False, False]
    assert unit(parcels_deposited=(T1,)).holds("T1")


def test_a_contact_type_nobody_knows_counts_as_absent() -> None:
    assert LockerUnit.model_validate({"lockerUnitId": 7, "contactType": "robot"}).contact_type is None
    known = LockerUnit.model_validate({"lockerUnitId": 7, "contactType": "department"})
    assert known.contact_type is ContactType.DEPARTMENT
    assert known.locker_unit_id == "7"


def test_free_units_come_in_the_banks_order_and_of_one_size_if_asked() -> None:
    small, large = LockerSize("small"), LockerSize("large")
    units = (unit("3", size=small, **FREE), unit("1", size=large, **FREE), unit("2", size=small, unit_reserved=True))
    bank = LockerBankDetails(locker_bank_id="AOne", locker_units=(*units, unit("4", size=small, **FREE)))
    assert [each.locker_unit_id for each in bank.free_units()] == ["3", "1", "4"]
    assert [each.locker_unit_id for each in bank.free_units(small)] == ["3", "4"]


def test_availability_counts_free_units_and_says_nothing_of_what_is_unknown() -> None:
    units = [
        unit("1", size=LockerSize("huge"), **FREE),
        unit("2", size=LockerSize("large"), unit_reserved=True),
        unit("3", size=LockerSize("small"), **FREE),
        unit("4", size=LockerSize("small")),
        unit("5", size=LockerSize("medium")),
        unit("6", **FREE),
    ]
    bank = LockerBankDetails(locker_bank_id="AOne", locker_units=tuple(units))
    counted = [(each.size, each.free) for each in bank.availability()]
    assert counted == [("small", 1), ("medium", None), ("large", 0), ("huge", 1)]


@given(sizes=st.permutations([*SIZES, LockerSize("huge"), LockerSize("tiny"), None]))
def test_sizes_sort_in_the_apis_order_and_unknown_ones_by_name_after_them(sizes: list[LockerSize | None]) -> None:
    assert sorted(sizes, key=size_order) == [*SIZES, None, "huge", "tiny"]


def test_a_bank_is_called_by_its_name_or_else_by_its_id() -> None:
    assert LockerBank(locker_bank_id="AOne", locker_bank_name="Lobby").label == "Lobby"
    assert LockerBank(locker_bank_id="AOne").label == "AOne"


def test_a_reservation_needs_a_size_or_a_unit() -> None:
    needed: dict[str, Any] = {
        "user_id": "u",
        "contact_id": "c",
        "contact_type": ContactType.RECIPIENT,
        "tracking_number": "T1",
    }
    with pytest.raises(ValidationError, match="size, lockerUnitId"):
        CreateReservationRequest(**needed)
    assert CreateReservationRequest(**needed, locker_unit_id="7").size is None
    assert CreateReservationRequest(**needed, size=LockerSize("small")).locker_unit_id is None
    for name in ("user_id", "contact_id", "tracking_number"):
        with pytest.raises(ValidationError, match="at least 1 character"):
            CreateReservationRequest(**{**needed, name: ""}, locker_unit_id="7")


def test_a_pickup_code_is_not_shown_by_the_answer_that_holds_it() -> None:
    answer = UpdateDepositAnswer.model_validate({"pickupCode": "NR8PBW"})
    assert answer.pickup_code == SecretStr("NR8PBW")
    assert "NR8PBW" not in f"{answer!r} {answer} {answer.model_dump_json()} {answer.model_dump()}"


def test_a_contact_needs_an_id_and_is_a_recipient_unless_said() -> None:
    assert Contact(contact_id="c", name="Maria").contact_type is ContactType.RECIPIENT
    with pytest.raises(ValidationError):
        Contact(contact_id="", name="Maria")
