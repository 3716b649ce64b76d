"""Finds contacts by what a clerk types. Holds them in memory; where they come from is the caller's business."""

from __future__ import annotations

import csv
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from kiosk.models.contacts import Contact

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class _Entry(NamedTuple):
    contact: Contact
    parts: tuple[str, ...]
    """Folded words of the name."""
    details: str
    """Folded department, room, e-mail and id."""


class Directory:
    """The contacts of this desk."""

    def __init__(self, contacts: Iterable[Contact] = ()) -> None:
        ordered = sorted(contacts, key=lambda contact: _fold(contact.name))
        self._entries = [_Entry(contact, tuple(_fold(contact.name).split()), _details(contact)) for contact in ordered]
        self._by_id = {contact.contact_id: contact for contact in ordered}

    def __len__(self) -> int:
        return len(self._by_id)

    def by_id(self, contact_id: str) -> Contact | None:
        """Return the contact with exactly this id."""
        return self._by_id.get(contact_id.strip())

    def search(self, text: str, limit: int = 50) -> tuple[Contact, ...]:
        """Return the contacts that fit what was typed, best first: "ma smi" finds Maria Smith.

        Accents and case don't matter. Names whose parts begin with the typed words come first, in the order typed,
        then any order, then words inside names, then department, room, e-mail and id.
        """
        words = _fold(text).split()
        if not words:
            return tuple(entry.contact for entry in self._entries[:limit])
        ranked = [(rank, place) for place, entry in enumerate(self._entries) if (rank := _rank(entry, words))]
        return tuple(self._entries[place].contact for _, place in sorted(ranked)[:limit])


def read_contacts(path: Path) -> list[Contact]:
    """Read a CSV file with the field names of Contact as its header."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Contact.model_validate(row) for row in csv.DictReader(file)]


def _rank(entry: _Entry, words: list[str]) -> int:
    """Return how well the words fit, 1 best; 0 if they don't."""
    if _begin(entry.parts, words):
        return 1
    if all(any(part.startswith(word) for part in entry.parts) for word in words):
        return 2
    name = " ".join(entry.parts)
    if all(word in name for word in words):
        return 3
    if all(word in name or word in entry.details for word in words):
        return 4
    return 0


def _begin(parts: tuple[str, ...], words: list[str]) -> bool:
    rest = iter(parts)
    return all(any(part.startswith(word) for part in rest) for word in words)


def _details(contact: Contact) -> str:
    return _fold(f"{contact.department} {contact.room} {contact.email} {contact.contact_id}")


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
