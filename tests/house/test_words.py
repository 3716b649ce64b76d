"""Codes below, words at the edge: each code that is raised has a text, each text a code, and no room holds a sentence.

What is raised is read off the source, so a code that a variable holds is taken on trust here; the room's own tests
prove it. Nothing is run but the tables of texts.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from string import Formatter
from typing import NamedTuple

from kiosk.parcels.steps import Hindrance
from kiosk.words.errors.explaining import TEXTS
from kiosk.words.errors.text import Text

ROOT = Path(__file__).parents[2]

FRONT_ENDS = {"cli", "plain", "words"}
"""Rooms that speak."""
SERVICE = {"simulator"}
"""Stands for somebody else's service, whose words these are."""

FOREIGN_WORDS = {
    "kiosk/journal/version_0_1.py": "sentences that version 0.1 stored in the place of codes",
    "kiosk/fleet/failures.py": "what PostgreSQL's library says",
    "kiosk/api/reading.py": "states of units as services write them",
    "kiosk/recipients/columns.py": "headers that other programs write",
    "kiosk/recipients/statuses.py": "statuses that other programs write",
    "kiosk/tracking/formats.py": "names of the table's rows, after the carriers' own papers",
}
"""Files with words that nobody here says, and whose they are."""

CARRIERS = {"WrongValueError"}
"""Classes that are no KioskError, and hand a code on to one."""
ADDED = {
    "NotAuthorizedError": {"status"},
    "NotFoundError": {"status"},
    "RefusedError": {"status"},
    "ThrottledError": {"status"},
    "WrongValueError": {"key", "source"},
}
"""Parameters that are added to those given where an error is raised."""

ROWS = {Hindrance.ROLE, Hindrance.IN_DOUBT, Hindrance.STATE}
"""Hindrances that are told by codes of their own."""
MADE = {"hindered_": [f"hindered_{each}" for each in Hindrance if each not in ROWS]}
"""Codes that are a word of the trade behind a prefix."""

LOGGING = {"debug", "info", "warning", "error", "exception", "critical"}
SQL = re.compile(
    r"\b(SELECT|ALTER|INSERT|UPDATE|DELETE|CREATE|ATTACH|DETACH|PRAGMA"
    r"|FROM|WHERE|ORDER BY|VALUES|AND|JOIN|PRIMARY KEY)\b"
)
HOLE = "\0"
"""Where a value stands in an f-string."""
WORD = rf"(?:[^\W\d_]+(?:['-][^\W\d_]+)*|{HOLE})"


class Raised(NamedTuple):
    """One place where an error is made."""

    place: str
    class_name: str
    argument: ast.expr | None
    codes: tuple[str, ...]
    """Every code that it may have, as far as the source tells."""
    given: frozenset[str] | None
    """The names of its parameters; None where they are not written out."""


@cache
def sources() -> dict[Path, ast.Module]:
    """Return the product's modules by their path from the root."""
    paths = sorted((ROOT / "kiosk").rglob("*.py"))
    return {path.relative_to(ROOT): ast.parse(path.read_text("utf-8")) for path in paths}


def room_of(path: Path) -> str:
    return path.parts[1].removesuffix(".py")


@cache
def error_classes() -> dict[str, ast.ClassDef]:
    """Return every class of errors that has a code, by name."""
    every = {
        node.name: node for tree in sources().values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)
    }

    def has_code(name: str) -> bool:
        if name in CARRIERS | {"KioskError"}:
            return True
        if name == "SpokenError":  # what a front end says of itself, in words of its own
            return False
        return name in every and any(has_code(base.id) for base in every[name].bases if isinstance(base, ast.Name))

    return {name: node for name, node in every.items() if has_code(name)}


@cache
def enum_values() -> dict[tuple[str, str], str]:
    """Return the strings that are assigned in classes, by class and name."""
    return {
        (owner.name, name.id): assigned.value.value
        for tree in sources().values()
        for owner in ast.walk(tree)
        if isinstance(owner, ast.ClassDef)
        for assigned in owner.body
        if isinstance(assigned, ast.Assign) and isinstance(assigned.value, ast.Constant)
        for name in assigned.targets
        if isinstance(name, ast.Name) and isinstance(assigned.value.value, str)
    }


