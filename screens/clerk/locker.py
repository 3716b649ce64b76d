"""Which locker? The recipient's own if one is open, else a bank and a size; what is proposed is taken by Enter.

Without a connection nothing can be reserved: then Enter puts the parcel on the shelf.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from kiosk.desk.dialogue import LockerAnswer, NewLocker, OwnLocker
from kiosk.desk.open_lockers import OpenLocker
from kiosk.desk.progress import Progress
from kiosk.desk.proposals import Proposal, awaited_size
from kiosk.desk.questions import ChooseLocker
from kiosk.errors import KioskError, ReservationLapsedError
from kiosk.parcels.choosing import BankView
from kiosk.parcels.lockers import LockerSize
from kiosk.parcels.parcel import Parcel
from kiosk.wiring import Services
from kiosk.words.language import _
from kiosk.words.progress import progress_words
from kiosk.words.times import time_of_day
from screens.actions import Action
from screens.clerk.locker_choice import LockerChoice
from screens.clerk.locker_words import (
    NO_BANKS,
    add_words,
    bank_words,
    no_line_words,
    shelf_key_words,
    size_items,
    special_words,
)
from screens.clerk.parcel_screen import ParcelScreen
from screens.clerk.unreached import UnreachedRecipient
from screens.clerk.waits_elsewhere import WaitsElsewhere
from screens.clerk_actions import ASK_ADDRESS, HOLD, LOCKER_KEYS, OTHER_BANK, OTHER_WAY, OUT_OF_REACH, RESERVE
from screens.destinations import ShowRecipient, ShowShelf
from screens.flow import begin
from screens.messages import GoTo, StepDone
from screens.widgets.action_row import ActionRow
from screens.widgets.chosen_door import ChosenDoor
from screens.widgets.heading import Heading
from screens.widgets.notice import NoticeKind
from screens.widgets.status_bar import Status
from screens.wording import doors_of, pickup_needs

if TYPE_CHECKING:
    from textual.widget import Widget


class LockerScreen(ParcelScreen):
    """Add the parcel to the recipient's open locker, or choose a bank and a size and reserve a unit of it."""

    KEYMAP = LOCKER_KEYS
    STEP = 3

    def __init__(self, services: Services, parcel: Parcel, too_small: LockerSize | None = None) -> None:
        super().__init__(services, parcel)
        self._choice = LockerChoice(parcel, services.desk.intake, too_small)
        self._is_down = False
        """There is no connection, and the keys say so."""
        self._shelf_place = ""
        """The shelf place to which the main key leads then."""
        self._unreached = UnreachedRecipient(self)

    def compose_content(self) -> Iterable[Widget]:
        """Return the bank's name, the sizes, and the doors."""
        yield Heading(_("Parcel {parcel}").format(parcel=self.about), pickup_needs(self.parcel.contact), id="about")
        yield Heading("", id="bank", cut="middle")  # banks are told apart by either end of their names
        yield ActionRow(id="sizes", moved_in=True)
        yield ChosenDoor()
        yield self._unreached.line
        yield WaitsElsewhere(self)

    def appear(self) -> None:
        """Look for the recipient's open lockers and for free ones."""
        self.query_one(ChosenDoor).display = False
        self._propose(opening=True)
        self._unreached.look()
        self._follow_the_line()

    def show_status(self, status: Status) -> None:
        """Follow the connection: what the main key does depends on it."""
        super().show_status(status)
        if self.is_ready:
            self._follow_the_line()

    def allows(self, action: Action) -> bool | None:
        """Offer only what is known and not full, and the other ways only where there are some."""
        choice = self._choice
        if action is ASK_ADDRESS and not self._unreached.is_known:
            return None
        if self._is_down and action in {OTHER_WAY, OUT_OF_REACH, HOLD}:
            return None
        if action is RESERVE and not (self._is_down or choice.adds or choice.can_be_reserved):
            return False
        if action is OTHER_WAY and choice.own is None:
            return None
        if action is OTHER_WAY and choice.adds and not choice.can_be_reserved:
            return False
        if (action is OTHER_BANK and len(choice.banks) < 2) or (action is OUT_OF_REACH and not choice.far_unit):
            return None
        return super().allows(action)

    def label_of(self, action: Action) -> str:
        """Name the locker that will be asked for."""
        choice = self._choice
        if action is RESERVE and self._is_down:
            return shelf_key_words(self._shelf_place)
        if action is OUT_OF_REACH:
            return _("Out of reach: {locker}").format(locker=choice.far_unit)
        if action not in {RESERVE, OTHER_WAY}:
            return super().label_of(action)
        # Enter names what is proposed, the other key the other way: each adds in one case, reserves in the other.
        if choice.own is not None and (action is RESERVE) is choice.adds:
            return add_words(choice.own)
        if not choice.next_unit:
            return super().label_of(action)
        return (_("New locker {locker}") if action is OTHER_WAY else _("Reserve {locker}")).format(
            locker=choice.next_unit
        )

    def action_reserve(self) -> None:
        """Do what is proposed."""
        choice = self._choice
        if self._is_down:
            self.action_hold()
        elif choice.adds and choice.own is not None:
            self._add(choice.own)
        elif choice.size is not None:
            self._reserve(choice.size)

    def action_other_way(self) -> None:
        """Take a new locker instead of the recipient's, or the reverse."""
        choice = self._choice
        if not choice.adds and choice.own is not None:
            self._add(choice.own)
        elif choice.size is not None:
            self._reserve(choice.size)

    def action_out_of_reach(self) -> None:
        """Take a locker out of reach, because the clerk says so."""
        size = self._choice.far_size
        if size is not None:
            self._reserve(size, out_of_reach=True)

    def action_size(self, by: int) -> None:
        """Choose the next size to the left or right."""
        sizes = [each.size for each in self._choice.sizes]
        if sizes and not self.busy:
            at = sizes.index(self._choice.size) + by if self._choice.size in sizes else 0
            self._choose(sizes[min(max(at, 0), len(sizes) - 1)])

    def action_bank(self, by: int) -> None:
        """Show another bank."""
        bank_id = self._choice.next_bank(by)
        self.run(self.services.queries.lockers.bank(bank_id), _("Looking for free lockers"), self._show_bank)

    def action_read_again(self) -> None:
        """Ask again which lockers are free."""
        self._propose(bank_id=self._choice.bank_id, fresh=True)

    def action_recipient(self) -> None:
        """Choose another recipient."""
        self.leave(GoTo(ShowRecipient(self.parcel)))

    def action_address(self) -> None:
        """Ask for the address of a recipient whom no notice reaches."""
        self._unreached.ask()

    def action_hold(self) -> None:
        """Put the parcel on the shelf until there is a locker for it."""
        view, choice = self._choice.view, self._choice
        contact = self.parcel.contact
        size = awaited_size(view, contact, chosen=choice.size, above=choice.too_small) if view else None
        self.leave(GoTo(ShowShelf(self.parcel, size)))

    async def on_action_row_chosen(self, message: ActionRow.Chosen) -> None:
        """Take a tap on a size; other taps are keys."""
        if message.action.startswith("="):
            message.stop()
            for each in () if self.busy else self._choice.sizes:
                if each.size == message.action[1:]:
                    self._choose(each.size)
        else:
            await super().on_action_row_chosen(message)

    async def failed(self, error: KioskError) -> None:
        """Propose a new locker after the recipient's own was emptied."""
        if isinstance(error, ReservationLapsedError):
            # Else Enter would propose again what has just failed.
            self._choice.forget_own()
            self._draw()
        await super().failed(error)

    def _propose(self, *, bank_id: str = "", fresh: bool = False, opening: bool = False) -> None:
        proposals, above = self.services.queries.proposals, self._choice.too_small
        propose = proposals.propose(self.parcel, bank_id=bank_id, above=above, fresh=fresh)
        self.run(propose, _("Looking for free lockers"), self._show_proposal, opening=opening)

    def _show_proposal(self, proposal: Proposal) -> None:
        before = self._choice.answer
        self._choice.propose(proposal)
        if proposal.view is None:
            self.notice.say(
                NoticeKind.LOOK, _(NO_BANKS), _("Tell the operator. Until then the parcel can lie on the shelf.")
            )
            return
        self._show(proposal.view)
        if self._choice.answer != before:
            self.ask_anew()
        begin(self.app, self._correct(proposal, self.turn))

    async def _correct(self, shown: Proposal, turn: int) -> None:
        """Show what a reading that was on its way proposes, unless the clerk has chosen something meanwhile."""
        answer, proposals = self._choice.answer, self.services.queries.proposals
        with suppress(KioskError):  # it is said when something is asked for
            newer = await proposals.newer(self.parcel, shown, above=self._choice.too_small)
            if newer and self.is_still_at(turn) and not self.busy and self._choice.answer == answer:
                self.greet()
                self._show_proposal(newer)

    def _show_bank(self, view: BankView) -> None:
        self._choice.show_bank(view)
        self._show(view)
        self.ask_anew()

    def _show(self, view: BankView) -> None:
        self.query_one("#bank", Heading).aside = _("free lockers as of {time}").format(time=time_of_day(view.read_at))
        self.query_one(ChosenDoor).display = True
        self._draw()
        self._explain(view)

    def _explain(self, view: BankView) -> None:
        """Say what is special about the proposal, or why there is none."""
        if self._is_down:
            self.notice.say(NoticeKind.LOOK, *no_line_words(self._shelf_place))
        elif self._choice.adds and self.notice.display:
            return  # what just happened is said; the key names the locker
        elif special := special_words(self._choice, view, self.parcel, self.services.queries.lockers.label):
            self.notice.say(special.kind, special.title, special.sentence)

    def _follow_the_line(self) -> None:
        """Let the main key lead to the shelf while there is no connection, and to a locker again once there is one."""
        is_down = self.services.queries.activity.is_down
        if is_down is self._is_down:
            return
        self._is_down = is_down
        self.show_actions()
        self.ask_anew()
        if is_down:
            begin(self.app, self._find_a_place(self.turn))
        elif not self.busy:
            self.notice.clear()
            self._propose()

    async def _find_a_place(self, turn: int) -> None:
        with suppress(KioskError):  # the shelf's screen says it
            place = await self.services.desk.shelf.propose_place()
            if self.is_still_at(turn) and self._is_down:
                self._shelf_place = place
                self.show_actions()
                if not self.busy:
                    self.notice.say(NoticeKind.LOOK, *no_line_words(place))

    def _reserve(self, size: LockerSize, *, out_of_reach: bool = False) -> None:
        if view := self._choice.view:
            waiting = _("Reserving in {bank}").format(bank=view.details.label)
            self._take(NewLocker(self._choice.bank_id, size, out_of_reach), waiting)

    def _add(self, locker: OpenLocker) -> None:
        self._take(OwnLocker(locker), _("Adding it to locker {unit}").format(unit=locker.place.locker_unit_id))

    def _take(self, answer: LockerAnswer, waiting: str) -> None:
        question = ChooseLocker(self.parcel, self._choice.too_small)
        self.run(self.dialogue.take(question, answer, self._tell), waiting, lambda after: self.leave(StepDone(after)))

    def _choose(self, size: LockerSize) -> None:
        self._choice.choose(size)
        self.notice.clear()
        self._draw()

    def _draw(self) -> None:
        choice, view = self._choice, self._choice.view
        if view is None:
            return
        self.query_one("#bank", Heading).text = bank_words(
            view, choice.full, self.parcel.contact, choice.too_small, as_last=choice.is_as_last_time
        )
        self.query_one("#sizes", ActionRow).items = size_items(choice, view, self.parcel.contact)
        self.query_one(ChosenDoor).show(doors_of(view, chosen=choice.door))
        self.show_actions()

    def _tell(self, progress: Progress) -> None:
        if self.is_ready and self.notice.display:
            self.notice.wait(f"{progress_words(progress)}...")
