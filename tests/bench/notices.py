"""What a desk notices of a mail server and a printer that swallow everything: as good as nothing.

Both are asked again and again beside the scan and the intake that are measured. Of the other sides one has both, and
they answer, the other has neither.
"""

from __future__ import annotations

import asyncio
import socket
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractAsyncContextManager, ExitStack, closing, contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from unittest.mock import patch

import httpx

from kiosk import wiring
from kiosk.background.wiring import notice_rules
from kiosk.clock import SystemClock
from kiosk.journal.store import Journal
from kiosk.parcels.contacts import Contact
from kiosk.parcels.events import ParcelPutOnShelf, ParcelTakenIn, RecipientChosen
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role, ShelfReason
from kiosk.settings import load_settings
from kiosk.simulator.server import HOST, Simulator
from kiosk.wiring import Background, Services, open_services
from tests.bench.figure import Figure, ratio, take_turns
from tests.bench.next_screen import SIDES, SILENCE, scan
from tests.bench.terminal import KIOSK, Terminal, running
from tests.bench.throughput import intake

RUNS = 30
OWED = 30
"""Notices, and labels, that wait when the measurement begins."""
MINUTE = 10.0
"""In place of a minute: a round every 5 s, which is as long as a connection is waited for, so that one always is."""
BOUND = 1.1
_NEITHER = {"KIOSK_NOTICES__CHANNELS": ""}
_ANSWERING = {
    "KIOSK_NOTICES__CHANNELS": "mail",
    "KIOSK_NOTICES__GATHER_MINUTES": "0",
    "KIOSK_NOTICES__QUIET_FROM": "00:00",
    "KIOSK_NOTICES__QUIET_UNTIL": "00:00",
    "KIOSK_MAIL__DELIVERY": "folder",
    "KIOSK_MAIL__SENDER": "kiosk@example.com",
    "KIOSK_PRINTER__ADDRESS": "file:///dev/null",
    "KIOSK_PRINTER__SLIPS": "true",
    "KIOSK_PRINTER__LABELS": "true",
}
"""Mails go into a folder, and paper into a printer that takes all there is."""


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder, _swallowing() as mail, _swallowing() as printer:
        sides = (_dead(mail, printer), _ANSWERING, _NEITHER)
        dead, answering, neither = _scans(Path(folder) / "scans", sides)
        dead_too, answering_too, neither_too = _intakes(Path(folder) / "intakes", sides)
    return [
        ratio("Scan to next screen, dead mail server and printer over neither", dead, neither, BOUND),
        ratio("  the same over ones that answer", dead, answering, BOUND),
        ratio("Intake without a screen, dead ones over ones that answer", dead_too, answering_too, BOUND),
        Figure("  the same over neither", f"{dead_too / neither_too:.2f} x"),
    ]


@contextmanager
def _swallowing() -> Iterator[int]:
    """Yield a port at which connections are taken, as far as they are, and nothing is ever answered."""
    with closing(socket.create_server((HOST, 0), backlog=0)) as listening:
        yield listening.getsockname()[1]


def _dead(mail: int, printer: int) -> dict[str, str]:
    return _ANSWERING | {
        "KIOSK_MAIL__DELIVERY": "smtp",
        "KIOSK_MAIL__HOST": HOST,
        "KIOSK_MAIL__PORT": str(mail),
        "KIOSK_MAIL__SECURITY": "none",
        "KIOSK_PRINTER__ADDRESS": f"tcp://{HOST}:{printer}",
    }


def _scans(folder: Path, sides: Sequence[dict[str, str]]) -> list[float]:
    """Return the seconds from a scan to the painted next screen, of each side."""
    mark = SIDES[KIOSK][1]
    with ExitStack() as stack:
        terminals = [_started(stack, folder / str(place), variables) for place, variables in enumerate(sides)]
        return [painted for painted, *_ in take_turns(RUNS, *(partial(scan, each, mark) for each in terminals))]


def _started(stack: ExitStack, data: Path, variables: dict[str, str]) -> Terminal:
    variables = variables | {"KIOSK_STORAGE__DATA_DIR": str(data)}
    asyncio.run(_owe(variables))
    terminal = stack.enter_context(running(KIOSK, variables))
    terminal.until(SIDES[KIOSK][0])
    terminal.quiet(2 * SILENCE)
    return terminal


async def _owe(variables: dict[str, str]) -> None:
    """Lay parcels on the shelf whose recipients are to be told, if the settings say so."""
    settings = load_settings(environ=variables)
    clerk = Person(name="clerk", role=Role.CLERK, user_id="clerk")
    rules = notice_rules(settings)
    async with Journal(
        settings.data_dir, environment="demo", desk_name="Bench", clock=SystemClock(), rules=rules
    ) as journal:
        for place in range(OWED):
            contact = Contact(contact_id=f"c{place}", name=f"Person {place}", email=f"p{place}@example.com")
            parcel_id, number = f"p{place}", f"OWED{place}"
            await journal.append(parcel_id, ParcelTakenIn(tracking_number=number, scanned=number), clerk)
            await journal.append(parcel_id, RecipientChosen(contact=contact), clerk)
            laid = ParcelPutOnShelf(shelf=f"B{place}", reason=ShelfReason.PUT_ASIDE)
            await journal.append(parcel_id, laid, clerk)


def _intakes(folder: Path, sides: Sequence[dict[str, str]]) -> list[float]:
    """Return the seconds of an intake, from the scan to the code that was seen, of each side."""
    with ExitStack() as stack:
        stack.enter_context(patch.object(wiring, "_MINUTE", MINUTE))
        desks = [_Desk(stack, folder / str(place), variables) for place, variables in enumerate(sides)]
        return [seconds for (seconds,) in take_turns(RUNS, *(desk.take_in for desk in desks))]


class _Desk:
    """A kiosk without a screen in an event loop of its own, which stands still while the other side is measured."""

    def __init__(self, stack: ExitStack, folder: Path, variables: dict[str, str]) -> None:
        simulator = stack.enter_context(Simulator(folder / "simulator"))
        self._url = simulator.url
        self._client = stack.enter_context(httpx.Client())
        self._runner = stack.enter_context(asyncio.Runner())
        self._numbers = (f"BENCH{number}" for number in count())
        variables = variables | {
            "KIOSK_STORAGE__DATA_DIR": str(folder / "data"),
            "KIOSK_LOCKERS__URL": f"{simulator.url}/parcelpoint",
        }
        asyncio.run(_owe(variables))
        opened = open_services(load_settings(environ=variables), background=Background.DESK)
        self._services = self._runner.run(_enter(opened))
        stack.callback(lambda: self._runner.run(opened.__aexit__(None, None, None)))

    def take_in(self) -> tuple[float]:
        """Take a parcel in and return the seconds; the locker is emptied behind it."""
        begin = time.perf_counter()
        place = self._runner.run(intake(self._services, next(self._numbers)))
        seconds = time.perf_counter() - begin
        unit = {"lockerBankId": place.locker_bank_id, "lockerUnitId": place.locker_unit_id}
        self._client.post(f"{self._url}/_simulator/pickup", json=unit).raise_for_status()
        return (seconds,)


async def _enter(opened: AbstractAsyncContextManager[Services]) -> Services:
    services = await opened.__aenter__()
    services.background.start()
    return services
