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

from textual import events
from textual.app import App

from kiosk.errors import KioskError
from kiosk.scanner.loose_text import LooseText
from kiosk.scanner.machine import Machine
from kiosk.scanner.tokens import (
    SCANNER_GAP_SECONDS,
    Act,
    Alone,
    Erased,
    Paste,
    Pressed,
    Repeated,
    Scan,
    Touched,
    Typed,
)
from kiosk.words.language import N_
from screens import textual_patches
from screens.console.actions import SIGN_KEYS
from screens.console.base import ConsoleScreen
from screens.console.destinations import ConsoleDestination, Page
from screens.console.overview import OverviewScreen
from screens.driver import KioskDriver
from screens.lifetime import Lifetime
from screens.terminal import Arrived, Heard, Silent
from screens.theme import default_tokens, next_theme, stylesheets, use_theme

if TYPE_CHECKING:
    from kiosk.parcels.people import Person
    from kiosk.wiring import Services

LOOK_EVERY_SECONDS = 1.5
"""How often the console looks whether the journal has grown; a change elsewhere is shown within 5 s."""


class ConsoleApp(App[None]):
    """The overview lies at the bottom, another page above it, what was opened from there on top."""

    CSS_PATH: ClassVar[list[str | PurePath] | None] = stylesheets("console")
    ENABLE_COMMAND_PALETTE = False
    TITLE = N_("Parcel kiosk: console")

    def __init__(self, open_services: Callable[[], AbstractAsyncContextManager[Services]], person: Person) -> None:
        textual_patches.apply()
        super().__init__(driver_class=KioskDriver)
        use_theme(self)
        self.lifetime = Lifetime(self)
        self._open_services = open_services
        # No code is a parcel here, so none ends a line before its Enter; a letter needs only the scanner's gap.
        self._machine = Machine(is_certain=lambda _: False, alone_after=SCANNER_GAP_SECONDS)
        self._loose_text = LooseText()
        # Smooth scrolling would send a slow line each step in between.
        self.animation_level = "none"
        self._person = person
        self._services: Services | None = None
        self._pages: dict[Page, ConsoleScreen] = {}
        """Each page as it was left."""
        self.attention = 0
        """How much waits for somebody, shown beside the name of that page; what lies on the shelf may wait."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Let every stylesheet use the theme's tokens."""
        return default_tokens()

    def get_default_screen(self) -> ConsoleScreen:
        """Begin with the overview; nothing but it is loaded with the first frame."""
        return self._kept(Page.OVERVIEW, OverviewScreen(self._person))

    def on_mount(self) -> None:
        """Draw the first frame, then open everything else."""
        self.lifetime.begin(self._open_services, self._go_on)

    async def on_unmount(self) -> None:
        """Close what was opened."""
        await self.lifetime.close()

    async def on_arrived(self, message: Arrived) -> None:
        """Take what was read, each act to its end before the next."""
        await self._hear(message)

    async def on_silent(self, message: Silent) -> None:
        """Let a silence decide what it decides."""
        await self._hear(message)

    async def _hear(self, message: Heard) -> None:
        for each in message.together:
            for token in each.tokens if isinstance(each, Arrived) else ():
                if self._loose_text.arrives(token, each.at):
                    self._machine.forget_typed()
                for act in self._machine.feed(token, each.at):
                    await self._do(act)
            for act in self._machine.quiet(each.at):
                await self._do(act)

    async def _do(self, act: Act) -> None:
        """Give an act to the screen: all is text while something is asked, else a letter that stands alone is a key."""
        screen = self.screen if self._screen_stack else None
        if not isinstance(screen, ConsoleScreen):  # none is left while it closes
            return
        if isinstance(act, Touched) and isinstance(act.event, events.Event):
            await super().on_event(act.event)
        elif screen.message_line.is_asking:
            await self._answer(screen, act)
        else:
            await self._press(screen, act)

    async def _answer(self, screen: ConsoleScreen, act: Act) -> None:
        match act:
            case Typed():
                self._loose_text.typed(act.text, is_asked=True)
                screen.paste(act.text)
            case Paste():
                screen.paste(act.text)
            case Pressed():
                await screen.press(act.name, None)
            case Erased():
                await screen.press("ctrl+u" if act.everything else "backspace", None)
            case Scan() | Repeated():
                await screen.press("enter", None)
            case _:
                pass  # a letter that stands alone was shown as it came

    async def _press(self, screen: ConsoleScreen, act: Act) -> None:
        """Press keys. What is typed ahead of a question is text that nobody asked for: no letter of it is a key."""
        match act:
            case Typed():
                if first := self._loose_text.typed(act.text, is_asked=False):
                    screen.take_as_text(SIGN_KEYS.get(first, first))
            case Alone():
                self._machine.forget_typed()
                key = SIGN_KEYS.get(act.sign, act.sign)
                if not self._loose_text.lets_press or not await screen.press(key, act.sign):
                    self._loose_text.begin()
            case Pressed():
                is_its_end = self._loose_text.goes_on and act.name == "enter"
                self._loose_text.end()
                if not is_its_end:
                    await screen.press(act.name, None)
            case Paste():
                self._loose_text.begin()
            case _:
                pass  # a scan where nothing is asked

    async def action_page(self, name: str) -> None:
        """Show a page, whatever lies above the present one."""
        if self._services is None:
            return
        page = self._page(Page(name))
        # Else each page on the way down would be painted.
        with self.batch_update():
            while len(self.screen_stack) > 2:
                await self.pop_screen()
            if page in self.screen_stack:
                while self.screen is not page:
                    await self.pop_screen()
            elif len(self.screen_stack) > 1:
                await self.switch_screen(page)
            else:
                await self.push_screen(page)

    async def action_keys(self) -> None:
        """Show every key."""
        from screens.console.keys import KeysScreen  # noqa: PLC0415 - rarely needed

        if not isinstance(self.screen, KeysScreen):
            await self._lay(KeysScreen(self._person))

    async def show(self, to: ConsoleDestination) -> None:
        """Show a screen above the present one."""
        from screens.console.making import make_screen  # noqa: PLC0415 - not for the first frame

        await self._lay(make_screen(to, self._person))

    async def _lay(self, screen: ConsoleScreen) -> None:
        """Lay a screen over the present one."""
        screen.services = self._services
        await self.push_screen(screen)

    def action_next_theme(self) -> None:
        """Go through the themes."""
        next_theme(self)

    def _handle_exception(self, error: Exception) -> None:
        self.lifetime.end_unforeseen(error)

    def _page(self, page: Page) -> ConsoleScreen:
        from screens.console.making import make_page  # noqa: PLC0415 - not for the first frame

        return self._pages.get(page) or self._kept(page, make_page(page, self._person))

    def _kept(self, page: Page, screen: ConsoleScreen) -> ConsoleScreen:
        screen.services = self._services
        self._pages[page] = screen
        # Textual removes a screen that is left, unless it is installed.
        self.install_screen(screen, page)
        return screen

    async def _go_on(self, services: Services) -> None:
        """Use what was opened, then keep looking for what changes."""
        self._services = services
        self.theme = f"kiosk-{services.settings.desk.theme.value}"
        services.queries.activity.watch(self._on_activity)
        for screen in self._console_screens():
            screen.opened(services)
        await asyncio.to_thread(import_module, "screens.console.making")  # so that no first key waits
        self.run_worker(self._watch(services), group="watch", exit_on_error=True)

    async def _watch(self, services: Services) -> None:
        """Let the shown screen read again when the journal has grown, or a minute has passed: parcels expire."""
        counted: object = None
        while True:
            screen = self.screen if self._screen_stack else None
            if isinstance(screen, ConsoleScreen) and screen.is_ready:
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
            for screen in self._console_screens():
                screen.draw_frame()

    def _on_activity(self) -> None:
        for screen in self._console_screens():
            screen.draw_frame()

    def _console_screens(self) -> list[ConsoleScreen]:
        return [screen for screen in self._screen_stack if isinstance(screen, ConsoleScreen)]
