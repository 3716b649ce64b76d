"""Copies a SQLite file that others write to: its bytes, piece by piece in short readings, until all are of one moment.

SQLite's own way begins anew after each commit, and never ends in a large file where one comes every few seconds. Here a
further pass writes only what changed, so that it is quick and the next commit comes behind it. For rollback journals
only: with them a file changes under an exclusive lock and at no other time.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Final

PASSES: Final = 8
"""So many passes may be overtaken by a commit; then one is made in a single reading."""
PIECE: Final = 1024 * 1024
"""Bytes of one reading; a millisecond or two."""
_COUNTER: Final = slice(24, 28)
"""Where a file counts the transactions that changed it."""


def copy_pages(source: sqlite3.Connection, file: int, copy: int, go_on: Callable[[], None]) -> None:
    """Copy the source, which `file` is opened on as well; raises sqlite3.Error, OSError, and what `go_on` raises.

    `file` must stay open while this process has a transaction open there: with it SQLite's locks would go.
    """
    digests: list[bytes] = []
    for _ in range(PASSES):
        if len(_pass(file, copy, digests, lambda: _reading(source), go_on)) == 1:
            return
    # What a commit has to wait for now is short: nearly all is there.
    with _reading(source):
        _pass(file, copy, digests, nullcontext, go_on)


def _pass(
    file: int,
    copy: int,
    digests: list[bytes],
    reading: Callable[[], AbstractContextManager[None]],
    go_on: Callable[[], None],
) -> set[bytes]:
    """Bring each piece of the copy up to date; return what the file's counter was meanwhile, one value if it stood."""
    counters: set[bytes] = set()
    at = size = 0
    while True:
        go_on()
        with reading():
            counters.add(os.pread(file, _COUNTER.stop, 0)[_COUNTER])
            piece = os.pread(file, PIECE, at * PIECE)
        if not piece:
            os.ftruncate(copy, size)
            return counters
        digest = hashlib.sha256(piece).digest()
        if digests[at : at + 1] != [digest]:
            digests[at : at + 1] = [digest]
            if os.pwrite(copy, piece, at * PIECE) < len(piece):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        at, size = at + 1, size + len(piece)


@contextmanager
def _reading(source: sqlite3.Connection) -> Iterator[None]:
    source.execute("BEGIN")
    try:
        # The lock comes with the first row that is read, and with it what a dead writer left half done is undone.
        source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        yield
    finally:
        source.execute("ROLLBACK")
