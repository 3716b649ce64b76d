"""The section `[mail]`: the server that takes the notices, and what an e-mail address is."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Final

from pydantic import AfterValidator, Field, SecretStr

from kiosk.settings.paths import AbsolutePath
from kiosk.settings.section import Section, WrongValueError

_LONGEST_ADDRESS: Final = 254
"""Signs that fit between the brackets of SMTP (RFC 5321, errata 1690)."""
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?=.{{1,64}}@){_LOCAL}(?:\.{_LOCAL})*@{_LABEL}(?:\.{_LABEL})*")
_HOST = re.compile(r"[A-Za-z0-9._:-]+")


class MailDelivery(StrEnum):
    """Where mails go."""

    SMTP = "smtp"
    FOLDER = "folder"
    """As files into the folder `mail` of the data folder."""


class Security(StrEnum):
    """How the line to the mail server is protected."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


PORTS: Final = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}
"""The usual port of each."""


def is_mail_address(text: str) -> bool:
    """Tell whether a text is one address that every mail server takes: ASCII, without name, brackets and quotes."""
    return len(text) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def _mail_address(text: str) -> str:
    if text and not is_mail_address(text):
        raise WrongValueError("no_mail_address")
    return text


def _host(name: str) -> str:
    if name and not _HOST.fullmatch(name):
        raise WrongValueError("no_host_name")
    return name


MailAddress = Annotated[str, AfterValidator(_mail_address)]
"""An e-mail address, or empty."""


class Mail(Section):
    """How notices go out by e-mail."""

    delivery: MailDelivery = MailDelivery.SMTP
    host: Annotated[str, AfterValidator(_host)] = ""
    """The mail server: a name or an address, without a port."""
    port: int = Field(0, ge=0, le=65535)
    """0: the usual one, see `PORTS`."""
    security: Security = Security.STARTTLS
    user: str = ""
    """Empty: the server asks for no login."""
    password: SecretStr = SecretStr("")
    sender: MailAddress = ""
    """The address that mails come from."""
    reply_to: MailAddress = ""
    """Where answers go, if not to the sender."""
    ca_file: AbsolutePath = None
    """The authorities to trust for this server, in PEM form; empty: those for the other services."""
