"""Questions within the limits of each family, and what a facility says of itself."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

import pytest

from kiosk.errors import WrongQuestionError
from kiosk.facilities.addresses import Address
from kiosk.facilities.holidays import Holiday, HolidayDate
from kiosk.facilities.hours import DayHours, Opening, Openness, WeekHours
from kiosk.facilities.values import Facility, Question
from kiosk.facilities.variants import FacilityCarrier, FacilityService, FacilityVariant

SERVICES, SHIPPING_360 = FacilityVariant.SHIPPINGSERVICES, FacilityVariant.SHIPPING360
WESTPORT = Address(postal_code="06880")
PBCS, KIOSK = FacilityCarrier.PBCS, FacilityService.LABEL_BROKER_SELF_SERVICE_KIOSK
NINE_TO_FIVE = WeekHours(days=(DayHours(openings=(Opening(opens=time(9), closes=time(17)),)),) * 7)


@pytest.mark.parametrize(
    ("variant", "parts"),
    [
        (SERVICES, {}),
        (SERVICES, {"carrier": PBCS, "service": FacilityService.PUDO_POINT, "packageless": True, "qr_code": True}),
        (SERVICES, {"radius_miles": 1, "count": 1}),
        (SERVICES, {"radius_miles": 500, "count": 200}),
        (SHIPPING_360, {"service": KIOSK, "radius_miles": 25, "count": 50}),
    ],
)
def test_a_question_within_the_limits_passes(variant: FacilityVariant, parts: dict[str, Any]) -> None:
    Question(address=WESTPORT, **parts).check(variant)


@pytest.mark.parametrize(
    ("variant", "parts", "code", "parameters"),
    [
        (SERVICES, {"address": Address(city="Westport")}, "address_incomplete", {}),
        (SERVICES, {"count": 201}, "count_out_of_range", {"most": 200}),
        (SERVICES, {"count": 0}, "count_out_of_range", {"most": 200}),
        (SERVICES, {"radius_miles": 0}, "radius_too_small", {}),
        (SERVICES, {"service": KIOSK}, "service_not_offered", {"service": KIOSK, "variant": SERVICES}),
        (SHIPPING_360, {"radius_miles": 26}, "radius_out_of_range", {"most": 25}),
        (SHIPPING_360, {"count": 51}, "count_out_of_range", {"most": 50}),
        (SHIPPING_360, {"carrier": PBCS}, "carrier_not_offered", {"carrier": "PBCS", "variant": SHIPPING_360}),
        (
            SHIPPING_360,
            {"service": FacilityService.PUDO_POINT},
            "service_not_offered",
            {"service": "PUDO_POINT", "variant": SHIPPING_360},
        ),
        (SHIPPING_360, {"packageless": True}, "return_options_not_offered", {"variant": SHIPPING_360}),
        (SHIPPING_360, {"qr_code": True}, "return_options_not_offered", {"variant": SHIPPING_360}),
    ],
)
def test_a_question_beyond_the_limits_is_refused(
    variant: FacilityVariant, parts: dict[str, Any], code: str, parameters: dict[str, Any]
) -> None:
    with pytest.raises(WrongQuestionError) as caught:
        Question(**{"address": WESTPORT, **parts}).check(variant)
    assert (caught.value.code, caught.value.parameters) == (code, parameters)


def test_a_facility_is_called_by_its_name_or_its_street() -> None:
    street = Address(lines=("16 Railroad Pl",), city="Westport", state="CT")
    assert Facility(name="Saugatuck Mail", address=street).label == "Saugatuck Mail"
    assert Facility(address=street).label == "16 Railroad Pl"
    assert Facility(address=Address(city="Westport", state="CT")).label == "Westport, CT"
    assert not Facility(address=Address()).label


@pytest.mark.parametrize(
    ("attributes", "services"),
    [
        ((("PUDO_POINT", "true"),), ("PUDO_POINT",)),
        ((("PUDO_POINT", "FALSE"),), ()),
        ((("FACILITY_TYPE_SERVICE", "LABEL_BROKER_RETAIL"),), ("LABEL_BROKER_RETAIL",)),
        ((("LABEL_BROKER_SELF_SERVICE_KIOSK", ""), ("LABEL_BROKER_RETAIL", "Y")), ("LABEL_BROKER_RETAIL", KIOSK)),
        ((("LOCATION_NAME", "Saugatuck Mail"),), ()),
    ],
)
def test_the_services_are_read_from_the_attributes(
    attributes: tuple[tuple[str, str], ...], services: tuple[str, ...]
) -> None:
    assert Facility(address=WESTPORT, attributes=attributes).services == services


def test_a_holiday_is_the_facilitys_own_day() -> None:
    christmas_in_guam = datetime(2026, 12, 24, 15, tzinfo=UTC)
    assert Facility(address=Address(state="GU")).holiday_at(christmas_in_guam) == HolidayDate(Holiday.CHRISTMAS_DAY)
    assert Facility(address=Address(state="CT")).holiday_at(christmas_in_guam) is None
    christmas = datetime(2026, 12, 25, 15, tzinfo=UTC)
    assert Facility(address=Address(state="ON", country_code="CA")).holiday_at(christmas) is None


def test_a_facility_is_open_by_its_own_clock() -> None:
    noon_in_new_york = datetime(2026, 3, 2, 17, tzinfo=UTC)
    assert Facility(address=Address(state="CT"), week=NINE_TO_FIVE).state_at(noon_in_new_york).is_open
    hawaii = Facility(address=Address(state="HI"), week=NINE_TO_FIVE)
    assert hawaii.state_at(noon_in_new_york).opens_at == datetime(2026, 3, 2, 19, tzinfo=UTC)
    assert hawaii.is_open_in(120, noon_in_new_york)
    assert not hawaii.is_open_in(119, noon_in_new_york)
    nowhere = Facility(address=Address(country_code="DE"), week=NINE_TO_FIVE)
    assert nowhere.state_at(noon_in_new_york).openness is Openness.NO_ZONE
