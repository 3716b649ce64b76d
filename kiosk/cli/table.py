"""How commands draw a table for people."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kiosk.cli.prose import LONGEST_PROSE, Prose
from kiosk.parcels.states import Operation, ParcelState, UnitState
from kiosk.words.language import _
from kiosk.words.plain import plain, shorten
from kiosk.words.states import operation_word, state_word, unit_word
from kiosk.words.times import local_time


def draw(rows: Sequence[Mapping[str, Any]], width: int | None) -> str:
    """Return rows as lines of plain text; the first row's keys are the head, which is left out where they are blank.

    None is the width of the terminal.
    """
    head = list(rows[0])
    table = Table(box=None, pad_edge=False, show_header=any(map(str.strip, head)), padding=(0, 2, 0, 0))
    for name in head:
        table.add_column(Text(name), overflow="fold", header_style="bold")
    for row in rows:
        # As Text, else rich would take brackets in a name for its markup.
        table.add_row(*(Text(_as_text(value)) for value in row.values()))
    drawn = io.StringIO()
    Console(file=drawn, width=width, color_system=None, legacy_windows=False).print(table)
    return "\n".join(line.rstrip() for line in drawn.getvalue().splitlines())


def _as_text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case datetime():
            return local_time(value)
        case ParcelState():
            return state_word(value)
        case Operation():
            return operation_word(value)
        case UnitState():
            return unit_word(value)
        case Prose():
            return shorten(value, LONGEST_PROSE)
        case _:
            return plain(str(value))
