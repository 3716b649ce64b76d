"""The arguments of the commands about parcels that leave otherwise than at the locker; they are in leaving.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.cli.parsers import add_reason, command
from kiosk.cli.values import a_text, an_id, some_days
from kiosk.words.language import _

if TYPE_CHECKING:
    from kiosk.cli.parsers import Commands

CHECKS = {"badge": "badge", "document": "document", "known": "known", "none": "not_checked"}
"""What --checked takes, and the code that is recorded (`IdentityCheck`)."""


def add_leaving(commands: Commands) -> None:
    """Add the commands."""
    about = _("record that parcels were given out at the desk, and give their lockers back")
    handover = command(commands, "handover", "leaving:hand_over", about)
    handover.add_argument("numbers", metavar=_("NUMBER"), nargs="+", type=a_text, help=_("tracking number"))
    handover.add_argument("--to", required=True, metavar=_("NAME"), type=a_text, help=_("who took them"))
    about = _("how it was checked who that is")
    handover.add_argument("--checked", required=True, choices=tuple(CHECKS), help=about)
    about = _("the name as whoever took them signed it")
    handover.add_argument("--signature", default="", metavar=_("NAME"), type=a_text, help=about)
    add_reason(handover)

    about = _("list what lies in lockers and was not collected in time, in walking order")
    expired = command(commands, "expired", "leaving:expired", about)
    about = _("also what expires within so many days; default: 1")
    expired.add_argument("--days", metavar=_("DAYS"), type=some_days, default=1.0, help=about)
    expired.add_argument("--bank", metavar=_("ID"), type=an_id, help=_("only this locker bank"))

    about = _("list what leaves with a carrier, by where it goes, and what left today")
    command(commands, "outgoing", "leaving:outgoing", about)
