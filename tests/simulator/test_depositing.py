"""updateDeposit, pickup codes, and recipients who collect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.simulator.core import Setup
from kiosk.simulator.deposits import CODE_CHARACTERS
from tests.simulator.world import DEPARTMENT, World, error_of, numbers


@pytest.fixture
def busy_world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path / "busy", Setup(pickups_per_hour=6))
    yield world
    world.core.close()


def test_a_deposit_fills_the_unit_for_a_day_and_gives_a_code(world: World) -> None:
    unit = world.reserved_unit("T1")
    world.clock.advance(timedelta(minutes=3))
    answer = world.deposit(unit, "T1").value
    code = answer.pop("pickupCode")
    assert answer == {
        "lockerBankId": "AOne",
        "lockerUnitId": unit,
        "userId": "clerk",
        "depositTime": "2026-03-02T08:03:00Z",
        "depositExpiryTime": "2026-03-03T08:03:00Z",
        "parcelsDeposited": [{"trackingNumber": "T1"}],
    }
    shown = world.unit(unit)
    assert shown["unitOccupied"] is True
    assert shown["pickupCode"] == code
    assert shown["depositExpiryTime"] == "2026-03-03T08:03:00Z"


def test_a_deposit_leaves_the_parcel_reserved_too(world: World) -> None:
    unit = world.reserved_unit("T1")
    world.deposit(unit, "T1")
    found = world.find("T1").value
    assert numbers(found["parcelsReserved"]) == ["T1"]
    assert numbers(found["parcelsDeposited"]) == ["T1"]
    assert found["unitReserved"] is True
    assert found["unitOccupied"] is True


def test_a_deposit_that_is_made_again_may_name_another_user(world: World) -> None:
    unit = world.reserved_unit("T1")
    assert world.deposit(unit, "T1").value["userId"] == "clerk"
    assert world.deposit(unit, "T1", user="gate").value["userId"] == "gate"
    assert world.deposit(unit, "T1").value["userId"] == "gate"


def test_every_deposit_gives_another_code_of_readable_characters(world: World) -> None:
    unit = world.reserved_unit("T1")
    codes = [world.deposit(unit, "T1").value["pickupCode"] for _ in range(200)]
    assert len(set(codes)) == 200
    assert all(len(code) == 6 for code in codes)
    assert set("".join(codes)) == set(CODE_CHARACTERS)
    assert not set("IO01") & set(CODE_CHARACTERS)
    assert world.unit(unit)["pickupCode"] == codes[-1]


def test_no_two_units_have_the_same_code(world: World) -> None:
    codes = [
        unit["pickupCode"] for bank in ("AOne", "BTwo", "CThree") for unit in world.units(bank) if unit["pickupCode"]
    ]
    assert len(set(codes)) == len(codes) > 5


def test_a_department_gets_no_code(world: World) -> None:
    unit = world.reserved_unit("T1", contactId=DEPARTMENT, contactType="department")
    assert "pickupCode" not in world.deposit(unit, "T1").value
    assert world.unit(unit)["pickupCode"] is None
    assert world.unit(unit)["unitOccupied"] is True


def test_a_deposit_may_name_only_some_of_the_parcels(world: World) -> None:
    unit = world.reserved_unit("T1")
    world.update(unit, "T2")
    assert numbers(world.deposit(unit, "T2").value["parcelsDeposited"]) == ["T2"]
    assert numbers(world.deposit(unit, "T1").value["parcelsDeposited"]) == ["T1", "T2"]


def test_a_parcel_that_is_not_reserved_there_cannot_be_deposited(world: World) -> None:
    unit = world.reserved_unit("T1")
    world.reserved_unit("T2")
    for wrong in ("T2", "never seen"):
        answer = world.deposit(unit, "T1", wrong)
        assert answer.status == 400
        assert wrong in error_of(answer)["additionalInfo"]
    assert world.unit(unit)["unitOccupied"] is False


def test_a_deposit_can_change_the_user(world: World) -> None:
    unit = world.reserved_unit("T1")
    body = {"userId": "other clerk", "parcels": [{"trackingNumber": "T1"}]}
    path = f"/parcelpoint/api/v1/lockerBanks/AOne/lockers/{unit}/deposit"
    assert world.ask("PATCH", path, body).value["userId"] == "other clerk"
    assert world.deposit(unit, "T1").value["userId"] == "other clerk"


def test_a_deposit_keeps_the_unit_beyond_the_reservation(world: World) -> None:
    unit = world.reserved_unit("T1", reservationExpiryTime="2026-03-02T09:00:00Z")
    world.update(unit, "T2")
    world.deposit(unit, "T1")
    world.clock.advance(timedelta(days=30))
    found = world.find("T1", "?includeAllParcels=true").value
    assert numbers(found["parcelsReserved"]) == ["T1", "T2"]


def test_a_lapsed_reservation_cannot_be_deposited(world: World) -> None:
    unit = world.reserved_unit("T1", reservationExpiryTime="2026-03-02T09:00:00Z")
    world.clock.advance(timedelta(hours=1))
    assert world.deposit(unit, "T1").status == 404


def test_a_recipient_sent_by_hand_empties_the_unit(world: World) -> None:
    unit = world.reserved_unit("T1")
    code = world.deposit(unit, "T1").value["pickupCode"]
    answer = world.ask("POST", "/_simulator/pickup", {"lockerBankId": "AOne", "lockerUnitId": unit}, {})
    assert answer.value == {"collected": [{"trackingNumber": "T1"}], "pickupCode": code}
    assert world.unit(unit)["unitReserved"] is False
    assert world.find("T1").status == 404


def test_nothing_can_be_collected_where_nothing_lies(world: World) -> None:
    unit = world.reserved_unit("T1")
    for asked, status in ((unit, 400), ("999", 404)):
        answer = world.ask("POST", "/_simulator/pickup", {"lockerBankId": "AOne", "lockerUnitId": asked}, {})
        assert answer.status == status
    assert world.unit(unit)["unitReserved"] is True


def occupied(world: World) -> int:
    return sum(unit["unitOccupied"] for bank in ("AOne", "BTwo", "CThree") for unit in world.units(bank))


def test_simulated_recipients_come_at_about_the_set_rate(busy_world: World) -> None:
    before = occupied(busy_world)
    busy_world.clock.advance(timedelta(hours=1))
    collected = before - occupied(busy_world)
    assert 2 <= collected <= 11
    assert busy_world.ask("GET", "/_simulator/state").value["collected"] == collected


def test_simulated_recipients_leave_fresh_deposits_and_reservations_alone(tmp_path: Path) -> None:
    world = World(tmp_path / "rush", Setup(pickups_per_hour=2000))
    waiting = world.reserved_unit("T0")
    unit = world.reserved_unit("T1")
    world.deposit(unit, "T1")
    for _ in range(9):
        world.clock.advance(timedelta(minutes=1))
        assert world.unit(unit)["unitOccupied"] is True
    assert occupied(world) == 1
    for _ in range(9):
        world.clock.advance(timedelta(minutes=1))
        world.units()
    assert occupied(world) == 0
    assert world.unit(waiting)["unitReserved"] is True
    world.core.close()


def test_nobody_collects_by_default(world: World) -> None:
    before = occupied(world)
    world.clock.advance(timedelta(days=30))
    assert occupied(world) == before
