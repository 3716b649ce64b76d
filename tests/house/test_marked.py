"""What a person gets to read stands whole where it is shown, and is marked for gettext, such as by `_` or `N_`.

Read off the source of the front ends. Two words in a row are taken for words that somebody reads; that a single word
is marked too is only checked where a widget takes it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.house.test_words import HOLE, LOGGING, SQL, text_of

ROOT = Path(__file__).parents[2]
FRONT_ENDS = ("screens", "kiosk/cli", "kiosk/plain", "kiosk/words")

NOT_TRANSLATED = {
    "kiosk {}": "the name of the command, with its version",
    "Canada Post": "a carrier's name",
    "Old Dominion": "a carrier's name",
    "Page up": "what is printed on a key",
    "Page down": "what is printed on a key",
}
"""Texts that are the same in every language, and why."""

MARKS = {"_", "N_", "ngettext", "pgettext"}
FOR_PROGRAMMERS = {"TypeError", "RuntimeError", "ValueError", "AssertionError", "NotImplementedError"}
"""Errors that nobody at the desk reads: the program is wrong where one is raised."""
SHOWN_BY = {"Choice", "Column", "Field", "Greeting", "GoHome", "Heading", "Question", "Words", "say", "wait"}
"""Widgets and methods whose arguments are shown as they are."""

TWO_WORDS = re.compile(r"(?<![\w$-])[^\W\d_]{2,} [^\W\d_]{2,}")
JOINED = re.compile(rf"(?<![\w$-])[^\W\d_]{{2,}}(?: [^\W\d_]{{2,}}| {HOLE})|{HOLE} [^\W\d_]{{2,}}")
"""Two words, or a word and a value, in an f-string."""
STYLE = re.compile(rf"(?:(?:bold|reverse|on|\${HOLE}|\$[\w-]+(?:{HOLE}-[\w-]+)?|{HOLE})\s*)+")
"""How a text is painted, such as `bold $chosen-text on $chosen`."""


class Shown(NamedTuple):
    """A string that a person could get to read, and how it stands in the source."""

    node: ast.Constant | ast.JoinedStr
    by: str
    """The name that is called with it; empty where it is no argument."""

    @property
    def is_marked(self) -> bool:
        return self.by in MARKS

    @property
    def text(self) -> str:
        return text_of(self.node).replace(HOLE, "{}")


def is_never_shown(node: ast.AST) -> bool:
    """Tell whether a piece of source documents, logs, matches, or speaks to programmers only."""
    match node:
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name))):
            return name in FOR_PROGRAMMERS
        case ast.Call(func=ast.Attribute(attr=name)) if name in LOGGING:
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re")) | ast.Name(id="cast" | "TypeVar")):
            return True
        case _:
            return False


def parts_of(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the children of a node, but annotations, which may be strings."""
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns"}:
            continue
        parts = value if isinstance(value, list) else [value]
        yield from (part for part in parts if isinstance(part, ast.AST))


def shown_in(node: ast.AST, by: str = "") -> Iterator[Shown]:
    """Yield the strings of a piece of source that a person could get to read."""
    if is_never_shown(node):
        return
    if isinstance(node, ast.JoinedStr):
        yield Shown(node, by)
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield from shown_in(part.value)
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield Shown(node, by)
    else:
        called = node.func if isinstance(node, ast.Call) else None
        name = called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
        for child in parts_of(node):
            yield from shown_in(child, name)


def complaints(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the line and what is wrong with each string that does not stand whole and marked."""
    for shown in shown_in(tree):
        text = text_of(shown.node)
        if shown.text in NOT_TRANSLATED or text.isupper() or SQL.search(text) or STYLE.fullmatch(text):
            continue
        if isinstance(shown.node, ast.JoinedStr):
            if shown.is_marked:
                yield shown.node.lineno, f"{shown.text!r} is marked, but filled in before; use .format(name=...)"
            elif JOINED.search(text):
                yield shown.node.lineno, f"{shown.text!r} is assembled; mark the whole text and use .format(name=...)"
        elif not shown.is_marked and TWO_WORDS.search(text):
            yield shown.node.lineno, f"{shown.text!r} is not marked; put it into _(...), or N_(...) in a table"
        elif not shown.is_marked and shown.by in SHOWN_BY and re.search(r"[^\W\d_]{2,}", text):
            yield shown.node.lineno, f"{shown.text!r} is shown by {shown.by}; put it into _(...), or N_(...) in a table"


def test_every_text_that_is_shown_is_whole_and_marked() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {what}."
        for room in FRONT_ENDS
        for path in sorted((ROOT / room).rglob("*.py"))
        for line, what in complaints(ast.parse(path.read_text("utf-8")))
    ]
    assert not found, "\n".join(found)


def test_an_unmarked_text_is_told_from_what_looks_like_one() -> None:
    def finds(source: str) -> list[str]:
        return [what.split("'")[1] for _, what in complaints(ast.parse(source))]

    assert finds('say("the file is empty")') == ["the file is empty"]
    assert finds('say(_("the file is empty"))') == []
    assert finds('title = N_("the file is empty")') == []
    assert finds('title = ngettext("{count} parcel is here", "{count} parcels are here", count)') == []
    assert finds('title = f"{count} parcels"') == ["{} parcels"]
    assert finds("title = f\"   {_('not read yet')}\"") == []
    assert finds("title = f\"   {'not read yet'}\"") == ["not read yet"]
    assert finds('title = _(f"{count} parcels")') == ["{} parcels"]
    assert finds('Column("Since", 6)') == ["Since"]
    assert finds('Column(N_("Since"), 6, cut="start")') == []
    assert (
        finds('piece = (word, f"bold ${tone}"), (word, "bold $chosen-text on $chosen"), (word, f"on ${tone}-tile")')
        == []
    )
    assert finds('raise RuntimeError("no screen is shown")') == []
    assert finds('_log.debug("left out %d of the rows", 3)') == []
    assert finds('_SHAPE = re.compile("a text of letters")') == []
    assert finds('"""It says what it is."""\n\n\ndef work():\n    """Do what has to be done."""\n') == []
