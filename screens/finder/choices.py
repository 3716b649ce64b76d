"""What to look for: carrier, service, distance and number, as large choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.containers import Horizontal

from kiosk.facilities.values import Question
from kiosk.wiring import Services
from kiosk.words.facility_options import Aspect, options_of
from kiosk.words.language import _
from kiosk.words.signs import TICK
from screens.finder_actions import CARRIER, COUNT, FACILITY_CHOICES_KEYS, RADIUS, SERVICE
from screens.top_page import TopPage
from screens.widgets.action_row import ActionItem, ActionRow
from screens.widgets.heading import Heading
from screens.widgets.words import Words

if TYPE_CHECKING:
    from textual.widget import Widget

_NAMES = 15
"""Columns of the names of the rows, at least."""
KEYS = {Aspect.CARRIER: CARRIER, Aspect.SERVICE: SERVICE, Aspect.RADIUS: RADIUS, Aspect.COUNT: COUNT}


class FacilityChoicesScreen(TopPage):
    """A row of choices for each aspect: a tap takes one, the row's key the next one."""

    KEYMAP = FACILITY_CHOICES_KEYS

    def __init__(self, services: Services, question: Question, then: Callable[[Question], None]) -> None:
        super().__init__(services)
        self._question = question
        self._then = then

    def compose_content(self) -> Iterable[Widget]:
        """Return a row for each aspect."""
        yield Heading(_("What are you looking for?"))
        names = {aspect: f"{KEYS[aspect].key_label}  {self.label_of(KEYS[aspect])}" for aspect in Aspect}
        for aspect, name in names.items():
            with Horizontal():
                yield (words := Words(name))
                words.styles.width = max(_NAMES, *(cell_len(each) + 3 for each in names.values()))
                yield ActionRow(id=aspect.value)

    def appear(self) -> None:
        """Show what is chosen."""
        self._draw()

    def action_ask(self) -> None:
        """Ask with what is chosen."""
        self.action_go_back()
        self._then(self._question)

    def action_carrier(self) -> None:
        """Take the next carrier."""
        self._next(Aspect.CARRIER)

    def action_service(self) -> None:
        """Take the next service."""
        self._next(Aspect.SERVICE)

    def action_radius(self) -> None:
        """Take the next distance."""
        self._next(Aspect.RADIUS)

    def action_count(self) -> None:
        """Take the next number."""
        self._next(Aspect.COUNT)

    async def on_action_row_chosen(self, message: ActionRow.Chosen) -> None:
        """Take a choice that was tapped; other taps are keys."""
        name, is_choice, index = message.action.partition("=")
        if not is_choice:
            await super().on_action_row_chosen(message)
            return
        message.stop()
        self._take(Aspect(name), int(index))

    def _next(self, aspect: Aspect) -> None:
        options = options_of(aspect, self.services.facilities.open().limits)
        chosen = [option.fits(self._question) for option in options]
        self._take(aspect, (chosen.index(True) + 1) % len(options) if any(chosen) else 0)

    def _take(self, aspect: Aspect, index: int) -> None:
        option = options_of(aspect, self.services.facilities.open().limits)[index]
        self._question = option.in_question(self._question)
        self._draw()

    def _draw(self) -> None:
        chosen = _("{tick} chosen").format(tick=TICK)
        for aspect in Aspect:
            self.query_one(f"#{aspect.value}", ActionRow).items = [
                ActionItem(f"{aspect.value}={index}", chosen if lit else "", option.label, lit=lit)
                for index, option in enumerate(options_of(aspect, self.services.facilities.open().limits))
                for lit in (option.fits(self._question),)
            ]
