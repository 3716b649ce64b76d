"""`kiosk check` tries templates, mail server and webhook, and tells what is wrong with what to do."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from tests.cli.harness import Kiosk
from tests.notify import mail_server, test_webhook
from tests.notify.mail_server import PASSWORD, USER, MailServer
from tests.notify.test_webhook import WebServer


def steps(result: Any) -> dict[str, Any]:
    return {step["name"]: step for step in result.json["steps"]}


@contextmanager
def mail_running(server: MailServer) -> Iterator[MailServer]:
    """Let a mail server run in a loop of its own, because a command has one too."""
    up, down = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        async with mail_server.running(server):
            up.set()
            await down.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    up.wait()
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(down.set)
        thread.join()
        loop.close()


@pytest.fixture
def by_mail(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Kiosk, MailServer]]:
    with mail_running(MailServer(wants_login=True)) as server:
        way = {"delivery": "smtp", "host": "127.0.0.1", "port": str(server.port), "security": "none"}
        for name, value in (way | {"user": USER, "password": PASSWORD}).items():
            monkeypatch.setenv(f"KIOSK_MAIL__{name.upper()}", value)
        yield kiosk, server


def test_in_the_demo_a_test_mail_lies_in_the_data_folder(kiosk: Kiosk) -> None:
    result = kiosk("check", "--json")
    assert result.code == 0
    assert steps(result)["mail"]["code"] == "mail_written"
    (path,) = (kiosk.data_dir / "mail").iterdir()
    assert steps(result)["mail"]["values"] == {"sentTo": "mailroom@example.com", "answer": str(path)}
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert (mail["To"], mail["Subject"]) == ("mailroom@example.com", "A parcel for you: TEST, locker TEST")
    assert steps(kiosk("check", "--json"))["storage"]["ok"] is True, "the file is private"


def test_a_test_mail_goes_to_whom_it_is_asked_for_and_the_servers_answer_is_shown(
    by_mail: tuple[Kiosk, MailServer],
) -> None:
    kiosk, server = by_mail
    result = kiosk("check", "--json", "--mail-to", "ann@example.com")
    assert result.code == 0
    values = steps(result)["mail"]["values"]
    assert values == {"sentTo": "ann@example.com", "answer": "250 OK queued as 4711"}
    assert server.recipients == ["ann@example.com"]
    assert "250 OK queued as 4711" in kiosk("check").out


@pytest.mark.parametrize(
    ("answers", "change", "code", "answer"),
    [
        ({"RCPT": "550 no <ann@example.com> here"}, {}, "address_refused", "550 no <ann@example.com> here"),
        ({"MAIL": "553 not yours"}, {}, "mail_sender_refused", "553 not yours"),
        ({}, {"PASSWORD": "wrong"}, "mail_login_refused", "535 5.7.8 Authentication credentials invalid"),
        ({}, {"SECURITY": "starttls"}, "mail_without_starttls", None),
        ({}, {"HOST": "nowhere.invalid", "SECURITY": "tls"}, "mail_host_unknown", None),
        ({}, {"PORT": "1"}, "mail_unreachable", None),
    ],
)
def test_what_keeps_a_mail_from_going_out_is_told_with_what_to_do(
    by_mail: tuple[Kiosk, MailServer],
    monkeypatch: pytest.MonkeyPatch,
    answers: dict[str, str],
    change: dict[str, str],
    code: str,
    answer: str | None,
) -> None:
    kiosk, server = by_mail
    server.answers |= answers
    for name, value in change.items():
        monkeypatch.setenv(f"KIOSK_MAIL__{name}", value)
    result = kiosk("check", "--json", "--mail-to", "ann@example.com")
    assert result.code == 1
    step = steps(result)["mail"]
    assert (step["ok"], step["code"], step["values"].get("answer")) == (False, code, answer)
    said = kiosk("check").out
    assert re.search("^failed +mail +[A-Z]", said, re.MULTILINE)
    assert PASSWORD not in result.out + said


def test_a_template_that_can_not_be_used_fails_its_step_only(
    kiosk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "fr.toml").write_text('greeting = "Bonjour $nom,"')
    monkeypatch.setenv("KIOSK_NOTICES__TEMPLATES", str(folder))
    result = kiosk("check", "--json")
    assert (steps(result)["templates"]["code"], steps(result)["mail"]["ok"]) == ("template_unknown_field", True)
    assert "greeting has a field $nom, which is unknown there" in kiosk("check").out
    (folder / "fr.toml").unlink()
    monkeypatch.setenv("KIOSK_NOTICES__LANGUAGE", "nl")
    assert steps(kiosk("check", "--json"))["templates"]["code"] == "language_unknown"
    (folder / "nl.toml").write_text('greeting = "Dag $name,"')
    assert steps(kiosk("check", "--json"))["templates"]["values"] == {"languages": "de en es fr nl"}


def test_without_channels_nothing_is_tried(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_NOTICES__CHANNELS", "")
    result = kiosk("check", "--json")
    assert {name: steps(result)[name]["ok"] for name in ("templates", "mail", "webhook")} == {
        "templates": None,
        "mail": None,
        "webhook": None,
    }
    assert not (kiosk.data_dir / "mail").exists()


def test_the_webhook_gets_a_test_notice_and_its_answer_is_shown(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_NOTICES__CHANNELS", "mail, webhook")
    monkeypatch.setenv("KIOSK_WEBHOOK__SECRET", "sixteen signs at least")
    with test_webhook.running(WebServer(status=201)) as server:
        monkeypatch.setenv("KIOSK_WEBHOOK__URL", server.url)
        result = kiosk("check", "--json")
        assert steps(result)["webhook"]["values"] == {"webhookUrl": server.url, "answer": "201"}
        assert b'"kind": "test"' in server.got[0][1]
        server.body = b"<html>Log in</html>"
        result = kiosk("check", "--json")
    assert (result.code, steps(result)["webhook"]["code"]) == (1, "webhook_answered_page")
    assert "sixteen signs" not in result.out
