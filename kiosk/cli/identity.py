"""Who is at the console, and from where. A name comes from the key or the account that logged in, not from the client.

Over SSH the forced command names the person (`--as`, see `deploy/ssh/README.md`), and only the settings give a role.
"""

from __future__ import annotations

import os
import pwd
from collections.abc import Mapping
from typing import NamedTuple

from kiosk.parcels.people import LOCAL, Person
from kiosk.parcels.states import Role
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
    connection = environ.get("SSH_CONNECTION", "").split()
    name = shorten(named or _account(), LONGEST_NAME)
    role = settings.console.roles.get(name)
    if role is None and not named and not connection and _owns(settings):
        role = Role.ADMIN
    origin = shorten(connection[0], LONGEST_NAME) if connection else LOCAL
    person = Person(name=name, role=role or Role.VIEWER, user_id=settings.user_id, origin=origin)
    return Login(person, role is not None)


def _account() -> str:
    """Return the name of the account that runs this, as the system knows it, not as variables say it."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def _owns(settings: Settings) -> bool:
    """Tell whether the data folder is this account's, or will be when it is made."""
    try:
        return settings.data_dir.stat().st_uid == os.getuid()
    except FileNotFoundError:
        return True
    except OSError:
        return False
