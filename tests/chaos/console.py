"""An operator at a console on a desk's folder, who repairs all the time: each repair with a reason."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

from kiosk.errors import KioskError, StorageError
from kiosk.parcels.listing import ParcelFilter
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import IdentityCheck, Role
from kiosk.parcels.steps import Step
from kiosk.wiring import Services
from tests.chaos.boxes import Boxes
from tests.chaos.case import Where
from tests.chaos.hands import put_away

PERSON = Person(name="night shift", role=Role.OPERATOR, user_id="operator@example.com", origin="192.0.2.7")
REASON = "seen at the locker"
REPAIRS_EVERY_SECONDS = 0.15
CHANCES = {
    Step.FREE_SECOND_UNIT: 1.0,
    Step.RENEW_CODE: 0.3,
    Step.EXTEND: 0.4,
    Step.TAKE_OUT: 0.15,
    Step.TAKE_OFF_SHELF: 0.3,
    Step.HAND_OVER: 0.05,
    Step.CLEAR: 0.05,
}
"""How likely each repair is, of a parcel that the operator looks at and for which it is offered."""


class Operator:
    """Looks at one parcel after the other, and mends what can be mended, whether it must be or not."""

    def __init__(self, services: Services, boxes: Boxes, rng: random.Random) -> None:
        self._services = services
        self._rng = rng
        self._boxes = boxes
        corrections = services.desk.corrections
        self._ways: dict[Step, Callable[[Parcel], Awaitable[object]]] = {
            Step.FREE_SECOND_UNIT: lambda parcel: corrections.free_second_unit(parcel, REASON, PERSON),
            Step.RENEW_CODE: lambda parcel: corrections.renew_code(parcel, REASON, PERSON),
            Step.EXTEND: lambda parcel: corrections.extend(parcel, rng.randint(2, 90), REASON, PERSON),
            Step.TAKE_OUT: self._take_out,
            Step.TAKE_OFF_SHELF: lambda parcel: corrections.take_off_shelf(parcel, REASON, PERSON),
            Step.HAND_OVER: self._hand_over,
            Step.CLEAR: self._clear,
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

    async def _take_out(self, parcel: Parcel) -> None:
        """Give a locker back whatever is in it; if it is there, somebody takes it out."""
        self._boxes.take(parcel.tracking_number)
        try:
            await self._services.desk.corrections.take_out(parcel, REASON, PERSON)
        finally:
            await self._put_away(parcel)

    async def _clear(self, parcel: Parcel) -> None:
        """Have somebody at the locker take a parcel out."""
        if self._boxes.take(parcel.tracking_number):
            try:
                await self._services.desk.corrections.clear(parcel, REASON, PERSON)
            finally:
                await self._put_away(parcel)

    async def _hand_over(self, parcel: Parcel) -> None:
        """Note that somebody gave a parcel out who could not reach the kiosk."""
        number, corrections = parcel.tracking_number, self._services.desk.corrections
        if self._boxes.take(number):
            self._boxes.is_leaving(number, Where.GIVEN)
            try:
                await corrections.hand_over(parcel, "J. Doe", IdentityCheck.KNOWN, REASON, PERSON)
                self._boxes.left(number)
            finally:
                await self._put_away(parcel)

    async def _put_away(self, parcel: Parcel) -> None:
        await put_away(self._boxes, self._services.queries, parcel.tracking_number)
