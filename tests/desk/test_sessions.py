"""Sessions of the console: who is connected, how many each may have, and ending somebody else's."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kiosk.desk.corrections import RoleNow
from kiosk.desk.session_files import Farewell, Session, farewell_to, new_session
from kiosk.desk.sessions import FOLDER, Sessions
from kiosk.errors import NoReasonError, NotAllowedError, WrongStateError
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role
from tests.house.desk import START, OpenDesk
from tests.journal.book import export

ANA = Person(name="ana", role=Role.ADMIN, origin="203.0.113.7")
BEN = Person(name="ben", role=Role.OPERATOR, origin="203.0.113.8")
WHY = "left it open"

OTHER = """
import sys
from datetime import datetime
from pathlib import Path
from kiosk.desk.session_files import enter, new_session
from kiosk.parcels.people import Person
person = Person.model_validate_json(sys.argv[2])
session = new_session(person, "/dev/pts/3", datetime.fromisoformat(sys.argv[3]))
print(enter(Path(sys.argv[1]), session, 9) is not None, flush=True)
sys.stdin.read()
"""


@contextmanager
def another_process(folder: Path, person: Person) -> Iterator[subprocess.Popen[str]]:
    """Let somebody be connected from a process of their own."""
    arguments = [str(folder), person.model_dump_json(), START.isoformat()]
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", OTHER, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def folder(desk: OpenDesk) -> Path:
    folder = desk.folder / FOLDER
    folder.mkdir(mode=0o700)
    return folder


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def sessions(desk: OpenDesk, role_now: RoleNow = lambda person: person.role, most: int = 3) -> Sessions:
    return Sessions(desk.journal, desk.folder, desk.services.desk.visits, role_now, most=most)


def session_of(person: Person) -> Session:
    return new_session(person, "/dev/pts/1", START)


async def told(desk: OpenDesk, kind: str) -> list[dict[str, Any]]:
    return [event for event in await export(desk.journal.connection) if event["type"] == kind]


async def test_who_is_connected_is_listed_until_they_leave(desk: OpenDesk) -> None:
    door, own = sessions(desk), session_of(ANA)
    assert await door.present() == ()
    lock = await door.enter(own, ANA)
    assert await door.present() == (own,)
    assert own.is_own
    await door.leave(own, lock)
    assert await door.present() == ()


async def test_a_session_that_died_is_no_longer_listed(desk: OpenDesk, folder: Path) -> None:
    with another_process(folder, BEN) as process:
        (present,) = await sessions(desk).present()
        assert (present.name, present.origin, present.tty, present.is_own) == ("ben", BEN.origin, "/dev/pts/3", False)
        process.kill()
        process.wait()
        assert await sessions(desk).present() == ()
    assert files_in(folder) == []


async def test_one_session_too_many_is_not_let_in_and_recorded_and_the_oldest_stay(desk: OpenDesk) -> None:
    door = sessions(desk, most=2)
    kept = [session_of(ANA), session_of(ANA)]
    for each in kept:
        await door.enter(each, ANA)
    with pytest.raises(NotAllowedError) as refused:
        await door.enter(session_of(ANA), ANA)
    assert (refused.value.code, refused.value.parameters) == ("too_many_sessions", {"name": "ana", "most": 2})
    await door.enter(session_of(BEN), BEN)
    assert {each.session_id for each in await door.present() if each.name == "ana"} == {
        each.session_id for each in kept
    }
    assert [event["person"] for event in await told(desk, "operator_refused")] == ["ana"]


async def test_an_ended_session_gets_its_signal_and_is_told_by_whom_and_why(desk: OpenDesk, folder: Path) -> None:
    with another_process(folder, BEN) as process:
        (present,) = await sessions(desk).present()
        await sessions(desk).end(present, f"  {WHY}\n", ANA)
        assert process.wait(10) == -signal.SIGTERM
    (event,) = await told(desk, "session_ended")
    assert event["person"] == "ana"
    assert event["body"] == {
        "name": "ben",
        "since": "2026-03-02T09:00:00Z",
        "reason": WHY,
        "role": "admin",
        "origin": ANA.origin,
    }
    assert farewell_to(folder, present) == Farewell(by="ana", reason=WHY)
    assert farewell_to(folder, present) is None, "it is told once"


async def test_a_session_that_is_over_is_not_ended_again(desk: OpenDesk) -> None:
    door, own = sessions(desk), session_of(ANA)
    await door.leave(own, await door.enter(own, ANA))
    with pytest.raises(WrongStateError) as refused:
        await door.end(own, WHY, BEN)
    assert refused.value.code == "session_is_over"
    assert await told(desk, "session_ended") == []


@pytest.mark.parametrize("role", [None, Role.VIEWER, Role.CLERK])
async def test_the_role_is_read_again_before_a_session_is_ended(
    desk: OpenDesk, folder: Path, role: Role | None
) -> None:
    with another_process(folder, BEN) as process:
        (present,) = await sessions(desk).present()
        with pytest.raises(NotAllowedError):
            await sessions(desk, lambda _: role).end(present, WHY, ANA)
        assert process.poll() is None
    assert await told(desk, "session_ended") == []
    assert len(await told(desk, "operator_refused")) == 1


async def test_ending_needs_a_reason(desk: OpenDesk) -> None:
    with pytest.raises(NoReasonError):
        await sessions(desk).end(session_of(BEN), " \n", ANA)


async def test_a_file_that_is_no_session_is_passed_over(desk: OpenDesk, folder: Path) -> None:
    door, own = sessions(desk), session_of(ANA)
    await door.enter(own, ANA)
    forged = folder / "forged.session"
    forged.write_text('{"sessionId": "x"}')
    held = os.open(forged, os.O_RDWR)
    fcntl.flock(held, fcntl.LOCK_EX)
    try:
        assert await door.present() == (own,)
    finally:
        os.close(held)
