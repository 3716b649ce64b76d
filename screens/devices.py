"""The desk's scanner and badge reader where they are devices of their own: what they read goes to the present screen.

Nobody types on them, so each has a machine that takes everything for a scan, whatever has the focus and whatever is
typed meanwhile. What a badge reader reads is a badge and never a parcel.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from kiosk.errors import KioskError
from kiosk.scanner.machine import Machine
from kiosk.scanner.roles import DeviceRole, paths_of
from kiosk.scanner.tokens import Act, Lost, Repeated, Scan, TooLong
from kiosk.tracking.codes import Code
from kiosk.words.language import N_, _
from screens.flow import with_words
from screens.keyboard import REPEATED, TOO_LONG, Keyboard
from screens.taking_in import TakingIn
from screens.widgets.notice import NoticeKind

if TYPE_CHECKING:
    from kiosk.scanner.device_reader import DeviceReader, Signs
    from kiosk.wiring import Services
    from screens.base import ClerkScreen

UNASKED = N_("No badge is asked for here, and none is taken for a parcel.")
LOST = N_("A part of that scan was lost. Scan it again.")


@runtime_checkable
class AsksForBadges(Protocol):
    """A screen on which a badge says who somebody is."""

    async def takes_badge(self, code: Code) -> bool:
        """Use a badge; False where it is nobody's here. Raises KioskError."""
        ...


class Kiosk(Protocol):
    """What the devices need of the app."""

    @property
    def clerk_screen(self) -> ClerkScreen | None:
        """The screen that is shown."""

    def call_later(self, callback: Callable[..., Awaitable[None]], *args: object) -> bool:
        """Do something once all is done that waits in the app's queue."""

    async def lets_in(self, code: Code) -> bool:
        """Let in whose badge it is; False where it is nobody's who signs in here."""

    def ring(self, kind: NoticeKind) -> None:
        """Let a person hear what happened."""

    def somebody_moved(self) -> None:
        """Note that somebody is there."""


class Devices:
    """A part of the app; without devices in the settings it does nothing."""

    def __init__(self, app: Kiosk, keyboard: Keyboard, taking_in: TakingIn) -> None:
        self._app = app
        self._keyboard = keyboard
        self._taking_in = taking_in
        self._machines: dict[DeviceRole, Machine] = {}
        self._readers: list[DeviceReader] = []
        self._aside = ""
        """What was typed, while a scan is taken in."""

    def open(self, services: Services) -> None:
        """Read the devices that the settings name, from now on and whenever they are there."""
        from kiosk.scanner.device_reader import DeviceReader  # noqa: PLC0415 - not for the first frame
        from kiosk.scanner.input_device import open_input_device  # noqa: PLC0415 - the same

        typed = self._keyboard.machine
        for role, path in paths_of(services.settings.devices).items():
            is_scanner = role is DeviceRole.SCANNER
            self._machines[role] = Machine(
                is_certain=typed.is_certain,
                prefix=typed.prefix if is_scanner else "",
                ends_by_silence=typed.ends_by_silence or not is_scanner,
                only_scans=True,
            )
            hear, tell = partial(self._heard, role), partial(services.queries.activity.device_told, role)
            reader = DeviceReader(path, services.open_device or open_input_device, hear=hear, tell=tell)
            self._readers.append(reader)
            reader.start()

    def close(self) -> None:
        """Give the devices back."""
        for reader in self._readers:
            reader.close()
        self._readers.clear()

    def expect_again(self) -> None:
        """Let the code scanned last count again at once, and what was typed stay: what the scan asked for failed."""
        if self._aside:
            self._keyboard.typed, self._aside = self._aside, ""
        for machine in (self._keyboard.machine, *self._machines.values()):
            machine.last_code.forget()

    def _heard(self, role: DeviceRole, heard: Signs | Lost) -> None:
        if isinstance(heard, Lost) or heard.arrivals:
            self._app.somebody_moved()
        # Into the app's queue, like all that arrives: what was read or typed before is taken in before it.
        self._app.call_later(self._take, role, heard)

    async def _take(self, role: DeviceRole, heard: Signs | Lost) -> None:
        machine = self._machines[role]
        if isinstance(heard, Lost):
            machine.forget_typed()
            self._say(NoticeKind.LOOK, _(LOST))
            return
        acts = [act for each in heard.arrivals for act in machine.feed(each.token, each.at)]
        acts += machine.quiet(heard.at)
        if role is DeviceRole.BADGE_READER:
            await self._take_badges(acts)
        elif (screen := self._app.clerk_screen) is not None and screen.TAKES_TOKENS and screen.is_ready:
            for each in heard.arrivals:
                screen.take_tokens([each.token], each.at)
            screen.take_silence(heard.at)
        else:
            await self._take_scans(acts)

    async def _take_scans(self, acts: Sequence[Act]) -> None:
        for act in acts:
            match act:
                case Scan():
                    await self._take_scan(act)
                case Repeated():
                    self._say(NoticeKind.LOOK, _(REPEATED))
                case TooLong():
                    self._say(NoticeKind.STOP, _(TOO_LONG))

    async def _take_scan(self, scan: Scan) -> None:
        """Take a scan in; what was typed is no part of it, and goes with the question that it was typed for."""
        before = self._place
        self._aside, self._keyboard.typed = self._keyboard.typed, ""
        await self._taking_in.take_in_scans([scan])
        if not self._aside:
            return  # nothing was typed, or `expect_again` has given it back
        self._aside = ""
        self._keyboard.machine.forget_typed()
        if self._place == before:
            self._keyboard.show()
        else:
            self._keyboard.forget()

    @property
    def _place(self) -> tuple[ClerkScreen | None, int]:
        """The screen as it asks now."""
        screen = self._app.clerk_screen
        return screen, screen.turn if screen is not None else 0

    async def _take_badges(self, acts: Sequence[Act]) -> None:
        for code in (code for act in acts if isinstance(act, Scan) for code in act.codes):
            # A clerk's own first: no screen that asks for a recipient's may show it.
            if not await self._app.lets_in(code) and not await self._is_taken(code):
                self._say(NoticeKind.LOOK, _(UNASKED))

    async def _is_taken(self, code: Code) -> bool:
        screen = self._app.clerk_screen
        if screen is None or not isinstance(screen, AsksForBadges) or not screen.is_ready:
            return False
        try:
            return await with_words(screen, screen.takes_badge(code), _("Reading the badge"))
        except KioskError as error:
            screen.fail(error)
            return True

    def _say(self, kind: NoticeKind, words: str) -> None:
        screen = self._app.clerk_screen
        if screen is not None and screen.is_ready and not screen.busy:
            screen.notice.say(kind, words)
        self._app.ring(kind)
