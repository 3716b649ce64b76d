"""The section `[console]`: the operator's console."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kiosk.parcels.states import Role
from kiosk.settings.section import Section


ConsoleRole = Literal[Role.VIEWER, Role.OPERATOR, Role.ADMIN]
"""The roles that somebody can have at the console; clerk and owner are at the desk."""


class Console(Section):
    """Who may use the operator's console."""

    roles: dict[str, ConsoleRole] = Field(default_factory=dict)
    """By the name of the key or of the login. Over SSH a name without a role is refused."""
