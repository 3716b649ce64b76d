"""The kiosk's log: warnings and worse in `kiosk.log` in the data folder, never on the terminal.

No secret, pickup code or name gets here: errors do not quote them, a traceback does without the words of its errors,
and httpx stays silent about its requests.
"""

from __future__ import annotations

import logging
import os
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from types import TracebackType
from typing import TYPE_CHECKING

from kiosk.desk.health import LOG_FILE
from kiosk.errors import KioskError

if TYPE_CHECKING:
    from pathlib import Path

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

LARGEST = 1_000_000
OLDER_FILES = 3


@contextmanager
def quiet_terminal() -> Iterator[None]:
    """Keep what is logged before there is a data folder, or without one, off the terminal."""
    # Where there is no handler at all, Python prints warnings on stderr, over the screens.
    silent = logging.NullHandler()
    logging.getLogger().addHandler(silent)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(silent)


@contextmanager
def log_to(folder: Path) -> Iterator[None]:
    """Log into the folder's file until the end; a file that can't be written is gone without."""
    handler = _PrivateFile(folder / LOG_FILE, maxBytes=LARGEST, backupCount=OLDER_FILES, encoding="utf-8", delay=True)
    handler.setFormatter(_WithoutWords("%(asctime)s %(process)d %(levelname)s %(name)s %(message)s"))
    # At INFO httpx logs every address, and tracking numbers stand in them.
    for name in ("", "httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()


class _WithoutWords(logging.Formatter):
    """Writes a traceback with places, source and kinds of errors, and without what they say.

    The words of an error quote what it was raised over: a code, a name, a whole answer of the service.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and a traceback of our own making: another handler may have left one with the record."""
        kept, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = kept

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - named by the base class
        """Return the traceback, the cause first."""
        return "\n".join(_told(ei[1])) if ei[1] is not None else ""


def _told(error: BaseException) -> Iterator[str]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _told(cause)
        yield "caused:"
    yield from map(str.rstrip, traceback.format_tb(error.__traceback__))
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    # A number of the system, or one of our codes, quotes nothing.
    told = error.errno if isinstance(error, OSError) else error.code if isinstance(error, KioskError) else None
    yield kind if told is None else f"{kind}: {told}"
    for each in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
        yield from _told(each)


class _PrivateFile(RotatingFileHandler):
    """A log that only its owner reads, and that never complains on the terminal."""

    def _open(self) -> TextIOWrapper:
        file = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return os.fdopen(file, "a", encoding=self.encoding)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - named by the base class
        """Go on without: a log that fails must not take the kiosk with it."""
