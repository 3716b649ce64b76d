"""The one table of addresses: which path and method is which operation, done by which handler, with which credentials.

A new operation is a line here and a handler beside its kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kiosk.simulator import banks, control, deposits, facilities, reservations, tokens
from kiosk.simulator.calls import Handler
from kiosk.simulator.errors import Refusal, message, not_found


class Access(Enum):
    """What a route asks of the caller."""

    SHIPPING360 = "a token of the Shipping 360 family"
    SHIPPINGSERVICES = "a token of the shippingservices family"
    TOKEN = "client id and secret, checked by the handler"  # noqa: S105 - a description
    OPEN = "nothing: the simulator's own addresses"


@dataclass(frozen=True)
class Route:
    """One operation's address."""

    operation: str
    method: str
    pattern: tuple[str, ...]
    handler: Handler
    access: Access

    def match(self, segments: tuple[str, ...]) -> dict[str, str] | None:
        """Return the path's parameters, or None if it is another path."""
        if len(segments) != len(self.pattern):
            return None
        params = {}
        for expected, part in zip(self.pattern, segments, strict=True):
            if expected.startswith("{"):
                params[expected.strip("{}")] = part
            elif expected != part:
                return None
        return params


def _route(operation: str, method: str, path: str, handler: Handler, access: Access) -> Route:
    return Route(operation, method, tuple(path.removeprefix("/").split("/")), handler, access)


_BANKS = "/parcelpoint/api/v1/lockerBanks"
_LOCKERS = f"{_BANKS}/{{lockerBankId}}/lockers"

ROUTES = (
    _route("getLockerBanks", "GET", _BANKS, banks.get_locker_banks, Access.SHIPPING360),
    _route(
        "getLockerBankDetails",
        "GET",
        f"{_BANKS}/{{lockerBankId}}",
        banks.get_locker_bank_details,
        Access.SHIPPING360,
    ),
    _route("lockerSizes", "GET", f"{_LOCKERS}/sizes", banks.locker_sizes, Access.SHIPPING360),
    _route("createReservation", "POST", f"{_LOCKERS}/reserve", reservations.create_reservation, Access.SHIPPING360),
    _route(
        "getReservation",
        "GET",
        f"{_LOCKERS}/reserved/{{trackingNumber}}",
        reservations.get_reservation,
        Access.SHIPPING360,
    ),
    _route(
        "getReservationList",
        "GET",
        f"{_LOCKERS}/reserved/contact/{{contactId}}",
        reservations.get_reservation_list,
        Access.SHIPPING360,
    ),
    _route(
        "updateReservation",
        "PATCH",
        f"{_LOCKERS}/{{lockerUnitId}}/reservation/update",
        reservations.update_reservation,
        Access.SHIPPING360,
    ),
    _route(
        "freeReservation",
        "POST",
        f"{_LOCKERS}/{{lockerUnitId}}/free",
        reservations.free_reservation,
        Access.SHIPPING360,
    ),
    _route(
        "updateDeposit",
        "PATCH",
        f"{_LOCKERS}/{{lockerUnitId}}/deposit",
        deposits.update_deposit,
        Access.SHIPPING360,
    ),
    _route(
        "findCarrierFacilities",
        "POST",
        "/shippingservices/v1/carrier-facility",
        facilities.find_carrier_facilities,
        Access.SHIPPINGSERVICES,
    ),
    _route(
        "carrierFacility360",
        "POST",
        "/shipping/api/v1/carrier-facility",
        facilities.carrier_facility_360,
        Access.SHIPPING360,
    ),
    _route("getAccessToken", "POST", "/auth/api/v1/token", tokens.get_access_token, Access.TOKEN),
    _route("generateOAuthToken", "POST", "/oauth/token", tokens.generate_oauth_token, Access.TOKEN),
    _route("state", "GET", "/_simulator/state", control.show_state, Access.OPEN),
    _route("pickup", "POST", "/_simulator/pickup", control.collect_unit, Access.OPEN),
    _route("faults", "GET", "/_simulator/faults", control.show_faults, Access.OPEN),
    _route("queueFault", "POST", "/_simulator/faults", control.queue_fault, Access.OPEN),
    _route("clearFaults", "DELETE", "/_simulator/faults", control.clear_faults, Access.OPEN),
)

OPERATIONS = tuple(route.operation for route in ROUTES if route.access is not Access.OPEN)
"""The API's operations, by the names of its documentation."""


def find_route(method: str, segments: tuple[str, ...]) -> tuple[Route, dict[str, str]]:
    """Return the route and the path's parameters; refuse an unknown path (404) or method (405)."""
    matches = [(route, params) for route in ROUTES if (params := route.match(segments)) is not None]
    for route, params in matches:
        if route.method == method:
            return route, params
    if not matches:
        raise not_found("There is nothing at this address")
    allowed = ", ".join(sorted({route.method for route, _ in matches}))
    raise Refusal(message(405, "Method Not Allowed", (("Allow", allowed),)))
