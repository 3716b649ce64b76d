"""`make fleet-demo` shows two desks and ends clean: no process and no file is left, however it is ended."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.terminal import PATIENCE, Terminal
from tests.fleet.postgres import needs_postgres

ROOT = Path(__file__).parents[2]
needs_tmux = pytest.mark.skipif(shutil.which("tmux") is None, reason="no tmux: apt-get install tmux")


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return where the demo keeps its files: not in pytest's folder, into which the server's account can't look."""
    with tempfile.TemporaryDirectory(prefix="fleet-demo-test-") as name:
        folder = Path(name, "files")
        folder.mkdir()
        folder.parent.chmod(0o711)
        yield folder


@contextmanager
def demo(folder: Path, **environment: str) -> Iterator[Terminal]:
    """Run the demo in a terminal that has room for all of it."""
    environment = {**os.environ, "TMPDIR": str(folder), "TERM": "xterm-256color", **environment}
    command = [sys.executable, "-m", "tests.fleet.demo"]
    with Terminal(command, environment=environment, folder=ROOT, size=(170, 60)) as terminal:
        try:
            yield terminal
        finally:
            if terminal.process.poll() is None:  # else a test that fails would leave all of it behind
                terminal.process.terminate()
                terminal.process.wait(PATIENCE)


def without_tmux(folder: Path) -> str:
    """Return a PATH with what the server needs, and no tmux."""
    programs = folder.with_name("programs")
    programs.mkdir()
    for name in ("setpriv", "sh"):
        (programs / name).symlink_to(str(shutil.which(name)))
    return str(programs)


def left_over(folder: Path) -> list[str]:
    """Return the processes and files of the demo that are still there."""
    told = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if os.access(path, os.R_OK)]
    processes = [line.replace(b"\0", b" ").decode() for line in told if str(folder).encode() in line]
    return [*processes, *map(str, folder.iterdir())]


@needs_postgres
@needs_tmux
def test_in_tmux_the_desks_and_the_console_are_side_by_side(folder: Path) -> None:
    with demo(folder) as terminal:
        terminal.wait("Desk North", "Desk South", "Scan the parcel")
        terminal.type("\x02d")
        assert terminal.end() == 0
    assert left_over(folder) == []


@needs_postgres
def test_without_tmux_each_desk_is_opened_in_a_terminal_of_its_own(folder: Path) -> None:
    with demo(folder, PATH=without_tmux(folder)) as terminal:
        terminal.wait("open-north", "open-south", "open-office", "Ctrl+C")
        (script,) = folder.glob("fleet-demo-*/open-north")
        with Terminal([str(script)], environment=os.environ, folder=ROOT) as north:
            north.wait("Scan the parcel")
            os.killpg(terminal.process.pid, signal.SIGINT)  # as a terminal does it at Ctrl+C
            assert north.end() == 0
            assert terminal.end() == 0
    assert left_over(folder) == []


def test_without_postgresql_it_says_what_to_install(folder: Path) -> None:
    script = "import tests.fleet.demo as demo; demo.programs = lambda: None; raise SystemExit(demo.main())"
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TMPDIR": str(folder)},
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "apt-get install postgresql" in done.stderr
    assert left_over(folder) == []
