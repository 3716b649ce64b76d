"""Contacts: the people and departments that parcels are for."""

from __future__ import annotations

import re

from pydantic import Field

from kiosk.parcels.base import Value
from kiosk.parcels.states import ContactType

_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\\\"]{1,64}@[^\s@<>()\[\],;:\\\".]+(\.[^\s@<>()\[\],;:\\\".]+)+")


def is_address(text: str) -> bool:
    """Tell whether a text has the shape of one e-mail address; whether it is somebody's, only a mail can tell."""
    return len(text) <= 254 and text.isprintable() and _ADDRESS.fullmatch(text) is not None


class Contact(Value):
    """One person or department of the directory."""

    contact_id: str = Field(min_length=1)
    """The API's id; its form is not promised, so it is not checked."""
    contact_type: ContactType = ContactType.RECIPIENT
    name: str
    department: str = ""
    room: str = ""
    email: str = ""
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
