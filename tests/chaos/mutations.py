"""Write paths with one promise broken each: what the judge must find. None of them is a switch of the kiosk itself."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.api.lockers import LockersApi
from kiosk.desk.requests import Wanted, WritePath
from kiosk.desk.writes import WRITES, Outcome, Reserve, Write
from kiosk.errors import NotSentError
from kiosk.parcels.events import WriteAsked
from kiosk.parcels.parcel import OpenWrite, Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import Operation
from kiosk.parcels.steps import Step
from tests.chaos.habits import STRAIGHT, USUAL, Habits


class JournalsAfterSending(WritePath):
    """The intent reaches the disk only with the answer."""

    async def perform(self, parcel: Parcel, wanted: Wanted, person: Person, step: Step | None) -> Parcel:
        del step  # its row would be looked at in the transaction that this one leaves out
        asked = WriteAsked(
            intent_id=secrets.token_hex(8),
            owner=self._journal.owner.name,
            user_id=person.user_id,
            operation=wanted.operation,
            place=wanted.place,
            expiry=wanted.expiry,
            parcels=wanted.parcels,
        )
        write = OpenWrite(**asked.model_dump())
        async with self._locks[parcel.parcel_id]:
            outcome = await WRITES[wanted.operation].send(self._api, parcel, write)
            parcel = await self._journal.append(parcel.parcel_id, asked, person)
            return await self._done(parcel, outcome, person)


class ReserveAny(Reserve):
    """Asks for any unit of the size instead of for one unit."""

    async def send(self, api: LockersApi, parcel: Parcel, write: OpenWrite) -> Outcome:
        anywhere = write.place.model_copy(update={"locker_unit_id": ""})
        return await super().send(api, parcel, write.model_copy(update={"place": anywhere}))


class TakesLostForFailed(WritePath):
    """Believes that what was not answered was not done."""

    async def _settle(self, parcel: Parcel, person: Person, waits: tuple[float, ...]) -> Parcel:
        del waits
        lost = NotSentError("No answer, so it did not happen.")
        await self._failed(parcel, lost, person)
        raise lost


@dataclass(frozen=True)
class Mutation:
    """What is broken, and what shows it."""

    write_path: type[WritePath] = WritePath
    writes: Mapping[Operation, Write] = field(default_factory=dict)
    """Operations that are sent in another way."""
    lenient: bool = False
    """Whether the service lets a number hold several units: no page says that it refuses."""
    habits: Habits = USUAL
    collects: bool = True
    """Whether recipients come."""


MUTATIONS = {
    "": Mutation(),
    "journal-after-sending": Mutation(JournalsAfterSending),
    "lost-is-failed": Mutation(TakesLostForFailed),
    "reserve-by-size": Mutation(
        writes={Operation.RESERVE: ReserveAny()}, lenient=True, habits=STRAIGHT, collects=False
    ),
    "lenient": Mutation(lenient=True, habits=STRAIGHT, collects=False),
}
"""By name; the empty one and `lenient`, the control of `reserve-by-size`, break nothing of ours."""
