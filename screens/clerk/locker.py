"""Which locker? A bank and a size are proposed and taken by Enter; the bank is drawn as a bank."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from screens.actions import HOLD, LOCKER_ACTIONS, LOCKER_KEYS, OTHER_BANK, RESERVE, Action, bindings
from screens.clerk.parcel_step import ParcelScreen
from screens.messages import Showed, StepDone
from screens.widgets.action_row import ActionItem, ActionRow
from screens.widgets.bank_doors import BankDoors
from screens.widgets.heading import Heading
from screens.widgets.notice import NoticeKind
from screens.wording import doors_of, time_of_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from kiosk.flows.lookup import BankView
    from kiosk.models.lockers import LockerBank, LockerSize, SizeAvailability
    from kiosk.models.parcels import Parcel
    from kiosk.services import Services

NO_BANKS = "The locker service names no bank for this desk."
FULL_HINT = f"Choose another bank, or press {HOLD.key_label} and lay the parcel on the shelf."
NO_LOCKERS = "The locker service names no lockers in this bank."


class LockerScreen(ParcelScreen):
    """Choose the bank and the size; the kiosk picks a free unit of that size and reserves it."""

    ACTIONS: ClassVar[tuple[Action, ...]] = LOCKER_ACTIONS
    STEP = 3
    BINDINGS = bindings(*LOCKER_ACTIONS, *LOCKER_KEYS)

    def __init__(self, services: Services, parcel: Parcel, too_small: LockerSize | None = None) -> None:
        super().__init__(services, parcel)
        self._too_small = too_small
        self._banks: tuple[LockerBank, ...] = ()
        self._view: BankView | None = None
        self._chosen: LockerSize | None = None
        self._ahead = False
        """Enter was pressed before the bank was read: what is proposed is taken as soon as it is there."""

    def compose_content(self) -> Iterable[Widget]:
        """Return the bank's name, the sizes, and the doors."""
        yield Heading(f"Parcel {self.about}", id="about")
        yield Heading("", id="bank")
        yield ActionRow(id="sizes")
        yield BankDoors()

    def appear(self) -> None:
        """Look for free lockers in the desk's bank."""
        self.query_one(BankDoors).display = False
        self.run(self._open(), "Looking for free lockers", self._show, opening=True)

    def allows(self, action: Action) -> bool | None:
        """Reserve only what is known and not full; offer another bank only if there is one."""
        if action is RESERVE and self._view is None and self.busy:
            return True
        if action is RESERVE and not self._can_be_reserved():
            return False
        if action is OTHER_BANK and len(self._banks) < 2:
            return None
        return super().allows(action)

    def label_of(self, action: Action) -> str:
        """Name the locker that will be asked for."""
        unit = self._next_unit() if action is RESERVE else None
        return f"Reserve {unit}" if unit else action.label

    def action_reserve(self) -> None:
        """Reserve a unit of the chosen size in the bank shown, or in the one that is being read."""
        self._ahead = self._view is None and self.busy
        if self._view is None or self._chosen is None:
            return
        reserve = self.services.intake.reserve(
            self.parcel, self._view.details.locker_bank_id, self._chosen, self.services.actor, self._tell
        )
        self.run(reserve, f"Reserving in {self._view.details.label}", self._reserved)

    def action_size(self, by: int) -> None:
        """Choose the next size to the left or right."""
        sizes = [each.size for each in self._view.sizes] if self._view else []
        if sizes and not self.busy:
            at = sizes.index(self._chosen) + by if self._chosen in sizes else 0
            self._choose(sizes[min(max(at, 0), len(sizes) - 1)])

    def action_bank(self, by: int) -> None:
        """Show another bank."""
        ids = [bank.locker_bank_id for bank in self._banks]
        here = self._view.details.locker_bank_id if self._view else ""
        bank_id = ids[(ids.index(here) + by) % len(ids)] if here in ids else ids[0]
        self.run(self.services.lookup.bank(bank_id), "Looking for free lockers", self._show)

    def action_read_again(self) -> None:
        """Ask again which lockers are free."""
        self._ahead = False
        self.run(self._open(fresh=True), "Looking for free lockers", self._show)

    def action_recipient(self) -> None:
        """Choose another recipient."""
        self.leave(Showed("recipient", self.parcel))

    def action_hold(self) -> None:
        """Lay the parcel on the shelf until there is a locker for it."""
        self.leave(Showed("hold", self.parcel, size=self._waits_for()))

    async def on_action_row_chosen(self, message: ActionRow.Chosen) -> None:
        """Take a tap on a size; other taps are keys."""
        if message.action.startswith("="):
            message.stop()
            if not self.busy:
                self._choose_named(message.action[1:])
        else:
            await super().on_action_row_chosen(message)

    async def _open(self, *, fresh: bool = False) -> BankView | None:
        self._banks = await self.services.lookup.banks()
        ids = [bank.locker_bank_id for bank in self._banks]
        here = self._view.details.locker_bank_id if self._view else self.services.settings.desk.default_bank
        bank_id = here or next(iter(ids), None)
        return await self.services.lookup.bank(bank_id, fresh=fresh) if bank_id else None

    def _show(self, view: BankView | None) -> None:
        if view is None:
            self.notice.say(NoticeKind.LOOK, NO_BANKS, "The administrator must check desk.location_id.")
            return
        self._view = view
        self._chosen = self._proposed()
        self.query_one("#bank", Heading).text = view.details.label
        self.query_one("#bank", Heading).aside = f"free lockers as of {time_of_day(view.read_at)}"
        self.query_one(BankDoors).display = True
        self._draw()
        if self._ahead and self._can_be_reserved():
            self.action_reserve()
            return
        if not view.sizes:
            self.notice.say(NoticeKind.LOOK, NO_LOCKERS, "Choose another bank, or ask the operator.")
        elif self._chosen is None and self._too_small:
            self.notice.say(
                NoticeKind.LOOK,
                f"{view.details.label} has no free locker larger than {self._too_small}.",
                FULL_HINT,
            )
        elif self._chosen is None:
            self.notice.say(
                NoticeKind.LOOK,
                f"{view.details.label} is full.",
                FULL_HINT,
            )

    def _proposed(self) -> LockerSize | None:
        """Return the smallest size that has room, above the one that proved too small."""
        if self._view is None:
            return None
        sizes = [each.size for each in self._view.sizes]
        above = sizes[sizes.index(self._too_small) + 1 :] if self._too_small in sizes else sizes
        open_ones = {each.size for each in self._view.sizes if self._has_room(each)}
        return next((size for size in above if size in open_ones), None)

    def _can_be_reserved(self) -> bool:
        sizes = self._view.sizes if self._view else ()
        return any(each.size == self._chosen and self._has_room(each) for each in sizes)

    def _waits_for(self) -> LockerSize | None:
        """Return the size that is wanted and full: the chosen one, or the next above the one that proved too small."""
        if self._can_be_reserved() or self._chosen:
            return None if self._can_be_reserved() else self._chosen
        sizes = [each.size for each in self._view.sizes] if self._view else []
        above = sizes[sizes.index(self._too_small) + 1 :] if self._too_small in sizes else []
        return next(iter(above), None)

    def _next_unit(self) -> str | None:
        if self._view is None or self._chosen is None:
            return None
        return self.services.intake.next_unit(self.parcel, self._view, self._chosen, self.services.actor)

    def _has_room(self, availability: SizeAvailability) -> bool:
        if self._view is None:
            return False
        if self._view.details.locker_units:
            return bool(self._view.free_units(availability.size))
        return bool(availability.free or availability.some_free)

    def _choose(self, size: LockerSize) -> None:
        self._chosen = size
        self.notice.clear()
        self._draw()

    def _choose_named(self, size: str) -> None:
        for each in self._view.sizes if self._view else ():
            if each.size == size:
                self._choose(each.size)

    def _draw(self) -> None:
        if self._view is None:
            return
        self.query_one("#sizes", ActionRow).items = [
            ActionItem(f"={each.size}", self._count(each), each.size, main=each.size == self._chosen)
            for each in self._view.sizes
        ]
        self.query_one(BankDoors).doors = doors_of(self._view, chosen=self._next_unit())
        self.show_actions()

    def _count(self, availability: SizeAvailability) -> str:
        if self._view and self._view.details.locker_units and availability.free is not None:
            free = len(self._view.free_units(availability.size))
            return f"{free} free" if free else "full"
        if availability.free is not None:
            return f"{availability.free} free" if availability.free else "full"
        return {True: "some free", False: "full", None: "unknown"}[availability.some_free]

    def _tell(self, words: str) -> None:
        if self.is_attached and self.notice.display:
            self.notice.wait(f"{words}...")

    def _reserved(self, parcel: Parcel) -> None:
        self.leave(StepDone(parcel))
