"""The client of carrier-facility: its tokens and repeats, and every trap of the answers."""

from __future__ import annotations

import json
import random
from datetime import time
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import JsonValue, SecretStr

from kiosk.api.auth import OAuthClient
from kiosk.errors import AnswerLostError, NotAuthorizedError, RefusedError, SettingsError
from kiosk.facilities.addresses import Address
from kiosk.facilities.api import FacilitiesApi, create_facilities_api
from kiosk.facilities.hours import Opening
from kiosk.facilities.reading import read_facilities
from kiosk.facilities.values import Facility, Parking, Question
from kiosk.facilities.variants import FacilityVariant
from kiosk.words.errors import explain
from tests.api.scripted import ScriptedServer, answer, page

FIND = "POST /shippingservices/v1/carrier-facility"
TOKEN = "POST /oauth/token"
QUESTION = Question(address=Address(postal_code="06880"))
NOTHING_FOUND: JsonValue = {"carrier": "USPS", "carrierFacilitySuggestions": []}


def api(server: ScriptedServer, language: str = "en-US") -> FacilitiesApi:
    return create_facilities_api(
        url="https://pb.example/shippingservices",
        credentials=OAuthClient(
            "https://pb.example/oauth/token",
            "key",
            SecretStr("secret"),
            scope=None,
            id_setting="facilities.api_key",
            url_setting="facilities.token_url",
        ),
        variant=FacilityVariant.SHIPPINGSERVICES,
        language=language,
        clock=server.clock,
        transport=httpx.MockTransport(server),
        rng=random.Random(1),
        sleep=server._wait,
    )


def issued(value: str = "t1") -> httpx.Response:
    return answer(
        {"access_token": value, "tokenType": "BearerToken", "expiresIn": "35999", "clientID": "c", "org": "pb"}
    )


def read(*suggestions: Any) -> tuple[Facility, ...]:
    return read_facilities({"carrierFacilitySuggestions": list(suggestions)}, country_code="US")


def read_one(**fields: Any) -> Facility:
    (facility,) = read(fields)
    return facility


def read_attributes(**values: Any) -> Facility:
    return read_one(carrierFacilityAttributes=[{"name": name, "value": value} for name, value in values.items()])


async def test_the_familys_token_is_asked_for_as_a_form_without_a_scope(server: ScriptedServer) -> None:
    server.on(TOKEN, issued())
    server.on(FIND, answer(NOTHING_FOUND), answer(NOTHING_FOUND))
    finder = api(server)
    assert await finder.find(QUESTION) == ()
    assert await finder.find(QUESTION) == ()
    token, first, _ = server.requests
    assert token.content == b"grant_type=client_credentials"
    assert token.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert token.headers["Authorization"].startswith("Basic ")
    assert "X-PB-PartnerId" not in token.headers
    assert first.headers["Authorization"] == "Bearer t1"
    assert "X-PB-PartnerId" not in first.headers
    await finder.aclose()


@pytest.mark.parametrize(
    ("chosen", "sent"), [(None, {}), (True, {"PACKAGELESS": "TRUE"}), (False, {"PACKAGELESS": "FALSE"})]
)
async def test_an_option_is_sent_as_chosen_and_in_the_language_of_the_settings(
    server: ScriptedServer, *, chosen: bool | None, sent: dict[str, str]
) -> None:
    server.on(TOKEN, issued())
    server.on(FIND, answer(NOTHING_FOUND))
    await api(server, language="fr-CA").find(QUESTION.model_copy(update={"packageless": chosen}))
    options = {each["name"]: each["value"] for each in json.loads(server.sent.content)["carrierFacilityOptions"]}
    assert {name: value for name, value in options.items() if name in {"PACKAGELESS", "QR_CODE"}} == sent
    assert server.sent.headers["Accept-Language"] == "fr-CA"


async def test_a_search_is_repeated_like_any_read(server: ScriptedServer) -> None:
    server.on(TOKEN, issued())
    server.on(FIND, page(503), httpx.ReadTimeout("late"), answer(NOTHING_FOUND))
    assert await api(server).find(QUESTION) == ()
    assert len(server.waits) == 2


