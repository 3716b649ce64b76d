"""What a run left out is told in one line, with xdist too, where the tests run in other processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import left_out

TESTS = """
import pytest

no_sshd = pytest.mark.skipif(True, reason="no sshd: install openssh-server")

@no_sshd
def test_one(): ...

@no_sshd
def test_two(): ...

@pytest.mark.skip(reason="no foot: install foot")
def test_three(): ...

def test_four(): ...
"""


def run(folder: Path, *options: str) -> list[str]:
    """Run the tests in a folder as a run of its own, and return what it printed."""
    (folder / "conftest.py").write_bytes(Path(__file__).with_name("conftest.py").read_bytes())
    (folder / "pytest.ini").write_text("[pytest]\nasyncio_default_fixture_loop_scope = function\n", "utf-8")
    ended = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "pytest", *options, "-p", "no:cacheprovider"],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return ended.stdout.splitlines()


@pytest.mark.parametrize("options", [("-n", "0"), ("-n", "1")], ids=["in one process", "with xdist"])
def test_skipped_tests_are_told_with_their_reasons(tmp_path: Path, options: tuple[str, ...]) -> None:
    (tmp_path / "test_four.py").write_text(TESTS, "utf-8")
    told = [line for line in run(tmp_path, *options) if line.startswith("Left out")]
    assert told == [
        "Left out on this machine: 2 tests (no sshd: install openssh-server), 1 test (no foot: install foot)"
    ]


def test_nothing_is_told_when_nothing_was_left_out() -> None:
    assert not left_out([])
