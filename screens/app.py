"""The clerk's kiosk as a Textual app: which screen comes next, and the one place for what comes from keys and scans.

What a screen shows is the screen's business; rules are in `kiosk/desk`. This module and the home screen are loaded
before the first frame, so nothing heavy is imported here.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import App
from textual.events import Event, MouseUp

from kiosk.desk.questions import only_a_person_knows, question_on_opening
from kiosk.errors import KioskError
from kiosk.words.language import N_
from screens import textual_patches
from screens.base import ClerkScreen
from screens.bell import ring
from screens.clerk.home import HomeScreen
from screens.destinations import ParcelDestination, ShowFind
from screens.driver import KioskDriver
from screens.keyboard import Keyboard
from screens.left_over import LeftOver
from screens.lifetime import Lifetime
from screens.messages import (
    Confirmed,
    Cover,
    EndedElsewhere,
    EntryProposed,
    EntryUsed,
    Failed,
    GoHome,
    GoTo,
    ListAsked,
    NumberAsked,
    OpenParcel,
    StepDone,
)
from screens.navigator import Navigator
from screens.refreshing import Refreshing
from screens.route import screen_for
from screens.taking_in import TakingIn
from screens.terminal import Arrived, Silent
from screens.textual_patches import forget_tapped
from screens.theme import default_tokens, next_theme, stylesheets, use_theme
from screens.undo import Undo
from screens.widgets.notice import Greeting, NoticeKind
from screens.widgets.touch_keyboard import TouchKeyboard

if TYPE_CHECKING:
    from kiosk.parcels.people import Person
    from kiosk.wiring import Services


class KioskApp(App[None]):
    """Home is always at the bottom; an intake is one screen above it that is exchanged step by step."""

    CSS_PATH: ClassVar[list[str | PurePath] | None] = stylesheets("clerk", "finder")
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it
        (0, "-short"),
        # From here on there is room for blank lines between the parts (`&.-tall` in the stylesheets).
        (28, "-tall"),
    ]
    ENABLE_COMMAND_PALETTE = False
    TITLE = N_("Parcel kiosk")

    def __init__(self, open_services: Callable[[], AbstractAsyncContextManager[Services]]) -> None:
        textual_patches.apply()
        super().__init__(driver_class=KioskDriver)
        use_theme(self)
        self.lifetime = Lifetime(self, open_services)
        self.navigator = Navigator(self)
        self.undo = Undo(self, self.navigator)
        self.refreshing = Refreshing(self, self.navigator, self.say)
        self.taking_in = TakingIn(self)
        self.left_over = LeftOver()
        self.keyboard = Keyboard(self, self.taking_in)
        self._services: Services | None = None
        self._has_bell = True

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Let every stylesheet use the theme's tokens."""
        return default_tokens()

    def get_default_screen(self) -> HomeScreen:
        """Begin at home."""
        return HomeScreen()

    def on_mount(self) -> None:
        """Draw the first frame, then open everything else."""
        self.lifetime.begin(self._go_on)

    async def on_unmount(self) -> None:
        """Close what was opened."""
        await self.lifetime.close()

    async def on_step_done(self, message: StepDone) -> None:
        """Show what the parcel needs next."""
        if self.navigator.is_still_wanted(message):
            await self.show(screen_for(message.question), Greeting(message.word, message.hint))
        else:
            await self.refreshing.refresh()

    async def on_open_parcel(self, message: OpenParcel) -> None:
        """Show a parcel where it stands."""
        if self.navigator.is_still_wanted(message) and (services := self._services) is not None:
            parcel = message.parcel
            said = self.left_over.greeting(parcel, services.queries.lockers.label)
            greeting = Greeting(message.word, message.hint) if message.word else said
            await self.show(screen_for(question_on_opening(parcel)), greeting)

    async def on_go_to(self, message: GoTo) -> None:
        """Show another screen for the same parcel."""
        if self.navigator.is_still_wanted(message):
            await self.show(message.to, Greeting(message.word, kind=NoticeKind.DONE))

    async def on_cover(self, message: Cover) -> None:
        """Show a screen on top of the one that asks, which waits beneath."""
        # Of two quick presses the second one finds its screen already covered.
        if message.origin is self.screen:
            await self.navigator.cover(message.to)

    async def on_go_home(self, message: GoHome) -> None:
        """Leave the intake; what is unfinished stays in the list."""
        if self.navigator.is_still_wanted(message):
            left = self.navigator.shown
            await self.navigator.go_home()
            self.undo.left(left)
            # While the kiosk is being left there is no screen that could say it.
            if message.word and self.navigator.is_up and self.navigator.home.is_ready:
                self.navigator.home.notice.say(message.kind, message.word, message.hint)
        await self.refreshing.refresh()

    async def on_ended_elsewhere(self, message: EndedElsewhere) -> None:
        """Keep the list true after a flow ended behind another screen, and say what failed."""
        await self.refreshing.refresh()
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

    async def on_list_asked(self, _: ListAsked) -> None:
        """Read the list that home is to show."""
        await self.refreshing.refresh()

    async def on_touch_keyboard_pressed(self, message: TouchKeyboard.Pressed) -> None:
        """Type what was tapped."""
        await self.keyboard.touched(message.key)

    def on_entry_used(self, _: EntryUsed) -> None:
        """Begin anew: those signs must not become part of what comes next."""
        self.keyboard.forget()

    def on_entry_proposed(self, message: EntryProposed) -> None:
        """Begin the field with a text."""
        self.keyboard.propose(message.text)

    async def on_number_asked(self, message: NumberAsked) -> None:
        """Do something with the numbers of boxes that are in the clerk's hands."""
        await self.taking_in.do(message.what)

    def on_failed(self, message: Failed) -> None:
        """Let somebody who does not look at the screen hear it, and let what was scanned be scanned again at once."""
        self.keyboard.machine.last_code.forget()
        self.ring(message.kind)

    async def deliver(self, event: Event) -> None:
        """Let Textual have a touch."""
        await super().on_event(event)
        if isinstance(event, MouseUp):
            # A screen that was left by this tap would be kept until the next one.
            forget_tapped(self)

    def ring(self, kind: NoticeKind) -> None:
        """Tell by the terminal's bell what the notice tells by its sign, where the settings want it."""
        if self._has_bell:
            ring(self, kind)

    def scan_failed(self) -> None:
        """Let the code scanned last count again at once, and empty the field that showed it."""
        self.keyboard.machine.last_code.forget()
        self.keyboard.show()

    @property
    def person(self) -> Person:
        """Who works at the desk."""
        return self.navigator.person

    @property
    def clerk_screen(self) -> ClerkScreen | None:
        """The screen that is shown."""
        return self.navigator.shown

    async def action_leave(self) -> None:
        """Ask whether the kiosk is really to be left."""
        from screens.clerk.leaving import LeavingScreen  # noqa: PLC0415 - rarely needed

        await self.navigator.lay(LeavingScreen())

    async def action_help(self) -> None:
        """Show every key, those of the present screen first."""
        from screens.clerk.help import HelpScreen  # noqa: PLC0415 - rarely needed

        has_tour = self._services is not None and self._services.tour is not None
        if (shown := self.clerk_screen) is not None:
            await self.navigator.lay(HelpScreen(shown.KEYMAP, has_tour=has_tour))

    async def action_find(self) -> None:
        """Find a parcel; what was typed so far is looked for."""
        covered = self.navigator.shown
        await self.navigator.cover(ShowFind())
        if covered is not None and covered is not self.navigator.shown and self.keyboard.typed:
            covered.entry_changed("")
            self.keyboard.show_typed()

    def action_keyboard(self) -> None:
        """Show letters to tap, or the keys again."""
        self.navigator.show_keyboard(is_on=not self.navigator.has_keyboard)

    def action_undo(self) -> None:
        """Undo the last step."""
        self.undo.carry_out()

    def action_next_theme(self) -> None:
        """Go through the themes."""
        next_theme(self)

    def _handle_exception(self, error: Exception) -> None:
        self.lifetime.end_unforeseen(error)

    async def _go_on(self, services: Services) -> None:
        """Use what was opened: show what is here, then take in what was scanned meanwhile."""
        self._services = services
        self.navigator.open(services)
        desk = services.settings.desk
        self.navigator.home.search_by(services.queries.searching, services.desk.handing_over)
        self.undo.open(services)
        self._has_bell = desk.bell
        self.keyboard.open(desk)
        self.theme = f"kiosk-{services.settings.desk.theme.value}"
        self.refreshing.start(services)
        await self.refreshing.refresh()
        await self.navigator.make_ahead(services)
        await self.taking_in.open(services)
        self._recover(services)

    @work(group="flows")
    async def _recover(self, services: Services) -> None:
        """Settle what an earlier run left open, ask about what only a person knows, and let the background go on."""
        with suppress(KioskError):
            await services.settling.settle_all()
            await self.refreshing.refresh()
            left = await services.queries.unfinished()
            self.left_over.begin(left)
            first = next(filter(only_a_person_knows, left), None)
            # Settling takes its time: whoever has scanned or typed meanwhile must not be torn away from that.
            if first is not None and len(self.screen_stack) == 1 and not self.keyboard.typed:
                self.post_message(OpenParcel(first))
            await services.queries.proposals.get_ready()  # also to tell early whether the line works
            await self.refreshing.refresh()
        # Also where settling failed: what runs by itself tries again.
        services.background.watch(lambda: self.call_later(self.refreshing.refresh), self.say)
        services.background.start()

    async def show(self, to: ParcelDestination, greeting: Greeting) -> None:
        """Show a screen about a parcel, and ring for what it says."""
        left = self.navigator.shown
        await self.navigator.show(to, greeting)
        self.undo.left(left, to.parcel)
        if greeting.title:
            self.ring(greeting.kind)
        self.keyboard.show_typed()

    def say(self, error: KioskError, *, about: str = "") -> None:
        """Say an error on the screen as it is now."""
        if self.navigator.is_up:
            (self.navigator.shown or self.navigator.home).fail(error, about=about)
