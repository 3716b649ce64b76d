"""What a receipt printer answers when it is asked in real time whether it can print (ESC/POS, `DLE EOT n`)."""

from __future__ import annotations

import socket
import time
from typing import NamedTuple

_ASK_WHY_OFFLINE, _ASK_PAPER = b"\x10\x04\x02", b"\x10\x04\x04"
_FIXED, _FIXED_BITS = 0b10010011, 0b00010010
"""The bits that mark an answer to `DLE EOT`; what a printer tells unasked has others."""
_COVER_OPEN, _STOPPED_FOR_PAPER = 0b00000100, 0b00100000
_NO_PAPER = 0b01100000


class Status(NamedTuple):
    """What keeps a printer from printing."""

    is_open: bool
    lacks_paper: bool

    @property
    def can_print(self) -> bool:
        """Whether neither does."""
        return not (self.is_open or self.lacks_paper)


def read_status(connection: socket.socket, ends_at: float) -> Status:
    """Ask for the status until then; raises TimeoutError without an answer, another OSError without a connection."""
    offline = _answer(connection, _ASK_WHY_OFFLINE, ends_at)
    paper = _answer(connection, _ASK_PAPER, ends_at)
    lacks_paper = bool(offline & _STOPPED_FOR_PAPER or paper & _NO_PAPER)
    return Status(bool(offline & _COVER_OPEN), lacks_paper)


def _answer(connection: socket.socket, question: bytes, ends_at: float) -> int:
    connection.settimeout(_left(ends_at))
    connection.sendall(question)
    while True:
        connection.settimeout(_left(ends_at))
        read = connection.recv(1)
        if not read:
            raise ConnectionResetError
        if read[0] & _FIXED == _FIXED_BITS:
            return read[0]


def _left(ends_at: float) -> float:
    left = ends_at - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
