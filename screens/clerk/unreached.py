"""At the next parcel of somebody whom no notice reaches: that is said, and a key asks for the address. A part."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from kiosk.errors import KioskError
from kiosk.words.language import _
from kiosk.words.people import recipient
from kiosk.words.plain import shorten
from kiosk.words.times import day_and_time
from screens.clerk_actions import ASK_ADDRESS
from screens.destinations import ShowAddress
from screens.widgets.notice import SIGNS, NoticeKind
from screens.widgets.words import Words

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel
    from screens.clerk.parcel_screen import ParcelScreen

LONGEST_NAME = 40
"""Cells of a name, so that the key behind it is never cut off."""


class UnreachedRecipient:
    """A part of a screen of the intake. Whoever takes no notice of it loses neither a key nor a moment."""

    def __init__(self, screen: ParcelScreen) -> None:
        self._screen = screen
        self.line = Words(id="unreached", rows=2)
        self.is_known = False
        """It is known that no notice reaches the recipient, and nobody has asked for the address since."""

    def look(self) -> None:
        """Look in the background whether notices reach the recipient."""
        self._screen.run_worker(self._look(), group="unreached", exit_on_error=False)

    def ask(self) -> None:
        """Ask for the address; the intake waits beneath."""
        self._screen.cover(ShowAddress(self._screen.parcel, self._sent_again))

    async def _look(self) -> None:
        screen, parcel = self._screen, self._screen.parcel
        if parcel.contact is None:
            return
        with suppress(KioskError):  # what can't be read now is not worth stopping for
            unreached = await screen.services.desk.notices.unreached_of(parcel.contact.contact_id)
            if unreached is not None and screen.is_ready:
                self.is_known = True
                text = _("{sign} No notice has reached {name} since {time}. Ask for the e-mail address: {key}")
                self.line.text = text.format(
                    sign=SIGNS[NoticeKind.LOOK][0],
                    name=shorten(recipient(parcel), LONGEST_NAME),
                    time=day_and_time(unreached.since, screen.services.clock.now()),
                    key=ASK_ADDRESS.key_label,
                )
                # Nothing is asked anew by this: the keys before mean what they meant.
                screen.show_actions()

    def _sent_again(self, parcel: Parcel, word: str) -> None:
        del parcel
        self.is_known = False
        self.line.text = f"{SIGNS[NoticeKind.DONE][0]} {word}"
        self.line.add_class("-done")
        self._screen.show_actions()
