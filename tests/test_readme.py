"""The README names what there is: every setting, command, fault, folder and make target, and nothing else."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from pydantic import BaseModel

from kiosk.cli.arguments import create_parser
from kiosk.settings import Settings
from kiosk.simulator.faults import DELAYS, NAMES, SHAPED

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def table(head: str) -> list[str]:
    """Return what stands in backticks in the first column of the table with this head."""
    _, _, rest = README.partition(f"\n| {head} |")
    rows = rest.partition("\n\n")[0].splitlines()[2:]
    return [re.findall(r"^\| `([^`]+)`", row)[0] for row in rows]


def settings(section: type[BaseModel], prefix: str = "") -> list[str]:
    found: list[str] = []
    for name, field in section.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            found += settings(kind, f"{prefix}{name}.")
        else:
            found.append(prefix + name)
    return found


def commands(parser: argparse.ArgumentParser, name: str) -> list[str]:
    """Return every command that can be run, by its words."""
    parts = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    found = [] if parts and parts[0].required else [name]
    return found + [
        word
        for part in parts
        for each, under in part.choices.items()
        if under.prog.endswith(f" {each}")  # not another name of a command
        for word in commands(under, f"{name} {each}")
    ]


def test_every_setting_is_in_the_table_and_no_other() -> None:
    assert sorted(table("Setting")) == sorted(settings(Settings))


def test_every_command_is_in_the_table_and_no_other() -> None:
    named = [re.split(r" (?=[A-Z-])", entry)[0] for entry in table("Command")]
    assert sorted(named) == sorted(commands(create_parser(), "kiosk"))


def test_every_command_of_the_table_is_understood() -> None:
    for entry in table("Command"):
        words = [re.sub("^[A-Z]+$", "1", word) for word in entry.split()[1:]]
        assert create_parser().parse_args(words).runs


def test_every_fault_is_in_the_table_and_no_other() -> None:
    assert sorted(table("Fault")) == sorted({*NAMES, *SHAPED})
    assert all(f"`{delay}`" in README for delay in DELAYS)


def test_every_make_target_is_named_and_no_other() -> None:
    targets = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b", README)) == targets


def test_the_map_shows_every_package_and_no_other() -> None:
    drawn = README.partition("## The map of the house\n\n```\n")[2].partition("```")[0]
    found = {
        folder: {path.parent.name for path in (ROOT / folder).glob("*/__init__.py")} for folder in ("kiosk", "screens")
    }
    parts = re.findall(r"^(\w+)/.*\n((?:  .*\n)*)", drawn, re.MULTILINE)
    shown = {folder: set(re.findall(r"^  (\w+)/", lines, re.MULTILINE)) for folder, lines in parts if folder in found}
    assert shown == found


def test_every_picture_is_there_and_shown() -> None:
    shown = set(re.findall(r"\((tests/pictures/\w+\.svg)\)", README))
    assert shown == {str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "pictures").glob("*.svg")}
