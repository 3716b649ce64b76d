"""Stock-take: which bank is to be counted, and how far each is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kiosk.errors import KioskError
from kiosk.parcels.lockers import LockerBank
from kiosk.parcels.stocktake import Stocktake
from kiosk.wiring import Services
from kiosk.words.language import _, ngettext
from kiosk.words.times import day_and_time
from screens.actions import Action
from screens.base import ClerkScreen
from screens.destinations import ShowCounting, ShowStocktakeResult
from screens.messages import EntryUsed
from screens.stack import drop
from screens.stocktake_actions import BANK_RESULT, COUNT_BANK, STOCKTAKE_KEYS
from screens.widgets.choice_list import Choice, ChoiceList
from screens.widgets.heading import Heading

if TYPE_CHECKING:
    from textual.widget import Widget

Banks = tuple[tuple[LockerBank, Stocktake | None], ...]


class StocktakeScreen(ClerkScreen):
    """A list of banks; the one that was begun and not finished is proposed."""

    KEYMAP = STOCKTAKE_KEYS

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self._banks: Banks = ()

    def compose_content(self) -> Iterable[Widget]:
        """Return the banks."""
        yield Heading(_("Which bank is to be counted?"))
        yield ChoiceList(empty=_("Looking for the locker banks..."))

    def appear(self) -> None:
        """Read how far each bank is."""
        self._read()

    def on_screen_resume(self) -> None:
        """Read it anew on the way back from one."""
        # ClerkScreen's handler is called by Textual as well.
        if self._banks:
            self.call_later(self._read_again)

    def allows(self, action: Action) -> bool | None:
        """Ask for a bank first."""
        if action in {COUNT_BANK, BANK_RESULT}:
            chosen = self._chosen
            if chosen is None or (action is BANK_RESULT and chosen[1] is None):
                return False
        return super().allows(action)

    def label_of(self, action: Action) -> str:
        """Say whether a count begins or goes on."""
        chosen = self._chosen
        if action is COUNT_BANK and chosen is not None and chosen[1] is not None and chosen[1].is_open:
            return _("Go on")
        return super().label_of(action)

    def action_count(self) -> None:
        """Count the bank."""
        if (chosen := self._chosen) is not None:
            bank_id = chosen[0].locker_bank_id
            self.run(
                self.services.desk.stocktakes.begin(bank_id, self.person),
                _("Reading {bank}").format(bank=chosen[0].label),
                lambda _stocktake: self.cover(ShowCounting(bank_id)),
            )

    def action_result(self) -> None:
        """Show what its last count showed."""
        if (chosen := self._chosen) is not None:
            self.cover(ShowStocktakeResult(chosen[0].locker_bank_id))

    def action_move(self, by: int) -> None:
        """Move in the list."""
        self._list.move(by)
        self.show_actions()

    def action_page(self, by: int) -> None:
        """Move in the list by a page."""
        self._list.page(by)
        self.show_actions()

    def action_go_back(self) -> None:
        """Go back to the screen beneath."""
        self.post_message(EntryUsed())
        drop(self)

    async def failed(self, error: KioskError) -> None:
        """Say so in the place of the banks too, where there are none."""
        self._list.empty = _("The locker banks can't be read now.")
        self.fail(error)

    def on_choice_list_chosen(self, message: ChoiceList.Chosen) -> None:
        """Count the bank that was tapped."""
        message.stop()
        self.show_actions()
        self.action_count()

    def _read_again(self) -> None:
        if self.is_ready and not self.busy:
            self._read()

    def _read(self) -> None:
        self.run(self.services.queries.stocktakes.banks(), _("Looking for the locker banks"), self._show_banks)

    def _show_banks(self, banks: Banks) -> None:
        chosen = self._list.highlighted if self._banks else None
        self._banks = banks
        begun = next((at for at, (_bank, stocktake) in enumerate(banks) if stocktake and stocktake.is_open), 0)
        self._list.empty = _("This location has no locker bank.")
        self._list.show([self._choice(*each) for each in banks], begun if chosen is None else chosen)
        self.show_actions()

    def _choice(self, bank: LockerBank, stocktake: Stocktake | None) -> Choice:
        if stocktake is None:
            return Choice(bank.label, _("Never counted here."))
        now = self.services.clock.now()
        done, count = len(stocktake.counted), len(stocktake.locker_unit_ids)
        text = ngettext("{counted} of {count} lockers counted", "{counted} of {count} lockers counted", done)
        counted = text.format(counted=done, count=count)
        began = day_and_time(stocktake.began_at, now)
        if stocktake.ended_at is None:
            return Choice(bank.label, _("Begun {time}; not finished.").format(time=began), counted)
        return Choice(bank.label, _("Last counted {time}.").format(time=began), counted)

    @property
    def _chosen(self) -> tuple[LockerBank, Stocktake | None] | None:
        at = self._list.highlighted
        return self._banks[at] if at is not None and at < len(self._banks) else None

    @property
    def _list(self) -> ChoiceList:
        return self.query_one(ChoiceList)
