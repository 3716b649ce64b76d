"""The arguments of `kiosk fleet`; what they ask for is done in modules of their own. A password is never among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.cli.parsers import command, group
from kiosk.cli.values import a_day, an_id, some_months
from kiosk.parcels.states import Command
from kiosk.words.language import _

if TYPE_CHECKING:
    import argparse

    from kiosk.cli.parsers import Commands

ADMINISTRATOR = "postgres"


def add_fleet(commands: Commands) -> None:
    """Add the commands."""
    parts = group(commands, "fleet", _("let several desks know of each other by a centre, a PostgreSQL server"))
    about = _("set the centre up that fleet.server names, or bring it up to date; desks go on meanwhile")
    init = command(parts, "init", "fleet:init", about, changes=Command.FLEET_INIT)
    add_admin(init)
    about = _("for how many months names can be read at the centre; default: as it is set there, at first 6")
    init.add_argument("--personal-months", metavar=_("MONTHS"), type=some_months, help=about)
    about = _("let this desk in at the centre, or a console over several desks; again: with a new password")
    join = command(parts, "join", "fleet:join", about, changes=Command.FLEET_JOIN)
    which = join.add_mutually_exclusive_group(required=True)
    about = _("join as a desk of this site; desks of one site hear of all its parcels")
    which.add_argument("--site", metavar=_("SITE"), type=an_id, help=about)
    about = _("let a console in from this machine, under this name")
    which.add_argument("--console", metavar=_("NAME"), type=an_id, help=about)
    about = _("which sites the console sees; default: every one")
    join.add_argument("--sites", metavar=_("SITE"), type=an_id, nargs="+", default=(), help=about)
    add_admin(join)
    about = _("tell what this desk and the centre know of each other")
    command(parts, "status", "fleet_status:run", about)
    _add_heads(parts)
    about = _("prove what the centre keeps by a console's login: chains, heads, and the roots that desks wrote down")
    command(parts, "verify", "fleet_heads:verify", about)
    about = _("let this desk go on whose journal was replaced by an older copy, and list what only the centre knows")
    add_admin(command(parts, "rejoin", "fleet_rejoin:run", about, changes=Command.FLEET_REJOIN))


def _add_heads(parts: Commands) -> None:
    about = _("print the heads that the centre has of this desk, for `kiosk journal verify --against -`")
    heads = command(parts, "heads", "fleet_heads:heads", about)
    about = _("print those of all desks on this day (UTC), by a console's login")
    heads.add_argument("--day", metavar=_("YYYY-MM-DD"), type=a_day, help=about)


def add_admin(command: argparse.ArgumentParser) -> None:
    """Let a command ask as whom it logs in."""
    about = _("the role of the server's administrator, whose password is asked for; default: {role}")
    command.add_argument(
        "--admin", metavar=_("NAME"), type=an_id, default=ADMINISTRATOR, help=about.format(role=ADMINISTRATOR)
    )
