"""Who is at work on a write: dead is only whose lock could be taken, and what can't be told is not dead."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.journal.owners import Life, Owner
from tests.journal.book import ASKED, CLERK, TAKEN_IN, journal

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys
from pathlib import Path
from kiosk.journal.owners import Owner

print(Owner(Path(sys.argv[1])).name, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "owners"


@contextmanager
def another(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run another process that owns writes; the test may kill it."""
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", HOLDER, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip(), process
        process.kill()
        process.wait(timeout=60)


def test_an_owner_is_alive_until_it_is_closed(folder: Path) -> None:
    first, second = Owner(folder), Owner(folder)
    assert first.name != second.name
    assert first.look_at(first.name) is Life.ALIVE
    assert first.look_at(second.name) is Life.ALIVE
    assert second.look_at(first.name) is Life.ALIVE
    first.close(in_use=True)
    assert second.look_at(first.name) is Life.DEAD
    second.clear_away(second.dead())
    second.close(in_use=False)
    assert list(folder.iterdir()) == []


def test_a_killed_process_is_dead_and_its_file_stays_as_the_proof_until_it_is_cleared_away(folder: Path) -> None:
    owner = Owner(folder)
    with another(folder) as (name, process):
        assert owner.look_at(name) is Life.ALIVE
        assert owner.look_at(name) is Life.ALIVE, "asking must not take the lock away"
        assert owner.dead() == frozenset()
        process.kill()
        process.wait(timeout=60)
        assert owner.look_at(name) is Life.DEAD
        assert owner.look_at(name) is Life.DEAD, "asking must not take the proof away"
        assert owner.dead() == {name}
    owner.close(in_use=False)


@pytest.mark.parametrize("code", [errno.EMFILE, errno.EACCES, errno.EIO])
def test_who_can_not_be_looked_at_is_not_dead(folder: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    first, second = Owner(folder), Owner(folder)
    second.close(in_use=True)

    def refuse(*_: object) -> int:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as broken:
        broken.setattr("kiosk.journal.owners.os.open", refuse)
        assert first.look_at(second.name) is Life.UNKNOWN
        assert first.dead() == frozenset()
    assert first.look_at(second.name) is Life.DEAD
    first.close(in_use=False)


def test_a_folder_that_was_cleared_away_makes_nobody_dead_while_another_process_is_at_work(folder: Path) -> None:
    owner = Owner(folder)
    with another(folder) as (name, process):
        shutil.rmtree(folder)
        owner.hold()
        assert [path.stem for path in folder.iterdir()] == [owner.name]
        assert owner.look_at(name) is Life.UNKNOWN
        assert owner.look_at(name) is Life.UNKNOWN, "asking must not let go of what says that this one is here"
        process.kill()
        process.wait(timeout=60)
        assert owner.look_at(name) is Life.DEAD, "whoever is alone knows that everybody else has gone"
    owner.close(in_use=False)


def test_a_live_owner_whose_file_was_cleared_away_makes_it_anew(folder: Path) -> None:
    first, second = Owner(folder), Owner(folder)
    (folder / f"{first.name}.lock").unlink()
    (folder / f"{first.name}.lock").touch()  # somebody else's: its lock says nothing of the owner
    first.hold()
    assert second.look_at(first.name) is Life.ALIVE
    first.hold()
    assert second.look_at(first.name) is Life.ALIVE
    first.close(in_use=False)
    second.close(in_use=False)


async def test_a_file_stays_as_long_as_an_open_write_names_its_owner(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        name = book.owner.name
        await book.append("p1", TAKEN_IN, CLERK)
        await book.append("p1", ASKED.model_copy(update={"owner": name}), CLERK)
    left = tmp_path / "owners" / f"{name}.lock"
    assert left.exists()
    async with journal(tmp_path) as book:
        assert left.exists()
        assert book.owner.look_at(name) is Life.DEAD
        await book.append("p1", ASKED.model_copy(update={"owner": "somebody"}), CLERK)
    async with journal(tmp_path):
        assert not left.exists()
    assert list((tmp_path / "owners").iterdir()) == []
