"""What is proposed for a parcel: the recipient's own locker, a bank, a size. Proposes only; the clerk decides."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import NamedTuple

from kiosk.desk.lockers import Lockers
from kiosk.desk.open_lockers import OpenLocker, OpenLockers
from kiosk.desk.recipient_history import RecipientHistory
from kiosk.errors import ApiError, UnknownBankError
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
    full: BankView | None = None
    """The bank that would be proposed if it had room."""
    renewed: BankView | None = None
    """The bank that is read anew meanwhile, as it was before."""


class Proposals:
    """Gathers what is known about a parcel that needs a locker."""

    def __init__(
        self, lockers: Lockers, open_lockers: OpenLockers, history: RecipientHistory, *, default_bank: str
    ) -> None:
        self._lockers = lockers
        self._open_lockers = open_lockers
        self._history = history
        self._default_bank = default_bank

    async def propose(
        self,
        parcel: Parcel,
        *,
        bank_id: str = "",
        above: LockerSize | None = None,
        fresh: bool = False,
        renew: bool = True,
    ) -> Proposal:
        """Look for a bank with room, and in it for the recipient's units; raises UnknownBankError or ApiError.

        Without `bank_id` it is the first with room of: the bank where the recipient has a unit, or that was used last;
        the desk's own; the others in their order. With `above`, only larger units are room.
        Nobody waits where a bank with room was read before, unless `fresh`: one bank is read anew meanwhile, unless
        `renew` is off. That all are full is said of the present only.
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
        view = await (self._lockers.bank(chosen, fresh=True) if fresh else self._lockers.at_hand(chosen))
        open_lockers = await self._open_lockers.of(parcel, view)
        looked_at = [view]
        if not open_lockers and not has_any(view, parcel.contact, above):
            others = [] if bank_id else [each for each in dict.fromkeys((usual, *ids)) if each != chosen]
            looked_at = await self._until_room(view, others, parcel.contact, above)
        shown = looked_at[-1]
        # One call for each parcel: of a bank that has room the second look after the deposit tells.
        oldest = min(looked_at[:-1] or looked_at, key=lambda each: each.read_at)
        if renew:
            self._lockers.renew(oldest)
        full = looked_at[0] if len(looked_at) > 1 else None
        return Proposal(banks, shown, open_lockers, last, full, oldest if renew else None)

    async def newer(self, parcel: Parcel, proposal: Proposal, *, above: LockerSize | None = None) -> Proposal | None:
        """Wait for the reading that is on its way, and return what is proposed then; None where the proposal is young.

        Raises what `propose` raises.
        """
        if proposal.renewed is None or not self._lockers.is_old(proposal.renewed):
            return None
        await self._lockers.bank(proposal.renewed.details.locker_bank_id)
        return await self.propose(parcel, above=above, renew=False)

    async def get_ready(self) -> None:
        """Read the banks' names, and banks until one has room, the usual one first: the first parcel waits for none.

        Raises ApiError.
        """
        banks = await self._lockers.banks()
        for bank_id in dict.fromkeys((self._usual(banks), *(bank.locker_bank_id for bank in banks))):
            if bank_id and (await self._lockers.bank(bank_id)).has_any_room():
                return

    async def _until_room(
        self, full: BankView, others: Iterable[str], contact: Contact | None, above: LockerSize | None
    ) -> list[BankView]:
        """Return the full bank and others, of which the last has room; only the first bank where none has."""
        looked_at = [full]
        for bank_id in others:
            try:
                view = await self._lockers.at_hand(bank_id)
            except (ApiError, UnknownBankError):
                continue  # one that can't be read is none to propose
            looked_at.append(view)
            if has_any(view, contact, above):
                return looked_at
        ids = [each.details.locker_bank_id for each in looked_at]
        now, *read = await asyncio.gather(*(self._lockers.bank(each) for each in ids), return_exceptions=True)
        if isinstance(now, BaseException):
            raise now
        with_room = [each for each in (now, *read) if isinstance(each, BankView) and has_any(each, contact, above)]
        return [now, with_room[0]] if with_room and with_room[0] is not now else [now]

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


def undoubted_size(proposal: Proposal, contact: Contact | None) -> LockerSize | None:
    """Return the size that may be reserved without a question; None where there is anything to choose.

    Bank and size are those of the recipient's last parcel, a unit of it is free, and none of theirs is open.
    """
    view, last = proposal.view, proposal.last
    if view is None or last is None or proposal.open_lockers:
        return None
    if last.locker_bank_id != view.details.locker_bank_id:
        return None
    size = proposed_size(view, contact, above=None, last=last.size)
    return size if size == last.size else None


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


def has_any(view: BankView, contact: Contact | None, above: LockerSize | None) -> bool:
    """Tell whether a bank has a unit for this contact; with `above`, one that is larger than that."""
    return proposed_size(view, contact, above=above, last=None) is not None
