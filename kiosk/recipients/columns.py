"""What a column of a recipients file may be called, and how its cells are understood. Small tables; no file here."""

from __future__ import annotations

from enum import StrEnum

from kiosk.folding import fold


class Column(StrEnum):
    """What the directory takes from a file; other columns are passed over."""

    CONTACT_ID = "contact_id"
    CONTACT_TYPE = "type"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    DEPARTMENT = "department"
    ROOM = "room"
    ACCESSIBLE = "accessible"
    ALIASES = "aliases"
    ACTIVE = "active"


SYNONYMS = {
    Column.CONTACT_ID: "contact id, id, recipient id, person id, personal id, employee id, employee number, user id",
    Column.CONTACT_TYPE: "contact type, type, kind, recipient type",
    Column.NAME: "name, full name, display name, contact name, contact, recipient, recipient name",
    Column.FIRST_NAME: "first name, given name, forename",
    Column.LAST_NAME: "last name, family name, surname",
    Column.EMAIL: "email, e-mail, email address, mail, email id",
    Column.DEPARTMENT: "department, department name, departments, dept, team, unit, organisation, organization",
    Column.ROOM: "room, mailstop, mail stop, office, office location, location, building",
    Column.ACCESSIBLE: "accessible, accessibility, needs accessibility accommodations for locker use, "
    "accessible locker",
    Column.ALIASES: "aliases, alias, nickname, nicknames, also known as, other names",
    Column.ACTIVE: "active, is active, enabled, status",
}
"""What each column is called in the wild, the wording of Pitney Bowes' own address book included."""

DEPARTMENT_WORDS = {"department", "dept", "team", "group"}
RECIPIENT_WORDS = {"", "recipient", "person", "individual", "personal", "individual/personal", "employee", "people"}
YES = {"yes", "y", "true", "t", "1", "x", "on", "active", "enabled", "ja", "oui", "si"}
NO = {"no", "n", "false", "f", "0", "", "off", "inactive", "disabled", "deleted", "nein", "non"}


def column_of(header: str) -> Column | None:
    """Return which column a header names, whatever its case, spaces and signs: `Mail-Stop`, `contactId`."""
    return _BY_NAME.get(_bare(header))


def _bare(header: str) -> str:
    return "".join(filter(str.isalnum, fold(header)))


_BY_NAME = {_bare(name): column for column, names in SYNONYMS.items() for name in names.split(",")}
