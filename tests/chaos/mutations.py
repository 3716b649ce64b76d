"""Write paths with one promise broken each: what the judge must find. None of them is a switch of the kiosk itself."""

from __future__ import annotations

import secrets

from kiosk.desk.requests import WritePath
from kiosk.desk.writes import WRITES
from kiosk.desk.writes.wanted import Wanted
from kiosk.parcels.events import Event, WriteAsked
from kiosk.parcels.parcel import OpenWrite, Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.steps import Step


class JournalsAfterSending(WritePath):
    """The intent reaches the disk only with the answer."""

    async def perform(
        self, parcel: Parcel, wanted: Wanted, person: Person, step: Step | None, *, behind: Event | None = None
    ) -> Parcel:
        del step, behind  # they would go into the transaction that this one leaves out
        asked = WriteAsked(
            intent_id=secrets.token_hex(8),
            owner=self._journal.owner.name,
            user_id=person.user_id,
            operation=wanted.operation,
            place=wanted.place,
            expiry=wanted.expiry,
            parcels=wanted.parcels,
            ends_intake=wanted.ends_intake,
        )
        write = OpenWrite(**asked.model_dump())
        async with self._locks[parcel.parcel_id]:
            outcome = await WRITES[wanted.operation].send(self._sending(parcel, write))
            parcel = await self._journal.append(parcel.parcel_id, asked, person)
            return await self._done(parcel, outcome, person)


MUTATIONS: dict[str, type[WritePath]] = {
    "": WritePath,
    "journal-after-sending": JournalsAfterSending,
}
"""By name; the empty one breaks nothing. Other broken promises end as findings, which the run counts as told."""
