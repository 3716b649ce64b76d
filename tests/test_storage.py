"""Opening the file, and everything that can be wrong with it: each has a sentence, and nothing begins."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from kiosk import storage
from kiosk.clock import ManualClock
from kiosk.errors import (
    DirectoryError,
    KioskError,
    StorageBusyError,
    StorageDamagedError,
    StorageError,
    StorageForeignError,
    StorageFullError,
    StorageReadOnlyError,
)
from kiosk.journal.audit import verify
from kiosk.journal.migrations import APPLICATION_ID, SCHEMA_VERSION, prepare
from kiosk.journal.store import FILE_NAME, Journal
from kiosk.long_work import GoOn, give_way, in_thread
from kiosk.page_copies import PASSES, PIECE, copy_pages
from kiosk.recipients.directory import Directory
from kiosk.recipients.file import FILE_NAME as DIRECTORY
from kiosk.recipients.importing import import_rows
from kiosk.storage import translated
from kiosk.words.errors import explain
from tests.journal.book import CHOSEN, CLERK, START, TAKEN_IN, journal, raw, taken_in, written

ROOT = Path(__file__).parents[1]
NOBODY = 65534


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def open_and_close(folder: Path) -> None:
    async with journal(folder):
        pass


async def test_folders_and_files_are_for_this_user_only(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    old = os.umask(0)
    try:
        async with journal(folder) as book:
            await book.append("p1", TAKEN_IN, CLERK)
            files = [path for path in folder.rglob("*") if path.is_file()]
            assert {path.name.rpartition(".")[2] for path in files} >= {"sqlite", "lock"}
            assert {mode(path) for path in files} == {0o600}
            assert {mode(path) for path in (folder, folder / "owners")} == {0o700}
    finally:
        os.umask(old)


async def test_missing_folders_are_made_and_a_second_opening_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    await written(folder, TAKEN_IN)
    before = (folder / FILE_NAME).read_bytes()
    await open_and_close(folder)
    assert (folder / FILE_NAME).read_bytes() == before


async def test_a_journal_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    await written(tmp_path, TAKEN_IN)
    with raw(tmp_path, guarded=True) as database:
        database.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(StorageForeignError, match=f"journal_is_newer .schema={SCHEMA_VERSION + 1}"):
        await open_and_close(tmp_path)


async def test_a_journal_of_another_environment_is_refused(tmp_path: Path) -> None:
    await written(tmp_path, TAKEN_IN)
    with pytest.raises(StorageForeignError, match="made_for=demo, environment=production"):
        async with journal(tmp_path, environment="production"):
            pass


@pytest.mark.parametrize("pragma", ["user_version = 0", "application_id = 12345", "user_version = 1"])
async def test_another_programs_database_is_refused_and_left_as_it_is(tmp_path: Path, pragma: str) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database, database:
        database.execute("CREATE TABLE bookmarks (title)")
        database.execute(f"PRAGMA {pragma}")
    before = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(StorageError) as caught:
        await open_and_close(tmp_path)
    assert type(caught.value) in {StorageForeignError, StorageDamagedError}
    assert (tmp_path / FILE_NAME).read_bytes() == before


async def test_a_file_of_garbage_is_damaged_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no database at all" * 300)
    with pytest.raises(StorageDamagedError, match=FILE_NAME):
        await open_and_close(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == b"no database at all" * 300


async def test_an_empty_file_becomes_a_journal(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch()
    await written(tmp_path, TAKEN_IN)
    with raw(tmp_path, guarded=True) as database:
        assert database.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


async def test_pages_overwritten_in_the_middle_are_damage(tmp_path: Path) -> None:
    await written(tmp_path, TAKEN_IN, *[CHOSEN] * 40)
    path = tmp_path / FILE_NAME
    sound = path.read_bytes()
    path.write_bytes(sound[:4096] + b"\xff" * (len(sound) - 4096))
    with pytest.raises(StorageDamagedError):
        async with journal(tmp_path) as book:
            await verify(book.connection)


async def test_a_folder_in_the_files_place_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(StorageReadOnlyError, match="Is a directory"):
        await open_and_close(tmp_path)


@pytest.mark.parametrize("below", [".", "deeper"])
async def test_a_data_folder_that_is_a_file_is_said(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StorageReadOnlyError, match="file_not_usable"):
        await open_and_close(tmp_path / "file" / below)


async def test_a_link_in_the_files_place_is_said_and_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.sqlite"
    (tmp_path / "data").mkdir()
    for name, opening in ((FILE_NAME, journal), (DIRECTORY, Directory)):
        (tmp_path / "data" / name).symlink_to(elsewhere)
        with pytest.raises(KioskError, match=f"file_is_link .path={tmp_path / 'data' / name}"):
            async with opening(tmp_path / "data"):
                pass
    with pytest.raises(DirectoryError, match="file_is_link"):
        import_rows(tmp_path / "data", [], START)
    assert not elsewhere.exists()


async def test_a_file_in_place_of_the_owners_folder_is_said_and_the_journal_closed(tmp_path: Path) -> None:
    (tmp_path / "owners").write_text("not a folder")
    book = journal(tmp_path)
    with pytest.raises(StorageReadOnlyError, match="owners"):
        await book.open()
    with pytest.raises(StorageError, match="file_closed"):
        await book.parcel("p1")


async def test_a_full_disk_is_said_and_what_was_recorded_before_is_safe(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        await book.append("p1", TAKEN_IN, CLERK)
        pages = await book.connection.read(lambda database: database.execute("PRAGMA page_count").fetchone()[0])
        await book.connection.read(lambda database: database.execute(f"PRAGMA max_page_count = {pages}"))
        large = taken_in("T2").model_copy(update={"scanned": "x" * 10_000})
        with pytest.raises(StorageFullError, match="file_not_written"):
            await book.append("p2", large, CLERK)
        assert await book.parcel("p2") is None
        await book.connection.read(lambda database: database.execute("PRAGMA max_page_count = 100000"))
        await book.append("p2", large, CLERK)
        verdict = await verify(book.connection)
    assert (verdict.sound, verdict.events) == (True, 2)


@pytest.mark.parametrize("stands_in", [False, True], ids=["nothing in its place", "another journal in its place"])
async def test_a_folder_that_was_moved_away_is_said_to_be_gone_until_it_is_back(
    tmp_path: Path, *, stands_in: bool
) -> None:
    folder, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    async with journal(folder) as book:
        folder.rename(elsewhere)
        if stands_in:
            await open_and_close(folder)
        for _ in range(2):
            with pytest.raises(StorageError, match="file_gone"):
                await book.append("p1", TAKEN_IN, CLERK)
        if stands_in:
            shutil.rmtree(folder)
        elsewhere.rename(folder)
        await book.append("p1", TAKEN_IN, CLERK)


async def test_a_folder_that_was_deleted_is_said_to_be_gone(tmp_path: Path) -> None:
    async with journal(tmp_path / "data") as book:
        shutil.rmtree(tmp_path / "data")
        with pytest.raises(StorageError, match="file_gone"):
            await book.append("p1", TAKEN_IN, CLERK)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (errno.ENOSPC, StorageFullError),
        (errno.EDQUOT, StorageFullError),
        (errno.EROFS, StorageReadOnlyError),
        (errno.EACCES, StorageReadOnlyError),
        (errno.EMFILE, StorageReadOnlyError),
    ],
)
def test_every_error_of_the_system_has_its_sentence(tmp_path: Path, code: int, expected: type[StorageError]) -> None:
    with pytest.raises(expected, match=str(tmp_path)), translated(tmp_path / FILE_NAME):
        raise OSError(code, os.strerror(code))


def test_errors_that_are_the_kiosks_already_stay_as_they_are(tmp_path: Path) -> None:
    with pytest.raises(StorageForeignError, match="mine"), translated(tmp_path):
        raise StorageForeignError("mine")


READ_ONLY_PROBE = """
import asyncio, os, sys
from pathlib import Path
from tests.journal.book import journal
from kiosk.errors import StorageError

