"""The channels as the follower of the journal uses them: each recipient in their language, each failure by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partialmethod
from pathlib import Path

import pytest
from pydantic import SecretStr

from kiosk.clock import ManualClock
from kiosk.errors import DeliveryError
from kiosk.notify.message import Message, Sender
from kiosk.notify.senders import senders_of
from kiosk.notify.smtp import SmtpPost
from kiosk.notify.told import Told
from kiosk.parcels.contacts import Contact
from kiosk.parcels.states import Channel, NoticeKind
from kiosk.settings import Settings, load_settings
from tests.journal.book import START
from tests.notify.mail_server import HANG, MailServer, running

ANN = Contact(contact_id="c1", name="Ann Smith", email="ann@example.com")
JEAN = Contact(contact_id="c2", name="Jean Petit", email="jean@example.com", language="fr")
NOBODY = Contact(contact_id="c3", name="No Address")
TOLD = (Told(NoticeKind.ARRIVED, "4321", bank="Lobby", locker="7", code=SecretStr("NR8PBW")),)


def settings_for(folder: Path, **environ: str) -> Settings:
    return load_settings(environ={"KIOSK_STORAGE__DATA_DIR": str(folder), **environ})


def by_smtp(port: int) -> dict[str, str]:
    return {
        "KIOSK_MAIL__DELIVERY": "smtp",
        "KIOSK_MAIL__HOST": "127.0.0.1",
        "KIOSK_MAIL__PORT": str(port),
        "KIOSK_MAIL__SECURITY": "none",
    }


def plain_text(mail: EmailMessage) -> str:
    return str(next(part.get_content() for part in mail.walk() if part.get_content_type() == "text/plain"))


async def sent(sender: Sender, *contacts: Contact) -> list[DeliveryError | None]:
    messages = [Message(f"m{place}", contact, TOLD) for place, contact in enumerate(contacts)]
    return [error async for _, error in sender.send(one_by_one(messages))]


async def one_by_one(messages: Iterable[Message]) -> AsyncIterator[Message]:
    for message in messages:
        yield message


async def test_mails_go_out_in_each_recipients_language_and_one_without_an_address_costs_no_other(
    tmp_path: Path,
) -> None:
    sender = senders_of(settings_for(tmp_path), ManualClock(START))[Channel.MAIL]
    codes = [error and error.code for error in await sent(sender, ANN, NOBODY, JEAN)]
    assert codes == [None, "no_address", None]
    mails = [
        message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted((tmp_path / "mail").iterdir())
    ]
    assert {mail["Message-ID"] for mail in mails} == {"<m0@example.com>", "<m2@example.com>"}
    by_address = {mail["To"]: plain_text(mail) for mail in mails}
    assert "Hello Ann Smith" in by_address[ANN.email]
    assert "Bonjour Jean Petit" in by_address[JEAN.email]
    assert all("NR8 PBW" in text for text in by_address.values())
    assert {mail["To"]: mail["Content-Language"] for mail in mails} == {ANN.email: "en", JEAN.email: "fr"}


async def test_a_department_is_not_told_to_wait_for_a_code(tmp_path: Path) -> None:
    sender = senders_of(settings_for(tmp_path), ManualClock(START))[Channel.MAIL]
    told = Told(NoticeKind.ARRIVED, "4321", bank="Lobby", locker="7", opens_by_code=False)
    assert [error async for _, error in sender.send(one_by_one([Message("m1", ANN, (told,))]))] == [None]
    (path,) = (tmp_path / "mail").iterdir()
    text = plain_text(message_from_bytes(path.read_bytes(), policy=policy.default))
    assert "Lobby, locker 7" in text
    assert "code" not in text


@pytest.mark.parametrize("channels", ["mail", "webhook", "mail,webhook"])
def test_only_the_channels_of_the_settings_are_there(tmp_path: Path, channels: str) -> None:
    settings = settings_for(
        tmp_path,
        KIOSK_NOTICES__CHANNELS=channels,
        KIOSK_WEBHOOK__URL="https://gateway.example/notices",
        KIOSK_WEBHOOK__SECRET="sixteen signs or more",
    )
    assert ",".join(senders_of(settings, ManualClock(START))) == channels


async def test_a_mail_that_gets_no_answer_is_tried_alone_and_those_behind_it_another_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SmtpPost, "__init__", partialmethod(SmtpPost.__init__, command_seconds=0.1))
    async with running(MailServer({f"RCPT {ANN.email}": HANG})) as server:
        sender = senders_of(settings_for(tmp_path, **by_smtp(server.port)), ManualClock(START))[Channel.MAIL]
        codes = [error and error.code for error in await sent(sender, JEAN, ANN, JEAN)]
        assert codes == [None, "mail_silent"]
        assert await sent(sender, JEAN) == [None]


async def test_a_mail_server_that_is_not_there_delays_every_mail(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, **by_smtp(1))
    errors = await sent(senders_of(settings, ManualClock(START))[Channel.MAIL], ANN, JEAN)
    assert [error is not None and error.retryable for error in errors] == [True, True]
