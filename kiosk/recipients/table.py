"""Reads a table of recipients as spreadsheets write it: its header, then one row after the other. Opens no file."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from kiosk.errors import UnusableFileError
from kiosk.recipients.cells import Row, named_in, read_row
from kiosk.recipients.columns import Vocabulary
from kiosk.recipients.refused import Reason, Refused
from kiosk.settings import Column

DELIMITERS = ",;\t|"
MOST_LINES_ABOVE = 30
"""So far down the header is looked for, below titles and what else a report begins with."""
MOST_LINES = 50
"""A cell with more lines comes of a quotation mark that was left open."""
MOST_COLUMNS, LONGEST_NAME = 2_000, 100
MOST_NAMED = 20
"""So many of the headers are named where none is understood."""


class Header(NamedTuple):
    """What the columns are, and where the rows begin."""

    names: tuple[str, ...]
    places: dict[Column, int]
    delimiter: str
    lines: int
    """So many lines stand above the first row, the header's own with them."""

    @property
    def is_complete(self) -> bool:
        """Tell whether there are an id and a name."""
        return Column.CONTACT_ID in self.places and not self.places.keys().isdisjoint(_NAMES)


_NAMES = {Column.NAME, Column.LAST_NAME, Column.PREFERRED_NAME}


class Table:
    """The rows of a table; raises UnusableFileError if its columns are not understood."""

    def __init__(self, lines: Iterator[str], vocabulary: Vocabulary) -> None:
        above = list(islice(lines, MOST_LINES_ABOVE))
        self.header = _find_header(above, vocabulary)
        self._lines = _Lines(chain(above[self.header.lines :], lines), self.header.lines)
        self._row = _RowLines(self._lines)
        self._is_ragged = False
        """Whether rows leave out the empty cells at their end, as some spreadsheets do."""

    def __iter__(self) -> Iterator[Row | Refused]:
        """Yield each row."""
        delimiter, width = self.header.delimiter, len(self.header.names)
        places = list(self.header.places.items())
        self._reader = csv.reader(self._row, delimiter=delimiter)
        for line in self._lines:
            number = self._lines.number
            self._row.begin(line)
            # Most lines have no quotation marks, and are taken apart faster without the CSV reader.
            cells = self._quoted() if '"' in line else line.removesuffix("\n").split(delimiter)
            if isinstance(cells, Reason):
                self._lines.give_back(self._row.lines[1:])
                yield Refused(number, cells, contact_id=self._id_in(self._alone(line)))
            elif not any(map(str.strip, cells)):
                continue
            elif len(cells) == width:
                yield read_row(number, {column: cells[place] for column, place in places})
            else:
                yield self._uneven(number, cells)

    def _quoted(self) -> list[str] | Reason:
        """Return the cells of the row, which may take more lines than its first; or what is wrong with it."""
        try:
            cells = next(self._reader)
        except csv.Error:
            return Reason.NO_TABLE_ROW
        except _OpenQuoteError:
            return Reason.OPEN_QUOTE
        lines = self._row.lines
        return Reason.OPEN_QUOTE if len(lines) > 1 and self._swallows_rows(lines) else cells

    def _swallows_rows(self, lines: Sequence[str]) -> bool:
        """Tell whether a cell over several lines is none: its end is no end, or other people's rows lie in it."""
        try:
            next(csv.reader(lines, delimiter=self.header.delimiter, strict=True))
        except csv.Error:
            return True
        has_number = self._id_in(self._alone(lines[0])).isdigit()
        return any(self._is_person(self._alone(line), has_number=has_number) for line in lines[1:])

    def _is_person(self, cells: list[str], *, has_number: bool) -> bool:
        """Tell whether a line is a row of its own; a note has no number in the place of the others' ids."""
        if len(cells) != len(self.header.names) or self._id_in(cells).isdigit() != has_number:
            return False
        return isinstance(read_row(0, {column: cells[place] for column, place in self.header.places.items()}), Row)

    def _uneven(self, number: int, cells: list[str]) -> Row | Refused:
        """Return a row that has more or fewer cells than the header."""
        width = len(self.header.names)
        if any(map(str.strip, cells[width:])):
            too_many = {"cells": len(cells), "columns": width}
            return Refused(number, Reason.TOO_MANY_CELLS, too_many, self._id_in(cells))
        if len(cells) < width:
            if not self._is_ragged and not self._row.lines[-1].endswith("\n"):
                return Refused(number, Reason.CUT_OFF, contact_id=self._id_in(cells))
            self._is_ragged = True
        places = self.header.places.items()
        return read_row(number, {column: cells[place] for column, place in places if place < len(cells)})

    def _alone(self, line: str) -> list[str]:
        """Return the cells of a line as if no other belonged to it."""
        try:
            return next(csv.reader([line], delimiter=self.header.delimiter))
        except csv.Error:
            return []

    def _id_in(self, cells: Sequence[str]) -> str:
        """Return the contact id of a row that can't be used."""
        place = self.header.places[Column.CONTACT_ID]
        return named_in(cells[place]) if place < len(cells) else ""


