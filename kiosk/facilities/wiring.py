"""Builds the finder of facilities from the settings; `door.py` loads this when facilities are first looked for."""

from __future__ import annotations

from typing import Final

from kiosk.api.auth import Credentials, OAuthClient
from kiosk.errors import FinderNotSetUpError
from kiosk.facilities.addresses import Address
from kiosk.facilities.api import FacilitiesApi, create_facilities_api
from kiosk.facilities.finder import Finder
from kiosk.facilities.kept_answers import KeptAnswers
from kiosk.facilities.setup import KEPT_FOLDER, FinderSetup
from kiosk.facilities.variants import FacilityVariant
from kiosk.settings.web import host_of

PATIENCE: Final = 10.0
"""Seconds for one answer, of at most three tries: somebody looks on, and an earlier answer may be at hand."""


def build_finder(setup: FinderSetup) -> Finder:
    """Build the finder; its first question opens the connection, and meets what is missing in the settings."""
    settings = setup.settings
    variant = FacilityVariant(settings.facilities.variant)

    def open_api() -> FacilitiesApi:
        url = settings.facilities_url(setup.simulator)
        if url is None:
            raise FinderNotSetUpError("finder_address_missing", environment=settings.environment.value)
        return create_facilities_api(
            url=url,
            credentials=_credentials(setup, url),
            variant=variant,
            partner_id=settings.facilities.partner_id,
            language=settings.facilities.language,
            network=settings.network,
            clock=setup.clock,
            connect_seconds=settings.lockers.connect_seconds,
            read_seconds=min(PATIENCE, settings.lockers.read_seconds),
            transport=setup.transport,
            sleep=setup.sleep,
        )

    kept = KeptAnswers(settings.data_dir / KEPT_FOLDER)
    return Finder(open_api, kept, setup.clock, variant, Address.of_desk(settings.desk.address))


def _credentials(setup: FinderSetup, url: str) -> Credentials:
    """Return the finder's own credentials; in the lockers' family theirs will do."""
    own = setup.settings.facilities
    is_shipping_360 = own.variant == "shipping360"
    if is_shipping_360 and not own.api_key:
        return setup.lockers_credentials
    missing = tuple(f"facilities.{name}" for name in ("api_key", "api_secret") if not getattr(own, name))
    if missing:
        raise FinderNotSetUpError("finder_account_missing", settings=missing)
    path = "/auth/api/v1/token" if is_shipping_360 else "/oauth/token"
    return OAuthClient(
        own.token_url or f"{host_of(url)}{path}",
        own.api_key,
        own.api_secret,
        scope="psapi" if is_shipping_360 else None,
        id_setting="facilities.api_key",
        url_setting="facilities.token_url",
    )
