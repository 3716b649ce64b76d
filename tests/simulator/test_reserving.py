"""createReservation: what is granted, and what is refused without a trace."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.simulator.messages import Request
from tests.simulator.world import BANKS, DEPARTMENT, GOOD, PERSON, World, error_of, numbers


def test_a_size_alone_reserves_a_free_unit_of_that_size(world: World) -> None:
    free = [unit["lockerUnitId"] for unit in world.free_units("medium")]
    answer = world.reserve("T1", size="medium", secondaryTrackingNumber="Piece1")
    assert answer.status == 200
    assert answer.value["lockerUnitId"] in free
    unit = world.unit(answer.value["lockerUnitId"])
    assert unit["unitReserved"] is True
    assert unit["unitOccupied"] is False
    assert unit["contactId"] == PERSON
    assert unit["contactName"] == "Samira Abboud"
    assert unit["parcelsReserved"] == [{"trackingNumber": "T1", "secondaryTrackingNumber": "Piece1"}]
    assert unit["parcelsDeposited"] == []
    assert unit["pickupCode"] is None


def test_the_answer_repeats_what_was_reserved(world: World) -> None:
    answer = world.reserve("T1", secondaryTrackingNumber="Piece1", reservationExpiryTime="2026-03-03T10:00:00+02:00")
    unit = world.unit(answer.value["lockerUnitId"])
    assert answer.value == {
        "lockerBankId": "AOne",
        "lockerUnitId": unit["lockerUnitId"],
        "size": "small",
        "accessible": unit["accessible"],
        "contactId": PERSON,
        "contactType": "recipient",
        "trackingNumber": "T1",
        "secondaryTrackingNumber": "Piece1",
        "reservationExpiryTime": "2026-03-03T08:00:00Z",
    }


def test_a_unit_id_wins_over_a_size(world: World) -> None:
    wanted = world.free_units("large")[-1]["lockerUnitId"]
    answer = world.reserve(size="small", lockerUnitId=wanted)
    assert answer.value["lockerUnitId"] == wanted
    assert answer.value["size"] == "large"


def test_a_unit_id_needs_no_size(world: World) -> None:
    wanted = world.free_units("large")[-1]["lockerUnitId"]
    assert world.reserve(size=None, lockerUnitId=wanted).value["lockerUnitId"] == wanted


def test_accessible_with_a_size_picks_only_accessible_units(world: World) -> None:
    accessible = [unit for unit in world.free_units("small") if unit["accessible"]]
    assert accessible
    for number in range(len(accessible)):
        assert world.reserve(f"T{number}", accessible=True).value["accessible"] is True
    assert world.free_units("small")
    assert world.reserve("last", accessible=True).status == 400


def test_all_units_of_a_size_can_be_reserved_and_no_more(world: World) -> None:
    free = world.free_units("small")
    taken = {world.reserved_unit(f"T{number}") for number in range(len(free))}
    assert taken == {unit["lockerUnitId"] for unit in free}
    answer = world.reserve("one too many")
    assert answer.status == 400
    assert error_of(answer)["errorCode"] == "validation_error"
    assert error_of(answer)["additionalParameters"] == ["size"]


def test_without_an_expiry_the_reservation_lasts_a_day(world: World) -> None:
    assert world.reserve().value["reservationExpiryTime"] == "2026-03-03T08:00:00Z"


def test_a_department_can_have_a_unit(world: World) -> None:
    answer = world.reserve(contactId=DEPARTMENT, contactType="department")
    assert answer.status == 200
    assert world.unit(answer.value["lockerUnitId"])["contactName"] == "Mailroom"


@pytest.mark.parametrize("field", ["userId", "contactId", "contactType", "trackingNumber"])
@pytest.mark.parametrize("value", [None, "", 7, ["x"]])
def test_a_required_field_is_refused_when_absent_empty_or_no_text(world: World, field: str, value: object) -> None:
    answer = world.reserve(**{"number": "T1", field: value}) if field != "trackingNumber" else world.reserve(value)  # type: ignore[arg-type]
    assert answer.status == 400
    assert error_of(answer)["errorCode"] == "validation_error"
    assert field in error_of(answer)["additionalParameters"]


def test_null_counts_as_absent(world: World) -> None:
    assert world.reserve().status == 200
    body = {"userId": "u", "contactId": PERSON, "contactType": "recipient", "trackingNumber": "T2", "size": None}
    answer = world.ask("POST", "/parcelpoint/api/v1/lockerBanks/AOne/lockers/reserve", body)
    assert error_of(answer)["additionalParameters"] == ["size", "lockerUnitId"]


@pytest.mark.parametrize(
    ("fields", "status", "named"),
    [
        ({"size": None}, 400, "size"),
        ({"size": "tiny"}, 400, "size"),
        ({"size": "Small"}, 400, "size"),
        ({"size": "tiny", "lockerUnitId": "1"}, 400, "size"),
        ({"lockerUnitId": 7}, 400, "lockerUnitId"),
        ({"lockerUnitId": "999"}, 404, "lockerUnitId"),
        ({"bank": "Nowhere"}, 404, "lockerBankId"),
        ({"contactId": "nobody"}, 404, "contactId"),
        ({"contactType": "department"}, 400, "contactType"),
        ({"contactType": "person"}, 400, "contactType"),
        ({"contactId": DEPARTMENT}, 400, "contactType"),
        ({"accessible": "true"}, 400, "accessible"),
        ({"secondaryTrackingNumber": 5}, 400, "secondaryTrackingNumber"),
        ({"reservationExpiryTime": "2026-03-02T07:59:59Z"}, 400, "reservationExpiryTime"),
        ({"reservationExpiryTime": "2026-03-02T08:00:00Z"}, 400, "reservationExpiryTime"),
        ({"reservationExpiryTime": "tomorrow"}, 400, "reservationExpiryTime"),
        ({"reservationExpiryTime": "2027-01-01T00:00:00"}, 400, "reservationExpiryTime"),
        ({"reservationExpiryTime": "0001-01-01T00:00:00+14:00"}, 400, "reservationExpiryTime"),
        ({"reservationExpiryTime": 1800000000}, 400, "reservationExpiryTime"),
        ({"bank": "CThree", "size": "large"}, 400, "size"),
        ({"number": "half a character: \ud83d"}, 400, "trackingNumber"),
    ],
)
def test_what_breaks_a_rule_is_refused_and_changes_nothing(
    world: World, fields: dict[str, object], status: int, named: str
) -> None:
    before = world.units(), world.units("CThree")
    answer = world.reserve(**fields)  # type: ignore[arg-type]
    assert answer.status == status
    assert error_of(answer)["errorCode"] == ("not_found" if status == 404 else "validation_error")
    assert named in error_of(answer)["additionalParameters"]
    assert before == (world.units(), world.units("CThree"))


def test_an_error_has_every_field_of_its_family(world: World) -> None:
    error = error_of(world.reserve(size="tiny"))
    assert set(error) == {
        "errorCode",
        "errorDescription",
        "additionalCode",
        "additionalInfo",
        "additionalParameters",
    }


def test_a_taken_unit_is_refused(world: World) -> None:
    unit = world.reserved_unit("T1")
    answer = world.reserve("T2", lockerUnitId=unit)
    assert answer.status == 400
    assert "already reserved" in error_of(answer)["additionalInfo"]
    assert numbers(world.unit(unit)["parcelsReserved"]) == ["T1"]


@pytest.mark.parametrize("bank", ["AOne", "BTwo"])
def test_a_unit_out_of_service_is_refused_and_never_picked(world: World, bank: str) -> None:
    (broken,) = (unit for unit in world.units(bank) if not unit["unitInService"])
    answer = world.reserve("T1", bank=bank, lockerUnitId=broken["lockerUnitId"])
    assert answer.status == 400
    assert "out of service" in error_of(answer)["additionalInfo"]
    answers = [world.reserve(f"T{number}", bank=bank, size=broken["size"]) for number in range(20)]
    assert broken["lockerUnitId"] not in [answer.value.get("lockerUnitId") for answer in answers]


def test_a_number_that_holds_a_unit_is_refused_naming_the_unit(world: World) -> None:
    unit = world.reserved_unit("T1")
    answer = world.reserve("T1", size="large")
    assert answer.status == 400
    assert f"locker unit {unit} " in error_of(answer)["additionalInfo"]
    assert error_of(answer)["additionalParameters"] == ["trackingNumber"]


def test_the_same_number_may_hold_a_unit_in_another_bank(world: World) -> None:
    world.reserved_unit("T1")
    assert world.reserve("T1", bank="BTwo").status == 200


def test_a_reservation_lapses_at_its_expiry_and_frees_the_unit(world: World) -> None:
    unit = world.reserved_unit("T1", reservationExpiryTime="2026-03-02T10:00:00Z")
    world.clock.advance(timedelta(hours=1, minutes=59, seconds=59))
    assert world.find("T1").status == 200
    world.clock.advance(timedelta(seconds=1))
    assert world.find("T1").status == 404
    assert world.unit(unit)["unitReserved"] is False
    assert world.reserved_unit("T2", lockerUnitId=unit) == unit
    assert numbers(world.unit(unit)["parcelsReserved"]) == ["T2"]


def test_a_lapse_is_seen_even_by_a_request_that_is_refused(world: World) -> None:
    unit = world.reserved_unit("T1", reservationExpiryTime="2026-03-02T10:00:00Z")
    world.clock.advance(timedelta(days=1))
    assert world.reserve("T2", size="tiny").status == 400
    assert world.unit(unit)["unitReserved"] is False


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"text"', b"\xff", b'{"userId": NaN}', b"[" * 100_000])
def test_a_body_that_is_no_json_object_is_refused(world: World, body: bytes) -> None:
    answer = world.core.handle(Request("POST", f"{BANKS}/AOne/lockers/reserve", GOOD, body))
    assert answer.status == 400
    assert error_of(answer)["errorCode"] == "validation_error"
