"""What does not fit on a drawn screen, in whatever language it is spoken.

A text of ours that is cut, one that is made of parts, a word that is not translated, widgets on top of each other, what
lies outside the screen, and targets too small for a finger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import Any

from textual.app import App
from textual.screen import Screen
from textual.scrollbar import ScrollBar
from textual.widget import Widget

from screens.base import ClerkScreen
from screens.finger import targets_on
from screens.widgets.lines import Lines
from screens.widgets.sheet import Sheet
from screens.widgets.target import LEAST_COLUMNS, LEAST_ROWS
from tests.house.tagged import Plain, Text, Value, read, texts_in
from tests.screens.outside import PHRASES, is_from_outside
from tests.screens.reading import flowing, pieces

_WORD = re.compile(r"[^\W\d_]{3,}")
_NO_WORD = re.compile(r"\S*[/@]\S*")
"""A path, or an address."""
_APART = re.compile(r"\S|\s{2}|\n|^$")
"""What may stand between two texts of ours: a sign, a gap, an edge; a single blank would make one sentence of them."""
_ENDS = (".", "!", "?", ":", ",", "…")


def faults(app: App[Any]) -> list[str]:
    """Return what is wrong with the screen that is shown."""
    return [*_of_texts(app), *_of_widgets(app), *_of_targets(app.screen)]


def _of_texts(app: App[Any]) -> Iterator[str]:
    for piece in pieces(app):
        name = _name(piece.widget)
        found = read(flowing(piece)[0])
        yield from (f"{name}: only the end of a text: {signs!r}" for signs in found.broken)
        # Of a text that goes on outside the window the rest is reached by keys.
        goes_on = isinstance(widget := piece.widget, Lines) and widget.top + widget.size.height < widget.length
        last = next((part for part in reversed(found.parts) if isinstance(part, Text)), None)
        for text in texts_in(found.parts):
            if text.is_cut and not (goes_on and text is last) and not text.lacks_only_brackets:
                yield f"{name}: cut: {text.source.english!r} is {_seen(text.shown)!r}"
        # What is printed speaks the language of whom it is for, from files of its own.
        words = () if isinstance(widget, Sheet) else _untranslated(found.parts)
        yield from (f"{name}: not translated: {word!r}" for word in words)
        yield from (f"{name}: made of parts: {words!r}" for words in _joined(found.parts))


def _untranslated(parts: Sequence[str | Plain | Text]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Text):
            for value in part.parts:
                if isinstance(value, Value):
                    yield from _untranslated(value.parts)
        else:
            words = " ".join((part if isinstance(part, str) else part.text).split())
            words = _NO_WORD.sub("", words)
            for phrase in PHRASES:
                words = words.replace(phrase, "")
            yield from (word for word in _WORD.findall(words) if not is_from_outside(word))


def _joined(parts: Sequence[Plain | Text]) -> Iterator[str]:
    """Yield texts that read as one sentence with what follows, because nothing stands between them."""
    for one, other in pairwise(parts):
        # What has no letters, such as the sign between thousands, is no part of a sentence.
        if not isinstance(one, Text) or not any(sign.isalpha() for sign in one.shown):
            continue
        if isinstance(other, Text):
            yield f"{_seen(one.shown)} + {_seen(other.shown)}"
        elif other.text[:1].isalnum():
            yield f"{_seen(one.shown)} + {_seen(other.text)}"
    for one, between, other in zip(parts, parts[1:], parts[2:], strict=False):
        if not (isinstance(one, Text) and isinstance(between, Plain) and isinstance(other, Text)):
            continue
        if not _APART.search(between.text) and not one.shown.rstrip().endswith(_ENDS):
            yield f"{_seen(one.shown)} + {_seen(other.shown)}"


def _of_widgets(app: App[Any]) -> Iterator[str]:
    screen = app.screen
    shown = screen._compositor.visible_widgets
    leaves = {
        widget: region
        for widget, (region, clip) in shown.items()
        if widget is not screen and not any(child.display for child in widget.children)
    }
    for widget, region in leaves.items():
        clip = shown[widget][1]
        if region and not clip.contains_region(region) and not _scrolls(widget):
            yield f"{_name(widget)}: {region} goes beyond {clip}"
        wanted = widget.get_content_height(widget.container_size, app.size, widget.content_size.width)
        if widget.styles.height is not None and widget.styles.height.is_auto and wanted > widget.content_size.height:
            yield f"{_name(widget)}: {wanted} rows in {widget.content_size.height}"
    for one, other in combinations(leaves, 2):
        if leaves[one].overlaps(leaves[other]) and not (isinstance(one, ScrollBar) or isinstance(other, ScrollBar)):
            yield f"{_name(one)} {leaves[one]} overlaps {_name(other)} {leaves[other]}"
    for widget in screen.query("*"):
        chain = [each for each in (widget, *widget.ancestors) if isinstance(each, Widget)]
        is_wanted = widget.region.width > 0 and all(each.display for each in chain) and not _is_empty(widget)
        if is_wanted and widget not in shown and not _scrolls(widget):
            yield f"{_name(widget)}: not on the screen"


def _is_empty(widget: Widget) -> bool:
    return not str(getattr(widget, "text", "x")).strip()


def _scrolls(widget: Widget) -> bool:
    """Tell whether keys bring into view what lies outside."""
    return any(isinstance(each, Widget) and each.allow_vertical_scroll for each in (widget, *widget.ancestors))


def _of_targets(screen: Screen[Any]) -> Iterator[str]:
    if not isinstance(screen, ClerkScreen):
        return
    for target, region in targets_on(screen):
        # Rows of a list are lower where there is a keyboard; `test_every_screen.py` measures them where there is none.
        if not target.name.startswith("row(") and (region.width < LEAST_COLUMNS or region.height < LEAST_ROWS):
            yield f"target {target.name}: {region.width}x{region.height}"


def _name(widget: Widget) -> str:
    return f"{type(widget).__name__}{f'#{widget.id}' if widget.id else ''}"


def _seen(text: str) -> str:
    return " ".join(text.split())