def code_of_class(name: str) -> str:
    """Return a class's own code, which may be that of the class above."""
    if (name, "code") in enum_values():
        return enum_values()[name, "code"]
    base = error_classes()[name].bases[0]
    return code_of_class(base.id) if isinstance(base, ast.Name) and base.id in error_classes() else "unexpected"


def takes_code(name: str) -> bool:
    """Tell whether the first argument of a class is its code."""
    for node in error_classes()[name].body:
        if isinstance(node, ast.FunctionDef) and node.name == "__init__":
            arguments = [*node.args.posonlyargs, *node.args.args]
            return len(arguments) > 1 and arguments[1].arg == "code"
    return True


def strings_of(node: ast.expr, tree: ast.Module) -> Iterator[str]:
    """Return what an expression may be, as far as the source tells: constants, enum values, what a function returns."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp():
            yield from strings_of(node.body, tree)
            yield from strings_of(node.orelse, tree)
        case ast.JoinedStr(values=[ast.Constant(value=str(prefix)), *_]):
            yield from MADE.get(prefix, ())
        case ast.Attribute(value=ast.Attribute(value=ast.Name(id=owner), attr=name), attr="value"):
            yield from filter(None, [enum_values().get((owner, name))])
        case ast.Name(id=name):
            for each in tree.body:
                if isinstance(each, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in each.targets):
                    yield from strings_of(each.value, tree)
        case ast.Call(func=ast.Name(id=name)):
            for value in returned_by(name, tree):
                yield from strings_of(value, tree)


def returned_by(name: str, tree: ast.Module) -> Iterator[ast.expr]:
    """Return what a function of the module may return."""
    functions = (each for each in tree.body if isinstance(each, ast.FunctionDef) and each.name == name)
    for left in (node for function in functions for node in ast.walk(function)):
        if isinstance(left, ast.Return) and left.value:
            yield left.value


def raised_in(path: Path, tree: ast.Module) -> Iterator[Raised]:
    """Return every error that a module makes, raised or returned."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in error_classes():
                argument = node.args[0] if node.args and takes_code(name) else None
                codes = tuple(strings_of(argument, tree)) if argument is not None else (code_of_class(name),)
                is_open = not takes_code(name) or any(keyword.arg is None for keyword in node.keywords)
                given = None if is_open else frozenset(keyword.arg or "" for keyword in node.keywords)
            case ast.Raise(exc=ast.Name(id=name)) if name in error_classes():
                argument, codes, given = None, (code_of_class(name),), frozenset()
            case _:
                continue
        yield Raised(f"{path}:{node.lineno}", name, argument, codes, given)


def raised() -> list[Raised]:
    found = [(path, tree) for path, tree in sources().items() if room_of(path) != "words"]
    return [each for path, tree in found for each in raised_in(path, tree)]


def tables() -> dict[str, dict[str, Text]]:
    """Return each room's texts by the path of their file."""
    paths = [path for path in sources() if path.parent == Path("kiosk/words/errors")]
    every = {str(path): vars(import_module(".".join(path.with_suffix("").parts))) for path in paths}
    return {path: names["TEXTS"] for path, names in every.items() if "TEXTS" in names and "said_of" not in names}


def fields_of(text: Text) -> set[str]:
    return {name for part in text for _, name, _, _ in Formatter().parse(part) if name is not None}


def test_every_error_has_a_code_and_every_code_its_text() -> None:
    missing = [
        f"{each.place}: nothing is said of the code {code!r}; add a Text for it to TEXTS in kiosk/words/errors/."
        for each in raised()
        for code in each.codes
        if code not in TEXTS
    ]
    missing += [
        f"{each.place}: {each.class_name} gets a sentence; give it a code with parameters, and add a Text for that."
        for each in raised()
        if isinstance(each.argument, ast.JoinedStr) and not each.codes
    ]
    assert not missing, "\n".join(missing)


