"""Zones by state and coordinates, and that doubt is said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.facilities.addresses import Address
from kiosk.facilities.states import state_code
from kiosk.facilities.values import Facility
from kiosk.facilities.zones import zone_of

EVERY_STATE = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR"
    " PA RI SC SD TN TX UT VT VA WA WV WI WY PR VI GU MP AS AB BC MB NB NL NS NT NU ON PE QC SK YT"
)


@pytest.mark.parametrize("state", EVERY_STATE.split())
def test_every_state_and_province_has_a_zone(state: str) -> None:
    assert zone_of(state).zone is not None
    assert zone_of(f" {state.lower()} ") == zone_of(state)


@pytest.mark.parametrize(
    ("state", "latitude", "longitude", "zone"),
    [
        ("VA", None, None, "America/New_York"),
        ("CT", 41.1, -73.4, "America/New_York"),
        ("IL", None, None, "America/Chicago"),
        ("HI", None, None, "Pacific/Honolulu"),
        ("TN", 36.16, -86.78, "America/Chicago"),  # Nashville
        ("TN", 35.96, -83.92, "America/New_York"),  # Knoxville
        ("TN", 35.05, -85.31, "America/New_York"),  # Chattanooga
        ("KY", 38.25, -85.76, "America/New_York"),  # Louisville
        ("KY", 37.08, -88.60, "America/Chicago"),  # Paducah
        ("FL", 25.77, -80.19, "America/New_York"),  # Miami
        ("FL", 30.42, -87.22, "America/Chicago"),  # Pensacola
        ("TX", 31.76, -106.49, "America/Denver"),  # El Paso
        ("TX", 29.76, -95.37, "America/Chicago"),  # Houston
        ("ID", 43.62, -116.20, "America/Boise"),
        ("ID", 46.42, -117.02, "America/Los_Angeles"),  # Lewiston
        ("OR", 45.52, -122.68, "America/Los_Angeles"),  # Portland
        ("OR", 44.03, -116.96, "America/Boise"),  # Ontario
        ("NE", 41.26, -95.93, "America/Chicago"),  # Omaha
        ("NE", 41.87, -103.66, "America/Denver"),  # Scottsbluff
        ("AZ", 33.45, -112.07, "America/Phoenix"),
        ("AZ", 35.20, -111.65, "America/Phoenix"),  # Flagstaff
        ("AZ", 32.22, -110.97, "America/Phoenix"),  # Tucson
        ("AK", 61.22, -149.90, "America/Anchorage"),
        ("AK", 51.88, -176.66, "America/Adak"),
        ("ON", 43.65, -79.38, "America/Toronto"),
        ("ON", 48.38, -89.25, "America/Toronto"),  # Thunder Bay
        ("BC", 49.28, -123.12, "America/Vancouver"),
    ],
)
def test_a_place_that_is_sure(state: str, latitude: float | None, longitude: float | None, zone: str) -> None:
    found = zone_of(state, latitude, longitude)
    assert found.zone is not None
    assert (found.zone.key, found.is_sure) == (zone, True)


@pytest.mark.parametrize(
    ("state", "latitude", "longitude", "zone"),
    [
        ("TN", None, None, "America/Chicago"),
        ("KY", None, None, "America/New_York"),
        ("FL", 29.8, -85.3, "America/New_York"),  # where the border runs
        ("IN", 41.6, -87.3, "America/Indiana/Indianapolis"),  # Gary, in truth on Central time
        ("AZ", 36.1, -111.2, "America/Phoenix"),  # Tuba City, in truth with summer time
        ("ID", 45.42, -116.32, "America/Boise"),  # Riggins
        ("OR", 44.35, -117.27, "America/Los_Angeles"),  # Huntington
    ],
)
def test_a_place_that_is_not_sure_has_the_larger_zone_and_says_so(
    state: str, latitude: float | None, longitude: float | None, zone: str
) -> None:
    found = zone_of(state, latitude, longitude)
    assert found.zone is not None
    assert (found.zone.key, found.is_sure) == (zone, False)


@pytest.mark.parametrize("state", ["", "XX", "Virginia", "Bayern"])
def test_an_unknown_state_has_no_zone(state: str) -> None:
    assert zone_of(state, 37.0, -80.0) == (None, False)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=3), st.floats(-90, 90) | st.none(), st.floats(-180, 180) | st.none())
def test_anything_can_be_asked(state: str, latitude: float | None, longitude: float | None) -> None:
    zone, is_sure = zone_of(state, latitude, longitude)
    assert zone is not None or not is_sure


@pytest.mark.parametrize(
    ("state", "country", "code"),
    [
        ("VA", "US", "VA"),
        ("va ", "US", "VA"),
        ("US-VA", "US", "VA"),
        ("Virginia", "US", "VA"),
        ("new  york", "US", "NY"),
        ("CA-ON", "CA", "ON"),
        ("Québec", "CA", "QC"),
        ("", "PR", "PR"),
        ("", "US", ""),
        ("AE", "US", "AE"),
        ("D.C.", "US", "DC"),
        ("n.y.", "US", "NY"),
    ],
)
def test_a_state_is_known_by_letters_name_and_iso_code(state: str, country: str, code: str) -> None:
    assert state_code(state, country) == code


def test_a_facility_that_names_its_state_in_full_has_a_local_time() -> None:
    for state, country, zone in (("Virginia", "US", "America/New_York"), ("", "PR", "America/Puerto_Rico")):
        facility = Facility(address=Address(state=state, country_code=country))
        assert (str(facility.zone.zone), facility.zone.is_sure) == (zone, True)
