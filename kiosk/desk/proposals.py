"""What is proposed for a parcel: the recipient's own locker, a bank, a size. Proposes only; the clerk decides."""

from __future__ import annotations

from typing import NamedTuple

from kiosk.desk.lockers import Lockers
from kiosk.desk.open_lockers import OpenLocker, OpenLockers
from kiosk.desk.recipient_history import RecipientHistory
from kiosk.parcels.choosing import BankView, has_room
from kiosk.parcels.contacts import Contact
from kiosk.parcels.lockers import LockerBank, LockerSize
from kiosk.parcels.parcel import Parcel, UnitPlace


class Proposal(NamedTuple):
    """What a clerk can choose from, with the likely choice."""

    banks: tuple[LockerBank, ...]
    view: BankView | None
    """The bank that is proposed; None where there is none."""
    open_lockers: tuple[OpenLocker, ...]
    """The recipient's own, the best first."""
    last: UnitPlace | None
    """Where the recipient's last parcel went."""


class Proposals:
    """Gathers what is known about a parcel that needs a locker."""

    def __init__(
        self, lockers: Lockers, open_lockers: OpenLockers, history: RecipientHistory, *, default_bank: str
    ) -> None:
        self._lockers = lockers
        self._open_lockers = open_lockers
        self._history = history
        self._default_bank = default_bank

    async def propose(self, parcel: Parcel, *, bank_id: str = "", fresh: bool = False) -> Proposal:
        """Look at the bank, and in it for the recipient's units; raises UnknownBankError or ApiError.

        Nobody waits where the bank was read before, unless `fresh`; it is read anew meanwhile.
        Without `bank_id` it is the bank where the recipient has a unit, or that was used last if there is room, or
        the desk's own, or the first.
        """
        banks = await self._lockers.banks()
        ids = [bank.locker_bank_id for bank in banks]
        last = await self._history.last_place(parcel)
        usual = self._usual(banks)
        known = bank_id or await self._open_lockers.known_here(parcel)
        remembered = known or (last.locker_bank_id if last else "")
        # The bank of an earlier parcel may not be among this location's; one that is asked for is shown anyway.
        chosen = remembered if remembered and remembered in {*ids, bank_id} else usual
        if not chosen:
            return Proposal(banks, None, (), last)
        view = await self._bank(chosen, fresh=fresh)
        open_lockers = await self._open_lockers.of(parcel, view)
        if chosen not in {bank_id, usual} and not open_lockers and not _any_room(view, parcel.contact):
            view = await self._bank(usual, fresh=fresh)
        return Proposal(banks, view, open_lockers, last)

    async def newer(self, parcel: Parcel, proposal: Proposal) -> Proposal | None:
        """Wait for the reading that is on its way, and return what is proposed then; None where the proposal is young.

        Raises what `propose` raises.
        """
        if proposal.view is None or not self._lockers.is_old(proposal.view):
            return None
        await self._lockers.bank(proposal.view.details.locker_bank_id)
        return await self.propose(parcel)

    async def get_ready(self) -> None:
        """Read the banks' names and the usual bank, so that the first parcel waits for neither; raises ApiError."""
        banks = await self._lockers.banks()
        usual = self._usual(banks)
        if usual:
            await self._lockers.bank(usual)

    async def _bank(self, locker_bank_id: str, *, fresh: bool) -> BankView:
        if fresh:
            return await self._lockers.bank(locker_bank_id, fresh=True)
        return await self._lockers.at_hand(locker_bank_id)

    def _usual(self, banks: tuple[LockerBank, ...]) -> str:
        return self._default_bank or next((bank.locker_bank_id for bank in banks), "")


def proposed_size(
    view: BankView, contact: Contact | None, *, above: LockerSize | None, last: LockerSize | None
) -> LockerSize | None:
    """Return the size used last, or the smallest that has room; with `above`, only sizes larger than that."""
    sizes = [each.size for each in view.sizes]
    wanted = sizes[sizes.index(above) + 1 :] if above in sizes else sizes
    with_room = [each.size for each in view.sizes if each.size in wanted and has_room(view, each, contact)]
    return last if last in with_room else next(iter(with_room), None)


def awaited_size(
    view: BankView, contact: Contact | None, *, chosen: LockerSize | None, above: LockerSize | None
) -> LockerSize | None:
    """Return the size for which a parcel has to wait: the chosen one if it is full, or the next above `above`."""
    sizes = [each.size for each in view.sizes]
    if chosen is None:
        larger = sizes[sizes.index(above) + 1 :] if above in sizes else []
        return next(iter(larger), None)
    return None if any(each.size == chosen and has_room(view, each, contact) for each in view.sizes) else chosen


def within_reach_of(open_lockers: tuple[OpenLocker, ...], contact: Contact | None) -> OpenLocker | None:
    """Return the open unit to propose first: for those who need one within reach, no other."""
    needs_reach = contact is not None and contact.accessible
    return next((each for each in open_lockers if each.accessible or not needs_reach), None)


def _any_room(view: BankView, contact: Contact | None) -> bool:
    return any(has_room(view, each, contact) for each in view.sizes)
