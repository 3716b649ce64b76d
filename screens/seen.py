"""Whether a press can be meant for what a screen shows. Which screen that is, the app knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screens.base import ClerkScreen

SEEN_SECONDS = 0.5
"""How long a screen stands before a key or a tap can be meant for it.

A double press comes within 0.4 s, and nobody reads a screen and decides in less than half a second.
"""


def was_seen(screen: ClerkScreen, read_at: float) -> bool:
    """Tell whether a person can have seen the screen when a press was read, in seconds on the clock of the system."""
    return read_at >= screen.seen_since + SEEN_SECONDS
