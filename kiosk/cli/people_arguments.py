"""The arguments of `kiosk people`; the commands are in people.py. A PIN and a badge are never among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.cli.parsers import command, group
from kiosk.cli.values import a_text, an_id
from kiosk.parcels.states import Command, Role
from kiosk.words.language import _

if TYPE_CHECKING:
    import argparse

    from kiosk.cli.parsers import Commands

ROLES = (Role.CLERK.value, Role.ADMIN.value)


def add_people(commands: Commands) -> None:
    """Add the commands."""
    parts = group(commands, "people", _("say who may sign in at the desk"))
    command(parts, "list", "people:list_people", _("list who may sign in at the desk"))
    about = _("let somebody sign in: asks for a PIN and a badge, or reads a line for each from standard input")
    add = command(parts, "add", "people:add", about, changes=Command.PEOPLE_ADD)
    _add_name(add)
    add.add_argument("--role", choices=ROLES, default=ROLES[0], help=_("default: {role}").format(role=ROLES[0]))
    _add_user(add, _("as whom they write to the locker service (userId); default: desk.user_id"))
    _add_language(add)
    about = _("change what is given; a PIN or a badge is asked for, or read from standard input")
    change = command(parts, "change", "people:change", about, changes=Command.PEOPLE_CHANGE)
    _add_name(change)
    change.add_argument("--name", dest="new_name", metavar=_("NAME"), type=a_text, help=_("another name"))
    change.add_argument("--role", choices=ROLES, help=_("another role"))
    _add_user(change, _("as whom they write to the locker service (userId)"))
    _add_language(change)
    change.add_argument("--pin", action="store_true", help=_("ask for a new PIN"))
    change.add_argument("--badge", action="store_true", help=_("ask for a new badge"))
    about = _("let somebody not sign in any more; PIN and badge are deleted")
    _add_name(command(parts, "remove", "people:remove", about, changes=Command.PEOPLE_REMOVE))


def _add_name(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", metavar=_("NAME"), type=a_text, help=_("name, as the screens show it"))


def _add_user(command: argparse.ArgumentParser, about: str) -> None:
    command.add_argument("--user", metavar=_("ID"), type=an_id, help=about)


def _add_language(command: argparse.ArgumentParser) -> None:
    about = _("what the screens speak to them, such as de; an empty text: the desk's language")
    command.add_argument("--language", metavar=_("CODE"), help=about)
