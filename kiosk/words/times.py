"""How times read: of day, of a day and a time, for tables. Local time always."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


def local_time(moment: datetime) -> str:
    """Return a time as people at the desk read it."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")
