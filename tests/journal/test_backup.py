"""A copy for a backup: sound, of one moment, and without any pickup code or byte of one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.errors import StorageDamagedError
from kiosk.journal.backup import back_up, prove
from kiosk.journal.heads import head_at, head_of
from kiosk.journal.store import FILE_NAME
from tests.journal.book import journal
from tests.journal.filled import fill


async def test_a_copy_reaches_as_far_as_its_head_says_and_has_no_code(tmp_path: Path) -> None:
    await fill(tmp_path)
    async with journal(tmp_path) as book:
        head = await back_up(book.connection, tmp_path / "copy")
        assert head == await head_of(book.connection)
    assert head_at(tmp_path / "copy") == head
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database:
        codes = [code for (code,) in database.execute("SELECT code FROM codes UNION SELECT code FROM kept_codes")]
    assert codes
    content = content_of(tmp_path / "copy")
    assert not [code for code in codes if code.encode() in content]


async def test_a_chain_that_does_not_hold_is_not_copied(tmp_path: Path) -> None:
    await fill(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database:
        database.execute("DROP TRIGGER events_are_not_updated")
        database.execute("UPDATE events SET kiosk = 'Elsewhere' WHERE sequence = 2")
        database.commit()
    async with journal(tmp_path) as book:
        with pytest.raises(StorageDamagedError) as damaged:
            await back_up(book.connection, tmp_path / "copy")
        with pytest.raises(StorageDamagedError):
            await prove(book.connection)
    assert (damaged.value.code, damaged.value.parameters["event"]) == ("event_changed", 2)
    assert not is_there(tmp_path / "copy")


def test_no_journal_has_no_head(tmp_path: Path) -> None:
    assert head_at(tmp_path / "nothing") is None
    (tmp_path / "text").write_text("no database " * 100)
    assert head_at(tmp_path / "text") is None
    assert not is_there(tmp_path / "nothing")


def content_of(path: Path) -> bytes:
    return path.read_bytes()


def is_there(path: Path) -> bool:
    return path.exists()
