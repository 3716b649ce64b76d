"""The pages of a console, kept as they were left, and what lies above them. A part of both consoles' apps."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Generic, TypeVar

from textual.app import App

from screens.console.framed import FramedScreen

P = TypeVar("P", bound=StrEnum)
S = TypeVar("S")


class PageStack(Generic[P, S]):
    """The first page lies at the bottom, another page above it, what was opened from there on top."""

    def __init__(self, app: App[Any], make: Callable[[P], FramedScreen[S]]) -> None:
        self._app = app
        self._make = make
        self.services: S | None = None
        """None until everything is open."""
        self._pages: dict[P, FramedScreen[S]] = {}
        """Each page as it was left."""

    @property
    def shown(self) -> FramedScreen[S] | None:
        """Return the screen on top; none is left while the app closes."""
        screen = self._app.screen if self._app.screen_stack else None
        return screen if isinstance(screen, FramedScreen) else None

    @property
    def every(self) -> list[FramedScreen[S]]:
        """Return the screens that lie on each other."""
        return [screen for screen in self._app.screen_stack if isinstance(screen, FramedScreen)]

    def opened(self, services: S) -> None:
        """Let the screens go on now that everything is open."""
        self.services = services
        for screen in self.every:
            screen.opened(services)

    def page(self, page: P) -> FramedScreen[S]:
        """Return a page as it was left, or a new one."""
        if page not in self._pages:
            self._pages[page] = screen = self._make(page)
            screen.services = self.services
            # Textual removes a screen that is left, unless it is installed.
            self._app.install_screen(screen, page)
        return self._pages[page]

    async def go_to(self, page: P) -> None:
        """Show a page, whatever lies above the present one."""
        if self.services is None:
            return
        app, screen = self._app, self.page(page)
        # Else each page on the way down would be painted.
        with app.batch_update():
            while len(app.screen_stack) > 2:
                await app.pop_screen()
            if screen in app.screen_stack:
                while app.screen is not screen:
                    await app.pop_screen()
            elif len(app.screen_stack) > 1:
                await app.switch_screen(screen)
            else:
                await app.push_screen(screen)

    async def lay(self, screen: FramedScreen[S]) -> None:
        """Lay a screen over the present one."""
        screen.services = self.services
        await self._app.push_screen(screen)

    def draw_frames(self) -> None:
        """Draw what stands around the pages as it is now."""
        for screen in self.every:
            screen.draw_frame()
