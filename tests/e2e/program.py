"""The kiosk as a program: its command, its environment, and one in a terminal of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.terminal import Terminal

ROOT = Path(__file__).parents[2]
KIOSK = (sys.executable, "-m", "kiosk")


def environment(folder: Path) -> dict[str, str]:
    """Return the whole environment of a kiosk that keeps everything in a folder."""
    unwanted = {"NO_COLOR", "COLUMNS", "LINES"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_") and name not in unwanted}
    return kept | {
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
        "KIOSK_STORAGE__DATA_DIR": str(folder / "kiosk"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
    }


@contextmanager
def kiosk(folder: Path, *, size: tuple[int, int] = (100, 30), **settings: str) -> Iterator[Terminal]:
    with Terminal(KIOSK, environment=environment(folder) | settings, folder=ROOT, size=size) as terminal:
        yield terminal
