"""Lets what tests write lie in memory, keeps the collector off what was loaded, and says what this machine left out.

A test that needs something of the machine is skipped by a mark whose reason names what is missing and what to install.
A skip while its module is imported would not be told: with xdist the workers keep it to themselves.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("house", deadline=None)  # how long an example takes tells of the machine, not of the product
settings.load_profile("house")

MEMORY = Path("/dev/shm")
MEMORY_BYTES = 2 * 1024**3
"""What has to be free there: several times what all tests together keep at one time."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the picture tests draw in languages, in the place of their pictures: `tests/screens/languages.py`."""
    parser.addoption("--languages", default="", help="draw the screens in these languages, such as de,fr, or in all")


def pytest_configure() -> None:
    """Put temporary folders, of started programs too, into memory where it has room: no commit waits for a disk."""
    if "TMPDIR" not in os.environ and has_room(MEMORY):
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def has_room(folder: Path) -> bool:
    """Tell whether tests can keep their files and programs there."""
    if not os.access(folder, os.W_OK) or os.statvfs(folder).f_flag & os.ST_NOEXEC:
        return False
    return shutil.disk_usage(folder).free >= MEMORY_BYTES


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Keep the garbage collector from looking through thousands of loaded tests while each of them runs."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        # With what is frozen left out of its count, it would look through a whole app every few frames.
        gc.set_threshold(20_000, 10, 10)
        gc.enable()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    line = left_out(report.longrepr[2] for report in terminalreporter.stats.get("skipped", []))
    if line:
        terminalreporter.line("")
        terminalreporter.line(line)


def left_out(reasons: Iterable[str]) -> str:
    """Return the line for the reasons of all skipped tests; empty without any."""
    counted = Counter(reason.removeprefix("Skipped: ") for reason in reasons)
    told = [f"{count} test{'s' if count > 1 else ''} ({reason})" for reason, count in counted.most_common()]
    return f"Left out on this machine: {', '.join(told)}" if told else ""
