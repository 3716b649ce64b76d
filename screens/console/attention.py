"""What somebody has to look into: the matters in a list, and below what one is about and what would mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.words.plain import plain
from screens.console.actions import ATTENTION_KEYS, OPEN
from screens.console.destinations import Page, ShowParcel
from screens.console.matters import MATTER_COLUMNS, matter_row
from screens.console.repairing import RepairScreen
from screens.widgets.lines import Lines
from screens.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from kiosk.desk.standing import Matter
    from kiosk.parcels.operators import Operator
    from kiosk.parcels.parcel import Cause, Parcel
    from kiosk.wiring import Services
    from screens.actions import Action


class AttentionScreen(RepairScreen):
    """Each matter with its cause, a proposal, and the repairs that fit."""

    PAGE = Page.ATTENTION
    KEYMAP = ATTENTION_KEYS

    def __init__(self, operator: Operator) -> None:
        super().__init__(operator)
        self.table = Table(MATTER_COLUMNS, empty="Nothing needs anybody.")
        self._about = Lines(id="matter")
        self._matters: dict[str, Matter] = {}

    def compose_content(self) -> Iterable[Widget]:
        """Return the list, and what the highlighted matter is about."""
        yield self.table
        yield self._about

    async def read(self, services: Services) -> None:
        """Show every matter as it stands."""
        matters = (await services.survey.standing()).matters
        now, label = services.clock.now(), services.survey.label
        self._matters = {matter.key: matter for matter in matters}
        self.table.show_rows([matter_row(matter, label, now) for matter in matters])

    def draw_keys(self) -> None:
        """Draw the keys and the words for the highlighted matter."""
        super().draw_keys()
        matter = self._matter()
        lines = [[], [(f"   {plain(matter.sentence)}", "bold")], [(f"   {matter.proposal}", "")]] if matter else []
        self._about.show(lines)

    def chosen_parcel(self) -> Parcel | None:
        """Return the parcel of the highlighted matter."""
        matter = self._matter()
        return matter.parcel if matter else None

    def chosen_cause(self) -> Cause | None:
        """Return the item of the highlighted matter."""
        matter = self._matter()
        return matter.cause if matter else None

    def allows(self, action: Action) -> bool:
        """Open what has a parcel."""
        return super().allows(action) and (action is not OPEN or self.chosen_parcel() is not None)

    async def action_open(self) -> None:
        """Show the parcel in full."""
        parcel = self.chosen_parcel()
        if parcel is not None:
            await self.console.show(ShowParcel(parcel))

    def _matter(self) -> Matter | None:
        return self._matters.get(self.table.chosen or "")
