"""Notices as signed requests to one address, for everything that is no e-mail: SMS, chat, a portal.

The key of a notice is the same whenever it is sent again, so that the service behind it can tell.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Mapping
from types import TracebackType
from typing import Final, Self

import httpx
from pydantic import JsonValue

from kiosk.api.client import create_client
from kiosk.api.error_bodies import read_error_body
from kiosk.api.errors import error_for_exception
from kiosk.clock import Clock
from kiosk.errors import DeliveryDelayedError, DeliveryError, SettingsError
from kiosk.notify.told import Told
from kiosk.parcels.base import format_timestamp
from kiosk.parcels.contacts import Contact
from kiosk.settings import Network
from kiosk.settings.webhook import Webhook

CONNECT_SECONDS: Final = 5.0
READ_SECONDS: Final = 30.0

_READ_BYTES: Final = 4096
"""Enough of an answer to see that it is a web page."""
_LATER: Final = frozenset({408, 425, 429})
"""Refusals that mean: not now."""


def notice_fields(told: Told, contact: Contact, *, language: str, place: str) -> dict[str, JsonValue]:
    """Return a notice as the service gets it, without what is not known; `place` is the desk's name."""
    fields: dict[str, JsonValue] = {
        "kind": told.kind.value,
        "contactId": contact.contact_id,
        "name": contact.name,
        "email": contact.email,
        "language": language,
        "place": place,
        "bank": told.bank,
        "locker": told.locker,
        "shelf": told.shelf,
        "goesBack": told.goes_back,
        "carrier": told.carrier,
        "numberEnd": told.number_end,
        "until": format_timestamp(told.until) if told.until else None,
        "code": told.code.get_secret_value() if told.code else None,
    }
    return {name: value for name, value in fields.items() if value}


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return what proves that a request comes from this desk, and when it was made."""
    return "v1=" + hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()


class WebhookPost:
    """The address for notices. It is connected to for the first one."""

    def __init__(
        self,
        settings: Webhook,
        network: Network,
        clock: Clock,
        *,
        connect_seconds: float = CONNECT_SECONDS,
        read_seconds: float = READ_SECONDS,
    ) -> None:
        self._settings = settings
        self._network = network
        self._clock = clock
        self._connect_seconds = connect_seconds
        self._read_seconds = read_seconds
        self._client: httpx.AsyncClient | None = None

    async def __aenter__(self) -> Self:
        """Connect to nothing yet."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        if self._client is not None:
            await self._client.aclose()

    async def send(self, fields: Mapping[str, JsonValue], key: str) -> int:
        """Send one notice under its key, and return the status of the answer; raises DeliveryError."""
        client = self._connected()
        # Escaped to ASCII, so that half a character is no reason to fail.
        body = json.dumps(fields).encode()
        timestamp = str(int(self._clock.now().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            "X-Kiosk-Timestamp": timestamp,
            "X-Kiosk-Signature": signature(self._settings.secret.get_secret_value(), timestamp, body),
        }
        request = client.build_request("POST", self._settings.url or "", content=body, headers=headers)
        host = request.url.host
        try:
            async with asyncio.timeout(self._connect_seconds + self._read_seconds):
                status, is_page = await _ask(client, request)
        except httpx.RequestError as error:
            failure = DeliveryDelayedError(error_for_exception(error, host).code, host=host)
        except TimeoutError:
            failure = DeliveryDelayedError("answer_not_finished", host=host)
        else:
            _raise_unless_taken(status, host, is_page=is_page)
            return status
        # Raised out here, without the cause: it holds the request, and so the code.
        raise failure

    def _connected(self) -> httpx.AsyncClient:
        if self._client is None:
            try:
                self._client = create_client(
                    [self._settings.url or ""],
                    self._network,
                    connect_seconds=self._connect_seconds,
                    read_seconds=self._read_seconds,
                )
            except SettingsError as error:
                raise DeliveryDelayedError(error.code, **error.parameters) from error
        return self._client


async def _ask(client: httpx.AsyncClient, request: httpx.Request) -> tuple[int, bool]:
    """Return the status of the answer, and whether a web page came with it."""
    response = await client.send(request, stream=True)
    try:
        head = b""
        async for piece in response.aiter_bytes():
            head += piece
            if len(head) >= _READ_BYTES:
                break
    finally:
        await response.aclose()
    is_html = response.headers.get("Content-Type", "").lower().startswith("text/html")
    return response.status_code, bool(head.strip()) and (is_html or read_error_body(head).is_page)


def _raise_unless_taken(status: int, host: str, *, is_page: bool) -> None:
    """Raise DeliveryError where the answer does not say that the notice was taken."""
    if 300 <= status < 400:
        raise DeliveryDelayedError("webhook_redirected", host=host, status=status)
    if status >= 500 or status in _LATER:
        raise DeliveryDelayedError("webhook_try_later", host=host, status=status)
    if status >= 400:
        raise DeliveryError("webhook_refused", host=host, status=status)
    if is_page:
        # A network that wants a login answers so, in the service's place.
        raise DeliveryDelayedError("webhook_answered_page", host=host, status=status)
