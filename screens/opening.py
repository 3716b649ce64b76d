"""How the kiosk goes on once its services are open: every part gets them, and what an earlier run left is settled."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from kiosk.errors import KioskError
from kiosk.words.language import _
from screens.crash import Crash
from screens.devices import Devices
from screens.everywhere import Everywhere
from screens.keyboard import Keyboard
from screens.left_over import LeftOver
from screens.leftward import use_order
from screens.messages import OpenParcel
from screens.navigator import Navigator
from screens.perceived import PerceivedApp
from screens.refreshing import Refreshing
from screens.shift import Shift
from screens.speaking import Speaking
from screens.taking_in import TakingIn
from screens.theme import theme_of
from screens.undo import Undo
from screens.widgets.drawn import LARGE_PRINT
from screens.widgets.notice import Greeting

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel
    from kiosk.wiring import Services


class Parts(NamedTuple):
    """What is opened."""

    navigator: Navigator
    shift: Shift
    undo: Undo
    keyboard: Keyboard
    devices: Devices
    everywhere: Everywhere
    speaking: Speaking
    refreshing: Refreshing
    taking_in: TakingIn
    left_over: LeftOver


class Opening:
    """A part of the app; `after` is the crash that this app follows, if it follows one."""

    def __init__(self, app: PerceivedApp[Any], parts: Parts, after: Crash | None) -> None:
        self._app = app
        self._parts = parts
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

    async def carry_out(self, services: Services) -> None:
        """Show what is here, then take in what was scanned meanwhile."""
        parts, desk = self._parts, services.settings.desk
        if desk.speech:
            self._app.speak()
        parts.everywhere.open(services)
        parts.navigator.open(services)
        await parts.speaking.open(services)
        await parts.shift.open(services)
        parts.navigator.home.search_by(services.queries.searching, services.desk.handing_over)
        parts.undo.open(services)
        parts.keyboard.open(desk)
        parts.devices.open(services)
        self._app.theme = theme_of(desk.theme.value)
        if desk.large_print:
            self._app.add_class(LARGE_PRINT)
            self._app.screen.query("*").refresh(layout=True)
        use_order(self._app, desk.right_to_left)
        parts.refreshing.start(services)
        await parts.refreshing.refresh()
        await parts.navigator.make_ahead(services)
        await parts.taking_in.open(services, parts.shift.admitted)
        self._app.run_worker(self._recover(services), group="flows", exit_on_error=True)

    async def _recover(self, services: Services) -> None:
        """Settle what is open, ask about what only a person knows, and let the background go on."""
        refreshing = self._parts.refreshing
        with suppress(KioskError):
            await services.settling.settle_all()
            await refreshing.refresh()
            first = self._parts.left_over.begin(await services.queries.unfinished())
            # Settling takes its time: whoever has scanned or typed meanwhile must not be torn away from that.
            if first is not None and self._may_open(first) and self._is_at_rest:
                self._app.post_message(OpenParcel(first))
            await services.queries.proposals.get_ready()  # also to tell early whether the line works
            await refreshing.refresh()
        # Also where settling failed: what runs by itself tries again.
        services.background.watch(lambda: self._app.call_later(refreshing.refresh), refreshing.say)
        services.background.start()

    def _may_open(self, parcel: Parcel) -> bool:
        # After a crash home stays: that parcel's screen may be what broke.
        return self._after is None and not self._parts.shift.leaves_to_next(parcel)

    @property
    def _is_at_rest(self) -> bool:
        at_home = len(self._app.screen_stack) == 1 and not self._parts.keyboard.typed
        return at_home or self._parts.navigator.is_left
