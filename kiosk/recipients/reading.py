"""Reads a file of recipients, row by row: CSV as any spreadsheet writes it, or JSON lines. Stores nothing.

A row that can't be used is returned as such, with its line and the reason; the file itself is refused only where it
can't be read at all or its columns are not understood.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from kiosk.errors import Parameter, UnusableFileError
from kiosk.folding import fold
from kiosk.parcels.states import ContactType
from kiosk.recipients.columns import DEPARTMENT_WORDS, NO, RECIPIENT_WORDS, YES, Column, column_of
from kiosk.recipients.refused import Reason, Refused

DELIMITERS = ",;\t|"
LONGEST_CELL = 500


class Row(NamedTuple):
    """One usable row."""

    line: int
    contact_id: str
    contact_type: str
    name: str
    department: str
    room: str
    email: str
    accessible: bool
    aliases: str
    active: bool


class _BadRowError(Exception):
    """Why a row can't be used; its line is known where this is caught."""

    def __init__(self, reason: Reason, **parameters: Parameter) -> None:
        super().__init__(reason)
        self.reason = reason
        self.parameters = parameters

    def in_line(self, line: int) -> Refused:
        """Return the row that can't be used."""
        return Refused(line, self.reason, self.parameters)


def read_rows(path: Path, progress: Callable[[float], None] = lambda _: None) -> Iterator[Row | Refused]:
    """Return every row of the file; `progress` hears how much of it was read, from 0 to 1.

    Raises UnusableFileError where the file can't be read or its columns are not understood.
    """
    try:
        with path.open("rb") as raw:
            size = path.stat().st_size
            encoding = _encoding(raw)
            # Windows' code page leaves five bytes undefined, and UTF-16 may end within a character.
            with io.TextIOWrapper(raw, encoding, errors="replace") as text:
                for number, row in enumerate(_rows(text)):
                    if number % 1000 == 0:
                        progress(min(raw.tell() / max(size, 1), 1.0))
                    yield row
    except OSError as error:
        raise UnusableFileError("recipients_unreadable", path=str(path), text=error.strerror or str(error)) from error


def _encoding(raw: IO[bytes]) -> str:
    """Tell the encoding: by its mark, by UTF-16's zeros, by whether all of it is UTF-8; else a Windows code page."""
    start = raw.read(4096)
    found = _marked(start)
    if found is None:
        # All of it is read, because the first accent may stand in the last line.
        decoder = codecs.getincrementaldecoder("utf-8")()
        piece, found = start, "utf-8"
        try:
            while piece:
                decoder.decode(piece)
                piece = raw.read(1 << 20)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            found = "cp1252"
    raw.seek(0)
    return found


def _marked(start: bytes) -> str | None:
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # Western text in UTF-16 has a zero in every other byte; in the other encodings a zero is no text.
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) * 8 > len(start):
        return "utf-16-be" if even > odd else "utf-16-le"
    return None


def _rows(text: IO[str]) -> Iterator[Row | Refused]:
    lines = iter(enumerate(text, start=1))
    first = next(lines, None)
    while first is not None and (not first[1].strip() or fold(first[1]).startswith("sep=")):
        first = next(lines, None)  # Excel may name the delimiter in a line of its own
    if first is None:
        raise UnusableFileError("recipients_empty")
    if first[1].lstrip().startswith("{"):
        yield from _json_rows(first, lines)
    else:
        yield from _csv_rows(first, lines)


def _json_rows(first: tuple[int, str], rest: Iterator[tuple[int, str]]) -> Iterator[Row | Refused]:
    for number, line in _with_first(first, rest):
        if not line.strip():
            continue
        try:
            yield _row(number, _json_cells(json.loads(line)))
        except (ValueError, RecursionError):
            # Deep nesting ends in a RecursionError, which is no ValueError.
            yield Refused(number, Reason.NOT_JSON)
        except _BadRowError as bad:
            yield bad.in_line(number)


def _json_cells(fields: Any) -> dict[Column, str]:
    if not isinstance(fields, dict):
        raise _BadRowError(Reason.NO_JSON_OBJECT)
    return {column: _json_cell(value) for name, value in fields.items() if (column := column_of(name))}


def _json_cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_json_cell, value))
    if isinstance(value, dict):
        raise _BadRowError(Reason.OBJECT_IN_CELL)
    return "" if value is None else str(value)


