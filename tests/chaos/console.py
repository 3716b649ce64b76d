"""An operator at a console on a desk's folder, who repairs all the time: each repair with a reason."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

from kiosk.errors import KioskError, StorageError
from kiosk.parcels.listing import ParcelFilter
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role
from kiosk.parcels.steps import Step
from kiosk.wiring import Services

PERSON = Person(name="night shift", role=Role.OPERATOR, user_id="operator@example.com", origin="192.0.2.7")
REASON = "seen at the locker"
REPAIRS_EVERY_SECONDS = 0.15
CHANCES = {
    Step.FREE_SECOND_UNIT: 1.0,
    Step.RENEW_CODE: 0.3,
    Step.EXTEND: 0.4,
    Step.TAKE_OUT: 0.15,
    Step.TAKE_OFF_SHELF: 0.3,
}
"""How likely each repair is, of a parcel that the operator looks at and for which it is offered."""


class Operator:
    """Looks at one parcel after the other, and mends what can be mended, whether it must be or not."""

    def __init__(self, services: Services, rng: random.Random) -> None:
        self._services = services
        self._rng = rng
        corrections = services.desk.corrections
        self._ways: dict[Step, Callable[[Parcel], Awaitable[object]]] = {
            Step.FREE_SECOND_UNIT: lambda parcel: corrections.free_second_unit(parcel, REASON, PERSON),
            Step.RENEW_CODE: lambda parcel: corrections.renew_code(parcel, REASON, PERSON),
            Step.EXTEND: lambda parcel: corrections.extend(parcel, rng.randint(2, 90), REASON, PERSON),
            Step.TAKE_OUT: lambda parcel: corrections.take_out(parcel, REASON, PERSON),
            Step.TAKE_OFF_SHELF: lambda parcel: corrections.take_off_shelf(parcel, REASON, PERSON),
        }

    async def work(self) -> None:
        """Repair until the process is killed."""
        while True:
            await asyncio.sleep(REPAIRS_EVERY_SECONDS)
            try:
                await self._look_at_one()
            except StorageError:
                raise
            except KioskError:
                continue

    async def _look_at_one(self) -> None:
        parcels = await self._services.queries.console.parcels(ParcelFilter())
        if not parcels:
            return
        parcel = self._rng.choice(parcels)
        offered = self._services.desk.offers(parcel, PERSON)
        for step, chance in CHANCES.items():
            if step in offered and self._rng.random() < chance:
                await self._ways[step](parcel)
                return
