"""Who is connected to the console: a file for each session, locked by its process for as long as that lives.

Files and locks only; what is recorded and who may end what is `sessions.py`. As with the owners of writes, a lock that
can be taken is the proof that a session is gone, however it ended.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from kiosk.parcels.base import Value
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role

_ENDING = ".session"
_LONGEST = 4096
"""Bytes of a file."""


class Session(Value):
    """One console that is open."""

    session_id: str
    name: str
    role: Role
    """As it was when it began."""
    origin: str
    tty: str
    """The terminal, such as `/dev/pts/3`; empty where there is none."""
    since: datetime
    pid: int

    @property
    def is_own(self) -> bool:
        """Tell whether it is this process's."""
        return self.pid == os.getpid()


class Farewell(Value):
    """What somebody whose session was ended is told."""

    by: str
    reason: str


def new_session(person: Person, tty: str, now: datetime) -> Session:
    """Return a session of this process that begins now."""
    return Session(
        session_id=secrets.token_hex(6),
        name=person.name,
        role=person.role,
        origin=person.origin,
        tty=tty,
        since=now,
        pid=os.getpid(),
    )


def enter(folder: Path, session: Session, most: int) -> int | None:
    """Hold the session's file; None, and nothing held, where its person has `most` sessions already. Raises OSError."""
    folder.mkdir(mode=0o700, exist_ok=True)
    with _alone(folder):
        if sum(each.name == session.name for each in present(folder)) >= most:
            return None
        path = _path(folder, session)
        unnamed = path.with_suffix(".new")
        lock = os.open(unnamed, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            os.write(lock, session.model_dump_json(by_alias=True).encode())
            unnamed.rename(path)
        except OSError:
            os.close(lock)
            raise
        return lock


def leave(folder: Path, session: Session, lock: int) -> None:
    """Let go of a session; raises OSError."""
    try:
        _path(folder, session).unlink(missing_ok=True)
    finally:
        os.close(lock)


def present(folder: Path) -> tuple[Session, ...]:
    """Return the sessions that are open, the oldest first; files of dead ones go. Raises OSError."""
    found = [session for path in folder.glob(f"*{_ENDING}") if (session := _alive(path)) is not None]
    return tuple(sorted(found, key=lambda each: (each.since, each.session_id)))


def end(folder: Path, session: Session, farewell: Farewell) -> bool:
    """Let a session's process end, which finds the farewell then; False where it is gone already. Raises OSError."""
    if session not in present(folder):
        return False
    with os.fdopen(os.open(_farewell(folder, session), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(farewell.model_dump_json(by_alias=True).encode())
    with suppress(ProcessLookupError):
        os.kill(session.pid, signal.SIGTERM)
    return True


def farewell_to(folder: Path, session: Session) -> Farewell | None:
    """Return what was left for a session that was ended, and take it away; None where it ended by itself."""
    path = _farewell(folder, session)
    try:
        left = Farewell.model_validate_json(path.read_bytes()[:_LONGEST])
        path.unlink()
    except (OSError, ValidationError):
        return None
    return left


def _alive(path: Path) -> Session | None:
    """Return the session whose file it is; None, and the file is gone, where nobody holds it any more."""
    try:
        file = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return None
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return Session.model_validate_json(os.read(file, _LONGEST))
        path.unlink(missing_ok=True)
        path.with_suffix(".farewell").unlink(missing_ok=True)
    except ValidationError:  # nothing of ours
        return None
    finally:
        os.close(file)
    return None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep others from entering meanwhile: two at once would both be the last that is let in."""
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _path(folder: Path, session: Session) -> Path:
    return folder / f"{session.session_id}{_ENDING}"


def _farewell(folder: Path, session: Session) -> Path:
    return folder / f"{session.session_id}.farewell"
