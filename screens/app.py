"""The clerk's kiosk as a Textual app: which screen comes next, and the one place for what comes from keys and scans.

What a screen shows is the screen's business; rules are in `kiosk/flows`. This module and the home screen are loaded
before the first frame, so nothing heavy is imported here.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, suppress
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import work

from kiosk.errors import KioskError
from screens.base import ClerkScreen
from screens.bell import ring
from screens.clerk.home import HomeScreen
from screens.ending import EndingApp
from screens.keyboard import Keyboard
from screens.messages import (
    Confirmed,
    Covered,
    EndedElsewhere,
    EntryUsed,
    JoinAsked,
    NumberWanted,
    Opened,
    Rang,
    SeparateAsked,
    Showed,
    StepDone,
    WentHome,
)
from screens.registry import load_screens, screen_class
from screens.route import asks_a_person, next_step, where_it_stands
from screens.taking_in import TakingIn
from screens.terminal import Arrived, KioskDriver, Silent
from screens.theme import THEMES, default_tokens, stylesheets, use_theme
from screens.widgets.notice import Greeting, NoticeKind
from screens.wording import LEFT_OVER, status_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractAsyncContextManager
    from pathlib import PurePath

    from textual.events import Event

    from kiosk.models.lockers import LockerSize
    from kiosk.models.parcels import Parcel
    from kiosk.scanner.tokens import Scan
    from kiosk.services import Services
    from screens.clerk.parcel_step import ParcelScreen

ScreenT = TypeVar("ScreenT", bound=ClerkScreen)

KEPT_SCREENS = {"recipient"}
"""Used again for the next parcel: a clerk waits for this one after every scan, and making it anew takes longest."""

LOOK_FOR_ROOM_EVERY_MINUTES = 5

RECOVER_AGAIN_AFTER_SECONDS = 60.0
"""How long recovery rests after the journal could not be written."""


class KioskApp(EndingApp):
    """Home is always at the bottom; an intake is one screen above it that is exchanged step by step."""

    CSS_PATH: ClassVar[list[str | PurePath] | None] = stylesheets("clerk")
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it
        (0, "-short"),
        (28, "-tall"),
    ]
    ENABLE_COMMAND_PALETTE = False
    TITLE = "Parcel kiosk"

    def __init__(self, open_services: Callable[[], AbstractAsyncContextManager[Services]]) -> None:
        super().__init__(driver_class=KioskDriver)
        use_theme(self)
        self.keyboard = Keyboard(self)
        self.taking_in = TakingIn(self)
        self._services: Services | None = None
        self._has_bell = True
        self._open_services = open_services
        self._opened = AsyncExitStack()
        self._kept: dict[str, ParcelScreen] = {}

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Let every stylesheet use the theme's tokens."""
        return default_tokens()

    def get_default_screen(self) -> HomeScreen:
        """Begin at home."""
        return HomeScreen()

    def on_mount(self) -> None:
        """Draw the first frame, then open everything else."""
        self.end_on_signals()
        self.call_after_refresh(lambda: self.run_worker(self._open(), name="open", exit_on_error=True))

    async def on_unmount(self) -> None:
        """Close what was opened."""
        await self._opened.aclose()

    async def on_step_done(self, message: StepDone) -> None:
        """Show what the parcel needs next."""
        if message.parcel.state.value == "in locker" and self._services is not None:
            check = self._services.oversight.check(message.parcel, self._services.actor)
            self.run_worker(check, group="flows", exit_on_error=False)  # a second look, not a step
        if message.still_wanted(self.screen_stack):
            await self.show_parcel(
                next_step(message.parcel), message.parcel, greeting=Greeting(message.word, message.hint)
            )
        else:
            await self._refresh()

    async def on_opened(self, message: Opened) -> None:
        """Show a parcel where it stands."""
        if message.still_wanted(self.screen_stack):
            await self.show_parcel(
                where_it_stands(message.parcel), message.parcel, greeting=Greeting(message.word, message.hint)
            )

    async def on_showed(self, message: Showed) -> None:
        """Show another screen for the same parcel."""
        if message.still_wanted(self.screen_stack):
            await self.show_parcel(message.screen, message.parcel, size=message.size)

    async def on_covered(self, message: Covered) -> None:
        """Show a screen on top of the one that asks, which waits beneath."""
        if self._services is not None and message.origin is self.screen:
            await self.push_screen(self._dressed(screen_class(message.screen)(self._services, *message.values)))

    async def on_went_home(self, message: WentHome) -> None:
        """Leave the intake; what is unfinished stays in the list."""
        if message.still_wanted(self.screen_stack):
            while len(self.screen_stack) > 1:
                await self.pop_screen()
            if message.word:
                self._home().notice.say(NoticeKind.DONE, message.word)
        await self._refresh()

    async def on_ended_elsewhere(self, message: EndedElsewhere) -> None:
        """Keep the list true after a flow ended behind another screen, and say what failed."""
        await self._refresh()
        if message.error is not None:
            self.say(message.error, about=message.about)

    async def on_arrived(self, message: Arrived) -> None:
        """Give what was read to the screen it is meant for, before anything that comes behind it."""
        await self.keyboard.hear(message.together)

    async def on_silent(self, message: Silent) -> None:
        """Let a silence decide what it decides."""
        await self.keyboard.hear(message.together)

    async def on_confirmed(self, _: Confirmed) -> None:
        """Take a tap on the main key as the Enter after what was typed."""
        await self.keyboard.confirm()

    def on_entry_used(self, _: EntryUsed) -> None:
        """Begin anew: those signs must not become part of what comes next."""
        self.keyboard.forget()

    async def on_join_asked(self, message: JoinAsked) -> None:
        """Make two codes one box."""
        await self.taking_in.join(message.parcel, message.other)

    async def on_separate_asked(self, message: SeparateAsked) -> None:
        """Make a code of a box a parcel of its own."""
        await self.taking_in.separate(message.parcel, message.code)

    async def on_number_wanted(self, _: NumberWanted) -> None:
        """Make a number for a parcel without a barcode."""
        await self.taking_in.make_number()

    def on_rang(self, message: Rang) -> None:
        """Let a screen ring."""
        self.ring(message.kind)

    async def take_in(self, codes: Sequence[str], *, is_typed: bool = False) -> None:
        """Take codes in, or open what they find."""
        await self.taking_in.take_in(codes, is_typed=is_typed)

    async def take_in_scans(self, scans: Sequence[Scan]) -> None:
        """Take in what was scanned since the last time."""
        await self.taking_in.take_in_scans(scans)

    async def deliver(self, event: Event) -> None:
        """Let Textual have a touch."""
        await super().on_event(event)

    def ring(self, kind: NoticeKind) -> None:
        """Tell by the terminal's bell what the notice tells by its sign, where the settings want it."""
        if self._has_bell:
            ring(self, kind)

    def scan_failed(self) -> None:
        """Let the code scanned last count again at once, and empty the field that showed it."""
        self.keyboard.machine.forget_last_code()
        self.keyboard.show()

    @property
    def is_up(self) -> bool:
        """Whether there are still screens; none are left while the app closes."""
        return bool(self._screen_stack)

    @property
    def clerk_screen(self) -> ClerkScreen | None:
        """The screen that is shown."""
        screen = self.screen if self.is_up else None
        return screen if isinstance(screen, ClerkScreen) else None

    async def action_leave(self) -> None:
        """Ask whether the kiosk is really to be left."""
        from screens.clerk.leaving import LeavingScreen  # noqa: PLC0415 - rarely needed

        if not isinstance(self.screen, LeavingScreen):
            await self.push_screen(self._dressed(LeavingScreen()))

    async def action_help(self) -> None:
        """Show every key."""
        from screens.clerk.help import HelpScreen  # noqa: PLC0415 - rarely needed

        if not isinstance(self.screen, HelpScreen):
            await self.push_screen(self._dressed(HelpScreen()))

    def action_next_theme(self) -> None:
        """Go through the themes."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]

    async def _open(self) -> None:
        """Open settings, journal, API and flows, then take in what was scanned meanwhile."""
        try:
            opening = await asyncio.to_thread(self._open_services)
            services = await self._opened.enter_async_context(opening)
        except KioskError as error:
            self.end_with(error)
            return
        self._services = services
        desk = services.settings.desk
        self._has_bell = desk.bell
        self.keyboard.open(desk)
        self.theme = f"kiosk-{services.settings.desk.theme.value}"
        services.activity.watch(self._on_activity)
        self._tick()
        await asyncio.to_thread(load_screens)
        await self._refresh()
        await self.taking_in.open(services)
        self.run_worker(self._recover(services), group="flows")

    async def _recover(self, services: Services) -> None:
        """Settle what an earlier run left open, ask about what only a person knows, and go on in the background."""
        with suppress(KioskError):
            await services.recovery.settle_all(services.actor)
            await self._refresh()
            left = [parcel for parcel in await services.lookup.unfinished() if asks_a_person(parcel)]
            if left and len(self.screen_stack) == 1 and not self.keyboard.typed:
                self.post_message(Opened(left[0], *LEFT_OVER))
            await services.lookup.banks()  # for their names, and to tell early whether the line works
            await self._refresh()
        while True:
            try:
                await services.recovery.run(services.actor)
            except KioskError as error:
                self.say(error)
                await asyncio.sleep(RECOVER_AGAIN_AFTER_SECONDS)

    async def show_parcel(
        self,
        name: str,
        parcel: Parcel,
        *,
        greeting: Greeting | None = None,
        size: LockerSize | None = None,
    ) -> None:
        """Show a screen about a parcel."""
        if self._services is None or not self.is_up:
            return
        greeting = greeting or Greeting()
        screen = self._kept.get(name)
        if screen is None:
            screen = screen_class(name)(self._services, parcel, *((size,) if size else ()))
            if name in KEPT_SCREENS:
                self._kept[name] = screen
                self.install_screen(screen, name)
        screen.begin(parcel, greeting)
        self._dressed(screen)
        while len(self.screen_stack) > 2:
            await self.pop_screen()
        if len(self.screen_stack) > 1:
            await self.switch_screen(screen)
        else:
            await self.push_screen(screen)
            self._home().entry_changed("")
        if greeting.title:
            self.ring(greeting.kind)
        self.keyboard.show_typed()

    async def _refresh(self) -> None:
        """Show the parcels as they are now, in the list and on the screen above it."""
        services = self._services
        if services is None:
            return
        lookup = services.lookup
        try:
            unfinished, today = await lookup.unfinished(), await lookup.today()
            named = await lookup.changed_within(services.settings.desk.names_minutes)
        except KioskError as error:
            self.say(error)
            return
        if not self.is_up or not self._home().is_ready:
            return
        with_room = services.holding.with_room(unfinished)
        self._home().show_parcels(unfinished, today, lookup.label, with_room, named)
        self._show_status()
        if self._clerk_screen().is_ready:
            self._clerk_screen().parcels_changed((*unfinished, *today))

    def _on_activity(self) -> None:
        if self.is_up:
            self._show_status()
            self.call_later(self._refresh)

    def _tick(self) -> None:
        self._show_status()
        if self._services is None:
            return
        now = self._services.clock.now()
        self.set_timer(60 - now.second, self._tick)
        self.call_later(self._refresh)  # names fade
        if now.minute % LOOK_FOR_ROOM_EVERY_MINUTES == 0:
            self._look_for_room()

    @work(group="flows")
    async def _look_for_room(self) -> None:
        with suppress(KioskError):  # without a line there is no room to tell of
            if self._services is not None:
                await self._services.holding.look_for_room()
                await self._refresh()

    def _show_status(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, ClerkScreen):
                self._dressed(screen)

    def _dressed(self, screen: ScreenT) -> ScreenT:
        """Give a screen the status as it is now."""
        services = self._services
        if services is not None:
            screen.show_status(status_of(services))
        return screen

    def say(self, error: KioskError, *, about: str = "") -> None:
        """Say an error on the screen as it is now."""
        if self.is_up:
            self._clerk_screen().fail(error, about=about)

    def _clerk_screen(self) -> ClerkScreen:
        screen = self.screen
        return screen if isinstance(screen, ClerkScreen) else self._home()

    def _home(self) -> HomeScreen:
        home = self.screen_stack[0]
        if not isinstance(home, HomeScreen):
            raise TypeError("home lies at the bottom of the screens")
        return home
