"""The section `[network]`: what lies between this machine and the services."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

from kiosk.settings.paths import AbsolutePath
from kiosk.settings.section import Section, WrongValueError
from kiosk.settings.web import holds_credentials

NO_PROXY = "none"
PROXY_OF_ENVIRONMENT = "environment"
_KINDS = {"http", "https", "socks5", "socks5h"}


def is_proxy_address(address: str) -> bool:
    """Tell whether this is the whole address of a proxy; one that a `#` in its password cuts short is not."""
    try:
        parts = urlsplit(address)
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    is_text = address.isprintable() and " " not in address
    is_whole = is_text and parts.path in {"", "/"} and not (parts.query or parts.fragment)
    return is_whole and has_port and parts.scheme in _KINDS and bool(parts.hostname)


def _proxy(value: str) -> str:
    if value in {NO_PROXY, PROXY_OF_ENVIRONMENT}:
        return value
    # First: a password is often what makes the address unreadable.
    if holds_credentials(value):
        raise WrongValueError("address_with_credentials")
    if not is_proxy_address(value):
        raise WrongValueError("no_proxy_address")
    return value


class Network(Section):
    """How the services are reached. Addresses of this machine are always asked directly."""

    proxy: Annotated[str, AfterValidator(_proxy)] = PROXY_OF_ENVIRONMENT
    """`none`; `environment`: the one of HTTPS_PROXY or ALL_PROXY, but for NO_PROXY; or the address of one."""
    ca_file: AbsolutePath = None
    """The authorities to trust in the place of those that come with the kiosk, in PEM form."""
