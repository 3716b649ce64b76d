"""How the cells of one row become a person: what is empty, what an id can be, which name is shown. Opens no file."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from kiosk.errors import Parameter
from kiosk.folding import fold
from kiosk.parcels.states import ContactType
from kiosk.recipients.languages import read_language
from kiosk.recipients.refused import Reason, Refused
from kiosk.recipients.spoiled import BEGINNINGS, NO_NAME, NOTHING, as_id, as_text, is_date, is_error, is_rounded
from kiosk.recipients.statuses import answer, is_active, is_here
from kiosk.settings import Column

LONGEST_CELL = 500

_DEPARTMENT_WORDS = {"department", "dept", "team", "group"}
_RECIPIENT_WORDS = {"recipient", "person", "individual", "personal", "individual/personal", "employee", "people"}
_UNREADABLE = "\ufffd"
"""Stands where a byte was no letter of the file's encoding."""

# Looked up once: in Python 3.11 the look-up of a member takes longer than the cleaning of a cell.
_CONTACT_ID = Column.CONTACT_ID
_NAME = Column.NAME
_CONTACT_TYPE = Column.CONTACT_TYPE
_DEPARTMENT = Column.DEPARTMENT
_ROOM = Column.ROOM
_EMAIL = Column.EMAIL
_LANGUAGE = Column.LANGUAGE
_ACCESSIBLE = Column.ACCESSIBLE
_ACTIVE = Column.ACTIVE
_STATUS = Column.STATUS
_PREFERRED_NAME = Column.PREFERRED_NAME
_PREFERRED_FIRST_NAME = Column.PREFERRED_FIRST_NAME
_PREFERRED_LAST_NAME = Column.PREFERRED_LAST_NAME
_KNOWN_AS = Column.KNOWN_AS
_FIRST_NAME = Column.FIRST_NAME
_LAST_NAME = Column.LAST_NAME
_ALIASES = Column.ALIASES
_WITH_NAMES = {
    _NAME,
    _PREFERRED_NAME,
    _PREFERRED_FIRST_NAME,
    _PREFERRED_LAST_NAME,
    _KNOWN_AS,
    _FIRST_NAME,
    _LAST_NAME,
    _ALIASES,
}
_RECIPIENT, _DEPARTMENT_TYPE = ContactType.RECIPIENT.value, ContactType.DEPARTMENT.value


class Row(NamedTuple):
    """One usable row."""

    line: int
    contact_id: str
    contact_type: str
    name: str
    department: str
    room: str
    email: str
    language: str
    """Two or three letters (ISO 639); empty where the list says none that can be told."""
    accessible: bool
    aliases: str
    active: bool
    unknown_language: str = ""
    """What the list says instead of a language."""


class BadRowError(Exception):
    """Why a row can't be used; its line is known where this is caught."""

    def __init__(self, reason: Reason, **parameters: Parameter) -> None:
        super().__init__(reason)
        self.reason = reason
        self.parameters = parameters


def read_row(line: int, cells: Mapping[Column, str]) -> Row | Refused:
    """Return the person of a row, or why it can't be used."""
    try:
        read = {column: cell and _plain(column, cell) for column, cell in cells.items()}
        get = read.get
        contact_id = get(_CONTACT_ID, "")
        if not contact_id.isalnum():
            contact_id = read_id(cells.get(_CONTACT_ID, ""))
        said = True
        if get(_NAME, "").endswith(")"):
            read[_NAME], said = _without_status(read[_NAME])
        shown, aliases = _names(read)
        said_language = get(_LANGUAGE, "")
        language = read_language(said_language) if said_language else ""
        return Row(
            line,
            contact_id,
            _contact_type(get(_CONTACT_TYPE, "")),
            shown,
            get(_DEPARTMENT, ""),
            get(_ROOM, ""),
            get(_EMAIL, ""),
            language,
            _is_accessible(get(_ACCESSIBLE, "")),
            aliases,
            said and _is_present(get(_ACTIVE, ""), get(_STATUS, "")),
            "" if language else said_language,
        )
    except BadRowError as bad:
        return Refused(line, bad.reason, bad.parameters, named_in(cells.get(_CONTACT_ID, "")))


def named_in(cell: str) -> str:
    """Return the contact id that a row names which can't be used, empty if it names none."""
    try:
        return read_id(cell)
    except BadRowError:
        return ""


