"""Who is at work on a write: a process counts as alive as long as it runs, and not a moment longer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kiosk.journal.owners import Owner

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys
from pathlib import Path
from kiosk.journal.owners import Owner

print(Owner(Path(sys.argv[1])).name, flush=True)
sys.stdin.read()
"""


def test_an_owner_is_alive_until_it_is_closed(tmp_path: Path) -> None:
    first, second = Owner(tmp_path), Owner(tmp_path)
    assert first.name != second.name
    assert first.is_alive(first.name)
    assert first.is_alive(second.name)
    assert second.is_alive(first.name)
    first.close()
    assert not second.is_alive(first.name)
    second.close()
    assert list(tmp_path.iterdir()) == []


def test_a_name_nobody_bears_is_not_alive(tmp_path: Path) -> None:
    owner = Owner(tmp_path)
    assert not owner.is_alive("0123456789ab")
    owner.close()


def test_a_killed_process_is_not_alive_and_what_it_left_is_cleared_away(tmp_path: Path) -> None:
    owner = Owner(tmp_path)
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        name = process.stdout.readline().strip()
        assert owner.is_alive(name)
        assert owner.is_alive(name), "asking must not take the lock away"
        process.kill()
        process.wait(timeout=60)
    assert not owner.is_alive(name)
    assert [path.stem for path in tmp_path.iterdir()] == [owner.name]
    owner.close()
