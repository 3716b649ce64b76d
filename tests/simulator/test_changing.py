"""updateReservation and freeReservation."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.simulator.world import BANKS, OTHER_PERSON, PERSON, World, error_of, numbers

UPDATE = "PATCH", f"{BANKS}/AOne/lockers/{{}}/reservation/update"
FREE = "POST", f"{BANKS}/AOne/lockers/{{}}/free"
DEPOSIT = "PATCH", f"{BANKS}/AOne/lockers/{{}}/deposit"


def test_an_update_adds_parcels_and_keeps_those_already_there(world: World) -> None:
    unit = world.reserved_unit("T1")
    answer = world.update(unit, "T2", "T3", "T2", userId="other clerk")
    assert answer.value == {
        "lockerBankId": "AOne",
        "lockerUnitId": unit,
        "userId": "other clerk",
        "reservationExpiryTime": "2026-03-03T08:00:00Z",
        "parcelsReserved": [{"trackingNumber": "T1"}, {"trackingNumber": "T2"}, {"trackingNumber": "T3"}],
    }
    assert world.find("T3").value["lockerUnitId"] == unit


def test_an_update_moves_the_expiry(world: World) -> None:
    unit = world.reserved_unit("T1")
    answer = world.update(unit, "T1", reservationExpiryTime="2026-03-09T08:00:00Z")
    assert answer.value["reservationExpiryTime"] == "2026-03-09T08:00:00Z"
    assert numbers(answer.value["parcelsReserved"]) == ["T1"]
    world.clock.advance(timedelta(days=6))
    assert world.find("T1").status == 200
    world.clock.advance(timedelta(days=1))
    assert world.find("T1").status == 404


def test_an_update_may_give_a_parcel_a_secondary_number(world: World) -> None:
    unit = world.reserved_unit("T1")
    body = {"parcels": [{"trackingNumber": "T1", "secondaryTrackingNumber": "Piece1"}]}
    world.ask("PATCH", f"{BANKS}/AOne/lockers/{unit}/reservation/update", body)
    world.update(unit, "T1")
    assert world.unit(unit)["parcelsReserved"] == body["parcels"]


def test_an_update_with_a_parcel_of_another_unit_is_refused_as_a_whole(world: World) -> None:
    unit, other = world.reserved_unit("T1"), world.reserved_unit("T2")
    answer = world.update(unit, "T3", "T2", reservationExpiryTime="2026-03-09T08:00:00Z")
    assert answer.status == 400
    assert f"locker unit {other} " in error_of(answer)["additionalInfo"]
    assert numbers(world.unit(unit)["parcelsReserved"]) == ["T1"]
    assert world.unit(unit)["reservationExpiryTime"] == "2026-03-03T08:00:00Z"


@pytest.mark.parametrize("expiry", ["2026-03-02T07:00:00Z", "soon", 5])
def test_an_update_to_a_wrong_expiry_is_refused(world: World, expiry: object) -> None:
    unit = world.reserved_unit("T1")
    answer = world.update(unit, "T2", reservationExpiryTime=expiry)
    assert answer.status == 400
    assert numbers(world.unit(unit)["parcelsReserved"]) == ["T1"]


@pytest.mark.parametrize("operation", [UPDATE, FREE, DEPOSIT])
def test_a_unit_that_is_not_reserved_is_not_found(world: World, operation: tuple[str, str]) -> None:
    method, path = operation
    unit = world.free_units()[0]["lockerUnitId"]
    body = {"userId": "clerk", "parcels": [{"trackingNumber": "T1"}]}
    for asked in (unit, "999"):
        answer = world.ask(method, path.format(asked), body)
        assert answer.status == 404
        assert error_of(answer)["errorCode"] == "not_found"


@pytest.mark.parametrize("operation", [UPDATE, FREE, DEPOSIT])
@pytest.mark.parametrize("parcels", [[], {}, "T1", ["T1"], [{}], [{"trackingNumber": ""}], [{"trackingNumber": 1}]])
def test_parcels_of_a_wrong_form_are_refused(world: World, operation: tuple[str, str], parcels: object) -> None:
    method, path = operation
    unit = world.reserved_unit("T1")
    answer = world.ask(method, path.format(unit), {"userId": "clerk", "parcels": parcels})
    assert answer.status == 400
    assert numbers(world.unit(unit)["parcelsReserved"]) == ["T1"]


@pytest.mark.parametrize("operation", [UPDATE, DEPOSIT])
def test_parcels_are_required(world: World, operation: tuple[str, str]) -> None:
    method, path = operation
    answer = world.ask(method, path.format(world.reserved_unit("T1")), {"userId": "clerk"})
    assert answer.status == 400
    assert error_of(answer)["additionalParameters"] == ["parcels"]


def test_freeing_without_parcels_frees_the_whole_unit(world: World) -> None:
    unit = world.reserved_unit("T1")
    world.update(unit, "T2")
    world.deposit(unit, "T1")
    assert world.free(unit).value == {
        "lockerBankId": "AOne",
        "lockerUnitId": unit,
        "unitReserved": False,
        "contactId": PERSON,
        "contactType": "recipient",
        "parcelsReserved": [],
    }
    shown = world.unit(unit)
    assert not shown["unitReserved"]
    assert not shown["unitOccupied"]
    assert shown["pickupCode"] is None
    assert "contactId" not in shown
    assert "depositTime" not in shown


def test_freeing_named_parcels_leaves_the_others(world: World) -> None:
    unit = world.reserved_unit("T1")
    world.update(unit, "T2", "T3")
    answer = world.free(unit, "T1", "T3").value
    assert answer["unitReserved"] is True
    assert numbers(answer["parcelsReserved"]) == ["T2"]
    assert world.find("T1").status == 404
    assert world.find("T2").status == 200


def test_freeing_the_last_parcel_frees_the_unit(world: World) -> None:
    unit = world.reserved_unit("T1")
    answer = world.free(unit, "T1").value
    assert answer["unitReserved"] is False
    assert world.reserved_unit("T2", lockerUnitId=unit, contactId=OTHER_PERSON) == unit


def test_freeing_the_last_deposited_parcel_ends_the_deposit(world: World) -> None:
    unit = world.reserved_unit("T1")
    world.update(unit, "T2")
    world.deposit(unit, "T1")
    world.free(unit, "T1")
    shown = world.unit(unit)
    assert shown["unitReserved"] is True
    assert shown["unitOccupied"] is False
    assert shown["pickupCode"] is None
    assert "depositTime" not in shown


def test_freeing_a_parcel_keeps_the_deposit_of_the_others(world: World) -> None:
    unit = world.reserved_unit("T1")
    world.update(unit, "T2")
    code = world.deposit(unit, "T1", "T2").value["pickupCode"]
    world.free(unit, "T1")
    assert world.unit(unit)["pickupCode"] == code
    assert numbers(world.unit(unit)["parcelsDeposited"]) == ["T2"]


def test_freeing_a_parcel_that_is_not_in_the_unit_is_refused_as_a_whole(world: World) -> None:
    unit = world.reserved_unit("T1")
    world.update(unit, "T2")
    world.reserved_unit("T3")
    answer = world.free(unit, "T1", "T3")
    assert answer.status == 404
    assert numbers(world.unit(unit)["parcelsReserved"]) == ["T1", "T2"]
    assert world.find("T3").status == 200


def test_freeing_needs_a_user(world: World) -> None:
    unit = world.reserved_unit("T1")
    answer = world.ask("POST", f"{BANKS}/AOne/lockers/{unit}/free", {})
    assert answer.status == 400
    assert error_of(answer)["additionalParameters"] == ["userId"]
    assert world.unit(unit)["unitReserved"] is True


def test_freeing_twice_is_not_found(world: World) -> None:
    unit = world.reserved_unit("T1")
    assert world.free(unit).status == 200
    assert world.free(unit).status == 404
