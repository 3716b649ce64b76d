"""A letter on its way to one address, and the mail that is made of it. Where that goes is in `post.py`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

from kiosk.errors import DeliveryError
from kiosk.notify.letter import Letter
from kiosk.plain_text import plain
from kiosk.settings.mail import Mail, is_mail_address

# Not every server on the way takes eight bits.
_POLICY: Final = SMTP.clone(cte_type="7bit")
_LONGEST_LINE: Final = 78


@dataclass(frozen=True)
class Envelope:
    """A letter, and whom it is for."""

    address: str
    """As the directory has it; it may be none."""
    message_id: str
    """`<...@...>`; the same whenever the notice is sent again, so that its reader knows it again."""
    letter: Letter


def mail_of(envelope: Envelope, settings: Mail, *, place: str, now: datetime) -> bytes:
    """Return the mail as it goes over the line; `place` is the desk's name.

    Raises DeliveryError where the address is none.
    """
    address = envelope.address.strip()
    if not address:
        raise DeliveryError("no_address")
    if not is_mail_address(address):
        raise DeliveryError("address_is_none")
    mail = EmailMessage(_POLICY)
    # The address alone: a name from outside has no business among the headers.
    mail["To"] = address
    if settings.reply_to:
        mail["Reply-To"] = settings.reply_to
    mail["Date"] = now
    mail["Message-ID"] = envelope.message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(envelope.letter.text)
    mail.add_alternative(envelope.letter.html, subtype="html")
    # Only now: what stands there before goes with the text into its part.
    mail["Content-Language"] = envelope.letter.language
    _, html = mail.iter_parts()
    for picture in envelope.letter.pictures:
        html.add_related(picture.png, "image", "png", cid=f"<{picture.name}>", disposition="inline")
    head = f"From: {_sender(place, settings.sender)}\r\nSubject: {_subject(envelope.letter.subject)}\r\n"
    return head.encode("ascii") + mail.as_bytes()


def _sender(place: str, address: str) -> str:
    name = " ".join(plain(place).split())
    quoted = re.sub(r'([\\"])', r"\\\1", name)
    if _fits("From", f'"{quoted}" <{address}>'):
        return f'"{quoted}" <{address}>'
    return f"{_encoded('From', name)}\r\n <{address}>"


def _subject(subject: str) -> str:
    return subject if _fits("Subject", subject) else _encoded("Subject", subject)


def _fits(header: str, text: str) -> bool:
    """Tell whether a header can hold a text as it is, in a line; none in which somebody could find an encoded word."""
    return text.isascii() and text.isprintable() and "=?" not in text and len(f"{header}: {text}") <= _LONGEST_LINE


def _encoded(header: str, text: str) -> str:
    # Not by EmailMessage, which encodes some of the words, and loses blanks and quotation marks between them.
    return Header(text, "utf-8", maxlinelen=_LONGEST_LINE, header_name=header).encode(linesep="\r\n")
