"""The documents say what there is: every setting, command, event, fault, folder and target is named, and no other."""

from __future__ import annotations

import argparse
import ast
import csv
import re
import shlex
import traceback
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pydantic import BaseModel

from kiosk.cli.arguments import create_parser
from kiosk.clock import ManualClock
from kiosk.desk.dialogue import Dialogue, NewLocker
from kiosk.desk.questions import ChooseLocker
from kiosk.parcels.registry import EVENTS
from kiosk.parcels.states import Contradiction, Finding, Operation, ParcelState
from kiosk.settings import Settings
from kiosk.simulator.faults import DELAYS, NAMES, SHAPED
from kiosk.simulator.server import Simulator
from kiosk.tracking.scan import read_scan
from kiosk.words.errors import printing
from tests.house.desk import BANK, CLERK, SMALL, START, World, open_desk
from tests.house.documents import (
    ARCHITECTURE,
    CONTRIBUTING,
    DOCS,
    DOCUMENTS,
    FOR_ALL,
    README,
    ROOT,
    anchors,
    fenced,
    first_column,
    links,
    name_of,
    quoted,
    table,
    text_of,
)

MOST_WORDS = 25
READ_BY_OTHERS = {
    "ALL_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
    "XDG_CONFIG_DIRS",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
}
"""Environment variables that platformdirs reads, and those whose names `kiosk/api/network.py` puts together."""
VALUES = dict.fromkeys(("CODE", "DIR", "FILE", "H", "ID", "NUMBER", "TEXT", "X"), "1")
"""What the reader puts in, in a command."""
PLACEHOLDER = re.compile(r"\b[A-Z]{2,}\b")
"""What stands for a name that the reader puts in, in the name of a file."""

one_by_one = pytest.mark.parametrize("document", FOR_ALL, ids=name_of)


def settings(section: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, field in section.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from settings(kind, f"{prefix}{name}.")
        else:
            yield prefix + name


def commands(parser: argparse.ArgumentParser, name: str) -> Iterator[str]:
    """Yield every command that can be run, by its words; a second name for one is left out."""
    parts = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not (parts and parts[0].required):
        yield name
    for part in parts:
        for under in dict.fromkeys(part.choices.values()):
            word = next(word for word, each in part.choices.items() if each is under)
            yield from commands(under, f"{name} {word}")


def told(document: Path, what: str, missing: set[str], surplus: set[str]) -> str:
    """Return what to do about a table that does not fit the program."""
    name = name_of(document)
    return "\n".join(
        [f"{name}: the {what} {str(each)!r} is not in the table; add its line." for each in sorted(missing)]
        + [f"{name}: there is no {what} {str(each)!r}; take its line out." for each in sorted(surplus)]
    )


def check_table(document: Path, head: str, there_is: set[str]) -> None:
    named = first_column(document, head)
    assert len(named) == len(set(named)), f"{name_of(document)}: a {head.lower()} stands in the table twice"
    named_once = set(named)
    assert named_once == there_is, told(document, head.lower(), there_is - named_once, named_once - there_is)


def test_every_setting_is_in_its_table_and_no_other() -> None:
    check_table(DOCS / "settings.md", "Setting", set(settings(Settings)))


def test_every_setting_that_is_spoken_of_exists() -> None:
    known = set(settings(Settings))
    sections = "|".join(sorted({name.partition(".")[0] for name in known if "." in name}))
    wrong = [
        f"{name_of(document)}: there is no setting {found[0]}."
        for document in FOR_ALL
        if document.parent != ROOT or document == README
        for text in quoted(document)
        if (found := re.match(rf"(?:{sections})\.[a-z_.]+", text)) and found[0] not in known
    ]
    assert not wrong, "\n".join(wrong)


def test_every_environment_variable_is_in_its_table_and_no_other() -> None:
    trees = [
        ast.parse(path.read_text("utf-8")) for part in ("kiosk", "screens") for path in (ROOT / part).rglob("*.py")
    ]
    read = {
        name
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call | ast.Subscript) and (name := _variable(node))
    }
    assert "KIOSK_CONFIG" in read
    check_table(DOCS / "settings.md", "Variable", read | READ_BY_OTHERS)


