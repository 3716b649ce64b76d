"""What the screens over all desks share: their title, their pages, and what is said while the centre is away."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol, cast

from rich.cells import cell_len

from kiosk.errors import KioskError
from kiosk.words.errors import explain
from kiosk.words.language import _
from kiosk.words.signs import FULL, HOLLOW
from kiosk.words.times import since
from screens.console import frame
from screens.console.framed import FramedScreen
from screens.fleet.actions import EVERYWHERE, PAGES
from screens.fleet.destinations import FleetDestination, FleetPage
from screens.widgets.notice import NoticeKind

if TYPE_CHECKING:
    from kiosk.fleet.looking import FleetServices
    from kiosk.parcels.people import Person
    from screens.widgets.drawn import Piece


class Opens(Protocol):
    """What the app does for its screens: it opens what lies above a page."""

    alarms: int
    """How many are open."""

    async def show(self, to: FleetDestination) -> None:
        """Show a screen above the page."""


class FleetScreen(FramedScreen["FleetServices"]):
    """A screen of the console over all desks."""

    EVERYWHERE = EVERYWHERE
    PAGE: ClassVar[FleetPage | None] = None
    """The page this is, or belongs to."""

    def __init__(self, person: Person) -> None:
        super().__init__(person)
        self._says_away = False

    @property
    def console(self) -> Opens:
        """The app, which opens what lies above a page."""
        return cast("Opens", self.app)

    def title_row(self, width: int) -> list[Piece]:
        """Return that this is about all desks, whether the centre answers, and who looks."""
        name: Piece = (f" {_('Parcel kiosk')}", "bold")
        of_all: Piece = (f" · {_('all desks')}", "$quiet")
        right = [self._centre(), *frame.who_looks(self.person)]
        # That it is of all of them is said by each page as well: it goes before how the centre stands.
        has_room = sum(cell_len(text) for text, _style in (name, of_all, *right)) < width
        return frame.ends([name, of_all] if has_room else [name], right, width)

    def page_names(self, width: int) -> list[list[Piece]]:
        """Return the names of the pages; that of the alarms with how many are open."""
        return frame.pages(PAGES, self.PAGE, {FleetPage.ALARMS: self.console.alarms}, width)

    def fail(self, error: KioskError) -> None:
        """Say what went wrong; while the centre is away, of when it is what is shown."""
        # What was read for is not shown: the next answer is read for again.
        self.shown = None
        if self.services is None or self.services.looking.problem is not error:
            super().fail(error)
        elif self.is_ready:
            self._says_away = True
            said = explain(error)
            # What is said to a desk of what it has not sent is none of this console's business.
            hint = _("It is asked again every few seconds.") if error.retryable else said.hint
            self.message_line.say(NoticeKind.LOOK, f"{said.sentence} {self._of_when()}", hint)
            self.draw_keys()

    def answered(self) -> None:
        """Take back that the centre is away."""
        if self._says_away:
            self._says_away = False
            self.message_line.clear()

    def _of_when(self) -> str:
        services = self.services
        if services is None or services.looking.heard_at is None:
            return _("Nothing is shown before it does.")
        time = since(services.looking.heard_at, services.clock.now())
        return _("What is shown is of {time}.").format(time=time)

    def _centre(self) -> Piece:
        services: FleetServices | None = self.services
        if services is None or (services.looking.heard_at is None and services.looking.problem is None):
            return _("Opening..."), "$quiet"
        if services.looking.problem is None:
            return f"{FULL} {_('centre')}", "$done"
        if services.looking.heard_at is None:
            return f"{HOLLOW} {_('no centre')}", "bold $attention"
        time = since(services.looking.heard_at, services.clock.now())
        return f"{HOLLOW} {_('centre away since {time}').format(time=time)}", "bold $attention"
