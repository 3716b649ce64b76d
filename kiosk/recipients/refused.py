"""Why a row of a recipients file was left out: codes and what they are about. The words are in `kiosk/words`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from kiosk.errors import Parameter, UnusableFileError


class Reason(StrEnum):
    """What is wrong with a row; behind each, the parameters that come with it."""

    NO_CONTACT_ID = "no_contact_id"
    NO_NAME = "no_name"
    REPEATED_ID = "repeated_id"
    """`contact_id`, and `first`: the line in which it stands already."""
    NOT_JSON = "not_json"
    NO_JSON_OBJECT = "no_json_object"
    OBJECT_IN_CELL = "object_in_cell"
    NO_TABLE_ROW = "no_table_row"
    TOO_MANY_CELLS = "too_many_cells"
    """`cells`, and `columns`: so many does the first line name."""
    CELL_TOO_LONG = "cell_too_long"
    """`longest`, in characters."""
    OPEN_QUOTE = "open_quote"
    """A quote opens a cell that takes other rows in."""
    CUT_OFF = "cut_off"
    """The file ends within it."""
    ID_ROUNDED = "id_rounded"
    """`cell`"""
    ID_DATED = "id_dated"
    """`cell`"""
    ID_SPOILED = "id_spoiled"
    """`cell`"""
    UNKNOWN_TYPE = "unknown_type"
    """`cell`"""
    NEITHER_YES_NOR_NO = "neither_yes_nor_no"
    """`cell` and `column`"""
    UNKNOWN_STATUS = "unknown_status"
    """`cell`"""


class Refused(NamedTuple):
    """One row that can't be used."""

    line: int
    reason: Reason
    parameters: Mapping[str, Parameter] = {}
    contact_id: str = ""
    """Whom the row names, as far as that can be read: the person stays as they were."""


class NoUsableRowError(UnusableFileError):
    """Every row of the file was left out."""

    code = "no_usable_row"

    def __init__(self, refused: tuple[Refused, ...], count: int) -> None:
        super().__init__(rows=count)
        self.refused = refused
        """The first of the rows that were left out."""
        self.count = count
