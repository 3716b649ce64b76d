"""The clerk's kiosk as a Textual app: which screen comes next, and the one place for what comes from keys and scans.

What a screen shows is the screen's business; rules are in `kiosk/desk`. This module and the home screen are loaded
before the first frame, so nothing heavy is imported here.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.events import Event

from kiosk.desk.questions import question_on_opening
from kiosk.errors import KioskError
from kiosk.watchdog import Watchdog
from kiosk.words.language import N_
from screens import messages, textual_patches
from screens.base import ClerkScreen
from screens.bell import ring
from screens.clerk.home import HomeScreen
from screens.crash import Crash
from screens.destinations import ParcelDestination
from screens.devices import Devices
from screens.driver import KioskDriver
from screens.everywhere import Everywhere
from screens.keyboard import Keyboard
from screens.left_over import LeftOver
from screens.lifetime import Lifetime, Opens
from screens.navigator import Navigator
from screens.opening import Opening, Parts
from screens.perceived import PerceivedApp
from screens.refreshing import Refreshing
from screens.route import screen_for
from screens.shift import Shift
from screens.speaking import Speaking
from screens.taking_in import TakingIn
from screens.terminal import Arrived, Silent
from screens.textual_patches import forget_tapped
from screens.theme import default_tokens, next_theme, stylesheets, theme_of, use_theme
from screens.undo import Undo
from screens.widgets.notice import Greeting, NoticeKind
from screens.widgets.pin_pad import PinPad
from screens.widgets.touch_keyboard import TouchKeyboard

if TYPE_CHECKING:
    from kiosk.parcels.people import Person
    from kiosk.tracking.codes import Code
    from kiosk.wiring import Services


class KioskApp(PerceivedApp[None]):
    """Home is always at the bottom; an intake is one screen above it that is exchanged step by step."""

    CSS_PATH: ClassVar[list[str | PurePath] | None] = stylesheets("clerk", "finder")
    # From 28 rows on there is room for blank lines between the parts (`&.-tall` in the stylesheets).
    VERTICAL_BREAKPOINTS = [(0, "-short"), (28, "-tall")]  # noqa: RUF012 - Textual declares it
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    TITLE = N_("Parcel kiosk")

    def __init__(
        self,
        open_services: Opens[Services],
        watchdog: Watchdog | None = None,
        after: Crash | None = None,
        theme: str = "",
    ) -> None:
        """Run under a watchdog that looks at other apps too; `after` a crash it goes on where that left the clerk."""
        textual_patches.apply()
        super().__init__(driver_class=KioskDriver)
        use_theme(self, after.theme if after is not None else theme_of(theme))
        self.lifetime = Lifetime(self, watchdog)
        self._open_services = open_services
        self.crash: Crash | None = None
        """What the next app is told, once this one has crashed."""
        self.navigator = Navigator(self)
        self.undo = Undo(self, self.navigator)
        self.refreshing = Refreshing(self, self.navigator, self.say)
        self.taking_in = TakingIn(self)
        self.left_over = LeftOver()
        self.keyboard = Keyboard(self, self.taking_in)
        self.devices = Devices(self, self.keyboard, self.taking_in)
        self.everywhere = Everywhere(self.navigator, self.keyboard)
        self.speaking = Speaking(self, self.navigator, lambda: self.shift.ask_who())  # noqa: PLW0108 - the shift comes after it
        self.shift = Shift(self, self.navigator, self.taking_in, self.keyboard, self.speaking)
        desk = (self.navigator, self.shift, self.undo, self.keyboard, self.devices, self.everywhere, self.speaking)
        self.opening = Opening(self, Parts(*desk, self.refreshing, self.taking_in, self.left_over), after)
        self._services: Services | None = None

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Let every stylesheet use the theme's tokens."""
        return default_tokens()

    def get_default_screen(self) -> HomeScreen:
        """Begin at home."""
        home = HomeScreen()
        home.greeting = self.opening.greeting
        return home

    def on_mount(self) -> None:
        """Draw the first frame, then open everything else."""
        self.lifetime.begin(self._open_services, self._go_on)

    async def on_unmount(self) -> None:
        """Close what was opened."""
        self.devices.close()
        await self.lifetime.close()

    async def on_step_done(self, message: messages.StepDone) -> None:
        """Show what the parcel needs next."""
        if self.navigator.is_still_wanted(message):
            await self.show(screen_for(message.question), Greeting(message.word, message.hint))
        else:
            await self.refreshing.refresh()

    async def on_open_parcel(self, message: messages.OpenParcel) -> None:
        """Show a parcel where it stands."""
        if self.navigator.is_still_wanted(message) and (services := self._services) is not None:
            parcel = message.parcel
            said = self.left_over.greeting(parcel, services.queries.lockers.label)
            greeting = Greeting(message.word, message.hint) if message.word else said
            await self.show(screen_for(question_on_opening(parcel)), greeting)

    async def on_go_to(self, message: messages.GoTo) -> None:
        """Show another screen for the same parcel."""
        if self.navigator.is_still_wanted(message):
            await self.show(message.to, Greeting(message.word, kind=NoticeKind.DONE))

    async def on_cover(self, message: messages.Cover) -> None:
        """Show a screen on top of the one that asks, which waits beneath."""
        # Of two quick presses the second one finds its screen already covered.
        if message.origin is self.clerk_screen and self.navigator.is_still_wanted(message):
            await self.navigator.cover(message.to)

    async def on_go_home(self, message: messages.GoHome) -> None:
        """Leave the intake; what is unfinished stays in the list."""
        if self.navigator.is_still_wanted(message):
            left = self.navigator.shown
            await self.navigator.go_home()
            self.undo.left(left)
            # While the kiosk is being left there is no screen that could say it.
            if message.word and self.navigator.is_up and self.navigator.home.is_ready:
                self.navigator.home.notice.say(message.kind, message.word, message.hint)
        await self.refreshing.refresh()

    async def on_ended_elsewhere(self, message: messages.EndedElsewhere) -> None:
        """Keep the list true after a flow ended behind another screen, and say what failed."""
        await self.refreshing.refresh()
        if message.error is not None:
            self.say(message.error, about=message.about)

    async def on_arrived(self, message: Arrived | Silent) -> None:
        """Give what was read to the screen it is meant for, before anything that comes behind it."""
        self.shift.idling.hear(message.together)
        await self.keyboard.hear(message.together)

    on_silent = on_arrived
    """A silence decides something too, and what was read behind it may come with it."""

    async def on_confirmed(self, _: messages.Confirmed) -> None:
        """Take a tap on the main key as the Enter after what was typed."""
        await self.keyboard.confirm()

    async def on_pin_pad_pressed(self, message: PinPad.Pressed | TouchKeyboard.Pressed) -> None:
        """Type what was tapped."""
        await self.keyboard.touched(message.key)

    on_touch_keyboard_pressed = on_pin_pad_pressed

    def somebody_moved(self) -> None:
        """Note that somebody is there."""
        self.shift.idling.somebody_moved()

    async def lets_in(self, code: Code) -> bool:
        """Let in whose badge it is; False where it is nobody's who signs in here."""
        return await self.shift.take_badge(code)

    async def on_list_asked(self, _: messages.ListAsked) -> None:
        """Read the list that home is to show."""
        await self.refreshing.refresh()

    def on_entry_used(self, _: messages.EntryUsed) -> None:
        """Begin anew: those signs must not become part of what comes next."""
        self.keyboard.forget()

    def on_entry_proposed(self, message: messages.EntryProposed) -> None:
        """Begin the field with a text."""
        self.keyboard.propose(message.text)

    async def on_number_asked(self, message: messages.NumberAsked) -> None:
        """Do something with the numbers of boxes that are in the clerk's hands."""
        if self.navigator.is_still_wanted(message):
            await self.taking_in.do(message.what)
        elif not self.navigator.is_left:
            self.taking_in.pass_over(message.what)

    def on_failed(self, message: messages.Failed) -> None:
        """Let somebody who does not look at the screen hear it, and let what was scanned be scanned again at once."""
        self.devices.expect_again()
        self.ring(message.kind)

    async def deliver(self, event: Event) -> None:
        """Let Textual have a touch."""
        await super().on_event(event)
        forget_tapped(self, event)

    def ring(self, kind: NoticeKind) -> None:
        """Tell by the terminal's bell what the notice tells by its sign, where the settings want it."""
        if self._services is None or self._services.settings.desk.bell:
            ring(self, kind)

    def scan_failed(self) -> None:
        """Let the code scanned last count again at once, and empty the field that showed it."""
        self.devices.expect_again()
        self.keyboard.show()

    @property
    def person(self) -> Person:
        """Who works at the desk."""
        return self.navigator.person

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the keys that work everywhere work only while somebody is there."""
        return self.shift.allows(action) and super().check_action(action, parameters)

    @property
    def clerk_screen(self) -> ClerkScreen | None:
        """The screen that is shown."""
        return self.navigator.shown

    async def action_leave(self) -> None:
        """Ask whether the kiosk is really to be left, or who may leave it."""
        await self.everywhere.leave()

    async def action_help(self) -> None:
        """Show every key, those of the present screen first."""
        await self.everywhere.help()

    async def action_find(self) -> None:
        """Find a parcel; what was typed so far is looked for."""
        await self.everywhere.find()

    async def action_change_shift(self) -> None:
        """Ask who takes over, or let whoever is signed in go."""
        await self.shift.change()

    def action_keyboard(self) -> None:
        """Show letters to tap, or the keys again."""
        self.navigator.show_keyboard(is_on=not self.navigator.has_keyboard)

    async def action_language(self) -> None:
        """Choose another language."""
        await self.speaking.ask()

    def action_undo(self) -> None:
        """Undo the last step."""
        self.undo.carry_out()

    def action_next_theme(self) -> None:
        """Go through the themes."""
        next_theme(self)

    @property
    def is_locked(self) -> bool:
        """Whether only an administrator may leave."""
        return self.everywhere.is_locked

    def _handle_exception(self, error: Exception) -> None:
        self.lifetime.end_unforeseen(error)
        if self.lifetime.has_crashed and self.crash is None:  # what breaks after the first error tells nothing
            self.crash = Crash.of(self.navigator.in_hand, self.theme)

    async def _go_on(self, services: Services) -> None:
        """Use what was opened."""
        self._services = services
        await self.opening.carry_out(services)

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
