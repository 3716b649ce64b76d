"""Mails to a mail server: one connection for several. What its errors mean is in `smtp_errors.py`."""

from __future__ import annotations

import os
import re
import socket
import ssl
from contextlib import suppress
from types import TracebackType
from typing import Final, Self

from aiosmtplib import SMTP, SMTPException, SMTPResponseException, SMTPTimeoutError

from kiosk.api.network import authorities, trusting
from kiosk.clock import Clock
from kiosk.errors import DeliveryDelayedError, DeliveryError, SettingsError
from kiosk.notify.envelope import Envelope, mail_of
from kiosk.notify.smtp_errors import failure_of
from kiosk.settings import Network
from kiosk.settings.mail import PORTS, Mail, Security

CONNECT_SECONDS: Final = 5.0
COMMAND_SECONDS: Final = 30.0

_LOST: Final = (SMTPException, OSError, UnicodeError)
"""What aiosmtplib raises; wrong certificates and broken lines are OSErrors, endless names UnicodeErrors."""


class SmtpPost:
    """The mail server. It is connected to for the first mail, and again where the line was lost."""

    def __init__(
        self,
        settings: Mail,
        network: Network,
        clock: Clock,
        *,
        place: str,
        connect_seconds: float = CONNECT_SECONDS,
        command_seconds: float = COMMAND_SECONDS,
    ) -> None:
        self._settings = settings
        self._network = network
        self._clock = clock
        self._place = place
        self._connect_seconds = connect_seconds
        self._command_seconds = command_seconds
        self._client: SMTP | None = None
        self._no_way: DeliveryError | None = None
        """Why there is no connection to be had; nobody waits for it once more."""
        self.is_stuck = False

    async def __aenter__(self) -> Self:
        """Connect to nothing yet."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Say goodbye to the server."""
        if self._client is not None:
            with suppress(*_LOST):
                if error is None:
                    await self._client.quit()
            self._client.close()

    async def send(self, envelope: Envelope) -> str:
        """Send one mail and return the server's answer; raises DeliveryError. One that fails costs no other."""
        mail = mail_of(envelope, self._settings, place=self._place, now=self._clock.now())
        client = await self._connected()
        taking_over = False
        try:
            await client.mail(self._settings.sender)
            await client.rcpt(envelope.address.strip())
            taking_over = True
            taken = await client.data(mail)
        except _LOST as error:
            failure = failure_of(error, self._settings, taking_over=taking_over)
            await self._begin_anew(client, error)
        else:
            return f"{taken.code} {taken.message}"
        # Raised out here, without the cause: it quotes the address.
        raise failure

    async def _begin_anew(self, client: SMTP, error: Exception) -> None:
        """Make the connection ready for the next mail, or close it."""
        if isinstance(error, SMTPTimeoutError):
            self._no_way, self.is_stuck = failure_of(error, self._settings), True
        if isinstance(error, SMTPResponseException) and error.code > 0:
            with suppress(*_LOST):
                await client.rset()
                return
        client.close()

    async def _connected(self) -> SMTP:
        if self._no_way is not None:
            raise self._no_way
        if self._client is not None and self._client.is_connected:
            return self._client
        try:
            self._client = await self._connect()
        except SettingsError as error:
            self._no_way = DeliveryDelayedError(error.code, **error.parameters)
        except DeliveryDelayedError as error:
            self._no_way = error
        else:
            return self._client
        raise self._no_way

    async def _connect(self) -> SMTP:
        settings = self._settings
        client = SMTP(
            hostname=settings.host,
            port=settings.port or PORTS[settings.security],
            local_hostname=_own_name(),
            timeout=self._command_seconds,
            use_tls=settings.security is Security.TLS,
            start_tls=False,
            tls_context=None if settings.security is Security.NONE else self._certificates(),
        )
        try:
            await client.connect(timeout=self._connect_seconds)
            if settings.security is Security.STARTTLS:
                await self._secure(client)
            if settings.user:
                await self._log_in(client)
        except _LOST as error:
            failure = failure_of(error, self._settings)
        except DeliveryDelayedError:
            client.close()
            raise
        else:
            return client
        client.close()
        raise failure

    def _certificates(self) -> ssl.SSLContext:
        if self._settings.ca_file:
            return trusting("mail.ca_file", str(self._settings.ca_file))
        return trusting(*authorities(self._network, os.environ))

    async def _secure(self, client: SMTP) -> None:
        await client.ehlo()
        if not client.supports_extension("starttls"):
            raise DeliveryDelayedError("mail_without_starttls", host=self._settings.host)
        await client.starttls()

    async def _log_in(self, client: SMTP) -> None:
        await client.ehlo()
        if not client.supported_auth_methods:
            raise DeliveryDelayedError("mail_login_not_offered", host=self._settings.host)
        # As bytes, because as texts they would have to be ASCII.
        await client.login(self._settings.user.encode(), self._settings.password.get_secret_value().encode())


def _own_name() -> str:
    """Return what this machine calls itself towards the server; asking DNS for more could take minutes."""
    name = socket.gethostname()
    return name if re.fullmatch(r"[A-Za-z0-9.-]+", name) else "localhost"
