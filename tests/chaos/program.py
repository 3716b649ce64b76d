"""Runs the chaos program as `make chaos` does and reads its table: forking wants a process with one thread."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
SECONDS = 110


class Printed(NamedTuple):
    """What the program said."""

    code: int
    text: str
    figures: dict[str, int]


def run_program(*options: str) -> Printed:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "tests.chaos", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    found = re.findall(r"^ *(\S.*?) +(\d+)$", done.stdout, re.MULTILINE)
    return Printed(done.returncode, done.stdout + done.stderr, {name: int(count) for name, count in found})
