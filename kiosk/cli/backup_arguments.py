"""The arguments of `kiosk backup` and `kiosk restore`; the commands are in backup.py."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.cli.parsers import FILE, command
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
