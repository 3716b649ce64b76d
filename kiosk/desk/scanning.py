"""From a raw scan to a parcel with one number: taking it in, several barcodes of a box, what is unclear about a number.

Needs no network. What the signs of a barcode mean stands in `kiosk/tracking`.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import NamedTuple

from kiosk.desk.permission import allowed, check
from kiosk.errors import UnreadableScanError, WrongStateError
from kiosk.journal.store import Journal, NewParcel
from kiosk.parcels.carriers import Carrier
from kiosk.parcels.events import CodeAdded, CodeTakenOff, Event, NumberChosen, ParcelTakenIn
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.states import NumberQuestion
from kiosk.parcels.steps import Step
from kiosk.tracking.scan import Ask, Check, Scan, read_scan

OWN_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""What a number made here consists of: nothing that is easily taken for something else when written by hand."""

OWN_LENGTH = 6

_QUESTIONS = {
    Ask.IN_HOUSE: NumberQuestion.NO_CARRIER,
    Ask.TWO: NumberQuestion.TWO_CARRIERS,
    Ask.BAD: NumberQuestion.CHECK_DIGIT,
    Ask.GUESS: NumberQuestion.GUESS,
    Ask.LOOK_ALIKE: NumberQuestion.LOOK_ALIKE,
    Ask.FAULT: NumberQuestion.DAMAGED,
}


class ScannedParcel(NamedTuple):
    """A scanned parcel, and whether it was known before: half done, or lying in a locker."""

    parcel: Parcel
    known: bool