def test_every_text_has_a_code_that_is_raised() -> None:
    known = {
        node.value
        for path, tree in sources().items()
        if room_of(path) != "words"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    known.update(code for codes in MADE.values() for code in codes)
    surplus = [
        f"{path}: no error has the code {code!r}; take its text out, or give the code where the error is raised."
        for path, texts in tables().items()
        for code in texts
        if code not in known
    ]
    assert not surplus, "\n".join(surplus)


def test_every_rooms_texts_are_merged_and_none_hides_another() -> None:
    seen: dict[str, str] = {}
    wrong: list[str] = []
    for path, texts in tables().items():
        for code, text in texts.items():
            if TEXTS.get(code) is not text:
                wrong.append(f"{path}: {code!r} does not reach explain(); merge the file's TEXTS in explaining.py.")
            if code in seen:
                wrong.append(f"{path}: {code!r} has a text in {seen[code]} too; give one of the two another code.")
            seen[code] = path
    assert not wrong, "\n".join(wrong)


def test_every_text_speaks_of_what_it_is_given() -> None:
    wrong = [
        f"{each.place}: the text of {code!r} speaks of {{{name}}}, which is not given; add {name}=... to the error."
        for each in raised()
        if each.given is not None
        for code in each.codes
        if code in TEXTS
        for name in sorted(fields_of(TEXTS[code]) - each.given - ADDED.get(each.class_name, set()))
    ]
    assert not wrong, "\n".join(wrong)


def text_of(node: ast.Constant | ast.JoinedStr) -> str:
    """Return a string as it is written, with a hole for each value in it."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(str(part.value) if isinstance(part, ast.Constant) else HOLE for part in parts)


def is_sentence(text: str) -> bool:
    """Tell whether three words, or two and a value, stand in a row; capitals are names of states and the like."""
    rows = (row.split(" ") for row in re.findall(rf"{WORD}(?: {WORD}){{2,}}", text))
    return any(sum(word != HOLE and not word.isupper() for word in row) >= 2 for row in rows)


def spoken(node: ast.AST) -> Iterator[ast.Constant | ast.JoinedStr]:
    """Return the strings in a piece of source that a person could get to read."""
    match node:
        case ast.Expr(value=ast.Constant()):  # what documents a module, a class, a function or a name
            return
        case ast.Call(func=ast.Attribute(attr=name)) if name in LOGGING:
            return
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re"))):
            return
        case ast.JoinedStr() | ast.Constant(value=str()):
            yield node
        case _:
            for child in ast.iter_child_nodes(node):
                yield from spoken(child)


def sentences_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in spoken(tree):
        text = text_of(node)
        if is_sentence(text) and not SQL.search(text):
            yield node.lineno, text.replace(HOLE, "{}")


def test_below_the_front_ends_there_is_no_sentence() -> None:
    found = [
        f"{path}:{line}: {text!r} is a sentence; use a code with parameters here, and put the words into kiosk/words."
        for path, tree in sources().items()
        if room_of(path) not in FRONT_ENDS | SERVICE and str(path) not in FOREIGN_WORDS
        for line, text in sentences_in(tree)
    ]
    assert not found, "\n".join(found)


def test_a_sentence_is_told_from_what_looks_like_one() -> None:
    def finds(source: str) -> list[str]:
        return [text for _, text in sentences_in(ast.parse(source))]

    assert finds('raise ValueError("the file is empty")') == ["the file is empty"]
    assert finds('message = f"{path} is damaged"') == ["{} is damaged"]
    assert finds('message = f"{first} {second} {third}"') == []
    assert finds('"""It says what it is."""\n\n\ndef work():\n    """Do what has to be done."""\n') == []
    assert finds('_log.debug("left out %d of the rows", 3)') == []
    assert finds('_SHAPE = re.compile("a text of letters")') == []
    assert finds('work("SELECT name FROM people")') == []
    assert finds('names = {"contact id, recipient id", "file_not_written"}') == []
