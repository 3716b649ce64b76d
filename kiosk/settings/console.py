"""The section `[console]`: the operator's console."""

from __future__ import annotations

from pydantic import Field

from kiosk.parcels.operators import Role
from kiosk.settings.section import Section


class Console(Section):
    """Who may use the operator's console."""

    roles: dict[str, Role] = Field(default_factory=dict)
    """By the name of the key or of the login. Over SSH a name without a role is refused."""
