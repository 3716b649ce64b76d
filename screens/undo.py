"""Undo: for a minute, the last thing done with a parcel can be taken back by one key, at home and on its own screen.

What can be undone, and how, is in `kiosk/desk/undoing.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import App

from kiosk.desk.questions import question_about
from kiosk.errors import KioskError
from kiosk.parcels.steps import Step
from kiosk.words.language import N_, _
from screens.base import ClerkScreen
from screens.clerk.parcel_screen import ParcelScreen
from screens.flow import begin
from screens.messages import StepDone
from screens.navigator import Navigator

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel
    from kiosk.wiring import Services

LOOK_AGAIN_SECONDS = 60.0

_WORDS = {
    Step.CHOOSE_RECIPIENT: (N_("Undo: recipient"), N_("The recipient was undone.")),
    Step.PUT_ON_SHELF: (N_("Undo: shelf"), N_("The parcel is in your hands again.")),
    Step.JOIN: (N_("Undo: same box"), N_("The two barcodes are two parcels again.")),
    Step.CANCEL: (N_("Undo: cancelled"), N_("The parcel is not cancelled any more.")),
}
"""What the key says, and what is said once it was done; translated when shown."""


class Undo:
    """Remembers the parcel that was left last, and offers to undo what was done with it."""

    def __init__(self, app: App[Any], navigator: Navigator) -> None:
        self._app = app
        self._navigator = navigator
        self._services: Services | None = None
        self._parcel: Parcel | None = None
        self._is_old = False
        """The parcel may have changed since it was read."""
        self._step: Step | None = None
        """What can be undone with the parcel; None while nothing can."""

    def open(self, services: Services) -> None:
        """Offer something from now on."""
        self._services = services

    def left(self, screen: ClerkScreen | None, now: Parcel | None = None) -> None:
        """Look whether what was done on a screen that was just left can be undone; `now` is what is shown since."""
        if isinstance(screen, ParcelScreen):
            is_same = now is not None and now.parcel_id == screen.parcel.parcel_id
            self._parcel, self._is_old = now if now is not None and is_same else screen.parcel, not is_same
        if isinstance(screen, ParcelScreen) or self._step is not None:
            self.look()

    def look(self) -> None:
        """Look in the background whether anything can be undone by now."""
        if self._parcel is not None and self._services is not None:
            begin(self._app, self._look(self._services, self._parcel))

    def carry_out(self) -> None:
        """Undo it, and ask what comes next then."""
        screen, services, step, parcel = self._navigator.shown, self._services, self._step, self._parcel
        if screen is None or services is None or step is None or parcel is None:
            return
        if screen.busy or screen.asking.answers or not screen.undo_label:
            return
        word = _(_WORDS[step][1])

        def then(parcel: Parcel) -> None:
            self._app.post_message(StepDone(question_about(parcel), word))

        screen.run(services.desk.undoing.undo(parcel, self._navigator.person), _("Undoing"), then)

    async def _look(self, services: Services, parcel: Parcel) -> None:
        try:
            now = (await services.queries.parcel(parcel.parcel_id) or parcel) if self._is_old else parcel
            step = await services.desk.undoing.offered(now, self._navigator.person)
        except KioskError:
            return  # what can't be read now is not offered
        if parcel is not self._parcel or not self._navigator.is_up:
            return
        self._parcel, self._is_old, self._step = now, False, step
        self._show()
        if step is not None:
            self._app.set_timer(LOOK_AGAIN_SECONDS, self.look)

    def _show(self) -> None:
        label = _(_WORDS[self._step][0]) if self._step is not None else ""
        for screen in self._app.screen_stack:
            if isinstance(screen, ClerkScreen):
                screen.offer_undo(label if self._is_about(screen) else "")

    def _is_about(self, screen: ClerkScreen) -> bool:
        """Tell whether a screen is about the parcel, or about none."""
        parcel = self._parcel
        if parcel is None or not isinstance(screen, ParcelScreen):
            return screen is self._navigator.home
        if self._step is Step.CHOOSE_RECIPIENT:
            return False  # its screen has a key for another recipient
        # Right after two codes were joined, or can be, the screen has a key of its own for that.
        return screen.parcel.parcel_id in {parcel.parcel_id, parcel.joined_to} and not screen.same_box.label
