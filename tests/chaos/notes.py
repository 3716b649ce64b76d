"""What somebody noted beside the journals, on paper so to speak: one JSON line each."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Self

from tests.chaos.case import Place, Shown


class Notes:
    """A file that is only appended to; a process killed in the middle of a line leaves the earlier ones readable."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def scanned(self, number: str) -> None:
        """Note that the kiosk said it had taken a number in."""
        self.write("scanned", number=number)

    def shown(self, shown: Shown) -> None:
        """Note a code that somebody saw."""
        self.write(
            "shown", number=shown.number, bank=shown.place.bank, unit=shown.place.unit, code=shown.code, at=shown.at
        )

    def write(self, kind: str, **fields: str | float | list[str] | None) -> None:
        # Not synced: what the system has got outlives the process, and nobody here cuts the power.
        os.write(self._file, json.dumps({"note": kind, **fields}).encode() + b"\n")

    def close(self) -> None:
        os.close(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Reader:
    """Reads such a file as it grows."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = 0

    def more(self) -> list[dict[str, Any]]:
        """Return the complete notes that were added since the last time."""
        if not self._path.exists():
            return []
        with self._path.open("rb") as file:
            file.seek(self._read)
            whole = file.read().rpartition(b"\n")[0]
        if not whole:
            return []
        self._read += len(whole) + 1
        return [json.loads(line) for line in whole.split(b"\n")]


def all_notes(path: Path) -> list[dict[str, Any]]:
    return Reader(path).more()


def shown_in(note: dict[str, Any]) -> Shown:
    """Return the code of a note."""
    return Shown(note["number"], Place(note["bank"], note["unit"]), note["code"], note["at"])