def _csv_rows(first: tuple[int, str], rest: Iterator[tuple[int, str]]) -> Iterator[Row | Refused]:
    delimiter, columns = _header(first[1])
    lines = _Counted(rest, first[0])
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        # Where the row begins: a cell with line breaks takes several lines.
        number = lines.number + 1
        try:
            cells = next(reader)
            if any(map(str.strip, cells)):
                yield _row(number, _named(columns, cells))
        except StopIteration:
            return
        except csv.Error as error:
            yield Refused(number, Reason.NO_TABLE_ROW, {"text": str(error)})
        except _BadRowError as bad:
            yield bad.in_line(number)


def _header(line: str) -> tuple[str, list[Column | None]]:
    """Choose the delimiter with which most columns are understood."""
    readings: list[tuple[int, str, list[Column | None]]] = []
    for delimiter in DELIMITERS:
        try:
            names = next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:
            continue
        columns = [column_of(name) for name in names]
        # Of two headers for one column the first counts, else the later cell would replace the earlier one.
        once = [column if column not in columns[:place] else None for place, column in enumerate(columns)]
        readings.append((len({*once} - {None}), delimiter, once))
    _, delimiter, columns = max(readings, key=lambda reading: reading[0], default=(0, "", []))
    if Column.CONTACT_ID not in columns:
        raise UnusableFileError("no_id_column")
    if Column.NAME not in columns and Column.LAST_NAME not in columns:
        raise UnusableFileError("no_name_column")
    return delimiter, columns


def _named(columns: list[Column | None], cells: list[str]) -> dict[Column, str]:
    if len(cells) > len(columns) and any(map(str.strip, cells[len(columns) :])):
        raise _BadRowError(Reason.TOO_MANY_CELLS, cells=len(cells), columns=len(columns))
    # Not strict: spreadsheets may leave out the empty cells at a row's end.
    return {column: cell for column, cell in zip(columns, cells, strict=False) if column}


def _row(line: int, cells: dict[Column, str]) -> Row:
    read = {column: _plain(cell) for column, cell in cells.items()}
    contact_id = read.get(Column.CONTACT_ID, "")
    if not contact_id:
        raise _BadRowError(Reason.NO_CONTACT_ID)
    name = read.get(Column.NAME) or f"{read.get(Column.FIRST_NAME, '')} {read.get(Column.LAST_NAME, '')}".strip()
    if not any(map(str.isalnum, name)):
        raise _BadRowError(Reason.NO_NAME)
    return Row(
        line,
        contact_id,
        _contact_type(read.get(Column.CONTACT_TYPE, "")),
        name,
        read.get(Column.DEPARTMENT, ""),
        read.get(Column.ROOM, ""),
        read.get(Column.EMAIL, ""),
        _is_yes(Column.ACCESSIBLE, read.get(Column.ACCESSIBLE, "")),
        read.get(Column.ALIASES, ""),
        # An empty cell is a no elsewhere, but nobody is gone because nothing is said about it.
        _is_yes(Column.ACTIVE, read.get(Column.ACTIVE) or "yes"),
    )


def _plain(cell: str) -> str:
    """Return a cell as one line without control characters."""
    if not cell.isprintable():
        # JSON may bring half a character along, which SQLite can't store.
        cell = "".join(sign if sign.isprintable() else " " for sign in cell.encode(errors="replace").decode())
    cell = " ".join(cell.split())
    if len(cell) > LONGEST_CELL:
        raise _BadRowError(Reason.CELL_TOO_LONG, longest=LONGEST_CELL)
    return cell


def _contact_type(cell: str) -> str:
    word = fold(cell)
    if word in RECIPIENT_WORDS:
        return ContactType.RECIPIENT.value
    if word in DEPARTMENT_WORDS:
        return ContactType.DEPARTMENT.value
    raise _BadRowError(Reason.UNKNOWN_TYPE, cell=cell)


def _is_yes(column: Column, cell: str) -> bool:
    word = fold(cell)
    if word not in YES and word not in NO:
        raise _BadRowError(Reason.NEITHER_YES_NOR_NO, cell=cell, column=column.value)
    return word in YES


class _Counted:
    """Lines for the CSV reader, which may take several for one row."""

    def __init__(self, lines: Iterator[tuple[int, str]], number: int) -> None:
        self._lines = lines
        self.number = number

    def __iter__(self) -> _Counted:
        return self

    def __next__(self) -> str:
        self.number, line = next(self._lines)
        return line


def _with_first(first: tuple[int, str], rest: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    yield first
    yield from rest
