"""A real mail server on loopback that answers as a test says, hangs up, or says nothing any more."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

DROP, HANG = "drop", "hang"
AFTER_DATA = "after DATA"
USER, PASSWORD = "desk", "Geheim-7"


@dataclass
class MailServer:
    """What the server does, and what it took."""

    answers: dict[str, str] = field(default_factory=dict)
    """By the command, or by the command and what is behind it (`RCPT x@example.com`): an answer, DROP or HANG."""
    certificate: ssl.SSLContext | None = None
    tls_at_once: bool = False
    wants_login: bool = False
    port: int = 0
    """0: any that is free."""
    taken: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    lines: list[SMTP] = field(default_factory=list)

    def answer_to(self, command: str, address: str = "") -> str | None:
        """Return what is answered instead of what a server would say; None: nothing else."""
        return self.answers.get(f"{command} {address}") or self.answers.get(command)

    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(each, policy=policy.default) for each in self.taken]

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        assert isinstance(envelope.original_content, bytes)
        self.taken.append(envelope.original_content)
        self.recipients += envelope.rcpt_tos
        answer = self.answer_to(AFTER_DATA) or "250 OK queued as 4711"
        if answer in {DROP, HANG}:
            await _break_off(server, answer)
        return answer


class _Line(SMTP):
    """One connection."""

    def __init__(self, server: MailServer, **options: Any) -> None:
        super().__init__(server, hostname="mail.example", **options)
        self._script = server
        server.lines.append(self)
        self._smtp_methods = {name: partial(self._run, name, method) for name, method in self._smtp_methods.items()}

    async def push(self, status: Any) -> None:
        if str(status).startswith("220 mail.example") and (greeting := self._script.answer_to("GREETING")):
            if greeting in {DROP, HANG}:
                await _break_off(self, greeting)
            status = greeting
        await super().push(status)

    async def _run(self, name: str, method: Any, argument: str) -> None:
        address = argument.partition("<")[2].partition(">")[0] if argument else ""
        answer = self._script.answer_to(name, address)
        if answer in {DROP, HANG}:
            await _break_off(self, answer)
        elif answer:
            await self.push(answer)
        else:
            await method(argument)


async def _break_off(line: SMTP, how: str) -> None:
    if how == HANG:
        await asyncio.Event().wait()
    _cut(line)


def _cut(line: SMTP) -> None:
    if isinstance(line.transport, asyncio.WriteTransport):
        line.transport.abort()


def _login(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any) -> AuthResult:
    # Not handled: the server itself says that a login was wrong.
    return AuthResult(success=(data.login, data.password) == (USER.encode(), PASSWORD.encode()), handled=False)


@asynccontextmanager
async def running(server: MailServer) -> AsyncIterator[MailServer]:
    """Let the server take mails on a port of its own."""
    options: dict[str, Any] = {"auth_require_tls": False}
    if server.wants_login:
        options |= {"authenticator": _login}
    if server.certificate and not server.tls_at_once:
        options |= {"tls_context": server.certificate}
    at_once = server.certificate if server.tls_at_once else None
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(
        lambda: _Line(server, loop=loop, **options), "127.0.0.1", server.port, ssl=at_once
    )
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        for line in server.lines:
            _cut(line)
        tasks = [line._handler_coroutine for line in server.lines if line._handler_coroutine]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


_NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


def authority(folder: Path) -> Path:
    """Make a certificate authority and return the file with its certificate."""
    own = ("-keyout", str(folder / "authority.key"), "-out", str(folder / "authority.pem"))
    _openssl("req", "-x509", *_NEW_KEY, "-subj", "/CN=Test authority", "-days", "30", *own)
    return folder / "authority.pem"


def certificate(folder: Path, *, name: str = "IP:127.0.0.1", days: int = 30) -> ssl.SSLContext:
    """Make a certificate that the authority in the folder signed, and return what a server speaks TLS by."""
    key, request, signed = (str(folder / f"server.{ending}") for ending in ("key", "csr", "pem"))
    about = folder / "about"
    about.write_text(f"subjectAltName={name}\nauthorityKeyIdentifier=keyid\n")
    _openssl("req", *_NEW_KEY, "-keyout", key, "-subj", "/CN=mail", "-out", request)
    by = ("-CA", str(folder / "authority.pem"), "-CAkey", str(folder / "authority.key"), "-CAcreateserial")
    _openssl("x509", "-req", "-in", request, *by, "-days", str(days), "-extfile", str(about), "-out", signed)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(signed, key)
    return context


def _openssl(*arguments: str) -> None:
    command = ("openssl", *arguments)
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - fixed words