def _variable(node: ast.Call | ast.Subscript) -> str | None:
    """Return the environment variable that a piece of source reads, if it reads one."""
    match node:
        case ast.Call(func=ast.Attribute(value=where, attr="get"), args=[ast.Constant(value=str(name)), *_]):
            pass
        case ast.Call(func=ast.Name(id="path_in"), args=[ast.Constant(value=str(name)), where]):
            pass
        case ast.Subscript(value=where, slice=ast.Constant(value=str(name))):
            pass
        case _:
            return None
    return name if ast.unparse(where) in {"environ", "os.environ"} else None


def test_every_command_is_in_its_table_and_no_other() -> None:
    named = {re.split(r" (?=[A-Z-])", entry)[0] for entry in first_column(DOCS / "command-line.md", "Command")}
    there_is = set(commands(create_parser(), "kiosk"))
    assert named == there_is, told(DOCS / "command-line.md", "command", there_is - named, named - there_is)


@one_by_one
def test_every_command_that_is_shown_is_understood(document: Path) -> None:
    lines = [] if document.name == "figures.md" else fenced(document)
    for shown in (text for text in (*quoted(document), *lines) if re.match(r"kiosk( [\w-]|$)", text)):
        # Behind two blanks stands what it does, behind > where its answer goes.
        for command in re.split(r" {2,}| > ", shown)[0].split(" | "):
            words = shlex.split(command)[1:]
            assert is_understood(words), f"{name_of(document)}: `{shown}` is no command"


def is_understood(words: list[str]) -> bool:
    """Tell whether the parser takes a command, or knows one that is named without its arguments."""
    if any(f"{known} ".startswith(" ".join(["kiosk", *words, ""])) for known in commands(create_parser(), "kiosk")):
        return True
    try:
        create_parser().parse_args([VALUES.get(word, word) for word in words])
    except SystemExit:
        return words == ["COMMAND", "--help"]
    return True


def test_every_make_target_is_in_its_table_and_every_one_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    check_table(CONTRIBUTING, "Target", {f"make {target}" for target in targets})
    for document in FOR_ALL:
        named = {text.split()[1] for text in (*quoted(document), *fenced(document)) if re.match("make [a-z]", text)}
        assert named <= targets, f"{name_of(document)}: there is no target {named - targets}"


def test_the_map_shows_every_package_and_no_other() -> None:
    drawn = text_of(ARCHITECTURE).partition("## The map of the house\n\n```\n")[2].partition("```")[0]
    found = {
        folder: {path.parent.name for path in (ROOT / folder).glob("*/__init__.py")} for folder in ("kiosk", "screens")
    }
    parts = re.findall(r"^(\w+)/.*\n((?:  .*\n)*)", drawn, re.MULTILINE)
    shown = {folder: set(re.findall(r"^  (\w+)/", lines, re.MULTILINE)) for folder, lines in parts if folder in found}
    assert shown == found


def test_every_fault_is_in_its_table_and_no_other() -> None:
    check_table(DOCS / "simulator.md", "Fault", {*NAMES, *SHAPED})
    assert set(DELAYS) <= {
        text for row in table(DOCS / "simulator.md", "Fault") for text in re.findall("`(.+?)`", row[1])
    }


def test_every_code_that_programs_read_is_in_its_table_and_no_other() -> None:
    check_table(DOCS / "journal.md", "Event", set(EVENTS))
    check_table(DOCS / "command-line.md", "State", set(ParcelState))
    check_table(DOCS / "command-line.md", "Operation", set(Operation))
    check_table(DOCS / "console.md", "Finding", set(Finding))
    check_table(DOCS / "console.md", "Contradiction", set(Contradiction))


def test_every_error_of_a_printer_is_in_its_table_and_no_other() -> None:
    named = {code for row in table(DOCS / "printing.md", "Error") for code in re.findall("`(.+?)`", row[0])}
    assert named == set(printing.TEXTS), told(
        DOCS / "printing.md", "error", set(printing.TEXTS) - named, named - set(printing.TEXTS)
    )


