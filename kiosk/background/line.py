"""Looks whether the connection is back, every ten seconds while it is down and something waits for it.

One that comes and goes is looked at less and less often: each time it is there, what is in doubt is asked for too, and
the plan's calls of a day would be used up in a minute.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress

from kiosk.desk.activity import Activity
from kiosk.desk.shelf import Shelf
from kiosk.errors import ApiError
from kiosk.journal.home import WAITS_FOR_A_LOCKER
from kiosk.journal.store import Journal
from kiosk.parcels.parcel import Parcel

LOOK_EVERY_SECONDS = 10.0
LONGEST_SECONDS = 300.0
"""Between two looks at a connection that comes and goes."""


class WatchLine:
    """Asks one cheap question; whoever waits hears of the answer by the `Activity` (open writes are settled by it)."""

    def __init__(
        self, activity: Activity, journal: Journal, shelf: Shelf, ask: Callable[[], Awaitable[object]]
    ) -> None:
        self._activity = activity
        self._journal = journal
        self._shelf = shelf
        self._ask = ask
        self._knew_it = False
        """The connection was down at the last round already."""
        self._something_waits = False
        self._was_there = False
        """The last look found the connection there."""
        self._wait = LOOK_EVERY_SECONDS

    @property
    def is_worth_it(self) -> bool:
        """Tell whether the connection went down since the last round."""
        return self._activity.is_down and not self._knew_it

    def sooner(self) -> float | None:
        """Return after how many seconds to look again, while there is a reason."""
        return self._wait if self._activity.is_down and self._something_waits else None

    async def run(self) -> None:
        """Look once if the connection is down and something waits; raises StorageError."""
        self._knew_it = self._activity.is_down
        was_there, self._was_there = self._was_there, False
        if not self._activity.is_down:
            self._wait = LOOK_EVERY_SECONDS
            return
        self._something_waits = any(map(_waits, await self._journal.unfinished()))
        if not self._something_waits:
            return
        if was_there:  # and gone with the next call
            self._wait = min(2 * self._wait, LONGEST_SECONDS)
            return
        with suppress(ApiError):
            await self._ask()
        if self._activity.online:
            self._knew_it, self._was_there = False, True
            with suppress(ApiError):
                await self._shelf.look_for_room()


def _waits(parcel: Parcel) -> bool:
    """Tell whether a parcel can go on only with a connection."""
    waits_on_shelf = parcel.shelf_reason in WAITS_FOR_A_LOCKER
    return parcel.is_in_doubt or parcel.is_in_hand or parcel.is_reserved or waits_on_shelf
