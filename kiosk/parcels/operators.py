"""Who is at the operator's console, from where, and what that person may do. Values only."""

from __future__ import annotations

from enum import StrEnum

from kiosk.parcels.base import Value


class Role(StrEnum):
    """What an operator may do, from least to most; each may do what those before it may."""

    VIEWER = "viewer"
    """Sees everything but pickup codes."""
    OPERATOR = "operator"
    """May also repair, with a reason."""
    ADMIN = "admin"
    """May also see a pickup code that waits for the clerk."""

    @property
    def may_repair(self) -> bool:
        """Tell whether repairs are there for this role at all."""
        return self is not Role.VIEWER

    @property
    def may_see_codes(self) -> bool:
        """Tell whether this role may look at a waiting pickup code."""
        return self is Role.ADMIN


class Repair(StrEnum):
    """What an operator can do about a parcel. The word is what the screens show."""

    FREE = "free"
    FREE_SECOND = "free second"
    """The other unit, of a parcel that holds two."""
    EXTEND = "extend"
    NEW_CODE = "new code"
    SEE_CODE = "see code"
    CLOSE = "close"
    """An attention item, with what was found or done about it."""
    RELEASE = "release"
    """From the shelf, back to the clerk."""


class Operator(Value):
    """One person at the console."""

    name: str
    """From the key or the account that logged in, never from what the client says."""
    role: Role
    origin: str
    """The address the SSH connection came from, or `local`."""
