"""The section `[console]`: the operator's console."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from kiosk.parcels.states import Role
from kiosk.settings.paths import AbsolutePath
from kiosk.settings.section import Section, WrongValueError

_ROLES = (Role.VIEWER.value, Role.OPERATOR.value, Role.ADMIN.value)
"""The roles that somebody can have at the console; clerk and owner are at the desk."""


def _of_console(raw: object) -> object:
    if raw not in _ROLES:
        raise WrongValueError("setting_not_one_of", allowed=_ROLES)
    return raw


class Console(Section):
    """Who may use the operator's console, how often at once, and by which keys."""

    roles: dict[str, Annotated[Role, BeforeValidator(_of_console)]] = Field(default_factory=dict)
    """By the name of the key or of the login. Over SSH a name without a role is refused."""
    most_sessions: int = Field(3, ge=1, le=100)
    """So many sessions a person may have open; who has as many is not let in with a further one."""
    keys_file: AbsolutePath = Path("/etc/parcel-kiosk/authorized_keys")
    """The public keys that may log in over SSH, as `deploy/ssh/setup.sh` puts them."""
