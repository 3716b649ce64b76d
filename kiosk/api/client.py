"""Builds the httpx client for one family's addresses. What the machine's variables say is read in `network.py`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Final

import httpx

from kiosk import __version__
from kiosk.api.network import certificates_for, ways_by_proxy
from kiosk.errors import SettingsError
from kiosk.settings.network import Network

DEFAULT_NETWORK: Final = Network()

# Longer than a clerk's parcel, shorter than the idle time after which balancers hang up.
_KEEP_ALIVE_SECONDS: Final = 30.0


def create_client(
    urls: Sequence[str],
    network: Network,
    *,
    connect_seconds: float,
    read_seconds: float,
    transport: httpx.AsyncBaseTransport | None = None,
) -> httpx.AsyncClient:
    """Build a client for these addresses, whose first one is the base of every path.

    Raises SettingsError for a proxy or certificates that can't be used.
    """
    certificates = certificates_for(urls, network, os.environ)
    limits = httpx.Limits(max_connections=20, max_keepalive_connections=5, keepalive_expiry=_KEEP_ALIVE_SECONDS)
    # A transport that stands in for the network is itself the whole way.
    by_proxy = {} if transport else ways_by_proxy(urls, network, os.environ, certificates=certificates, limits=limits)
    return httpx.AsyncClient(
        base_url=urls[0],
        timeout=httpx.Timeout(read_seconds, connect=connect_seconds, pool=connect_seconds),
        limits=limits,
        headers={"User-Agent": f"parcel-kiosk/{__version__}"},
        # httpx follows a 302 to a POST with a GET, whose answer would pass for that of the write.
        follow_redirects=False,
        transport=transport,
        verify=certificates,
        mounts=by_proxy,
        # httpx's own reading of proxies and certificates raises whatever it meets, with the value in it.
        trust_env=False,
    )


def check_url(url: str, setting: str) -> None:
    """Raise SettingsError unless this is an absolute http(s) address without query, name or password."""
    try:
        parsed = httpx.URL(url)
        usable = parsed.scheme in {"http", "https"} and parsed.host and (parsed.port or 1) < 65536
    except (httpx.InvalidURL, ValueError):
        usable = False
    else:
        usable = usable and not (parsed.query or parsed.fragment or parsed.userinfo)
    if not usable:
        raise SettingsError("address_unusable", setting=setting)
