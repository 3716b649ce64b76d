"""The end of the chain is kept elsewhere, each once, and a bad end is said aloud."""

from __future__ import annotations

import logging
import socket
from pathlib import Path

import pytest

from kiosk.background.heads import KeepHeads
from kiosk.errors import StorageDamagedError
from kiosk.journal.audit import verify
from kiosk.journal.heads import head_of, heads_in
from kiosk.journal.store import Journal
from tests.journal.book import CLERK, TAKEN_IN, journal, raw, taken_in, written


async def kept(book: Journal, file: Path | None, systems_log: Path) -> None:
    await KeepHeads(book, file, systems_log).run()


async def test_the_head_is_kept_in_the_file_and_in_the_systems_log_and_verifying_finds_it(tmp_path: Path) -> None:
    file, address = tmp_path / "heads", tmp_path / "log"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systems_log:
        systems_log.bind(str(address))
        async with journal(tmp_path / "data") as book:
            await book.append("p1", TAKEN_IN, CLERK)
            keep = KeepHeads(book, file, address)
            await keep.run()
            await keep.run()
            await book.append("p2", taken_in("T2"), CLERK)
            await keep.finish()
            head = await head_of(book.connection)
            heads = list(heads_in(file.read_text().splitlines()))
            assert [each.sequence for each in heads] == [1, 2], "each once"
            assert (await verify(book.connection, against=heads)).sound
        logged = systems_log.recv(1000).decode()
        assert logged.startswith("<38>parcel-kiosk: journal-head ")
        assert list(heads_in([logged])) == heads[:1]
        assert list(heads_in([systems_log.recv(1000).decode()])) == [head]
    assert file.stat().st_mode & 0o777 == 0o600


async def test_without_a_systems_log_and_without_events_nothing_happens(tmp_path: Path) -> None:
    async with journal(tmp_path / "data") as book:
        await kept(book, tmp_path / "heads", tmp_path / "none")
        assert not (tmp_path / "heads").exists()
        await book.append("p1", TAKEN_IN, CLERK)
        await kept(book, None, tmp_path / "none")


async def test_a_file_that_can_not_be_written_is_a_warning_and_no_error(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with journal(tmp_path / "data") as book:
        await book.append("p1", TAKEN_IN, CLERK)
        await kept(book, tmp_path, tmp_path / "none")
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("DELETE FROM events WHERE sequence = 2", "events_cut_off"),
        ("DELETE FROM chain", "chain_without_end"),
        ("UPDATE chain SET sequence = 1", "events_cut_off"),
        ("UPDATE events SET person = 'ana' WHERE sequence = 2", "event_changed"),
        ("UPDATE chain SET hash = 'x'", "event_changed"),
    ],
)
async def test_a_bad_end_is_logged_at_the_start_and_said_by_the_job_and_the_journal_opens(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, change: str, code: str
) -> None:
    await written(tmp_path, TAKEN_IN)
    async with journal(tmp_path) as book:
        await book.append("p2", taken_in("T2"), CLERK)
    with raw(tmp_path) as database:
        database.execute(change)
    async with journal(tmp_path) as book:
        assert [record.levelno for record in caplog.records] == [logging.ERROR]
        with pytest.raises(StorageDamagedError, match=code):
            await kept(book, tmp_path / "heads", tmp_path / "none")
        assert not (tmp_path / "heads").exists()
        assert len(await book.unfinished()) == 2
