"""Facilities as a list beside the map: number, name, distance; beneath, whether it is open and what it does."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len

from kiosk.words.plain import fit, plain, shorten
from kiosk.words.signs import ARROW, MIDDLE_DOT
from screens.widgets.drawn import Piece
from screens.widgets.row_list import RowList

_NUMBER = 4


@dataclass(frozen=True, slots=True)
class FacilityRow:
    """What one facility says; `tone` is a theme token without its dollar, such as `free`."""

    number: int
    name: str
    distance: str
    sign: str
    state: str
    services: str
    tone: str = "quiet"
    heading: str = ""
    """Words over this row, where another part of the list begins."""


class FacilityList(RowList[FacilityRow]):
    """The state comes before the services: what a person at the desk asks first is told whole."""

    class Chosen(RowList.Chosen):
        """A facility was tapped."""

    @property
    def lines(self) -> int:
        """Name and distance; state and services."""
        return 2

    def draw(self, row: FacilityRow, line: int, width: int, *, highlighted: bool) -> list[Piece]:
        """Return one line of a facility."""
        lit = "$chosen-text on $chosen" if highlighted else ""
        mark = f" {ARROW}" if highlighted and line == 0 else "  "
        head = fit(str(row.number), _NUMBER, right=True) if line == 0 else " " * _NUMBER
        room = max(width - cell_len(mark) - _NUMBER - 2, 0)
        pieces: list[Piece] = [(mark, f"bold {lit or '$chosen'}"), (f"{head} ", lit or "$quiet")]
        if line == 0:
            distance = shorten(row.distance, room // 2)
            name = fit(row.name, max(room - cell_len(distance) - 1, 0))
            return [*pieces, (f"{name} ", f"bold {lit or '$foreground'}"), (distance, lit or "$foreground")]
        state = shorten(f"{row.sign} {row.state}", room)
        left = room - cell_len(state) - 2
        # Whole words of it, as many as fit.
        services = plain(row.services)
        while services and cell_len(services) > left:
            services = services.rpartition(f" {MIDDLE_DOT} ")[0]
        gap = " " * (room - cell_len(state) - cell_len(services))
        return [*pieces, (state, lit or f"${row.tone}"), (gap, lit), (services, lit or "$quiet")]

    def _between(self, above: int, width: int) -> list[Piece]:
        """Draw the line under a row, or the words over the next one."""
        below = above + 1
        if 0 <= below < len(self.rows) and self.rows[below].heading:
            return [("  ", ""), (fit(self.rows[below].heading, max(width - 3, 0)), "bold $quiet")]
        return super()._between(above, width)
