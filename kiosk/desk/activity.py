"""What goes on right now, for the status bar: the connection, and how many writes are on their way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.api.transport import Connection, ConnectionState

if TYPE_CHECKING:
    from collections.abc import Callable


class Activity:
    """A small board: flows write on it, front ends watch it."""

    def __init__(self) -> None:
        self._watchers: list[Callable[[], None]] = []
        self.connection = Connection()
        self.waiting = 0
        """Writes asked for and not known to be done or refused."""

    @property
    def online(self) -> bool:
        """Tell whether the last call reached the server."""
        return self.connection.state is ConnectionState.ONLINE

    def watch(self, watcher: Callable[[], None]) -> None:
        """Call `watcher` after every change, on the event loop's thread."""
        self._watchers.append(watcher)

    def connected(self, connection: Connection) -> None:
        """Note that the line came or went."""
        self.connection = connection
        self._tell()

    def wait_for(self, writes: int) -> None:
        """Note how many writes are open now."""
        if writes != self.waiting:
            self.waiting = writes
            self._tell()

    def _tell(self) -> None:
        for watcher in self._watchers:
            watcher()
