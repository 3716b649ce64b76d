"""What stands on a drawn screen, widget by widget: which of it is ours, and how it reads in English.

Works on a screen that is spoken by `tests/house/tagged.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from rich.cells import cell_len
from textual.app import App
from textual.geometry import Region
from textual.scrollbar import ScrollBar
from textual.widget import Widget

from kiosk.words import language
from screens.console.overview import _PLOT, PLOT_ROWS
from screens.widgets.action_row import ActionRow
from screens.widgets.bank_doors import BankDoors
from screens.widgets.choice_list import ChoiceList
from screens.widgets.count_row import CountRow
from screens.widgets.history import History
from screens.widgets.paged_lines import PagedLines
from screens.widgets.row_list import RowList
from screens.widgets.table import Table
from tests.house.tagged import TAGS, Tagged, Text, read
from tests.screens.widgets.harness import screen_text

_COUNTED = 2
"""Rows of the overview under its plot, with the blank one."""
_BEGINS = 101
"""How many of the signs begin something: those that number a text, and the one that begins a value."""


class Cell(NamedTuple):
    """What stands in one cell, with the signs of no width around it."""

    signs: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the screen that is read by itself: a widget, or one key of a row of keys."""

    widget: Widget
    rows: tuple[tuple[Cell, ...], ...]


def is_tagged() -> bool:
    """Tell whether what is spoken can be read back."""
    return isinstance(language._now(), Tagged)


def pieces(app: App[Any]) -> list[Piece]:
    """Return the parts of the screen, from the top and from the left."""
    grid = [_cells(strip.text, y) for y, strip in enumerate(app.screen._compositor.render_strips())]
    found: list[tuple[Region, Piece]] = []
    for widget, (region, clip) in app.screen._compositor.visible_widgets.items():
        if isinstance(widget, ScrollBar) or any(child.display for child in widget.children):
            continue
        seen = region.intersection(clip)
        for part in _parts(widget, region, seen.intersection(region.shrink(widget.gutter))):
            rows = tuple(tuple(grid[y][part.x : part.right]) for y in range(part.y, min(part.bottom, len(grid))))
            found.append((part, Piece(widget, rows)))
    return [piece for _, piece in sorted(found, key=lambda each: (each[0].y, each[0].x))]


def _parts(widget: Widget, region: Region, seen: Region) -> Iterator[Region]:
    """Yield a widget, or its targets where these stand beside each other: each has lines of its own."""
    if isinstance(widget, ActionRow | CountRow):
        for target in widget.targets():
            if part := target.region.translate(region.offset).intersection(seen):
                yield part
    elif isinstance(widget, RowList) and widget.rows and not isinstance(widget, ChoiceList):
        columns = widget._columns
        yield from (Region(seen.x, y, min(columns, seen.width), 1) for y in range(seen.y, seen.bottom))
    elif isinstance(widget, BankDoors) or (isinstance(widget, Table) and widget.rows and not widget._above):
        yield from (Region(seen.x, y, seen.width, 1) for y in range(seen.y, seen.bottom))
    elif isinstance(widget, Table) and widget._above:
        above = seen.y + len(widget._above)
        # At its end a plot with words beside it, and the counts.
        plot = max(above - _COUNTED - PLOT_ROWS - 2, seen.y)
        yield from (Region(seen.x, y, seen.width, 1) for y in range(seen.y, plot))
        beside = seen.x + 3 + _PLOT
        yield Region(seen.x, plot, 3 + _PLOT, PLOT_ROWS + 2)
        yield Region(beside, plot, seen.right - beside, PLOT_ROWS + 2)
        yield from (Region(seen.x, y, seen.width, 1) for y in range(plot + PLOT_ROWS + 2, above))
        yield from (Region(seen.x, y, seen.width, 1) for y in range(above, seen.bottom))
    elif isinstance(widget, History):
        width = seen.width - (widget._pager.columns if widget.is_cut else 0)
        # Time, what happened, and by whom where there is room for that.
        pieces = [cell_len(text) for text, _style in (widget._lines or ((),))[0]]
        edges = (0, sum(pieces[:2]), *([sum(pieces[:3])] if len(pieces) > 3 else []), width)
        yield from (Region(seen.x + one, seen.y, other - one, seen.height) for one, other in pairwise(edges))
    elif isinstance(widget, PagedLines) and widget.is_cut:
        yield Region(seen.x, seen.y, seen.width - widget._pager.columns, seen.height)
    else:
        yield seen


def _cells(text: str, y: int) -> list[Cell]:
    cells: list[Cell] = []
    waiting = ""
    begins = frozenset(sorted(TAGS)[:_BEGINS])
    for sign in text:
        width = cell_len(sign)
        if width:
            cells.append(Cell(waiting + sign, len(cells), y))
            cells += [Cell("", len(cells), y)] * (width - 1)
            waiting = ""
        elif waiting or sign in begins or not cells:
            waiting += sign
        else:
            at = next(at for at in range(len(cells) - 1, -1, -1) if cells[at].signs)
            cells[at] = cells[at]._replace(signs=cells[at].signs + sign)
    if waiting and cells:
        cells[-1] = cells[-1]._replace(signs=cells[-1].signs + waiting)
    return cells


def flowing(piece: Piece) -> tuple[str, list[Cell]]:
    """Return what a part says as one text, row after row, and the cell of each sign."""
    signs, places = "", []
    for row in piece.rows:
        for cell in row:
            signs += cell.signs
            places += [cell] * len(cell.signs)
        if row:
            signs += "\n"
            places.append(row[-1])
    return signs, places


class EnglishRow(NamedTuple):
    """A row of the screen in English: parts of text, and the column in which each begins."""

    parts: tuple[tuple[int, str], ...]

    @property
    def text(self) -> str:
        line = ""
        for _x, text in self.parts:
            line += text
        return line.rstrip()

    def column(self, words: str) -> int:
        """Return the column of the part in which the words begin."""
        at = self.text.index(words)
        for x, text in self.parts:
            if at < len(text):
                return x + min(at, 1)
            at -= len(text)
        raise ValueError(words)


def english_rows(app: App[Any]) -> tuple[EnglishRow, ...]:
    """Return the rows of the screen in English; a text stands where it begins."""
    shown = screen_text(app)
    if shown not in _last:
        _last.clear()
        _last[shown] = tuple(_read_rows(app))
    return _last[shown]


_last: dict[str, tuple[EnglishRow, ...]] = {}
"""What was read last: whoever waits for words looks at the same screen again and again."""


def _read_rows(app: App[Any]) -> list[EnglishRow]:
    rows: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for piece in pieces(app):
        signs, places = flowing(piece)
        for part in read(signs).parts:
            if isinstance(part, Text):
                cell = places[part.at]
                rows[cell.y].append((cell.x, part.english))
                continue
            at = part.at
            for line in part.text.splitlines(keepends=True):
                cell = places[at]
                rows[cell.y].append((cell.x, line.replace("\n", " ")))
                at += len(line)
    height = app.size.height
    return [EnglishRow(tuple(sorted(rows[y], key=lambda each: each[0]))) for y in range(height)]


def english_text(app: App[Any]) -> str:
    """Return the whole screen as text; in English, whatever is spoken."""
    return "\n".join(row.text for row in english_rows(app)) if is_tagged() else screen_text(app)


def in_english(text: str) -> str:
    """Return a text that a widget was given in English, whatever is spoken."""
    return "".join(part.english if isinstance(part, Text) else part.text for part in read(text).parts)
