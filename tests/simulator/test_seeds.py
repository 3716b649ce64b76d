"""The demo world, and the people in it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from kiosk.simulator.core import Setup
from kiosk.simulator.seeds import contacts_file
from tests.simulator.world import START, World

SIZES = ("small", "medium", "large", "mlarge")


@pytest.fixture(scope="module")
def contacts() -> list[dict[str, str]]:
    with contacts_file().open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_banks_have_their_units_numbered_by_size(world: World) -> None:
    for bank, count in (("AOne", 24), ("BTwo", 40), ("CThree", 12)):
        units = world.units(bank)
        assert [unit["lockerUnitId"] for unit in units] == [str(number) for number in range(1, count + 1)]
        sizes = [unit["size"] for unit in units]
        assert sorted(sizes, key=SIZES.index) == sizes
        assert set(sizes) == set(SIZES)


@pytest.mark.parametrize("seed", range(20))
def test_every_seed_leaves_units_free_and_uses_some(tmp_path: Path, seed: int) -> None:
    world = World(tmp_path, Setup(seed=seed))
    for bank in ("AOne", "BTwo"):
        units = world.units(bank)
        assert sum(not unit["unitInService"] for unit in units) == 1
        for size in SIZES:
            free = world.free_units(size, bank)
            assert len(free) >= 3
            assert any(unit["accessible"] for unit in free)
        assert sum(unit["unitOccupied"] for unit in units) >= 2
    everything = [unit for bank in ("AOne", "BTwo", "CThree") for unit in world.units(bank)]
    assert any(unit["unitReserved"] and not unit["unitOccupied"] for unit in everything)
    world.core.close()


def test_units_in_use_belong_to_known_contacts_and_look_like_any_other(
    world: World, contacts: list[dict[str, str]]
) -> None:
    names = {contact["contact_id"]: contact["name"] for contact in contacts}
    for bank in ("AOne", "BTwo", "CThree"):
        for unit in world.units(bank):
            if not unit["unitReserved"]:
                assert unit["parcelsReserved"] == unit["parcelsDeposited"] == []
                continue
            assert unit["contactName"] == names[unit["contactId"]]
            assert unit["parcelsReserved"]
            assert unit["reservationTime"] < START.strftime("%Y-%m-%dT%H:%M:%SZ") < unit["reservationExpiryTime"]
            assert unit["unitOccupied"] is bool(unit["parcelsDeposited"]) is ("depositTime" in unit)
            assert bool(unit["pickupCode"]) is (unit["unitOccupied"] and unit["contactType"] == "recipient")


def test_the_same_seed_makes_the_same_world_and_another_seed_another(tmp_path: Path, world: World) -> None:
    same, other = World(tmp_path / "same"), World(tmp_path / "other", Setup(seed=2))
    assert same.units() == world.units()
    assert other.units() != world.units()
    same.core.close()
    other.core.close()


def test_the_contacts_are_500_people_and_12_departments(contacts: list[dict[str, str]]) -> None:
    assert Counter(contact["contact_type"] for contact in contacts) == {"recipient": 500, "department": 12}
    assert list(contacts[0]) == ["contact_id", "contact_type", "name", "email", "department", "room", "accessible"]
    assert all(re.fullmatch("[0-9a-f]{24}", contact["contact_id"]) for contact in contacts)
    assert all(re.fullmatch(r"[a-z0-9.-]+@example\.com", contact["email"]) for contact in contacts)
    assert len({contact["contact_id"] for contact in contacts}) == 512
    assert len({contact["email"] for contact in contacts}) == 512
    assert sum(contact["accessible"] == "true" for contact in contacts) == 15


def test_a_few_people_share_a_name_and_three_letters_narrow_well(contacts: list[dict[str, str]]) -> None:
    names = Counter(contact["name"] for contact in contacts)
    assert sorted(names.values())[-5:] == [1, 2, 2, 2, 2]
    beginnings = Counter(begin for name in names for begin in {word[:3].lower() for word in name.split()})
    assert max(beginnings.values()) <= 12
