"""Settings that go over the network: web addresses, and texts that are sent in a header."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

from kiosk.settings.section import WrongValueError

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def host_of(url: str) -> str:
    """Return a web address without its path."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def is_on_this_machine(url: str) -> bool:
    """Tell whether a web address is one of the machine itself."""
    return urlsplit(url).hostname in LOOPBACK


def _web_address(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:  # a bracket that no IPv6 address closes
        raise WrongValueError("no_web_address") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise WrongValueError("no_web_address")
    # Over plain http everybody on the way could read the credentials.
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise WrongValueError("http_elsewhere")
    return url.rstrip("/")


def _sendable(text: str) -> str:
    if not text.isascii() or not text.isprintable() or " " in text:
        raise WrongValueError("not_sendable")
    return text


WebAddress = Annotated[str, AfterValidator(_web_address)]
"""https, or http on this machine; without the slash at its end."""

Sendable = Annotated[str, AfterValidator(_sendable)]
"""What an HTTP header may hold as it is."""
