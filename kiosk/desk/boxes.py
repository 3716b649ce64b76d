"""Which codes are one box: what a scan takes in, what it belongs to, joining two codes and separating them again.

Two scans are two parcels, unless the second code is proven to be no parcel's number of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kiosk.desk.permission import allowed
from kiosk.parcels.events import ParcelJoined
from kiosk.parcels.steps import Step, hindrance
from kiosk.tracking.labels import beside, labels_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.desk.scanning import Scans
    from kiosk.journal.store import Journal
    from kiosk.parcels.events import Event
    from kiosk.parcels.parcel import Parcel
    from kiosk.parcels.people import Person
    from kiosk.tracking.labels import Label


class TakenIn(NamedTuple):
    """What became of codes that were scanned."""

    parcels: tuple[Parcel, ...]
    """The parcels they are, or are on, in the order of the scans."""
    code: str
    """The code of the last one."""
    is_known: bool = False
    """The last one was here before."""
    added_to: Parcel | None = None
    """The parcel as it was before the last code was added to it."""


class Boxes:
    """What scanned codes mean for the parcels of this journal."""

    def __init__(self, journal: Journal, scans: Scans) -> None:
        self._journal = journal
        self._scans = scans

    async def take_in(
        self, codes: Sequence[str], person: Person, *, before: Parcel | None = None, follows: bool = False
    ) -> TakenIn:
        """Take in every parcel among codes that came in one burst, each with the other codes of its label.

        `before` is the parcel whose screen is shown; `follows` says that the codes came in one burst with its own.
        Raises UnreadableScanError, NoParcelNumberError where no code is a parcel's, and storage errors.
        """
        labels = labels_of(codes, own_prefix=self._scans.own_prefix)
        first = labels[0]
        if before is not None and await self._is_on(before, first.code, person, in_burst=follows):
            box = await self._scans.add_code(before, first.code, person)
            box = await self._with_others(box, first, person)
            if len(labels) == 1:
                return TakenIn((box,), first.code, added_to=before)
            labels = labels[1:]
        taken = await self._scans.take_in_all([label.code for label in labels], person, ask=True)
        parcels = [
            await self._with_others(each.parcel, label, person) for each, label in zip(taken, labels, strict=True)
        ]
        return TakenIn(tuple(parcels), labels[-1].code, is_known=taken[-1].known)

    async def join(self, parcel: Parcel, other: Parcel, person: Person) -> Parcel:
        """Make a parcel's barcode another code of a box that was scanned before it; return that box.

        Raises WrongStateError once a locker is asked for, for either of them.
        """
        added = self._scans.added(other, parcel.scanned or parcel.tracking_number)
        steps: list[tuple[str, Event]] = [
            (parcel.parcel_id, ParcelJoined(to=other.parcel_id)),
            *((other.parcel_id, event) for event in added),
        ]
        return await self._journal.append_together(steps, person, allowed=allowed(Step.JOIN, person))

    async def separate(self, parcel: Parcel, scanned: str, person: Person) -> TakenIn:
        """Take a barcode off a box and take it in as a parcel of its own; raises as `join` does."""
        await self._scans.take_code_off(parcel, scanned, person)
        fresh, known = await self._scans.take_in(scanned, person, ask=True)
        return TakenIn((fresh,), scanned, is_known=known)

    async def _is_on(self, box: Parcel, code: str, person: Person, *, in_burst: bool) -> bool:
        """Tell whether a code is proven to be on a box that waits, and finds no parcel that is here."""
        if not _takes_codes(box, person) or not beside(box.scanned or box.tracking_number, code, in_burst=in_burst):
            return False
        return await self._scans.known(code) is None

    async def _with_others(self, parcel: Parcel, label: Label, person: Person) -> Parcel:
        if not _takes_codes(parcel, person):
            return parcel
        for code in label.others:
            if await self._scans.known(code) is None:
                parcel = await self._scans.add_code(parcel, code, person)
        return parcel


def _takes_codes(parcel: Parcel, person: Person) -> bool:
    return hindrance(Step.ADD_CODE, parcel, person.role) is None
