"""What a client needs to know of the machine's surroundings: the proxy on the way, and whose certificates are trusted.

The only place that reads the variables for both; httpx is told not to. A value that can't be used is a SettingsError
that names its variable or setting and never quotes it, because the address of a proxy may hold a password.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
from certifi import where

from kiosk.errors import SettingsError
from kiosk.settings.network import NO_PROXY, PROXY_OF_ENVIRONMENT, Network, is_proxy_address
from kiosk.settings.web import host_of, is_on_this_machine

NO_ANSWER: Final = "no answer"
"""The text of a ProxyError where the proxy hung up or kept silent while it was asked to connect."""


@dataclass(frozen=True)
class Proxy:
    """The proxy for an address, and the setting or the variable that says so."""

    setting: str
    address: str = field(repr=False)
    """With name and password, where it has them."""

    @property
    def host(self) -> str:
        """Where it is, without name and password."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def proxy_for(url: str, network: Network, environ: Mapping[str, str]) -> Proxy | None:
    """Return the proxy that an address is asked through; None where it is asked directly.

    Raises SettingsError where the proxy can't be used.
    """
    if network.proxy == NO_PROXY or is_on_this_machine(url):
        return None
    if network.proxy != PROXY_OF_ENVIRONMENT:
        return _usable(Proxy("network.proxy", network.proxy))
    if any(_is_meant(url, entry) for entry in _read(environ, "NO_PROXY")[1].replace(",", " ").split()):
        return None
    # http is for this machine only, so that HTTP_PROXY has no say.
    for name in ("HTTPS_PROXY", "ALL_PROXY"):
        variable, address = _read(environ, name)
        if address:
            return _usable(Proxy(variable, address if "://" in address else f"http://{address}"))
    return None


def _usable(proxy: Proxy) -> Proxy:
    """Return a proxy that httpx takes; raises SettingsError for any other."""
    try:
        is_readable = is_proxy_address(proxy.address) and bool(httpx.Proxy(proxy.address).url.host)
    except (ValueError, httpx.InvalidURL):
        is_readable = False
    # Raised out here, without the cause: it quotes the address.
    if not is_readable:
        raise SettingsError("proxy_unreadable", setting=proxy.setting)
    if proxy.address.startswith("socks") and find_spec("socksio") is None:
        raise SettingsError("proxy_needs_socks", setting=proxy.setting)
    return proxy


def _read(environ: Mapping[str, str], name: str) -> tuple[str, str]:
    """Return a variable as it is spelled here, and its value; like everywhere, small letters win, also if empty."""
    spelling = name.lower() if name.lower() in environ else name
    return spelling, environ.get(spelling, "").strip()


def _is_meant(url: str, entry: str) -> bool:
    """Tell whether an entry of NO_PROXY is about an address: a host, what is below it, its port, a network, or `*`."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or 443
    with suppress(ValueError):
        return ip_address(host) in ip_network(entry.strip("[]"), strict=False)
    name, _, wanted = entry.lower().rpartition("://")[2].partition(":")
    name = name.removeprefix("*").removeprefix(".")
    if entry != "*" and (not name or (wanted and wanted != str(port))):
        return False
    return not name or host == name or host.endswith(f".{name}")


class _ByProxy(httpx.AsyncHTTPTransport):
    """Connects through a proxy, and raises ProxyError for what failed before the request itself was begun."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        only_proxy_asked = False

        async def follow(_: str, info: Mapping[str, Any]) -> None:
            nonlocal only_proxy_asked
            # httpcore names the request that it is about to send. Without a name it is unsure, which means in doubt.
            if "request" in info:
                only_proxy_asked = info["request"].method == b"CONNECT"

        request.extensions = {**request.extensions, "trace": follow}
        try:
            return await super().handle_async_request(request)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise httpx.ProxyError("not reached", request=request) from error
        except httpx.TransportError as error:
            if only_proxy_asked and not isinstance(error, httpx.ProxyError):
                raise httpx.ProxyError(NO_ANSWER, request=request) from error
            raise


def ways_by_proxy(
    urls: Iterable[str],
    network: Network,
    environ: Mapping[str, str],
    *,
    certificates: ssl.SSLContext,
    limits: httpx.Limits,
) -> dict[str, httpx.AsyncBaseTransport]:
    """Return httpx's mounts for those addresses that are asked through a proxy; raises SettingsError."""
    ways: dict[str, httpx.AsyncBaseTransport] = {}
    for url in urls:
        proxy = proxy_for(url, network, environ)
        if proxy is None or host_of(url) in ways:
            continue
        # httpcore takes a context for a proxy that speaks TLS itself, and for no other.
        own = certificates if proxy.address.startswith("https:") else None
        way = httpx.Proxy(proxy.address, ssl_context=own)
        ways[host_of(url)] = _ByProxy(verify=certificates, trust_env=False, limits=limits, proxy=way)
    return ways


def certificates_for(urls: Iterable[str], network: Network, environ: Mapping[str, str]) -> ssl.SSLContext:
    """Return what certificates are verified by; raises SettingsError where its authorities can't be read.

    Where every address is plain http nobody is trusted: should an https address get there after all, its certificate is
    refused. Reading the authorities takes 20 ms, and the simulator on this machine has no certificate.
    """
    if not any(urlsplit(url).scheme == "https" for url in urls):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return trusting(*authorities(network, environ))


def trusting(source: str, path: str) -> ssl.SSLContext:
    """Return what certificates of these authorities are verified by; raises SettingsError where they can't be read.

    `source` is the setting or the variable that names the path.
    """
    # Not ssl.create_default_context: that also writes the keys of connections to where SSLKEYLOGFILE says.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if source == "SSL_CERT_DIR":
        context.load_verify_locations(capath=_folder_of_certificates(path))
        return context
    try:
        if not Path(path).is_file():  # a pipe would be waited for
            raise SettingsError("certificates_missing", setting=source)
        context.load_verify_locations(cafile=path)
    except ssl.SSLError as error:
        raise SettingsError("certificates_unreadable", setting=source) from error
    except OSError as error:
        raise SettingsError("certificates_missing", setting=source) from error
    return context


def authorities(network: Network, environ: Mapping[str, str]) -> tuple[str, str]:
    """Return which authorities are trusted: the setting or variable that says so, empty for our own, and the path."""
    if network.ca_file:
        return "network.ca_file", str(network.ca_file)
    for variable in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        if environ.get(variable):
            return variable, environ[variable]
    return "", where()


def _folder_of_certificates(path: str) -> str:
    """Return the path of a folder, or of several with `:` between them, if OpenSSL finds certificates there."""
    # OpenSSL is content with any path, and trusts nobody then; it looks for names such as 9d04f354.0.
    for folder in filter(None, path.split(":")):
        with suppress(OSError):
            if any(re.fullmatch(r"[0-9a-f]{8}\.\d+", entry.name) for entry in Path(folder).iterdir()):
                return path
    raise SettingsError("certificates_not_hashed", setting="SSL_CERT_DIR")
