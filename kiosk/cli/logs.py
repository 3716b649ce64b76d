"""The kiosk's log: warnings and worse in `kiosk.log` in the data folder, never on the terminal.

No secret and no pickup code gets here: errors do not quote them, and httpx stays silent about its requests.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

from kiosk.desk.health import LOG_FILE

if TYPE_CHECKING:
    from pathlib import Path

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
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(name)s %(message)s"))
    # At INFO httpx logs every address, and tracking numbers stand in them.
    for name in ("", "httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()


class _PrivateFile(RotatingFileHandler):
    """A log that only its owner reads, and that never complains on the terminal."""

    def _open(self) -> TextIOWrapper:
        file = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return os.fdopen(file, "a", encoding=self.encoding)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - named by the base class
        """Go on without: a log that fails must not take the kiosk with it."""
