"""The clerk's kiosk as a Textual app: which screen comes next, and the one place for what comes from keys and scans.

What a screen shows is the screen's business; rules are in `kiosk/flows`. This module and the home screen are loaded
before the first frame, so nothing heavy is imported here.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from contextlib import AsyncExitStack, suppress
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events
from textual.app import App

from kiosk.errors import KioskError, SettingsError
from screens.base import ClerkScreen
from screens.clerk.home import HomeScreen
from screens.entry import Entry, Fed
from screens.messages import Confirmed, EndedElsewhere, Opened, Scanned, Showed, StepDone, WentHome
from screens.route import asks_a_person, next_step, where_it_stands
from screens.theme import THEMES, default_tokens, use_theme
from screens.widgets.notice import NoticeKind
from screens.wording import status_of, time_of_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import PurePath

    from kiosk.models.lockers import LockerSize
    from kiosk.models.parcels import Parcel
    from kiosk.services import Services

ScreenT = TypeVar("ScreenT", bound=ClerkScreen)

SCREENS_BY_NAME = {
    "recipient": "screens.clerk.recipient:RecipientScreen",
    "contact id": "screens.clerk.contact_id:ContactIdScreen",
    "locker": "screens.clerk.locker:LockerScreen",
    "put in": "screens.clerk.put_in:PutInScreen",
    "code": "screens.clerk.code:CodeScreen",
    "parcel": "screens.clerk.parcel:ParcelPageScreen",
}
"""The screens about a parcel. They are loaded right after the first frame."""

ENDED_WRONG, WRONG_USAGE = 1, 2

LEFT_OVER = (
    "The kiosk was restarted while this parcel was on its way.",
    "Look where the parcel is, then choose.",
)


class KioskApp(App[None]):
    """Home is always at the bottom; an intake is one screen above it that is exchanged step by step."""

    CSS_PATH: ClassVar[list[str | PurePath] | None] = [
        "../styles/base.tcss",
        "../styles/widgets.tcss",
        "../styles/clerk/home.tcss",
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it
        (0, "-short"),
        (28, "-tall"),
    ]
    ENABLE_COMMAND_PALETTE = False
    TITLE = "Parcel kiosk"

    def __init__(self, open_services: Callable[[], AbstractAsyncContextManager[Services]]) -> None:
        super().__init__()
        use_theme(self)
        self._open_services = open_services
        self._services: Services | None = None
        self._opened = AsyncExitStack()
        self._entry = Entry()
        self._early: list[str] = []
        self.failure: KioskError | None = None
        """Why the kiosk could not go on; for the command line to print once the terminal is its own again."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Let every stylesheet use the theme's tokens."""
        return default_tokens()

    def get_default_screen(self) -> HomeScreen:
        """Begin at home."""
        return HomeScreen()

    def on_mount(self) -> None:
        """Draw the first frame, then open everything else."""
        loop = asyncio.get_running_loop()
        for name in (signal.SIGHUP, signal.SIGTERM):
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(name, self.exit)
        self.call_after_refresh(lambda: self.run_worker(self._open(), name="open", exit_on_error=True))

    async def on_unmount(self) -> None:
        """Close what was opened."""
        await self._opened.aclose()

    async def on_event(self, event: events.Event) -> None:
        """Give every key and paste to the entry first: a scan works on any screen and presses nothing."""
        screen = self.screen if self._screen_stack else None
        if isinstance(screen, ClerkScreen) and not getattr(event, "is_forwarded", False):
            if isinstance(event, events.Key) and self._feed(screen, event):
                return
            if isinstance(event, events.Paste):
                self._paste(screen, event.text)
                return
        await super().on_event(event)

    def _feed(self, screen: ClerkScreen, event: events.Key) -> bool:
        fed = self._entry.feed(event.key, event.character, event.time, shown=screen.SHOWS_ENTRY)
        if fed is Fed.CHANGED:
            screen.entry_changed(self._entry.text)
        elif fed is Fed.COMPLETE:
            self._complete(screen)
        return fed is not Fed.NOT_OURS

    def _paste(self, screen: ClerkScreen, text: str) -> None:
        for line in text.splitlines():
            self._entry.text += line
            self._complete(screen)

    def _complete(self, screen: ClerkScreen) -> None:
        text = self._entry.take()
        if screen.entry_completed(text):
            screen.entry_changed("")
        else:
            screen.post_message(Scanned(text))

    async def on_scanned(self, message: Scanned) -> None:
        """Take the parcel in and ask for whom it is; open it instead if it is known."""
        services, screen = self._services, self._clerk_screen()
        if services is None:
            self._early.append(message.text)
            screen.entry_changed("")
            return
        try:
            taken = await services.intake.take_in(message.text, services.actor)
        except KioskError as error:
            screen.entry_changed("")
            screen.fail(error)
            return
        if taken.known:
            known = f"This number was taken in at {time_of_day(taken.parcel.taken_in_at)} and is not new."
            await self._show(where_it_stands(taken.parcel), taken.parcel, greeting=(known, ""))
        else:
            await self._show("recipient", taken.parcel)

    async def on_confirmed(self, _: Confirmed) -> None:
        """Take a tap on the main key as the Enter after what was typed."""
        self._complete(self._clerk_screen())

    async def on_step_done(self, message: StepDone) -> None:
        """Show what the parcel needs next."""
        await self._show(next_step(message.parcel), message.parcel, greeting=(message.word, ""))

    async def on_opened(self, message: Opened) -> None:
        """Show a parcel where it stands."""
        await self._show(where_it_stands(message.parcel), message.parcel)

    async def on_showed(self, message: Showed) -> None:
        """Show another screen for the same parcel."""
        await self._show(message.screen, message.parcel, too_small=message.too_small)

    async def on_went_home(self, message: WentHome) -> None:
        """Leave the intake; what is unfinished stays in the list."""
        self._entry.drop_stale(time.monotonic())
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        self._show_status()
        await self._refresh_home()
        if message.word:
            self._home().notice.say(NoticeKind.DONE, message.word)

    async def on_ended_elsewhere(self, message: EndedElsewhere) -> None:
        """Keep the list true after a flow ended behind another screen, and say what failed."""
        await self._refresh_home()
        if message.error is not None:
            self._clerk_screen().fail(message.error)

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
            self.failure = error
            self.exit(return_code=WRONG_USAGE if isinstance(error, SettingsError) else ENDED_WRONG)
            return
        self._services = services
        self.theme = f"kiosk-{services.settings.desk.theme.value}"
        services.activity.watch(self._show_status)
        self._tick()
        await asyncio.to_thread(_load_screens)
        await self._refresh_home()
        for text in self._early:
            self.post_message(Scanned(text))
        self._early.clear()
        self.run_worker(self._recover(services), group="flows")

    async def _recover(self, services: Services) -> None:
        """Settle what an earlier run left open, ask about what only a person knows, and go on in the background."""
        await services.recovery.settle_all(services.actor)
        await self._refresh_home()
        left = [parcel for parcel in await services.lookup.unfinished() if asks_a_person(parcel)]
        if left and len(self.screen_stack) == 1 and not self._entry.text:
            await self._show(where_it_stands(left[0]), left[0], greeting=LEFT_OVER)
        await services.recovery.run(services.actor)

    async def _show(
        self,
        name: str,
        parcel: Parcel,
        *,
        greeting: tuple[str, str] = ("", ""),
        too_small: LockerSize | None = None,
    ) -> None:
        if self._services is None:
            return
        self._entry.drop_stale(time.monotonic())
        module, _, class_name = SCREENS_BY_NAME[name].partition(":")
        screen_class = getattr(import_module(module), class_name)
        extra = {"too_small": too_small} if too_small else {}
        screen = self._dressed(screen_class(self._services, parcel, **extra))
        screen.greeting = greeting
        while len(self.screen_stack) > 2:
            await self.pop_screen()
        if len(self.screen_stack) > 1:
            await self.switch_screen(screen)
        else:
            await self.push_screen(screen)
            self._home().entry_changed("")

    async def _refresh_home(self) -> None:
        if self._services is None:
            return
        try:
            unfinished, today = await self._services.lookup.unfinished(), await self._services.lookup.today()
        except KioskError as error:
            self._clerk_screen().fail(error)
            return
        self._home().show_parcels(unfinished, today, self._services.lookup.label)

    def _tick(self) -> None:
        self._show_status()
        now = self._services.clock.now() if self._services else None
        self.set_timer(60 - (now.second if now else 0), self._tick)

    def _show_status(self) -> None:
        self._dressed(self._clerk_screen())

    def _dressed(self, screen: ScreenT) -> ScreenT:
        """Give a screen the status as it is now."""
        services = self._services
        if services is not None:
            screen.show_status(status_of(services))
        return screen

    def _clerk_screen(self) -> ClerkScreen:
        screen = self.screen
        return screen if isinstance(screen, ClerkScreen) else self._home()

    def _home(self) -> HomeScreen:
        home = self.screen_stack[0]
        if not isinstance(home, HomeScreen):
            raise TypeError("home lies at the bottom of the screens")
        return home

    def _handle_exception(self, error: Exception) -> None:
        """End at once after an error nobody foresaw: it goes to the log, the journal goes on at the next start."""
        logging.getLogger("kiosk").critical("The kiosk ended unexpectedly.", exc_info=error)
        self.failure = KioskError(
            "An unexpected error ended the kiosk; nothing that was recorded is lost.",
            hint="Start it again. The log in the data folder tells the operator more.",
        )
        self._return_code = ENDED_WRONG
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()


def _load_screens() -> None:
    for place in SCREENS_BY_NAME.values():
        import_module(place.partition(":")[0])