async def test_a_token_that_ended_is_replaced_once(server: ScriptedServer) -> None:
    refused = answer({"errors": [{"errorCode": "PB-APIM-ERR-1003", "errorDescription": "ended"}]}, 401)
    server.on(TOKEN, issued("t1"), issued("t2"))
    server.on(FIND, refused, answer(NOTHING_FOUND))
    assert await api(server).find(QUESTION) == ()
    assert server.sent.headers["Authorization"] == "Bearer t2"


@pytest.mark.parametrize(
    "body",
    [
        {"errors": [{"errorCode": "1019003", "errorDescription": "No such street", "additionalInfo": None}]},
        [{"errorCode": "1019003", "message": "No such street", "additionalInfo": "", "parameters": []}],
        {"status": "ERROR", "errors": [{"errorCode": "1019003", "errorDescription": "No such street"}]},
        [{"key": "1019003", "message": "No such street"}],
    ],
)
async def test_a_refusal_is_read_in_every_shape_of_the_family(server: ScriptedServer, body: JsonValue) -> None:
    server.on(TOKEN, issued())
    server.on(FIND, answer(body, 400))
    with pytest.raises(RefusedError, match="No such street") as caught:
        await api(server).find(QUESTION)
    assert caught.value.service_code == "1019003"
    assert not server.waits


async def test_wrong_credentials_name_the_finders_settings(server: ScriptedServer) -> None:
    server.on(TOKEN, answer({"errors": [{"errorCode": "1000032", "errorDescription": "Authentication failed"}]}, 401))
    with pytest.raises(NotAuthorizedError, match="Authentication failed") as caught:
        await api(server).find(QUESTION)
    assert "facilities.api_key" in explain(caught.value).hint
    assert "facilities.token_url" in explain(caught.value).hint


def test_an_unusable_address_is_named_by_its_setting() -> None:
    with pytest.raises(SettingsError, match=r"facilities\.url"):
        create_facilities_api(
            url="https://pb.example/x?y",
            credentials=OAuthClient("https://pb.example/oauth/token", "key", SecretStr("secret")),
            variant=FacilityVariant.SHIPPINGSERVICES,
        )


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ({"carrier": "USPS", "address": {}}, 0),
        ({"carrierFacilitySuggestions": None}, 0),
        ({" carrierFacilitySuggestions ": [{"address": {}}]}, 1),
        ([{"address": {}}], 1),
        ({"carrierFacilitySuggestions": [None, 5, "x", [], {}, {"address": None}, {"address": {"cityTown": "A"}}]}, 2),
    ],
)
def test_the_list_is_found(raw: JsonValue, found: int) -> None:
    assert len(read_facilities(raw, country_code="US")) == found


@pytest.mark.parametrize("raw", [None, 5, "x", {}, {"message": "hello"}])
def test_an_answer_without_a_list_is_none(raw: JsonValue) -> None:
    with pytest.raises(AnswerLostError, match="facilities_unreadable"):
        read_facilities(raw, country_code="US")


def test_an_odd_suggestion_loses_only_itself() -> None:
    odd = {"address": [], "carrierFacilityAttributes": {"a": 1}, "facilityHours": "always", "facilityParking": {}}
    good = {"address": {"addressLines": ["1 Main St"]}}
    assert [facility.label for facility in read(odd, good)] == ["", "1 Main St"]


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ({"addressLines": ["16 Railroad Pl", "", " "]}, ("16 Railroad Pl",)),
        ({"addressLines": "16 Railroad Pl"}, ("16 Railroad Pl",)),
        ({"addressLines": None}, ()),
        ({"addressLine1": "16 Railroad Pl", "addressLine2": "", "addressLine3": "Hall"}, ("16 Railroad Pl", "Hall")),
    ],
)
def test_address_lines_come_in_several_ways(address: JsonValue, lines: tuple[str, ...]) -> None:
    assert read_one(address=address).address.lines == lines


def test_a_number_without_end_is_left_out() -> None:
    assert read_one(address={"addressLines": [10**5000, "1 Main St"]}).label == "1 Main St"


def test_a_missing_country_is_the_questions() -> None:
    assert read_one(address={"cityTown": "X"}).address.country_code == "US"
    assert read_one(address={"cityTown": "X", "countryCode": "CA"}).address.country_code == "CA"


