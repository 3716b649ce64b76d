"""Random acts on a kiosk that is locked down: of hands, of a scanner, of the terminal; nothing leads out of it.

`python -m tests.soak acts`. An act is a key, a text, a scan, a paste, a touch (some of them split on the line), a size,
a change of focus, a control character, or random bytes. Each acts on a screen that has stood for a minute. `fuzz.py`
sends bytes at scanner speed instead, of which none may be a command.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

from pydantic import SecretStr
from textual.screen import Screen

from kiosk.journal.store import FILE_NAME
from kiosk.parcels.people import Person
from kiosk.parcels.states import Operation, Role
from screens.base import ClerkScreen
from screens.clerk.parcel_screen import ParcelScreen
from screens.terminal import Reader
from tests.bench.figure import Figure
from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.soak.fuzz import COMMANDS, piece

ROUNDS = 300_000
"""Acts; about an hour."""

A_DAY = 2_000
"""Acts after which a new desk is opened."""

PIN = "84739261"
"""Too long to be guessed by chance."""

BADGE = b"BADGE-77031"

STOOD_SECONDS = 60.0
SIZES = ((80, 24), (80, 24), (100, 30), (1, 1), (20, 5), (200, 60))
NAMES = (*(b"mwangi abdi\r", b"gergo f\r", b"kofi adeyemi\r") * 3, b"A12\r", b"a", b"zz", b"4711", b"1234\r")
ODD_CODES = (b"1Z999AA10123456784", b"1Z999AA10123456785", b"BOX-7712", b"4006381333931", b"12345678", BADGE, BADGE)
KEYS = (
    *((b"\r",) * len(COMMANDS)), *COMMANDS, b"\x06", b"+", b"\x7f", b"\t", b" ", *(b"%d" % each for each in range(10)),
    *(b"\x1b[%s" % end for end in (b"A", b"B", b"C", b"D", b"H", b"F", b"2~", b"3~", b"5~", b"6~", b"21~", b"Z")),
)  # fmt: skip

OFFERED = {
    "enter": b"\r", "escape": b"\x1b", "insert": b"\x1b[2~", "delete": b"\x1b[3~", "plus": b"+", "up": b"\x1b[A",
    "down": b"\x1b[B", "left": b"\x1b[D", "right": b"\x1b[C", "f1": b"\x1bOP", "f2": b"\x1bOQ", "f3": b"\x1bOR",
    "f4": b"\x1bOS", "f5": b"\x1b[15~", "f6": b"\x1b[17~", "f7": b"\x1b[18~", "f8": b"\x1b[19~", "f9": b"\x1b[20~",
    "f10": b"\x1b[21~", "f11": b"\x1b[23~", "ctrl+f": b"\x06", "ctrl+q": b"\x11",
}  # fmt: skip
"""What a terminal sends for the keys that screens name."""
CLEAR = b"\x15"
"""Empties the field: a key behind a text would be one of the text."""

WEIGHTS = {
    "offered": 30, "key": 15, "tap": 20, "scan": 5, "text": 14, "control": 4, "bytes": 3, "split": 3, "paste": 2,
    "size": 3, "focus": 3, "time": 1, "fault": 1,
}  # fmt: skip
FAULTS = ("cut", "429", "500", "503", "lost", "half", "html", "500-done", "no-code")
TIMES = tuple(timedelta(seconds=seconds) for seconds in (1, 60, 600))

SHOWN_FOR: Final = {
    Operation.RESERVE: {"LockerScreen", "RecipientScreen", "PutInScreen", "ParcelPageScreen"},
    Operation.DEPOSIT: {"PutInScreen", "CodeScreen", "NewCodeScreen", "ParcelPageScreen"},
}
"""Screens about a parcel of which one has to have been there before such a write; the others may come of any."""

OF_MANY = {"RoundScreen", "ExpiredScreen", "HandOverScreen", "CollectingScreen", "StocktakeResultScreen"}
"""Screens on which something is written about parcels that they list."""


class Act(NamedTuple):
    """What is sent: pieces, and how many seconds lie before each."""

    kind: str
    pieces: list[bytes]
    gap: float = 0.3


def measure(rounds: int) -> list[Figure]:
    """Act so often."""
    began, wrong = time.process_time(), list[str]()
    shown, writes = Counter[str](), Counter[str]()
    seed = 0
    while rounds > 0 and not wrong:
        seed += 1
        day = asyncio.run(a_day(seed, min(rounds, A_DAY)))
        wrong += day.wrong
        shown += day.shown
        writes += day.writes
        rounds -= A_DAY
        spent = time.process_time() - began
        sys.stderr.write(f"{shown.total():,} acts, {spent:.0f} s of processor time; {dict(writes)}; {dict(shown)}\n")
    name = (
        f"Faults, ways out, unseen writes in {shown.total():,} acts on {len(shown)} screens, {writes.total():,} writes"
    )
    return [Figure(name, "; ".join([str(len(wrong)), *wrong[:3]]), "0", reached=not wrong)]


async def a_day(seed: int, count: int) -> Day:
    """Act so often on a new desk, and return what became of it; every fourth one is one where people sign in."""
    with tempfile.TemporaryDirectory(prefix="acts-") as folder:
        desk = Desk(Path(folder))
        desk.people, desk.lockdown = {"sign_in": seed % 4 == 0, "idle_minutes": 15}, {"on": True}
        try:
            async with desk.open() as kiosk:
                people, owner = kiosk.services.desk.people, Person(name="owner", role=Role.OWNER)
                await people.add("Ida Berg", Role.ADMIN, owner, pin=SecretStr(PIN))
                await people.add("Kofi Mensah", Role.CLERK, owner, badge=SecretStr(BADGE.decode()))
                return await Day(seed, kiosk, desk).live(count)
        finally:
            desk.service.pull_out()


class Day:
    """The acts on one desk, and what was seen of it."""

    def __init__(self, seed: int, kiosk: Kiosk, desk: Desk) -> None:
        self._rng = random.Random(seed)
        self._seed = seed
        self._kiosk = kiosk
        self._desk = desk
        self._reader = Reader()
        self._shown_about: set[tuple[str, str]] = set()
        self._read_to = 0
        self._latest: list[str] = []
        self.shown = Counter[str]()
        """How often an act met each screen."""
        self.writes = Counter[str]()
        """What was asked of the service, and how often."""
        self.wrong: list[str] = []

    async def live(self, count: int) -> Day:
        """Act so often, or until something is wrong."""
        for number in range(count):
            await self._act(draw(self._rng, self._kiosk.app.screen))
            if number % 50 == 0 or number == count - 1:
                await self._look()
            if self.wrong:
                break
        return self

    async def _act(self, act: Act) -> None:
        app, rng = self._kiosk.app, self._rng
        self._note(act)
        if act.kind == "size":
            await self._kiosk.pilot.resize_terminal(*rng.choice(SIZES))
        if act.kind == "time":
            self._desk.clock.live(rng.choice(TIMES))
        if act.kind == "fault":
            self._desk.service.fault(rng.choice(FAULTS))
        for part in act.pieces:
            for message in self._reader.heard(part, act.gap):
                app.post_message(message)
        for _ in range(rng.choice((0, 14, 14, 14))):  # for an Enter within half a second of another one is its echo
            for message in self._reader.heard(b"", 0.05):
                app.post_message(message)
        await asyncio.sleep(rng.choice((0, 0, 0.002)))
        if rng.random() < 0.2:
            await self._kiosk.pilot.pause(0)
        if app._exception is not None or app._exit:
            self._complain(f"it ended: {app._exception!r}")

    def _note(self, act: Act) -> None:
        """Let the screen have stood for a while, and remember what it shows."""
        screen = self._kiosk.app.screen
        name = type(screen).__name__
        if isinstance(screen, ClerkScreen):
            screen.seen_since -= STOOD_SECONDS
        self.shown[name] += 1
        about = screen.parcel.parcel_id if isinstance(screen, ParcelScreen) else ""
        if screen.is_attached and isinstance(screen, ClerkScreen) and screen.seen_since < time.monotonic():
            self._shown_about.add((name, about))
        self._latest = [*self._latest[-20:], f"{act.kind} {act.pieces} on {name}"]

    async def _look(self) -> None:
        """Look whether each write was asked for on a screen about its parcel."""
        with closing(sqlite3.connect(self._desk.folder / "data" / FILE_NAME, timeout=10)) as database:
            rows = database.execute(
                "SELECT sequence, parcel_id, json_extract(body, '$.operation') FROM events"
                " WHERE type = 'write_asked' AND sequence > ? ORDER BY sequence",
                (self._read_to,),
            ).fetchall()
        for sequence, parcel_id, operation in rows:
            self._read_to = sequence
            self.writes[operation] += 1
            names = {name for name, about in self._shown_about if about == parcel_id or name in OF_MANY}
            if not names & SHOWN_FOR.get(Operation(operation), names):
                self._complain(f"{operation} of a parcel that was shown on {sorted(names)}")

    def _complain(self, what: str) -> None:
        sys.stderr.write(f"seed {self._seed}: {what}\n" + "\n".join(self._latest) + "\n")
        self.wrong.append(f"seed {self._seed}: {what}")


def draw(rng: random.Random, shown: Screen[Any]) -> Act:
    """Return the next act; every third is a key of the screen that is shown."""
    kind = rng.choices(*zip(*WEIGHTS.items(), strict=True))[0]
    match kind:
        case "offered" if isinstance(shown, ClerkScreen):
            # What leads on, and back home from where nothing does, more often than the rest.
            actions = (*shown.KEYMAP.row[:1] * 5, *shown.KEYMAP.actions, *shown.asking.answers * 3)
            keys = ["enter", "escape", "escape", *(action.key for action in actions)]
            return Act(kind, [CLEAR, OFFERED.get(rng.choice(keys), b"\r")])
        case "key":
            return Act(kind, [rng.choice(KEYS)])
        case "text":
            return Act(kind, _signs(rng.choice(NAMES)), 0.2)
        case "scan":
            code = rng.choice(ODD_CODES) if rng.random() < 0.05 else b"T%d" % rng.randrange(60)
            return Act(kind, _signs(code + b"\r"), 0.005)
        case "paste":
            pasted = rng.choice((b"T5", b"hello", b"T6\nT7\nT8", rng.randbytes(20)))
            return Act(kind, [b"\x1b[200~" + pasted + (b"" if rng.random() < 0.1 else b"\x1b[201~")])
        case "tap" | "split":
            return Act(kind, _touch(rng, is_split=kind == "split"), 0.2)
        case "focus":
            return Act(kind, [rng.choice((b"\x1b[I", b"\x1b[O"))])
        case "control":
            return Act(kind, [bytes([rng.choice((*range(32), 127))])])
        case "bytes":
            return Act(kind, [piece(rng) for _ in range(rng.randrange(1, 4))], rng.choice((0.005, 0.2)))
        case _:
            return Act(kind, [])


def _touch(rng: random.Random, *, is_split: bool) -> list[bytes]:
    """Return a finger's tap, or a drag, a second button, a wheel; mostly where keys are drawn."""
    x, y = rng.randrange(1, 81), rng.choice((rng.randrange(1, 25), 20, 21, 22, 10))
    button, to = rng.choice((0, 0, 0, 0, 1, 2, 35, 64, 65)), rng.choice((0, 0, 0, 7))
    down, up = b"\x1b[<%d;%d;%dM" % (button, x, y), b"\x1b[<%d;%d;%dm" % (button, x + to, y)
    if not is_split:
        return [down + up]
    cut = rng.randrange(1, len(down))
    return [down[:cut], down[cut:], up]


def _signs(text: bytes) -> list[bytes]:
    return [text[at : at + 1] for at in range(len(text))]
