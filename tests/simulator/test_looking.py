"""The reads: banks, sizes, bank details, the reservation of a number, the reservations of a contact."""

from __future__ import annotations

import pytest

from tests.simulator.world import BANKS, DEPARTMENT, OTHER_PERSON, PERSON, World, error_of, numbers


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["AOne", "BTwo", "CThree"]),
        ("?locationId=HQ", ["AOne", "BTwo"]),
        ("?locationId=LAB", ["CThree"]),
        ("?lockerBankId=BTwo", ["BTwo"]),
        ("?locationId=LAB&lockerBankId=BTwo", []),
        ("?lockerBankId=Nowhere", []),
    ],
)
def test_banks_are_listed_and_narrowed_by_both_filters(world: World, query: str, expected: list[str]) -> None:
    banks = world.ask("GET", f"{BANKS}{query}").value["lockerBanks"]
    assert [bank["lockerBankId"] for bank in banks] == expected


def test_a_bank_is_shown_with_its_names(world: World) -> None:
    (bank,) = world.ask("GET", f"{BANKS}?lockerBankId=AOne").value["lockerBanks"]
    assert bank == {
        "lockerBankId": "AOne",
        "lockerBankName": "Lobby",
        "locationId": "HQ",
        "locationName": "Headquarters",
    }


def test_sizes_count_the_units_that_can_be_reserved(world: World) -> None:
    world.reserved_unit("T1")
    answer = world.ask("GET", f"{BANKS}/AOne/lockers/sizes").value
    assert answer["lockerBankId"] == "AOne"
    assert answer["sizes"] == [
        {"size": size, "available": len(world.free_units(size))} for size in ("small", "medium", "large", "mlarge")
    ]


def test_a_size_that_is_full_is_listed_with_none_available(world: World) -> None:
    sizes = world.ask("GET", f"{BANKS}/CThree/lockers/sizes").value["sizes"]
    assert {"size": "large", "available": 0} in sizes


def test_bank_details_hold_the_bank_and_every_unit(world: World) -> None:
    details = world.ask("GET", f"{BANKS}/BTwo").value
    assert details["lockerBankName"] == "Loading dock"
    assert [unit["lockerUnitId"] for unit in details["lockerUnits"]] == [str(number) for number in range(1, 41)]


def test_no_read_ever_shows_a_pickup_code(world: World) -> None:
    unit = world.reserved_unit("T1")
    code = world.deposit(unit, "T1").value["pickupCode"]
    for path in (
        f"{BANKS}/AOne",
        f"{BANKS}/AOne/lockers/reserved/T1",
        f"{BANKS}/AOne/lockers/reserved/contact/{PERSON}",
    ):
        answer = world.ask("GET", path)
        assert answer.status == 200
        assert code.encode() not in answer.body
        assert b"pickupCode" not in answer.body


def test_a_reservation_is_found_by_its_number(world: World) -> None:
    unit = world.reserved_unit("T1", size="large")
    assert world.find("T1").value == {
        "lockerBankId": "AOne",
        "lockerUnitId": unit,
        "size": "large",
        "accessible": world.unit(unit)["accessible"],
        "unitInService": True,
        "unitReserved": True,
        "unitOccupied": False,
        "parcelsReserved": [{"trackingNumber": "T1"}],
        "parcelsDeposited": [],
        "contactId": PERSON,
        "contactType": "recipient",
        "contactName": "Samira Abboud",
        "reservationTime": "2026-03-02T08:00:00Z",
        "reservationExpiryTime": "2026-03-03T08:00:00Z",
    }


def test_only_the_number_asked_for_is_listed_unless_all_are_wanted(world: World) -> None:
    unit = world.reserved_unit("T1")
    world.update(unit, "T2", "T3")
    world.deposit(unit, "T1", "T2")
    for query in ("", "?includeAllParcels=false"):
        found = world.find("T2", query).value
        assert numbers(found["parcelsReserved"]) == ["T2"]
        assert numbers(found["parcelsDeposited"]) == ["T2"]
    everything = world.find("T2", "?includeAllParcels=true").value
    assert numbers(everything["parcelsReserved"]) == ["T1", "T2", "T3"]
    assert numbers(everything["parcelsDeposited"]) == ["T1", "T2"]
    assert world.find("T3").value["parcelsDeposited"] == []


