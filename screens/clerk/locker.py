"""Which locker? The recipient's own if one is open, else a bank and a size; what is proposed is taken by Enter."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from kiosk.desk.dialogue import ChooseLocker, LockerAnswer, NewLocker, OwnLocker
from kiosk.desk.open_lockers import OpenLocker
from kiosk.desk.progress import Progress
from kiosk.desk.proposals import Proposal, awaited_size, proposed_size, within_reach_of
from kiosk.errors import KioskError, ReservationLapsedError
from kiosk.parcels.choosing import BankView, has_room
from kiosk.parcels.lockers import LockerBank, LockerSize, SizeAvailability
from kiosk.parcels.parcel import Parcel, UnitPlace
from kiosk.wiring import Services
from kiosk.words.language import _
from kiosk.words.people import person
from kiosk.words.progress import progress_words
from kiosk.words.times import time_of_day
from screens.actions import Action
from screens.clerk.locker_words import NO_BANKS, NO_LOCKERS, add_words, has_words, no_room_words, room_words
from screens.clerk.parcel_screen import ParcelScreen
from screens.clerk_actions import LOCKER_KEYS, OTHER_BANK, OTHER_WAY, OUT_OF_REACH, RESERVE
from screens.destinations import ShowRecipient, ShowShelf
from screens.flow import begin
from screens.messages import GoTo, StepDone
from screens.widgets.action_row import ActionItem, ActionRow
from screens.widgets.bank_doors import BankDoors
from screens.widgets.heading import Heading
from screens.widgets.notice import NoticeKind
from screens.wording import doors_of, pickup_needs

if TYPE_CHECKING:
    from textual.widget import Widget


class LockerScreen(ParcelScreen):
    """Add the parcel to the recipient's open locker, or choose a bank and a size and reserve a unit of it."""

    KEYMAP = LOCKER_KEYS
    STEP = 3

    def __init__(self, services: Services, parcel: Parcel, too_small: LockerSize | None = None) -> None:
        super().__init__(services, parcel)
        self._too_small = too_small
        self._banks: tuple[LockerBank, ...] = ()
        self._view: BankView | None = None
        self._last: UnitPlace | None = None
        self._own: OpenLocker | None = None
        """The recipient's own locker, where one is open."""
        self._adds = False
        """The main key adds to it; else it reserves a new one."""
        self._chosen: LockerSize | None = None

    def compose_content(self) -> Iterable[Widget]:
        """Return the bank's name, the sizes, and the doors."""
        yield Heading(_("Parcel {parcel}").format(parcel=self.about), pickup_needs(self.parcel.contact), id="about")
        yield Heading("", id="bank")
        yield ActionRow(id="sizes")
        yield BankDoors()

    def appear(self) -> None:
        """Look for the recipient's open lockers and for free ones."""
        self.query_one(BankDoors).display = False
        propose = self.services.queries.proposals.propose(self.parcel)
        self.run(propose, _("Looking for free lockers"), self._show_proposal, opening=True)

    def allows(self, action: Action) -> bool | None:
        """Offer only what is known and not full, and the other ways only where there are some."""
        if action is RESERVE and not (self._adds or self._can_be_reserved()):
            return False
        if action is OTHER_WAY and self._own is None:
            return None
        if action is OTHER_WAY and self._adds and not self._can_be_reserved():
            return False
        if (action is OTHER_BANK and len(self._banks) < 2) or (action is OUT_OF_REACH and not self._far_unit()):
            return None
        return super().allows(action)

    def label_of(self, action: Action) -> str:
        """Name the locker that will be asked for."""
        if action is OUT_OF_REACH:
            return _("{locker}, out of reach").format(locker=self._far_unit())
        if action not in {RESERVE, OTHER_WAY}:
            return super().label_of(action)
        # Enter names what is proposed, the other key the other way: each adds in one case, reserves in the other.
        if self._own is not None and (action is RESERVE) is self._adds:
            return add_words(self._own)
        unit = self._next_unit()
        if not unit:
            return super().label_of(action)
        return (_("New locker {locker}") if action is OTHER_WAY else _("Reserve {locker}")).format(locker=unit)

    def action_reserve(self) -> None:
        """Do what is proposed."""
        if self._adds and self._own is not None:
            self._add(self._own)
        elif self._chosen is not None:
            self._reserve(self._chosen)

    def action_other_way(self) -> None:
        """Take a new locker instead of the recipient's, or the reverse."""
        if not self._adds and self._own is not None:
            self._add(self._own)
        elif self._chosen is not None:
            self._reserve(self._chosen)

    def action_out_of_reach(self) -> None:
        """Take a locker out of reach, because the clerk says so."""
        size = self._far_size()
        if size is not None:
            self._reserve(size, out_of_reach=True)

    def action_size(self, by: int) -> None:
        """Choose the next size to the left or right."""
        sizes = [each.size for each in self._sizes]
        if sizes and not self.busy:
            at = sizes.index(self._chosen) + by if self._chosen in sizes else 0
            self._choose(sizes[min(max(at, 0), len(sizes) - 1)])

    def action_bank(self, by: int) -> None:
        """Show another bank."""
        ids = [bank.locker_bank_id for bank in self._banks]
        bank_id = ids[(ids.index(self._bank_id) + by) % len(ids)] if self._bank_id in ids else ids[0]
        self._adds = False
        self.run(self.services.queries.lockers.bank(bank_id), _("Looking for free lockers"), self._show)

    def action_read_again(self) -> None:
        """Ask again which lockers are free."""
        propose = self.services.queries.proposals.propose(self.parcel, bank_id=self._bank_id, fresh=True)
        self.run(propose, _("Looking for free lockers"), self._show_proposal)

    def action_recipient(self) -> None:
        """Choose another recipient."""
        self.leave(GoTo(ShowRecipient(self.parcel)))

    def action_hold(self) -> None:
        """Put the parcel on the shelf until there is a locker for it."""
        view, contact = self._view, self.parcel.contact
        size = awaited_size(view, contact, chosen=self._chosen, above=self._too_small) if view else None
        self.leave(GoTo(ShowShelf(self.parcel, size)))

    async def on_action_row_chosen(self, message: ActionRow.Chosen) -> None:
        """Take a tap on a size; other taps are keys."""
        if message.action.startswith("="):
            message.stop()
            for each in () if self.busy else self._sizes:
                if each.size == message.action[1:]:
                    self._choose(each.size)
        else:
            await super().on_action_row_chosen(message)

    async def failed(self, error: KioskError) -> None:
        """Propose a new locker after the recipient's own was emptied."""
        if isinstance(error, ReservationLapsedError):
            # Else Enter would propose again what has just failed.
            self._own, self._adds = None, False
            self._draw()
        await super().failed(error)

    def _show_proposal(self, proposal: Proposal) -> None:
        before = self._choice
        self._banks, self._last = proposal.banks, proposal.last
        self._own = within_reach_of(proposal.open_lockers, self.parcel.contact)
        self._adds = self._own is not None
        if proposal.view is None:
            self.notice.say(NoticeKind.LOOK, _(NO_BANKS), _("Ask the administrator to check desk.location_id."))
            return
        self._take_view(proposal.view)
        if self._choice != before:
            self.ask_anew()
        begin(self.app, self._correct(proposal, self.turn))

    async def _correct(self, shown: Proposal, turn: int) -> None:
        """Show what a reading that was on its way proposes, unless the clerk has chosen something meanwhile."""
        choice = self._choice
        with suppress(KioskError):  # it is said when something is asked for
            newer = await self.services.queries.proposals.newer(self.parcel, shown)
            if newer and self.is_still_at(turn) and not self.busy and self._choice == choice:
                self.greet()
                self._show_proposal(newer)

    @property
    def _choice(self) -> tuple[str, LockerSize | None, OpenLocker | None, str | None]:
        """What the main key would do."""
        return self._bank_id, self._chosen, self._own if self._adds else None, self._next_unit()

    def _show(self, view: BankView) -> None:
        self._take_view(view)
        self.ask_anew()

    def _take_view(self, view: BankView) -> None:
        self._view = view
        last = self._last.size if self._last else None
        self._chosen = proposed_size(view, self.parcel.contact, above=self._too_small, last=last)
        self.query_one("#bank", Heading).aside = _("free lockers as of {time}").format(time=time_of_day(view.read_at))
        self.query_one(BankDoors).display = True
        self._draw()
        self._explain(view)

    def _explain(self, view: BankView) -> None:
        """Say what is special about the proposal, or why there is none."""
        if self._adds and self._own is not None:
            if self.notice.display:
                return  # what just happened is said; the key names the locker
            bank = self._own.place.locker_bank_id
            elsewhere = "" if bank == self._bank_id else self.services.queries.lockers.label(bank)
            self.notice.say(
                NoticeKind.INFO,
                has_words(self._own, person(self.parcel.contact), elsewhere),
                _("{add} adds this parcel to it, {new} reserves a new locker.").format(
                    add=RESERVE.key_label, new=OTHER_WAY.key_label
                ),
            )
        elif not view.sizes:
            self.notice.say(NoticeKind.LOOK, _(NO_LOCKERS), _("Choose another bank, or ask the operator."))
        elif self._chosen is None:
            self.notice.say(NoticeKind.LOOK, *no_room_words(view, self._far_unit(), self._too_small))

    @property
    def _bank_id(self) -> str:
        return self._view.details.locker_bank_id if self._view else ""

    def _reserve(self, size: LockerSize, *, out_of_reach: bool = False) -> None:
        if view := self._view:
            waiting = _("Reserving in {bank}").format(bank=view.details.label)
            self._take(NewLocker(self._bank_id, size, out_of_reach), waiting)

    def _add(self, locker: OpenLocker) -> None:
        self._take(OwnLocker(locker), _("Adding it to locker {unit}").format(unit=locker.place.locker_unit_id))

    def _take(self, answer: LockerAnswer, waiting: str) -> None:
        question = ChooseLocker(self.parcel, self._too_small)
        self.run(self.dialogue.take(question, answer, self._tell), waiting, lambda after: self.leave(StepDone(after)))

    def _can_be_reserved(self) -> bool:
        view, contact = self._view, self.parcel.contact
        return view is not None and any(
            each.size == self._chosen and has_room(view, each, contact) for each in view.sizes
        )

    @property
    def _sizes(self) -> tuple[SizeAvailability, ...]:
        return self._view.sizes if self._view else ()

    def _next_unit(self) -> str | None:
        if self._view is None or self._chosen is None:
            return None
        return self.services.desk.intake.next_unit(self.parcel, self._view, self._chosen)

    def _far_size(self) -> LockerSize | None:
        """Return the size of a free unit out of reach, for those who need reach and find none within it."""
        contact = self.parcel.contact
        if self._view is None or contact is None or not contact.accessible or self._can_be_reserved() or self._adds:
            return None
        size = self._chosen or proposed_size(self._view, None, above=self._too_small, last=None)
        return size if size and self._view.free_units(size) else None

    def _far_unit(self) -> str | None:
        size = self._far_size()
        if self._view is None or size is None:
            return None
        return self.services.desk.intake.next_unit(self.parcel, self._view, size, out_of_reach=True)

    def _choose(self, size: LockerSize) -> None:
        self._chosen, self._adds = size, False
        self.notice.clear()
        self._draw()

    def _draw(self) -> None:
        if self._view is None:
            return
        self.query_one("#bank", Heading).text = self._bank_words(self._view)
        self.query_one("#sizes", ActionRow).items = [
            ActionItem(
                f"={each.size}",
                room_words(self._view, each, self.parcel.contact),
                each.size,
                main=each.size == self._chosen and not self._adds,
            )
            for each in self._sizes
        ]
        self.query_one(BankDoors).doors = doors_of(self._view, chosen=self._shown_door())
        self.show_actions()

    def _bank_words(self, view: BankView) -> str:
        last = self._last
        as_last = last and (last.locker_bank_id, last.size) == (self._bank_id, self._chosen) and not self._adds
        return _("{bank}, as last time").format(bank=view.details.label) if as_last else view.details.label

    def _shown_door(self) -> str | None:
        if self._adds and self._own is not None:
            return self._own.place.locker_unit_id if self._own.place.locker_bank_id == self._bank_id else None
        return self._next_unit()

    def _tell(self, progress: Progress) -> None:
        if self.is_attached and self.notice.display:
            self.notice.wait(f"{progress_words(progress)}...")
