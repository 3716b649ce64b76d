"""The one write path. Nothing else in the kiosk sends a write to the API.

1. The intent is on the disk before the request leaves.
2. The request is sent once.
3. The outcome (done, failed, in doubt) is on the disk before anyone sees it.

What fell in doubt is settled by reading first and repeating the same request only if it was not done, and if the world
has not moved on meanwhile.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import NoReturn

from pydantic import SecretStr

from kiosk.api.lockers import LockersApi
from kiosk.clock import Clock
from kiosk.desk.activity import Activity
from kiosk.desk.permission import check
from kiosk.desk.writes import WRITES
from kiosk.desk.writes.sending import (
    MovedOnError,
    Outcome,
    Sending,
    Write,
    cause_of,
    is_true_already,
    speaks_of_the_parcel,
)
from kiosk.desk.writes.wanted import Wanted, check_unit
from kiosk.errors import (
    AnswerLostError,
    ApiError,
    InDoubtError,
    KioskError,
    NotAuthorizedError,
    NotSentError,
    RefusedError,
    ReservationLapsedError,
    ThrottledError,
    WrongStateError,
)
from kiosk.journal.owners import Life
from kiosk.journal.recording import Allowed
from kiosk.journal.store import Journal
from kiosk.parcels.events import (
    Event,
    ParcelCancelled,
    WriteAsked,
    WriteDelayed,
    WriteFailed,
    WriteFellInDoubt,
    WriteRepeated,
    WriteTakenOver,
)
from kiosk.parcels.parcel import OpenWrite, Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import Operation
from kiosk.parcels.steps import Step

SETTLE_AFTER_SECONDS = (0.0, 1.0, 3.0)
"""When a lost answer is looked into while somebody waits; after that recovery goes on in the background."""


class WritePath:
    """Performs writes and settles those in doubt, one at a time for each parcel."""

    def __init__(
        self,
        api: LockersApi,
        journal: Journal,
        activity: Activity,
        clock: Clock,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._api = api
        self._journal = journal
        self._activity = activity
        self._clock = clock
        self._sleep = sleep
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def perform(
        self, parcel: Parcel, wanted: Wanted, person: Person, step: Step | None, *, behind: Event | None = None
    ) -> Parcel:
        """Do one write for a parcel, as part of a step, and return the parcel after it.

        `behind` is what has happened already, recorded with the intent and true whatever becomes of it.

        The step's row is checked in the transaction that records the intent; without a step it is what follows from one
        that was taken, and only nothing may be in doubt. Raises what `permission.allowed` says;
        RefusedError or NotSentError when it was certainly not done, InDoubtError when that can't be found out now or a
        deposit can't be delivered yet, and an error of the desk (ParcelElsewhereError, NotRecordedError,
        ReservationLapsedError) where the world moved on, so that it was not sent or not repeated.
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
                ends_intake=wanted.ends_intake,
            )

            def look(known: Parcel, mates: tuple[Parcel, ...]) -> None:
                if step is not None:
                    check(step, known, person)
                elif known.open_write is not None:
                    raise InDoubtError("write_open", operation=known.open_write.operation.value)
                check_unit(wanted, known, mates)

            current, mates = await self._journal.ask(parcel.parcel_id, asked, person, allowed=look, behind=behind)
            # From here on the write is open: one that is cancelled is settled later, like one whose answer was lost.
            self._activity.write_asked()
            try:
                done = await self._send(current, person, has_mates=bool(mates))
                return done or await self._settle(current, person, SETTLE_AFTER_SECONDS)
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

    async def _send(self, parcel: Parcel, person: Person, *, has_mates: bool) -> Parcel | None:
        """Send once; None when the answer was lost."""
        write, how = _open(parcel, person)
        # What was sent never can't have been done, whatever a reading shows.
        sending = self._sending(parcel, write.model_copy(update={"may_be_done": False}), has_mates=has_mates)
        try:
            return await self._done(parcel, await how.send(sending), person)
        except MovedOnError as moved:
            return await self._moved_on(parcel, moved, person)
        except (NotSentError, RefusedError, ReservationLapsedError) as error:
            if is_true_already(parcel, write) and isinstance(error, (NotSentError, ThrottledError)):
                await self._delayed(parcel, error, person)
            if write.operation is Operation.DEPOSIT and speaks_of_the_parcel(error):
                return await self._refused(sending, error, person)
            await self._failed(parcel, error, person)
            raise
        except AnswerLostError as error:
            in_doubt = WriteFellInDoubt(intent_id=write.intent_id, cause=cause_of(error))
            await self._append(parcel, in_doubt, person)
            return None

    async def _refused(self, sending: Sending, error: KioskError, person: Person) -> Parcel:
        """Say why a deposit was refused, if a reading can tell: the API has no codes for it."""
        parcel = sending.parcel
        try:
            await WRITES[sending.write.operation].find_out(sending)
        except MovedOnError as moved:
            return await self._moved_on(parcel, moved, person)
        except ApiError:
            pass  # the refusal stands, and its own words have to do
        await self._failed(parcel, error, person)
        raise error

    async def _settle(self, parcel: Parcel, person: Person, waits: tuple[float, ...]) -> Parcel:
        for wait in waits:
            await self._sleep(wait)
            try:
                found = await self._read_and_repeat(parcel, person)
            except MovedOnError as moved:
                return await self._moved_on(parcel, moved, person)
            except ApiError:
                continue
            if found is not None:
                return await self._done(parcel, found, person)
        raise InDoubtError("outcome_unknown", operation=_open(parcel, person)[0].operation.value)

    async def _read_and_repeat(self, parcel: Parcel, person: Person) -> Outcome | None:
        """Read, and send again what was not done or whose answer is missed; None if the outcome is still unknown.

        Raises MovedOnError, with the refusal where that shows that it was not done and can't be.
        """
        write, how = _open(parcel, person)
        sending = self._sending(parcel, write)
        found = await how.find_out(sending)
        if isinstance(found, Outcome):
            return found
        repeated = WriteRepeated(
            intent_id=write.intent_id, owner=self._journal.owner.name, was_done=found.done is not None
        )
        parcel = await self._append(parcel, repeated, person)
        sending = self._sending(parcel, _open(parcel, person)[0])
        try:
            return await how.send(sending, found.unit)
        except (RefusedError, ReservationLapsedError) as refusal:
            if refusal.retryable or isinstance(refusal, NotAuthorizedError):
                return None  # it speaks of the call or of the credentials, not of what the first request did
            # What refuses the repeat may be our own first request, done or arrived late: only a reading tells.
            found = await how.find_out(sending)
            if isinstance(found, Outcome):
                return found
            if found.done is None:
                raise MovedOnError(refusal) from refusal
            return found.done

    def _sending(self, parcel: Parcel, write: OpenWrite, *, has_mates: bool = False) -> Sending:
        return Sending(self._api, parcel, write, self._clock.now(), self._journal.not_in_unit, has_mates)

    async def _append(self, parcel: Parcel, event: Event, person: Person, code: SecretStr | None = None) -> Parcel:
        return await self._journal.append(parcel.parcel_id, event, person, code=code, allowed=self._still_ours(parcel))

    def _still_ours(self, parcel: Parcel) -> Allowed:
        """Return what refuses to record anything about a write that is not open, or another process's, by now."""
        write, owner = parcel.open_write, self._journal.owner.name

        def look(known: Parcel) -> None:
            by_now = known.open_write
            if write is None or by_now is None or (by_now.intent_id, by_now.owner) != (write.intent_id, owner):
                raise WrongStateError("changed_meanwhile")

        return look

    async def _done(self, parcel: Parcel, outcome: Outcome, person: Person) -> Parcel:
        if parcel.open_write is not None and parcel.open_write.ends_intake:
            # At once: a process that ends in between would leave it as in somebody's hands.
            events = [(parcel.parcel_id, event) for event in (outcome.event, ParcelCancelled())]
            done = await self._journal.append_together(events, person, allowed=self._still_ours(parcel))
        else:
            done = await self._append(parcel, outcome.event, person, outcome.code)
        self._activity.write_ended()
        return done

    async def _delayed(self, parcel: Parcel, error: ApiError, person: Person) -> NoReturn:
        """Keep a write that could not leave: the parcel is where it is whatever the network does."""
        write, _ = _open(parcel, person)
        await self._append(parcel, WriteDelayed(intent_id=write.intent_id, cause=cause_of(error)), person)
        code = "deposit_delayed" if write.operation is Operation.DEPOSIT else "free_delayed"
        raise InDoubtError(code, locker_unit_id=write.place.locker_unit_id) from error

    async def _failed(self, parcel: Parcel, error: KioskError, person: Person) -> None:
        await self._append(parcel, _failure(parcel, error), person)
        self._activity.write_ended()

    async def _moved_on(self, parcel: Parcel, moved: MovedOnError, person: Person) -> Parcel:
        """Record that the write was not done, and what is true instead; return the parcel, or raise the cause."""
        events = [(parcel.parcel_id, event) for event in (_failure(parcel, moved.cause), *moved.events)]
        now = await self._journal.append_together(events, person, allowed=self._still_ours(parcel))
        self._activity.write_ended()
        if moved.is_told:
            raise moved.cause from moved
        return now


def _failure(parcel: Parcel, error: KioskError) -> WriteFailed:
    write = parcel.open_write
    if write is None:
        raise WrongStateError("nothing_in_doubt")
    return WriteFailed(intent_id=write.intent_id, operation=write.operation, cause=cause_of(error))


def _open(parcel: Parcel, person: Person) -> tuple[OpenWrite, Write]:
    """Return the parcel's open write and how it is sent; `person` sends what version 0.1 recorded without a user."""
    write = parcel.open_write
    if write is None:
        raise WrongStateError("nothing_in_doubt")
    return write.model_copy(update={"user_id": write.user_id or person.user_id}), WRITES[write.operation]
