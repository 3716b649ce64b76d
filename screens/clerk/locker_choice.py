"""What the locker screen shows and what is chosen on it. No widget, no words; nothing is asked here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.desk.proposals import Proposal, proposed_size, within_reach_of
from kiosk.parcels.choosing import BankView, has_room
from kiosk.parcels.lockers import LockerBank, LockerSize, SizeAvailability

if TYPE_CHECKING:
    from kiosk.desk.intake import Intake
    from kiosk.desk.open_lockers import OpenLocker
    from kiosk.parcels.parcel import Parcel, UnitPlace


class LockerChoice:
    """A bank, one of its sizes, or the recipient's own locker; begins with what is proposed."""

    def __init__(self, parcel: Parcel, intake: Intake, too_small: LockerSize | None) -> None:
        self._parcel = parcel
        self._intake = intake
        self.too_small = too_small
        self.banks: tuple[LockerBank, ...] = ()
        self.view: BankView | None = None
        self.full: BankView | None = None
        """The bank that would be proposed if it had room."""
        self.own: OpenLocker | None = None
        """The recipient's own locker, where one is open."""
        self.adds = False
        """The proposal is to add to it; else to reserve a new one."""
        self.size: LockerSize | None = None
        self._last: UnitPlace | None = None

    def propose(self, proposal: Proposal) -> None:
        """Choose what is proposed."""
        self.banks, self._last, self.full = proposal.banks, proposal.last, proposal.full
        self.own = within_reach_of(proposal.open_lockers, self._parcel.contact)
        self.adds = self.own is not None
        if proposal.view is not None:
            self._take(proposal.view)

    def show_bank(self, view: BankView) -> None:
        """Choose another bank, and the size that is proposed in it."""
        self.adds, self.full = False, None
        self._take(view)

    def choose(self, size: LockerSize) -> None:
        """Choose another size, for a new locker."""
        self.size, self.adds = size, False

    def forget_own(self) -> None:
        """Propose a new locker: the recipient's own was emptied."""
        self.own, self.adds = None, False

    def next_bank(self, by: int) -> str:
        """Return the id of the next bank."""
        ids = [bank.locker_bank_id for bank in self.banks]
        return ids[(ids.index(self.bank_id) + by) % len(ids)] if self.bank_id in ids else ids[0]

    @property
    def bank_id(self) -> str:
        """The id of the bank that is shown; empty before one was read."""
        return self.view.details.locker_bank_id if self.view else ""

    @property
    def sizes(self) -> tuple[SizeAvailability, ...]:
        """The sizes of the bank that is shown."""
        return self.view.sizes if self.view else ()

    @property
    def is_as_last_time(self) -> bool:
        """Tell whether bank and size are those of the recipient's last parcel."""
        last = self._last
        return last is not None and (last.locker_bank_id, last.size) == (self.bank_id, self.size) and not self.adds

    @property
    def can_be_reserved(self) -> bool:
        """Tell whether the size has a free unit for this recipient."""
        view, contact = self.view, self._parcel.contact
        return view is not None and any(each.size == self.size and has_room(view, each, contact) for each in view.sizes)

    @property
    def next_unit(self) -> str | None:
        """The unit that will be asked for first, as far as that can be said."""
        if self.view is None or self.size is None:
            return None
        return self._intake.next_unit(self._parcel, self.view, self.size)

    @property
    def far_size(self) -> LockerSize | None:
        """The size of a free unit out of reach, for those who need reach and find none within it."""
        contact = self._parcel.contact
        if self.view is None or contact is None or not contact.accessible or self.can_be_reserved or self.adds:
            return None
        size = self.size or proposed_size(self.view, None, above=self.too_small, last=None)
        return size if size and self.view.free_units(size) else None

    @property
    def far_unit(self) -> str | None:
        """That unit."""
        size = self.far_size
        if self.view is None or size is None:
            return None
        return self._intake.next_unit(self._parcel, self.view, size, out_of_reach=True)

    @property
    def door(self) -> str | None:
        """The door of the shown bank that is marked."""
        if self.adds and self.own is not None:
            return self.own.place.locker_unit_id if self.own.place.locker_bank_id == self.bank_id else None
        return self.next_unit

    @property
    def answer(self) -> tuple[str, LockerSize | None, OpenLocker | None, str | None]:
        """What the main key would ask for."""
        return self.bank_id, self.size, self.own if self.adds else None, self.next_unit

    def _take(self, view: BankView) -> None:
        self.view = view
        last = self._last.size if self._last else None
        self.size = proposed_size(view, self._parcel.contact, above=self.too_small, last=last)
