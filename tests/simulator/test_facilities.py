"""The simulated facilities: who may ask, what is refused, that options are obeyed and the published oddities there."""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import kiosk.simulator
from kiosk.simulator.facility_hours import PATTERNS
from kiosk.simulator.places import Point
from tests.simulator.facility_world import ROANOKE, WESTPORT, ask_360, ask_services, found, oauth, options
from tests.simulator.world import World

Options = Sequence[dict[str, str]]
WIDE = options(FACILITY_WITHIN_RADIUS=60, NUMBER_OF_FACILITIES=200)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    path = Path(kiosk.simulator.__file__).with_name("facilities.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def search(
    world: World, wanted: Options = (), *, address: dict[str, Any] = ROANOKE, carrier: str = "USPS"
) -> list[dict[str, Any]]:
    body = {"address": address, "carrier": carrier, "carrierFacilityOptions": list(wanted)}
    return found(ask_services(world, body))


def streets(facilities: list[dict[str, Any]]) -> set[str]:
    return {each["address"]["addressLines"][0] for each in facilities}


def attributes(facility: dict[str, Any]) -> dict[str, str]:
    return {each["name"]: each["value"] for each in facility.get("carrierFacilityAttributes") or []}


def test_there_are_enough_facilities_of_every_kind(rows: list[dict[str, str]]) -> None:
    counted = Counter((row["carrier"], row["state"]) for row in rows)
    assert min(counted["USPS", "VA"], counted["USPS", "CT"]) >= 20
    assert min(counted["PBCS", "VA"], counted["PBCS", "CT"]) >= 60
    assert len({row["facility_id"] for row in rows}) == len(rows)
    hours = Counter(row["hours"] for row in rows)
    assert set(hours) == {*PATTERNS, "absent"}


def test_two_hundred_facilities_can_be_asked_for(world: World) -> None:
    assert len(search(world, WIDE, carrier="PBCS")) == 200


def test_without_options_there_are_at_most_five_within_five_miles(world: World) -> None:
    for carrier in ("USPS", "PBCS"):
        near = search(world, carrier=carrier)
        assert len(near) == 5
        assert all(float(attributes(each).get("DISTANCE", 0)) <= 5 for each in near)


@pytest.mark.parametrize(("radius", "number"), [(1, 200), (3, 4), (10, 1), (40, 30)])
def test_radius_and_number_are_obeyed_and_the_nearest_come_first(world: World, radius: int, number: int) -> None:
    everything = search(world, WIDE, carrier="PBCS")
    asked = options(FACILITY_WITHIN_RADIUS=radius, NUMBER_OF_FACILITIES=number)
    some = search(world, asked, carrier="PBCS")
    assert some == everything[: len(some)]
    miles = [float(distance) for each in everything if (distance := attributes(each).get("DISTANCE"))]
    assert miles == sorted(miles)
    within = sum(distance < radius for distance in miles)
    assert len(some) <= number
    assert len(some) >= min(number, within)


def test_distances_are_great_circles() -> None:
    quarter = Point(0, 0).miles_to(Point(90, 0))
    assert quarter == pytest.approx(math.pi / 2 * 3958.7613)
    new_york, los_angeles = Point(40.7128, -74.0060), Point(34.0522, -118.2437)
    assert new_york.miles_to(los_angeles) == pytest.approx(2445.6, abs=1)
    assert los_angeles.miles_to(new_york) == pytest.approx(new_york.miles_to(los_angeles))
    assert Point(5, 5).miles_to(Point(5, 5)) == 0


