"""Absurd answers of both services: every screen is drawn, every step ends, and the next start lives.

`python -m tests.soak answers`. An answer is a true one with some values replaced, or any JSON, or no JSON at all. Only
errors of the kiosk's own kinds may come of it, and each of them has its words. A step that fails is tried again with
better answers, so that a parcel comes to its end and each of its steps meets several absurd ones.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx

from kiosk.errors import KioskError
from kiosk.parcels.parcel import Parcel
from kiosk.words.errors import explain
from screens.destinations import ShowFinder
from screens.widgets.notice import Greeting
from tests.bench.figure import Figure
from tests.house.desk import CLERK, DEPARTMENT, PERSON, SMALL
from tests.screens.console.console_in_test import console
from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.soak.fuzz import ABOUT_A_PARCEL

ROUNDS = 20_000
"""Absurd answers that a desk gets while it takes parcels through their steps."""

PARCELS_OF_A_DESK = 25
"""Then the kiosk is started once more on what it has kept, the console is opened, and a new desk begins."""

SPOILED = (0.9, 0.6, 0.3, 0.0)
"""Of the answers, at each attempt to take a step."""

ZONES = ("America/New_York", "Asia/Tokyo", "Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kathmandu", "UTC")

T = TypeVar("T")

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
        self.share = 0.0
        """How many of the answers are absurd."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await super().handle_async_request(request)
        if self._rng.random() >= self.share:
            return response
        body = await response.aread()
        await response.aclose()
        self.spoiled += 1
        return httpx.Response(response.status_code, content=spoiled(body, self._rng))


@contextmanager
def in_zone(zone: str) -> Iterator[None]:
    """Let the machine stand in a zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
        time.tzset()


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
    """Take parcels through their steps until so many answers were absurd."""
    seen = asyncio.run(many_desks(1, rounds))
    name = (
        f"Screens, steps and starts that ended badly after {seen.answers:,} absurd answers to {seen.parcels:,} parcels,"
        f" drawn {seen.parcels:,} times"
    )
    return [Figure(name, "; ".join([str(len(seen.wrong)), *seen.wrong[:3]]), "0", reached=not seen.wrong)]


@dataclass
class Seen:
    """What went wrong, how many answers were absurd, and how many parcels were taken through their steps."""

    wrong: list[str] = field(default_factory=list)
    answers: int = 0
    parcels: int = 0


async def many_desks(seed: int, rounds: int) -> Seen:
    """Open desk after desk until so many answers were absurd."""
    rng, seen = random.Random(seed), Seen()
    while seen.answers < rounds and not seen.wrong:
        with tempfile.TemporaryDirectory(prefix="answers-") as folder, in_zone(rng.choice(ZONES)):
            desk = Desk(Path(folder))
            line = Spoiling(rng)
            try:
                seen.parcels += await _one_desk(desk, line, rounds - seen.answers)
            except Exception as error:  # noqa: BLE001 - whatever it is, it must not happen
                seen.wrong.append(
                    " ".join(f"after {seen.answers} answers: {type(error).__name__}: {error}".split())[:300]
                )
            finally:
                desk.service.pull_out()
            seen.answers += line.spoiled
    return seen


async def _one_desk(desk: Desk, line: Spoiling, rounds: int) -> int:
    """Return how many parcels it took, a desk full of them or as many as need so many absurd answers."""
    count = 0
    async with desk.open(transport=line) as kiosk:
        while count < PARCELS_OF_A_DESK and line.spoiled < rounds:
            parcel = await _taken_through(kiosk, line, f"T{count}")
            await _shown(kiosk, line, parcel, count)
            count += 1
    async with desk.open() as kiosk:
        await kiosk.rest()
    async with console(desk) as opened:
        for page in ("2", "3", "4", "5", "6", "1"):
            opened.type(page)
            await opened.until(lambda: opened.screen.is_ready and not opened.screen.busy)
    return count


async def _taken_through(kiosk: Kiosk, line: Spoiling, number: str) -> Parcel:
    """Take a parcel through its steps, each of them tried until its answers let it."""
    desk, queries = kiosk.services.desk, kiosk.services.queries
    contact = DEPARTMENT if number.endswith("3") else PERSON
    taken = await desk.scans.take_in(number, CLERK)
    parcel_id = (await desk.intake.choose_recipient(taken.parcel, contact, CLERK)).parcel_id

    async def now() -> Parcel:
        parcel = await queries.parcel(parcel_id)
        assert parcel is not None
        return parcel

    async def reserve() -> Parcel:
        return await desk.intake.reserve(await now(), bank, SMALL, CLERK, lambda _: None)

    async def settle() -> None:
        await kiosk.services.settling.settle_all()

    async def deposit() -> Parcel:
        return await desk.intake.deposit(await now(), CLERK)

    async def look() -> Parcel:
        return await desk.lockers.look(await now(), CLERK)

    banks = await _tried(line, queries.lockers.banks)
    bank = banks[0].locker_bank_id if banks else "AOne"
    await _tried(line, lambda: queries.lockers.bank(bank, fresh=True))
    await _tried(line, lambda: desk.lockers.reservations_of(contact.contact_id))
    for step in (reserve, settle, deposit, settle, look):
        await _tried(line, step)
    await _tried(line, lambda: desk.lockers.known_or_found(f"X{number}", CLERK))
    line.share = 0.0
    return await now()


async def _tried(line: Spoiling, step: Callable[[], Awaitable[T]]) -> T | None:
    """Take a step by ever better answers until it is done; None where it can't be."""
    for line.share in SPOILED:
        try:
            return await step()
        except KioskError as error:
            _check_words(error)
    return None


def _check_words(error: KioskError) -> None:
    said = explain(error)
    if not said.sentence or "can't explain" in said.sentence:
        raise AssertionError(error)


async def _shown(kiosk: Kiosk, line: Spoiling, parcel: Parcel, number: int) -> None:
    """Draw a screen about the parcel, another one each time, and now and then the finder."""
    app = kiosk.app
    while len(app.screen_stack) > 1:
        await app.pop_screen()
    names = [*ABOUT_A_PARCEL]
    await app.show(ABOUT_A_PARCEL[names[number % len(names)]](parcel), Greeting())
    await kiosk.rest()
    assert app._exception is None, app._exception
    if number % 3:
        return
    line.share = 1.0
    await app.navigator.cover(ShowFinder())
    await kiosk.rest()
    await kiosk.press("enter")  # the page of the first place, if there is one
    await kiosk.rest()
    line.share = 0.0
    assert app._exception is None, app._exception
