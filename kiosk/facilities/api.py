"""carrier-facility in both families, one method each; how answers are read stands in `reading.py`.

A search changes nothing, so it is repeated like any read. Errors are the ApiErrors of `kiosk/errors/api.py`.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Final

import httpx
from pydantic import JsonValue

from kiosk.api.auth import Credentials
from kiosk.api.client import DEFAULT_NETWORK
from kiosk.api.transport import CONNECT_SECONDS, READ_SECONDS, Transport, create_transport
from kiosk.clock import Clock
from kiosk.facilities.addresses import Address
from kiosk.facilities.contradictions import credibly_placed, each_once
from kiosk.facilities.reading import read_facilities
from kiosk.facilities.values import Facility, Question
from kiosk.facilities.variants import FacilityCarrier, FacilityVariant
from kiosk.settings.network import Network

LANGUAGE: Final = "en-US"
"""The documented default of Accept-Language."""

_LINES: Final = 3


class FacilitiesApi:
    """The facilities one account can look for."""

    def __init__(
        self, transport: Transport, variant: FacilityVariant, *, partner_id: str = "", language: str = LANGUAGE
    ) -> None:
        self._transport = transport
        self._variant = variant
        self._partner_id = partner_id
        self._language = language

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()

    async def find(self, question: Question) -> tuple[Facility, ...]:
        """Ask the family that this account belongs to."""
        match self._variant:
            case FacilityVariant.SHIPPINGSERVICES:
                return await self.find_carrier_facilities(question)
            case FacilityVariant.SHIPPING360:
                return await self.carrier_facility360(question)

    async def find_carrier_facilities(self, question: Question) -> tuple[Facility, ...]:
        """Find facilities in the shippingservices family; the nearest first, as a rule.

        https://docs.shippingapi.pitneybowes.com/api/post-carrier-facility.html
        """
        headers = {"Accept-Language": self._language, "X-PB-UnifiedErrorStructure": "true"}
        if self._partner_id:
            headers["X-PB-PartnerId"] = self._partner_id
        address = _place(question.address)
        if question.address.lines:
            address["addressLines"] = list(question.address.lines)
        return await self._ask(("v1", "carrier-facility"), address, question, headers)

    async def carrier_facility360(self, question: Question) -> tuple[Facility, ...]:
        """Find facilities in the Shipping 360 family, whose address has its lines one by one.

        https://docs.shipping360.pitneybowes.com/openapi/shipping/operation/carrierFacility
        """
        address = _place(question.address)
        lines = question.address.lines
        # The operation has three lines: the third takes what is left, so that nothing is lost.
        shown = lines if len(lines) <= _LINES else (*lines[: _LINES - 1], ", ".join(lines[_LINES - 1 :]))
        address |= {f"addressLine{number}": line for number, line in enumerate(shown, 1)}
        return await self._ask(
            ("api", "v1", "carrier-facility"), address, question, {"Accept-Language": self._language}
        )

    async def _ask(
        self, path: tuple[str, ...], address: dict[str, JsonValue], question: Question, headers: dict[str, str]
    ) -> tuple[Facility, ...]:
        body: JsonValue = {
            "address": address,
            "carrier": question.carrier.value,
            "carrierFacilityOptions": _options(question),
        }
        answer = await self._transport.request("POST", path, body=body, headers=headers, is_read=True)
        found = each_once(read_facilities(answer, country_code=question.address.country_code))
        return credibly_placed(found, question.radius_miles)


def _place(address: Address) -> dict[str, JsonValue]:
    place = {
        "cityTown": address.city,
        "stateProvince": address.state,
        "postalCode": address.postal_code,
        "countryCode": address.country_code,
    }
    return {name: value for name, value in place.items() if value}


def _options(question: Question) -> list[JsonValue]:
    options = {
        "FACILITY_TYPE_SERVICE": question.service.value if question.service else None,
        # The only type there is; the page's search for drop-off points leaves it out.
        "FACILITY_TYPE": "POST_OFFICE" if question.carrier is FacilityCarrier.USPS else None,
        "FACILITY_WITHIN_RADIUS": question.radius_miles,
        "NUMBER_OF_FACILITIES": question.count,
        "PACKAGELESS": _flag(chosen=question.packageless),
        "QR_CODE": _flag(chosen=question.qr_code),
    }
    return [{"name": name, "value": str(value)} for name, value in options.items() if value is not None]


def _flag(*, chosen: bool | None) -> str | None:
    return None if chosen is None else str(chosen).upper()


def create_facilities_api(  # noqa: PLR0913 - plain values, given by name
    *,
    url: str,
    credentials: Credentials,
    variant: FacilityVariant,
    partner_id: str = "",
    language: str = LANGUAGE,
    network: Network = DEFAULT_NETWORK,
    clock: Clock | None = None,
    connect_seconds: float = CONNECT_SECONDS,
    read_seconds: float = READ_SECONDS,
    transport: httpx.AsyncBaseTransport | None = None,
    rng: random.Random | None = None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> FacilitiesApi:
    """Build the API from plain values, times in seconds; raise SettingsError for an unusable address.

    `url` is the family's base with its path, as https://shipping-api.pitneybowes.com/shippingservices.
    """
    way = create_transport(
        url=url,
        url_setting="facilities.url",
        credentials=credentials,
        network=network,
        clock=clock,
        connect_seconds=connect_seconds,
        read_seconds=read_seconds,
        transport=transport,
        rng=rng,
        sleep=sleep,
    )
    return FacilitiesApi(way, variant, partner_id=partner_id, language=language)
