"""The demo's tour: what goes wrong in a mailroom's life, provoked one at a time, and what the kiosk does about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from kiosk.demo import Lesson
from kiosk.wiring import Services
from kiosk.words.language import N_, _
from screens.clerk_actions import TOUR_KEYS
from screens.messages import GoHome
from screens.top_page import TopPage
from screens.widgets.choice_list import Choice, ChoiceList
from screens.widgets.heading import Heading

if TYPE_CHECKING:
    from textual.widget import Widget


class _Words(NamedTuple):
    """What is said of a lesson: its name, what it shows, and what to do once it has begun."""

    name: str
    shows: str
    begun: str
    to_do: str


_WORDS = {
    Lesson.LOST_ANSWER: _Words(
        N_("An answer gets lost"),
        N_("The deposit is recorded, its answer is lost, and the code still comes."),
        N_("The answer to the next deposit gets lost."),
        N_("Take a parcel in and press “Parcel is in”: the kiosk finds out what became of it."),
    ),
    Lesson.OCCUPIED: _Words(
        N_("A locker is occupied"),
        N_("The service calls a locker free, and something is in it."),
        N_("Imagine that the next locker is occupied."),
        N_("Reserve one, then press F2 and F4: another locker is proposed at once."),
    ),
    Lesson.DEAD_LINE: _Words(
        N_("The line is dead"),
        N_("For a minute the locker service can't be reached. Nothing is lost."),
        N_("For a minute nothing reaches the locker service."),
        N_("Take a parcel in: lay it on the shelf, or put it in and see its code arrive later."),
    ),
}


class TourScreen(TopPage):
    """One lesson is begun at a time; a later one ends it, and so does a minute."""

    KEYMAP = TOUR_KEYS

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._tour = services.tour

    def compose_content(self) -> Iterable[Widget]:
        """Return the lessons."""
        yield Heading(_("What do you want to see?"))
        yield ChoiceList([Choice(_(words.name), _(words.shows)) for words in _WORDS.values()], explains=True)

    def action_move(self, by: int) -> None:
        """Move in the list."""
        self.query_one(ChoiceList).move(by)

    def action_page(self, by: int) -> None:
        """Move in the list by a page."""
        self.query_one(ChoiceList).page(by)

    def action_begin(self) -> None:
        """Provoke what is highlighted, and go home, where it begins."""
        self._begin(self.query_one(ChoiceList).highlighted or 0)

    def on_choice_list_chosen(self, message: ChoiceList.Chosen) -> None:
        """Begin the lesson that was tapped."""
        message.stop()
        self._begin(message.index)

    def _begin(self, row: int) -> None:
        lesson = tuple(_WORDS)[row]
        home = GoHome(_(_WORDS[lesson].begun), _(_WORDS[lesson].to_do))
        if self._tour is not None:
            self.run(self._tour.begin(lesson), _("Beginning"), lambda _done: self.leave(home))
