"""A pointer for a compositor without one, by Wayland's own bytes; it stays there until it is closed.

Of the protocol it speaks only what a click needs (`zwlr_virtual_pointer_manager_v1`), with the standard library alone.
"""

from __future__ import annotations

import socket
import struct
from pathlib import Path

MIDDLE = 0x112
"""BTN_MIDDLE of the kernel."""

_DISPLAY, _REGISTRY, _SYNCED, _MANAGER, _POINTER = 1, 2, 3, 4, 5
_MANAGER_NAME = "zwlr_virtual_pointer_manager_v1"
_PRESSED, _RELEASED = 1, 0


class Pointer:
    """One that rests in the middle of the screen."""

    def __init__(self, display: Path) -> None:
        self._line = socket.socket(socket.AF_UNIX)
        self._line.settimeout(10)
        self._line.connect(str(display))
        self._send(_DISPLAY, 1, struct.pack("=I", _REGISTRY))
        self._send(_DISPLAY, 0, struct.pack("=I", _SYNCED))
        name = self._name_of_manager()
        self._send(_REGISTRY, 0, struct.pack("=I", name) + _text(_MANAGER_NAME) + struct.pack("=II", 1, _MANAGER))
        self._send(_MANAGER, 0, struct.pack("=II", 0, _POINTER))
        self.rest()

    def rest(self) -> None:
        self._send(_POINTER, 1, struct.pack("=IIIII", 0, 1, 1, 2, 2))
        self._send(_POINTER, 4)

    def click(self, button: int) -> None:
        for state in (_PRESSED, _RELEASED):
            self._send(_POINTER, 2, struct.pack("=III", 0, button, state))
            self._send(_POINTER, 4)

    def close(self) -> None:
        self._line.close()

    def _send(self, to: int, request: int, arguments: bytes = b"") -> None:
        self._line.sendall(struct.pack("=IHH", to, request, 8 + len(arguments)) + arguments)

    def _name_of_manager(self) -> int:
        """Return under which number the compositor offers it, from all that it offers."""
        found = None
        while True:
            sender, event, size = struct.unpack("=IHH", self._line.recv(8, socket.MSG_WAITALL))
            body = self._line.recv(size - 8, socket.MSG_WAITALL)
            if sender == _SYNCED:
                assert found is not None, "the compositor has no virtual pointers"
                return found
            if (sender, event) == (_REGISTRY, 0) and _MANAGER_NAME.encode() in body:
                found = int(struct.unpack_from("=I", body)[0])


def _text(text: str) -> bytes:
    raw = text.encode() + b"\0"
    return struct.pack("=I", len(raw)) + raw + bytes(-len(raw) % 4)