@pytest.mark.parametrize(
    ("wanted", "column", "value"),
    [
        (options(FACILITY_TYPE_SERVICE="LABEL_BROKER_RETAIL"), "services", "LABEL_BROKER_RETAIL"),
        (options(PACKAGELESS="TRUE"), "packageless", "TRUE"),
        (options(QR_CODE="TRUE"), "qr_code", "TRUE"),
        (options(PACKAGELESS="TRUE", QR_CODE="FALSE"), "packageless", "TRUE"),
    ],
)
def test_only_what_offers_the_service_is_answered(
    world: World, rows: list[dict[str, str]], wanted: Options, column: str, value: str
) -> None:
    carrier = "USPS" if column == "services" else "PBCS"
    near = [*options(FACILITY_WITHIN_RADIUS=12, NUMBER_OF_FACILITIES=200)]
    everything = streets(search(world, near, carrier=carrier))
    fitting = {row["street"] for row in rows if value in row[column].upper().split()}
    assert streets(search(world, [*near, *wanted], carrier=carrier)) == everything & fitting
    assert everything - fitting


def test_post_offices_and_drop_off_points_are_kept_apart(world: World) -> None:
    assert search(world, [*WIDE, *options(FACILITY_TYPE_SERVICE="PUDO_POINT")]) == []
    assert search(world, [*WIDE, *options(FACILITY_TYPE_SERVICE="LABEL_BROKER_RETAIL")], carrier="PBCS") == []


def test_the_oddities_of_post_offices_are_there(world: World) -> None:
    offices = search(world, WIDE)
    assert all("countryCode" not in each["address"] for each in offices)
    assert {each["facilityParking"] for each in offices} == {"LOT", None}
    assert any("carrierFacilityAttributes" not in each for each in offices)
    assert any("carrierFacilityAttributes" in each and each["carrierFacilityAttributes"] is None for each in offices)
    assert any(attributes(each).get("LATITUDE") == "n/a" for each in offices)
    with_service = search(world, [*WIDE, *options(FACILITY_TYPE_SERVICE="LABEL_BROKER_RETAIL")])
    assert all(each["carrierFacilityAttributes"] == [] for each in with_service)


def test_the_oddities_of_drop_off_points_are_there(world: World) -> None:
    points = search(world, WIDE, address=WESTPORT, carrier="PBCS")
    assert all(each["address"]["addressLines"][1:] == ["", ""] for each in points)
    assert all(each["  facilityParking"] is None for each in points)
    assert {attributes(each).get("PACKAGELESS", "") for each in points} >= {"true", "TRUE", "false"}
    opens = [
        timing["opensAt"]
        for each in points
        for day in each.get("facilityHours", [])
        for timing in day["facilityTimings"]
    ]
    assert {"6:00:00", "9:00", "16:00:00", "00:00:00"} <= set(opens)


def test_odd_hours_are_there(rows: list[dict[str, str]]) -> None:
    for carrier in ("USPS", "PBCS"):
        hours = {row["hours"] for row in rows if row["carrier"] == carrier}
        assert {"sunday", "always", "none", "absent", "appointment"} <= hours
        assert hours & {"lunch", "lunch_short"}
    assert any(row["hours"] == "late" for row in rows)


REFUSED = [
    ({"cityTown": "Paris", "stateProvince": "TX", "countryCode": "US"}, "1019003"),
    ({"postalCode": "99999", "countryCode": "US"}, "1019003"),
    ({"postalCode": "06880", "stateProvince": "VA", "countryCode": "US"}, "1019003"),
    ({"cityTown": "Westport", "stateProvince": "CT", "countryCode": "FR"}, "1019003"),
    ({"cityTown": "Westport", "countryCode": "US"}, "1000045"),
    ({"postalCode": "06880"}, "1000045"),
    ("06880", "1000045"),
]


