"""How the kiosk goes on after it was opened: what an earlier run left is settled, shown and said."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual.app import App

from kiosk.errors import KioskError
from kiosk.words.language import _
from screens.crash import Crash
from screens.left_over import LeftOver
from screens.messages import OpenParcel
from screens.refreshing import Refreshing
from screens.widgets.notice import Greeting

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel
    from kiosk.wiring import Services


class Recovering:
    """A part of the app; `after` is the crash that this app follows, if it follows one."""

    def __init__(self, app: App[Any], refreshing: Refreshing, left_over: LeftOver, after: Crash | None) -> None:
        self._app = app
        self._refreshing = refreshing
        self._left_over = left_over
        self._after = after

    @property
    def greeting(self) -> Greeting:
        """What home says first: after a crash, where the parcel is that was on the screen."""
        if self._after is None:
            return Greeting()
        if not self._after.number:
            return Greeting(_("The kiosk has started again by itself."), _("Nothing that was recorded is lost."))
        return Greeting(
            _("The kiosk has started again by itself."),
            _("Parcel {number} is kept: scan it again to go on with it.").format(number=self._after.number),
        )

    async def carry_out(self, services: Services, may_open: Callable[[Parcel], bool]) -> None:
        """Settle what is open, ask about what only a person knows, and see early whether the line works.

        `may_open` is asked once that is known, for settling takes its time.
        """
        with suppress(KioskError):
            await services.settling.settle_all()
            await self._refreshing.refresh()
            first = self._left_over.begin(await services.queries.unfinished())
            # After a crash home stays: that parcel's screen may be what broke.
            if first is not None and self._after is None and may_open(first):
                self._app.post_message(OpenParcel(first))
            await services.queries.proposals.get_ready()
            await self._refreshing.refresh()
