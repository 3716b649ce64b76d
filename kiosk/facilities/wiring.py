"""Builds the finder of facilities from the settings, for `services.py`, when it is first asked for.

A module of its own, so that a start without a search loads none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.api.auth import Credentials, OAuthClient
from kiosk.errors import FinderNotSetUpError
from kiosk.facilities.api import FacilitiesApi, create_facilities_api
from kiosk.facilities.finder import Facilities
from kiosk.facilities.kept_answers import KeptAnswers
from kiosk.facilities.values import FacilityVariant
from kiosk.settings.web import host_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx

    from kiosk.clock import Clock
    from kiosk.settings import Settings

PATIENCE: Final = 10.0
"""Seconds for one answer, of at most three tries: somebody looks on, and an earlier answer may be at hand."""


def open_finder(  # noqa: PLR0913 - the parts, given by name
    settings: Settings,
    *,
    simulator: str | None,
    lockers_credentials: Credentials,
    clock: Clock,
    transport: httpx.AsyncBaseTransport | None,
    sleep: Callable[[float], Awaitable[None]],
) -> Facilities:
    """Build the finder; its first question opens the connection, and meets what is missing in the settings.

    `simulator` is the embedded one's address; `lockers_credentials` serve where the finder is of the lockers' family.
    """

    def open_api() -> FacilitiesApi:
        url = settings.facilities_url(simulator)
        if url is None:
            raise FinderNotSetUpError(
                f"No address of the finder's service is published for the environment {settings.environment.value}.",
                hint="The administrator must set facilities.url, facilities.api_key and facilities.api_secret.",
            )
        return create_facilities_api(
            url=url,
            credentials=_credentials(settings, url, lockers_credentials),
            variant=variant,
            partner_id=settings.facilities.partner_id,
            clock=clock,
            connect_seconds=settings.lockers.connect_seconds,
            read_seconds=min(PATIENCE, settings.lockers.read_seconds),
            transport=transport,
            sleep=sleep,
        )

    variant = FacilityVariant(settings.facilities.variant)
    return Facilities(open_api, KeptAnswers(settings.data_dir / "facilities"), clock, variant)


def _credentials(settings: Settings, url: str, lockers_credentials: Credentials) -> Credentials:
    """Return the finder's own credentials; in the lockers' family theirs will do."""
    own = settings.facilities
    is_shipping_360 = own.variant == "shipping360"
    if is_shipping_360 and not own.api_key:
        return lockers_credentials
    missing = [f"facilities.{name}" for name in ("api_key", "api_secret") if not getattr(own, name)]
    if missing:
        raise FinderNotSetUpError(f"The settings lack {' and '.join(missing)}.")
    path = "/auth/api/v1/token" if is_shipping_360 else "/oauth/token"
    return OAuthClient(
        own.token_url or f"{host_of(url)}{path}",
        own.api_key,
        own.api_secret,
        scope="psapi" if is_shipping_360 else None,
        id_setting="facilities.api_key",
        url_setting="facilities.token_url",
    )
