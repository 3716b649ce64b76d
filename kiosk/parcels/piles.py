"""The piles of parcels that wait for somebody at the desk: their codes.

What lies in a pile is asked in `kiosk/journal/home.py`. Standard library only: a front end reads a code without loading
anything.
"""

from __future__ import annotations

from enum import StrEnum


class Pile(StrEnum):
    """Parcels with which the same is to be done next."""

    IN_HAND = "in_hand"
    """Scanned, and waiting for a recipient or a locker."""
    UNFINISHED = "unfinished"
    """Somebody still has to do something about them: those in hand, and all others."""
    CODE_TO_SHOW = "code_to_show"
    """Nobody has seen the pickup code yet."""
    LOCKER_FREE = "locker_free"
    """On the shelf for want of a locker, and one that fits is free."""
    EXPIRED = "expired"
    """In a locker, and not collected in time."""
