"""Where things are: banks with their free units, and parcels in this journal or at the server.

Asks the API only to read; what a reading shows about a parcel of ours is recorded.
"""

from __future__ import annotations

import asyncio
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from kiosk.api.lockers import LockersApi
from kiosk.clock import Clock
from kiosk.desk.reservations import reservation_of
from kiosk.errors import NotFoundError, UnknownBankError, UnknownParcelError
from kiosk.journal.store import Journal
from kiosk.parcels.choosing import BankView
from kiosk.parcels.contacts import Contact
from kiosk.parcels.events import ParcelFound, ParcelFoundGone, ReservationLapsed
from kiosk.parcels.lockers import LockerBank, LockerUnit
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.parcels.people import Person
from kiosk.parcels.states import ContactType
from kiosk.tracking.scan import spellings

FRESH_FOR = timedelta(seconds=60)
"""How long an availability that was read is used again: the smallest plan allows 2,000 calls a day."""

REPORT_HOLDS_FOR = timedelta(hours=24)
"""How long a unit that was found occupied or shut is not chosen."""


class Held(NamedTuple):
    """A unit that holds a number, and the number as the server spells it."""

    place: UnitPlace
    unit: LockerUnit
    tracking_number: str


class Lockers:
    """What the service says of banks, units and parcels; a reading of a bank is used for a minute."""

    def __init__(self, api: LockersApi, journal: Journal, clock: Clock, *, location_id: str) -> None:
        self._api = api
        self._journal = journal
        self._clock = clock
        self._location_id = location_id
        self._banks: tuple[datetime, tuple[LockerBank, ...]] | None = None
        self._views: dict[str, BankView] = {}
        self._outdated: set[str] = set()

    async def banks(self) -> tuple[LockerBank, ...]:
        """Return the banks of this desk's location; raises ApiError."""
        if self._banks is None or self._is_old(self._banks[0]):
            found = await self._api.get_locker_banks(location_id=self._location_id or None)
            self._banks = (self._clock.now(), found)
        return self._banks[1]

    async def bank(self, locker_bank_id: str, *, fresh: bool = False) -> BankView:
        """Return one bank with its units, at most a minute old; raises UnknownBankError or ApiError."""
        known = self._views.get(locker_bank_id)
        if fresh or known is None or locker_bank_id in self._outdated or self._is_old(known.read_at):
            known = await self._read_bank(locker_bank_id)
            # Only after the reading: one that fails leaves the bank outdated.
            self._outdated.discard(locker_bank_id)
        # Each time, also for a view that is kept: a report counts at once and costs no call.
        reported = await self._journal.reported_units(locker_bank_id, within=REPORT_HOLDS_FOR)
        self._views[locker_bank_id] = known._replace(reported=reported)
        return self._views[locker_bank_id]

    def label(self, locker_bank_id: str) -> str:
        """Return the name of a bank as people say it, as far as it was read; else its id."""
        banks = self._banks[1] if self._banks else ()
        return next((bank.label for bank in banks if bank.locker_bank_id == locker_bank_id), locker_bank_id)

    def seen(self, locker_bank_id: str) -> BankView | None:
        """Return the bank as it was read last, however old, without asking anybody."""
        return self._views.get(locker_bank_id)

    def seen_banks(self) -> tuple[BankView, ...]:
        """Return every bank as it was read last, without asking anybody."""
        return tuple(self._views.values())

    def outdate(self, locker_bank_id: str) -> None:
        """Read this bank anew next time, because we changed it ourselves."""
        # The view is not dropped: `seen` goes on showing it until there is a newer one.
        self._outdated.add(locker_bank_id)

    async def reservation(self, locker_bank_id: str, tracking_number: str) -> LockerUnit | None:
        """Return the unit that holds this number in one bank, with all its parcels, or None."""
        return await reservation_of(self._api, locker_bank_id, tracking_number)

    async def reservations_of(self, contact_id: str) -> tuple[LockerUnit, ...]:
        """Return all units that are held for a contact, in every bank of the location."""
        banks = await self.banks()
        lists = await asyncio.gather(
            *(self._api.get_reservation_list(bank.locker_bank_id, contact_id) for bank in banks)
        )
        return tuple(
            # Units in a bank's list need not name their bank.
            unit.model_copy(update={"locker_bank_id": bank.locker_bank_id})
            for bank, units in zip(banks, lists, strict=True)
            for unit in units
        )

    async def at_server(self, *tracking_numbers: str) -> Held | None:
        """Ask every bank of the location for these numbers; the first unit that holds one, or None."""
        for number in tracking_numbers:
            for bank in await self.banks():
                unit = await self.reservation(bank.locker_bank_id, number)
                if unit is not None:
                    return Held(_place(bank.locker_bank_id, unit), unit, number)
        return None

    async def refresh(self, parcel: Parcel, person: Person) -> Parcel:
        """Compare a parcel that should be in a unit with the server, and record if it is gone from there."""
        parcel = await self._journal.parcel(parcel.parcel_id) or parcel
        if parcel.place is None or parcel.open_write is not None:
            return parcel
        if not parcel.has_unit:
            return parcel
        if await self.reservation(parcel.place.locker_bank_id, parcel.tracking_number) is not None:
            return parcel
        by_now = await self._journal.parcel(parcel.parcel_id)
        if by_now != parcel:
            return by_now or parcel  # it was moved while the server was asked: the answer is about the past
        gone = ParcelFoundGone() if parcel.is_in_locker else ReservationLapsed(place=parcel.place)
        return await self._journal.append(parcel.parcel_id, gone, person)

    async def known_or_found(self, scanned: str, person: Person) -> Parcel:
        """Return the parcel of that number that is here, taking it into the journal if only the server knows it.

        One that was collected or cancelled is returned if no unit holds the number again. Raises UnknownParcelError
        and UnreadableScanError.
        """
        numbers = spellings(scanned)
        known = [parcel for number in numbers for parcel in await self._journal.find(number)]
        for parcel in known:
            if parcel.present:
                return parcel
        held = await self.at_server(*numbers)
        if held is None and known:
            return known[0]
        if held is None:
            raise UnknownParcelError("parcel_unknown_everywhere", tracking_number=numbers[0])
        place, unit, tracking_number = held
        found = ParcelFound(
            tracking_number=tracking_number,
            contact=_contact(unit),
            place=place,
            reservation_expiry=unit.reservation_expiry_time,
            deposited=unit.has_deposited(tracking_number),
            deposited_at=unit.deposit_time,
            deposit_expiry=unit.deposit_expiry_time,
        )
        return await self._journal.append(secrets.token_hex(8), found, person)

    async def _read_bank(self, locker_bank_id: str) -> BankView:
        try:
            details = await self._api.get_locker_bank_details(locker_bank_id)
            sizes = details.availability() or await self._api.locker_sizes(locker_bank_id)
        except NotFoundError as error:
            raise UnknownBankError(locker_bank_id=locker_bank_id) from error
        return BankView(details=details, sizes=sizes, reported=frozenset(), read_at=self._clock.now())

    def _is_old(self, read_at: datetime) -> bool:
        # A reading from the future comes from a clock that was set back; by its age it would be fresh for hours.
        return not timedelta(0) <= self._clock.now() - read_at < FRESH_FOR


def _place(locker_bank_id: str, unit: LockerUnit) -> UnitPlace:
    return UnitPlace(locker_bank_id=locker_bank_id, locker_unit_id=unit.locker_unit_id, size=unit.size)


def _contact(unit: LockerUnit) -> Contact | None:
    if not unit.contact_id:
        return None
    return Contact(
        contact_id=unit.contact_id,
        contact_type=unit.contact_type or ContactType.RECIPIENT,
        name=unit.contact_name,
    )
