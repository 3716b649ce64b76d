"""The steps of an intake and where the clerk stands. One row; knows the words, not the screens."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive

from kiosk.words.language import N_, _
from kiosk.words.plain import shorten
from kiosk.words.signs import ARROW, TICK
from screens.widgets.drawn import Drawn, Piece

STEPS = (N_("Scan"), N_("Recipient"), N_("Locker"), N_("Put in"), N_("Code"))
"""Translated when shown."""


class StepBar(Drawn):
    """Shows `current` (from 1) among the steps: earlier ones ticked, the current one framed and filled."""

    current: reactive[int] = reactive(1)

    def __init__(
        self,
        current: int = 1,
        steps: Sequence[str] = STEPS,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._steps = tuple(steps)
        self.set_reactive(StepBar.current, current)

    def render(self) -> Content:
        """Return the row, or only the current step where the row does not fit."""
        width = self.content_size.width
        pieces = [piece for number in range(1, len(self._steps) + 1) for piece in self._step(number)]
        if sum(cell_len(text) for text, _style in pieces) > width:
            pieces = self._short(width)
        return Content.assemble(*pieces)

    def _step(self, number: int) -> tuple[Piece, Piece]:
        name = _(self._steps[number - 1])
        gap = ("  ", "")
        if number < self.current:
            return (f" {TICK} {name} ", "$done"), gap
        if number == self.current:
            return (f" {ARROW} {number} {name} ", "bold $chosen-text on $chosen"), gap
        return (f" {number} {name} ", "$quiet"), gap

    def _short(self, width: int) -> list[Piece]:
        number = min(max(self.current, 1), len(self._steps))
        text = shorten(f" {number}/{len(self._steps)} {_(self._steps[number - 1])} ", width)
        return [(text, "bold $chosen-text on $chosen")]
