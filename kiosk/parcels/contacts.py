"""Contacts: the people and departments that parcels are for."""

from __future__ import annotations

import re

from pydantic import Field

from kiosk.parcels.base import Value
from kiosk.parcels.states import ContactType

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?=.{{1,64}}@){_LOCAL}(?:\.{_LOCAL})*@{_LABEL}(?:\.{_LABEL})*")
_LONGEST_ADDRESS = 254
"""Characters that fit between the brackets of SMTP (RFC 5321, errata 1690)."""


def is_address(text: str) -> bool:
    """Tell whether a text is one e-mail address that every mail server takes: ASCII, no name, brackets or quotes."""
    return len(text) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


class Contact(Value):
    """One person or department of the directory."""

    contact_id: str = Field(min_length=1)
    """The API's id; its form is not promised, so it is not checked."""
    contact_type: ContactType = ContactType.RECIPIENT
    name: str
    department: str = ""
    room: str = ""
    email: str = ""
    language: str = ""
    """Two or three letters (ISO 639); empty where it is not known."""
    accessible: bool = False
    """Needs a unit within reach (35 to 123 cm above the floor)."""


class Matches(Value):
    """What a search found, best first."""

    contacts: tuple[Contact, ...] = ()
    is_clear: bool = False
    """Whether the first is proposed. Not where another one of the same name fits as well: a clerk must choose then;
    and not where only a typing mistake leads to it."""
    is_guess: bool = False
    """Nobody fits what was typed; these do with one letter put right."""

    def led_by(self, contact: Contact) -> Matches:
        """Return the same with this contact proposed, for another reason than what was typed."""
        others = (each for each in self.contacts if each.contact_id != contact.contact_id)
        return self.model_copy(update={"contacts": (contact, *others), "is_clear": True})
