"""Reads recipients as JSON lines, an object a line, with the API's field names. Opens no file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kiosk.errors import UnusableFileError
from kiosk.recipients.cells import BadRowError, Row, read_row
from kiosk.recipients.columns import Vocabulary
from kiosk.recipients.refused import Reason, Refused
from kiosk.settings import Column

MOST_SORTS = 100
"""So many sorts of objects are remembered."""


class JsonLines:
    """The rows of JSON lines; raises UnusableFileError if the file is one JSON value instead."""

    def __init__(self, lines: Iterator[str], vocabulary: Vocabulary) -> None:
        self._lines = lines
        self._vocabulary = vocabulary
        self.places: dict[tuple[str, ...], dict[Column, int]] = {}
        """Where the columns stand, for each sort of object so far, by the names of its fields."""

    def __iter__(self) -> Iterator[Row | Refused]:
        """Yield each row."""
        is_first = True
        for number, line in enumerate(self._lines, start=1):
            text = line.strip()
            if not text:
                continue
            if is_first and _is_whole_document(text):
                raise UnusableFileError("json_document")
            is_first = False
            try:
                yield read_row(number, self._cells(json.loads(text)))
            except (ValueError, RecursionError):
                # Deep nesting ends in a RecursionError, which is no ValueError.
                yield Refused(number, Reason.NOT_JSON)
            except BadRowError as bad:
                yield Refused(number, bad.reason, bad.parameters)

    def _cells(self, fields: Any) -> dict[Column, str]:
        if not isinstance(fields, dict):
            raise BadRowError(Reason.NO_JSON_OBJECT)
        names, values = tuple(fields), list(fields.values())
        if names not in self.places:
            if len(self.places) == MOST_SORTS:
                self.places.clear()
            self.places[names] = self._vocabulary.places(names)
        return {column: _cell(values[place]) for column, place in self.places[names].items()}


def _is_whole_document(first: str) -> bool:
    """Tell by its first line whether a file is an array of people, or an object laid out over lines or around one."""
    if first.startswith("["):
        return True
    try:
        fields = json.loads(first)
    except (ValueError, RecursionError):
        return not first.endswith("}")
    return any(isinstance(value, list) and any(isinstance(each, dict) for each in value) for value in fields.values())


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_cell, value))
    if isinstance(value, dict):
        raise BadRowError(Reason.OBJECT_IN_CELL)
    return "" if value is None else str(value)
