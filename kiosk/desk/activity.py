"""What goes on right now, for the status line: connection, writes on their way, what ails printer and scanner."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.api.transport import Connection, ConnectionState
from kiosk.errors import DeviceError, PrinterError

if TYPE_CHECKING:
    from kiosk.scanner.roles import DeviceRole


class Activity:
    """A small board: the desk writes on it, front ends watch it."""

    def __init__(self) -> None:
        self._watchers: list[Callable[[], None]] = []
        self.connection = Connection()
        self.open_writes = 0
        """Writes asked for and not known to be done or refused."""
        self.printer: PrinterError | None = None
        """Why what waits for the printer is not printed; None while it prints, and while nothing waits for it."""
        self.devices: dict[DeviceRole, DeviceError] = {}
        """Why scanner or badge reader can't be read, where the settings name one and it can't."""
        self._under_way = 0
        """Those of them that this process is at right now."""

    @property
    def online(self) -> bool:
        """Tell whether the last call reached the server."""
        return self.connection.state is ConnectionState.ONLINE

    @property
    def is_down(self) -> bool:
        """Tell whether the last call did not reach the server; False before the first one."""
        return self.connection.state is ConnectionState.OFFLINE

    @property
    def left_open(self) -> bool:
        """Tell whether a write is open that nobody here is at: it fell in doubt, or another process asked for it."""
        return self.open_writes > self._under_way

    def watch(self, watcher: Callable[[], None]) -> None:
        """Call `watcher` after every change, on the event loop's thread."""
        self._watchers.append(watcher)

    def connected(self, connection: Connection) -> None:
        """Note that the line came or went."""
        self.connection = connection
        self._tell()

    def write_asked(self) -> None:
        """Count a write that is on its way; `write_left` must follow, however it ends."""
        self._under_way += 1
        self.count(self.open_writes + 1)

    def write_ended(self) -> None:
        """Count a write no more: its outcome is recorded."""
        self.count(self.open_writes - 1)

    def write_left(self) -> None:
        """Note that nobody here is at a write any more: it has ended, or it is left open."""
        self._under_way -= 1
        # Wakes the settling. A write that ended was told of by `write_ended` already.
        if self.left_open:
            self._tell()

    def count(self, open_writes: int) -> None:
        """Note how many writes the journal has open, those of other processes among them."""
        if open_writes != self.open_writes:
            self.open_writes = max(open_writes, 0)
            self._tell()

    def printer_told(self, error: PrinterError | None) -> None:
        """Note what keeps the printer from printing, or that nothing does."""
        if (error and error.code) != (self.printer and self.printer.code):
            self.printer = error
            self._tell()

    def device_told(self, role: DeviceRole, error: DeviceError | None) -> None:
        """Note what keeps a device from being read, or that nothing does."""
        before = self.devices.pop(role, None)
        if error is not None:
            self.devices[role] = error
        if (error and error.code) != (before and before.code):
            self._tell()

    def _tell(self) -> None:
        for watcher in self._watchers:
            watcher()
