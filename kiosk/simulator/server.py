"""The HTTP front: loopback only, keep-alive, a thread for each connection.

Who may call is decided in `callers.py`, what a request means in `core.py`.
"""

from __future__ import annotations

import errno
import logging
import socket
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Any, Self

from kiosk.clock import Clock, SystemClock
from kiosk.errors import SettingsError
from kiosk.simulator.callers import turned_away
from kiosk.simulator.calls import Credentials, FindContact
from kiosk.simulator.core import Core, Setup
from kiosk.simulator.errors import message
from kiosk.simulator.faults import FaultPlan, Faults
from kiosk.simulator.messages import MAX_BODY, Delivery, Request, Response

_log = logging.getLogger(__name__)

HOST = "127.0.0.1"
DISCARDED_BODY = 16 * MAX_BODY
"""So much of a refused body is read and thrown away: a client that is still sending would not see the answer."""


class Simulator:
    """The simulated locker service. Several of them, also in other processes, may work on one data folder.

    `port` 0 takes any free one; `faults` is a plan or its text (`lost=0.05,...`); `pickups_per_hour` lets simulated
    recipients come. The world is made from `seed` when the folder has none yet. `find_contact` tells of contacts beyond
    those; it is called in a thread of the simulator.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        port: int = 0,
        seed: int = 1,
        faults: FaultPlan | str = "",
        clock: Clock | None = None,
        pickups_per_hour: float = 0,
        credentials: Credentials | None = None,
        find_contact: FindContact = lambda _: None,
    ) -> None:
        self._data_dir = data_dir
        self._port = port
        plan = FaultPlan.parse(faults) if isinstance(faults, str) else faults
        self._clock = clock or SystemClock()
        self._setup = Setup(seed, plan, pickups_per_hour, credentials or Credentials(), find_contact)
        self._running: tuple[Core, _Server, threading.Thread] | None = None

    @property
    def url(self) -> str:
        """The address of a started simulator, such as http://127.0.0.1:43210."""
        if self._running is None:
            raise RuntimeError("the simulator is not started")
        return f"http://{HOST}:{self._running[1].server_port}"

    @property
    def faults(self) -> Faults:
        """What a started simulator lets go wrong."""
        if self._running is None:
            raise RuntimeError("the simulator is not started")
        return self._running[0].faults

    def start(self) -> None:
        """Begin to answer, in a thread of its own; one that was stopped takes its port again.

        Raises SettingsError if the port is taken.
        """
        if self._running is not None:
            raise RuntimeError("the simulator is already started")
        core = Core(self._data_dir, self._clock, self._setup)
        try:
            server = _Server(self._port, core)
        except OSError as error:
            core.close()
            raise _port_error(self._port, error) from error
        thread = threading.Thread(target=server.serve_forever, name="simulator", daemon=True)
        thread.start()
        self._running, self._port = (core, server, thread), server.server_port

    def stop(self) -> None:
        """End at once, also with answers still being held back. A simulator that isn't started is left as it is."""
        if self._running is None:
            return
        core, server, thread = self._running
        self._running = None
        server.stop()
        thread.join()
        core.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _port_error(port: int, error: OSError) -> SettingsError:
    if error.errno == errno.EADDRINUSE:
        return SettingsError("port_taken", port=port)
    return SettingsError("port_unusable", port=port, text=error.strerror or str(error))


