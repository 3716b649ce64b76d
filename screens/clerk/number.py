"""Which number is the parcel's? Asked only where a scan leaves it open."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical

from kiosk.models.parcels import NumberQuestion
from screens.actions import (
    ANYWAY,
    DOWN,
    GIVE_UP_ACTIONS,
    NUMBER_ACTIONS,
    OTHER_CARRIER,
    THIS_NUMBER,
    UP,
    Action,
    bindings,
)
from screens.clerk.box import BoxScreen
from screens.messages import StepDone
from screens.numbers import choice, question
from screens.widgets.choice_list import ChoiceList
from screens.widgets.heading import Heading
from screens.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from kiosk.models.carriers import Carrier
    from kiosk.models.parcels import Parcel
    from kiosk.services import Services

TITLES = {
    NumberQuestion.TWO_CARRIERS: "Which carrier brought it?",
    NumberQuestion.CHECK_DIGIT: "Scan it again",
    NumberQuestion.IN_HOUSE: "Is this an in-house number?",
}


class NumberScreen(BoxScreen):
    """Two carriers fit, the check digit is wrong, or no carrier fits; another barcode of the box may be scanned."""

    ACTIONS: ClassVar[tuple[Action, ...]] = NUMBER_ACTIONS
    ANSWERS: ClassVar[tuple[Action, ...]] = GIVE_UP_ACTIONS
    STEP = 1
    BINDINGS = bindings(*NUMBER_ACTIONS, UP, DOWN, *GIVE_UP_ACTIONS)

    def __init__(self, services: Services, parcel: Parcel) -> None:
        super().__init__(services, parcel)
        self._readings = services.scans.readings(parcel)

    def compose_content(self) -> Iterable[Widget]:
        """Return the question over the number, or over the carriers to choose from."""
        yield Heading(f"Parcel {self.about}")
        with Vertical(id="question"):
            yield Words(TITLES.get(self.parcel.question, "") if self.parcel.question else "", classes="-title")
            yield Words(self.parcel.tracking_number, id="number")
        if self._is(NumberQuestion.TWO_CARRIERS):
            yield ChoiceList([choice(each) for each in self._readings])

    def appear(self) -> None:
        """Say what is unclear, and propose the likelier carrier."""
        for carriers in self.query(ChoiceList):
            carriers.highlighted = 0
        if not self.greeting.title:
            self.greeting = question(self.parcel, self._readings)
            self._greet()

    def allows(self, action: Action) -> bool | None:
        """Enter takes what may be taken without a second thought; a wrong check digit needs a key of its own."""
        wrong = self._is(NumberQuestion.CHECK_DIGIT)
        if (action is THIS_NUMBER and wrong) or (action is ANYWAY and not wrong):
            return None
        if action is OTHER_CARRIER and not self._is(NumberQuestion.TWO_CARRIERS):
            return None
        return super().allows(action)

    def label_of(self, action: Action) -> str:
        """Say what Enter takes."""
        if action is THIS_NUMBER and self._is(NumberQuestion.IN_HOUSE):
            return "In-house"
        return action.label

    def action_this_number(self) -> None:
        """Take the chosen carrier, or the number as an in-house one."""
        if self._is(NumberQuestion.TWO_CARRIERS):
            self._take(self.query_one(ChoiceList).highlighted or 0)
        else:
            self._choose(self.parcel.tracking_number, None)

    def action_other_carrier(self) -> None:
        """Take the second carrier."""
        self._take(1)

    def action_anyway(self) -> None:
        """Take the number although its check digit is wrong."""
        self._choose(self.parcel.tracking_number, None)

    def action_move(self, by: int) -> None:
        """Move among the carriers."""
        for carriers in self.query(ChoiceList):
            carriers.move(by)

    def on_choice_list_chosen(self, message: ChoiceList.Chosen) -> None:
        """Take the carrier that was tapped."""
        message.stop()
        self._take(message.index)

    def _take(self, place: int) -> None:
        reading = self._readings[place]
        self._choose(reading.tracking_number, reading.carrier)

    def _choose(self, number: str, carrier: Carrier | None) -> None:
        if self.busy:
            return
        self.run(
            self.services.scans.choose_number(
                self.parcel, self.services.actor, tracking_number=number, carrier=carrier
            ),
            "Noting the number",
            lambda parcel: self.leave(StepDone(parcel)),
        )

    def _is(self, what: NumberQuestion) -> bool:
        return self.parcel.question is what
