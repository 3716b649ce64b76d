"""Slips and labels that a screen asks for: asked for by a key, and told of until they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.desk.notices import Paper, PaperState
from kiosk.errors import KioskError
from kiosk.parcels import states
from kiosk.parcels.steps import Step
from kiosk.words.errors import explain_cause
from kiosk.words.language import N_, _
from screens.widgets.notice import NoticeKind

if TYPE_CHECKING:
    from textual.worker import WorkType

    from screens.clerk.parcel_screen import ParcelScreen

_SLIP, _LABEL = states.NoticeKind.SLIP, states.NoticeKind.LABEL

STEPS: Final = {_SLIP: Step.PRINT_SLIP, _LABEL: Step.PRINT_LABEL}
"""What can be printed, and the step that asks for it."""

_ASKED: Final = {_SLIP: N_("The slip is being printed."), _LABEL: N_("The label is being printed.")}
_PRINTED: Final = {_SLIP: N_("The slip is printed."), _LABEL: N_("The label is printed.")}
_GIVEN_UP: Final = {_SLIP: N_("The slip was not printed."), _LABEL: N_("The label was not printed.")}
_WAITS: Final = N_("It is printed as soon as the printer works. Go on meanwhile.")


class Printing:
    """A part of a screen about a parcel."""

    def __init__(self, screen: ParcelScreen) -> None:
        self._screen = screen
        self._kind: states.NoticeKind | None = None
        """What was asked for, until it is told that it is printed."""

    def offers(self, kind: states.NoticeKind) -> bool:
        """Tell whether there is a printer, and the desk prints this of the parcel."""
        return self._screen.services.desk.notices.has_printer and STEPS[kind] in self._screen.offers

    def ask(self, kind: states.NoticeKind) -> None:
        """Ask for a slip or a label; the printer is waited for by nobody."""
        screen, desk = self._screen, self._screen.services.desk.notices
        ask = desk.print_slip if kind is _SLIP else desk.print_label
        screen.run(ask(screen.parcel, screen.person), _("Asking the printer"), lambda _none: self._asked(kind))

    def follow(self) -> None:
        """Look what became of what was asked for; called whenever something was done behind the screen."""
        if self._kind is not None and not self._screen.busy:
            look: WorkType[None] = self._look
            self._screen.run_worker(look, group="printing", exclusive=True)

    def _asked(self, kind: states.NoticeKind) -> None:
        self._kind = kind
        self._screen.notice.say(NoticeKind.INFO, _(_ASKED[kind]))
        self.follow()

    async def _look(self) -> None:
        screen, kind = self._screen, self._kind
        if kind is None:
            return
        try:
            paper = await screen.services.desk.notices.paper(screen.parcel, kind)
        except KioskError:
            return  # a journal that can't be read now is read again in a moment
        if screen.is_ready and not screen.busy and kind is self._kind:
            self._tell(kind, paper)

    def _tell(self, kind: states.NoticeKind, paper: Paper | None) -> None:
        if paper is None or paper.state is not PaperState.WAITS:
            self._kind = None
        cause = explain_cause(paper.cause, to_clerk=True) if paper and paper.cause else ""
        match paper:
            case Paper(PaperState.PRINTED):
                self._screen.notice.say(NoticeKind.DONE, _(_PRINTED[kind]))
            case Paper(PaperState.GIVEN_UP):
                self._screen.notice.say(NoticeKind.LOOK, _(_GIVEN_UP[kind]), cause)
            case Paper(PaperState.WAITS) if cause:
                self._screen.notice.say(NoticeKind.LOOK, cause, _(_WAITS))
            case _:
                pass
