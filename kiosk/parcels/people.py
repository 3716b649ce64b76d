"""Who does something: a value that goes with each call, into the event and into the request; who may. Values only."""

from __future__ import annotations

from kiosk.parcels.base import Value
from kiosk.parcels.states import LOCAL, Role


class Person(Value):
    """Who stands at the desk, sits at the console or runs a command."""

    name: str
    """As it stands in the journal: from the key or the account that logged in, never from what a client says."""
    role: Role
    user_id: str = ""
    """As whom the person writes to the API (`userId`)."""
    origin: str = LOCAL
    """The address the SSH connection came from, or `local`."""
    language: str = ""
    """What the screens speak to them, as a code; empty for the desk's language."""


DESK_ROLES = (Role.CLERK, Role.ADMIN)
"""The roles of those who sign in at the desk."""


class ListedPerson(Value):
    """Somebody who may sign in at the desk."""

    person_id: str
    name: str
    role: Role
    user_id: str = ""
    """As whom the person writes to the API; empty for the desk's own `userId`."""
    language: str = ""
    """What the screens speak to them, as a code; empty for the desk's language."""
    has_pin: bool = False
    has_badge: bool = False
