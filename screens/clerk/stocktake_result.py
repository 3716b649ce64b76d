"""What does not fit after a count: missing, misplaced and unknown boxes, each with what puts it right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kiosk.desk.mending import can_be_taken_in, mend, mending_step
from kiosk.desk.stocktake_results import Result
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import Finding, StocktakeOutcome
from kiosk.parcels.steps import Step, asks_twice
from kiosk.parcels.stocktake import Row, home_of
from kiosk.wiring import Services
from kiosk.words.language import _, ngettext
from kiosk.words.plain import plain, shorten
from kiosk.words.states import parcel_state
from kiosk.words.stocktakes import found_words, others_not_known, outcome_word
from screens.actions import Action
from screens.base import ClerkScreen
from screens.messages import EntryUsed
from screens.stack import drop
from screens.stocktake_actions import FINISH, FINISH_QUESTION, MEND, MEND_QUESTION, PUT_BACK, STOCKTAKE_RESULT_KEYS
from screens.widgets.choice_list import Choice, ChoiceList
from screens.widgets.heading import Heading
from screens.widgets.notice import NoticeKind

if TYPE_CHECKING:
    from textual.widget import Widget

MOST_NAMED = 4
"""Lockers that are named when the service contradicts itself; the console has them all."""

SHOWN_SIGNS = 12
"""How many last signs of a number tell in a question which box is meant."""


class StocktakeResultScreen(ClerkScreen):
    """A list in walking order; Enter takes the one step that mends a row."""

    KEYMAP = STOCKTAKE_RESULT_KEYS

    def __init__(self, services: Services, locker_bank_id: str) -> None:
        super().__init__()
        self.services = services
        self._bank_id = locker_bank_id
        self._result: Result | None = None
        self._rows: tuple[Row, ...] = ()

    def compose_content(self) -> Iterable[Widget]:
        """Return the list."""
        yield Heading("", id="bank")
        yield ChoiceList(empty=_("Comparing..."))

    def appear(self) -> None:
        """Work out what the count shows."""
        self._read()

    def allows(self, action: Action) -> bool | None:
        """Offer what mends the chosen box."""
        row = self._chosen
        if action is MEND:
            return super().allows(action) and row is not None and self._mends(row)
        if action is PUT_BACK and (row is None or not self._is_open or self._home(row) is None):
            return None
        if action is FINISH and not self._is_open:
            return None
        return super().allows(action)

    def label_of(self, action: Action) -> str:
        """Name the step."""
        row = self._chosen
        if row is None:
            return super().label_of(action)
        if action is PUT_BACK:
            return _("Put into {unit}").format(unit=self._home(row))
        return _label(row, mending_step(row, self.person)) if action is MEND else super().label_of(action)

    def action_mend(self) -> None:
        """Do what mends the chosen box, after a question where the step asks twice."""
        row = self._chosen
        if row is None:
            return
        step = mending_step(row, self.person)
        if step is None or not asks_twice(step):
            self._mend(row)
            return
        number = shorten(row.number, SHOWN_SIGNS, "start")
        place = row.parcel.place if row.parcel else None
        if step is Step.CLEAR and place is not None:
            title = _("Is parcel {number} in your hands?").format(number=number)
            meaning = _("Locker {unit} is given back for it, and stays for others in it. No door opens by this.")
            self.ask_first(title, meaning.format(unit=place.locker_unit_id), MEND_QUESTION)
        else:
            self.ask_first(_("Is parcel {number} gone?").format(number=number), _label(row, step), MEND_QUESTION)

    def action_mend_now(self) -> None:
        """Do it."""
        self.asking.stop()
        if (row := self._chosen) is not None:
            self._mend(row)

    def action_put_back(self) -> None:
        """Note that the box was put where it belongs."""
        row, result = self._chosen, self._result
        if row is not None and result is not None:
            put_back = self.services.desk.stocktakes.put_back(result.stocktake, row, self.person)
            said = _("Parcel {number} is in its locker.").format(number=row.number)
            self.run(put_back, _("Recording"), lambda _stocktake: self._read(said))

    def action_finish(self) -> None:
        """Ask whether the stock-take is to end."""
        if self._result is None:
            return
        stocktake = self._result.stocktake
        left = len(stocktake.locker_unit_ids) - len(stocktake.counted)
        text = ngettext("{left} locker is not counted.", "{left} lockers are not counted.", left)
        meaning = text.format(left=left) if left else _("Every locker is counted.")
        self.ask_first(_("Finish this stock-take?"), meaning, FINISH_QUESTION)

    def action_finish_now(self) -> None:
        """End it."""
        self.asking.stop()
        self.run(self._finished(), _("Finishing"), self._read)

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

    def on_choice_list_chosen(self, message: ChoiceList.Chosen) -> None:
        """Choose the row that was tapped."""
        message.stop()
        self.show_actions()

    async def _finished(self) -> str:
        """End the count, and return what is said then: also which lockers contradict themselves by a new reading."""
        await self.services.desk.stocktakes.end(self._bank_id, self.person)
        odd = await self.services.queries.console.contradictions(self._bank_id)
        if not odd:
            return _("The stock-take is finished.")
        units = ", ".join(plain(each.unit.locker_unit_id) for each in odd[:MOST_NAMED])
        text = ngettext(
            "The stock-take is finished. The service contradicts itself about locker {units}: tell the operator.",
            "The stock-take is finished. The service contradicts itself about lockers {units}: tell the operator.",
            len(odd),
        )
        return text.format(units=units if len(odd) <= MOST_NAMED else f"{units}, ...")

    def _mend(self, row: Row) -> None:
        flow = mend(self.services.desk, row, self.person)
        self.run(flow, _("Putting it right"), lambda parcel: self._read(_said(row, parcel)))

    def _read(self, said: str = "") -> None:
        """Work out anew what the count shows, and say what was done."""
        self.run(
            self.services.queries.stocktakes.latest(self._bank_id),
            _("Comparing"),
            lambda result: self._show_result(result, said),
        )

    def _show_result(self, result: Result | None, said: str) -> None:
        if result is None:
            self.action_go_back()
            return
        chosen = self._list.highlighted or 0
        self._result, self._rows = result, result.open_rows
        label = self.services.queries.lockers.label
        heading, numbers = self.query_one("#bank", Heading), result.numbers()
        heading.text = label(self._bank_id)
        heading.aside = _("{missing} missing, {misplaced} misplaced, {extra} unknown, {right} right").format(
            missing=numbers[StocktakeOutcome.MISSING],
            misplaced=numbers[StocktakeOutcome.MISPLACED],
            extra=numbers[StocktakeOutcome.EXTRA],
            right=numbers[StocktakeOutcome.RIGHT],
        )
        is_read = result.read_at is not None
        all_right = _("Everything that was counted is where it should be.")
        self._list.empty = all_right if is_read else _("Of this desk's parcels all are where they should be.")
        self._list.show([_choice(row, found_words(row, label, is_read=is_read)) for row in self._rows], chosen)
        self.show_actions()
        if said:
            self.notice.say(NoticeKind.DONE, said)
        elif not is_read:
            self.notice.say(NoticeKind.LOOK, _("The bank could not be read."), others_not_known())

    def _mends(self, row: Row) -> bool:
        return can_be_taken_in(row) or mending_step(row, self.person) is not None

    def _home(self, row: Row) -> str | None:
        return home_of(row, self._result.stocktake) if self._result is not None else None

    @property
    def _is_open(self) -> bool:
        return self._result is not None and self._result.stocktake.is_open

    @property
    def _chosen(self) -> Row | None:
        at = self._list.highlighted
        return self._rows[at] if at is not None and at < len(self._rows) else None

    @property
    def _list(self) -> ChoiceList:
        return self.query_one(ChoiceList)


def _choice(row: Row, found: str) -> Choice:
    return Choice(
        _("Locker {unit}: {number}").format(unit=row.locker_unit_id, number=row.number),
        found,
        outcome_word(row.outcome),
    )


def _label(row: Row, step: Step | None) -> str:
    """Return what the main key does."""
    if can_be_taken_in(row):
        return _("Take in")
    match step:
        case Step.CHECK:
            return _("Ask the service")
        case Step.CLEAR:
            return _("I have it")
        case Step.DEPOSIT:
            return _("It is in")
        case Step.TAKE_IN_AGAIN:
            return _("Take in again")
        case Step.NOTE_COLLECTED:
            return _("Collected")
        case _:
            return _("Put it right")


def _said(row: Row, parcel: Parcel) -> str:
    """Return what became of a box."""
    number = row.number
    if any(item.finding is Finding.NOT_FOUND for item in parcel.attention):
        return _("The service still has {number} there: noted for somebody to look into.").format(number=number)
    return _("Parcel {number}: {state}.").format(number=number, state=parcel_state(parcel))