def read_id(cell: str) -> str:
    """Return a contact id; raises BadRowError where there is none, or a spreadsheet has spoiled it."""
    cell = as_id(_one_line(cell))
    if not cell or cell in NOTHING:
        raise BadRowError(Reason.NO_CONTACT_ID)
    if is_error(cell) or _UNREADABLE in cell:
        raise BadRowError(Reason.ID_SPOILED, cell=cell)
    if not cell.isalnum() and is_rounded(cell):
        raise BadRowError(Reason.ID_ROUNDED, cell=cell)
    if not cell.isalnum() and is_date(cell):
        raise BadRowError(Reason.ID_DATED, cell=cell)
    return cell


def _one_line(cell: str) -> str:
    """Return a cell as one line without control characters."""
    if not cell.isprintable():
        # JSON may bring half a character along, which SQLite can't store.
        cell = "".join(map(_printable, cell.encode(errors="replace").decode()))
    cell = " ".join(cell.split())
    if len(cell) > LONGEST_CELL:
        raise BadRowError(Reason.CELL_TOO_LONG, longest=LONGEST_CELL)
    return cell


def _plain(column: Column, cell: str) -> str:
    """Return a cell as one line, and nothing where a program wrote that it has nothing."""
    is_usual = cell.isprintable() and "  " not in cell and len(cell) <= LONGEST_CELL
    cell = cell.strip() if is_usual else _one_line(cell)
    if cell[:1] in BEGINNINGS:
        cell = "" if is_error(cell) else as_text(cell)
    return "" if cell in (NO_NAME if column in _WITH_NAMES else NOTHING) else cell


def _printable(sign: str) -> str:
    if sign.isprintable():
        return sign
    # Marks of direction and of width stand within words, and are no part of them.
    return "" if unicodedata.category(sign) == "Cf" else " "


_CALLED_OTHERWISE = {
    _PREFERRED_NAME,
    _PREFERRED_FIRST_NAME,
    _PREFERRED_LAST_NAME,
    _KNOWN_AS,
}


def _names(read: Mapping[Column, str]) -> tuple[str, str]:
    """Return the name to show and, as one text, what else finds the person: the legal name, if another is shown."""
    get = read.get
    first, last, aliases = get(_FIRST_NAME, ""), get(_LAST_NAME, ""), get(_ALIASES, "")
    halves = f"{first} {last}".strip()
    legal = get(_NAME) or halves
    if _CALLED_OTHERWISE.isdisjoint(read):
        if not _is_name(legal):
            raise BadRowError(Reason.NO_NAME)
        return legal, aliases
    last = get(_PREFERRED_LAST_NAME) or last
    called = get(_PREFERRED_FIRST_NAME) or (first if get(_PREFERRED_LAST_NAME) else "")
    wished = [_with_surname(each, last) for each in (get(_PREFERRED_NAME, ""), called, get(_KNOWN_AS, ""))]
    names = list(dict.fromkeys(filter(_is_name, [*wished, legal, halves])))
    if not names:
        raise BadRowError(Reason.NO_NAME)
    # A first name alone is shown of those only who have no more.
    shown = next((name for name in names if " " in name), names[0])
    return shown, ", ".join(filter(None, [*(name for name in names if name != shown), aliases]))


def _with_surname(name: str, surname: str) -> str:
    return f"{name} {surname}".strip() if name and " " not in name else name


def _is_name(name: str) -> bool:
    return any(map(str.isalnum, name))


def _without_status(name: str) -> tuple[str, bool]:
    """Take "(On Leave)" off a name, as Workday writes it; tell whether the person is here."""
    rest, _, status = name[:-1].rpartition("(")
    here = is_here(status) if len(status) > 1 else None
    return (name, True) if here is None or not rest else (rest.rstrip(), here)


def _contact_type(cell: str) -> str:
    if not cell:
        return _RECIPIENT
    word = fold(cell)
    if word in _RECIPIENT_WORDS:
        return _RECIPIENT
    if word in _DEPARTMENT_WORDS:
        return _DEPARTMENT_TYPE
    raise BadRowError(Reason.UNKNOWN_TYPE, cell=cell)


def _is_accessible(cell: str) -> bool:
    said = answer(cell) if cell else False
    if said is None:
        raise BadRowError(Reason.NEITHER_YES_NOR_NO, cell=cell, column=_ACCESSIBLE.value)
    return said


def _is_present(active: str, status: str) -> bool:
    """Tell whether somebody is here; nobody is gone because nothing is said about it."""
    for cell, tell in ((active, is_active), (status, is_here)):
        here = tell(cell) if cell else True
        if here is None:
            raise BadRowError(Reason.UNKNOWN_STATUS, cell=cell)
        if not here:
            return False
    return True