@pytest.mark.parametrize(("address", "code"), REFUSED)
def test_an_address_that_is_wrong_is_refused(world: World, address: Any, code: str) -> None:
    answer = ask_services(world, {"address": address, "carrier": "USPS"})
    assert answer.status == 400
    assert answer.value["errors"][0]["errorCode"] == code
    assert ask_360(world, {"address": address, "carrier": "USPS"}).status == 400


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NUMBER_OF_FACILITIES", "201"),
        ("NUMBER_OF_FACILITIES", "0"),
        ("NUMBER_OF_FACILITIES", "9" * 5000),
        ("NUMBER_OF_FACILITIES", "²"),
        ("FACILITY_WITHIN_RADIUS", "far"),
        ("FACILITY_WITHIN_RADIUS", "-1"),
        ("FACILITY_TYPE", "KIOSK"),
        ("FACILITY_TYPE_SERVICE", "LABEL_BROKER_SELF_SERVICE_KIOSK"),
        ("PACKAGELESS", "yes"),
    ],
)
def test_an_option_that_is_wrong_is_refused(world: World, name: str, value: str) -> None:
    body = {"address": ROANOKE, "carrier": "USPS", "carrierFacilityOptions": options(**{name: value})}
    answer = ask_services(world, body)
    assert answer.status == 400
    assert answer.value["errors"][0]["errorCode"] == "1000045"
    assert name in answer.value["errors"][0]["errorDescription"]


def test_options_are_known_names_with_texts(world: World) -> None:
    wrongs: tuple[Any, ...] = ({}, [5], [{"name": "NUMBER_OF_FACILITIES", "value": 5}], options(COLOUR="red"), "x")
    for wrong in wrongs:
        answer = ask_services(world, {"address": ROANOKE, "carrier": "USPS", "carrierFacilityOptions": wrong})
        assert answer.value["errors"][0]["errorCode"] == "1000045"


@pytest.mark.parametrize(
    ("wanted", "allowed"),
    [
        (options(FACILITY_WITHIN_RADIUS=25, NUMBER_OF_FACILITIES=50), True),
        (options(FACILITY_WITHIN_RADIUS=26), False),
        (options(NUMBER_OF_FACILITIES=51), False),
        (options(FACILITY_TYPE_SERVICE="LABEL_BROKER_SELF_SERVICE_KIOSK"), True),
        (options(FACILITY_TYPE_SERVICE="PUDO_POINT"), False),
    ],
)
def test_the_other_family_has_limits_of_its_own(world: World, wanted: list[dict[str, str]], allowed: bool) -> None:  # noqa: FBT001 - a table
    address = {"addressLine1": "6525 Greenway Dr", **ROANOKE}
    answer = ask_360(world, {"address": address, "carrier": "USPS", "carrierFacilityOptions": wanted})
    assert answer.status == (200 if allowed else 400)
    if allowed:
        assert found(answer)
        assert all("carrierFacilityAttributes" not in each for each in found(answer))
    assert ask_360(world, {"address": address, "carrier": "PBCS"}).status == 400


def test_a_broken_body_is_refused_in_both_shapes(world: World) -> None:
    answer = ask_services(world, b"{")
    assert (answer.status, answer.value["errors"][0]["errorCode"]) == (400, "1000050")
    legacy = ask_services(world, b"{", unified=False)
    assert (legacy.status, legacy.value[0]["errorCode"]) == (400, "1000050")


def test_the_token_ends(world: World) -> None:
    token = oauth(world)
    body = {"address": ROANOKE, "carrier": "USPS"}
    world.clock.advance(timedelta(seconds=35998))
    assert ask_services(world, body, authorization=token).status == 200
    world.clock.advance(timedelta(seconds=1))
    assert ask_services(world, body, authorization=token).status == 401


@pytest.mark.parametrize(
    ("fault", "status"),
    [("cut", 0), ("lost", 0), ("401", 401), ("429-after", 429), ("500", 500), ("503", 503), ("html", 200)],
)
def test_faults_hit_the_finder_like_any_operation(world: World, fault: str, status: int) -> None:
    world.ask("POST", "/_simulator/faults", {"fault": fault, "operation": "findCarrierFacilities"})
    body = {"address": ROANOKE, "carrier": "USPS"}
    assert ask_services(world, body).status == status
    assert world.core.faults.to_json()["injected"] == {fault: 1}
    assert found(ask_services(world, body))
