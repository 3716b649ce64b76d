"""The console over all desks as a Textual app: which screens there are, and looking for what changed.

What a page shows is the page's business; what is asked stands in `kiosk/fleet`. Only the desks are loaded with the
first frame, and only the screen that is shown is read for.
"""

from __future__ import annotations

import asyncio
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from kiosk.errors import KioskError
from kiosk.words.language import N_
from screens.console.paged_app import PagedApp
from screens.fleet.base import FleetScreen
from screens.fleet.desks import DesksScreen
from screens.fleet.destinations import FleetDestination, FleetPage
from screens.leftward import use_order
from screens.lifetime import Opens
from screens.theme import stylesheets

if TYPE_CHECKING:
    from kiosk.fleet.looking import FleetServices
    from kiosk.parcels.people import Person

LOOK_EVERY_SECONDS = 3.0
"""How often the centre is asked whether something changed where it gives no hint; a change is shown within 5 s."""
REST_SECONDS = 1.0
"""The least time between two such questions: a busy institution hints many times a second."""


class FleetApp(PagedApp[FleetPage, "FleetServices"]):
    """The desks lie at the bottom."""

    CSS_PATH: ClassVar[list[str | PurePath] | None] = stylesheets("framed", "fleet")
    TITLE = N_("Parcel kiosk: all desks")

    def __init__(self, open_services: Opens[FleetServices], person: Person, theme: str = "") -> None:
        super().__init__(open_services, person, FleetPage.DESKS, theme)
        self.alarms = 0
        """How many are open, shown beside the name of that page."""
        self._drawn: object = None
        """How it stood with the centre when the frames were drawn."""

    async def action_keys(self) -> None:
        """Show every key."""
        from screens.fleet.keys import FleetKeysScreen  # noqa: PLC0415 - rarely needed

        if not isinstance(self.screen, FleetKeysScreen):
            await self.page_stack.lay(FleetKeysScreen(self._person))

    async def show(self, to: FleetDestination) -> None:
        """Show a screen above the present one."""
        from screens.fleet.making import make_screen  # noqa: PLC0415 - not for the first frame

        await self.page_stack.lay(make_screen(to, self._person))

    def _make(self, page: FleetPage) -> FleetScreen:
        if page is FleetPage.DESKS:
            return DesksScreen(self._person)
        from screens.fleet.making import make_page  # noqa: PLC0415 - not for the first frame

        return make_page(page, self._person)

    async def _go_on(self, services: FleetServices) -> None:
        """Use what was opened, then keep looking for what changes."""
        use_order(self, services.settings.desk.right_to_left)
        self.page_stack.opened(services)
        await asyncio.to_thread(import_module, "screens.fleet.making")  # so that no first key waits
        self.run_worker(self._watch(services), group="watch", exit_on_error=True)

    async def _watch(self, services: FleetServices) -> None:
        """Let the shown screen read again when something changed, or a minute has passed: desks go away."""
        while True:
            screen = self.page_stack.shown
            if isinstance(screen, FleetScreen) and screen.is_ready:
                await self._look(services, screen)
            await services.looking.hint(LOOK_EVERY_SECONDS)
            await asyncio.sleep(REST_SECONDS)

    async def _look(self, services: FleetServices, screen: FleetScreen) -> None:
        looking = services.looking
        try:
            stamp = await looking.stamp()
        except KioskError as error:
            screen.fail(error)
        else:
            self.alarms = stamp.alarms
            screen.answered()
            if screen.shown != stamp:
                screen.shown = stamp
                await screen.read_now()
        stands = (looking.problem is None, looking.heard_at is None, self.alarms)
        if stands != self._drawn:
            self._drawn = stands
            self.page_stack.draw_frames()
