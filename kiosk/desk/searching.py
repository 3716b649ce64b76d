"""What somebody means who types: a parcel that is here or was here, or the number of a new one."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from kiosk.clock import Clock
from kiosk.desk.boxes import AtAnotherDesk
from kiosk.desk.scanning import Scans
from kiosk.errors import UnreadableScanError
from kiosk.journal.searching import MOST_FOUND, find_parcels
from kiosk.journal.store import Journal
from kiosk.parcels.other_desks import OtherDesks, OtherParcel
from kiosk.parcels.parcel import Parcel
from kiosk.tracking.codes import Code
from kiosk.tracking.scan import Check, Scan


class Fits(NamedTuple):
    """What fits a text that was typed."""

    text: Code
    parcels: tuple[Parcel, ...] = ()
    """The best first."""
    is_known: bool = False
    """The text is a number of the first of them, in full."""
    may_be_new: bool = False
    """It can be the number of a parcel that is not here yet."""
    is_carriers: bool = False
    """Its check digit says that it is a carrier's number."""
    others: tuple[OtherParcel, ...] = ()
    """Parcels at other desks that fit too, the newest first."""
    heard_at: datetime | None = None
    """When that was known last."""

    @property
    def found(self) -> tuple[Parcel | OtherParcel, ...]:
        """All of them, those of this desk first."""
        return (*self.parcels, *self.others)

    def elsewhere(self, at: int) -> AtAnotherDesk | None:
        """Return the parcel at another desk that stands there among `found`; None for one of this desk."""
        other = self.others[at - len(self.parcels)] if at >= len(self.parcels) else None
        return AtAnotherDesk(Code(other.tracking_number), other, self.heard_at) if other is not None else None

    @property
    def is_full(self) -> bool:
        """Whether more parcels may fit than are told."""
        return len(self.parcels) >= MOST_FOUND


class Searching:
    """Searches the parcels of the journal, without asking the locker service."""

    def __init__(self, journal: Journal, scans: Scans, others: OtherDesks, clock: Clock) -> None:
        self._journal = journal
        self._scans = scans
        self._others = others
        self._clock = clock

    async def search(self, text: str, *, day_first: bool = False) -> Fits:
        """Return the parcels here that a text fits, and whether it can be a new one's number."""
        return await self._search(Code(text), present=True, day_first=day_first)

    async def find(self, text: str, *, day_first: bool = False) -> Fits:
        """Return the parcels, here and gone, that a text fits, and whether it can be a new one's number."""
        return await self._search(Code(text), present=None, day_first=day_first)

    async def _search(self, code: Code, *, present: bool | None, day_first: bool) -> Fits:
        today = self._clock.now().astimezone().date()
        parcels = await find_parcels(self._journal.connection, code, today, present=present, day_first=day_first)
        others = await self._others.searched(code, MOST_FOUND)
        fits = Fits(code, parcels, others=others, heard_at=await self._others.heard_at() if others else None)
        try:
            scan = code.scan
        except UnreadableScanError:
            return fits
        known = await self._scans.known(scan)
        if known is not None:
            rest = [parcel for parcel in parcels if parcel.parcel_id != known.parcel_id]
            return fits._replace(parcels=(known, *rest), is_known=True)
        return fits._replace(may_be_new=may_be_number(code), is_carriers=_is_carriers(scan))


def may_be_number(text: Code) -> bool:
    """Tell whether a typed text can be a parcel's number: it has a digit, and blanks only where a carrier has them."""
    try:
        candidates = text.scan.candidates
    except UnreadableScanError:
        return False
    return any(sign.isdigit() for sign in text) and (bool(candidates) or len(text.split()) == 1)


def _is_carriers(scan: Scan) -> bool:
    return any(each.check is Check.OK for each in scan.candidates)
