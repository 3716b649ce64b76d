"""Parcels by where they are: the place whole, what is known of the parcel beneath it. For lists that somebody walks."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len

from kiosk.words.plain import fit, plain, shorten
from kiosk.words.signs import ARROW, MIDDLE_DOT
from screens.widgets.drawn import Piece
from screens.widgets.row_list import RowList

_GAP = 2


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """What one row says. `tone` is a theme token without its dollar; `mark` stands before the place."""

    place: str
    detail: str
    aside: str = ""
    mark: str = ""
    tone: str = "quiet"


class PlaceList(RowList[PlaceRow]):
    """A place with a word at the right, which goes to the details beneath where the place needs the width."""

    class Chosen(RowList.Chosen):
        """A row was tapped."""

    @property
    def lines(self) -> int:
        """The place, and the details."""
        return 2

    def draw(self, row: PlaceRow, line: int, width: int, *, highlighted: bool) -> list[Piece]:
        """Return the place with its word, or the details."""
        lit = "$chosen-text on $chosen" if highlighted else ""
        mark = f"{row.mark} " if row.mark else ""
        lead = f" {ARROW} {mark}" if highlighted and line == 0 else f"   {mark}"
        room = max(width - cell_len(lead) - _GAP, 0)
        # In the middle, so that of a name without end the beginning and the locker's number stay.
        place = shorten(row.place, room, "middle")
        aside = plain(row.aside)
        is_beside = cell_len(place) + _GAP + cell_len(aside) <= room
        if line:
            detail = row.detail if is_beside or not aside else f"{aside} {MIDDLE_DOT} {row.detail}"
            return [(" " * cell_len(lead), lit), (fit(detail, room), lit or "$quiet")]
        aside = aside if is_beside else ""
        gap = " " * (room - cell_len(place) - cell_len(aside))
        return [
            (lead, f"bold {lit or f'${row.tone}'}"),
            (place, f"bold {lit or '$foreground'}"),
            (gap, lit),
            (aside, lit or f"${row.tone}"),
        ]
