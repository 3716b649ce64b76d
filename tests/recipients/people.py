"""Short words for directories in tests: rows of a file, and a directory of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kiosk.recipients.cells import Row
from kiosk.recipients.directory import Directory
from kiosk.recipients.importing import import_rows

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def row(name: str, contact_id: str = "", **cells: Any) -> Row:
    """Return a person as a file has them; the id follows from the name where none is given."""
    plain = {"contact_type": "recipient", "department": "", "room": "", "email": "", "language": "", "aliases": ""}
    fields = {"accessible": False, "active": True, **plain, **cells}
    return Row(line=1, contact_id=contact_id or f"id-{name}", name=name, **fields)


@asynccontextmanager
async def directory_of(folder: Path, *people: Row | str) -> AsyncIterator[Directory]:
    """Open a directory of these people, or of people of these names."""
    import_rows(folder, [each if isinstance(each, Row) else row(each) for each in people], NOW)
    async with Directory(folder) as directory:
        yield directory


async def found(folder: Path, text: str, *people: Row | str) -> list[str]:
    """Return the names that a text finds among these people, best first."""
    async with directory_of(folder, *people) as directory:
        return [contact.name for contact in (await directory.search(text)).contacts]
