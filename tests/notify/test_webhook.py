"""Notices to a real web server on loopback: what it gets, and what its answers mean."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from kiosk.clock import ManualClock
from kiosk.errors import DeliveryError
from kiosk.notify.told import Told
from kiosk.notify.webhook import WebhookPost, notice_fields
from kiosk.parcels.contacts import Contact
from kiosk.parcels.notices import NoticeKind
from kiosk.settings import Network
from kiosk.settings.webhook import Webhook
from kiosk.words.errors import explain
from tests.notify.samples import CODE, PARCEL, UNTIL

SECRET = "sixteen signs at least"
CONTACT = Contact(contact_id="c-1", name="Samira Abboud", email="samira@example.com")
FIELDS = notice_fields(PARCEL, CONTACT, language="en", place="Mailroom")


@dataclass
class WebServer:
    """What it answers, and what it got."""

    status: int = 200
    body: bytes = b'{"ok": true}'
    headers: dict[str, str] = field(default_factory=dict)
    hangs: bool = False
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""
    released: threading.Event = field(default_factory=threading.Event)


@contextmanager
def running(server: WebServer) -> Iterator[WebServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            server.got.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            if server.hangs:
                server.released.wait(30)
                return
            self.send_response(server.status)
            for name, value in ({"Content-Length": str(len(server.body))} | server.headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(server.body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        server.url = f"http://127.0.0.1:{listening.server_port}/hook/"
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.released.set()
            listening.shutdown()
            thread.join()


def post_to(url: str, seconds: float = 5.0, **network: Any) -> WebhookPost:
    settings = Webhook(url=url, secret=SecretStr(SECRET))
    clock = ManualClock(UNTIL)
    return WebhookPost(settings, Network(**network), clock, connect_seconds=seconds, read_seconds=seconds)


async def failing(post: WebhookPost) -> DeliveryError:
    """Send what is not taken, and return why; neither code nor secret is told with it."""
    with pytest.raises(DeliveryError) as caught:
        await post.send(FIELDS, "notice-1")
    error = caught.value
    told = f"{error} {explain(error)} {''.join(traceback.format_exception(error))}"
    assert not [part for part in (CODE, SECRET, CONTACT.email) if part in told]
    return error


async def test_a_notice_arrives_with_its_key_and_a_signature_of_time_and_body() -> None:
    with running(WebServer(status=202)) as server:
        async with post_to(server.url) as post:
            assert await post.send(FIELDS, "notice-1") == 202
            assert await post.send(FIELDS, "notice-1") == 202
    (headers, body), again = server.got
    assert json.loads(body) == {
        "kind": "arrived",
        "contactId": "c-1",
        "name": "Samira Abboud",
        "email": "samira@example.com",
        "language": "en",
        "place": "Mailroom",
        "bank": "Lobby A",
        "locker": "12",
        "carrier": "UPS",
        "numberEnd": "5784",
        "until": "2026-12-01T23:00:00Z",
        "code": CODE,
    }
    assert headers["X-Kiosk-Timestamp"] == str(int(UNTIL.timestamp()))
    signed = f"{headers['X-Kiosk-Timestamp']}.".encode() + body
    assert headers["X-Kiosk-Signature"] == f"v1={hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()}"
    assert headers["Idempotency-Key"] == again[0]["Idempotency-Key"] == "notice-1"


def test_a_code_that_is_not_given_is_not_there() -> None:
    fields = notice_fields(Told(NoticeKind.ENDED, "1", goes_back=True), CONTACT, language="en", place="x")
    assert set(fields) == {"kind", "contactId", "name", "email", "language", "place", "goesBack", "numberEnd"}


@pytest.mark.parametrize(
    ("server", "code", "retryable"),
    [
        (WebServer(status=302, headers={"Location": "/login"}), "webhook_redirected", True),
        (WebServer(status=408), "webhook_try_later", True),
        (WebServer(status=425), "webhook_try_later", True),
        (WebServer(status=429), "webhook_try_later", True),
        (WebServer(status=500), "webhook_try_later", True),
        (WebServer(status=503, body=b"<html></html>"), "webhook_try_later", True),
        (WebServer(status=400), "webhook_refused", False),
        (WebServer(status=404, body=b"<html>not here</html>"), "webhook_refused", False),
        (WebServer(body=b"<!DOCTYPE html><title>Log in</title>"), "webhook_answered_page", True),
        (WebServer(body=b"Hello", headers={"Content-Type": "text/html; charset=utf-8"}), "webhook_answered_page", True),
        (WebServer(headers={"Content-Length": "999"}), "connection_broke", True),
    ],
)
async def test_each_answer_is_for_good_or_for_now(
    server: WebServer,
    code: str,
    retryable: bool,  # noqa: FBT001 - a row of the table
) -> None:
    with running(server):
        async with post_to(server.url) as post:
            error = await failing(post)
    assert (error.code, error.retryable) == (code, retryable)
    assert len(server.got) == 1


@pytest.mark.parametrize(
    "server",
    [
        WebServer(status=204, body=b"", headers={"Content-Type": "text/html"}),
        WebServer(body=b"ok"),
        WebServer(body=b"x" * 1_000_000),
    ],
)
async def test_any_success_that_is_no_page_is_one(server: WebServer) -> None:
    with running(server):
        async with post_to(server.url) as post:
            assert await post.send(FIELDS, "notice-1") == server.status


async def test_who_does_not_answer_is_asked_later() -> None:
    with running(WebServer(hangs=True)) as server:
        async with post_to(server.url, seconds=0.1) as post:
            error = await failing(post)
        assert (error.code, error.retryable) == ("answer_timed_out", True)
    async with post_to(server.url) as post:
        error = await failing(post)
    assert (error.code, error.retryable) == ("connection_refused", True)


async def test_a_wrong_setting_of_the_network_delays_a_notice(tmp_path: Path) -> None:
    async with post_to("https://hook.example", ca_file=tmp_path / "none.pem") as post:
        error = await failing(post)
    assert (error.code, error.parameters, error.retryable) == (
        "certificates_missing",
        {"setting": "network.ca_file"},
        True,
    )


async def test_a_timestamp_is_that_of_sending() -> None:
    clock = ManualClock(UNTIL)
    with running(WebServer()) as server:
        async with WebhookPost(Webhook(url=server.url, secret=SecretStr(SECRET)), Network(), clock) as post:
            await post.send(FIELDS, "notice-1")
            clock.advance(timedelta(minutes=5))
            await post.send(FIELDS, "notice-1")
    first, second = (int(headers["X-Kiosk-Timestamp"]) for headers, _ in server.got)
    assert second - first == 300
