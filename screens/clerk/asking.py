"""Screens that ask before something is given up: the question takes the content's place, its answers lie up there.

No answer lies under a key of the row, and none has a key of the screen that asks: neither a double press nor a double
tap can answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.words.plain import shorten
from screens.clerk.actions import GIVE_UP_QUESTION, NO
from screens.clerk.parcel_step import ParcelScreen
from screens.messages import GoHome
from screens.widgets.action_row import ActionItem
from screens.widgets.notice import Greeting
from screens.widgets.question import Question
from screens.wording import recipient

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel
    from kiosk.wiring import Services
    from screens.actions import Action, Keymap

NO_LOCKER = "No locker is held for it."
COMES_BACK = "To take it in after all, scan it again."

SHOWN_SIGNS = 12
"""How many last characters of a number tell in a question which parcel is meant."""


class AskingScreen(ParcelScreen):
    """A screen about one parcel that can ask one question at a time; while it does, nothing else can be pressed."""

    """Every answer to every question of the screen."""

    def __init__(self, services: Services, parcel: Parcel | None = None) -> None:
        super().__init__(services, parcel)
        self._asked: tuple[Action, ...] = ()
        """The answers to the question that is shown."""
        self._said = Greeting()
        """What the notice said before."""

    def begin(self, parcel: Parcel, greeting: Greeting) -> None:
        """Be about this parcel; a question about the one before is over."""
        super().begin(parcel, greeting)
        if self.is_ready:
            self.stop_asking()

    def ask(self, title: str, sentence: str, question: Keymap) -> None:
        """Ask; each answer is an action of the screen, and `NO` ends the question."""
        self._asked = tuple(action for action in question.row if self.allows(action))
        items = [self._item(action) for action in self._asked if action is not NO]
        self._said = Greeting(self.notice.title, self.notice.sentence, self.notice.kind)
        self.query_one("#content").display = False
        self.notice.clear()
        self.mount(Question(title, sentence, items), before="#notice")
        self.show_actions()
        self.ask_anew()

    def stop_asking(self) -> None:
        """Show the content again."""
        if self._asked:
            self._asked = ()
            self.query(Question).remove()
            self.query_one("#content").display = True
            self.show_actions()
            self.ask_anew()

    def action_items(self) -> tuple[ActionItem, ...]:
        """Return only the way back while a question is shown."""
        return (self._item(NO),) if self._asked else super().action_items()

    def works(self, name: str) -> bool:
        """Let answers work only while they are shown, and then nothing else of the screen."""
        if name in {answer.name for answer in self.KEYMAP.answers}:
            return not self.busy and name in {answer.name for answer in self._asked}
        return not self._asked and super().works(name)

    def action_no(self) -> None:
        """Leave everything as it is."""
        self.stop_asking()
        self.notice.say(self._said.kind, self._said.title, self._said.sentence)

    def action_cancel(self) -> None:
        """Ask whether the parcel is to be given up."""
        number, name = shorten(self.parcel.tracking_number, SHOWN_SIGNS, "start"), recipient(self.parcel)
        about, place = f"{number} for {name}" if name else number, self.parcel.place
        meaning = f"Locker {place.locker_unit_id} is given back; nothing may lie in it." if place else NO_LOCKER
        self.ask(f"Give parcel {about} up?", f"{meaning} {COMES_BACK}", GIVE_UP_QUESTION)

    def action_give_up(self) -> None:
        """Give the parcel up, and its unit back."""
        self.stop_asking()
        place = self.parcel.place
        self.run(
            self.services.intake.cancel(self.parcel, self.services.actor),
            f"Giving locker {place.locker_unit_id} back" if place else "Cancelling",
            lambda _: self.leave(GoHome(f"Parcel {self.parcel.tracking_number} was cancelled.")),
        )

    def _item(self, action: Action) -> ActionItem:
        return ActionItem(action.name, action.key_label, self.label_of(action), main=action.main)
