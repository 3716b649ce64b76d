"""A finder's service that answers what a test wants, in the published shape; for what no simulated place says."""

from __future__ import annotations

from typing import Any

import httpx

DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")

POST_OFFICE_OF_THE_PAGE: dict[str, Any] = {
    "address": {
        "addressLines": ["6621 WILLIAMSON RD"],
        "cityTown": "ROANOKE",
        "postalCode": "24019",
        "stateProvince": "VA",
    },
    "carrierFacilityAttributes": [],
    "facilityHours": [
        {"day": day, "facilityTimings": [{"closesAt": "16:00:00", "opensAt": "08:00:00"}]} for day in DAYS[:5]
    ]
    + [{"day": "SATURDAY", "facilityTimings": [{"closesAt": "12:00:00", "opensAt": "09:00:00"}]}],
    "facilityParking": "LOT",
}
"""The first suggestion of the published answer for post offices that print labels."""


def suggestion(name: str = "Corner Shop", **changed: Any) -> dict[str, Any]:
    """Return a drop-off point as the service tells it; `changed` replaces parts of it, attributes by their names."""
    attributes = {"LOCATION_NAME": name, "LATITUDE": "37.33", "LONGITUDE": "-79.95", "DISTANCE": "0.84"}
    attributes |= {key: value for key, value in changed.items() if key.isupper()}
    return {
        "address": {
            "addressLines": ["1 Main St", ""],
            "cityTown": "Roanoke",
            "stateProvince": "VA",
            "postalCode": "24019",
        }
        | changed.get("address", {}),
        "carrierFacilityAttributes": [{"name": key, "value": value} for key, value in attributes.items() if value],
        "facilityHours": [
            {"day": day, "facilityTimings": [{"opensAt": opens, "closesAt": closes} for opens, closes in times]}
            for day, times in changed.get("hours", dict.fromkeys(DAYS, (("08:00", "17:00"),))).items()
        ],
        "facilityParking": None,
    }


def answering(*suggestions: dict[str, Any]) -> httpx.MockTransport:
    """Return a network on which every search finds just these places; the lockers' side is empty."""

    def answer(request: httpx.Request) -> httpx.Response:
        if "token" in request.url.path:
            return httpx.Response(200, json={"access_token": "t", "expiresIn": "3600"})
        if request.url.path.endswith("/carrier-facility"):
            return httpx.Response(200, json={"carrierFacilitySuggestions": list(suggestions)})
        return httpx.Response(200, json=[])

    return httpx.MockTransport(answer)
