"""The environments a kiosk can work in, and the published hosts of each."""

from __future__ import annotations

from enum import StrEnum


class Environment(StrEnum):
    """Which lockers the kiosk works on; only `demo` needs no account."""

    DEMO = "demo"
    SANDBOX = "sandbox"
    PRODUCTION = "production"
    DEV = "dev"
    QA = "qa"


SHIPPING_360_HOSTS = {
    Environment.SANDBOX: "https://api-sandbox.sendpro360.pitneybowes.com",
    Environment.PRODUCTION: "https://api.sendpro360.pitneybowes.com",
    Environment.DEV: "https://api-dev.sendpro360.pitneycloud.com",
    Environment.QA: "https://api-qa.sendpro360.pitneycloud.com",
}
"""The hosts of the ParcelPoint family (servers of the published overview)."""

SHIPPINGSERVICES_HOSTS = {
    Environment.SANDBOX: "https://shipping-api-sandbox.pitneybowes.com",
    Environment.PRODUCTION: "https://shipping-api.pitneybowes.com",
}
"""The hosts of the other family, which finds facilities; none is published for the rest."""
