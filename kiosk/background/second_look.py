"""A second look after each deposit, whichever front end recorded it: whether one unit only holds the number.

It is no step of the intake, so nobody waits for it; a process that ends gives it a moment.
"""

from __future__ import annotations

import asyncio
import logging

from kiosk.desk.findings import Findings
from kiosk.errors import KioskError
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person

_log = logging.getLogger(__name__)

AT_THE_END_SECONDS = 5.0
"""How long a process that ends waits for the looks that are under way."""


class SecondLook:
    """Looks at each deposited parcel once."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._under_way: set[asyncio.Task[None]] = set()

    def deposited(self, parcel: Parcel, person: Person) -> None:
        """Look at a parcel that was put in a moment ago, without anybody waiting."""
        look = asyncio.create_task(self._look(parcel, person))
        # The event loop holds a task weakly: without this the look could be collected before it ends.
        self._under_way.add(look)
        look.add_done_callback(self._under_way.discard)

    async def finish(self) -> None:
        """Wait a moment for the looks that are under way; what is not done by then is left out."""
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=AT_THE_END_SECONDS)
            for look in late:
                look.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _look(self, parcel: Parcel, person: Person) -> None:
        try:
            await self._findings.check(parcel, person)
        except KioskError as error:
            _log.warning("second look: %s", error)
