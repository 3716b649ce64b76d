"""Copies a SQLite file that others write to: its bytes, piece by piece in short readings, until all are of one moment.

SQLite's own way begins anew after each commit, and never ends in a large file where one comes every few seconds. Here a
further pass writes only what changed, so that it is quick and the next commit comes behind it. For rollback journals
only: with them a file changes under an exclusive lock and at no other time.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Final

PASSES: Final = 3
"""So many passes may be overtaken by a commit; then one is made in a single reading."""
PIECE: Final = 1024 * 1024
"""Bytes of one reading; a millisecond or two."""
_SYNCED: Final = 16
"""After so many pieces what was written goes to the disk: a commit beside it would have to wait for all of it."""
_PAUSE_SECONDS: Final = 0.001
"""Between two readings: whoever waits for the lock, or for the processor, comes first."""
_COUNTER: Final = slice(24, 28)
"""Where a file counts the transactions that changed it."""


def copy_pages(source: sqlite3.Connection, file: int, copy: int, go_on: Callable[[], None]) -> None:
    """Copy the source, which `file` is opened on as well; raises sqlite3.Error, OSError, and what `go_on` raises.

    `file` must stay open while this process has a transaction open there: with it SQLite's locks would go.
    """

    def pause() -> None:
        go_on()
        time.sleep(_PAUSE_SECONDS)

    for _ in range(PASSES):
        if len(_pass(file, copy, lambda: _reading(source), pause)) == 1:
            return
    # What a commit has to wait for now is short: nearly all is there.
    with _reading(source):
        _pass(file, copy, nullcontext, go_on)


def _pass(
    file: int, copy: int, reading: Callable[[], AbstractContextManager[None]], between: Callable[[], None]
) -> set[bytes]:
    """Bring each piece of the copy up to date; return what the file's counter was meanwhile, one value if it stood."""
    counters: set[bytes] = set()
    piece, copied = bytearray(PIECE), bytearray(PIECE)
    at = written = 0
    while True:
        between()
        with reading():
            counters.add(os.pread(file, _COUNTER.stop, 0)[_COUNTER])
            length = os.preadv(file, [piece], at)
        # Compared whole: what stands behind the end of the file is the same in both, or counts as a change.
        if os.preadv(copy, [copied], at) != length or piece != copied:
            if os.pwrite(copy, memoryview(piece)[:length], at) < length:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            written += 1
            if written % _SYNCED == 0:
                os.fsync(copy)
        at += length
        if length < PIECE:  # the end, however fast it moves away
            os.ftruncate(copy, at)
            return counters


@contextmanager
def _reading(source: sqlite3.Connection) -> Iterator[None]:
    source.execute("BEGIN")
    try:
        # The lock comes with the first row that is read, and with it what a dead writer left half done is undone.
        source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        yield
    finally:
        source.execute("ROLLBACK")
