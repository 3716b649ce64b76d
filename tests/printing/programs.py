"""Programs of CUPS as a test wants them: scripts on a PATH of their own."""

from __future__ import annotations

from pathlib import Path

import pytest


class Programs:
    """A folder that is the whole PATH but for the shell's own programs."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        folder.mkdir()
        monkeypatch.setenv("PATH", str(folder))

    def put(self, name: str, script: str) -> None:
        path = self.folder / name
        path.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")
        path.chmod(0o755)


TAKES_ALL = 'cd "$(dirname "$0")"; echo "$@" > arguments; echo "$LC_ALL" > language; cat > job'
HANGS = "sleep 600 & wait"
