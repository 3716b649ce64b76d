"""Home: scan or type the next parcel; below, what is unfinished and what was done today."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from screens.actions import HOME_ACTIONS, LISTS, TAKE_IN, Action, bindings
from screens.base import ClerkScreen
from screens.messages import Confirmed, EntryUsed, NumberWanted, Opened
from screens.widgets.field import Field
from screens.widgets.heading import Heading
from screens.widgets.parcel_list import ParcelList
from screens.wording import counted, parcel_row

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from textual.widget import Widget

    from kiosk.models.parcels import Parcel
    from screens.entry import Gathered

EMPTY = "No parcels today yet. Scan the first one."
OPENING = "Opening the journal..."


class HomeScreen(ClerkScreen):
    """Where every intake begins and ends. Drawn before anything else is loaded; parcels come later."""

    ACTIONS: ClassVar[tuple[Action, ...]] = HOME_ACTIONS
    STEP = 1
    SHOWS_ENTRY = True
    BINDINGS = bindings(*HOME_ACTIONS, *LISTS)

    def __init__(self) -> None:
        super().__init__()
        self._parcels: tuple[Parcel, ...] = ()
        self._typed = ""

    def compose_content(self) -> Iterable[Widget]:
        """Return the field and the list."""
        yield Field("Scan the parcel", "or type its number and press Enter")
        yield Heading("Parcels")
        yield ParcelList(empty=OPENING)

    def show_parcels(
        self,
        unfinished: Sequence[Parcel],
        today: Sequence[Parcel],
        bank_label: Callable[[str], str],
        with_room: Container[str],
        named: Container[str],
    ) -> None:
        """Show what is unfinished first, then the rest of today.

        `with_room` are held parcels that could go on now; of all but those in `named` only initials are shown.
        """
        chosen = self._highlighted()
        done = [parcel for parcel in today if not parcel.unfinished]
        self._parcels = (*unfinished, *done)
        self.query_one(Heading).text = f"Unfinished: {len(unfinished)}" if unfinished else "Today"
        every = {parcel.parcel_id for parcel in (*unfinished, *today)}
        self.query_one(Heading).aside = f"{counted(len(every), 'parcel')} today"
        parcels = self.query_one(ParcelList)
        parcels.empty = EMPTY
        rows = [
            parcel_row(each, bank_label, has_room=each.parcel_id in with_room, is_named=each.parcel_id in named)
            for each in self._parcels
        ]
        ids = [parcel.parcel_id for parcel in self._parcels]
        parcels.show(rows, ids.index(chosen.parcel_id) if chosen and chosen.parcel_id in ids else None)
        self.show_actions()

    def entry_changed(self, text: str) -> None:
        """Show the number as it grows."""
        self._typed = self.query_one(Field).text = text
        if text:
            self.query_one(ParcelList).highlighted = None
            self.notice.clear()
        self.show_actions()

    def entry_completed(self, entry: Gathered) -> bool:
        """Leave a number to the app; without one, Enter opens the chosen parcel."""
        if entry.text:
            return False
        self.action_open()
        return True

    def label_of(self, action: Action) -> str:
        """Name what Enter does now."""
        return "Open" if action is TAKE_IN and self._highlighted() is not None else action.label

    def allows(self, action: Action) -> bool | None:
        """Enter needs a number or a chosen parcel."""
        if action is TAKE_IN:
            return bool(self._typed) or self._highlighted() is not None
        return super().allows(action)

    def action_open(self) -> None:
        """Take in the number typed, or open the chosen parcel."""
        chosen = self._highlighted()
        if self._typed:
            self.post_message(Confirmed())
        elif chosen is not None:
            self.post_message(Opened(chosen))

    def action_no_barcode(self) -> None:
        """Make a number for a parcel without a barcode."""
        self.post_message(EntryUsed())
        self.post_message(NumberWanted())

    def action_facilities(self) -> None:
        """Find where a parcel can be brought."""
        self.post_message(EntryUsed())
        self.entry_changed("")
        self.cover("finder")

    def action_move(self, by: int) -> None:
        """Move in the list."""
        self.query_one(ParcelList).move(by)
        self.show_actions()

    def action_page(self, by: int) -> None:
        """Move in the list by a page."""
        self.query_one(ParcelList).page(by)
        self.show_actions()

    def on_parcel_list_chosen(self, message: ParcelList.Chosen) -> None:
        """Open the parcel that was tapped."""
        message.stop()
        self.post_message(Opened(self._parcels[message.index]))

    def _highlighted(self) -> Parcel | None:
        row = self.query_one(ParcelList).highlighted if self._parcels else None
        return None if row is None else self._parcels[row]
