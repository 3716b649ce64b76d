"""Mails in a folder: whole, private, and named so that they can be told apart."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kiosk.clock import ManualClock
from kiosk.errors import DeliveryError
from kiosk.notify.envelope import Envelope, mail_of
from kiosk.notify.folder import FolderPost
from kiosk.notify.letter import write_letter
from kiosk.notify.told import Told
from kiosk.notify.wording import languages, wording_in
from kiosk.plain_text import plain
from kiosk.settings.mail import Mail
from tests.notify.samples import PARCEL, UNTIL, anything, parcels

LETTER = write_letter([PARCEL], wording_in("en", None), name="Ann", place="Mailroom")
SENDER = Mail(sender="desk@example.com")


def post_in(folder: Path) -> FolderPost:
    return FolderPost(folder, SENDER, ManualClock(UNTIL), place="Mailroom")


async def test_a_mail_is_a_private_file_named_by_time_and_message_id(tmp_path: Path) -> None:
    async with post_in(tmp_path / "data") as post:
        written = await post.send(Envelope("ann@example.com", "<notice/../1@kiosk.example>", LETTER))
    (path,) = (tmp_path / "data" / "mail").iterdir()
    assert str(path) == written
    assert path == tmp_path / "data" / "mail" / "20261201T230000.000000Z-notice..1@kiosk.example.eml"
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert (mail["To"], mail["Message-ID"]) == ("ann@example.com", "<notice/../1@kiosk.example>")


async def test_a_draft_that_was_left_behind_is_neither_kept_nor_followed(tmp_path: Path) -> None:
    (tmp_path / "mail").mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("stays")
    (tmp_path / "mail" / "20261201T230000.000000Z-n@x.part").symlink_to(elsewhere)
    await post_in(tmp_path).send(Envelope("ann@example.com", "<n@x>", LETTER))
    assert elsewhere.read_text() == "stays"
    assert [path.suffix for path in (tmp_path / "mail").iterdir()] == [".eml"]


async def test_a_folder_that_can_not_be_written_to_is_told_and_tried_again(tmp_path: Path) -> None:
    (tmp_path / "mail").touch()
    with pytest.raises(DeliveryError, match="mail_folder_unusable") as caught:
        await post_in(tmp_path).send(Envelope("ann@example.com", "<n@x>", LETTER))
    assert caught.value.retryable
    with pytest.raises(DeliveryError, match="no_address"):
        await post_in(tmp_path).send(Envelope("", "<n@x>", LETTER))


@settings(deadline=None, max_examples=200, phases=(Phase.generate,))
@given(st.lists(parcels, min_size=1, max_size=3), st.sampled_from(languages(None)), anything, anything)
def test_nothing_from_outside_becomes_a_header_of_a_mail(
    told: list[Told], language: str, name: str, place: str
) -> None:
    letter = write_letter(told, wording_in(language, None), name=name, place=place)
    raw = mail_of(Envelope("ann@example.com", "<n@x>", letter), SENDER, place=place, now=UNTIL)
    head = raw.partition(b"\r\n\r\n")[0]
    assert all(len(line) <= 78 for line in head.split(b"\r\n"))
    assert re.findall(rb"^([\w-]+):", head, re.MULTILINE) == [
        b"From", b"Subject", b"To", b"Date", b"Message-ID", b"Auto-Submitted", b"MIME-Version", b"Content-Type",
        b"Content-Language",
    ]  # fmt: skip
    mail = message_from_bytes(raw, policy=policy.default)
    (sender,) = mail["From"].addresses
    # Between the parts of a very long name Python's own parser finds blanks that are not there.
    assert ("".join(sender.display_name.split()), sender.addr_spec) == ("".join(plain(place).split()), SENDER.sender)
    assert [address.addr_spec for address in mail["To"].addresses] == ["ann@example.com"]
    assert mail["Subject"] == letter.subject
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert raw.isascii()
