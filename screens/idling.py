"""Whether somebody is still there: warns after a while without a key, a tap or a scan, and says when it is over.

Time is what was lived through, so that no clock that is set clears a screen or keeps it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from textual.app import App

from screens.destinations import ShowIdleWarning
from screens.navigator import Navigator
from screens.terminal import Arrived, Heard

if TYPE_CHECKING:
    from kiosk.clock import Clock

WARNING_SECONDS: Final = 15
"""For so long a warning stands before it is over."""


class Idling:
    """A part of the app; `over` is called when nobody has moved for too long, and again each second after that."""

    def __init__(self, app: App[Any], navigator: Navigator, over: Callable[[], Awaitable[None]]) -> None:
        self._app = app
        self._navigator = navigator
        self._over = over
        self._clock: Clock | None = None
        self._seconds = 0.0
        self._heard_at = 0.0
        self._has_warned = False

    def open(self, clock: Clock, minutes: float) -> None:
        """Watch from now on; no minutes watch nothing."""
        self._clock, self._seconds = clock, minutes * 60
        self.somebody_moved()
        if minutes:
            self._app.set_interval(1, self.look)

    def hear(self, told: Sequence[Heard]) -> None:
        """Note whether somebody pressed, tapped or scanned."""
        if any(isinstance(each, Arrived) for each in told):
            self.somebody_moved()

    def somebody_moved(self) -> None:
        """Begin to count anew."""
        if self._clock is not None:
            self._heard_at = self._clock.lived()

    async def look(self) -> None:
        """Warn, count down, or say that it is over."""
        if self._clock is None or not self._seconds or not self._navigator.is_up:
            return
        left = self._seconds - (self._clock.lived() - self._heard_at)
        if left <= 0:
            self._has_warned = False
            await self._over()
        elif left <= WARNING_SECONDS and not self._navigator.is_left:
            self._has_warned = True
            await self._warn(ceil(left))

    async def stay(self) -> None:
        """Take the warning off the work that goes on."""
        from screens.clerk.idle_warning import IdleWarningScreen  # noqa: PLC0415 - not for the first frame

        if self._has_warned:
            self._has_warned = False
            if isinstance(self._app.screen, IdleWarningScreen):
                await self._app.pop_screen()

    def _stay_later(self) -> None:
        self._app.call_later(self.stay)

    async def _warn(self, seconds: int) -> None:
        from screens.clerk.idle_warning import IdleWarningScreen  # noqa: PLC0415 - not for the first frame

        # Anew each second: something that ended meanwhile may have shown its own screen over it.
        await self._navigator.cover(ShowIdleWarning(seconds, self._stay_later))
        if isinstance(shown := self._app.screen, IdleWarningScreen):
            shown.count(seconds)