class Scans:
    """What a scan means for the parcels of this journal."""

    def __init__(self, journal: Journal, *, own_prefix: str) -> None:
        self._journal = journal
        self.own_prefix = own_prefix
        """How the numbers of this mailroom begin."""

    async def take_in(self, scanned: str, person: Person, *, ask: bool = False) -> ScannedParcel:
        """Record a scanned parcel, or return the one that any of its numbers finds and that is still here.

        With `ask`, what is unclear about the number becomes the parcel's `question`, which a person answers by
        `choose_number`; a script's number is taken as it is. Raises UnreadableScanError.
        """
        (taken,) = await self.take_in_all([read_scan(scanned)], person, ask=ask)
        return taken

    async def take_in_all(self, scans: Sequence[Scan], person: Person, *, ask: bool = False) -> list[ScannedParcel]:
        """Record several parcels, whose codes were read, in one go; as `take_in` does each."""
        news = [self._new(scan, ask=ask) for scan in scans]
        return [ScannedParcel(parcel, known) for parcel, known in await self._journal.take_in(news, person)]

    async def known(self, scan: Scan) -> Parcel | None:
        """Return the parcel that is still here and that this barcode finds."""
        for number in scan.known_as:
            for parcel in await self._journal.find(number):
                if parcel.present:
                    return parcel
        return None

    def is_number(self, scan: Scan) -> bool:
        """Tell whether a barcode fits a carrier or this mailroom; anything else may be a number too, but as a guess."""
        fits = any(each.check is not Check.BAD for each in scan.candidates)
        return fits or scan.tracking_number.startswith(self.own_prefix)

    async def make_number(self, person: Person) -> Parcel:
        """Take in a parcel without a barcode under a number made for it, which is to be written on the box."""
        while True:
            signs = "".join(secrets.choice(OWN_SIGNS) for _ in range(OWN_LENGTH))
            number = f"{self.own_prefix}{signs}"
            # Also not that of a parcel long gone, whose box may still lie about with the number on it.
            if not await self._journal.find(number):
                break
        event = ParcelTakenIn(tracking_number=number, scanned="", question=NumberQuestion.TO_WRITE)
        return await self._journal.append(secrets.token_hex(8), event, person)

    async def add_code(self, parcel: Parcel, scan: Scan, person: Person) -> Parcel:
        """Note another barcode of the same box; the likeliest of all is the parcel's number from now on.

        Raises WrongStateError once a locker is asked for.
        """
        steps = [(parcel.parcel_id, event) for event in self.added(parcel, scan)]
        return await self._journal.append_together(steps, person, allowed=allowed(Step.ADD_CODE, person))

    def added(self, parcel: Parcel, scan: Scan) -> list[Event]:
        """Return what happens to a parcel when a barcode is found to be on its box too."""
        events: list[Event] = [_code_added(scan)]
        if _likelihood(scan) > _likelihood(read_scan(parcel.tracking_number)):
            chosen = NumberChosen(
                tracking_number=scan.tracking_number,
                carrier=scan.carrier,
                scanned=scan.storable,
                question=self._question(scan),
            )
            events.append(chosen)
        return events

    async def check_second(self, scan: Scan, second: Scan, parcel: Parcel | None, person: Person) -> None:
        """Raise WrongStateError, or what `permission.check` says, where a barcode can't give a parcel's second number.

        `parcel` is the one that `scan` finds; None for one that is new.
        """
        number, other = second.tracking_number, await self.known(second)
        is_of_another = other is not None and (parcel is None or other.parcel_id != parcel.parcel_id)
        if is_of_another or number == (parcel.tracking_number if parcel else scan.tracking_number):
            raise WrongStateError("second_number_is_a_first", second_number=number)
        if parcel is None or parcel.second_number == number:
            return
        if parcel.second_number is not None:
            raise WrongStateError("second_number_is_another", second_number=parcel.second_number)
        check(Step.ADD_CODE, parcel, person)

    async def add_second(self, parcel: Parcel, scan: Scan, person: Person) -> Parcel:
        """Make a barcode the parcel's second number, however likely it looks; raises what `permission.allowed` says."""
        if parcel.second_number == scan.tracking_number:
            return parcel
        may = allowed(Step.ADD_CODE, person)
        return await self._journal.append(parcel.parcel_id, _code_added(scan), person, allowed=may)

    async def take_code_off(self, parcel: Parcel, scan: Scan, person: Person) -> Parcel:
        """Note that a barcode belongs to another box after all."""
        off = CodeTakenOff(code=scan.tracking_number, readings=scan.spellings[1:])
        return await self._journal.append(parcel.parcel_id, off, person, allowed=allowed(Step.TAKE_CODE_OFF, person))

    async def choose_number(
        self, parcel: Parcel, person: Person, *, tracking_number: str | None = None, carrier: Carrier | None = None
    ) -> Parcel:
        """Record a person's answer to the question about the number; without one, the number stays as it is."""
        chosen = NumberChosen(tracking_number=tracking_number or parcel.tracking_number, carrier=carrier)
        return await self._journal.append(parcel.parcel_id, chosen, person, allowed=allowed(Step.SETTLE_NUMBER, person))

    def _new(self, scan: Scan, *, ask: bool) -> NewParcel:
        event = ParcelTakenIn(
            tracking_number=scan.tracking_number,
            scanned=scan.storable,
            carrier=scan.carrier,
            question=self._question(scan) if ask else None,
            readings=scan.spellings[1:],
        )
        return NewParcel(secrets.token_hex(8), event)

    def _question(self, scan: Scan) -> NumberQuestion | None:
        if scan.asks is None or (scan.asks is Ask.IN_HOUSE and scan.tracking_number.startswith(self.own_prefix)):
            return None
        return _QUESTIONS[scan.asks]


def _code_added(scan: Scan) -> CodeAdded:
    return CodeAdded(scanned=scan.storable, code=scan.tracking_number, readings=scan.spellings[1:])


def scan_of(parcel: Parcel) -> Scan | None:
    """Return what the parcel's barcode says; None for a number of an older version that can't be taken in any more."""
    try:
        return read_scan(parcel.scanned or parcel.tracking_number)
    except UnreadableScanError:
        return None


def _likelihood(scan: Scan) -> int:
    """Return how sure it is that a barcode holds a tracking number."""
    # Without a carrier only the number of a shipping unit (SSCC) with a right check digit leaves nothing to ask.
    if not scan.candidates:
        return 2 if scan.asks is None else 0
    if scan.asks is Ask.FAULT or scan.candidates[0].check is Check.BAD:
        return 1
    if scan.candidates[0].is_guess:
        return 2
    return 4 if scan.asks is None else 3
