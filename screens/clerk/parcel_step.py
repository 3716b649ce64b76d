"""What the steps of an intake share: a parcel, the services, and the line that says which parcel it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.errors import KioskError
from kiosk.words.errors import explain
from kiosk.words.plain import shorten
from screens.base import ClerkScreen
from screens.messages import StepDone
from screens.wording import recipient

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel
    from kiosk.wiring import Services
    from screens.widgets.notice import Greeting

LONGEST_SHOWN = 34
"""Characters of a number in a heading: the longest carrier's, so that the name behind it is never pushed out."""


class ParcelScreen(ClerkScreen):
    """A screen about one parcel."""

    def __init__(self, services: Services, parcel: Parcel | None = None) -> None:
        super().__init__()
        self.services = services
        self._parcel = parcel
        """None while a screen that was made ahead waits for its first parcel."""

    @property
    def parcel(self) -> Parcel:
        """The parcel that the screen is about."""
        if self._parcel is None:
            raise RuntimeError("a screen is about a parcel once it has begun")
        return self._parcel

    def begin(self, parcel: Parcel, greeting: Greeting) -> None:
        """Be about this parcel from now on, and say first what is special about it; called before it is shown."""
        self._parcel, self.greeting = parcel, greeting
        self.turn += 1

    @property
    def about(self) -> str:
        """The parcel in a few words: the end of its number, which tells parcels apart, and for whom it is."""
        number, name = shorten(self.parcel.tracking_number, LONGEST_SHOWN, "start"), recipient(self.parcel)
        return f"{number} for {name}" if name else number

    async def failed(self, error: KioskError) -> None:
        """Show the error where the parcel stands now: an error may have moved it."""
        now = await self.as_it_stands()
        if now is None or now == self.parcel:
            self.fail(error)
        else:
            said = explain(error)
            self.leave(StepDone(now, said.line, said.hint))

    async def as_it_stands(self) -> Parcel | None:
        """Return the parcel as the journal has it, None if it is not here any more."""
        try:
            known = await self.services.desk.scans.known(self.parcel.tracking_number)
        except KioskError:
            return None
        return known if known is not None and known.parcel_id == self.parcel.parcel_id else None

    @property
    def bank_label(self) -> str:
        """The name of the parcel's bank as people say it."""
        return self.services.queries.lockers.label(self.parcel.place.locker_bank_id) if self.parcel.place else ""
