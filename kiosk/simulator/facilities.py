"""carrier-facility of both families: options obeyed, limits kept, and the oddities of the published samples repeated.

The world is `facilities.csv`; where an address is, and how far, is said in `places.py`. What no page says and is
assumed here: an office's attributes without a service name it and say where it is.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kiosk.simulator.calls import Call
from kiosk.simulator.errors import Refusal, shippingservices_error, validation_error
from kiosk.simulator.facility_hours import hours_json
from kiosk.simulator.places import Point, locate

DEFAULT_NUMBER = 5
OPTIONS = (
    "FACILITY_TYPE",
    "FACILITY_TYPE_SERVICE",
    "FACILITY_WITHIN_RADIUS",
    "NUMBER_OF_FACILITIES",
    "PACKAGELESS",
    "QR_CODE",
)
ADDRESS_LINES = ("addressLine1", "addressLine2", "addressLine3")


@dataclass(frozen=True)
class Family:
    """The rules in which the two families differ."""

    refuse: Callable[[str, str, str], Refusal]
    """Makes a refusal of the shippingservices code, what is wrong, and the field it is about."""
    carriers: tuple[str, ...]
    services: tuple[str, ...]
    most_miles: float
    most_facilities: int


@dataclass(frozen=True)
class Search:
    """What is looked for, once it is checked."""

    origin: Point
    carrier: str
    service: str | None
    miles: float
    number: int
    packageless: bool
    qr_code: bool


@cache
def _world() -> tuple[dict[str, str], ...]:
    with Path(__file__).with_name("facilities.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def find_carrier_facilities(call: Call) -> dict[str, Any]:
    """Answer in the shippingservices family, whose errors have the old shape unless the other is asked for."""
    unified = call.request.headers.get("x-pb-unifiederrorstructure", "").lower() == "true"
    family = Family(
        refuse=lambda code, info, _: shippingservices_error(400, code, info, unified=unified),
        carriers=("USPS", "PBCS"),
        services=("LABEL_BROKER_RETAIL", "PUDO_POINT"),
        most_miles=12_500,
        most_facilities=200,
    )
    try:
        body = call.body
    except Refusal:
        raise family.refuse("1000050", "The JSON of the request is broken", "") from None
    address = _object(body.get("address"))
    lines = address.get("addressLines")
    search = _search(family, body, lines if isinstance(lines, list) else [])
    writer = _drop_off_json if search.carrier == "PBCS" else _office_json
    return _repeated(body) | {"carrierFacilitySuggestions": [writer(*each, search) for each in _found(search)]}


def carrier_facility_360(call: Call) -> dict[str, Any]:
    """Answer in the Shipping 360 family: post offices only, address lines one by one, no attributes."""
    family = Family(
        refuse=lambda _, info, field: validation_error(info, *([field] if field else [])),
        carriers=("USPS",),
        services=("LABEL_BROKER_RETAIL", "LABEL_BROKER_SELF_SERVICE_KIOSK"),
        most_miles=25,
        most_facilities=50,
    )
    body = call.body
    address = _object(body.get("address"))
    search = _search(family, body, [address[name] for name in ADDRESS_LINES if name in address])
    return _repeated(body) | {"carrierFacilitySuggestions": [_office_360_json(row) for row, _ in _found(search)]}


def _found(search: Search) -> list[tuple[dict[str, str], float]]:
    """Return the facilities that fit with their distance in miles, the nearest first."""
    near = [
        (row, search.origin.miles_to(_point(row)))
        for row in _world()
        if row["carrier"] == search.carrier
        and (search.service is None or search.service in row["services"].split())
        and (not search.packageless or row["packageless"].lower() == "true")
        and (not search.qr_code or row["qr_code"].lower() == "true")
    ]
    within = sorted((each for each in near if each[1] <= search.miles), key=lambda each: each[1])
    return within[: search.number]


def _search(family: Family, body: dict[str, Any], lines: list[Any]) -> Search:
    address = _object(body.get("address"))
    city, state, postal_code, country = (
        _text(address.get(name)) for name in ("cityTown", "stateProvince", "postalCode", "countryCode")
    )
    if not country or not (postal_code or (city and state)):
        raise family.refuse(
            "1000045", "address needs countryCode, and postalCode or cityTown with stateProvince", "address"
        )
    carrier = body.get("carrier")
    if carrier not in family.carriers:
        raise family.refuse("1000001", f"carrier must be one of {', '.join(family.carriers)}", "carrier")
    options = _options(family, body)
    _check_word(family, options, "FACILITY_TYPE", ("POST_OFFICE",))
    _check_word(family, options, "FACILITY_TYPE_SERVICE", family.services)
    for name in ("PACKAGELESS", "QR_CODE"):
        _check_word(family, options, name, ("TRUE", "FALSE"))
    origin = locate([_text(line) for line in lines], city, state, postal_code) if country == "US" else None
    if origin is None:
        raise family.refuse("1019003", "The street, state or postal code is wrong or missing", "address")
    return Search(
        origin=origin,
        carrier=carrier,
        service=options.get("FACILITY_TYPE_SERVICE"),
        miles=_number(family, options, "FACILITY_WITHIN_RADIUS", family.most_miles),
        number=int(_number(family, options, "NUMBER_OF_FACILITIES", family.most_facilities)),
        packageless=options.get("PACKAGELESS") == "TRUE",
        qr_code=options.get("QR_CODE") == "TRUE",
    )


def _options(family: Family, body: dict[str, Any]) -> dict[str, str]:
    raw = body.get("carrierFacilityOptions")
    listed = [] if raw is None else raw
    if not isinstance(listed, list) or not all(_is_option(item) for item in listed):
        info = f"carrierFacilityOptions must be a list of names and values, both texts; names are {', '.join(OPTIONS)}"
        raise family.refuse("1000045", info, "carrierFacilityOptions")
    return {item["name"]: item["value"] for item in listed}


def _is_option(item: Any) -> bool:
    return isinstance(item, dict) and item.get("name") in OPTIONS and isinstance(item.get("value"), str)


def _check_word(family: Family, options: dict[str, str], name: str, allowed: tuple[str, ...]) -> None:
    if name in options and options[name] not in allowed:
        raise family.refuse("1000045", f"{name} must be one of {', '.join(allowed)}", name)


def _number(family: Family, options: dict[str, str], name: str, most: float) -> float:
    text = options.get(name, str(DEFAULT_NUMBER))
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= most):
        raise family.refuse("1000045", f"{name} must be a whole number from 1 to {most:.0f}", name)
    return int(text)


def _repeated(body: dict[str, Any]) -> dict[str, Any]:
    names = ("address", "carrier", "carrierFacilityOptions")
    return {name: body[name] for name in names if body.get(name) is not None}


def _office_json(row: dict[str, str], miles: float, search: Search) -> dict[str, Any]:
    """Write a post office: no country, and attributes only where no service was asked for."""
    address = {
        "addressLines": [row["street"]],
        "cityTown": row["city"],
        "postalCode": row["postal_code"],
        "stateProvince": row["state"],
    }
    shown: dict[str, Any] = {
        "address": address,
        **_hours(row),
        "facilityParking": "LOT" if row["parking"] == "LOT" else None,
    }
    if search.service is not None:
        return shown | {"carrierFacilityAttributes": []}
    services = dict.fromkeys(row["services"].split(), "true")
    return shown | _attributes(row, {"LOCATION_NAME": row["name"], **_place(row, miles), **services})


def _drop_off_json(row: dict[str, str], miles: float, _: Search) -> dict[str, Any]:
    """Write a drop-off point as the sample does: three address lines, a key with blanks, everything a text."""
    address = {
        "addressLines": [row["street"], "", ""],
        "cityTown": row["city"],
        "countryCode": "US",
        "phone": row["phone"],
        "postalCode": row["postal_code"],
        "stateProvince": row["state"],
    }
    place = _place(row, miles)
    attributes = {
        "LOCATION_ID": row["location_id"],
        "LOCATION_NAME": row["name"],
        "LATITUDE": place["LATITUDE"],
        "LONGITUDE": place["LONGITUDE"],
        "PACKAGELESS": row["packageless"],
        "QRCODE": row["qr_code"],
        "FACILITY_ID": row["facility_id"],
        "DISTANCE": place["DISTANCE"],
    }
    return {"address": address, **_attributes(row, attributes), **_hours(row), "  facilityParking": None}


def _office_360_json(row: dict[str, str]) -> dict[str, Any]:
    address = {
        "addressLine1": row["street"],
        "company": row["name"],
        "cityTown": row["city"],
        "stateProvince": row["state"],
        "postalCode": row["postal_code"],
        "countryCode": "US",
        "residential": False,
    }
    return {"address": address, **_hours(row), "facilityParking": row["parking"]}


def _place(row: dict[str, str], miles: float) -> dict[str, str]:
    if row["attributes"] == "junk":
        return {"LATITUDE": "n/a", "LONGITUDE": "", "DISTANCE": f"{miles:.1f}"}
    return {"LATITUDE": row["latitude"], "LONGITUDE": row["longitude"], "DISTANCE": f"{miles:.1f}"}


def _attributes(row: dict[str, str], attributes: dict[str, str]) -> dict[str, Any]:
    if row["attributes"] == "absent":
        return {}
    if row["attributes"] == "null":
        return {"carrierFacilityAttributes": None}
    return {"carrierFacilityAttributes": [{"name": name, "value": value} for name, value in attributes.items()]}


def _hours(row: dict[str, str]) -> dict[str, Any]:
    return {} if row["hours"] == "absent" else {"facilityHours": hours_json(row["hours"])}


def _point(row: dict[str, str]) -> Point:
    return Point(float(row["latitude"]), float(row["longitude"]))


def _object(raw: Any) -> dict[str, Any]:
    return raw if isinstance(raw, dict) else {}


def _text(raw: Any) -> str:
    return raw.strip() if isinstance(raw, str) else ""
