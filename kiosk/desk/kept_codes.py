"""Pickup codes that were seen: for a few minutes a clerk can have one shown again, then they are deleted."""

from __future__ import annotations

import time
from collections.abc import Callable

from pydantic import SecretStr

from kiosk.clock import Clock
from kiosk.desk.intake import Intake
from kiosk.desk.permission import allowed
from kiosk.journal.codes import KeptCode
from kiosk.journal.store import Journal
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.steps import Step


class KeptCodes:
    """The codes that were confirmed as seen a short while ago.

    One is due when its time on the clock is over, and also once this process has kept it for as long as that time: a
    clock that was set back keeps nothing for ever.
    """

    def __init__(
        self, journal: Journal, intake: Intake, clock: Clock, *, lived: Callable[[], float] = time.monotonic
    ) -> None:
        self._journal = journal
        self._intake = intake
        self._clock = clock
        self._lived = lived
        self._noticed: dict[KeptCode, float] = {}
        """Since when this process knows of each code that is kept, in seconds that no clock changes."""

    async def is_kept(self, parcel: Parcel) -> bool:
        """Tell whether the parcel's code can be shown again."""
        await self.drop_due()
        return any(each.parcel_id == parcel.parcel_id for each in self._noticed)

    async def show_again(self, parcel: Parcel, person: Person) -> SecretStr | None:
        """Return the code that was seen before, and record who had it shown; None where it is kept no longer.

        Raises InDoubtError while the deposit of another parcel in the same unit may have replaced it.
        """
        # For what it raises only: what waits is not the code that was seen.
        await self._intake.pickup_code(parcel)
        await self.drop_due()
        return await self._journal.show_kept_code(
            parcel.parcel_id, person, allowed=allowed(Step.SHOW_CODE_AGAIN, person)
        )

    async def drop_due(self) -> None:
        """Delete every code whose time is over."""
        now, lived = self._clock.now(), self._lived()
        self._noticed = {each: self._noticed.get(each, lived) for each in await self._journal.kept_codes()}
        due = [
            each
            for each, since in self._noticed.items()
            if each.keep_until <= now or lived - since >= (each.keep_until - each.seen_at).total_seconds()
        ]
        if due:
            await self._journal.drop_codes(due)
            self._noticed = {each: since for each, since in self._noticed.items() if each not in due}
