"""Facts and sentences as rows of pieces, for the pages to read of both consoles. No widget, no state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.cells import cell_len

from kiosk.parcels.events import Event
from kiosk.parcels.parcel import Cause
from kiosk.words.errors import explain_cause
from kiosk.words.language import _
from kiosk.words.plain import broken, fit, plain
from kiosk.words.states import code_word
from screens.console.wording import NOTHING
from screens.widgets.drawn import Piece

_LABEL = 22


def field(name: str, value: str) -> list[Piece]:
    """Return one fact."""
    return [(f"   {fit(name, max(_LABEL, cell_len(name) + 1))} ", "$quiet"), (plain(value), "$foreground")]


def wrapped(name: str, value: str, width: int) -> Iterator[list[Piece]]:
    """Return a fact in as many rows as its value takes: nothing of it is cut off."""
    for at, row in enumerate(broken(value, max(width - _LABEL - 5, 10)) or [""]):
        yield field(name if at == 0 else "", row)


def fields_of(fields: dict[str, Any], width: int) -> list[list[Piece]]:
    """Return named values as facts."""
    return [line for name, value in _flat(fields) for line in wrapped(name, value, width)]


def event_fields(event: Event, width: int) -> list[list[Piece]]:
    """Return why an event came, and its fields but for the personal ones."""
    lines: list[list[Piece]] = []
    if isinstance(cause := getattr(event, "cause", None), Cause):
        lines += [[], *wrapped(_("Why"), explain_cause(cause), width)]
    if public := event.model_dump(mode="json", by_alias=True, exclude=set(event.personal)):
        lines += [[], *fields_of(public, width)]
    return lines


def sentences(width: int, first: str, *more: str) -> list[list[Piece]]:
    """Return what is said of one entry, its head bold, in rows of the page's width."""
    room = max(width - 6, 10)
    head: list[Piece] = [(f"   {line}", "bold") for line in broken(first, room)]
    said: list[Piece] = [(f"   {line}", "") for each in more for line in broken(each, room)]
    return [[piece] for piece in (*head, *said)]


def _flat(fields: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in fields.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", NOTHING if value is None or value == "" else plain(code_word(name, str(value)))
