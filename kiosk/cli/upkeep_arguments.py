"""The arguments of whoever looks after the kiosk: `backup`, `restore`, `report`, `console`; each has its own module."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.cli.parsers import A_COMMAND, COMMANDS, FILE, add_reason, command
from kiosk.cli.values import an_id
from kiosk.words.language import _

if TYPE_CHECKING:
    from kiosk.cli.parsers import Commands


def add_backup(commands: Commands) -> None:
    """Add the commands."""
    about = _("copy all that the desk keeps into one file while the kiosk goes on")
    make = command(commands, "backup", "backup:back_up", about)
    make.add_argument("folder", metavar=_("FOLDER"), nargs="?", type=Path, help=_("default: backup.folder"))
    about = _("put a backup in the place of the desk's data, while no kiosk is open; the old data is put aside")
    back = command(commands, "restore", "backup:restore", about)
    back.add_argument("file", metavar=_(FILE), type=Path, help=_("what `kiosk backup` wrote"))
    about = _("the private key of an encrypted backup, as `age-keygen` wrote it")
    back.add_argument("--key", metavar=_(FILE), type=Path, help=about)
    add_reason(back)


def add_report(commands: Commands) -> None:
    """Add the command."""
    about = _("tell how things stand, as JSON, for a script or a watcher")
    report = command(commands, "report", "report:run", about)
    fleet = _("tell of every desk of the centre that this machine may see, instead of this desk")
    report.add_argument("--fleet", action="store_true", help=fleet)
    about = _("write numbers for Prometheus into this file instead, in one step; asks the locker service nothing")
    report.add_argument("--prometheus", metavar=_(FILE), type=Path, help=about)


def add_console(commands: Commands) -> None:
    """Add the command, and the one below it."""
    about = _("open the operator's console in this terminal")
    console = command(commands, "console", "console:run", about, json=False)
    about = _("the operator's name, set by SSH's forced command")
    console.add_argument("--as", dest="name", type=an_id, metavar=_("NAME"), help=about)
    how = console.add_mutually_exclusive_group()
    about = _("look at every desk of the centre that this machine may see, instead of at this desk")
    how.add_argument("--fleet", action="store_true", help=about)
    about = _("ask and answer in lines, for a braille display, a screen reader or a slow line")
    how.add_argument("--plain", action="store_true", help=about)
    parts = console.add_subparsers(title=_(COMMANDS), metavar=_(A_COMMAND))
    command(parts, "keys", "keys:run", _("list whose keys may log in over SSH, and refuse doubles"))
