"""What the apps of both consoles have in common: pages that lie on each other, keys in their order, and how they end.

What the pages are, and how it is found out that something changed, is each app's own business.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from screens import textual_patches
from screens.console.framed import FramedScreen
from screens.console.hearing import Hearing
from screens.console.page_stack import PageStack
from screens.driver import KioskDriver
from screens.lifetime import ClosesAtOnce, Lifetime, Opens
from screens.perceived import PerceivedApp
from screens.terminal import Arrived, Silent
from screens.theme import default_tokens, next_theme, theme_of, use_theme

if TYPE_CHECKING:
    from kiosk.parcels.people import Person

P = TypeVar("P", bound=StrEnum)
S = TypeVar("S", bound=ClosesAtOnce)


class PagedApp(PerceivedApp[None], Generic[P, S]):
    """The first page lies at the bottom, another page above it, what was opened from there on top."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, open_services: Opens[S], person: Person, first: P, theme: str) -> None:
        """Begin with a page, in the theme that is set; nothing but that one is to be loaded with the first frame."""
        textual_patches.apply()
        super().__init__(driver_class=KioskDriver)
        use_theme(self, theme_of(theme))
        self.lifetime = Lifetime(self)
        self._open_services = open_services
        # Smooth scrolling would send a slow line each step in between.
        self.animation_level = "none"
        self._person = person
        self._first = first
        self.page_stack: PageStack[P, S] = PageStack(self, self._make)
        self._hearing = Hearing(lambda: self.page_stack.shown, super().on_event)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Let every stylesheet use the theme's tokens."""
        return default_tokens()

    def get_default_screen(self) -> FramedScreen[S]:
        """Begin with the first page."""
        return self.page_stack.page(self._first)

    def on_mount(self) -> None:
        """Draw the first frame, then open everything else."""
        self.lifetime.begin(self._open_services, self._go_on)

    async def on_unmount(self) -> None:
        """Close what was opened."""
        await self.lifetime.close()

    async def on_arrived(self, message: Arrived) -> None:
        """Take what was read, each act to its end before the next."""
        await self._hearing.hear(message)

    async def on_silent(self, message: Silent) -> None:
        """Let a silence decide what it decides."""
        await self._hearing.hear(message)

    async def action_page(self, name: str) -> None:
        """Show a page, whatever lies above the present one."""
        await self.page_stack.go_to(type(self._first)(name))

    def action_next_theme(self) -> None:
        """Go through the themes."""
        next_theme(self)

    def _handle_exception(self, error: Exception) -> None:
        self.lifetime.end_unforeseen(error)

    def _make(self, page: P) -> FramedScreen[S]:
        """Make a page."""
        raise NotImplementedError

    async def _go_on(self, services: S) -> None:
        """Use what was opened, then keep looking for what changes."""
        raise NotImplementedError
