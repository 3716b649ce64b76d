"""How people and departments are named: by name, by what is on the label, by where to find them, by initials."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.parcels.contacts import Contact
    from kiosk.parcels.parcel import Parcel


def person(contact: Contact | None) -> str:
    """Return the contact's name, or its id where no name is known."""
    if contact is None:
        return ""
    return contact.name or contact.contact_id


def recipient(parcel: Parcel) -> str:
    """Return for whom a parcel is: the recipient, or the name on its label where nobody was found for it."""
    return person(parcel.contact) or parcel.recipient_read


def where_to_find(contact: Contact | None) -> str:
    """Return department and room; a department that bears the contact's own name is not repeated."""
    if contact is None:
        return ""
    department = "" if contact.department == contact.name else contact.department
    return " · ".join(part for part in (department, contact.room) if part)


def initials(name: str) -> str:
    """Return a name as passers-by may read it: `Maria Smith` as `M. S.`."""
    return " ".join(f"{part[0]}." for part in name.split())