def test_an_unknown_number_is_not_found(world: World) -> None:
    answer = world.find("never seen")
    assert answer.status == 404
    assert error_of(answer)["errorCode"] == "not_found"


def test_a_number_is_looked_for_in_the_bank_that_is_asked(world: World) -> None:
    world.reserved_unit("T1")
    assert world.find("T1", bank="BTwo").status == 404


@pytest.mark.parametrize(
    "number",
    [
        "a/b",
        "contact/x",
        "free",
        "100%",
        "%41",
        "a%2Fb",
        "..",
        ".",
        "ü ñ 漢字 🎁",
        "a?b#c&d=e",
        "a+b",
        " x ",
        "\x00\t\\'\";--",
    ],
)
@pytest.mark.parametrize("query", ["", "?isTrackNumUrlEncoded=true", "?isTrackNumUrlEncoded=false"])
def test_any_character_works_in_a_number(world: World, number: str, query: str) -> None:
    unit = world.reserved_unit(number)
    world.reserved_unit("A")  # what %41 would be, decoded once too often
    found = world.find(number, query)
    assert found.status == 200
    assert found.value["lockerUnitId"] == unit
    assert numbers(found.value["parcelsReserved"]) == [number]


def test_a_number_encoded_by_the_caller_is_decoded_only_when_the_caller_says_so(world: World) -> None:
    unit = world.reserved_unit("a/b")
    assert world.find("a%2Fb").status == 404
    assert world.find("a%2Fb", "?isTrackNumUrlEncoded=false").status == 404
    found = world.find("a%2Fb", "?isTrackNumUrlEncoded=true").value
    assert found["lockerUnitId"] == unit
    assert numbers(found["parcelsReserved"]) == ["a/b"]


def test_a_contact_sees_all_its_units_in_the_bank(world: World) -> None:
    units = {world.reserved_unit("T1"), world.reserved_unit("T2", size="large")}
    world.reserved_unit("T3", contactId=OTHER_PERSON)
    world.reserved_unit("T4", bank="BTwo")
    answer = world.ask("GET", f"{BANKS}/AOne/lockers/reserved/contact/{PERSON}").value
    assert {unit["lockerUnitId"] for unit in answer["reservedUnits"]} == units
    assert {unit["contactName"] for unit in answer["reservedUnits"]} == {"Samira Abboud"}


@pytest.mark.parametrize("contact", [PERSON, DEPARTMENT])
def test_a_contact_without_reservations_has_an_empty_list(world: World, contact: str) -> None:
    for unit in world.units():
        if unit.get("contactId") == contact:
            world.free(unit["lockerUnitId"])
    answer = world.ask("GET", f"{BANKS}/AOne/lockers/reserved/contact/{contact}")
    assert answer.status == 200
    assert answer.value == {"reservedUnits": []}


def test_an_unknown_contact_is_not_found(world: World) -> None:
    assert world.ask("GET", f"{BANKS}/AOne/lockers/reserved/contact/nobody").status == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("GET", "/lockers/sizes"),
        ("POST", "/lockers/reserve"),
        ("GET", "/lockers/reserved/T1"),
        ("GET", f"/lockers/reserved/contact/{PERSON}"),
        ("PATCH", "/lockers/1/reservation/update"),
        ("PATCH", "/lockers/1/deposit"),
        ("POST", "/lockers/1/free"),
    ],
)
@pytest.mark.parametrize("bank", ["Nowhere", "aone", "%41One%20"])
def test_an_unknown_bank_is_not_found_by_any_operation(world: World, method: str, path: str, bank: str) -> None:
    answer = world.ask(method, f"{BANKS}/{bank}{path}", {} if method != "GET" else None)
    assert answer.status == 404
    assert error_of(answer)["additionalParameters"] == ["lockerBankId"]
