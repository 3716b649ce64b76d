"""The one rule of commands that change something: account, origin and a reason stand in the journal."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.cli.arguments import create_parser
from kiosk.parcels.states import Command
from tests.cli.harness import ME, PERSON, Kiosk

LOOKS_ONLY = {
    "kiosk": "opens the screens",
    "kiosk banks": "",
    "kiosk bank": "",
    "kiosk check": "",
    "kiosk console": "each of its repairs asks why",
    "kiosk console keys": "",
    "kiosk expired": "",
    "kiosk facilities": "",
    "kiosk find": "",
    "kiosk fleet heads": "",
    "kiosk fleet status": "",
    "kiosk fleet verify": "",
    "kiosk backup": "",
    "kiosk journal export": "",
    "kiosk journal fits": "",
    "kiosk journal verify": "",
    "kiosk notices list": "",
    "kiosk outgoing": "",
    "kiosk people list": "",
    "kiosk recipients search": "",
    "kiosk report": "",
    "kiosk scan": "",
    "kiosk simulator": "a world of its own, which is no desk's",
}
"""Commands that change nothing of the desk."""
CORRECTIONS = {"kiosk free", "kiosk extend", "kiosk change-user", "kiosk handover", "kiosk notices retry"}
"""Commands of which the desk itself asks why, parcel by parcel (`correction_asked`)."""
RESTORE = "kiosk restore"
"""It tells why in the event of its own that ends it: what was recorded before is put aside."""


def commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Yield every command that can be run."""
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if parser.get_default("runs"):
        yield parser
    for group in groups:
        for each in {id(each): each for each in group.choices.values()}.values():
            yield from commands(each)


def asks_why(parser: argparse.ArgumentParser) -> bool:
    return any("--reason" in action.option_strings and action.required for action in parser._actions)


def test_every_command_asks_why_or_only_looks() -> None:
    found = {each.prog.removesuffix(" COMMAND"): asks_why(each) for each in commands(create_parser())}
    assert {name for name, asks in found.items() if not asks} == set(LOOKS_ONLY)


def test_every_command_that_asks_why_is_recorded_under_a_code_of_its_own() -> None:
    recorded = {
        each.prog: each.get_default("changes") for each in commands(create_parser()) if each.get_default("changes")
    }
    asking = {each.prog for each in commands(create_parser()) if asks_why(each)}
    assert asking - set(recorded) == {*CORRECTIONS, RESTORE}
    assert sorted(recorded.values()) == sorted(Command)


@pytest.mark.parametrize(
    "arguments",
    [
        ("deposit", "T2", "--contact", PERSON),
        ("stocktake", "--bank", "AOne"),
        ("notices", "send"),
        ("recipients", "import", "people.csv"),
        ("recipients", "forget", PERSON),
        ("people", "add", "Ida Berg"),
        ("journal", "rebuild"),
        ("free", "T1"),
        ("extend", "T1"),
        ("change-user", "T1", "--user", "somebody@example.com"),
        ("handover", "T1", "--to", "Jo", "--checked", "known"),
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_account_origin_and_reason_are_in_the_journal(
    kiosk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    kiosk.deposited("T1", contact="9aa8ee2fc0e51cf60264348a")
    before = len(kiosk.events())
    (tmp_path / "people.csv").write_text("contact_id,name\n1,Ida Berg\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SSH_CONNECTION", "203.0.113.7 50000 192.0.2.1 22")
    monkeypatch.setattr(sys, "stdin", io.StringIO("1 -\n" if "stocktake" in arguments else "730518\n"))
    kiosk(*arguments, "--reason", "asked for by phone")
    first = kiosk("journal", "export", "--json").json[before]
    assert first["type"] in {"command_run", "correction_asked"}
    assert (first["person"], first["body"]["origin"]) == (ME, "203.0.113.7")
    assert first["body"]["reason"] == "asked for by phone"
