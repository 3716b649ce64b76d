"""Which codes are one box: what a scan takes in, what it belongs to, joining two codes and separating them again.

Two scans are two parcels, unless the second code is proven to be no parcel's number of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kiosk.errors import WrongStateError
from kiosk.journal.events import CodeAdded, ParcelJoined
from kiosk.models.parcels import Parcel, ParcelState
from kiosk.tracking.labels import beside, labels_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.flows.scans import Scans
    from kiosk.journal.store import Actor, Journal
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
        self, codes: Sequence[str], actor: Actor, *, before: Parcel | None = None, follows: bool = False
    ) -> TakenIn:
        """Take in every parcel among codes that came in one burst, each with the other codes of its label.

        `before` is the parcel whose screen is shown; `follows` says that the codes came in one burst with its own.
        Raises UnreadableScanError, NoParcelCodeError where no code is a parcel's, and storage errors.
        """
        taken: TakenIn | None = None
        parcels: list[Parcel] = []
        for label in labels_of(codes, own_prefix=self._scans.own_prefix):
            box = before if before is not None and self.may_be_joined(before) else None
            taken = await self._take(label, box, actor, in_burst=follows or bool(parcels))
            parcels.append(taken.parcels[-1])
            before = taken.parcels[-1]
        if taken is None:
            raise WrongStateError("Nothing was scanned.")
        return taken._replace(parcels=tuple({each.parcel_id: each for each in parcels}.values()))

    async def join(self, parcel: Parcel, other: Parcel, actor: Actor) -> Parcel:
        """Make a parcel's barcode another code of a box that was scanned before it; return that box.

        Raises WrongStateError once a locker is asked for, for either of them.
        """
        scanned = parcel.scanned or parcel.tracking_number
        added = CodeAdded(scanned=scanned, code=parcel.tracking_number, readings=self._scans.other_readings(scanned))
        joined = ParcelJoined(to=other.parcel_id)
        steps = [(parcel.parcel_id, joined), (other.parcel_id, added)]
        return await self._journal.append_together(steps, actor, only_if=self.may_be_joined)

    async def separate(self, parcel: Parcel, scanned: str, actor: Actor) -> TakenIn:
        """Take a barcode off a box and take it in as a parcel of its own; raises as `join` does."""
        await self._scans.take_code_off(parcel, scanned, actor)
        fresh, known = await self._scans.take_in(scanned, actor, ask=True)
        return TakenIn((fresh,), scanned, is_known=known)

    def may_be_joined(self, parcel: Parcel) -> bool:
        """Tell whether another code may become this parcel's: no locker was asked for yet."""
        return parcel.state is ParcelState.TAKEN_IN and parcel.open_write is None

    async def _take(self, label: Label, box: Parcel | None, actor: Actor, *, in_burst: bool) -> TakenIn:
        known = await self._scans.known(label.code)
        if known is not None:
            return TakenIn((known,), label.code, is_known=True)
        own = (box.scanned or box.tracking_number) if box is not None else ""
        if box is not None and beside(own, label.code, in_burst=in_burst):
            parcel = await self._scans.add_code(box, label.code, actor)
            return TakenIn((parcel,), label.code, added_to=box)
        parcel, is_known = await self._scans.take_in(label.code, actor, ask=True)
        for code in label.others:
            parcel = await self._scans.add_code(parcel, code, actor)
        return TakenIn((parcel,), label.code, is_known=is_known)