class _OpenQuoteError(Exception):
    """A row takes more lines than any has, or the file ends within it."""


class _Lines:
    """The lines of the rows; those that were taken for one row's in error can be given back."""

    def __init__(self, lines: Iterator[str], above: int) -> None:
        self._lines = lines
        self._waiting: deque[str] = deque()
        self.number = above
        """Of the line that came last."""

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else next(self._lines)
        self.number += 1
        return line

    def give_back(self, lines: Sequence[str]) -> None:
        """Let lines come once more."""
        self._waiting.extendleft(reversed(lines))
        self.number -= len(lines)


class _RowLines:
    """The lines of one row, for the CSV reader: it takes more than the first if a quote is open at its end."""

    def __init__(self, rest: _Lines) -> None:
        self._rest = rest
        self._handed_out = 0
        self.lines: list[str] = []

    def begin(self, line: str) -> None:
        """Begin a row with its first line."""
        self.lines = [line]
        self._handed_out = 0

    def __iter__(self) -> _RowLines:
        return self

    def __next__(self) -> str:
        if self._handed_out == len(self.lines):
            line = next(self._rest, None) if len(self.lines) < MOST_LINES else None
            if line is None:
                raise _OpenQuoteError
            self.lines.append(line)
        self._handed_out += 1
        return self.lines[-1]


def _find_header(lines: Sequence[str], vocabulary: Vocabulary) -> Header:
    """Return the first line that names an id and a name; raises UnusableFileError."""
    if not any(map(str.strip, lines)):
        raise UnusableFileError("recipients_empty")
    best = Header((), {}, DELIMITERS[0], 0)
    for above in range(len(lines)):
        readings = [_read_header(lines, above, delimiter, vocabulary) for delimiter in DELIMITERS]
        header = max(readings, key=lambda reading: len(reading.places))
        if header.is_complete:
            if missing := vocabulary.missing(header.places):
                raise UnusableFileError("mapped_columns_missing", missing=missing, names=header.names[:MOST_NAMED])
            return header
        best = max(best, header, key=lambda reading: (len(reading.places), len(reading.names)))
    code = "no_name_column" if Column.CONTACT_ID in best.places else "no_id_column"
    raise UnusableFileError(code, names=best.names[:MOST_NAMED])


def _read_header(lines: Sequence[str], above: int, delimiter: str, vocabulary: Vocabulary) -> Header:
    reader = csv.reader(lines[above:], delimiter=delimiter)
    try:
        names = tuple(" ".join(name.split())[:LONGEST_NAME] for name in next(reader, [])[:MOST_COLUMNS])
    except csv.Error:
        names = ()
    return Header(names, vocabulary.places(names), delimiter, above + reader.line_num)
