"""What all writes have in common: what one is sent with, what a reading can tell of it, whose an answer is.

Compares and decides only; nothing is sent here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import NamedTuple, Protocol

from pydantic import SecretStr

from kiosk.api.lockers import LockersApi
from kiosk.errors import (
    AnswerLostError,
    KioskError,
    NotAuthorizedError,
    ParcelElsewhereError,
    RefusedError,
    ThrottledError,
    WrongStateError,
)
from kiosk.parcels.contacts import Contact
from kiosk.parcels.events import Event
from kiosk.parcels.lockers import LockerUnit, ParcelReference
from kiosk.parcels.parcel import Cause, OpenWrite, Parcel, UnitPlace
from kiosk.parcels.states import Operation


class Sending(NamedTuple):
    """One write of a parcel that is about to leave."""

    api: LockersApi
    parcel: Parcel
    write: OpenWrite
    at: datetime
    elsewhere: Callable[[UnitPlace, Iterable[str]], Awaitable[frozenset[str]]]
    """Which of these numbers are not in that unit any more, as far as the journal knows them."""
    has_mates: bool = False
    """The journal has other parcels in the unit."""

    @property
    def place(self) -> UnitPlace:
        """The unit that it is about."""
        return self.write.place


class Outcome(NamedTuple):
    """The event of a write that was done, and the pickup code where one came with it."""

    event: Event
    code: SecretStr | None = None


class Again(NamedTuple):
    """The write is to be sent again."""

    unit: LockerUnit | None = None
    """The parcel's unit as it was read a moment ago."""
    done: Outcome | None = None
    """It was done; what is missed is its answer."""


class MovedOnError(Exception):
    """The write was not done, and must not be sent any more: the world moved on.

    `cause` says why, `events` what is true of the parcel instead. Where that is all that the person wanted, it is no
    error to them (`is_told` is False).
    """

    def __init__(self, cause: KioskError, *events: Event, is_told: bool = True) -> None:
        super().__init__()
        self.cause = cause
        self.events = events
        self.is_told = is_told


class Write(Protocol):
    """One kind of write."""

    async def send(self, sending: Sending, unit: LockerUnit | None = None) -> Outcome:
        """Send the request once; `unit` is the parcel's as it was read a moment ago.

        Raises ApiError, and MovedOnError or ReservationLapsedError, with nothing sent, where a reading forbids it.
        """
        ...

    async def find_out(self, sending: Sending) -> Outcome | Again:
        """Read what became of it. Raises MovedOnError, and ApiError where nothing can be read."""
        ...


def cause_of(error: KioskError) -> Cause:
    """Return an error as an event holds it."""
    return Cause(code=error.code, parameters=error.parameters)


def contact_of(parcel: Parcel) -> Contact:
    """Return for whom the parcel is; raises WrongStateError while nobody was chosen."""
    if parcel.contact is None:
        raise WrongStateError("hindered_no_recipient")
    return parcel.contact


def is_of_another(unit: LockerUnit, parcel: Parcel) -> bool:
    """Tell whether the service holds the unit for somebody else than the parcel's contact."""
    contact = parcel.contact
    return contact is not None and unit.contact_id not in {None, "", contact.contact_id}


def is_there(unit: LockerUnit, place: UnitPlace) -> bool:
    """Tell whether a unit that was read is the one that is meant."""
    return unit.locker_unit_id == place.locker_unit_id


def believe(place: UnitPlace, locker_bank_id: str, locker_unit_id: str) -> None:
    """Raise AnswerLostError for an answer that speaks of another unit than the one that was asked for."""
    if locker_bank_id not in {"", place.locker_bank_id} or locker_unit_id not in {"", place.locker_unit_id}:
        raise AnswerLostError("answer_about_another", status=200)


def elsewhere(code: str, parcel: Parcel, unit: LockerUnit) -> MovedOnError:
    """Return the error about a number that the service holds in another way than asked."""
    number, unit_id = parcel.tracking_number, unit.locker_unit_id
    return MovedOnError(ParcelElsewhereError(code, tracking_number=number, locker_unit_id=unit_id))


def is_true_already(parcel: Parcel, write: OpenWrite) -> bool:
    """Tell whether a write only says what has happened: the parcel was put in, given out, or laid on the shelf."""
    if write.operation is Operation.DEPOSIT:
        # A repeated deposit only fetches a fresh code: delivered late, it would end the code that somebody has.
        return not parcel.is_in_locker
    return parcel.has_left_unit


def speaks_of_the_parcel(error: KioskError) -> bool:
    """Tell a refusal of this request from one of the credentials or of too many calls."""
    return isinstance(error, RefusedError) and not isinstance(error, (NotAuthorizedError, ThrottledError))


def reference(parcel: Parcel) -> ParcelReference:
    """Return the parcel as the API names it."""
    return ParcelReference(tracking_number=parcel.tracking_number, secondary_tracking_number=parcel.second_number)


async def still_there(sending: Sending, named: Iterable[ParcelReference]) -> list[ParcelReference]:
    """Return the other parcels of a list, without those that the journal knows to have left the unit.

    Named once more, they would be put back into it at the service.
    """
    others = {each.tracking_number: each for each in named if each.tracking_number != sending.parcel.tracking_number}
    gone = await sending.elsewhere(sending.place, others)
    return [each for number, each in others.items() if number not in gone]
