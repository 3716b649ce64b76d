"""An export is of the events up to its beginning, read a few at a time, while others go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.errors import StorageDamagedError
from kiosk.journal.exporting import export
from tests.journal.book import CHOSEN, CLERK, TAKEN_IN, journal, raw, written


@pytest.mark.parametrize("at_once", [1, 2, 3, 500])
async def test_what_comes_while_it_is_written_is_not_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr("kiosk.journal.exporting._AT_ONCE", at_once)
    await written(tmp_path, TAKEN_IN, CHOSEN, CHOSEN)
    async with journal(tmp_path) as reading, journal(tmp_path) as working:
        found = []
        async for event in export(reading.connection):
            found.append(event["sequence"])
            await working.append("p1", CHOSEN, CLERK)
        assert found == [1, 2, 3]


async def test_an_event_that_can_not_be_read_ends_it_with_an_error(tmp_path: Path) -> None:
    await written(tmp_path, TAKEN_IN, CHOSEN)
    with raw(tmp_path) as database:
        database.execute("UPDATE events SET body = 'no json' WHERE sequence = 2")
    async with journal(tmp_path) as book:
        with pytest.raises(StorageDamagedError, match="row_unreadable"):
            [event async for event in export(book.connection)]
