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
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import NamedTuple, NoReturn

from kiosk.api.lockers import LockersApi
from kiosk.desk.activity import Activity
from kiosk.desk.permission import check
from kiosk.desk.writes import WRITES, Outcome, Write
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
from kiosk.journal.owners import Life
from kiosk.journal.store import Journal
from kiosk.parcels.events import (
    WriteAsked,
    WriteDelayed,
    WriteFailed,
    WriteFellInDoubt,
    WriteRepeated,
    WriteTakenOver,
)
from kiosk.parcels.parcel import Cause, OpenWrite, Parcel, UnitPlace
from kiosk.parcels.people import Person
from kiosk.parcels.states import Operation
from kiosk.parcels.steps import Step

SETTLE_AFTER_SECONDS = (0.0, 1.0, 3.0)
"""When a lost answer is looked into while somebody waits; after that recovery goes on in the background."""


class _NotDoneError(Exception):
    """A write in doubt turned out not to be done, and it can't be: `error` says why."""

    def __init__(self, error: KioskError) -> None:
        super().__init__()
        self.error = error


class Wanted(NamedTuple):
    """What a write shall lead to."""

    operation: Operation
    place: UnitPlace
    expiry: datetime | None = None
    """Until when the unit shall be held."""
    parcels: tuple[str, ...] = ()
    """The numbers that the unit shall hold after it; without any, this parcel's only."""


