"""What is kept of a crash for the app that follows, and how many crashes are too many. Values only."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final, NamedTuple, Self

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel

TOO_MANY: Final = 3
WITHIN_SECONDS: Final = 60.0


class Crash(NamedTuple):
    """What the crashed app was showing."""

    number: str
    """Of the parcel on the screen; empty where there was none."""
    theme: str

    @classmethod
    def of(cls, parcel: Parcel | None, theme: str) -> Self:
        """Return what is kept of an app that had this parcel on its screen."""
        return cls(parcel.tracking_number if parcel is not None else "", theme)


class Crashes:
    """When the latest crashes were, in seconds on the clock of the system."""

    def __init__(self) -> None:
        self._at: deque[float] = deque(maxlen=TOO_MANY)

    def one_more(self, at: float) -> bool:
        """Count one, and tell whether that is one too many in so short a time."""
        self._at.append(at)
        return len(self._at) == TOO_MANY and at - self._at[0] <= WITHIN_SECONDS

    def forget(self) -> None:
        """Begin to count anew: somebody has looked into it."""
        self._at.clear()
