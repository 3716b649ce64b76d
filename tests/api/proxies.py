"""A proxy on this machine that refuses, asks for a password or forwards, and a service with a certificate behind it."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

HOST = "lockers.example"
"""Known to nobody but the proxy that forwards."""
CONNECTED = b"HTTP/1.1 200 Connected\r\n\r\n"
_ANSWER = 'HTTP/1.1 200 OK\r\nDate: {}\r\nContent-Length: 5\r\nConnection: close\r\n\r\n["A"]'


@dataclass
class ProxyServer:
    """Answers each CONNECT with `answer`; where that is a 200, `behind` is what the client speaks with from then on."""

    answer: bytes
    behind: ssl.SSLContext | None = None
    heads: list[bytes] = field(default_factory=list)
    """What arrived, as far as the proxy reads."""
    date: datetime = field(default_factory=lambda: datetime.now(UTC))
    """What time it is behind the proxy."""
    hangs_up: bool = False
    """The service behind reads the request and never answers it."""
    port: int = 0

    def serve(self, door: socket.socket) -> None:
        with suppress(OSError):  # the door was closed
            while True:
                line, _ = door.accept()
                with line, suppress(OSError):
                    self._speak(line)

    def _speak(self, line: socket.socket) -> None:
        self.heads.append(_head(line))
        line.sendall(self.answer)
        if self.behind is not None:
            with self.behind.wrap_socket(line, server_side=True) as service:
                self.heads.append(_head(service))
                if self.hangs_up:
                    return
                service.sendall(_ANSWER.format(format_datetime(self.date, usegmt=True)).encode())


def _head(line: socket.socket) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head and (more := line.recv(4096)):
        head += more
    return head


@contextmanager
def running(proxy: ProxyServer) -> Iterator[ProxyServer]:
    """Let a proxy answer on a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        proxy.port = door.getsockname()[1]
        thread = threading.Thread(target=proxy.serve, args=(door,), daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            door.shutdown(socket.SHUT_RDWR)
            thread.join()


def certificate(folder: Path) -> Path:
    """Make a certificate of HOST that is its own authority, with its key in the same file."""
    path = folder / "certificate.pem"
    subject = ("-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}", "-days", "30")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    command = ("openssl", "req", "-x509", *key, *subject, "-keyout", str(path), "-out", str(folder / "public.pem"))
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - fixed words
    path.write_bytes(path.read_bytes() + (folder / "public.pem").read_bytes())
    return path


def context_of(path: Path) -> ssl.SSLContext:
    """Return what a service with that certificate speaks TLS by."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context
