"""The section `[directory]`: what an import of recipients may do, and what a list's columns are called."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from kiosk.settings.section import Section, WrongValueError


class Column(StrEnum):
    """What the directory takes from a list; other columns are passed over."""

    CONTACT_ID = "contact_id"
    CONTACT_TYPE = "type"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    PREFERRED_NAME = "preferred_name"
    """How somebody is called; where it is known it is shown, and the legal name only finds."""
    PREFERRED_FIRST_NAME = "preferred_first_name"
    PREFERRED_LAST_NAME = "preferred_last_name"
    KNOWN_AS = "known_as"
    EMAIL = "email"
    LANGUAGE = "language"
    """In which somebody is written to."""
    DEPARTMENT = "department"
    ROOM = "room"
    ACCESSIBLE = "accessible"
    ALIASES = "aliases"
    ACTIVE = "active"
    """Yes or no."""
    STATUS = "status"
    """The word of another system: active, on leave, terminated."""


def _known(raw: object) -> object:
    unknown = tuple(sorted({*raw} - {*Column})) if isinstance(raw, dict) else ()
    if unknown:
        raise WrongValueError("unknown_columns", unknown=unknown, allowed=tuple(Column))
    return raw


class Directory(Section):
    """How lists of recipients are imported."""

    most_removed: float = Field(20, ge=0, le=100)
    """An import that would make more than so many percent of the active people inactive stops."""
    columns: Annotated[dict[Column, str], BeforeValidator(_known)] = Field(default_factory=dict)
    """The list's own name for a column; empty: the column is not read."""
