"""The door that is proposed: among all doors of its bank, or in large print its number alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.containers import Vertical

from screens.widgets.bank_doors import BankDoors
from screens.widgets.big_text import BigText
from screens.widgets.door_plan import Door
from screens.widgets.drawn import is_large

if TYPE_CHECKING:
    from textual.app import ComposeResult


class ChosenDoor(Vertical):
    """Shows one of the two; both are told, so that nothing else has to know which."""

    def compose(self) -> ComposeResult:
        """Put both in."""
        doors, number = BankDoors(), BigText(double=True)
        doors.display, number.display = not is_large(self), is_large(self)
        yield doors
        yield number

    def show(self, doors: Sequence[Door]) -> None:
        """Show the doors, one of them chosen or none."""
        self.query_one(BankDoors).doors = tuple(doors)
        self.query_one(BigText).text = next((door.number for door in doors if door.chosen), "")
