"""Who carries parcels. How their numbers look stands in `kiosk/tracking/formats.py`."""

from __future__ import annotations

from enum import StrEnum


class Carrier(StrEnum):
    """Who carried the parcel; the values are the codes that machines see."""

    UPS = "ups"
    USPS = "usps"
    FEDEX = "fedex"
    DHL = "dhl"
    AMAZON = "amazon"
    CANADA_POST = "canada_post"
    CANPAR = "canpar"
    PUROLATOR = "purolator"
    ONTRAC = "ontrac"
    LASERSHIP = "lasership"
    DPD = "dpd"
    OLD_DOMINION = "old_dominion"
    LANDMARK = "landmark"
    SPEEDEE = "speedee"
    GOFO = "gofo"
    YUNEXPRESS = "yunexpress"
    YODEL = "yodel"
    POSTNL = "postnl"
    UNIUNI = "uniuni"
    YANWEN = "yanwen"
    S10 = "s10"


CARRIER_NAMES = {
    Carrier.UPS: "UPS",
    Carrier.USPS: "USPS",
    Carrier.FEDEX: "FedEx",
    Carrier.DHL: "DHL",
    Carrier.AMAZON: "Amazon",
    Carrier.CANADA_POST: "Canada Post",
    Carrier.CANPAR: "Canpar",
    Carrier.PUROLATOR: "Purolator",
    Carrier.ONTRAC: "OnTrac",
    Carrier.LASERSHIP: "LaserShip",
    Carrier.DPD: "DPD",
    Carrier.OLD_DOMINION: "Old Dominion",
    Carrier.LANDMARK: "Landmark",
    Carrier.SPEEDEE: "Spee-Dee",
    Carrier.GOFO: "GOFO",
    Carrier.YUNEXPRESS: "YunExpress",
    Carrier.YODEL: "Yodel",
    Carrier.POSTNL: "PostNL",
    Carrier.UNIUNI: "UniUni",
    Carrier.YANWEN: "Yanwen",
    Carrier.S10: "Post",
}
"""Names as people say them, in every language."""
