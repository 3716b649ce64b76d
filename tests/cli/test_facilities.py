"""`kiosk facilities`."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from kiosk.cli import arguments
from kiosk.facilities.finder import Sort
from kiosk.facilities.variants import FacilityVariant
from kiosk.settings.facilities import Facilities
from tests.cli.conftest import Service
from tests.cli.harness import Kiosk

FIND = "findCarrierFacilities"
WESTPORT = ("110", "Myrtle", "Avenue,", "Westport,", "CT", "06880")
SAMPLE = (
    "--carrier",
    "PBCS",
    "--service",
    "PUDO_POINT",
    "--radius",
    "3",
    "--count",
    "200",
    "--packageless",
    "--qr-code",
)


def names(result: list[dict[str, str]]) -> list[str]:
    return [each.get("locationName", "") for each in result]


def test_the_desks_own_address_is_the_default(kiosk: Kiosk) -> None:
    result = kiosk("facilities")
    assert result.code == 0
    head, *lines = result.out.splitlines()
    assert head.split() == ["Name", "Address", "Miles", "Now", "Services"]
    assert lines[0].startswith("Hollins Post Office")
    assert lines[0].endswith("prints labels")
    assert len(lines) == 5


def test_the_published_drop_off_point_is_found_with_the_apis_field_names(kiosk: Kiosk) -> None:
    answer = kiosk("facilities", *WESTPORT, *SAMPLE, "--json").json
    assert answer["isOld"] is False
    assert answer["address"] == {
        "addressLines": ["110 Myrtle Avenue"],
        "cityTown": "Westport",
        "stateProvince": "CT",
        "postalCode": "06880",
        "countryCode": "US",
    }
    (point,) = [each for each in answer["carrierFacilitySuggestions"] if each.get("facilityId") == "AAH1"]
    assert point["address"]["addressLines"] == ["16 Railroad Pl"]
    assert point["address"]["phone"] == "203-212-9699"
    assert {"name": "DISTANCE", "value": "1.9"} in point["carrierFacilityAttributes"]
    assert point["facilityHours"][5] == {
        "day": "SATURDAY",
        "facilityTimings": [{"opensAt": "8:00", "closesAt": "12:00"}],
    }
    assert (point["distance"], point["timeZone"], point["timeZoneSure"]) == (1.9, "America/New_York", True)
    assert point["openness"] in {"open", "closed"}


def test_hours_that_can_not_be_read_are_shown_as_they_came(kiosk: Kiosk) -> None:
    answer = kiosk("facilities", "--carrier", "PBCS", "--radius", "60", "--count", "200", "--json").json
    days = [day for each in answer["carrierFacilitySuggestions"] for day in each.get("facilityHours", [])]
    assert {"asListed": "by appointment - ?"} in [timing for day in days for timing in day["facilityTimings"]]


def test_what_is_told_of_drop_off_points_has_its_columns(kiosk: Kiosk) -> None:
    head, *lines = kiosk("facilities", *WESTPORT, *SAMPLE).out.splitlines()
    assert head.split() == ["Name", "Address", "Miles", "Now", "Phone", "Services"]
    (line,) = [line for line in lines if line.startswith("Saugatuck Mail ")]
    cells = re.split("  +", line)
    assert cells[1:3] == ["16 Railroad Pl, Westport, CT 06880", "1.9"]
    assert cells[-2:] == ["203-212-9699", "accepts returns without a box, scans QR codes"]


def test_the_address_can_be_given_in_parts(kiosk: Kiosk) -> None:
    parts = ("--line", "110 Myrtle Avenue", "--city", "Westport", "--state", "CT", "--postal-code", "06880")
    assert (
        kiosk("facilities", *parts, "--json").json["carrierFacilitySuggestions"]
        == (kiosk("facilities", *WESTPORT, "--json").json["carrierFacilitySuggestions"])
    )
    answer = kiosk("facilities", "Westport CT", "--postal-code", "06901", "--json").json
    assert (answer["address"]["cityTown"], answer["address"]["postalCode"]) == ("Westport", "06901")


def test_the_order_and_what_is_open_are_options(kiosk: Kiosk) -> None:
    wide = ("--carrier", "PBCS", "--radius", "20", "--count", "100", "--json")
    by_distance = kiosk("facilities", *wide).json["carrierFacilitySuggestions"]
    by_name = kiosk("facilities", *wide, "--sort", "name").json["carrierFacilitySuggestions"]
    assert sorted(names(by_distance), key=str.casefold) != names(by_distance)
    labels = [each.get("locationName") or each["address"]["addressLines"][0] for each in by_name]
    assert labels == sorted(labels, key=str.casefold)
    by_openness = kiosk("facilities", *wide, "--sort", "open").json["carrierFacilitySuggestions"]
    ranks = [
        ("open", "closed").index(each["openness"]) if each["openness"] in {"open", "closed"} else 2
        for each in by_openness
    ]
    assert ranks == sorted(ranks)
    open_later = kiosk("facilities", *wide, "--open-in", "0").json["carrierFacilitySuggestions"]
    assert {each["openness"] for each in open_later} == {"open"}
    assert len(open_later) < len(by_distance)


def test_nothing_found_is_said(kiosk: Kiosk) -> None:
    result = kiosk("facilities", "--service", "PUDO_POINT")
    assert (result.code, result.out) == (0, "")
    assert "No USPS facility near 6525 Greenway Dr, Roanoke, VA fits this search." in result.err
    assert kiosk("facilities", "--service", "PUDO_POINT", "--json").json["carrierFacilitySuggestions"] == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("Roanoke",), "The address needs a postal code, or a city and a state."),
        (("--city", "Roanoke"), "The address needs a postal code, or a city and a state."),
        (("Paris, TX",), "The street, state or postal code is wrong or missing"),
        (("--count", "201"), "The number of results must be between 1 and 200."),
        (
            ("--service", "LABEL_BROKER_SELF_SERVICE_KIOSK"),
            "does not offer a search by the service LABEL_BROKER_SELF_SERVICE_KIOSK",
        ),
    ],
)
def test_a_search_that_can_not_be_made_is_refused(kiosk: Kiosk, words: tuple[str, ...], sentence: str) -> None:
    result = kiosk("facilities", *words)
    assert (result.code, result.out) == (1, "")
    assert sentence in result.err
    assert "This search is not possible" in result.err


@pytest.mark.parametrize("words", [("--carrier", "UPS"), ("--radius", "far"), ("--count", "1.5"), ("--open-in", "-1")])
def test_wrong_options_are_wrong_usage(kiosk: Kiosk, words: tuple[str, ...]) -> None:
    result = kiosk("facilities", *words)
    assert result.code == 2
    assert "Facility" not in result.err, "the names of classes are no help"


def test_without_network_the_last_answer_is_shown_as_old(
    kiosk: Kiosk, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert service.url
    fresh = kiosk("facilities", "--json").json
    monkeypatch.setenv("KIOSK_FACILITIES__URL", "http://127.0.0.1:9/shippingservices")
    result = kiosk("facilities", "--json")
    assert result.code == 0
    old = result.json
    assert old["isOld"] is True
    assert old["askedTime"] == fresh["askedTime"]
    assert old["error"]["retryable"] is True
    assert names(old["carrierFacilitySuggestions"]) == names(fresh["carrierFacilitySuggestions"])
    assert "from an earlier search" in result.err
    another = kiosk("facilities", "06880")
    assert (another.code, another.out) == (1, "")
    assert "No usable answer from the facility service" in another.err


def test_the_other_family_needs_no_account_of_its_own(
    kiosk: Kiosk, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert service.url
    monkeypatch.setenv("KIOSK_FACILITIES__VARIANT", "shipping360")
    answer = kiosk("facilities", "--json").json
    first = answer["carrierFacilitySuggestions"][0]
    assert first["address"]["addressLines"] == ["6621 WILLIAMSON RD"]
    assert first["facilityParking"] == "LOT"
    assert kiosk("facilities", "--count", "51").code == 1


def test_without_an_account_the_finder_says_so(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "ENVIRONMENT": "sandbox",
        "DESK__USER_ID": "desk@example.com",
        "LOCKERS__CLIENT_ID": "me",
        "LOCKERS__CLIENT_SECRET": "open-sesame",
    }.items():
        monkeypatch.setenv(f"KIOSK_{name}", value)
    nowhere = kiosk("facilities")
    assert (nowhere.code, nowhere.out) == (1, "")
    assert "desk.address" in nowhere.err
    without = kiosk("facilities", "06880")
    assert without.code == 1
    assert "The facility finder is not set up" in without.err
    assert "facilities.api_key and facilities.api_secret" in without.err
    monkeypatch.setenv("KIOSK_ENVIRONMENT", "qa")
    monkeypatch.setenv("KIOSK_STORAGE__DATA_DIR", str(kiosk.data_dir / "qa"))
    assert "facilities.url" in kiosk("facilities", "06880").err


def test_certificates_of_the_finder_that_can_not_be_read_end_in_a_sentence(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_FACILITIES__URL", "https://facilities.example")
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")
    result = kiosk("facilities", *WESTPORT, "--json")
    assert result.code == 1
    assert result.json["error"]["code"] == "certificates_missing"
    assert result.json["error"]["parameters"] == {"setting": "SSL_CERT_FILE"}
    assert kiosk("banks").code == 0


def test_nothing_typed_comes_back_to_the_terminal_as_a_command(kiosk: Kiosk) -> None:
    result = kiosk("facilities", "\x1b[31m1 Main St, [bold]X[/], VA 99999")
    assert "\x1b" not in result.err + result.out


def test_the_words_of_the_options_are_those_of_the_models() -> None:
    assert list(Sort) == list(arguments.SORTS)
    assert get_args(Facilities.model_fields["variant"].annotation) == tuple(FacilityVariant)
