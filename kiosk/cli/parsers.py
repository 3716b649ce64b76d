"""What the parsers of all commands share: settings file, --json, exit codes, the reason."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kiosk.cli.values import a_reason, a_settings_file
from kiosk.parcels.states import Command
from kiosk.words.language import N_, _

if TYPE_CHECKING:
    # argparse has no public name for it.
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - the same

EPILOG = N_("Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 not finished (nothing is lost).")
SETTINGS_FILE = N_("settings file (TOML)")
COMMANDS, A_COMMAND, FILE = N_("commands"), N_("COMMAND"), N_("FILE")


def command(
    commands: Commands,
    name: str,
    runs: str,
    about: str,
    *,
    changes: Command | None = None,
    aliases: tuple[str, ...] = (),
    json: bool = True,
) -> argparse.ArgumentParser:
    """Add a command and return its parser; `runs` is `module:function` below `kiosk.cli`.

    One that `changes` something asks why; `kiosk/cli/session.py` records that. A correction of a parcel asks by
    `add_reason`, and is recorded by the desk.
    """
    parser: argparse.ArgumentParser = commands.add_parser(
        name, aliases=aliases, help=about, description=about, epilog=_(EPILOG), allow_abbrev=False
    )
    # Suppressed, so that the option may stand before or behind the command's name.
    parser.add_argument(
        "--config", type=a_settings_file, metavar=_(FILE), default=argparse.SUPPRESS, help=_(SETTINGS_FILE)
    )
    if json:
        parser.add_argument("--json", action="store_true", help=_("answer in JSON, with the API's field names"))
    if changes is not None:
        add_reason(parser)
    parser.set_defaults(runs=f"kiosk.cli.{runs}", changes=changes)
    return parser


def group(commands: Commands, name: str, about: str) -> Commands:
    """Add a command that has commands of its own, and return what they are added to."""
    group: argparse.ArgumentParser = commands.add_parser(
        name, help=about, description=about, epilog=_(EPILOG), allow_abbrev=False
    )
    return group.add_subparsers(title=_(COMMANDS), metavar=_(A_COMMAND), required=True)


def add_reason(command: argparse.ArgumentParser) -> None:
    """Let a command ask why."""
    about = _("why; the journal keeps it with the name of this account")
    command.add_argument("--reason", required=True, metavar=_("TEXT"), type=a_reason, help=about)
