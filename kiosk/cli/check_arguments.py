"""The arguments of `kiosk check`; the command is in check.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.cli.parsers import command
from kiosk.cli.values import an_id
from kiosk.words.language import _

if TYPE_CHECKING:
    from kiosk.cli.parsers import Commands


def add_check(commands: Commands) -> None:
    """Add the command."""
    about = _("test settings, storage, network, finder, notices, printer, devices, terminal and scanner")
    check = command(commands, "check", "check:run", about)
    check.add_argument(
        "--scanner",
        action="store_true",
        help=_("show a test code and wait up to a minute for it to be scanned; needs a terminal"),
    )
    check.add_argument(
        "--walk",
        action="store_true",
        help=_("also ask whoever is at the desk about scanner, touch, colours, signs, QR codes, bell, paper and mail"),
    )
    check.add_argument("--print", action="store_true", help=_("print a test page"))
    check.add_argument(
        "--mail-to", type=an_id, metavar=_("ADDRESS"), help=_("who gets the test mail; default: mail.sender")
    )
