"""What a centre costs a desk: a scan to its next screen with the centre there, away, slow or refusing; and at rest."""

from __future__ import annotations

import asyncio
import socket
import tempfile
from contextlib import ExitStack
from pathlib import Path

from kiosk.clock import SystemClock
from kiosk.fleet.logins import LoginKind, write_login
from kiosk.journal.shipped import end_of_chain
from kiosk.journal.store import Journal
from tests.bench.figure import Figure, NotMeasurableError, milliseconds, ratio, take_turns
from tests.bench.next_screen import SIDES, SILENCE, scan
from tests.bench.terminal import KIOSK, Terminal, running
from tests.fleet.centres import NewCentre, new_centre
from tests.fleet.line import Answers, line_beside
from tests.fleet.postgres import Postgres, postgres, programs

RUNS = 15
BOUND = 1.1
SLOW_BY = 2.0
"""Seconds, in each direction."""
REST_SECONDS = 20
QUERIES_BOUND = REST_SECONDS / 5
LOGGED = ("max_connections=50", "log_statement=all", "log_line_prefix=%a:")
_STARTED_AFTER = 3.0
"""Seconds until a kiosk that was started has met the centre, or given up for a while."""


def measure() -> list[Figure]:
    if programs() is None:
        raise NotMeasurableError("no PostgreSQL: apt-get install postgresql")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kiosk-bench-")))
        server = stack.enter_context(postgres(LOGGED))
        centre = new_centre(server)
        slow, silent = stack.enter_context(line_beside(server)), stack.enter_context(line_beside(server))
        slow.slow_by, silent.answers = SLOW_BY, Answers.SILENCE
        ways = {
            "there": server.port,
            "away": _nobodys_port(),
            "slow": slow.port,
            "silent": silent.port,
            "refusing": server.port,
        }
        queries = 0
        kiosks = {"": _started(stack, folder / "alone", None)}
        for name, port in ways.items():
            _join(folder / name, centre, refused=name == "refusing")
            kiosks[name] = _started(stack, folder / name, f"127.0.0.1:{port}/{centre.database}")
            kiosks[name].listen(_STARTED_AFTER)
            if name == "there":
                # Before anything else is on the machine, and within the minute in which it tells of its banks once.
                queries = _queries_at_rest(server, kiosks[name])
        mark = SIDES[KIOSK][1]
        alone, *others = take_turns(RUNS, *(lambda at=at: scan(at, mark) for at in kiosks.values()))
    return [
        Figure(
            f"A desk at rest, queries to the centre in {REST_SECONDS} s",
            f"{queries}",
            f"at most {QUERIES_BOUND:.0f}",
            reached=queries <= QUERIES_BOUND,
        ),
        milliseconds("Scan to next screen without a centre", alone[0]),
        *(
            ratio(f"Scan to next screen, the centre {name}, over without one", other[0], alone[0], BOUND)
            for name, other in zip(ways, others, strict=True)
        ),
    ]


def _started(stack: ExitStack, data: Path, server: str | None) -> Terminal:
    settings = {"KIOSK_STORAGE__DATA_DIR": str(data)} | ({"KIOSK_FLEET__SERVER": server} if server else {})
    terminal = stack.enter_context(running(KIOSK, settings))
    terminal.until(SIDES[KIOSK][0])
    terminal.quiet(5 * SILENCE)
    return terminal


def _join(data: Path, centre: NewCentre, *, refused: bool) -> None:
    desk = asyncio.run(_begin(data))
    write_login(data, LoginKind.DESK, asyncio.run(centre.join(desk)))
    if refused:
        with centre.admin() as admin:
            admin.execute("UPDATE fleet.desks SET role = 'somebody_else' WHERE desk = %s", (desk,))


async def _begin(data: Path) -> str:
    async with Journal(data, environment="demo", desk_name="Bench", clock=SystemClock()) as journal:
        return (await end_of_chain(journal.connection)).desk


def _queries_at_rest(server: Postgres, kiosk: Terminal) -> int:
    log = server.folder / "log"
    before = log.read_bytes().count(b"parcel-kiosk:LOG:")
    kiosk.listen(REST_SECONDS)
    return log.read_bytes().count(b"parcel-kiosk:LOG:") - before


def _nobodys_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
