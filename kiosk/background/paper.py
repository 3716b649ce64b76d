"""Prints what is owed to the printer, one job after the other, and tries again while the printer does not print.

A slip or label is begun on the disk before it leaves, and its outcome is on the disk before the next one. Of one whose
outcome nobody heard, or whose job broke off, paper may have come out: what is printed later is marked as a copy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.background.notices import Outcome, summed
from kiosk.desk.activity import Activity
from kiosk.desk.trusted_time import TrustedTime
from kiosk.desk.writes.sending import cause_of
from kiosk.errors import InDoubtError, MaybePrintedError, PrinterError, WrongStateError
from kiosk.journal.notice_store import NoticeStore
from kiosk.journal.notices import Owed
from kiosk.parcels.notices import bears_code
from kiosk.parcels.parcel import Cause
from kiosk.parcels.people import Person
from kiosk.parcels.states import Channel
from kiosk.printing.door import PrinterDoor

if TYPE_CHECKING:
    from kiosk.notify.paper import Papers

LOOK_EVERY_SECONDS = 30.0
"""How often it is looked what other processes owe."""

AGAIN_AFTER = (timedelta(seconds=10), timedelta(seconds=30), timedelta(minutes=1))
"""How long after each attempt the next one is made; the last of them for all that follow."""

GIVE_UP_AFTER = timedelta(hours=8)
"""A slip that nobody could print in a whole shift is of no use."""

_BEGUN_FOR = timedelta(minutes=1)
"""Longer than a job takes."""

_MAY_BE_OUT = "may_be_printed"
"""A parameter beside the printer's own, in the cause of what broke off once: nothing that happens later undoes that."""

_PAPER = frozenset({Channel.PAPER})


class PrintPaper:
    """One round after the other."""

    def __init__(
        self,
        store: NoticeStore,
        door: PrinterDoor,
        papers: Callable[[], Papers],
        activity: Activity,
        time: TrustedTime,
        person: Person,
    ) -> None:
        self._store = store
        self._door = door
        self._papers = papers
        self._activity = activity
        self._time = time
        self._person = person
        self._wait: float | None = None
        self.is_worth_it = False
        """Whether something was owed since the last round began."""

    def hear(self) -> None:
        """Note that this process owes something more."""
        self.is_worth_it = True

    def sooner(self) -> float | None:
        """Return after how many seconds to look again, while something waits."""
        return self._wait

    async def run(self) -> Outcome:
        """Print what is due, until the printer does not print; raises StorageError only."""
        self.is_worth_it, self._wait = False, None
        due = await self._store.due(self._time.now(), _PAPER)
        outcome = Outcome()
        for at, owed in enumerate(due):
            try:
                outcome = summed(outcome, await self._print(owed))
            except PrinterError as error:
                outcome = summed(outcome, await self._put_off(due[at:], error))
                break
        await self._look_ahead()
        return outcome

    async def _print(self, owed: Owed) -> Outcome:
        """Print one that is due; raises PrinterError."""
        begun = next(iter(await self._store.begin((owed,), owed.notice_id, self._time.now() + _BEGUN_FOR)), None)
        if begun is None:
            return Outcome()
        if begun.code is None and bears_code(begun.kind, begun.parcel):
            return await self._await_code(begun)
        is_copy = begun.kind in begun.parcel.told or _may_be_out(owed)
        await self._door.send(self._papers().layout(begun.kind, begun.parcel, begun.code, is_copy=is_copy))
        self._activity.printer_told(None)
        await self._store.sent((begun,), self._person)
        return Outcome(sent=1)

    async def _await_code(self, owed: Owed) -> Outcome:
        """Put a slip off whose code is void, until another one comes; give it up where none is to come."""
        if owed.parcel.is_in_doubt:
            waits = InDoubtError("code_may_be_replaced", tracking_number=owed.parcel.tracking_number)
            await self._store.delayed((owed,), cause_of(waits), self._time.now() + AGAIN_AFTER[0])
            return Outcome(delayed=1)
        await self._store.given_up((owed,), cause_of(WrongStateError("code_not_kept")), self._person)
        return Outcome(given_up=1)

    async def _put_off(self, due: Sequence[Owed], error: PrinterError) -> Outcome:
        """Try all of them again after a while, the first of which was just tried; give up what is too old."""
        self._activity.printer_told(error)
        first, now = due[0], self._time.now()
        again_at = now + AGAIN_AFTER[min(first.attempts, len(AGAIN_AFTER) - 1)]
        old = [each for each in due if now - each.made_at >= GIVE_UP_AFTER]
        if old:
            await self._store.given_up(old, cause_of(error), self._person)
        young = [each for each in due if each not in old]
        for is_out in (False, True):
            those = [each for each in young if is_out is (_may_be_out(each) or (each is first and _broke_off(error)))]
            if those:
                await self._store.delayed(those, _cause(error, may_be_out=is_out), again_at)
        return Outcome(delayed=len(young), given_up=len(old))

    async def _look_ahead(self) -> None:
        next_due = await self._store.next_due(_PAPER)
        if next_due is None:
            self._activity.printer_told(None)  # nothing waits for it
        else:
            seconds = max((next_due - self._time.now()).total_seconds(), 1.0)
            self._wait = min(seconds, LOOK_EVERY_SECONDS)


def _may_be_out(owed: Owed) -> bool:
    """Tell whether an earlier job of it may have been printed."""
    return owed.attempts > 0 and (owed.cause is None or bool(owed.cause.parameters.get(_MAY_BE_OUT)))


def _broke_off(error: PrinterError) -> bool:
    return isinstance(error, MaybePrintedError)


def _cause(error: PrinterError, *, may_be_out: bool) -> Cause:
    cause = cause_of(error)
    return cause.model_copy(update={"parameters": {**cause.parameters, _MAY_BE_OUT: True}}) if may_be_out else cause