class _Server(ThreadingHTTPServer):
    """Keeps its connections in view, so that stopping ends them instead of waiting for the clients to leave."""

    # With other threads server_close() would wait until each client has left.
    daemon_threads = True
    # Two simulators must not share a port by accident.
    allow_reuse_port = False
    request_queue_size = 64

    def __init__(self, port: int, core: Core) -> None:
        self.core = core
        self.stopping = threading.Event()
        self._connections: dict[threading.Thread, socket.socket] = {}
        self._connections_lock = threading.Lock()
        super().__init__((HOST, port), _Handler)

    def server_bind(self) -> None:
        """Bind without the look-up of the host's name that the base class does: it may ask the network."""
        TCPServer.server_bind(self)
        self.server_name = HOST
        self.server_port = self.server_address[1]

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve one connection, known by its thread."""
        thread = threading.current_thread()
        with self._connections_lock:
            self._connections[thread] = request
        try:
            # Accepted while the server stops, this connection may be missing in the list that stop() ends.
            if self.stopping.is_set():
                self.shutdown_request(request)
            else:
                super().process_request_thread(request, client_address)
        finally:
            with self._connections_lock:
                del self._connections[thread]

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - named by the base class
        """Log what ended a connection; the base class would print it. Mostly the client left."""
        _log.debug("connection %s ended early", client_address, exc_info=True)

    def stop(self) -> None:
        """Close the door, wake every waiting thread, end every connection."""
        self.stopping.set()
        _end(self.socket)  # wakes the accept loop, which would else notice only at its next round
        self.shutdown()
        self.server_close()
        with self._connections_lock:
            # A copy, since each thread takes itself off the list under this lock, and is waited for below.
            left = dict(self._connections)
        for connection in left.values():
            _end(connection)
        for thread in left:
            thread.join()


def _end(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        _log.debug("already closed", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    """Turns bytes into a Request and a Response into bytes."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def _serve(self) -> None:
        body = self._read_body()
        if isinstance(body, Response):
            self.close_connection = True
            self._send(body)
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, headers, body)
        self._deliver(turned_away(request, self.server.server_port) or self.server.core.handle(request))

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = do_HEAD = do_OPTIONS = _serve  # noqa: N815 - named by the base class

    def _read_body(self) -> bytes | Response:
        """Return the body, or the answer that refuses it."""
        if "Transfer-Encoding" in self.headers:
            return message(411, "Length Required")
        text = self.headers.get("Content-Length", "0")
        # int() would also take signs, blanks, underscores and digits of other scripts.
        if not (text.isascii() and text.isdigit()):
            return message(400, "Bad Content-Length")
        length = int(text)
        if length > MAX_BODY:
            self.rfile.read(min(length, DISCARDED_BODY))
            return message(413, "Content Too Large")
        body = self.rfile.read(length)
        if len(body) < length:
            raise ConnectionResetError("the client left within its request")
        return body

    def _deliver(self, answer: Response) -> None:
        # A wait that the end of the server cuts short has no answer, and no work either.
        cut_short = bool(answer.delay) and self.server.stopping.wait(answer.delay)
        if answer.afterwards is not None and not cut_short:
            answer.afterwards()
        if cut_short or answer.delivery is Delivery.NEVER:
            self.close_connection = True
        elif answer.delivery is Delivery.HALF:
            self.close_connection = True
            self._send(answer, len(answer.body) // 2)
        else:
            self._send(answer)

    def _send(self, answer: Response, body_bytes: int | None = None) -> None:
        headers = [
            ("Date", self.date_time_string(self.server.core.now().timestamp())),
            ("Content-Type", answer.content_type),
            # Of the whole body, so that the client notices a missing half.
            ("Content-Length", str(len(answer.body))),
            *answer.headers,
            *([("Connection", "close")] if self.close_connection else []),
        ]
        head = [f"HTTP/1.1 {answer.status} {_reason(answer.status)}", *(f"{name}: {value}" for name, value in headers)]
        # A header that came in folded over lines must not end ours.
        lines = [line.replace("\r", " ").replace("\n", " ") for line in head]
        body = b"" if self.command == "HEAD" else answer.body[:body_bytes]
        self.wfile.write("\r\n".join([*lines, "", ""]).encode("latin-1", "replace") + body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - named by the base class
        """Log quietly: the front end owns the terminal."""
        _log.debug(format, *args)


def _reason(status: int) -> str:
    return HTTPStatus(status).phrase
