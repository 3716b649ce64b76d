"""From a raw scan to a parcel with one number: taking it in, several barcodes of a box, what is unclear about a number.

Needs no network. What the signs of a barcode mean stands in `kiosk/tracking`.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, NamedTuple

from kiosk.errors import WrongStateError
from kiosk.journal.events import CodeAdded, CodeTakenOff, NumberChosen, ParcelTakenIn
from kiosk.models.parcels import NumberQuestion, Parcel, ParcelState
from kiosk.tracking.scan import Check, Scan, read_scan

if TYPE_CHECKING:
    from kiosk.journal.store import Actor, Journal
    from kiosk.models.carriers import Carrier
    from kiosk.tracking.scan import Candidate

OWN_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""What a number made here consists of: nothing that is easily taken for something else when written by hand."""

OWN_LENGTH = 6


class TakenIn(NamedTuple):
    """A scanned parcel, and whether it was known before: half done, or lying in a locker."""

    parcel: Parcel
    known: bool


class Scans:
    """What a scan means for the parcels of this journal."""

    def __init__(self, journal: Journal, *, own_prefix: str) -> None:
        self._journal = journal
        self.own_prefix = own_prefix
        """How the numbers of this mailroom begin."""

    async def take_in(self, scanned: str, actor: Actor, *, ask: bool = False) -> TakenIn:
        """Record a scanned parcel, or return the one that any of its numbers finds and that is still here.

        With `ask`, what is unclear about the number becomes the parcel's `question`, which a person answers by
        `choose_number`; a script's number is taken as it is. Raises UnreadableScanError.
        """
        scan = read_scan(scanned)
        known = await self._present(scan)
        if known is not None:
            return TakenIn(known, known=True)
        taken_in = ParcelTakenIn(
            tracking_number=scan.tracking_number,
            scanned=_storable(scanned),
            carrier=_carrier(scan),
            question=self._question(scan) if ask else None,
            readings=_readings(scan),
        )
        try:
            return TakenIn(await self._journal.append(secrets.token_hex(8), taken_in, actor), known=False)
        except WrongStateError:
            # Another process on this folder took it in between our look and our writing.
            known = await self._present(scan)
            if known is None:
                raise
            return TakenIn(known, known=True)

    async def known(self, scanned: str) -> Parcel | None:
        """Return the parcel that is still here and that this barcode finds; UnreadableScanError."""
        return await self._present(read_scan(scanned))

    async def make_number(self, actor: Actor) -> Parcel:
        """Take in a parcel without a barcode under a number made for it, which is to be written on the box."""
        while True:
            signs = "".join(secrets.choice(OWN_SIGNS) for _ in range(OWN_LENGTH))
            number = f"{self.own_prefix}{signs}"
            if not await self._journal.find(number):
                break
        event = ParcelTakenIn(tracking_number=number, scanned="", question=NumberQuestion.TO_WRITE)
        return await self._journal.append(secrets.token_hex(8), event, actor)

    async def add_code(self, parcel: Parcel, scanned: str, actor: Actor) -> Parcel:
        """Note another barcode of the same box; the likeliest of all is the parcel's number from now on.

        Raises UnreadableScanError, and WrongStateError once a locker is asked for.
        """
        scan = read_scan(scanned)
        added = CodeAdded(scanned=_storable(scanned), code=scan.tracking_number, readings=_readings(scan))
        parcel = await self._journal.append(parcel.parcel_id, added, actor, only_if=_waits_for_recipient)
        if _likelihood(scan) <= _likelihood(read_scan(parcel.tracking_number)):
            return parcel
        chosen = NumberChosen(
            tracking_number=scan.tracking_number,
            carrier=_carrier(scan),
            scanned=_storable(scanned),
            question=self._question(scan),
        )
        return await self._journal.append(parcel.parcel_id, chosen, actor, only_if=_waits_for_recipient)

    async def take_code_off(self, parcel: Parcel, scanned: str, actor: Actor) -> Parcel:
        """Note that a barcode belongs to another box after all."""
        scan = read_scan(scanned)
        off = CodeTakenOff(code=scan.tracking_number, readings=_readings(scan))
        return await self._journal.append(parcel.parcel_id, off, actor, only_if=_waits_for_recipient)

    def other_readings(self, scanned: str) -> tuple[str, ...]:
        """Return the other numbers that carriers would read in a barcode."""
        return _readings(read_scan(scanned))

    def readings(self, parcel: Parcel) -> tuple[Candidate, ...]:
        """Return the ways to read the parcel's barcode that a person may choose from, the likeliest first."""
        return _equally_good(read_scan(parcel.scanned or parcel.tracking_number))

    async def choose_number(
        self, parcel: Parcel, actor: Actor, *, tracking_number: str | None = None, carrier: Carrier | None = None
    ) -> Parcel:
        """Record a person's answer to the question about the number; without one, the number stays as it is."""
        chosen = NumberChosen(tracking_number=tracking_number or parcel.tracking_number, carrier=carrier)
        return await self._journal.append(parcel.parcel_id, chosen, actor, only_if=_waits_for_recipient)

    async def _present(self, scan: Scan) -> Parcel | None:
        for number in (scan.tracking_number, *_readings(scan)):
            for parcel in await self._journal.find(number):
                if parcel.present:
                    return parcel
        return None

    def _question(self, scan: Scan) -> NumberQuestion | None:
        if not scan.candidates:
            return None if scan.tracking_number.startswith(self.own_prefix) else NumberQuestion.IN_HOUSE
        if len(_equally_good(scan)) > 1:
            return NumberQuestion.TWO_CARRIERS
        return NumberQuestion.CHECK_DIGIT if scan.candidates[0].check is Check.BAD else None


def _equally_good(scan: Scan) -> tuple[Candidate, ...]:
    """Return the candidates as good as the best: a right check digit beats none, none beats a wrong one."""
    best = scan.candidates[0].check if scan.candidates else None
    good = [each for each in scan.candidates if each.check is best]
    return tuple(good[:1] if best is Check.BAD else good)


def _carrier(scan: Scan) -> Carrier | None:
    """Return the carrier if only one is likely."""
    good = _equally_good(scan)
    return good[0].carrier if len(good) == 1 and good[0].check is not Check.BAD else None


def _readings(scan: Scan) -> tuple[str, ...]:
    """Return the other numbers that carriers would read, each once."""
    numbers = dict.fromkeys(each.tracking_number for each in scan.candidates if each.check is not Check.BAD)
    return tuple(number for number in numbers if number != scan.tracking_number)


def _likelihood(scan: Scan) -> int:
    """Return how sure it is that a barcode holds a tracking number."""
    return {Check.OK: 3, Check.NONE: 2, Check.BAD: 1}[scan.candidates[0].check] if scan.candidates else 0


def _storable(scanned: str) -> str:
    return scanned.encode(errors="replace").decode()  # half a character can't be written down


def _waits_for_recipient(parcel: Parcel) -> bool:
    return parcel.state is ParcelState.TAKEN_IN and parcel.open_write is None
