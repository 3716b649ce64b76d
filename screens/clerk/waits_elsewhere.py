"""At the parcel of somebody for whom others wait at other desks, that is said. A part; it asks nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.words.other_desks import age_words, waits_words
from screens.widgets.notice import SIGNS, NoticeKind
from screens.widgets.words import Words

if TYPE_CHECKING:
    from screens.clerk.parcel_screen import ParcelScreen


class WaitsElsewhere(Words):
    """Up to three lines, which take no room where nothing waits elsewhere."""

    def __init__(self, screen: ParcelScreen) -> None:
        super().__init__(id="elsewhere", rows=3)
        self._screen = screen

    def on_mount(self) -> None:
        """Look in the background."""
        self._screen.run_worker(self._look(), group="elsewhere", exit_on_error=False)

    async def _look(self) -> None:
        screen, parcel = self._screen, self._screen.parcel
        if parcel.contact is None or parcel.is_gone:
            return
        queries, now = screen.services.queries, screen.services.clock.now()
        others = await queries.others.of_contact(parcel.contact.contact_id)
        age = age_words(await queries.others.heard_at(), now) if others else ""
        if others and self.is_attached:
            said = waits_words(others, queries.lockers.label)
            self.text = " ".join(filter(None, (SIGNS[NoticeKind.INFO][0], said, f"({age})" if age else "")))
