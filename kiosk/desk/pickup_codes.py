"""Pickup codes at the desk: shown until somebody confirms one, for a few minutes again after that, then deleted.

Each step names the code by its deposit: what was on the screen never stands for the code that replaced it meanwhile.
"""

from __future__ import annotations

from datetime import timedelta
from enum import Enum, auto
from typing import NamedTuple

from pydantic import SecretStr

from kiosk.clock import Clock
from kiosk.desk.permission import allowed
from kiosk.desk.trusted_time import TrustedTime
from kiosk.errors import InDoubtError, UnknownParcelError
from kiosk.journal.code_store import CodesOfParcel, CodeStore
from kiosk.journal.codes import KeptCode
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.pickup_code import PickupCode
from kiosk.parcels.states import Operation
from kiosk.parcels.steps import Step


class Fate(Enum):
    """What became of a code that is on a screen."""

    WAITS = auto()
    """It is the one that waits to be seen."""
    SEEN = auto()
    """Somebody confirmed it; it still opens the unit."""
    REPLACED = auto()
    """Another code waits with the parcel."""
    OF_ANOTHER_PARCEL = auto()
    """A further parcel was put into the unit, and its code counts for all."""
    ENDED = auto()
    """It is kept here no more: its time was over, or a fresh one was asked for and none came."""
    OUT = auto()
    """The parcel is in its unit no more."""


class CodeNow(NamedTuple):
    """What became of a code, and the parcels that tell of it."""

    fate: Fate
    parcel: Parcel
    other: Parcel | None = None
    """The parcel whose code counts for the unit, where it is another one's."""


class PickupCodes:
    """The codes that wait to be seen, and those that were seen a short while ago.

    A code that was seen is due when its time is over, and also once this process has kept it for as long as that time:
    a clock that was set back keeps nothing for ever.
    """

    def __init__(self, store: CodeStore, clock: Clock, time: TrustedTime, *, keep_for: timedelta) -> None:
        self._store = store
        self._clock = clock
        self._time = time
        self._keep_for = keep_for
        self._noticed: dict[KeptCode, float] = {}
        """Since when this process knows of each code that is kept, in seconds lived."""

    async def waiting(self, parcel: Parcel) -> PickupCode | None:
        """Return the code that waits to be seen; None for departments and after it was seen.

        Raises InDoubtError while a deposit in the same unit may have replaced it.
        """
        codes = await self._of(parcel)
        _check_doubt(codes)
        return codes.waiting

    async def confirm(self, parcel: Parcel, shown: PickupCode | None, person: Person) -> Parcel:
        """Record that the code which was shown was seen; for a few minutes it can be shown again.

        `shown` is None where no code came with the deposit. Raises WrongStateError where it was replaced meanwhile.
        """
        may = allowed(Step.CONFIRM_CODE, person)
        return await self._store.seen(parcel.parcel_id, shown, person, keep_for=self._keep_for, allowed=may)

    async def fate(self, parcel: Parcel, shown: PickupCode | None) -> CodeNow:
        """Return what became of a code that is shown; raises InDoubtError as `waiting` does."""
        await self.drop_due()
        codes = await self._of(parcel)
        _check_doubt(codes)
        return _fate(codes, shown)

    async def is_kept(self, parcel: Parcel) -> bool:
        """Tell whether the parcel's code can be shown again."""
        await self.drop_due()
        return any(each.parcel_id == parcel.parcel_id for each in self._noticed)

    async def show_again(self, parcel: Parcel, person: Person) -> PickupCode | None:
        """Return the code that was seen before, and record who had it shown; None where it is kept no longer.

        Raises InDoubtError while the deposit of another parcel in the same unit may have replaced it.
        """
        _check_doubt(await self._of(parcel))
        await self.drop_due()
        return await self._store.show_again(parcel.parcel_id, person, allowed=allowed(Step.SHOW_CODE_AGAIN, person))

    async def parcel_of(self, typed: str) -> Parcel | None:
        """Return the parcel that a typed code opens; None where it is none of those that wait or are kept.

        What was typed is compared and forgotten.
        """
        await self.drop_due()
        return await self._store.parcel_of(SecretStr(typed)) if typed.strip() else None

    async def drop_due(self) -> None:
        """Delete every code that was seen and whose time is over."""
        now, lived = self._time.now(), self._clock.lived()
        self._noticed = {each: self._noticed.get(each, lived) for each in await self._store.kept()}
        due = [
            each
            for each, since in self._noticed.items()
            if each.keep_until <= now or lived - since >= (each.keep_until - each.seen_at).total_seconds()
        ]
        if due:
            await self._store.drop(due)
            self._noticed = {each: since for each, since in self._noticed.items() if each not in due}

    async def _of(self, parcel: Parcel) -> CodesOfParcel:
        codes = await self._store.of(parcel.parcel_id)
        if codes is None:
            raise UnknownParcelError(parcel_id=parcel.parcel_id)
        return codes


def _check_doubt(codes: CodesOfParcel) -> None:
    for each in codes.inside:
        # It may have arrived: then the unit has a new code, which only that answer tells.
        if each.open_write is not None and each.open_write.operation is Operation.DEPOSIT:
            raise InDoubtError("code_may_be_replaced", tracking_number=each.tracking_number)


def _fate(codes: CodesOfParcel, shown: PickupCode | None) -> CodeNow:
    parcel = codes.parcel
    if not parcel.is_in_locker:
        return CodeNow(Fate.OUT, parcel)
    if _is_same(codes.waiting, shown):
        return CodeNow(Fate.WAITS, parcel)
    if codes.waiting is not None:
        return CodeNow(Fate.REPLACED, parcel)
    if _is_same(codes.kept, shown):
        return CodeNow(Fate.SEEN, parcel)
    other = next((each for each in codes.inside if each.code_waiting), None)
    return CodeNow(Fate.OF_ANOTHER_PARCEL, parcel, other) if other else CodeNow(Fate.ENDED, parcel)


def _is_same(code: PickupCode | None, shown: PickupCode | None) -> bool:
    return (code and code.intent_id) == (shown and shown.intent_id)
