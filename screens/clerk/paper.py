"""What is printed of a parcel, as it comes out: the slip for the recipient, or the label for the shelf."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from pydantic import SecretStr

from kiosk.parcels import states
from kiosk.parcels.notices import bears_code
from kiosk.parcels.parcel import Parcel
from kiosk.printing.preview import preview
from kiosk.wiring import Services
from kiosk.words.language import _
from screens.actions import Action
from screens.clerk.parcel_screen import ParcelScreen
from screens.clerk.printing import STEPS, Printing
from screens.destinations import ShowParcel
from screens.messages import EntryUsed, GoTo
from screens.parcel_actions import OTHER_PAPER, PAPER_KEYS, PRINT
from screens.widgets.heading import Heading
from screens.widgets.notice import NoticeKind
from screens.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.widget import Widget

COLUMNS: Final = 48
"""Of the paper, without its edges."""

SAMPLE: Final = "XXXXXX"
"""In the place of the pickup code: it is shown where that is recorded, and nowhere else."""


class PaperScreen(ParcelScreen):
    """Shows the paper before it is printed; what does not fit is reached by scrolling."""

    KEYMAP = PAPER_KEYS

    def __init__(self, services: Services, parcel: Parcel) -> None:
        super().__init__(services, parcel)
        self._printing = Printing(self)
        self._kind = states.NoticeKind.SLIP

    def compose_content(self) -> Iterable[Widget]:
        """Return the paper under the parcel that it is about."""
        yield Heading(_("Parcel {parcel}").format(parcel=self.about))
        yield Sheet(COLUMNS)

    def appear(self) -> None:
        """Show the label of a parcel on the shelf, else the slip."""
        self._show(self._offered[-1] if self._offered else self._kind)

    def allows(self, action: Action) -> bool | None:
        """Print what the desk prints of the parcel; offer the other paper where there is one."""
        if action is OTHER_PAPER and len(self._offered) < 2:
            return None
        if action is PRINT and not self._printing.offers(self._kind):
            return False
        return super().allows(action)

    def label_of(self, action: Action) -> str:
        """Name the other paper."""
        if action is OTHER_PAPER and self._kind is states.NoticeKind.LABEL:
            return _("Slip")
        return super().label_of(action)

    def parcels_changed(self, last: Parcel | None) -> None:
        """Tell what became of what was asked for."""
        del last
        self._printing.follow()

    def action_print(self) -> None:
        """Print what is shown."""
        self._printing.ask(self._kind)

    def action_other_paper(self) -> None:
        """Show the label instead of the slip, or back."""
        self._show(next(kind for kind in self._offered if kind is not self._kind))

    def action_move(self, by: int) -> None:
        """Scroll the paper."""
        self.query_one(Sheet).move(by)

    def action_page(self, by: int) -> None:
        """Scroll the paper by a page."""
        self.query_one(Sheet).page(by)

    def action_go_back(self) -> None:
        """Go back to the parcel's page."""
        self.post_message(EntryUsed())
        self.leave(GoTo(ShowParcel(self.parcel)))

    @property
    def _offered(self) -> tuple[states.NoticeKind, ...]:
        return tuple(filter(self._printing.offers, STEPS))

    def _show(self, kind: states.NoticeKind) -> None:
        self._kind = kind
        code = SecretStr(SAMPLE) if bears_code(kind, self.parcel) else None
        layout = self.services.papers().layout(kind, self.parcel, code, is_copy=kind in self.parcel.told)
        self.query_one(Sheet).show_texts(preview(layout, COLUMNS))
        self.show_actions()
        # Once it is known how much of it fits.
        self.call_after_refresh(self._explain)

    def _explain(self) -> None:
        if not self.is_ready or self.busy:
            return
        hints = [_("Page down or a tap shows the rest.")] if self.query_one(Sheet).is_cut else []
        if bears_code(self._kind, self.parcel):
            hints.append(_("In the place of {sample} the slip has the pickup code.").format(sample=SAMPLE))
        self.notice.say(NoticeKind.INFO, _("This is what will be printed."), " ".join(hints))
