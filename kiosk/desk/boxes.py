"""Which codes are one box: what a scan takes in, what it belongs to, joining two codes and separating them again.

Two scans are two parcels, unless the second code is proven to be no parcel's number of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from kiosk.desk.permission import allowed
from kiosk.desk.scanning import Scans, scan_of
from kiosk.journal.store import Journal
from kiosk.parcels.events import Event, ParcelJoined
from kiosk.parcels.other_desks import OtherDesks, OtherParcel
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.people import Person
from kiosk.parcels.steps import Step, hindrance
from kiosk.tracking.codes import Code
from kiosk.tracking.labels import Label, beside, labels_of
from kiosk.tracking.scan import Scan


class TakenIn(NamedTuple):
    """What became of codes that were scanned."""

    parcels: tuple[Parcel, ...]
    """The parcels they are, or are on, in the order of the scans."""
    code: Code
    """The code that was scanned last."""
    scan: Scan | None
    """What the last parcel's own code may be; None for one that no version reads any more."""
    is_known: bool = False
    """The last one was here before."""
    added_to: Parcel | None = None
    """The parcel as it was before the last code was added to it."""


class AtAnotherDesk(NamedTuple):
    """A code that was scanned, and the parcel at another desk that it finds: it was not taken in."""

    code: Code
    parcel: OtherParcel
    heard_at: datetime | None
    """When that was known last."""


class Boxes:
    """What scanned codes mean for the parcels of this journal."""

    def __init__(self, journal: Journal, scans: Scans, others: OtherDesks) -> None:
        self._journal = journal
        self._scans = scans
        self._others = others

    async def set_aside(self, codes: Sequence[Code]) -> tuple[tuple[AtAnotherDesk, ...], tuple[Code, ...]]:
        """Return the parcels among codes that are at another desk, as far as was heard, and the codes of all others.

        What is here as well counts as here. Raises UnreadableScanError, NoParcelNumberError where no code is a
        parcel's, and storage errors.
        """
        found: list[AtAnotherDesk] = []
        rest = list(codes)
        for label in labels_of(codes, own_prefix=self._scans.own_prefix):
            other = await self._others.with_number(label.code.scan.known_as)
            if other is not None and await self._scans.known(label.code.scan) is None:
                found.append(AtAnotherDesk(label.code, other, await self._others.heard_at()))
                rest = [code for code in rest if code not in {label.code, *label.others}]
        return tuple(found), tuple(rest)

    async def take_in(
        self, codes: Sequence[Code], person: Person, *, before: Parcel | None = None, follows: bool = False
    ) -> TakenIn:
        """Take in every parcel among codes that came in one burst, each with the other codes of its label.

        `before` is the parcel whose screen is shown; `follows` says that the codes came in one burst with its own.
        Raises UnreadableScanError, NoParcelNumberError where no code is a parcel's, and storage errors.
        """
        labels = labels_of(codes, own_prefix=self._scans.own_prefix)
        if before is not None:
            own, first = code_of(before), labels[0]
            if await self._is_on(before, own, first.code, person, follows=follows):
                box = await self._scans.add_code(before, first.code.scan, person)
                box = await self._with_others(box, first, person)
                if len(labels) == 1:
                    return TakenIn((box,), first.code, _reading(box, own, first.code, *first.others), added_to=before)
                labels = labels[1:]
        taken = await self._scans.take_in_all([label.code.scan for label in labels], person, ask=True)
        parcels = [
            await self._with_others(each.parcel, label, person) for each, label in zip(taken, labels, strict=True)
        ]
        last, known = labels[-1], taken[-1].known
        return TakenIn(tuple(parcels), last.code, _reading(parcels[-1], last.code, *last.others), is_known=known)

    async def join(self, parcel: Parcel, other: Parcel, person: Person) -> Parcel:
        """Make a parcel's barcode another code of a box that was scanned before it; return that box.

        Raises WrongStateError once a locker is asked for, for either of them.
        """
        added = self._scans.added(other, code_of(parcel).scan)
        steps: list[tuple[str, Event]] = [
            (parcel.parcel_id, ParcelJoined(to=other.parcel_id)),
            *((other.parcel_id, event) for event in added),
        ]
        return await self._journal.append_together(steps, person, allowed=allowed(Step.JOIN, person))

    async def separate(self, parcel: Parcel, code: Code, person: Person) -> TakenIn:
        """Take a barcode off a box and take it in as a parcel of its own; raises as `join` does."""
        await self._scans.take_code_off(parcel, code.scan, person)
        ((fresh, known),) = await self._scans.take_in_all([code.scan], person, ask=True)
        return TakenIn((fresh,), code, _reading(fresh, code), is_known=known)

    async def _is_on(self, box: Parcel, own: Code, code: Code, person: Person, *, follows: bool) -> bool:
        """Tell whether a code is proven to be on a box that waits, and finds no parcel that is here."""
        if not _takes_codes(box, person) or not beside(own, code, in_burst=follows):
            return False
        return await self._scans.known(code.scan) is None

    async def _with_others(self, parcel: Parcel, label: Label, person: Person) -> Parcel:
        if not _takes_codes(parcel, person):
            return parcel
        for code in label.others:
            if await self._scans.known(code.scan) is None:
                parcel = await self._scans.add_code(parcel, code.scan, person)
        return parcel


def code_of(parcel: Parcel) -> Code:
    """Return the parcel's own code, as it was scanned or made here."""
    return Code(parcel.scanned or parcel.tracking_number)


def _reading(parcel: Parcel, *codes: Code) -> Scan | None:
    """Return what the parcel's own code may be, which is one of these, unless it was here before them."""
    return next((code.scan for code in codes if code.scan.storable == parcel.scanned), None) or scan_of(parcel)


def _takes_codes(parcel: Parcel, person: Person) -> bool:
    return hindrance(Step.ADD_CODE, parcel, person.role) is None