@pytest.mark.parametrize(
    ("raw", "parking"),
    [
        ({"facilityParking": "LOT"}, Parking.LOT),
        ({"facilityParking": " street "}, Parking.STREET),
        ({"facilityParking": "NONE"}, Parking.NONE),
        ({"facilityParking": "HELIPAD"}, Parking.UNKNOWN),
        ({"facilityParking": None}, Parking.UNKNOWN),
        ({"  facilityParking": None}, Parking.UNKNOWN),
        ({"  facilityParking": "LOT"}, Parking.LOT),
        ({"facilityParking": None, "  facilityParking": "LOT"}, Parking.LOT),
        ({"facilityParking": "LOT", "  facilityParking": None}, Parking.LOT),
        ({}, Parking.UNKNOWN),
    ],
)
def test_parking_under_any_spelling_of_its_key(raw: dict[str, JsonValue], parking: Parking) -> None:
    assert read_one(address={"cityTown": "X"}, **raw).parking is parking


@pytest.mark.parametrize(
    ("latitude", "longitude", "place"),
    [
        ("41.1192838", "-73.3705073", (41.1192838, -73.3705073)),
        (41.1, -73.3, (41.1, -73.3)),
        (" 41.1 ", "-73.3", (41.1, -73.3)),
        ("41.1", "", (None, None)),
        ("41.1", None, (None, None)),
        ("n/a", "-73.3", (None, None)),
        ("91", "-73.3", (None, None)),
        ("41.1", "181", (None, None)),
        ("0", "0.0", (None, None)),
        ("nan", "inf", (None, None)),
    ],
)
def test_coordinates_are_read_from_texts_or_left_out(
    latitude: JsonValue, longitude: JsonValue, place: tuple[float | None, float | None]
) -> None:
    facility = read_attributes(LATITUDE=latitude, LONGITUDE=longitude)
    assert (facility.latitude, facility.longitude) == place


@pytest.mark.parametrize(
    ("raw", "miles"), [("1.9", 1.9), (0, 0.0), ("0.0", 0.0), ("-1", None), ("near", None), (None, None)]
)
def test_the_distance_is_read_from_a_text_or_left_out(raw: JsonValue, miles: float | None) -> None:
    assert read_attributes(DISTANCE=raw).distance_miles == miles


@pytest.mark.parametrize("name", ["QRCODE", "QR_CODE", "qr_code"])
@pytest.mark.parametrize(
    ("raw", "flag"), [("true", True), ("TRUE", True), (True, True), ("false", False), ("maybe", None)]
)
def test_flags_in_any_spelling(name: str, raw: JsonValue, flag: bool | None) -> None:  # noqa: FBT001 - a table
    assert read_attributes(**{name: raw}).qr_code is flag


@pytest.mark.parametrize("raw", [None, [], {}, "x", [None, 1, {}, {"name": None, "value": "x"}, {"value": "x"}]])
def test_attributes_that_are_absent_or_senseless_are_none(raw: JsonValue) -> None:
    assert read_one(address={"cityTown": "X"}, carrierFacilityAttributes=raw).attributes == ()
    assert read_one(address={"cityTown": "X"}).attributes == ()


def hours(*timings: Any, day: str = "MONDAY") -> Facility:
    return read_one(facilityHours=[{"day": day, "facilityTimings": list(timings)}])


@pytest.mark.parametrize(
    ("opens", "closes", "read_as"),
    [
        ("08:00:00", "16:00:00", (time(8), time(16))),
        ("6:00:00", "18:00:00", (time(6), time(18))),
        ("8:00", "16:30", (time(8), time(16, 30))),
        ("08:00:00.000", "16:00:00", (time(8), time(16))),
        ("00:00:00", "24:00:00", (time(0), time(0))),
        ("00:00", "23:59", (time(0), time(0))),
        ("00:00:00", "23:59:59", (time(0), time(0))),
        ("16:00:00", "02:00:00", (time(16), time(2))),
        ("08:00:00", "00:00:00", (time(8), time(0))),
    ],
)
def test_times_in_every_spelling(opens: str, closes: str, read_as: tuple[time, time]) -> None:
    week = hours({"opensAt": opens, "closesAt": closes}).week
    assert week is not None
    assert week.days[0].openings == (Opening(opens=read_as[0], closes=read_as[1]),)
    assert week.days[0].as_listed == ()


