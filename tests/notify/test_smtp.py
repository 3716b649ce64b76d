"""Mails to a real server on loopback: what it takes, refuses, breaks off, and what is said of it."""

from __future__ import annotations

import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from pydantic import SecretStr

from kiosk.clock import ManualClock
from kiosk.errors import DeliveryError
from kiosk.notify.envelope import Envelope
from kiosk.notify.letter import write_letter
from kiosk.notify.smtp import SmtpPost
from kiosk.notify.wording import wording_in
from kiosk.settings import Network
from kiosk.settings.mail import Mail, Security
from kiosk.words.errors import explain
from tests.notify.mail_server import AFTER_DATA, DROP, HANG, PASSWORD, USER, MailServer, authority, certificate, running
from tests.notify.samples import CODE, PARCEL, UNTIL

ANN, BOB = "ann@example.com", "bob@example.com"
LETTER = write_letter([PARCEL], wording_in("en", None), name="Ann Exampleton", place="Mailroom")


def to(address: str, number: int = 1) -> Envelope:
    return Envelope(address, f"<notice-{number}@kiosk.example>", LETTER)


@asynccontextmanager
async def post_to(server: MailServer, *, seconds: float = 5.0, **settings: Any) -> AsyncIterator[SmtpPost]:
    way = {"host": "127.0.0.1", "port": server.port, "sender": "desk@example.com", "security": Security.NONE}
    mail, clock = Mail.model_validate(way | settings), ManualClock(UNTIL)
    post = SmtpPost(mail, Network(), clock, place="Mailroom, 1", connect_seconds=seconds, command_seconds=seconds)
    async with post:
        yield post


async def failing(post: SmtpPost, envelope: Envelope) -> DeliveryError:
    """Send what can't be sent, and return why; nobody's address is told with it."""
    with pytest.raises(DeliveryError) as caught:
        await post.send(envelope)
    error = caught.value
    said = explain(error)
    assert said.hint
    told = f"{error} {said} {''.join(traceback.format_exception(error, chain=True))}"
    assert envelope.address.strip() == "" or envelope.address not in told
    assert PASSWORD not in told
    return error


async def test_a_mail_arrives_whole_with_the_code_to_scan() -> None:
    async with running(MailServer()) as server, post_to(server, reply_to="help@example.com") as post:
        assert await post.send(to(f" {ANN} ")) == "250 OK queued as 4711"
    (mail,) = server.mails()
    assert server.recipients == [ANN]
    assert mail["From"].addresses[0].display_name == "Mailroom, 1"
    assert {
        name: str(mail[name]) for name in ("To", "Reply-To", "Subject", "Message-ID", "Auto-Submitted", "Date")
    } == {
        "To": ANN,
        "Reply-To": "help@example.com",
        "Subject": "A parcel for you: Lobby A, locker 12",
        "Message-ID": "<notice-1@kiosk.example>",
        "Auto-Submitted": "auto-generated",
        "Date": "Tue, 01 Dec 2026 23:00:00 +0000",
    }
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n") == LETTER.text
    assert html.get_content().replace("\r\n", "\n") == LETTER.html
    (picture,) = (part for part in mail.walk() if part.get_content_type() == "image/png")
    assert f"cid:{picture['Content-ID'][1:-1]}" in LETTER.html
    (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(picture.get_content())))
    assert found.text == CODE


async def test_several_mails_share_one_connection_and_a_wrong_address_costs_only_itself() -> None:
    server = MailServer({f"RCPT {BOB}": "550 5.1.1 No such user <bob@example.com>"})
    async with running(server), post_to(server) as post:
        await post.send(to(ANN, 1))
        error = await failing(post, to(BOB, 2))
        await post.send(to(ANN, 3))
        for wrong in ("ann@", "a\nb@c.example", "Ann <ann@example.com>", "ann@example.com, bob@example.com"):
            assert (await failing(post, to(wrong))).code == "address_is_none"
        for nothing in ("", " "):
            assert (await failing(post, to(nothing))).code == "no_address"
        await post.send(to(ANN, 4))
    assert (error.code, error.parameters, error.retryable) == ("address_refused", {"status": 550}, False)
    assert error.answer.startswith("550 5.1.1 No such user")
    assert [mail["Message-ID"][8:9] for mail in server.mails()] == ["1", "3", "4"]
    assert len(server.lines) == 1


@pytest.mark.parametrize(
    ("command", "answer", "code", "retryable"),
    [
        ("GREETING", "554 no service", "mail_server_refused", True),
        ("GREETING", "421 too busy", "try_later", True),
        ("GREETING", "hello", "mail_broke", True),
        ("MAIL", "550 not you", "mail_sender_refused", True),
        ("MAIL", "451 later", "try_later", True),
        ("RCPT", "550 nobody", "address_refused", False),
        ("RCPT", "451 greylisted", "try_later", True),
        ("RCPT", "421 closing", "try_later", True),
        ("DATA", "554 no", "message_refused", False),
        ("DATA", "451 later", "try_later", True),
        (AFTER_DATA, "552 too large", "message_refused", False),
        (AFTER_DATA, "451 disk full", "try_later", True),
        ("RCPT", "what?", "mail_broke", True),
        (AFTER_DATA, "what?", "mail_in_doubt", True),
    ],
)
async def test_each_refusal_is_for_good_or_for_now_and_the_next_mail_goes_out(
    command: str,
    answer: str,
    code: str,
    retryable: bool,  # noqa: FBT001 - a row of the table
) -> None:
    server = MailServer({command: answer})
    async with running(server), post_to(server) as post:
        error = await failing(post, to(ANN))
        assert (error.code, error.retryable) == (code, retryable)
        if answer[0].isdigit():
            assert error.answer == answer
        if command != "GREETING":
            server.answers.clear()
            await post.send(to(BOB))
            assert server.recipients[-1] == BOB


