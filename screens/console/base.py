"""What the screens of a desk's console share: its title, its pages, and its services."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol, cast

from screens.console import frame
from screens.console.actions import EVERYWHERE, PAGES
from screens.console.destinations import ConsoleDestination, Page
from screens.console.framed import FramedScreen

if TYPE_CHECKING:
    from kiosk.wiring import Services
    from screens.widgets.drawn import Piece


class Opens(Protocol):
    """What the app does for its screens: it opens what lies above a page."""

    attention: int
    """How many entries are pressing."""

    async def show(self, to: ConsoleDestination) -> None:
        """Show a screen above the page."""


class ConsoleScreen(FramedScreen["Services"]):
    """A screen of the desk's console."""

    EVERYWHERE = EVERYWHERE
    PAGE: ClassVar[Page | None] = None
    """The page this is, or belongs to."""

    @property
    def console(self) -> Opens:
        """The app, which opens what lies above a page."""
        return cast("Opens", self.app)

    def title_row(self, width: int) -> list[Piece]:
        """Return which desk this is, how it stands with the service, and who looks."""
        services: Services | None = self.services
        return frame.title(services, self.person, width)

    def page_names(self, width: int) -> list[list[Piece]]:
        """Return the names of the pages; that of the attention page with how much waits there."""
        return frame.pages(PAGES, self.PAGE, {Page.ATTENTION: self.console.attention}, width)
