"""Absurd answers of both services, whatever is asked: every screen is drawn, every step ends, and the next start lives.

`python -m tests.soak answers`. An answer is a true one with some values replaced, or any JSON, or no JSON at all. Only
errors of the kiosk's own kinds may come of it, and each of them has its words.
"""

from __future__ import annotations

import asyncio
import json
import random
import tempfile
from pathlib import Path
from typing import Any

import httpx

from kiosk.errors import KioskError
from kiosk.parcels.parcel import Parcel
from kiosk.words.errors import explain
from screens.widgets.notice import Greeting
from tests.bench.figure import Figure
from tests.house.desk import CLERK, DEPARTMENT, PERSON, SMALL
from tests.screens.console.console_in_test import console
from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.soak.fuzz import ABOUT_A_PARCEL

ROUNDS = 20_000
"""Parcels taken through their steps, with absurd answers on the way."""

ROUNDS_OF_A_DESK = 25
"""Then the kiosk is started once more on what it has kept, the console is opened, and a new desk begins."""

SPOILED = 0.3
"""Of the answers."""

ABSURD: tuple[Any, ...] = (
    None, True, 0, -1, 10**18, 10**300, 1.5, float("nan"), float("inf"), "", " ", "7", "x" * 5000, "[bold]", "\x1b[2J",
    "\ud800", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00", "2026-13-45", "NaN", "null",
    [], {}, [[]], [None], {"a": None}, ["7", 7], [[[[[[]]]]]], "large", "CLOSED", "recipient", "\uff21", "\u202eabc",
)  # fmt: skip
NO_JSON = (b"", b"<html>log in</html>", b"{", b"\xff\xfe", b"[" * 5000, b"null", b"42", b'"text"')


class Spoiling(httpx.AsyncHTTPTransport):
    """The line to a service whose answers are absurd now and then."""

    def __init__(self, rng: random.Random) -> None:
        super().__init__()
        self._rng = rng
        self.spoiled = 0
        self.is_on = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await super().handle_async_request(request)
        if not self.is_on or self._rng.random() > SPOILED:
            return response
        body = await response.aread()
        await response.aclose()
        self.spoiled += 1
        return httpx.Response(response.status_code, content=spoiled(body, self._rng))


def spoiled(body: bytes, rng: random.Random) -> bytes:
    """Return something absurd in the place of an answer."""
    if rng.random() < 0.1:
        return rng.choice(NO_JSON)
    try:
        answer: Any = json.loads(body)
    except ValueError:
        answer = None
    for _ in range(rng.randint(1, 4)):
        answer = _changed(answer, rng)
    return json.dumps(answer).encode("utf-8", errors="surrogatepass")


def _changed(value: Any, rng: random.Random) -> Any:
    """Return a value with something in it replaced, left out or doubled."""
    if isinstance(value, dict) and value and rng.random() < 0.9:
        name = rng.choice([*value])
        if rng.random() < 0.15:
            return {each: value[each] for each in value if each != name}
        return {**value, name: _changed(value[name], rng)}
    if isinstance(value, list) and value and rng.random() < 0.9:
        number = rng.randrange(len(value))
        if rng.random() < 0.15:
            return [*value, value[number]]
        return [*value[:number], _changed(value[number], rng), *value[number + 1 :]]
    return rng.choice(ABSURD)


def measure(rounds: int) -> list[Figure]:
    """Take so many parcels through their steps."""
    wrong, count = asyncio.run(many_desks(1, rounds))
    name = f"Screens, steps and starts that ended badly after {count:,} absurd answers to {rounds:,} parcels"
    return [Figure(name, "; ".join([str(len(wrong)), *wrong[:3]]), "0", reached=not wrong)]


async def many_desks(seed: int, rounds: int) -> tuple[list[str], int]:
    """Return what went wrong, and how many answers were absurd."""
    rng, wrong, count = random.Random(seed), list[str](), 0
    for first in range(0, rounds, ROUNDS_OF_A_DESK):
        with tempfile.TemporaryDirectory(prefix="answers-") as folder:
            desk = Desk(Path(folder))
            line = Spoiling(rng)
            try:
                await _one_desk(desk, line, min(ROUNDS_OF_A_DESK, rounds - first))
            except Exception as error:  # noqa: BLE001 - whatever it is, it must not happen
                wrong.append(" ".join(f"desk from {first}: {type(error).__name__}: {error}".split())[:300])
            finally:
                desk.service.pull_out()
            count += line.spoiled
    return wrong, count


async def _one_desk(desk: Desk, line: Spoiling, rounds: int) -> None:
    async with desk.open(transport=line) as kiosk:
        line.is_on = True
        for number in range(rounds):
            parcel = await _taken_through(kiosk, f"T{number}")
            await _shown(kiosk, parcel, number)
    line.is_on = False
    async with desk.open() as kiosk:
        await kiosk.rest()
    async with console(desk) as opened:
        for page in ("2", "3", "4", "5", "6", "1"):
            opened.type(page)
            await opened.until(lambda: opened.screen.is_ready and not opened.screen.busy)


async def _taken_through(kiosk: Kiosk, number: str) -> Parcel:
    """Take a parcel through its steps as far as the answers let it."""
    desk, queries = kiosk.services.desk, kiosk.services.queries
    contact = DEPARTMENT if number.endswith("3") else PERSON
    taken = await desk.scans.take_in(number, CLERK)
    parcel = await desk.intake.choose_recipient(taken.parcel, contact, CLERK)
    try:
        banks = await queries.lockers.banks()
        bank = banks[0].locker_bank_id if banks else "AOne"
        await queries.lockers.bank(bank, fresh=True)
        parcel = await desk.intake.reserve(parcel, bank, SMALL, CLERK, lambda _: None)
        parcel = await desk.intake.deposit(parcel, CLERK)
        await desk.pickup_codes.waiting(parcel)
        await desk.lockers.look(parcel, CLERK)
        await desk.lockers.known_or_found(f"X{number}", CLERK)
    except KioskError as error:
        _check_words(error)
    return await queries.parcel(parcel.parcel_id) or parcel


def _check_words(error: KioskError) -> None:
    said = explain(error)
    if not said.sentence or "can't explain" in said.sentence:
        raise AssertionError(error)


async def _shown(kiosk: Kiosk, parcel: Parcel, number: int) -> None:
    """Draw a screen about the parcel, another one each time."""
    app = kiosk.app
    while len(app.screen_stack) > 1:
        await app.pop_screen()
    names = [*ABOUT_A_PARCEL]
    await app.show(ABOUT_A_PARCEL[names[number % len(names)]](parcel), Greeting())
    await kiosk.rest()
    assert app._exception is None, app._exception
