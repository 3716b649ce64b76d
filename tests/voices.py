"""Programs in the place of `spd-say`: one that writes down what it is told, one that hangs, one that fails."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

WRITES = """#!/bin/sh
{ echo "arguments: $*"; cat; echo "end"; } >> "$(dirname "$0")/said"
"""
HANGS = '#!/bin/sh\necho $$ >> "$(dirname "$0")/hangs"\nexec sleep 600\n'
FAILS = "#!/bin/sh\ncat > /dev/null\nexit 1\n"
PATIENCE = 20.0


class Voice:
    """A folder with a program for speech, the first on the path."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, program: str | None) -> None:
        self._folder = folder / "voice"
        self._folder.mkdir()
        if program is not None:
            path = self._folder / "spd-say"
            path.write_text(program)
            path.chmod(0o700)
        # Of this machine's own programs only those that the script needs: `spd-say` may be among the others.
        self.path = f"{self._folder}:{_without_speech(folder)}"
        monkeypatch.setenv("PATH", self.path)

    @property
    def said(self) -> list[str]:
        """Every line that the program got, with its arguments in a line before."""
        path = self._folder / "said"
        return path.read_text().splitlines() if path.exists() else []

    @property
    def texts(self) -> list[str]:
        return [line for line in self.said if not line.startswith("arguments: ") and line != "end"]

    @property
    def arguments(self) -> list[str]:
        return [line for line in self.said if line.startswith("arguments: ")]

    @property
    def hanging(self) -> list[int]:
        """The processes that were started, and hang."""
        path = self._folder / "hangs"
        return [int(line) for line in path.read_text().split()] if path.exists() else []

    def until(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, self.said
            time.sleep(0.01)


def _without_speech(folder: Path) -> Path:
    """Return a folder with the programs that a script needs."""
    tools = folder / "tools"
    tools.mkdir()
    for name in ("sh", "cat", "dirname", "sleep", "true"):
        place = next(Path(each, name) for each in os.environ["PATH"].split(":") if Path(each, name).exists())
        (tools / name).symlink_to(place)
    return tools
