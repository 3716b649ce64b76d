"""Write paths with one promise broken each: what the judge must find. None of them is a switch of the kiosk itself."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import httpx

from kiosk.desk.requests import WritePath
from kiosk.desk.writes import WRITES
from kiosk.desk.writes.reserve import Reserve
from kiosk.desk.writes.sending import Outcome, Sending, Write
from kiosk.desk.writes.wanted import Wanted
from kiosk.errors import AnswerLostError, NotSentError
from kiosk.parcels.events import WriteAsked
from kiosk.parcels.lockers import LockerUnit
from kiosk.parcels.parcel import OpenWrite, Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import Operation
from kiosk.parcels.steps import Step
from tests.chaos.clerk import USUAL, Habits


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
            outcome = await WRITES[wanted.operation].send(self._sending(parcel, write))
            parcel = await self._journal.append(parcel.parcel_id, asked, person)
            return await self._done(parcel, outcome, person)


class ReserveAny(Reserve):
    """Asks for any unit of the size instead of for one unit."""

    async def send(self, sending: Sending, unit: LockerUnit | None = None) -> Outcome:
        anywhere = sending.place.model_copy(update={"locker_unit_id": ""})
        write = sending.write.model_copy(update={"place": anywhere})
        return await super().send(sending._replace(write=write), unit)


class TakesLostForFailed(WritePath):
    """Believes that what was not answered was not done."""

    async def _settle(self, parcel: Parcel, person: Person, waits: tuple[float, ...]) -> Parcel:
        del waits
        lost = NotSentError("No answer, so it did not happen.")
        await self._failed(parcel, lost, person)
        raise lost


class LateRequests(httpx.AsyncBaseTransport):
    """A line on which every third reservation arrives only after the kiosk gave up waiting for it."""

    ARRIVES_AFTER_SECONDS = 0.15

    def __init__(self) -> None:
        self._wire = httpx.AsyncHTTPTransport()
        self._reservations = 0
        self._late: set[asyncio.Task[None]] = set()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/reserve"):
            self._reservations += 1
            if self._reservations % 3 == 1:
                task = asyncio.create_task(self._deliver(request))
                self._late.add(task)
                task.add_done_callback(self._late.discard)
                raise httpx.ReadTimeout("no answer in time", request=request)
        return await self._wire.handle_async_request(request)

    async def aclose(self) -> None:
        await asyncio.gather(*self._late)
        await self._wire.aclose()

    async def _deliver(self, request: httpx.Request) -> None:
        await asyncio.sleep(self.ARRIVES_AFTER_SECONDS)
        try:
            answer = await self._wire.handle_async_request(request)
            await answer.aread()
            await answer.aclose()
        except (httpx.RequestError, httpx.StreamError, AnswerLostError):
            return


STRAIGHT = Habits(problems=0, blocked=0, cancels=0)
"""Nothing is given back: a unit that became free within the lateness of a reservation would be taken by it."""


@dataclass(frozen=True)
class Mutation:
    """What is broken, and on which line that shows."""

    write_path: type[WritePath] = WritePath
    writes: Mapping[Operation, Write] = field(default_factory=dict)
    """Operations that are sent in another way."""
    line: Callable[[], httpx.AsyncBaseTransport] | None = None
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
        writes={Operation.RESERVE: ReserveAny()}, line=LateRequests, lenient=True, habits=STRAIGHT, collects=False
    ),
    "late-requests": Mutation(line=LateRequests, lenient=True, habits=STRAIGHT, collects=False),
}
"""By name; the empty one and `late-requests`, the other one's control, break nothing of ours."""
