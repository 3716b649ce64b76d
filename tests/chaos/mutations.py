"""Write paths with one promise broken each: what the judge must find. None of them is a switch of the kiosk itself."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

from kiosk.desk.requests import WritePath
from kiosk.desk.writes import Reserve
from kiosk.errors import AnswerLostError, NotSentError
from kiosk.parcels.events import WriteAsked
from kiosk.parcels.parcel import OpenWrite
from kiosk.parcels.states import Operation
from tests.chaos.clerk import USUAL, Habits

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from kiosk.api.lockers import LockersApi
    from kiosk.desk.writes import Outcome
    from kiosk.journal.store import Actor
    from kiosk.parcels.parcel import Parcel, UnitPlace


class JournalsAfterSending(WritePath):
    """The intent reaches the disk only with the answer."""

    async def perform(
        self,
        parcel: Parcel,
        operation: Operation,
        place: UnitPlace,
        actor: Actor,
        *,
        expiry: datetime | None = None,
        parcels: tuple[str, ...] = (),
    ) -> Parcel:
        asked = WriteAsked(
            intent_id=secrets.token_hex(8),
            owner=self._journal.owner.name,
            operation=operation,
            place=place,
            expiry=expiry,
            parcels=parcels,
        )
        write = OpenWrite(**asked.model_dump())
        async with self._locks[parcel.parcel_id]:
            outcome = await self._writes[operation].send(self._api, parcel, write)
            await self._journal.append(parcel.parcel_id, asked, actor)
            return await self._record(parcel, outcome, actor)


class ReservesBySize(WritePath):
    """Asks for any unit of the size instead of for one unit."""

    def __init__(self, *parts: Any, user_id: str, **more: Any) -> None:
        super().__init__(*parts, user_id=user_id, **more)
        self._writes[Operation.RESERVE] = _ReserveAny(user_id)


class _ReserveAny(Reserve):
    async def send(self, api: LockersApi, parcel: Parcel, write: OpenWrite) -> Outcome:
        anywhere = write.place.model_copy(update={"locker_unit_id": ""})
        return await super().send(api, parcel, write.model_copy(update={"place": anywhere}))


class TakesLostForFailed(WritePath):
    """Believes that what was not answered was not done."""

    async def _settle(self, parcel: Parcel, actor: Actor, waits: tuple[float, ...]) -> Parcel:
        del waits
        lost = NotSentError("No answer, so it did not happen.")
        await self._failed(parcel, lost, actor)
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
    "reserve-by-size": Mutation(ReservesBySize, LateRequests, lenient=True, habits=STRAIGHT, collects=False),
    "late-requests": Mutation(WritePath, LateRequests, lenient=True, habits=STRAIGHT, collects=False),
}
"""By name; the empty one and `late-requests`, the other one's control, break nothing of ours."""
