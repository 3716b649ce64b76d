"""200 places in the finder: from the answer on the line to the painted screen, and every move through the list.

The service is a bare server of our own, which notes when its answer had left. The last byte to the terminal is the
one before it is silent.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from statistics import median
from threading import Thread

from kiosk.scanner.tokens import SCANNER_GAP_SECONDS
from screens.seen import SEEN_SECONDS
from tests.bench.figure import Figure
from tests.bench.terminal import KIOSK, Terminal, running

PLACES = 200
RUNS = 9
MOVES = 150
SILENCE = 0.08
"""Seconds without a byte after which the screen counts as painted."""
LATENCY = 0.5
"""Seconds that the service takes, so that the empty screen has long been painted when the answer comes."""
PAINT_MS = 100
MOVE_MS = 1000 / 30
HOME, FOUND = b"DEMO", f"{PLACES} found".encode()
HOME_FIELD = b"can the parcel"
FINDER, DOWN, ESCAPE = b"\x1bOR", b"\x1b[B", b"\x1b"


def measure() -> list[Figure]:
    with _service() as service, running(KIOSK, service.environment) as terminal:
        terminal.until(HOME)
        _stand(terminal)
        painted = [_ask(terminal, service) for _ in range(RUNS + 1)][1:]  # the first also asks for a token
        terminal.forget()
        terminal.write(FINDER)
        terminal.until(FOUND)
        _stand(terminal)
        moved = sorted(_move(terminal) for _ in range(MOVES))
    return [
        _figure(f"Finder, {PLACES} places painted after the answer", median(painted), PAINT_MS),
        _figure(f"Finder, a move among {PLACES} places", median(moved), MOVE_MS),
        _figure(f"  the slowest of {MOVES} moves", moved[-1], MOVE_MS),
    ]


def _figure(name: str, seconds: float, most: float) -> Figure:
    return Figure(name, f"{seconds * 1000:.0f} ms", f"at most {most:.0f} ms", reached=seconds * 1000 <= most)


def _ask(terminal: Terminal, service: _Service) -> float:
    terminal.forget()
    terminal.write(FINDER)
    terminal.until(FOUND)
    painted = terminal.quiet(SILENCE) - service.answered_at
    terminal.listen(SEEN_SECONDS)
    terminal.write(ESCAPE)
    terminal.until(HOME_FIELD)
    _stand(terminal)
    return painted


def _stand(terminal: Terminal) -> None:
    """Wait until the screen is painted, and has stood for as long as it must before a key counts on it."""
    terminal.quiet(4 * SILENCE)
    terminal.listen(SEEN_SECONDS)


def _move(terminal: Terminal) -> float:
    """Return the seconds from the key until all is painted; one key at a time, for a burst is no hand."""
    terminal.forget()
    at = terminal.write(DOWN)
    terminal.until(b"\x1b[")
    painted = terminal.quiet(SILENCE)
    terminal.listen(SCANNER_GAP_SECONDS)
    return painted - at


class _Service(ThreadingHTTPServer):
    answered_at = 0.0
    """When the last answer with places had left."""

    @property
    def environment(self) -> dict[str, str]:
        host = f"http://127.0.0.1:{self.server_port}"
        return {
            "KIOSK_FACILITIES__URL": f"{host}/shippingservices",
            "KIOSK_FACILITIES__TOKEN_URL": f"{host}/token",
        }


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Service

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        is_token = self.path == "/token"
        body = json.dumps({"access_token": "t", "expiresIn": "3600"} if is_token else _PLACES).encode()
        if not is_token:
            time.sleep(LATENCY)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        if not is_token:
            self.server.answered_at = time.perf_counter()

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@contextmanager
def _service() -> Iterator[_Service]:
    with _Service(("127.0.0.1", 0), _Answer) as service:
        thread = Thread(target=service.serve_forever, daemon=True)
        thread.start()
        try:
            yield service
        finally:
            service.shutdown()
            thread.join()


def _place(number: int, source: random.Random) -> dict[str, object]:
    attributes = {
        "LOCATION_NAME": f"Corner Shop {number}",
        "LATITUDE": f"{37.34 + source.gauss(0, 0.04):.6f}",
        "LONGITUDE": f"{-79.95 + source.gauss(0, 0.05):.6f}",
        "DISTANCE": f"{number / 20:.2f}",
    }
    days = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
    timings = [{"opensAt": "08:00:00", "closesAt": "12:00:00"}, {"opensAt": "13:00:00", "closesAt": "22:30:00"}]
    return {
        "address": {"addressLines": [f"{number} Main St"], "cityTown": "Roanoke", "stateProvince": "VA"},
        "carrierFacilityAttributes": [{"name": name, "value": value} for name, value in attributes.items()],
        "facilityHours": [{"day": day, "facilityTimings": timings} for day in days],
    }


_PLACES = {"carrierFacilitySuggestions": [_place(number, random.Random(number)) for number in range(PLACES)]}
