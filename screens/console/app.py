"""The operator's console as a Textual app."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from textual.widgets import Static

from kiosk.errors import KioskError
from screens.ending import EndingApp

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from textual.app import ComposeResult

    from kiosk.models.operators import Operator
    from kiosk.services import Services


class ConsoleApp(EndingApp):
    """A stand-in."""

    BINDINGS = [("q", "quit", "Quit")]  # noqa: RUF012

    def __init__(self, open_services: Callable[[], AbstractAsyncContextManager[Services]], operator: Operator) -> None:
        super().__init__()
        self._open_services = open_services
        self._operator = operator
        self._opened = AsyncExitStack()

    def compose(self) -> ComposeResult:
        """Say who."""
        yield Static(f"Opening for {self._operator.name}", id="it")

    def on_mount(self) -> None:
        """Open."""
        self.end_on_signals()
        self.run_worker(self._open())

    async def _open(self) -> None:
        try:
            await self._opened.enter_async_context(self._open_services())
        except KioskError as error:
            self.end_with(error)
            return
        self.query_one("#it", Static).update(f"Overview: {self._operator.name} {self._operator.role.value}")

    async def on_unmount(self) -> None:
        """Close."""
        await self._opened.aclose()
