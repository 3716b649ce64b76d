"""Where things are: banks with their free units, and parcels in this journal or at the server.

Asks the API only to read; what a reading shows about a parcel of ours is recorded.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from kiosk.api.lockers import LockersApi
from kiosk.clock import Clock
from kiosk.desk.observations import BankUnits, Observations
from kiosk.desk.reservations import Held, reservation_of
from kiosk.desk.shared_calls import SharedCalls
from kiosk.errors import NotFoundError, StorageError, UnknownBankError, UnknownParcelError
from kiosk.journal.store import Journal
from kiosk.journal.units import news_of_bank
from kiosk.parcels.bank_changes import with_changes
from kiosk.parcels.choosing import REPORT_HOLDS_FOR, BankView
from kiosk.parcels.contacts import Contact
from kiosk.parcels.events import ParcelFound
from kiosk.parcels.findings import Shown, gone
from kiosk.parcels.lockers import LockerBank, LockerBankDetails, LockerUnit, SizeAvailability
from kiosk.parcels.other_desks import OtherDesks
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.parcels.people import Person
from kiosk.parcels.states import ContactType
from kiosk.tracking.scan import spellings

_log = logging.getLogger(__name__)

FRESH_FOR = timedelta(seconds=60)
"""How long a reading of a bank is used again: the smallest plan allows 2,000 calls a day."""

NAMES_FOR = timedelta(hours=24)
"""How long the list of banks is used again: it changes when one is built."""


class _Reading(NamedTuple):
    """A bank as the service told it."""

    details: LockerBankDetails
    sizes: tuple[SizeAvailability, ...]
    """What it said of its sizes where it lists no units."""
    read_at: datetime
    asked_after: int
    """The number of the newest event when it was asked for."""


class Lockers:
    """What the service says of banks, units and parcels.

    Everybody shares its readings: one is used again for a minute, with what this desk did since, and a second call for
    the same waits for the first. What a reading shows about parcels of the journal is recorded with it.
    """

    def __init__(
        self,
        api: LockersApi,
        journal: Journal,
        observations: Observations,
        clock: Clock,
        *,
        location_id: str,
        others: OtherDesks,
    ) -> None:
        self._api = api
        self._journal = journal
        self._observations = observations
        self._clock = clock
        self._location_id = location_id
        self._others = others
        self._banks: tuple[datetime, tuple[LockerBank, ...]] | None = None
        self._bank_lists: SharedCalls[tuple[LockerBank, ...]] = SharedCalls()
        self._readings: dict[str, _Reading] = {}
        self._views: dict[str, BankView] = {}
        self._bank_calls: SharedCalls[_Reading] = SharedCalls()

    async def finish(self) -> None:
        """End the readings that nobody waits for any more."""
        await self._bank_lists.finish()
        await self._bank_calls.finish()

    async def banks(self) -> tuple[LockerBank, ...]:
        """Return the banks of this desk's location; raises ApiError.

        Only the first time is waited for: a list that is older than a day is read anew meanwhile.
        """
        if self._banks is None:
            return await self._bank_lists.ask("banks", self._read_banks)
        if self._is_old(self._banks[0], NAMES_FOR):
            self._bank_lists.begin("banks", self._read_banks)
        return self._banks[1]

    async def banks_of_id(self, locker_bank_id: str) -> tuple[LockerBank, ...]:
        """Return the bank of this id, if the desk's location has it; "": all. Asks the service; raises ApiError."""
        location_id, bank_id = self._location_id or None, locker_bank_id or None
        return await self._api.get_locker_banks(location_id=location_id, locker_bank_id=bank_id)

    async def bank(self, locker_bank_id: str, *, fresh: bool = False) -> BankView:
        """Return one bank with its units, read within the last minute; raises UnknownBankError or ApiError.

        `fresh` reads it anew: what is said of the present only, as that it is full, is said of such a reading.
        """
        known = self._readings.get(locker_bank_id)
        if fresh:
            known = await self._bank_calls.ask_anew(locker_bank_id, lambda: self._read_bank(locker_bank_id))
        elif known is None or self._is_old(known.read_at, FRESH_FOR):
            known = await self._bank_calls.ask(locker_bank_id, lambda: self._read_bank(locker_bank_id))
        return await self._view(locker_bank_id, known)

    async def at_hand(self, locker_bank_id: str) -> BankView:
        """Return one bank to choose a unit from, without a wait where it was read before, however long ago.

        An older reading does: a unit that was taken since is refused, and the next one is asked for. Raises
        UnknownBankError or ApiError where it has to be read first.
        """
        return await self.known(locker_bank_id) or await self.bank(locker_bank_id)

    async def known(self, locker_bank_id: str) -> BankView | None:
        """Return one bank as it was read last, with what this desk did since; asks nobody else."""
        read = self._readings.get(locker_bank_id)
        return await self._view(locker_bank_id, read) if read else None

    def renew(self, view: BankView) -> None:
        """Read a bank anew if that is old; nobody waits for it."""
        if self.is_old(view):
            bank_id = view.details.locker_bank_id
            self._bank_calls.begin(bank_id, lambda: self._read_bank(bank_id))

    def bank_ids(self) -> tuple[str, ...]:
        """Return the ids of this location's banks, as far as they were read."""
        return tuple(bank.locker_bank_id for bank in (self._banks[1] if self._banks else ()))

    def label(self, locker_bank_id: str) -> str:
        """Return the name of a bank as people say it, as far as it was read; else its id."""
        banks = self._banks[1] if self._banks else ()
        return next((bank.label for bank in banks if bank.locker_bank_id == locker_bank_id), locker_bank_id)

    def seen(self, locker_bank_id: str) -> BankView | None:
        """Return the bank as it was read last, however old, without asking anybody."""
        return self._views.get(locker_bank_id)

    def holder(self, place: UnitPlace) -> str:
        """Return for whom the service holds a unit, by name or id, as it was read last; "" where that is not known."""
        units = view.details.locker_units if (view := self.seen(place.locker_bank_id)) else ()
        unit = next((unit for unit in units if unit.locker_unit_id == place.locker_unit_id), None)
        return unit.contact_name or unit.contact_id or "" if unit is not None else ""

    def seen_banks(self) -> tuple[BankView, ...]:
        """Return every bank as it was read last, without asking anybody."""
        return tuple(self._views.values())

    async def views(self) -> tuple[BankView, ...]:
        """Return every bank as it was read last, with what this desk did since; asks nobody else."""
        found = [await self.known(bank_id) for bank_id in tuple(self._readings)]
        return tuple(view for view in found if view is not None)

    def readings(self) -> tuple[BankUnits, ...]:
        """Return the units of every bank as the service told them last."""
        return tuple(
            BankUnits(bank_id, read.details.locker_units, read.asked_after) for bank_id, read in self._readings.items()
        )

    async def reservation(self, locker_bank_id: str, tracking_number: str) -> LockerUnit | None:
        """Return the unit that holds this number in one bank, with all its parcels, or None."""
        return await reservation_of(self._api, locker_bank_id, tracking_number)

    async def reservations_of(self, contact_id: str) -> tuple[LockerUnit, ...]:
        """Return all units that are held for a contact, in every bank of the location."""
        banks = await self.banks()
        calls = (self._api.get_reservation_list(bank.locker_bank_id, contact_id) for bank in banks)
        # All are waited for, also when one fails: a call that nobody waits for would outlive its connection.
        answers = await asyncio.gather(*calls, return_exceptions=True)
        units: list[LockerUnit] = []
        for bank, answer in zip(banks, answers, strict=True):
            if isinstance(answer, BaseException):
                raise answer
            # Units in a bank's list need not name their bank.
            units += [unit.model_copy(update={"locker_bank_id": bank.locker_bank_id}) for unit in answer]
        return tuple(units)

    async def at_server(self, *tracking_numbers: str) -> Held | None:
        """Ask every bank of the location for these numbers; the first unit that holds one, or None."""
        for number in tracking_numbers:
            for bank in await self.banks():
                unit = await self.reservation(bank.locker_bank_id, number)
                if unit is not None:
                    bank_id, unit_id = bank.locker_bank_id, unit.locker_unit_id
                    place = UnitPlace(locker_bank_id=bank_id, locker_unit_id=unit_id, size=unit.size)
                    return Held(place, unit, number)
        return None

    async def refresh(self, parcel: Parcel, person: Person) -> Parcel:
        """Ask the service where a parcel is that should be in a unit, and record what that shows; raises ApiError."""
        parcel = await self._journal.parcel(parcel.parcel_id) or parcel
        place = parcel.place
        if place is None or parcel.open_write is not None or not parcel.has_unit:
            return parcel
        unit = await self.reservation(place.locker_bank_id, parcel.tracking_number)
        if unit is None:
            return await self._observations.record(parcel, Shown(gone(parcel, place)), person)
        if unit.locker_unit_id == place.locker_unit_id:
            return await self._observations.compare(parcel, [unit], person)
        # Of a number that holds two units the service tells either: only the whole bank shows both.
        return await self.look(parcel, person)

    async def look(self, parcel: Parcel, person: Person) -> Parcel:
        """Read anew all that can hold the parcel in its bank, and record what that shows; raises ApiError."""
        # Before the service is asked: what happens to it from here on, the answer can't know.
        parcel = await self._journal.parcel(parcel.parcel_id) or parcel
        place, contact = parcel.place, parcel.contact
        if place is None:
            return parcel
        bank_id = place.locker_bank_id
        units = (await self._bank_calls.ask_anew(bank_id, lambda: self._read_bank(bank_id))).details.locker_units
        own = next((unit for unit in units if unit.locker_unit_id == place.locker_unit_id), None)
        if contact is not None and (own is None or not own.numbers):
            # A bank that lists no numbers can't show where one lies; what it has for a contact names them.
            units = await self._api.get_reservation_list(bank_id, contact.contact_id)
        elif self._observations.records:
            return await self._journal.parcel(parcel.parcel_id) or parcel  # the reading of the bank was recorded
        return await self._observations.compare(parcel, units, person)

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

    async def _read_banks(self) -> tuple[LockerBank, ...]:
        found = await self._api.get_locker_banks(location_id=self._location_id or None)
        self._banks = (self._clock.now(), found)
        return found

    async def _read_bank(self, locker_bank_id: str) -> _Reading:
        asked_after, asked_at = await self._observations.moment(), self._clock.now()
        try:
            details = await self._api.get_locker_bank_details(locker_bank_id)
            sizes = () if details.availability() else await self._api.locker_sizes(locker_bank_id)
        except NotFoundError as error:
            raise UnknownBankError(locker_bank_id=locker_bank_id) from error
        read = self._readings[locker_bank_id] = _Reading(details, sizes, asked_at, asked_after)
        try:
            await self._observations.note(BankUnits(locker_bank_id, details.locker_units, asked_after))
        except StorageError as error:
            # A disk that is full is no reason to show no lockers, and the next reading shows the same again.
            _log.warning("reading not recorded: %s", error)
        return read

    async def _view(self, locker_bank_id: str, read: _Reading) -> BankView:
        """Return a bank as it was read, with what was done and reported here since."""
        since, asked_after = self._clock.now() - REPORT_HOLDS_FOR, read.asked_after
        news = await news_of_bank(self._journal.connection, locker_bank_id, since=asked_after, reported_since=since)
        details = with_changes(read.details, news.parcels)
        reported = news.reported | await self._others.doubtful_units(locker_bank_id, since)
        sizes = details.availability(without=reported) or read.sizes
        self._views[locker_bank_id] = view = BankView(details, sizes, reported, read.read_at)
        return view

    def is_old(self, view: BankView) -> bool:
        """Tell whether a bank is read anew when somebody asks for it next."""
        return self._is_old(view.read_at, FRESH_FOR)

    def _is_old(self, read_at: datetime, after: timedelta) -> bool:
        # A reading from the future comes from a clock that was set back; by its age it would be fresh for hours.
        return not timedelta(0) <= self._clock.now() - read_at < after


def _contact(unit: LockerUnit) -> Contact | None:
    if not unit.contact_id:
        return None
    kind = unit.contact_type or ContactType.RECIPIENT
    return Contact(contact_id=unit.contact_id, contact_type=kind, name=unit.contact_name)
