"""The operator's console as a Textual app: which page is shown, keys in their order, and looking for what changed.

What a page shows is the page's business; rules are in `kiosk/desk`. Only the overview is loaded with the first frame.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.app import App

from kiosk.errors import KioskError
from kiosk.words.language import N_
from screens import textual_patches
from screens.console.base import ConsoleScreen
from screens.console.destinations import ConsoleDestination, Page
from screens.console.framed import FramedScreen
from screens.console.hearing import Hearing
from screens.console.overview import OverviewScreen
from screens.console.page_stack import PageStack
from screens.driver import KioskDriver
from screens.lifetime import Lifetime
from screens.terminal import Arrived, Silent
from screens.theme import default_tokens, next_theme, stylesheets, use_theme

if TYPE_CHECKING:
    from kiosk.parcels.people import Person
    from kiosk.wiring import Services

LOOK_EVERY_SECONDS = 1.5
"""How often the console looks whether the journal has grown; a change elsewhere is shown within 5 s."""


class ConsoleApp(App[None]):
    """The overview lies at the bottom, another page above it, what was opened from there on top."""

    CSS_PATH: ClassVar[list[str | PurePath] | None] = stylesheets("framed", "console")
    ENABLE_COMMAND_PALETTE = False
    TITLE = N_("Parcel kiosk: console")

    def __init__(self, open_services: Callable[[], AbstractAsyncContextManager[Services]], person: Person) -> None:
        textual_patches.apply()
        super().__init__(driver_class=KioskDriver)
        use_theme(self)
        self.lifetime = Lifetime(self)
        self._open_services = open_services
        # Smooth scrolling would send a slow line each step in between.
        self.animation_level = "none"
        self._person = person
        self.page_stack: PageStack[Page, Services] = PageStack(self, self._make)
        self._hearing = Hearing(lambda: self.page_stack.shown, super().on_event)
        self.attention = 0
        """How much waits for somebody, shown beside the name of that page; what lies on the shelf may wait."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Let every stylesheet use the theme's tokens."""
        return default_tokens()

    def get_default_screen(self) -> FramedScreen[Services]:
        """Begin with the overview; nothing but it is loaded with the first frame."""
        return self.page_stack.page(Page.OVERVIEW)

    def on_mount(self) -> None:
        """Draw the first frame, then open everything else."""
        self.lifetime.begin(self._open_services, self._go_on)

    async def on_unmount(self) -> None:
        """Close what was opened."""
        await self.lifetime.close()

    async def on_arrived(self, message: Arrived) -> None:
        """Take what was read, each act to its end before the next."""
        await self._hearing.hear(message)

    async def on_silent(self, message: Silent) -> None:
        """Let a silence decide what it decides."""
        await self._hearing.hear(message)

    async def action_page(self, name: str) -> None:
        """Show a page, whatever lies above the present one."""
        await self.page_stack.go_to(Page(name))

    async def action_keys(self) -> None:
        """Show every key."""
        from screens.console.keys import KeysScreen  # noqa: PLC0415 - rarely needed

        if not isinstance(self.screen, KeysScreen):
            await self.page_stack.lay(KeysScreen(self._person))

    async def show(self, to: ConsoleDestination) -> None:
        """Show a screen above the present one."""
        from screens.console.making import make_screen  # noqa: PLC0415 - not for the first frame

        await self.page_stack.lay(make_screen(to, self._person))

    def action_next_theme(self) -> None:
        """Go through the themes."""
        next_theme(self)

    def _handle_exception(self, error: Exception) -> None:
        self.lifetime.end_unforeseen(error)

    def _make(self, page: Page) -> ConsoleScreen:
        if page is Page.OVERVIEW:
            return OverviewScreen(self._person)
        from screens.console.making import make_page  # noqa: PLC0415 - not for the first frame

        return make_page(page, self._person)

    async def _go_on(self, services: Services) -> None:
        """Use what was opened, then keep looking for what changes."""
        self.theme = f"kiosk-{services.settings.desk.theme.value}"
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
