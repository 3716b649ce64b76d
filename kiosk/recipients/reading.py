"""Reads a file of recipients, row by row: CSV as any spreadsheet writes it, or JSON lines. Stores nothing.

A row that can't be used is returned as such, with its line and the reason; the file itself is refused only where it
can't be read at all or its columns are not understood.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO, NamedTuple

from kiosk.errors import UnusableFileError
from kiosk.recipients.cells import Row
from kiosk.recipients.columns import Vocabulary
from kiosk.recipients.encodings import START, tell_encoding
from kiosk.recipients.json_lines import JsonLines
from kiosk.recipients.kinds import refuse_other_kinds
from kiosk.recipients.refused import Refused
from kiosk.recipients.table import Table
from kiosk.settings import Column

LONGEST_LINE = 1_000_000
"""In characters; no row is as long, and a file of one line must not fill the memory."""
MOST_SHOWN = 5
MOST_LANGUAGES = 100
"""So many are told apart; with more, another column was taken for that of the languages."""


class Speakers(NamedTuple):
    """Of how many people a list says that they have one language."""

    line: int
    """Where the first of them stands."""
    people: int


class Reading:
    """One file: iterate over its rows once. What was found out about the file stands here from the first row on."""

    def __init__(self, path: Path, vocabulary: Vocabulary, encoding: str, progress: Callable[[float], None]) -> None:
        self._path = path
        self._vocabulary = vocabulary
        self._progress = progress
        self.encoding = encoding
        """As Python names it."""
        self.columns: dict[Column, str] = {}
        """What each column is called in the file; of JSON lines nothing."""
        self.ignored: tuple[str, ...] = ()
        """The other columns."""
        self.first: list[Row] = []
        """The first people."""
        self.languages: dict[str, Speakers] = {}
        """By the code of a language, or by a text that is none."""
        self.unreadable_lines = 0
        """How many lines have something that is no letter of the encoding."""

    def __iter__(self) -> Iterator[Row | Refused]:
        """Yield each row; raises UnusableFileError if the file can't be read or its columns are not understood."""
        try:
            with ExitStack() as opened:
                raw: IO[bytes] = opened.enter_context(self._path.open("rb"))
                if not raw.seekable():
                    # What comes through a pipe is read more than once: it goes into a file without a name.
                    copy = opened.enter_context(tempfile.TemporaryFile())
                    shutil.copyfileobj(raw, copy)
                    raw = copy
                yield from self._read(raw)
        except OSError as error:
            text = error.strerror or str(error)
            raise UnusableFileError("recipients_unreadable", path=str(self._path), text=text) from error
        except UnicodeError as error:  # of an encoding that knows no way to go on
            raise UnusableFileError("encoding_wrong", encoding=self.encoding) from error

    def _read(self, raw: IO[bytes]) -> Iterator[Row | Refused]:
        size = raw.seek(0, io.SEEK_END)
        raw.seek(0)
        refuse_other_kinds(raw.read(START))
        raw.seek(0)
        if not (encoding := self.encoding or tell_encoding(raw)):
            raise UnusableFileError("encoding_unknown")
        self.encoding = encoding
        # Bytes that are no letter are shown as such: UTF-16 may end within one.
        with io.TextIOWrapper(raw, encoding, errors="replace") as text:
            for number, row in enumerate(self._rows(self._lines(text))):
                if number % 1000 == 0:
                    self._progress(min(raw.tell() / max(size, 1), 1.0))
                if isinstance(row, Row):
                    self._note(row)
                yield row

    def _note(self, row: Row) -> None:
        if len(self.first) < MOST_SHOWN:
            self.first.append(row)
        said = row.language or row.unknown_language
        if said and row.active and (said in self.languages or len(self.languages) < MOST_LANGUAGES):
            line, people = self.languages.get(said, (row.line, 0))
            self.languages[said] = Speakers(line, people + 1)

    def _lines(self, text: IO[str]) -> Iterator[str]:
        for number, line in enumerate(iter(partial(text.readline, LONGEST_LINE), ""), start=1):
            if len(line) == LONGEST_LINE and not line.endswith("\n"):
                raise UnusableFileError("line_too_long", line=number, longest=LONGEST_LINE)
            if "\ufffd" in line:
                self.unreadable_lines += 1
            yield line

    def _rows(self, lines: Iterator[str]) -> Iterator[Row | Refused]:
        above: list[str] = []
        for line in lines:
            above.append(line)
            if line.strip():
                break
        lines = chain(above, lines)
        if above and above[-1].lstrip().startswith(("{", "[")):
            return iter(JsonLines(lines, self._vocabulary))
        table = Table(lines, self._vocabulary)
        names, places = table.header.names, table.header.places
        self.columns = {column: names[place] for column, place in places.items()}
        self.ignored = tuple(name for place, name in enumerate(names) if name and place not in places.values())
        return iter(table)


def read_rows(
    path: Path,
    progress: Callable[[float], None] = lambda _: None,
    *,
    own: Mapping[Column, str] | None = None,
    encoding: str = "",
) -> Reading:
    """Return the rows of a file; `progress` hears how much of it was read, from 0 to 1.

    `own` is what the file calls its columns, beyond what is known; `encoding`, if it is not to be found out.
    """
    return Reading(path, Vocabulary(own or {}), "utf-8-sig" if encoding.lower() == "utf-8" else encoding, progress)
