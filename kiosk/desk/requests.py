"""The one write path. Nothing else in the kiosk sends a write to the API.

1. The intent is on the disk before the request leaves.
2. The request is sent once.
3. The outcome (done, failed, in doubt) is on the disk before anyone sees it.

What fell in doubt is settled by reading first and repeating the same request only if it was not done.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import defaultdict
from typing import TYPE_CHECKING, NoReturn

from kiosk.desk.writes import contact_of, writes
from kiosk.errors import (
    AnswerLostError,
    ApiError,
    InDoubtError,
    KioskError,
    NotAuthorizedError,
    NotSentError,
    ParcelElsewhereError,
    RefusedError,
    ReservationLapsedError,
    ThrottledError,
    WrongStateError,
)
from kiosk.parcels.events import (
    WriteAsked,
    WriteDelayed,
    WriteFailed,
    WriteFellInDoubt,
    WriteRepeated,
    WriteTakenOver,
)
from kiosk.parcels.parcel import Operation, ParcelState

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from kiosk.api.lockers import LockersApi
    from kiosk.desk.activity import Activity
    from kiosk.desk.writes import Outcome, Write
    from kiosk.journal.store import Actor, Journal
    from kiosk.parcels.parcel import OpenWrite, Parcel, UnitPlace

SETTLE_AFTER_SECONDS = (0.0, 1.0, 3.0)
"""When a lost answer is looked into while somebody waits; after that recovery goes on in the background."""


class WritePath:
    """Performs writes and settles those in doubt, one at a time for each parcel."""

    def __init__(
        self,
        api: LockersApi,
        journal: Journal,
        activity: Activity,
        *,
        user_id: str,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._api = api
        self._journal = journal
        self._activity = activity
        self._writes = writes(user_id)
        self._sleep = sleep
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def perform(  # noqa: PLR0913 - what an update shall lead to, given by name
        self,
        parcel: Parcel,
        operation: Operation,
        place: UnitPlace,
        actor: Actor,
        *,
        expiry: datetime | None = None,
        parcels: tuple[str, ...] = (),
    ) -> Parcel:
        """Do one write for a parcel and return the parcel after it.

        `expiry` and `parcels` are what an update shall lead to. Raises RefusedError or NotSentError when it was
        certainly not done, InDoubtError when that can't be found out now or a deposit can't be delivered yet,
        ParcelElsewhereError when the number turns out to be somebody else's.
        """
        async with self._locks[parcel.parcel_id]:
            current = await self._journal.parcel(parcel.parcel_id) or parcel
            if current.open_write is not None:
                raise InDoubtError(f"The {current.open_write.operation} of this parcel is not confirmed yet.")
            asked = WriteAsked(
                intent_id=secrets.token_hex(8),
                owner=self._journal.owner.name,
                operation=operation,
                place=place,
                expiry=expiry,
                parcels=parcels,
            )
            current = await self._journal.append(
                parcel.parcel_id, asked, actor, only_if=lambda known: _fits(known, operation, place)
            )
            await self._count()
            try:
                return await self._send(current, actor) or await self._settle(current, actor, SETTLE_AFTER_SECONDS)
            finally:
                await self._count()

    async def settle(self, parcel_id: str, actor: Actor) -> Parcel:
        """Find out, once, what became of a write without a known outcome, and finish it.

        Returns the parcel as it stands then; raises InDoubtError if nothing can be found out now. A write of another
        process that still runs is left to it; one of this process that is open here was given up (cancelled).
        """
        async with self._locks[parcel_id]:
            parcel = await self._journal.parcel(parcel_id)
            if parcel is None or parcel.open_write is None:
                raise WrongStateError("Nothing is in doubt about this parcel.")
            parcel = await self._take_over(parcel, parcel.open_write, actor)
            try:
                return await self._settle(parcel, actor, (0.0,))
            finally:
                await self._count()

    async def _take_over(self, parcel: Parcel, write: OpenWrite, actor: Actor) -> Parcel:
        """Make a dead process's write ours, for one process only."""
        owner = self._journal.owner
        if write.owner == owner.name:
            return parcel
        if owner.is_alive(write.owner):
            raise InDoubtError("Another kiosk process is at work on this parcel.")
        taken = WriteTakenOver(intent_id=write.intent_id, owner=owner.name)
        return await self._journal.append(
            parcel.parcel_id, taken, actor, only_if=lambda known: known.open_write == write
        )

    async def _send(self, parcel: Parcel, actor: Actor) -> Parcel | None:
        """Send once; None when the answer was lost."""
        write, how = self._open(parcel)
        try:
            return await self._record(parcel, await how.send(self._api, parcel, write), actor)
        except (NotSentError, RefusedError, ReservationLapsedError) as error:
            first = write.operation is Operation.DEPOSIT and parcel.state is not ParcelState.DEPOSITED
            if first and isinstance(error, (NotSentError, ThrottledError)):
                await self._delayed(parcel, error, actor)
            await self._failed(parcel, error, actor)
            raise
        except AnswerLostError as error:
            await self._journal.append(
                parcel.parcel_id, WriteFellInDoubt(intent_id=write.intent_id, reason=str(error)), actor
            )
            return None

    async def _settle(self, parcel: Parcel, actor: Actor, waits: tuple[float, ...]) -> Parcel:
        for wait in waits:
            await self._sleep(wait)
            found = await self._find_out(parcel, actor)
            if isinstance(found, KioskError):
                await self._failed(parcel, found, actor)
                raise found
            if found is not None:
                return await self._record(parcel, found, actor)
        write, _ = self._open(parcel)
        raise InDoubtError(f"Whether the {write.operation} was done is not known yet.")

    async def _find_out(self, parcel: Parcel, actor: Actor) -> Outcome | KioskError | None:
        """Read, and send again what was not done: the outcome, the error that ended it, or None if still unknown."""
        write, how = self._open(parcel)
        try:
            done = await how.settled(self._api, parcel, write)
            if done is not None and done.complete:
                return done
            repeated = WriteRepeated(intent_id=write.intent_id, owner=self._journal.owner.name)
            await self._journal.append(parcel.parcel_id, repeated, actor)
            try:
                return await how.send(self._api, parcel, write)
            except (RefusedError, ReservationLapsedError) as refusal:
                if refusal.retryable or isinstance(refusal, NotAuthorizedError):
                    return None  # it speaks of the call or of the credentials, not of what the first request did
                # What refuses the repeat may be our own first request, done or arrived late: only a reading tells.
                return await how.settled(self._api, parcel, write) or refusal
        except ParcelElsewhereError as elsewhere:
            return elsewhere
        except ApiError:
            return None

    async def _record(self, parcel: Parcel, outcome: Outcome, actor: Actor) -> Parcel:
        return await self._journal.append(parcel.parcel_id, outcome.event, actor, code=outcome.code)

    async def _delayed(self, parcel: Parcel, error: ApiError, actor: Actor) -> NoReturn:
        """Keep a deposit that could not leave: the parcel is in its locker whatever the network does."""
        write, _ = self._open(parcel)
        delayed = WriteDelayed(intent_id=write.intent_id, reason=str(error))
        await self._journal.append(parcel.parcel_id, delayed, actor)
        raise InDoubtError(
            f"The deposit in locker {write.place.locker_unit_id} is noted here and delivered by itself later.",
            hint="Close the door and go on. The pickup code will be shown under Unfinished when it is there.",
        ) from error

    async def _failed(self, parcel: Parcel, error: KioskError, actor: Actor) -> None:
        write, _ = self._open(parcel)
        failed = WriteFailed(intent_id=write.intent_id, operation=write.operation, reason=str(error))
        await self._journal.append(parcel.parcel_id, failed, actor)

    def _open(self, parcel: Parcel) -> tuple[OpenWrite, Write]:
        if parcel.open_write is None:
            raise WrongStateError("Nothing is open about this parcel.")
        return parcel.open_write, self._writes[parcel.open_write.operation]

    async def _count(self) -> None:
        unfinished = await self._journal.unfinished()
        self._activity.wait_for(sum(parcel.open_write is not None for parcel in unfinished))


def _fits(parcel: Parcel, operation: Operation, place: UnitPlace) -> bool:
    """Raise WrongStateError if the parcel is at another step by now; tell whether no other write is open."""
    if operation in {Operation.RESERVE, Operation.ADD}:
        contact_of(parcel)
        if parcel.state is not ParcelState.TAKEN_IN:
            raise WrongStateError(f"The parcel is already {parcel.state.value}.")
    elif place not in {parcel.place, parcel.second_place if operation is Operation.FREE else None}:
        raise WrongStateError(f"Locker {place.locker_unit_id} is no longer this parcel's.")
    return parcel.open_write is None