def test_every_picture_is_shown() -> None:
    shown = {(document.parent / target).resolve() for document in DOCUMENTS for target in links(document)}
    forgotten = [path.name for path in (ROOT / "tests" / "pictures").glob("*.svg") if path not in shown]
    assert not forgotten, f"in no document: {forgotten}"


@one_by_one
def test_every_link_leads_somewhere(document: Path) -> None:
    for target in links(document):
        if re.match("https?:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (document.parent / path).resolve() if path else document
        assert there.exists(), f"{name_of(document)}: {target} leads nowhere"
        assert not anchor or anchor in anchors(there), f"{name_of(document)}: {target} names no heading there"


@one_by_one
def test_every_file_that_is_named_exists(document: Path) -> None:
    if document.name == "CHANGELOG.md":
        return  # it tells of what was
    named = re.findall(r"(?<![\w/.-])((?:kiosk|screens|styles|tests|docs|deploy)/[\w/.-]*\w)", text_of(document))
    wrong = [name for name in named if not (PLACEHOLDER.search(Path(name).stem) or (ROOT / name).exists())]
    wrong = [name for name in wrong if not (document.parent / name).exists()]
    assert not wrong, f"{name_of(document)} names files that are not there: {wrong}"


def test_every_document_is_led_to() -> None:
    led_to = {(README.parent / target.partition("#")[0]).resolve() for target in links(README)}
    forgotten = [name_of(each) for each in FOR_ALL if each not in led_to | {README}]
    assert not forgotten, f"README.md links to none of these: {forgotten}"


def test_the_glossary_stays_small_and_has_each_word_once() -> None:
    words = [row[0] for row in table(ARCHITECTURE, "Word")]
    assert len(words) <= MOST_WORDS, f"{len(words)} words; at most {MOST_WORDS}: which two mean the same?"
    assert len(words) == len(set(words))


def test_the_barcodes_to_try_are_what_the_readme_says() -> None:
    rows = table(README, "Type")
    assert len(rows) > 3
    for code, what in rows:
        asks = read_scan(code.strip("`")).asks
        assert (asks is None) == ("without a question" in what), f"{code} is told as: {what}"


def test_the_first_parcel_of_the_readme_has_one_recipient() -> None:
    ((letters, name),) = re.findall(r"Type `(\w+)`, and ([\w ]+) comes up", text_of(README))
    with (ROOT / "kiosk" / "simulator" / "contacts.csv").open(encoding="utf-8", newline="") as lines:
        found = [row["name"] for row in csv.DictReader(lines) if letters in row["name"].lower()]
    assert found == [name]
    (number,) = re.findall(r"or type `(\w+)`", text_of(README))
    assert read_scan(number).asks is None


async def test_a_reservation_goes_through_the_files_that_the_architecture_names(tmp_path: Path) -> None:
    drawn = [
        line.split()[0] for line in fenced(ARCHITECTURE) if line.startswith(("screens/", "kiosk/")) and ".py" in line
    ]
    passed: list[str] = []

    async def look(request: httpx.Request) -> None:
        if request.url.path.endswith("/reserve"):
            passed.extend(frame.filename for frame in traceback.extract_stack())

    clock = ManualClock(START)
    with Simulator(tmp_path / "world", clock=clock) as simulator:
        async with open_desk(tmp_path / "desk", World(simulator.url), clock) as desk:
            parcel = await desk.taken_in()
            desk.line.before = look
            await Dialogue(desk.desk, CLERK).take(ChooseLocker(parcel), NewLocker(BANK, SMALL))
    ours = {path.relative_to(ROOT) for path in map(Path, passed) if path.is_relative_to(ROOT / "kiosk")}
    assert len(drawn) <= 7, "from the key to httpx lie more files than that"
    assert {str(path) for path in ours} == {name for name in drawn if name.startswith("kiosk/")} - {drawn[0]}
    assert drawn[0] == "screens/clerk/locker.py"
