"""Runs the `kiosk` command as a test wants it: in this process with its output caught, or as a program of its own."""

from __future__ import annotations

import json
import os
import pwd
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kiosk.cli.command import run

PERSON = "684a6b7bbc85e1bce7392b9e"
OTHER_PERSON = "9aa8ee2fc0e51cf60264348a"
DEPARTMENT = "f51dc2b98524f7cd0887a7c2"
ME = pwd.getpwuid(os.getuid()).pw_name
WHY = ("--reason", "asked for")
PROGRAM = (sys.executable, "-m", "kiosk")
ASK_WHY = (
    "deposit",
    "stocktake",
    "recipients import",
    "recipients forget",
    "notices send",
    "print",
    "people add",
    "people change",
    "people remove",
    "journal import",
    "journal restore",
    "journal rebuild",
    "fleet init",
    "fleet join",
)
"""Commands that ask why; a test that is not about that leaves the reason to the harness."""


def with_reason(arguments: tuple[str, ...]) -> tuple[str, ...]:
    """Return the arguments with a reason, where the command asks for one and none is given."""
    words = " ".join(each for each in arguments if not each.startswith("--"))
    asks = any(words == each or words.startswith(f"{each} ") for each in ASK_WHY)
    return (*arguments, *WHY) if asks and not {"--reason", "--help"} & set(arguments) else arguments


@dataclass(frozen=True)
class Result:
    """What one command left: its exit code and both outputs."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Kiosk:
    """The command on a data folder of its own."""

    def __init__(self, data_dir: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.data_dir = data_dir
        self._capture = capture

    def __call__(self, *arguments: str) -> Result:
        self._capture.readouterr()
        try:
            code = run(with_reason(arguments))
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        out, err = self._capture.readouterr()
        return Result(code, out, err)

    def deposited(self, number: str, *options: str, contact: str = PERSON) -> Any:
        """Deposit a parcel, which must work, and return its fields."""
        result = self("deposit", number, "--contact", contact, "--json", *options)
        assert result.code == 0, result.err
        return result.json

    def events(self) -> list[str]:
        """Return the kinds of all events so far."""
        if not (self.data_dir / "journal.sqlite").exists():
            return []
        return [event["type"] for event in self("journal", "export", "--json").json]


def start(*arguments: str, **streams: Any) -> subprocess.Popen[str]:
    """Start the real program with the test's environment."""
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
    return subprocess.Popen([*PROGRAM, *with_reason(arguments)], text=True, env=dict(os.environ), **streams)  # noqa: S603
