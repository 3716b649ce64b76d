"""Where an operator can be taken: the pages that a digit opens, and what is opened from them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from kiosk.parcels.parcel import Parcel


class Page(StrEnum):
    """The pages; each is made once and kept as it was left. The value stands in the action of its key."""

    OVERVIEW = "overview"
    BANKS = "banks"
    PARCELS = "parcels"
    ATTENTION = "attention"
    JOURNAL = "journal"
    KIOSK = "kiosk"
    SESSIONS = "sessions"


@dataclass(frozen=True, slots=True)
class ShowParcel:
    """Show one parcel with its history."""

    parcel: Parcel


@dataclass(frozen=True, slots=True)
class ShowEvent:
    """Show one event of the journal in full."""

    sequence: int


ConsoleDestination: TypeAlias = ShowParcel | ShowEvent
"""The screens that lie above a page; each is made when it is wanted."""
