"""carrier-facility of both families, client and simulator, against the description and the two published samples."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import ValidationError
from pydantic import SecretStr

from kiosk.api.auth import BearerToken
from kiosk.facilities.addresses import Address
from kiosk.facilities.api import create_facilities_api
from kiosk.facilities.hours import DayHours, Opening
from kiosk.facilities.values import Facility, Parking, Question
from kiosk.facilities.variants import FacilityCarrier, FacilityService, FacilityVariant
from tests.contract.contract import check_answer, check_request, documented_request, undescribed_fields
from tests.simulator.facility_world import ask_360, ask_services, oauth
from tests.simulator.world import World

SAMPLES = Path(__file__).with_name("samples")
GREENWAY = Address(lines=("6525 Greenway Dr",), city="Roanoke", state="VA")
MYRTLE = Address(lines=("110 Myrtle Avenue",), city="WESTPORT", state="CT", postal_code="06880")
OFFICES = Question(address=GREENWAY, service=FacilityService.LABEL_BROKER_RETAIL, radius_miles=10, count=5)
DROP_OFF = Question(
    address=MYRTLE,
    carrier=FacilityCarrier.PBCS,
    service=FacilityService.PUDO_POINT,
    radius_miles=3,
    count=10,
    packageless=True,
    qr_code=True,
)
SERVICES, SHIPPING_360 = FacilityVariant.SHIPPINGSERVICES, FacilityVariant.SHIPPING360


def sample(name: str) -> Any:
    return json.loads((SAMPLES / f"carrier-facility-{name}.json").read_text("utf-8"))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    yield world
    world.core.close()


async def exchange(
    question: Question, body: Any, variant: FacilityVariant = SERVICES
) -> tuple[httpx.Request, tuple[Facility, ...]]:
    """Let the client ask once and answer it with this body."""
    sent: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, json=body)

    api = create_facilities_api(
        url="https://pb.example/base",
        credentials=BearerToken(SecretStr("t")),
        variant=variant,
        partner_id="159503200",
        transport=httpx.MockTransport(handler),
    )
    found = await api.find(question)
    await api.aclose()
    (request,) = sent
    return request, found


async def test_the_search_for_post_offices_is_the_documented_one() -> None:
    request, _ = await exchange(OFFICES, sample("post-offices"))
    assert (request.method, request.url.path) == ("POST", "/base/v1/carrier-facility")
    assert json.loads(request.content) == documented_request("findCarrierFacilities")
    headers = ("Content-Type", "Accept-Language", "X-PB-UnifiedErrorStructure", "X-PB-PartnerId")
    assert [request.headers[name] for name in headers] == ["application/json", "en-US", "true", "159503200"]


async def test_the_search_for_drop_off_points_is_the_documented_one() -> None:
    request, _ = await exchange(DROP_OFF, sample("drop-off-points"))
    sent, published = json.loads(request.content), sample("drop-off-points")
    assert sent["address"] == published["address"]
    assert sent["carrier"] == published["carrier"]
    wanted = {option["name"]: option["value"] for option in published["carrierFacilityOptions"]}
    # The sample says FALSE for an option that the page describes with TRUE only.
    assert {option["name"]: option["value"] for option in sent["carrierFacilityOptions"]} == {
        **wanted,
        "QR_CODE": "TRUE",
    }


@pytest.mark.parametrize("question", [OFFICES, DROP_OFF, Question(address=Address(postal_code="06880"))])
async def test_every_search_fits_the_description(question: Question) -> None:
    request, _ = await exchange(question, sample("post-offices"))
    check_request("findCarrierFacilities", json.loads(request.content))


async def test_the_other_family_has_its_lines_one_by_one() -> None:
    address = GREENWAY.model_copy(update={"lines": ("6525 Greenway Dr", "Hall B", "Door 7", "left", "right")})
    request, found = await exchange(
        OFFICES.model_copy(update={"address": address}), sample("post-offices"), SHIPPING_360
    )
    body = json.loads(request.content)
    check_request("carrierFacility360", body)
    assert request.url.path == "/base/api/v1/carrier-facility"
    assert body["address"] == {
        "addressLine1": "6525 Greenway Dr",
        "addressLine2": "Hall B",
        "addressLine3": "Door 7, left, right",
        "cityTown": "Roanoke",
        "stateProvince": "VA",
        "countryCode": "US",
    }
    assert "X-PB-PartnerId" not in request.headers
    assert len(found) == 1


async def test_the_published_post_office_is_read_completely() -> None:
    check_answer("findCarrierFacilities", 200, sample("post-offices"))
    _, (office,) = await exchange(OFFICES, sample("post-offices"))
    assert office.address == Address(
        lines=("6621 WILLIAMSON RD",), city="ROANOKE", state="VA", postal_code="24019", country_code="US"
    )
    assert office.label == "6621 WILLIAMSON RD"
    assert office.parking is Parking.LOT
    assert office.week is not None
    workday = DayHours(openings=(Opening(opens=time(8), closes=time(16)),))
    saturday = DayHours(openings=(Opening(opens=time(9), closes=time(12)),))
    assert office.week.days == (workday,) * 5 + (saturday, DayHours())
    assert (office.attributes, office.latitude, office.distance_miles, office.packageless) == ((), None, None, None)


async def test_the_published_drop_off_point_is_read_completely() -> None:
    check_answer("findCarrierFacilities", 200, sample("drop-off-points"))
    _, (point,) = await exchange(DROP_OFF, sample("drop-off-points"))
    assert (point.name, point.facility_id, point.location_id) == ("Saugatuck Mail", "AAH1", "AB6152")
    assert point.address.one_line == "16 Railroad Pl, Westport, CT 06880"
    assert point.phone == "203-212-9699"
    assert (point.latitude, point.longitude, point.distance_miles) == (41.1192838, -73.3705073, 1.9)
    assert point.packageless is point.qr_code is True
    assert point.parking is Parking.UNKNOWN
    assert point.week is not None
    workday = DayHours(openings=(Opening(opens=time(6), closes=time(18)),))
    saturday = DayHours(openings=(Opening(opens=time(8), closes=time(12)),))
    assert point.week.days == (workday,) * 5 + (saturday, DayHours())
    published = sample("drop-off-points")["carrierFacilitySuggestions"][0]["carrierFacilityAttributes"]
    assert point.attributes == tuple((each["name"], each["value"]) for each in published)


def test_the_simulator_answers_the_documented_search_with_the_published_office_first(world: World) -> None:
    request = documented_request("findCarrierFacilities")
    answer = ask_services(world, request)
    assert answer.status == 200
    check_answer("findCarrierFacilities", 200, answer.value)
    assert not undescribed_fields("findCarrierFacilities", 200, answer.value)
    published = sample("post-offices")
    assert answer.value["carrierFacilitySuggestions"][0] == published["carrierFacilitySuggestions"][0]
    assert {name: answer.value[name] for name in request} == {name: published[name] for name in request}
    assert len(answer.value["carrierFacilitySuggestions"]) == 5


def test_the_simulator_knows_the_published_drop_off_point(world: World) -> None:
    published = sample("drop-off-points")
    request = {name: published[name] for name in ("address", "carrier", "carrierFacilityOptions")}
    request["carrierFacilityOptions"] = [
        option for option in request["carrierFacilityOptions"] if option["name"] != "NUMBER_OF_FACILITIES"
    ] + [{"name": "NUMBER_OF_FACILITIES", "value": "200"}]
    answer = ask_services(world, request)
    check_answer("findCarrierFacilities", 200, answer.value)
    assert undescribed_fields("findCarrierFacilities", 200, answer.value) == {"  facilityParking"}
    assert published["carrierFacilitySuggestions"][0] in answer.value["carrierFacilitySuggestions"]


def test_the_other_family_answers_as_described(world: World) -> None:
    request = {
        "address": {
            "addressLine1": "6525 Greenway Dr",
            "cityTown": "Roanoke",
            "stateProvince": "VA",
            "countryCode": "US",
        },
        "carrier": "USPS",
        "carrierFacilityOptions": [{"name": "FACILITY_TYPE_SERVICE", "value": "LABEL_BROKER_SELF_SERVICE_KIOSK"}],
    }
    check_request("carrierFacility360", request)
    answer = ask_360(world, request)
    assert answer.status == 200
    check_answer("carrierFacility360", 200, answer.value)
    assert not undescribed_fields("carrierFacility360", 200, answer.value)
    assert answer.value["carrierFacilitySuggestions"]


@pytest.mark.parametrize("fault", ["401", "429", "429-after", "500", "500-done", "400"])
def test_an_injected_status_of_the_other_family_is_as_described(world: World, fault: str) -> None:
    world.ask("POST", "/_simulator/faults", {"fault": fault, "operation": "carrierFacility360"})
    answer = ask_360(world, {})
    assert answer.status == int(fault[:3])
    check_answer("carrierFacility360", answer.status, answer.value)


def test_refusals_are_as_described(world: World) -> None:
    wrongs: tuple[Any, ...] = ({}, [], {"address": {"postalCode": "06880"}, "carrier": "USPS"})
    for wrong in wrongs:
        with pytest.raises(ValidationError):
            check_request("findCarrierFacilities", wrong)
        for unified in (True, False):
            answer = ask_services(world, wrong, unified=unified)
            assert answer.status == 400
            assert isinstance(answer.value, dict if unified else list)
            check_answer("findCarrierFacilities", 400, answer.value)
            assert not undescribed_fields("findCarrierFacilities", 400, answer.value)
        answer = ask_360(world, wrong)
        assert answer.status == 400
        check_answer("carrierFacility360", 400, answer.value)


def test_credentials_of_the_other_family_are_refused_as_described(world: World) -> None:
    answer = ask_services(world, {}, authorization="Bearer demo-token")
    assert answer.status == 401
    check_answer("findCarrierFacilities", 401, answer.value)
    answer = ask_360(world, {}, authorization=oauth(world))
    assert answer.status == 401
    check_answer("carrierFacility360", 401, answer.value)
