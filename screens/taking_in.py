"""An app that takes scanned parcels in: what a scan means on the screen as it is now, and what the clerk is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.errors import KioskError
from screens.clerk.box import BoxScreen
from screens.entry import MAKE_NUMBER
from screens.route import next_step, where_it_stands
from screens.scanning import ScanningApp
from screens.widgets.notice import Greeting, NoticeKind

if TYPE_CHECKING:
    from kiosk.models.lockers import LockerSize
    from kiosk.models.parcels import Parcel
    from kiosk.services import Services
    from screens.messages import Scanned

NOTHING_SPECIAL = Greeting()


class TakingInApp(ScanningApp):
    """A scan is a new parcel, one that is here already, or another barcode of the box that waits for its recipient."""

    def __init__(self) -> None:
        super().__init__()
        self._services: Services | None = None
        self._early: list[str] = []
        """What was scanned before everything was open."""

    async def on_scanned(self, message: Scanned) -> None:
        """Take the parcel in and ask what is to be asked first; open it instead if it is known."""
        services = self._services
        if services is None or self._early:
            self._early.append(message.text)
            self.show_entry()
            return
        try:
            if message.text == MAKE_NUMBER:
                await self._make_number(services)
            elif (box := await self._box(services, message)) is not None:
                await self._add_code(services, box, message.text)
            else:
                await self._take_in(services, message.text)
        except KioskError as error:
            self.show_entry()
            self._say(error)

    async def _take_in(self, services: Services, text: str) -> None:
        from screens.numbers import seen_before, taken  # noqa: PLC0415 - not for the first frame

        parcel, known = await services.scans.take_in(text, services.actor, ask=True)
        if known:
            greeting = seen_before(parcel, services.lookup.label)
            await self._show(where_it_stands(parcel), parcel, greeting=greeting)
        else:
            await self._show(next_step(parcel), parcel, greeting=taken(parcel, services.scans.readings(parcel)))

    async def _make_number(self, services: Services) -> None:
        parcel = await services.scans.make_number(services.actor)
        made = Greeting("A number was made for this parcel.", kind=NoticeKind.TAKEN)
        await self._show(next_step(parcel), parcel, greeting=made)

    async def _add_code(self, services: Services, box: BoxScreen, text: str) -> None:
        from screens.numbers import added  # noqa: PLC0415 - not for the first frame

        before = box.parcel
        parcel = await services.scans.add_code(before, text, services.actor)
        greeting = added(before, parcel, services.scans.readings(parcel))
        await self._show(next_step(parcel), parcel, greeting=greeting)
        if isinstance(self.screen, BoxScreen) and self.screen.parcel.parcel_id == parcel.parcel_id:
            self.screen.code_was_added(text)

    async def _box(self, services: Services, message: Scanned) -> BoxScreen | None:
        """Return the screen of the box to which a scan belongs, None where it is a parcel of its own."""
        screen = self.screen
        if message.in_burst or not isinstance(screen, BoxScreen) or not screen.is_ready or screen.busy:
            return None
        if await services.scans.known(message.text) is not None:
            return None
        return screen if services.scans.same_box(screen.parcel, message.text) else None

    async def _show(
        self,
        name: str,
        parcel: Parcel,
        *,
        greeting: Greeting = NOTHING_SPECIAL,
        size: LockerSize | None = None,
    ) -> None:
        """Show a screen about a parcel."""
        raise NotImplementedError

    def _say(self, error: KioskError, *, about: str = "") -> None:
        """Say an error on the screen as it is now."""
        raise NotImplementedError