@pytest.mark.parametrize(
    ("timing", "text"),
    [
        ({"opensAt": "by appointment", "closesAt": ""}, "by appointment - ?"),
        ({"opensAt": "8 AM or so", "closesAt": "16:00"}, "8 AM or so - 16:00"),
        ({"opensAt": "08:00", "closesAt": "05:00"}, "08:00 - 05:00"),
        ({"opensAt": "8 AM", "closesAt": "5"}, "8 AM - 5"),
        ({"opensAt": "13 PM", "closesAt": "14:00"}, "13 PM - 14:00"),
        ({"opensAt": "00:00:00", "closesAt": "00:00:00"}, "00:00:00 - 00:00:00"),
        ({"opensAt": "24:00", "closesAt": "08:00"}, "24:00 - 08:00"),
        ({"opensAt": "8:60", "closesAt": "16:00"}, "8:60 - 16:00"),
        ({"opensAt": "8:00", "closesAt": "25:00"}, "8:00 - 25:00"),
        ("closed for repairs", "closed for repairs"),
        ({"opensAt": "[b]8[/b]\x1b[31m", "closesAt": "16:00"}, "[b]8[/b] [31m - 16:00"),
    ],
)
def test_timings_that_can_not_be_read_stay_as_they_came_without_control_characters(timing: Any, text: str) -> None:
    week = hours(timing).week
    assert week is not None
    assert week.days[0].openings == ()
    assert week.days[0].as_listed == (text,)


def test_a_day_may_be_missing_empty_twice_or_unknown() -> None:
    morning, evening = {"opensAt": "8:00", "closesAt": "12:00"}, {"opensAt": "14:00", "closesAt": "18:00"}
    week = read_one(
        facilityHours=[
            {"day": "monday ", "facilityTimings": [evening, morning]},
            {"day": "TUESDAY", "facilityTimings": []},
            {"day": "WEDNESDAY", "facilityTimings": None},
            {"day": "FRIDAY", "facilityTimings": [morning]},
            {"day": "FRIDAY", "facilityTimings": evening},
            {"day": "SOMEDAY", "facilityTimings": [morning]},
            {"facilityTimings": [morning]},
            None,
        ]
    ).week
    assert week is not None
    assert [len(day.openings) for day in week.days] == [2, 0, 0, 0, 2, 0, 0]
    assert [each.opens.hour for each in week.days[0].openings] == [8, 14]


@pytest.mark.parametrize("raw", [None, [], "x", [{"day": "MONDAY"}], [{"day": "MONDAY", "facilityTimings": []}]])
def test_no_hours_at_all_are_not_closed_but_not_listed(raw: JsonValue) -> None:
    assert read_one(address={"cityTown": "X"}, facilityHours=raw).week is None


def test_texts_are_one_line_without_control_characters() -> None:
    wild = "A\x1b]8;;http://x\x07B\u202e\n[bold]C"
    facility = read_one(
        address={"addressLines": [wild], "cityTown": wild, "phone": wild},
        carrierFacilityAttributes=[{"name": "LOCATION_NAME", "value": wild}],
    )
    for text in (facility.name, facility.phone, facility.address.one_line, facility.attributes[0][1]):
        assert text.isprintable()
        assert "[bold]C" in text
    assert len(read_attributes(LOCATION_NAME="x" * 5000).name) <= 200


NAMES = (
    "address addressLines cityTown carrierFacilityAttributes name value facilityHours day facilityTimings opensAt"
    " closesAt carrierFacilitySuggestions carrier x"
)
KEYS = st.sampled_from(["  facilityParking", *NAMES.split()])
WORDS = st.sampled_from(["MONDAY", "8:00", "24:00", "99:99", "LATITUDE", "41.1", "nan", "true", "", "\x00", "LOT"])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(st.lists(ANYTHING, max_size=4))
def test_no_suggestion_however_odd_loses_a_good_one(odd: list[JsonValue]) -> None:
    good: JsonValue = {"address": {"addressLines": ["1 Main St"]}, "facilityParking": "LOT"}
    facilities = read_facilities({"carrierFacilitySuggestions": [*odd, good]}, country_code="US")
    assert (facilities[-1].label, facilities[-1].parking) == ("1 Main St", Parking.LOT)
    for facility in facilities:
        assert facility.label.isprintable()
        assert facility.address.one_line.isprintable()