async def probe():
    if os.geteuid() == 0:
        os.seteuid(int(sys.argv[2]))
    try:
        async with journal(Path(sys.argv[1])):
            print("opened")
    except StorageError as error:
        print(type(error).__name__)

asyncio.run(probe())
"""


@pytest.mark.parametrize("what", ["the folder", "the file"])
def test_what_this_user_may_not_write_is_said(what: str) -> None:
    # Outside of pytest's own folders, which another user may not even enter.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if what == "the file":
            (folder / FILE_NAME).touch()
            (folder / FILE_NAME).chmod(0o444)
        folder.chmod(0o555)
        try:
            probe = subprocess.run(  # noqa: S603 - our own program
                [sys.executable, "-c", READ_ONLY_PROBE, name, str(NOBODY)],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=False,
                timeout=60,
            )
        finally:
            folder.chmod(0o700)
    assert probe.stdout.strip() == "StorageReadOnlyError", probe.stderr


async def test_a_file_another_process_keeps_locked_is_busy(tmp_path: Path) -> None:
    async with journal(tmp_path) as book:
        await book.append("p1", TAKEN_IN, CLERK)
        await book.connection.read(lambda database: database.execute("PRAGMA busy_timeout = 20"))
        with closing(sqlite3.connect(tmp_path / FILE_NAME)) as other:
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(StorageBusyError, match="file_locked"):
                await book.append("p1", CHOSEN, CLERK)
            with pytest.raises(StorageBusyError):
                await book.parcel("p1")
            other.execute("ROLLBACK")
        await book.append("p1", CHOSEN, CLERK)
        assert (await verify(book.connection)).events == 2


async def test_a_file_that_is_locked_while_it_is_opened_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "BUSY_SECONDS", 0.02)
    await written(tmp_path, TAKEN_IN)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageBusyError):
            await open_and_close(tmp_path)
    await open_and_close(tmp_path)


async def test_a_write_keeps_other_writers_out_from_its_beginning(tmp_path: Path) -> None:
    entered, release = threading.Event(), threading.Event()

    def slow(_: sqlite3.Connection) -> None:
        entered.set()
        assert release.wait(30)

    async with journal(tmp_path) as first, journal(tmp_path) as second:
        await second.connection.read(lambda database: database.execute("PRAGMA busy_timeout = 20"))
        writing = asyncio.create_task(first.connection.write(slow))
        try:
            assert await asyncio.to_thread(entered.wait, 30)
            with pytest.raises(StorageBusyError):
                await second.append("p1", TAKEN_IN, CLERK)
        finally:
            release.set()
            await writing
        await second.append("p1", TAKEN_IN, CLERK)


async def test_two_processes_append_in_turns_and_at_once_and_the_chain_is_sound(tmp_path: Path) -> None:
    async with journal(tmp_path) as first, journal(tmp_path) as second:
        await first.append("p1", TAKEN_IN, CLERK)
        await second.append("p2", taken_in("T2"), CLERK)
        for book in (first, second, second, first):
            await book.append("p1", CHOSEN, CLERK)
        await asyncio.gather(*(book.append("p2", CHOSEN, CLERK) for book in (first, second) * 5))
        assert await first.unfinished() == await second.unfinished()
        verdict = await verify(second.connection)
    assert (verdict.sound, verdict.events) == (True, 16)


async def test_two_processes_may_make_the_file_at_the_same_time(tmp_path: Path) -> None:
    books = [journal(tmp_path) for _ in range(4)]
    await asyncio.gather(*(book.open() for book in books))
    for number, book in enumerate(books):
        await book.append(f"p{number}", taken_in(f"T{number}"), CLERK)
    assert (await verify(books[0].connection)).events == 4
    for book in books:
        await book.close()


def test_a_file_that_another_process_makes_while_it_is_looked_at_is_not_foreign(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    others: list[str] = []

    def make_it_meanwhile(statement: str) -> None:
        if statement == "PRAGMA application_id" and not others:
            others.append("asked")
            with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
                try:
                    prepare(other, "demo", START)
                except sqlite3.OperationalError as error:
                    others.append(error.sqlite_errorname)

    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.set_trace_callback(make_it_meanwhile)
        prepare(database, "demo", START)
        assert others == ["asked", "SQLITE_BUSY"]
        assert storage.pragma(database, "user_version") == SCHEMA_VERSION


def test_every_storage_error_says_what_to_do() -> None:
    errors: list[type[KioskError]] = [KioskError, StorageError, *StorageError.__subclasses__()]
    said = [explain(error("folder_not_writable", folder="data")) for error in errors]
    assert len({each.title for each in said}) == len(errors)
    assert all(each.hint for each in said)


@contextmanager
def copied_beside_commits(folder: Path) -> Iterator[tuple[sqlite3.Connection, list[int]]]:
    """Copy a journal while somebody else commits after each piece; yield the copy, and how often that worked."""
    commits: list[int] = []
    with (
        closing(sqlite3.connect(folder / FILE_NAME, timeout=0, isolation_level=None)) as other,
        closing(sqlite3.connect("")) as copy,
    ):

        def commit() -> None:
            with suppress(sqlite3.OperationalError):  # the copy reads now, and keeps it out
                other.execute("INSERT OR REPLACE INTO facts VALUES ('test', random())")
                commits.append(1)

        storage.Connection(folder / FILE_NAME)._copy_into(copy, commit)
        yield copy, commits


async def test_a_copy_is_of_one_moment_however_often_others_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "_PAGES_AT_ONCE", 5)
    await written(tmp_path, TAKEN_IN, *[CHOSEN] * 40)
    with copied_beside_commits(tmp_path) as (copy, commits):
        assert copy.execute("SELECT count(*) FROM events").fetchone() == (41,)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert len(commits) >= storage._BEGUN_ANEW, "it began anew after each, and was made in one reading then"


async def test_a_copy_that_takes_too_long_in_one_reading_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "_PAGES_AT_ONCE", 5)
    monkeypatch.setattr(storage, "BUSY_SECONDS", 0)
    await written(tmp_path, TAKEN_IN, *[CHOSEN] * 40)
    with pytest.raises(StorageBusyError, match="file_never_still"), copied_beside_commits(tmp_path):
        pass


async def test_a_copy_that_nobody_waits_for_is_given_up(tmp_path: Path) -> None:
    await written(tmp_path, TAKEN_IN)
    entered, ended = threading.Event(), threading.Event()

    def work(_: sqlite3.Connection, go_on: GoOn) -> None:
        entered.set()
        try:
            while True:
                go_on()
        finally:
            ended.set()

    async with journal(tmp_path) as book:
        waiting = asyncio.create_task(book.connection.on_copy(work))
        assert await asyncio.to_thread(entered.wait, 30)
        waiting.cancel()
        assert await asyncio.to_thread(ended.wait, 30)


async def test_an_opening_that_nobody_waits_for_closes_the_file_behind_it(tmp_path: Path) -> None:
    entered, go_on = threading.Event(), threading.Event()
    opened: list[sqlite3.Connection] = []

    def prepare(database: sqlite3.Connection) -> None:
        opened.append(database)
        entered.set()
        assert go_on.wait(30)

    connection = storage.Connection(tmp_path / "slow.sqlite")
    opening = asyncio.create_task(connection.open(prepare))
    assert await asyncio.to_thread(entered.wait, 30)
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert open_files(tmp_path / "slow.sqlite")
    go_on.set()
    await threads_of("slow")
    assert not open_files(tmp_path / "slow.sqlite")
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        opened[0].execute("SELECT 1")
    with pytest.raises(StorageError, match="file_closed"):
        await connection.read(lambda _: None)


@pytest.mark.parametrize("turns", range(12))
async def test_a_journal_whose_opening_is_cancelled_at_any_moment_is_closed(tmp_path: Path, turns: int) -> None:
    opening = asyncio.create_task(
        Journal(tmp_path, environment="demo", desk_name="Desk", clock=ManualClock(START)).open()
    )
    for _ in range(turns):
        await asyncio.to_thread(bool)
    opening.cancel()
    with suppress(asyncio.CancelledError):
        await (await opening).close()
    await threads_of("journal")
    assert not open_files(tmp_path / FILE_NAME)


def open_files(path: Path) -> list[int]:
    """Return by which descriptors this process has a file open."""
    found: list[int] = []
    for descriptor in [int(each.name) for each in Path("/dev/fd").iterdir()] if path.exists() else ():
        with suppress(OSError):  # the one that was listed with
            if os.path.samestat(os.fstat(descriptor), path.stat()):
                found.append(descriptor)
    return found


async def threads_of(name: str) -> None:
    """Wait until the threads of a file have come to their end."""
    for thread in threading.enumerate():
        if thread.name.startswith(name):
            await asyncio.to_thread(thread.join, 30)


@contextmanager
def pages_copied(folder: Path, *, most: int) -> Iterator[tuple[sqlite3.Connection, list[int]]]:
    """Copy a journal page by page while somebody else commits between two pieces, so often at most."""
    commits: list[int] = []
    source, copied = folder / FILE_NAME, folder / "copied"
    with (
        closing(sqlite3.connect(source, timeout=0, isolation_level=None)) as other,
        closing(sqlite3.connect(source, isolation_level=None)) as reading,
        source.open("rb") as file,
        copied.open("w+b") as copy,
    ):

        def commit() -> None:
            with suppress(sqlite3.OperationalError):  # the copy reads now, and keeps it out
                if len(commits) < most:
                    value = len(commits)
                    other.execute("BEGIN IMMEDIATE")
                    other.execute("INSERT OR REPLACE INTO facts VALUES ('one', ?)", (str(value),))
                    # Slower than pieces are copied, or no pass would come to its end.
                    other.execute("INSERT INTO padding VALUES (zeroblob(?))", (PIECE // 4,))
                    other.execute("INSERT OR REPLACE INTO facts VALUES ('two', ?)", (str(value),))
                    other.execute("COMMIT")
                    commits.append(value)

        copy_pages(reading, file.fileno(), copy.fileno(), commit)
    with closing(sqlite3.connect(copied)) as database:
        yield database, commits


@pytest.mark.parametrize("most", [0, 1, 5, 1_000])
async def test_pages_are_copied_as_they_are_at_one_moment_however_often_others_write(tmp_path: Path, most: int) -> None:
    await written(tmp_path, TAKEN_IN, *[CHOSEN] * 40)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database:
        database.execute("CREATE TABLE padding (body BLOB)")
        database.execute("INSERT INTO padding VALUES (zeroblob(?))", (4 * PIECE,))
        database.commit()
    with pages_copied(tmp_path, most=most) as (copy, commits):
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        values = dict(copy.execute("SELECT name, value FROM facts WHERE name IN ('one', 'two')"))
        assert values.get("one") == values.get("two")
        (rows,) = copy.execute("SELECT count(*) FROM padding").fetchone()
        assert rows == 1 + len(commits), "what was committed before the last pass is in it"
    assert most < 1_000 or PASSES * 4 < len(commits) < most, "only the last pass kept others out"


async def test_a_copy_that_fails_leaves_no_file(tmp_path: Path) -> None:
    await written(tmp_path, TAKEN_IN)

    def fail(copy: sqlite3.Connection, _: object) -> None:
        copy.execute("SELECT * FROM nothing")

    async with journal(tmp_path) as book:
        with pytest.raises(StorageDamagedError):
            await book.connection.copy_to(tmp_path / "copy", fail)
    assert not (tmp_path / "copy").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="a thread's priority is its own on Linux only")
async def test_work_that_gives_way_slows_nobody_else_down() -> None:
    def work(_: GoOn) -> int:
        give_way()
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    before = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    assert await in_thread(work) == max(before, 19)
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == before
    assert await in_thread(lambda _: os.getpriority(os.PRIO_PROCESS, threading.get_native_id())) == before
