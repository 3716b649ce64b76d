"""Printers as they are met: one that listens on a port of this machine and behaves as a test wants."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

STATUS = {b"\x10\x04\x02": 0, b"\x10\x04\x04": 1}
"""What a printer is asked, and which of its two answers that is."""
GOOD = (0x12, 0x12)
OUT_OF_PAPER = (0x32, 0x72)
COVER_OPEN = (0x16, 0x72)
UNASKED = b"\x1c\x00\x00\x00"
"""What some printers tell by themselves whenever something changes."""
CUT = b"\x1dV\x01"

Answers = tuple[int, int]


class Connected:
    """One connection, as the printer has it."""

    def __init__(self, connection: socket.socket, received: bytearray, ended: threading.Event) -> None:
        self._connection = connection
        self._received = received
        self._ended = ended

    def take(self, until: bytes | None = None) -> None:
        """Take what comes, to the end or up to some bytes."""
        taken = b""
        while until is None or not taken.endswith(until):
            read = self._connection.recv(4096 if until is None else 1)
            if not read:
                return
            taken = (taken + read)[-len(CUT) :]
            self._received += read

    def answer(self, answers: Answers) -> None:
        """Wait for both questions and answer them, among what is told unasked."""
        for question, which in STATUS.items():
            asked = b"".join(self._connection.recv(1) for _ in question)
            if asked != question:
                return
            self._connection.sendall(UNASKED + bytes([answers[which]]))

    def keep(self) -> None:
        """Keep the connection and take nothing, until the test is over."""
        self._ended.wait(60)

    def drop(self) -> None:
        """Break the connection, without a good end."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._connection.close()


Behaviour = Callable[[Connected], None]


class NetworkPrinter:
    """Listens as long as the block lasts; `received` is what it took."""

    def __init__(self, behave: Behaviour) -> None:
        self.received = bytearray()
        self.ended = threading.Event()
        self._behave = behave
        self._listening = socket.socket()
        # As little room as small printers have, so that what is not taken is noticed on the other side.
        self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._listening.bind(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self.address = f"tcp://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._listening.listen()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.ended.set()
        self._listening.shutdown(socket.SHUT_RDWR)
        self._thread.join(10)
        self._listening.close()

    def _serve(self) -> None:
        while not self.ended.is_set():
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            with connection:
                try:
                    self._behave(Connected(connection, self.received, self.ended))
                except OSError:
                    continue


def takes_all(printer: Connected) -> None:
    """Take everything, and answer no question: those come out of it as nothing."""
    printer.take()


def tells(before: Answers, after: Answers | None = GOOD) -> Behaviour:
    """Answer before the job and after it; with None nothing after it."""

    def behave(printer: Connected) -> None:
        printer.answer(before)
        printer.take(CUT)
        if after is not None:
            printer.answer(after)
        printer.take()

    return behave


def takes_nothing(printer: Connected) -> None:
    printer.keep()


def drops_at_once(printer: Connected) -> None:
    printer.drop()


def drops_midway(printer: Connected) -> None:
    printer.answer(GOOD)
    printer.take(b"\x1dv0")
    printer.drop()


def one_by_one(*behaviours: Behaviour) -> Behaviour:
    """Behave differently from job to job."""
    left = iter(behaviours)

    def behave(connected: Connected) -> None:
        next(left)(connected)

    return behave
