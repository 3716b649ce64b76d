"""The simulator as a process of its own that can be killed, started again and restored from an older copy."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from kiosk.clock import Clock, SystemClock
from kiosk.simulator.server import HOST, Simulator
from tests.chaos import service_file
from tests.chaos.case import Collection, Door, Life, Place
from tests.chaos.processes import Child, ended

PORTS = range(20000, 32000)
"""Below those of outgoing connections: one of them could take the port while the simulator is down."""
PATIENCE_SECONDS = 20.0


class Server:
    """The simulated locker service; its faults are counted over all its lives."""

    def __init__(self, folder: Path, seed: int, *, clock: Clock | None = None) -> None:
        self.folder = folder
        self.port = free_port()
        self.lives = 0
        self.child: Child | None = None
        self.rolled_back: frozenset[str] = frozenset()
        """Numbers about which it lost what it had answered."""
        self._clock = clock or SystemClock()
        self._seed = seed
        self._copy = folder.with_name("simulator-copy.sqlite")
        self._faults_before: Counter[str] = Counter()
        self._faults_now: Counter[str] = Counter()

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def faults(self) -> Counter[str]:
        """Faults injected, by name; those between the last look and a kill are missing."""
        return self._faults_before + self._faults_now

    @property
    def has_copy(self) -> bool:
        """Whether there is a copy to restore."""
        return self._copy.exists()

    def start(self, faults: str) -> None:
        """Begin a life; the faults' seed is another one in each."""
        self.lives += 1
        seed = self._seed * 1000 + self.lives
        self.child = Child("simulator", lambda: self._serve(seed, faults))
        before = time.monotonic()
        while not self._answers():
            if ended([self.child], 0.01) or time.monotonic() - before > PATIENCE_SECONDS:
                raise RuntimeError("the simulator does not start")
        service_file.keep_history(self.folder)

    def kill(self) -> None:
        if self.child is not None:
            self.look_at_faults()
            self.child.kill()
            self.child = None
        self._faults_before, self._faults_now = self.faults, Counter()

    def copy(self) -> None:
        """Keep what it knows at this moment."""
        service_file.copy(self.folder, self._copy)

    def restore(self) -> None:
        """Let a killed one go on from that copy."""
        self.rolled_back |= service_file.put_back(self.folder, self._copy)

    def look_at_faults(self) -> None:
        self._faults_now = Counter(self.ask("GET", "/_simulator/faults")["injected"])

    def doors(self) -> list[Door]:
        """Return the units that are reserved, as they truly are."""
        return doors_of(self.state())

    def code_lives(self) -> list[Life]:
        """Return every code that was given."""
        return service_file.lives(self.folder)

    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = self.ask("GET", "/_simulator/state")
        return state

    def collect(self, place: Place) -> Collection | None:
        """Let the recipient take everything out; None where nothing lies there any more."""
        taken = self.ask("POST", "/_simulator/pickup", {"lockerBankId": place.bank, "lockerUnitId": place.unit})
        if "collected" not in taken:
            return None
        return Collection(place, _numbers(taken["collected"]), taken["pickupCode"], time.time())

    def ask(self, method: str, path: str, body: object = None) -> Any:
        raw = None if body is None else json.dumps(body)
        with closing(HTTPConnection(HOST, self.port, timeout=PATIENCE_SECONDS)) as line:
            line.request(method, path, raw, {"Content-Type": "application/json"})
            return json.loads(line.getresponse().read())

    def _answers(self) -> bool:
        try:
            self.state()
        except (OSError, HTTPException):
            return False
        return True

    def _serve(self, seed: int, faults: str) -> int:
        with Simulator(self.folder, port=self.port, seed=seed, faults=faults, clock=self._clock):
            signal.pause()
        return 0


def doors_of(state: dict[str, Any]) -> list[Door]:
    """Return the units that are reserved in what `/_simulator/state` shows."""
    return [
        Door(
            Place(bank["lockerBankId"], unit["lockerUnitId"]),
            _numbers(unit["parcelsReserved"]),
            _numbers(unit["parcelsDeposited"]),
            unit["pickupCode"],
            unit.get("contactId"),
        )
        for bank in state["lockerBanks"]
        for unit in bank["lockerUnits"]
        if unit["unitReserved"]
    ]


def _numbers(parcels: Iterable[dict[str, str]]) -> tuple[str, ...]:
    return tuple(parcel["trackingNumber"] for parcel in parcels)


def free_port() -> int:
    """Return a port on which nobody listens, and which no outgoing connection takes."""
    rng = random.Random(os.getpid() + time.monotonic_ns())
    while True:
        port = rng.choice(PORTS)
        with closing(socket.socket()) as trial:
            try:
                trial.bind((HOST, port))
            except OSError:
                continue
            return port
