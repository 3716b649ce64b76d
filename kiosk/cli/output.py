"""How commands print: data on stdout, as text or JSON, words on stderr.

Text from outside passes `plain` or JSON's escapes here, so that it never reaches the terminal with control characters.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO

from kiosk.cli.labels import label
from kiosk.cli.prose import PROSE_FIELDS, Prose
from kiosk.errors import KioskError, SettingsError
from kiosk.leftward import guarded
from kiosk.words.errors import Said, SpokenError, explain
from kiosk.words.language import _
from kiosk.words.states import code_word

if TYPE_CHECKING:
    from datetime import datetime

Fields = dict[str, Any]
"""One thing's fields under the API's names; those that are None are left out, times are aware."""

UNBOUND_WIDTH = 10_000
"""Nothing is folded where no terminal has an edge."""


class OutputError(SpokenError):
    """Where stdout leads takes nothing more: a full disk, as a rule."""

    code = "output_failed"

    def __init__(self, cause: str) -> None:
        hint = _("Make room where the output goes, then ask again.")
        super().__init__(Said(_("The answer could not be printed"), f"{cause}.", hint))


class Output:
    """Where one command prints."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json

    def record(self, fields: Fields) -> None:
        """Print one thing: a JSON object, or a line for each field."""
        if self.as_json:
            self.json(_present(fields))
        else:
            self.rows([{"": label(name), " ": _for_people(name, value)} for name, value in _present(fields).items()])

    def records(self, records: Sequence[Fields], columns: Sequence[str]) -> None:
        """Print several things: a JSON array, or a table with these columns."""
        if self.as_json:
            self.json([_present(record) for record in records])
        elif records:
            self.rows([{label(name): _in_row(name, record.get(name)) for name in columns} for record in records])

    def rows(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Print a table; the first row's keys are its head, which is left out where they are blank."""
        from kiosk.cli.table import draw  # noqa: PLC0415 - JSON and errors do without

        if rows:
            self.line(draw(rows, None if _is_terminal(sys.stdout) else UNBOUND_WIDTH))

    def json(self, value: object) -> None:
        """Print one JSON value on a line."""
        self.line(_as_json(value))

    async def stream(self, values: AsyncIterator[object]) -> None:
        """Print values as they come: as one JSON array, or without --json a line of JSON each."""
        if not self.as_json:
            async for value in values:
                self.json(value)
            return
        before = "["
        async for value in values:
            self.line(before + _as_json(value))
            before = ","
        self.line("]" if before == "," else "[]")

    def line(self, text: str) -> None:
        """Print text that is known to be plain; raises BrokenPipeError where nobody reads, else OutputError."""
        # Python starts with None here where stdout was closed before.
        if sys.stdout is None:
            raise BrokenPipeError
        try:
            # A terminal puts letters in order by whole lines; a program reads them as they are.
            shown = guarded(text) if _is_terminal(sys.stdout) else text
            sys.stdout.write(f"{_writable(shown, sys.stdout)}\n")
            # Flushed at once: a pickup code counts as seen only if it really went out.
            sys.stdout.flush()
        except OSError as error:
            _drop_stdout()
            if isinstance(error, BrokenPipeError):
                raise
            raise OutputError(error.strerror or str(error)) from error

    def words(self, text: str) -> None:
        """Say something to a person, as one line."""
        from kiosk.words.plain import plain  # noqa: PLC0415 - brings rich's tables of cell widths

        if sys.stderr is not None:
            sys.stderr.write(f"{_writable(plain(text), sys.stderr)}\n")
            sys.stderr.flush()

    def progress(self, text: str) -> None:
        """Say what goes on; programs that read JSON are spared it."""
        if not self.as_json:
            self.words(text)

    def fail(self, error: KioskError, fields: Fields | None = None) -> None:
        """Say what went wrong and what to do about it; `fields` tell how things stand, for the JSON."""
        said = explain(error)
        self.words(said.line)
        self.words(said.hint)
        if self.as_json:
            self.json({**_present(fields or {}), "error": error_fields(error)})


def error_fields(error: KioskError) -> Fields:
    """Return an error as JSON's readers get it."""
    fields: Fields = {"code": error.code, "parameters": error.parameters, "retryable": error.retryable}
    if isinstance(error, SettingsError) and error.also:
        fields["also"] = [error_fields(each) for each in error.also]
    return fields


def _drop_stdout() -> None:
    """Let what stdout still holds go nowhere, so that the interpreter's last flush stays quiet."""
    with suppress(OSError):  # in a test no file stands behind stdout
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _as_json(value: object) -> str:
    # JSON leaves DEL as it is.
    return json.dumps(value, default=_wire_time).replace("\x7f", "\\u007f")


def _present(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if value is not None}


def _in_row(name: str, value: object) -> object:
    return Prose(value) if isinstance(value, str) and name in PROSE_FIELDS else _for_people(name, value)


def _for_people(name: str, value: object) -> object:
    """Return a cause as its sentence, a code that its field explains as its word, and anything else as it is."""
    if isinstance(value, dict) and value.keys() == {"code", "parameters"}:
        return explain(KioskError(value["code"], **value["parameters"])).sentence
    return code_word(name, value) if type(value) is str else value


def _wire_time(moment: datetime) -> str:
    from kiosk.parcels.base import format_timestamp  # noqa: PLC0415 - brings pydantic

    return format_timestamp(moment)


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _writable(text: str, stream: TextIO) -> str:
    """Replace what the stream's encoding does not have."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)
