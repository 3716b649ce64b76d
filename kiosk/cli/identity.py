"""Who is at the console or runs a command, and from where.

The name comes from the key or the account, never from a variable: LOGNAME, USER and SUDO_USER are whatever somebody
sets. At the console over SSH the forced command names the person (`--as`, see `deploy/ssh/README.md`), and only the
settings give a role.
"""

from __future__ import annotations

import os
import pwd
from collections.abc import Mapping
from typing import NamedTuple

from kiosk.parcels.people import Person
from kiosk.parcels.states import LOCAL, Role
from kiosk.settings import Settings
from kiosk.words.plain import shorten

LONGEST_NAME = 64


class Login(NamedTuple):
    """Somebody who asks for the console."""

    person: Person
    is_let_in: bool
    """Whether the person has a role; who has none is turned away, and recorded as that."""


def identify(settings: Settings, named: str | None, environ: Mapping[str, str]) -> Login:
    """Return who asks: `named` by the key, else the account.

    The settings' roles decide. Only somebody without a name of a key, at the machine itself, in the account that owns
    the data folder, is an admin without being listed: that account reads every file anyway.
    """
    name, origin = shorten(named, LONGEST_NAME) if named else _account(), _origin(environ)
    role = settings.console.roles.get(name)
    if role is None and not named and origin == LOCAL and _owns(settings):
        role = Role.ADMIN
    person = Person(name=name, role=role or Role.VIEWER, user_id=settings.user_id, origin=origin)
    return Login(person, role is not None)


def owner(settings: Settings, environ: Mapping[str, str]) -> Person:
    """Return who runs a command: whoever may do that in the desk's account owns the desk."""
    return Person(name=_account(), role=Role.OWNER, user_id=settings.user_id, origin=_origin(environ))


def is_account(name: str) -> bool:
    """Tell whether an account of this machine has that name."""
    try:
        pwd.getpwnam(name)
    except (KeyError, ValueError):  # ValueError: a name with a null in it
        return False
    return True


def _account() -> str:
    """Return the account that runs this by its name, as the system knows it; under sudo that is root."""
    try:
        return shorten(pwd.getpwuid(os.getuid()).pw_name, LONGEST_NAME)
    except KeyError:
        return str(os.getuid())


def _origin(environ: Mapping[str, str]) -> str:
    """Return the address that an SSH connection came from."""
    connection = environ.get("SSH_CONNECTION", "").split()
    return shorten(connection[0], LONGEST_NAME) if connection else LOCAL


def _owns(settings: Settings) -> bool:
    """Tell whether the data folder is this account's, or will be when it is made."""
    try:
        return settings.data_dir.stat().st_uid == os.getuid()
    except FileNotFoundError:
        return True
    except OSError:
        return False