@pytest.mark.parametrize("command", ["GREETING", "EHLO", "MAIL", "RCPT", "DATA", AFTER_DATA])
async def test_a_line_that_breaks_is_made_anew_for_the_next_mail(command: str) -> None:
    server = MailServer({command: DROP})
    async with running(server), post_to(server) as post:
        error = await failing(post, to(ANN))
        assert error.code == ("mail_in_doubt" if command in {"DATA", AFTER_DATA} else "mail_broke")
        assert error.retryable
        server.answers.clear()
        if command != "GREETING":
            await post.send(to(BOB))
            assert server.recipients[-1] == BOB


@pytest.mark.parametrize("command", ["GREETING", "EHLO", "RCPT", AFTER_DATA])
async def test_a_server_that_says_nothing_is_waited_for_once(command: str) -> None:
    server = MailServer({command: HANG})
    async with running(server), post_to(server, seconds=0.1) as post:
        error = await failing(post, to(ANN, 1))
        again = await failing(post, to(BOB, 2))
    assert error.code == ("mail_in_doubt" if command == AFTER_DATA else "mail_silent")
    assert (again.code, again.retryable) == ("mail_silent", True)
    assert post.is_stuck is (command != "GREETING")
    assert len(server.lines) == 1


async def test_a_mail_in_doubt_goes_out_again_as_the_same_mail() -> None:
    server = MailServer({AFTER_DATA: DROP})
    async with running(server):
        for _ in range(2):
            async with post_to(server) as post:
                if server.answers:
                    await failing(post, to(ANN))
                    server.answers.clear()
                else:
                    await post.send(to(ANN))
    assert [mail["Message-ID"] for mail in server.mails()] == ["<notice-1@kiosk.example>"] * 2


async def test_nobody_listens_and_nobody_is_there() -> None:
    async with running(MailServer()) as server:
        pass
    async with post_to(server) as post:
        assert (await failing(post, to(ANN))).code == "mail_unreachable"
        assert (await failing(post, to(BOB))).code == "mail_unreachable"
    for host in ("nowhere.invalid", "a" * 70 + ".example"):
        unknown = SmtpPost(Mail(host=host, sender=ANN), Network(), ManualClock(UNTIL), place="x")
        assert (await failing(unknown, to(BOB))).code == "mail_host_unknown"


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an authority of ours."""
    folder = tmp_path_factory.mktemp("authority")
    authority(folder)
    return folder


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
async def test_an_own_authority_is_trusted_only_where_it_is_named(ours: Path, security: Security) -> None:
    server = MailServer(certificate=certificate(ours), tls_at_once=security is Security.TLS, wants_login=True)
    login: dict[str, Any] = {"user": USER, "password": SecretStr(PASSWORD)}
    async with running(server):
        async with post_to(server, security=security, ca_file=ours / "authority.pem", **login) as post:
            await post.send(to(ANN))
        async with post_to(server, security=security, **login) as post:
            error = await failing(post, to(BOB))
    assert error.code == "mail_certificate_wrong"
    assert server.recipients == [ANN]


@pytest.mark.parametrize(
    ("name", "days", "why"), [("IP:127.0.0.1", 0, "expired"), ("DNS:other.example", 30, "mismatch")]
)
@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
async def test_a_certificate_that_is_over_or_another_hosts_is_refused(
    ours: Path, security: Security, name: str, days: int, why: str
) -> None:
    context = certificate(ours, name=name, days=days)
    server = MailServer(certificate=context, tls_at_once=security is Security.TLS)
    async with running(server), post_to(server, security=security, ca_file=ours / "authority.pem") as post:
        error = await failing(post, to(ANN))
    assert (error.code, error.retryable) == ("mail_certificate_wrong", True)
    assert why in str(error.parameters["text"])


async def test_a_server_without_the_security_that_is_set_gets_no_mail(ours: Path) -> None:
    async with running(MailServer()) as server:
        async with post_to(server, security=Security.STARTTLS, ca_file=ours / "authority.pem") as post:
            assert (await failing(post, to(ANN))).code == "mail_without_starttls"
        async with post_to(server, security=Security.TLS, ca_file=ours / "authority.pem") as post:
            assert (await failing(post, to(ANN))).code == "mail_tls_failed"
        async with post_to(server, security=Security.TLS, ca_file=ours / "nothing.pem") as post:
            error = await failing(post, to(ANN))
    assert (error.code, error.parameters, error.retryable) == (
        "certificates_missing",
        {"setting": "mail.ca_file"},
        True,
    )
    assert not server.taken


async def test_a_login_is_refused_or_not_offered() -> None:
    async with running(MailServer(wants_login=True)) as server:
        async with post_to(server, user=USER, password=SecretStr("wrong")) as post:
            error = await failing(post, to(ANN))
        server.answers["AUTH"] = "454 later"
        async with post_to(server, user=USER, password=SecretStr(PASSWORD)) as post:
            later = await failing(post, to(ANN))
    assert (error.code, error.parameters.get("status"), error.retryable) == ("mail_login_refused", 535, True)
    assert later.code == "try_later"
    server = MailServer({"EHLO": "250 mail.example"})
    async with running(server), post_to(server, user=USER, password=SecretStr(PASSWORD)) as post:
        assert (await failing(post, to(ANN))).code == "mail_login_not_offered"
