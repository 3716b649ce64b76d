"""Settings that go over the network: web addresses, and texts that are sent in a header."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

from kiosk.settings.section import WrongValueError


def host_of(url: str) -> str:
    """Return a web address without its path."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def is_on_this_machine(url: str) -> bool:
    """Tell whether a web address is one of the machine itself."""
    return is_this_machine(urlsplit(url).hostname or "")


def is_this_machine(host: str) -> bool:
    """Tell whether a host is the machine itself."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def holds_credentials(url: str) -> bool:
    """Tell whether an address has, or is meant to have, a name or a password in it."""
    return "@" in url


def _whole_web_address(url: str) -> str:
    if holds_credentials(url):
        raise WrongValueError("address_with_credentials")
    try:
        parts = urlsplit(url)
        has_port = parts.port != 0
    except ValueError:  # a bracket that no IPv6 address closes, or a port that is no number
        raise WrongValueError("no_web_address") from None
    is_plain = has_port and not (parts.query or parts.fragment)
    if parts.scheme not in {"http", "https"} or not (parts.hostname and is_plain):
        raise WrongValueError("no_web_address")
    # Over plain http everybody on the way could read the credentials.
    if parts.scheme == "http" and not is_on_this_machine(url):
        raise WrongValueError("http_elsewhere")
    return url


def _web_address(url: str) -> str:
    return _whole_web_address(url).rstrip("/")


def _sendable(text: str) -> str:
    if not text.isascii() or not text.isprintable() or " " in text:
        raise WrongValueError("not_sendable")
    return text


WebAddress = Annotated[str, AfterValidator(_web_address)]
"""https, or http on this machine; without the slash at its end."""

WholeWebAddress = Annotated[str, AfterValidator(_whole_web_address)]
"""The same as it was written, because nothing is put behind it."""

Sendable = Annotated[str, AfterValidator(_sendable)]
"""What an HTTP header may hold as it is."""
