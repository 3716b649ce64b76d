"""The simulator as a process of its own that can be killed and started again on the same port and folder."""

from __future__ import annotations

import json
import os
import random
import socket
import sqlite3
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack, closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from unittest.mock import patch

from kiosk.simulator import command, reservations
from kiosk.simulator.state import FILE_NAME
from kiosk.simulator.units import Parcel
from tests.chaos.judge import Door, Place
from tests.chaos.processes import Child, ended

HOST = "127.0.0.1"
PORTS = range(20000, 32000)
"""Below those of outgoing connections: one of them could take the port while the simulator is down."""
PATIENCE_SECONDS = 20.0


class Server:
    """The simulated locker service; its faults are counted over all its lives."""

    def __init__(self, folder: Path, seed: int, *, lenient: bool = False) -> None:
        self.folder = folder
        self.port = _free_port()
        self.lives = 0
        self.child: Child | None = None
        self._seed = seed
        self._lenient = lenient
        self._faults_before: Counter[str] = Counter()
        self._faults_now: Counter[str] = Counter()

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def faults(self) -> Counter[str]:
        """Faults injected, by name; those between the last look and a kill are missing."""
        return self._faults_before + self._faults_now

    def start(self, faults: str) -> None:
        """Begin a life; the faults' seed is another one in each."""
        self.lives += 1
        seed = self._seed * 1000 + self.lives
        self.child = Child("simulator", lambda: self._serve(seed, faults))
        before = time.monotonic()
        while not self._answers():
            if ended([self.child], 0.01) or time.monotonic() - before > PATIENCE_SECONDS:
                raise RuntimeError("the simulator does not start")

    def kill(self) -> None:
        if self.child is not None:
            self.look_at_faults()
            self.child.kill()
            self.child = None
        self._faults_before, self._faults_now = self.faults, Counter()

    def look_at_faults(self) -> None:
        self._faults_now = Counter(self.ask("GET", "/_simulator/faults")["injected"])

    def doors(self) -> list[Door]:
        """Return the units that are reserved, as they truly are."""
        return doors_of(self.state())

    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = self.ask("GET", "/_simulator/state")
        return state

    def collect(self, place: Place) -> None:
        """Let the recipient take everything out."""
        self.ask("POST", "/_simulator/pickup", {"lockerBankId": place.bank, "lockerUnitId": place.unit})

    def ask(self, method: str, path: str, body: object = None) -> Any:
        raw = None if body is None else json.dumps(body)
        with closing(HTTPConnection(HOST, self.port, timeout=PATIENCE_SECONDS)) as line:
            line.request(method, path, raw)
            answer = line.getresponse()
            read = json.loads(answer.read())
        if answer.status != 200:
            raise RuntimeError(f"{method} {path}: {read}")
        return read

    def empty_bank(self, bank: str) -> None:
        """Free and mend every unit of a bank, while the simulator is not running."""
        with closing(sqlite3.connect(self.folder / FILE_NAME)) as database, database:
            database.execute("DELETE FROM parcels WHERE bank_id = ?", (bank,))
            database.execute(
                "UPDATE units SET in_service = 1, contact_id = NULL, user_id = NULL, reservation_time = NULL,"
                " reservation_expiry = NULL, deposit_time = NULL, deposit_expiry = NULL, pickup_code = NULL"
                " WHERE bank_id = ?",
                (bank,),
            )

    def _answers(self) -> bool:
        try:
            self.state()
        except (OSError, HTTPException):
            return False
        return True

    def _serve(self, seed: int, faults: str) -> int:
        with ExitStack() as stack:
            if self._lenient:
                stack.enter_context(patch.object(reservations, "_refuse_held_elsewhere", _refuse_nothing))
                stack.enter_context(patch.object(reservations, "hold", _hold_again))
            command.serve(self.port, self.folder, seed, faults, 0, announce=lambda _: self._be_lenient())
        return 0

    def _be_lenient(self) -> None:
        if self._lenient:
            path = self.folder / FILE_NAME
            with closing(sqlite3.connect(path, timeout=PATIENCE_SECONDS, isolation_level=None)) as database:
                _let_a_number_hold_several_units(database)


def doors_of(state: dict[str, Any]) -> list[Door]:
    """Return the units that are reserved in what `/_simulator/state` shows."""
    return [
        Door(
            Place(bank["lockerBankId"], unit["lockerUnitId"]),
            _numbers(unit["parcelsReserved"]),
            _numbers(unit["parcelsDeposited"]),
            unit["pickupCode"],
        )
        for bank in state["lockerBanks"]
        for unit in bank["lockerUnits"]
        if unit["unitReserved"]
    ]


def _let_a_number_hold_several_units(database: sqlite3.Connection) -> None:
    """Rebuild the table without its rule of one unit a number."""
    made = database.execute("SELECT sql FROM sqlite_master WHERE name = 'parcels'").fetchone()[0]
    rule, weaker = "UNIQUE (bank_id, tracking_number)", "UNIQUE (bank_id, unit_id, tracking_number)"
    if rule not in made:
        return
    for step in (
        "PRAGMA foreign_keys = OFF",
        "BEGIN IMMEDIATE",
        "ALTER TABLE parcels RENAME TO strict_parcels",
        made.replace(rule, weaker),
        "INSERT INTO parcels SELECT * FROM strict_parcels",
        "DROP TABLE strict_parcels",
        "COMMIT",
    ):
        database.execute(step)


def _refuse_nothing(*_: object) -> None:
    return


def _hold_again(database: sqlite3.Connection, bank_id: str, unit_id: str, parcel: Parcel) -> None:
    database.execute(
        "INSERT OR IGNORE INTO parcels (bank_id, unit_id, tracking_number, secondary_number) VALUES (?, ?, ?, ?)",
        (bank_id, unit_id, parcel.tracking_number, parcel.secondary_number),
    )


def _numbers(parcels: Iterable[dict[str, str]]) -> tuple[str, ...]:
    return tuple(parcel["trackingNumber"] for parcel in parcels)


def _free_port() -> int:
    rng = random.Random(os.getpid() + time.monotonic_ns())
    while True:
        port = rng.choice(PORTS)
        with closing(socket.socket()) as trial:
            try:
                trial.bind((HOST, port))
            except OSError:
                continue
            return port