class WritePath:
    """Performs writes and settles those in doubt, one at a time for each parcel."""

    def __init__(
        self,
        api: LockersApi,
        journal: Journal,
        activity: Activity,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._api = api
        self._journal = journal
        self._activity = activity
        self._sleep = sleep
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def perform(self, parcel: Parcel, wanted: Wanted, person: Person, step: Step | None) -> Parcel:
        """Do one write for a parcel, as part of a step, and return the parcel after it.

        The step's row is checked in the transaction that records the intent; without a step it is what follows from one
        that was taken, and only nothing may be in doubt. Raises what `permission.allowed` says;
        RefusedError or NotSentError when it was certainly not done, InDoubtError when that can't be found out now or a
        deposit can't be delivered yet, ParcelElsewhereError when the number turns out to be somebody else's.
        """
        # Within this process: settling in the background must not repeat a request that is still on its way.
        async with self._locks[parcel.parcel_id]:
            asked = WriteAsked(
                intent_id=secrets.token_hex(8),
                owner=self._journal.owner.name,
                user_id=person.user_id,
                operation=wanted.operation,
                place=wanted.place,
                expiry=wanted.expiry,
                parcels=wanted.parcels,
            )

            def look(known: Parcel) -> None:
                if step is not None:
                    check(step, known, person)
                elif known.open_write is not None:
                    raise InDoubtError("write_open", operation=known.open_write.operation.value)
                _check_place(known, wanted)

            current = await self._journal.append(parcel.parcel_id, asked, person, allowed=look)
            # From here on the write is open: one that is cancelled is settled later, like one whose answer was lost.
            self._activity.write_asked()
            try:
                return await self._send(current, person) or await self._settle(current, person, SETTLE_AFTER_SECONDS)
            finally:
                self._activity.write_left()

    async def settle(self, parcel_id: str, person: Person) -> Parcel:
        """Find out, once, what became of a write without a known outcome, and finish it.

        Returns the parcel as it stands then; raises InDoubtError if nothing can be found out now. A write of another
        process that still runs is left to it; one of this process that is open here was given up (cancelled).
        """
        async with self._locks[parcel_id]:
            parcel = await self._journal.parcel(parcel_id)
            if parcel is None or parcel.open_write is None:
                raise WrongStateError("nothing_in_doubt")
            parcel = await self._take_over(parcel, parcel.open_write, person)
            return await self._settle(parcel, person, (0.0,))

    async def _take_over(self, parcel: Parcel, write: OpenWrite, person: Person) -> Parcel:
        """Make a dead process's write ours, for one process only."""
        owner = self._journal.owner
        if write.owner == owner.name:
            return parcel
        match owner.look_at(write.owner):
            case Life.ALIVE:
                raise InDoubtError("other_process_at_work")
            case Life.UNKNOWN:
                raise InDoubtError("other_process_unknown")
            case Life.DEAD:
                pass
        taken = WriteTakenOver(intent_id=write.intent_id, owner=owner.name)

        def is_still_open(known: Parcel) -> None:
            # Two processes may have seen the same dead owner: the transaction lets the first one have it.
            if known.open_write != write:
                raise WrongStateError("changed_meanwhile")

        return await self._journal.append(parcel.parcel_id, taken, person, allowed=is_still_open)

    async def _send(self, parcel: Parcel, person: Person) -> Parcel | None:
        """Send once; None when the answer was lost."""
        write, how = _open(parcel, person)
        try:
            return await self._done(parcel, await how.send(self._api, parcel, write), person)
        except (NotSentError, RefusedError, ReservationLapsedError) as error:
            # A repeated deposit only fetches a fresh code: delivered late, it would end the code that somebody has.
            is_first = write.operation is Operation.DEPOSIT and not parcel.is_in_locker
            if is_first and isinstance(error, (NotSentError, ThrottledError)):
                await self._delayed(parcel, error, person)
            await self._failed(parcel, error, person)
            raise
        except AnswerLostError as error:
            in_doubt = WriteFellInDoubt(intent_id=write.intent_id, cause=cause_of(error))
            await self._journal.append(parcel.parcel_id, in_doubt, person)
            return None

    async def _settle(self, parcel: Parcel, person: Person, waits: tuple[float, ...]) -> Parcel:
        for wait in waits:
            await self._sleep(wait)
            found = await self._find_out(parcel, person)
            if found is not None:
                return await self._done(parcel, found, person)
        raise InDoubtError("outcome_unknown", operation=_open(parcel, person)[0].operation.value)

    async def _find_out(self, parcel: Parcel, person: Person) -> Outcome | None:
        """Read, and send again what was not done: the outcome, or None if it is still unknown.

        Raises, once that is recorded, the error which shows that it was not done and can't be.
        """
        try:
            return await self._read_and_repeat(parcel, person)
        except _NotDoneError as ended:
            await self._failed(parcel, ended.error, person)
            raise ended.error from ended
        except ApiError:
            return None

    async def _read_and_repeat(self, parcel: Parcel, person: Person) -> Outcome | None:
        write, how = _open(parcel, person)
        try:
            done = await how.settled(self._api, parcel, write)
            if done is not None and done.complete:
                return done
            # Done but incomplete is repeated as well: a recipient's code comes with the answer only.
            repeated = WriteRepeated(intent_id=write.intent_id, owner=self._journal.owner.name)
            await self._journal.append(parcel.parcel_id, repeated, person)
            try:
                return await how.send(self._api, parcel, write)
            except (RefusedError, ReservationLapsedError) as refusal:
                if refusal.retryable or isinstance(refusal, NotAuthorizedError):
                    return None  # it speaks of the call or of the credentials, not of what the first request did
                # What refuses the repeat may be our own first request, done or arrived late: only a reading tells.
                done = await how.settled(self._api, parcel, write)
                if done is None:
                    raise _NotDoneError(refusal) from refusal
                return done
        except ParcelElsewhereError as elsewhere:
            raise _NotDoneError(elsewhere) from elsewhere

    async def _done(self, parcel: Parcel, outcome: Outcome, person: Person) -> Parcel:
        done = await self._journal.append(parcel.parcel_id, outcome.event, person, code=outcome.code)
        self._activity.write_ended()
        return done

    async def _delayed(self, parcel: Parcel, error: ApiError, person: Person) -> NoReturn:
        """Keep a deposit that could not leave: the parcel is in its locker whatever the network does."""
        write, _ = _open(parcel, person)
        delayed = WriteDelayed(intent_id=write.intent_id, cause=cause_of(error))
        await self._journal.append(parcel.parcel_id, delayed, person)
        raise InDoubtError("deposit_delayed", locker_unit_id=write.place.locker_unit_id) from error

    async def _failed(self, parcel: Parcel, error: KioskError, person: Person) -> None:
        write, _ = _open(parcel, person)
        failed = WriteFailed(intent_id=write.intent_id, operation=write.operation, cause=cause_of(error))
        await self._journal.append(parcel.parcel_id, failed, person)
        self._activity.write_ended()


def cause_of(error: KioskError) -> Cause:
    """Return an error as an event holds it."""
    return Cause(code=error.code, parameters=error.parameters)


def _open(parcel: Parcel, person: Person) -> tuple[OpenWrite, Write]:
    """Return the parcel's open write and how it is sent; `person` sends what version 0.1 recorded without a user."""
    write = parcel.open_write
    if write is None:
        raise WrongStateError("nothing_in_doubt")
    return write.model_copy(update={"user_id": write.user_id or person.user_id}), WRITES[write.operation]


def _check_place(parcel: Parcel, wanted: Wanted) -> None:
    """Raise WrongStateError where the unit is not this parcel's any more; a new one is nobody's yet."""
    if wanted.operation in {Operation.RESERVE, Operation.ADD}:
        return
    # Each unit was chosen from a parcel as it was; by now the unit may be somebody else's.
    if wanted.place not in {parcel.place, parcel.second_place if wanted.operation is Operation.FREE else None}:
        raise WrongStateError("unit_not_its_own", locker_unit_id=wanted.place.locker_unit_id)
