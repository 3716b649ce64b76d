"""The arguments of `kiosk notices` and `kiosk print`; the commands are in notices.py and paper.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.cli.parsers import add_reason, command, group
from kiosk.cli.values import a_text
from kiosk.parcels.states import Command
from kiosk.words.language import _

if TYPE_CHECKING:
    import argparse

    from kiosk.cli.parsers import Commands


def add_notices(commands: Commands) -> None:
    """Add the commands."""
    parts = group(commands, "notices", _("list and send what recipients are to be told and what is to be printed"))
    about = _("list what has not gone out, and the parcels of which no notice reached anybody")
    command(parts, "list", "notices:list_notices", about)
    about = _("send again what did not reach anybody, and let what waits go out now")
    retry = command(parts, "retry", "notices:retry", about)
    about = _("tracking number; default: of every parcel")
    retry.add_argument("number", metavar=_("NUMBER"), nargs="?", type=a_text, help=about)
    add_reason(retry)
    about = _("send and print once what may go out now")
    command(parts, "send", "notices:send", about, changes=Command.NOTICES_SEND)

    papers = group(commands, "print", _("print a pickup slip or a shelf label"))
    about = _("print a parcel's slip, with its pickup code while that is kept")
    _add_number(command(papers, "slip", "paper:print_slip", about, changes=Command.PRINT_SLIP))
    about = _("print the label of a parcel on the shelf")
    _add_number(command(papers, "label", "paper:print_label", about, changes=Command.PRINT_LABEL))


def _add_number(command: argparse.ArgumentParser) -> None:
    command.add_argument("number", metavar=_("NUMBER"), type=a_text, help=_("tracking number"))
