"""Which number is the parcel's? Asked only where a scan leaves it open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.containers import Vertical

from kiosk.desk.questions import SettleNumber
from kiosk.desk.scanning import scan_of
from kiosk.parcels.carriers import Carrier
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import NumberQuestion
from kiosk.tracking.scan import Scan
from kiosk.wiring import Services
from kiosk.words.language import N_, _
from screens.actions import Action
from screens.clerk.parcel_screen import ParcelScreen
from screens.clerk_actions import ANYWAY, NUMBER_KEYS, OTHER_CARRIER, THIS_NUMBER
from screens.messages import StepDone
from screens.numbers import choice, in_house_choice, layout_choices, needs_another_scan, question
from screens.widgets.choice_list import Choice, ChoiceList
from screens.widgets.heading import Heading
from screens.widgets.words import Words

if TYPE_CHECKING:
    from textual.widget import Widget

_TO_CHOOSE = {NumberQuestion.TWO_CARRIERS, NumberQuestion.GUESS, NumberQuestion.LOOK_ALIKE}
"""What is answered by taking one of several rows."""

TITLES = {
    NumberQuestion.TWO_CARRIERS: N_("Which carrier brought it?"),
    NumberQuestion.CHECK_DIGIT: N_("Scan it again"),
    NumberQuestion.NO_CARRIER: N_("Is this an in-house number?"),
    NumberQuestion.GUESS: N_("Is this the tracking number?"),
    NumberQuestion.LOOK_ALIKE: N_("Is this the tracking number?"),
}


class NumberScreen(ParcelScreen):
    """What a scan leaves open about the parcel's number; another barcode of the box may be scanned."""

    KEYMAP = NUMBER_KEYS
    STEP = 1

    def __init__(self, services: Services, parcel: Parcel, scan: Scan | None = None) -> None:
        super().__init__(services, parcel)
        self._scan = scan or scan_of(parcel)
        self._readings = self._scan.equally_good if self._scan else ()
        self._rows = self._answers()

    def _answers(self) -> list[tuple[Choice, Carrier | None]]:
        """Return the rows to choose from, the likeliest first, each with the carrier that it means."""
        if self._is(NumberQuestion.DAMAGED) and not self._is_wrong:
            sent, arrived = layout_choices(self.parcel)
            return [(sent, self._readings[0].carrier if len(self._readings) == 1 else None), (arrived, None)]
        if self.parcel.question not in _TO_CHOOSE:
            return []
        rows: list[tuple[Choice, Carrier | None]] = [(choice(each), each.carrier) for each in self._readings]
        in_house = in_house_choice(self.parcel, self._scan)
        if in_house is not None and not self._is(NumberQuestion.TWO_CARRIERS):
            rows.append((in_house, None))
        return rows

    def compose_content(self) -> Iterable[Widget]:
        """Return the question over the number, or over the answers to choose from."""
        yield Heading(_("Parcel {parcel}").format(parcel=self.about))
        with Vertical(id="question"):
            yield Words(self._title, classes="-title")
            yield Words(self.parcel.tracking_number, id="number")
        if self._rows:
            yield ChoiceList([row for row, _ in self._rows], explains=True)

    @property
    def _is_wrong(self) -> bool:
        return needs_another_scan(self.parcel, self._scan)

    @property
    def _title(self) -> str:
        if self._is(NumberQuestion.DAMAGED):
            return _("Scan it again") if self._is_wrong else _("Is this the number on the label?")
        title = TITLES.get(self.parcel.question) if self.parcel.question else None
        return _(title) if title else ""

    def appear(self) -> None:
        """Say what is unclear, and propose the likelier carrier."""
        for carriers in self.query(ChoiceList):
            carriers.highlighted = 0
        if not self.greeting.title:
            self.greeting = question(self.parcel, self._scan)
            self.greet()

    def allows(self, action: Action) -> bool | None:
        """Enter takes what may be taken without a second thought; what is surely not right needs a key of its own."""
        if action is (THIS_NUMBER if self._is_wrong else ANYWAY):
            return None
        if action is OTHER_CARRIER and len(self._rows) < 2:
            return None
        return super().allows(action)

    def label_of(self, action: Action) -> str:
        """Say what Enter and F4 take."""
        if action is THIS_NUMBER and self._is(NumberQuestion.NO_CARRIER):
            return _("In-house")
        if action is OTHER_CARRIER and not self._is(NumberQuestion.TWO_CARRIERS):
            return self._rows[1][0].main if len(self._rows) > 1 else super().label_of(action)
        return super().label_of(action)

    def action_this_number(self) -> None:
        """Take the chosen row, or the number as it stands."""
        if self._rows:
            self._take(self.query_one(ChoiceList).highlighted or 0)
        else:
            self._choose(self.parcel.tracking_number, None)

    def action_other_carrier(self) -> None:
        """Take the second row."""
        self._take(1)

    def action_anyway(self) -> None:
        """Take the number although it was misread."""
        self._choose(self.parcel.tracking_number, None)

    def action_move(self, by: int) -> None:
        """Move among the carriers."""
        for carriers in self.query(ChoiceList):
            carriers.move(by)

    def action_page(self, by: int) -> None:
        """Move among the carriers by a page."""
        for carriers in self.query(ChoiceList):
            carriers.page(by)

    def on_choice_list_chosen(self, message: ChoiceList.Chosen) -> None:
        """Take the carrier that was tapped."""
        message.stop()
        self._take(message.index)

    def _take(self, place: int) -> None:
        row, carrier = self._rows[place]
        self._choose(row.aside, carrier)

    def _choose(self, number: str, carrier: Carrier | None) -> None:
        if self.busy:
            return
        self.run(
            self.dialogue.number_is(SettleNumber(self.parcel), number, carrier),
            _("Recording the number"),
            lambda question: self.leave(StepDone(question)),
        )

    def _is(self, what: NumberQuestion) -> bool:
        return self.parcel.question is what
