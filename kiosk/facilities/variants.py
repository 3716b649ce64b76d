"""What can be asked for, and in which of the two families: carriers, services and limits. Light, for a --help needs it.

Sources: https://docs.shippingapi.pitneybowes.com/api/post-carrier-facility.html (shippingservices) and
https://docs.shipping360.pitneybowes.com/openapi/shipping/operation/carrierFacility (Shipping 360).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple


class FacilityCarrier(StrEnum):
    """Whose facilities are looked for: post offices, or Pitney Bowes' own drop-off points."""

    USPS = "USPS"
    PBCS = "PBCS"


class FacilityService(StrEnum):
    """What a facility must offer."""

    LABEL_BROKER_RETAIL = "LABEL_BROKER_RETAIL"
    """Prints a label from a QR code, at the counter."""
    PUDO_POINT = "PUDO_POINT"
    """Takes PB Standard Returns."""
    LABEL_BROKER_SELF_SERVICE_KIOSK = "LABEL_BROKER_SELF_SERVICE_KIOSK"
    """Prints a label from a QR code, at a machine."""


class FacilityVariant(StrEnum):
    """Which of the two families answers."""

    SHIPPINGSERVICES = "shippingservices"
    SHIPPING360 = "shipping360"


class Limits(NamedTuple):
    """What a variant takes."""

    carriers: tuple[FacilityCarrier, ...]
    services: tuple[FacilityService, ...]
    most_miles: int | None
    """None: no maximum is given."""
    most_facilities: int
    has_return_options: bool
    """Whether PACKAGELESS and QR_CODE are documented."""


LIMITS: Final = {
    FacilityVariant.SHIPPINGSERVICES: Limits(
        carriers=(FacilityCarrier.USPS, FacilityCarrier.PBCS),
        services=(FacilityService.LABEL_BROKER_RETAIL, FacilityService.PUDO_POINT),
        most_miles=None,
        most_facilities=200,
        has_return_options=True,
    ),
    FacilityVariant.SHIPPING360: Limits(
        carriers=(FacilityCarrier.USPS,),
        services=(FacilityService.LABEL_BROKER_RETAIL, FacilityService.LABEL_BROKER_SELF_SERVICE_KIOSK),
        most_miles=25,
        most_facilities=50,
        has_return_options=False,
    ),
}
