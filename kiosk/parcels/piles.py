"""The piles of parcels that wait for somebody at the desk: their codes.

What lies in a pile is asked in `kiosk/journal/home.py`. Standard library only: a front end reads a code without loading
anything.
"""

from __future__ import annotations

from enum import StrEnum


class Pile(StrEnum):
    """Parcels with which the same is to be done next."""

    INTAKE = "intake"
    """Their intake is not over: scanned, on the way into a locker, or with a code that nobody has seen yet."""
    UNFINISHED = "unfinished"
    """Somebody still has to do something about them: whose intake is not over, and all others."""
    CODE_TO_SHOW = "code_to_show"
    """Nobody has seen the pickup code yet."""
    LOCKER_FREE = "locker_free"
    """On the shelf for want of a locker, and one that fits is free."""
    EXPIRED = "expired"
    """In a locker, and not collected in time."""
    UNDELIVERABLE = "undeliverable"
    """No notice reached the recipient, and none is on its way: somebody has to ask for the address."""
