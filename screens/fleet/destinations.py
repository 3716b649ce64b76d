"""Where somebody who looks at all desks can be taken: the pages that a digit opens, and what is opened from them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from kiosk.fleet.finding import FleetParcel
    from kiosk.fleet.records import FleetRecord


class FleetPage(StrEnum):
    """The pages; each is made once and kept as it was left. The value stands in the action of its key."""

    DESKS = "desks"
    PARCELS = "parcels"
    JOURNAL = "journal"
    LOCKERS = "lockers"
    ALARMS = "alarms"


@dataclass(frozen=True, slots=True)
class ShowFleetParcel:
    """Show what happened to a parcel at every desk that had its number."""

    parcel: FleetParcel


@dataclass(frozen=True, slots=True)
class ShowFleetEvent:
    """Show one event in full."""

    record: FleetRecord


FleetDestination: TypeAlias = ShowFleetParcel | ShowFleetEvent
"""The screens that lie above a page; each is made when it is wanted."""
