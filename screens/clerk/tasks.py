"""What is done at the desk beside taking parcels in: one list, each task with what it is for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from kiosk.words.language import N_, _
from screens.actions import THEME, Action
from screens.clerk_actions import LANGUAGE, SHIFT, TASKS_KEYS
from screens.destinations import ShowCollecting, ShowExpired, ShowLeavingToday, ShowStocktake, TopDestination
from screens.top_page import TopPage
from screens.widgets.choice_list import Choice, ChoiceList
from screens.widgets.heading import Heading

if TYPE_CHECKING:
    from textual.widget import Widget


class _Task(NamedTuple):
    """One task: its name, what it is for, and the screen on which it is done."""

    name: str
    about: str
    to: TopDestination | Action
    """Or what is done at once."""


_SIGN_OUT = _Task(N_("Sign out"), N_("Leave the desk, or hand it over to somebody else."), SHIFT)
_WORK = (
    _Task(N_("Hand over"), N_("Somebody collects a parcel at the desk."), ShowCollecting()),
    _Task(N_("Expired lockers"), N_("Take out what nobody collected in time."), ShowExpired()),
    _Task(N_("Leaving today"), N_("What goes out with a carrier, for the driver."), ShowLeavingToday()),
    _Task(N_("Stock-take"), N_("Count a bank locker by locker, and put right what does not fit."), ShowStocktake()),
)
_SCREEN = (
    _Task(N_("Colours"), N_("Dark, light or high contrast."), THEME),
    _Task(N_("Language"), N_("What the screens speak, until somebody signs out."), LANGUAGE),
)


class TasksScreen(TopPage):
    """A list of tasks; each opens on top of it, and Esc comes back."""

    KEYMAP = TASKS_KEYS

    def compose_content(self) -> Iterable[Widget]:
        """Return the tasks."""
        yield Heading(_("What is to be done?"))
        yield ChoiceList([Choice(_(task.name), _(task.about)) for task in self._tasks], explains=True)

    def action_move(self, by: int) -> None:
        """Move in the list."""
        self.query_one(ChoiceList).move(by)

    def action_page(self, by: int) -> None:
        """Move in the list by a page."""
        self.query_one(ChoiceList).page(by)

    async def action_open(self) -> None:
        """Begin the highlighted task."""
        await self._begin(self.query_one(ChoiceList).highlighted or 0)

    async def on_choice_list_chosen(self, message: ChoiceList.Chosen) -> None:
        """Begin the task that was tapped."""
        message.stop()
        await self._begin(message.index)

    @property
    def _tasks(self) -> tuple[_Task, ...]:
        return (*_WORK, _SIGN_OUT, *_SCREEN) if self.services.settings.people.sign_in else (*_WORK, *_SCREEN)

    async def _begin(self, row: int) -> None:
        to = self._tasks[row].to
        if isinstance(to, Action):
            await self.run_action(to.name)
        else:
            self.cover(to)
