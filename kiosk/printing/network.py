"""Printers in the network: a connection that takes what is to be printed as it comes (port 9100)."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from kiosk.errors import MaybePrintedError, PrinterAwayError
from kiosk.printing.job import CONNECT_SECONDS, Job
from kiosk.printing.status import Status, read_status
from kiosk.settings.printer import Host

_STATUS_SECONDS = 0.5
"""A printer that tells its status does it at once."""
_CLOSE_SECONDS = 1.0
"""How long a printer that took everything has to end the connection from its side."""
_BUFFER = 8192
"""Bytes that wait on this side; with more of them, a printer that takes nothing would look like one that took all."""


def look(host: Host, job: Job, *, asks_status: bool) -> Status | None:
    """Connect and print nothing; return the status, None without an answer.

    Raises PrinterAwayError where the printer can't be reached or can't print now.
    """
    with _connected(host, job) as connection:
        return _ready(connection, job) if asks_status else None


def send(host: Host, job: Job, *, asks_status: bool) -> None:
    """Send a job; with `asks_status` the printer is asked before and after it whether it can print.

    One that answered before has to answer after: then it took everything. One that never answers is believed.
    Raises PrinterAwayError before anything left, MaybePrintedError after that.
    """
    with _connected(host, job) as connection:
        tells_status = asks_status and _ready(connection, job) is not None
        try:
            connection.settimeout(job.seconds_left)
            connection.sendall(job.data)
            if tells_status:
                _refuse_end(read_status(connection, job.ends_at), job)
            else:
                _await_end(connection, job)
        except TimeoutError as error:
            raise job.stuck() from error
        except OSError as error:
            text = error.strerror or str(error)
            raise MaybePrintedError("printer_broke_off", printer=job.printer, text=text) from error


@contextmanager
def _connected(host: Host, job: Job) -> Iterator[socket.socket]:
    try:
        connection = socket.create_connection(host, min(CONNECT_SECONDS, job.seconds_left))
    except ConnectionError as error:  # not taken, or taken and dropped at once
        raise PrinterAwayError("printer_refused", printer=job.printer) from error
    except OSError as error:
        text = error.strerror or str(error)
        raise PrinterAwayError("printer_unreachable", printer=job.printer, text=text) from error
    except UnicodeError as error:  # a name that DNS can't hold
        raise PrinterAwayError("printer_unreachable", printer=job.printer, text=str(error)) from error
    with connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)
        yield connection


def _ready(connection: socket.socket, job: Job) -> Status | None:
    """Return the status before anything is printed, None without an answer."""
    try:
        status = read_status(connection, min(time.monotonic() + _STATUS_SECONDS, job.ends_at))
    except TimeoutError:
        return None
    except OSError as error:  # taken and dropped: it serves somebody else
        raise PrinterAwayError("printer_refused", printer=job.printer) from error
    if not status.can_print:
        raise PrinterAwayError("printer_cover_open" if status.is_open else "printer_out_of_paper", printer=job.printer)
    return status


def _await_end(connection: socket.socket, job: Job) -> None:
    connection.shutdown(socket.SHUT_WR)
    connection.settimeout(min(_CLOSE_SECONDS, job.seconds_left))
    with suppress(TimeoutError):  # many printers keep it open
        while connection.recv(64):
            pass


def _refuse_end(status: Status, job: Job) -> None:
    if not status.can_print:
        code = "printer_cover_open_midway" if status.is_open else "printer_out_of_paper_midway"
        raise MaybePrintedError(code, printer=job.printer)
