"""Names and addresses, of which a table of several things shows the beginning; ids and numbers it shows whole."""

from __future__ import annotations

LONGEST_PROSE = 60
"""In cells: one endless name must not make every row of a table as wide, or one row as high as the screen."""

PROSE_FIELDS = frozenset(
    {"aliases", "contactName", "department", "locationName", "lockerBankName", "name", "room"},
)
"""What of the API's fields, and of ours beside them, is prose."""


class Prose(str):
    """A name or an address."""

    __slots__ = ()
