"""Absurd answers of both services while commands are run: each ends with its code and in words, and so does the next.

`python -m tests.soak commands`. The commands run in this process on a simulator whose answers are spoiled as in
`answers`. Nothing but the kiosk's own errors may come of it, what is JSON is JSON, and nothing that is shown can move
the cursor. At the end of each desk `kiosk check` and `kiosk journal verify` find nothing wrong.
"""

from __future__ import annotations

import io
import json
import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import httpx

import kiosk.api.retry
import kiosk.desk.requests
from kiosk.cli.command import run
from kiosk.simulator.server import Simulator
from tests.bench.figure import Figure
from tests.cli.harness import DEPARTMENT, OTHER_PERSON, PERSON, with_reason
from tests.soak.answers import ZONES, in_zone, spoiled

ROUNDS = 20_000
"""Absurd answers that commands get."""

COMMANDS_OF_A_DESK = 60
SHARES = (0.9, 0.6, 0.3)
"""Of the answers so many are spoiled, at one desk or another."""

CONTACTS = (PERSON, OTHER_PERSON, DEPARTMENT)
COMMANDS = (
    *("deposit {number} --contact {contact}", "deposit {number} --contact {contact} --no-show-code --accessible"),
    *("find {number}", "find --contact {contact}", "find --text T", "extend {number} --reason x"),
    *("change-user {number} --user u@example.com --reason x", "free {number} --reason x", "outgoing", "expired"),
    *("handover {number} --to Ana --checked badge --reason x", "banks", "banks --bank AOne", "bank AOne"),
    *("bank AOne --check", "report", "facilities", "facilities --sort open --open-in 30", "check", "journal export"),
)
ALWAYS_JSON = {"report"}
CODES = {0, 1, 2, 3}


@dataclass
class Seen:
    """What went wrong, how many answers were spoiled, and how many commands were run."""

    wrong: list[str] = field(default_factory=list)
    answers: int = 0
    commands: int = 0


def measure(rounds: int) -> list[Figure]:
    """Run commands until so many answers were absurd."""
    seen = many_commands(1, rounds)
    name = f"Commands that ended badly of {seen.commands:,}, with {seen.answers:,} absurd answers"
    return [Figure(name, "; ".join([str(len(seen.wrong)), *seen.wrong[:3]]), "0", reached=not seen.wrong)]


def many_commands(seed: int, rounds: int) -> Seen:
    """Run commands on desk after desk until so many answers were absurd."""
    rng, seen = random.Random(seed), Seen()
    with _without_waiting():
        while seen.answers < rounds and not seen.wrong:
            with tempfile.TemporaryDirectory(prefix="commands-") as folder, in_zone(rng.choice(ZONES)):
                _one_desk(rng, seen, Path(folder), rounds)
    return seen


def _one_desk(rng: random.Random, seen: Seen, folder: Path, rounds: int) -> None:
    with Simulator(folder / "service") as simulator, _environment(folder, simulator.url), _spoiling(rng, seen) as line:
        for number in range(COMMANDS_OF_A_DESK):
            if seen.answers >= rounds or seen.wrong:
                break
            command = rng.choice(COMMANDS).format(number=f"T{number // 3}", contact=rng.choice(CONTACTS))
            seen.wrong += _ended_badly(command, CODES)
            seen.commands += 1
        line.share = 0.0
        for command in ("check", "journal verify"):
            seen.wrong += _ended_badly(command, {0})


def _ended_badly(command: str, codes: set[int]) -> list[str]:
    """Run a command, in words and as JSON; return what was wrong."""
    wrong: list[str] = []
    for as_json in ((),) if command in ALWAYS_JSON else ((), ("--json",)):
        out, err = io.StringIO(), io.StringIO()
        try:
            with redirect_stdout(out), redirect_stderr(err):
                code = run(with_reason((*command.split(), *as_json)))
            if as_json and out.getvalue():
                json.loads(out.getvalue())
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it is, it must not happen
            return [*wrong, " ".join(f"{command}: {type(error).__name__}: {error}".split())[:300]]
        shown = out.getvalue() + err.getvalue()
        if code not in codes or (code and not shown.strip()):
            wrong.append(f"{command}: exit {code}: {shown[-300:]!r}")
        if not shown.replace("\n", "").isprintable() or "can't explain" in shown:
            wrong.append(f"{command}: {shown[-300:]!r}")
    return wrong


@dataclass
class _Line:
    share: float


@contextmanager
def _spoiling(rng: random.Random, seen: Seen) -> Iterator[_Line]:
    """Spoil answers on their way to any client of this process."""
    line, as_it_is = _Line(rng.choice(SHARES)), httpx.AsyncHTTPTransport.handle_async_request

    async def handle(transport: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        response = await as_it_is(transport, request)
        if "token" in request.url.path or rng.random() >= line.share:
            return response
        body = await response.aread()
        await response.aclose()
        seen.answers += 1
        return httpx.Response(response.status_code, content=spoiled(body, rng))

    with patch.object(httpx.AsyncHTTPTransport, "handle_async_request", handle):
        yield line


@contextmanager
def _environment(folder: Path, url: str) -> Iterator[None]:
    variables = {
        "XDG_CONFIG_HOME": str(folder / "config"),
        "KIOSK_STORAGE__DATA_DIR": str(folder / "data"),
        "KIOSK_LOCKERS__URL": f"{url}/parcelpoint",
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")}
    with patch.dict(os.environ, kept | variables, clear=True):
        yield


@contextmanager
def _without_waiting() -> Iterator[None]:
    with (
        patch.object(kiosk.desk.requests, "SETTLE_AFTER_SECONDS", (0.0, 0.0)),
        patch.object(kiosk.api.retry, "_FIRST_WAIT", 0.0),
        patch.object(kiosk.api.retry, "_QUICK_WAIT", 0.0),
    ):
        yield
