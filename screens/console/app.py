"""The operator's console as a Textual app: which screens there are, and looking for what changed.

What a page shows is the page's business; rules are in `kiosk/desk`. Only the overview is loaded with the first frame.
"""

from __future__ import annotations

import asyncio
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from kiosk.errors import KioskError
from kiosk.words.language import N_
from screens.console.base import ConsoleScreen
from screens.console.destinations import ConsoleDestination, Page
from screens.console.overview import OverviewScreen
from screens.console.paged_app import PagedApp
from screens.leftward import use_order
from screens.lifetime import Opens
from screens.theme import stylesheets

if TYPE_CHECKING:
    from kiosk.parcels.people import Person
    from kiosk.wiring import Services

LOOK_EVERY_SECONDS = 1.5
"""How often the console looks whether the journal has grown; a change elsewhere is shown within 5 s."""


class ConsoleApp(PagedApp[Page, "Services"]):
    """The overview lies at the bottom."""

    CSS_PATH: ClassVar[list[str | PurePath] | None] = stylesheets("framed", "console")
    TITLE = N_("Parcel kiosk: console")

    def __init__(self, open_services: Opens[Services], person: Person, theme: str = "") -> None:
        super().__init__(open_services, person, Page.OVERVIEW, theme)
        self.attention = 0
        """How much waits for somebody, shown beside the name of that page; what lies on the shelf may wait."""

    async def action_keys(self) -> None:
        """Show every key."""
        from screens.console.keys import KeysScreen  # noqa: PLC0415 - rarely needed

        if not isinstance(self.screen, KeysScreen):
            await self.page_stack.lay(KeysScreen(self._person))

    async def show(self, to: ConsoleDestination) -> None:
        """Show a screen above the present one."""
        from screens.console.making import make_screen  # noqa: PLC0415 - not for the first frame

        await self.page_stack.lay(make_screen(to, self._person))

    def _make(self, page: Page) -> ConsoleScreen:
        if page is Page.OVERVIEW:
            return OverviewScreen(self._person)
        from screens.console.making import make_page  # noqa: PLC0415 - not for the first frame

        return make_page(page, self._person)

    async def _go_on(self, services: Services) -> None:
        """Use what was opened, then keep looking for what changes."""
        use_order(self, services.settings.desk.right_to_left)
        services.queries.activity.watch(self.page_stack.draw_frames)
        self.page_stack.opened(services)
        await asyncio.to_thread(import_module, "screens.console.making")  # so that no first key waits
        self.run_worker(self._watch(services), group="watch", exit_on_error=True)

    async def _watch(self, services: Services) -> None:
        """Let the shown screen read again when the journal has grown, or a minute has passed: parcels expire."""
        counted: object = None
        while True:
            screen = self.page_stack.shown
            if screen is not None and screen.is_ready:
                try:
                    last = await services.queries.console.last_sequence()
                    minute = services.clock.now().replace(second=0, microsecond=0)
                    now = (last, minute, services.queries.console.banks_read_at())
                    if counted != now:
                        self._show_attention((await services.queries.console.overview()).pressing)
                        counted = now
                except KioskError as error:
                    screen.fail(error)
                else:
                    if screen.shown != now:  # also the first time: it may have changed since the screen read
                        await screen.read_now()
                        screen.shown = now
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    def _show_attention(self, pressing: int) -> None:
        if pressing != self.attention:
            self.attention = pressing
            self.page_stack.draw_frames()
